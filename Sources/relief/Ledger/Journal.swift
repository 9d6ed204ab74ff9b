// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefModel

/// Entries of consecutive records: decoded for the audit, and with their bytes for people.
struct JournalBatch: EntryBatch {
    struct Item: Sendable {
        let seq: Int
        let entry: Entry
        let line: [UInt8]
    }

    private(set) var items: ContiguousArray<Item> = []
    private(set) var decoded = DecodedEntries()

    init() {}

    var count: Int { items.count }

    mutating func removeAll() {
        items.removeAll(keepingCapacity: true)
        decoded.removeAll()
    }

    mutating func append(
        _ line: Span<UInt8>, fields: borrowing FieldTable, kind: FieldName, seq: Int
    ) throws(RecordFault) {
        let entry: Entry
        if let kind = EntryDecoder.movementKind(kind) {
            entry = .movement(try MovementDecoder.decode(line, fields, kind: kind, seq: seq))
        } else if EntryDecoder.isPayment(kind) {
            entry = .payment(try PaymentDecoder.decode(line, fields, seq: seq))
        } else {
            entry = try EntryDecoder.decodeRare(line, fields)
        }
        try decoded.append(line, fields: fields, kind: kind, seq: seq)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(line.count)
        for index in line.indices { bytes.append(line[index]) }
        items.append(Item(seq: seq, entry: entry, line: bytes))
    }
}

/// The audit, and beside it what the officer looks at: records, postings and keys in order.
struct Journal: LedgerFold {
    typealias Batch = JournalBatch

    /// One entry as it stands in the ledger.
    struct Record: Sendable {
        let seq: Int
        let entry: Entry
        let line: [UInt8]
        /// Index into ``Journal/postings``.
        let posting: Int
        /// Fen available at the acting unit afterwards; nil for entries without money.
        let balance: Int64?
    }

    /// One posting.
    struct Posting: Sendable {
        let opened: OpenPosting
        var sealSeq: Int?
    }

    private(set) var audit = Audit()
    private(set) var records: ContiguousArray<Record> = []
    private(set) var postings: [Posting] = []
    private(set) var keyEntries: [(seq: Int, entry: KeyEntry, refusal: Message?)] = []
    /// The last record to be looked at; nil for all.
    private let through: Int?

    init(through: Int? = nil) { self.through = through }

    var book: FundBook { audit.book }

    mutating func begin(_ genesis: Genesis) { audit.begin(genesis) }

    mutating func open(_ posting: OpenPosting) {
        postings.append(Posting(opened: posting, sealSeq: nil))
        audit.open(posting)
    }

    mutating func apply(
        _ batch: borrowing JournalBatch, _ entries: Range<Int>,
        faults: inout [(seq: Int, RecordFault)]
    ) {
        for index in entries {
            let item = batch.items[index]
            if let through, item.seq > through { return }
            audit.apply(batch.decoded, index..<index + 1, faults: &faults)
            records.append(
                Record(
                    seq: item.seq, entry: item.entry, line: item.line, posting: postings.count - 1,
                    balance: balance(after: item)))
        }
    }

    private func balance(after item: JournalBatch.Item) -> Int64? {
        guard item.entry.movesMoney, let grant = item.entry.grant(seq: item.seq),
            let unit = item.entry.unit
        else { return nil }
        return audit.book.account(grant: grant, unit: unit)?[.available]
    }

    mutating func observe(_ entry: KeyEntry, seq: Int, refusal: Message?) {
        keyEntries.append((seq, entry, refusal))
        audit.observe(entry, seq: seq, refusal: refusal)
    }

    mutating func close(
        _ posting: OpenPosting, sealSeq: Int, faults: inout [(seq: Int, RecordFault)]
    ) {
        if !postings.isEmpty { postings[postings.count - 1].sealSeq = sealSeq }
        audit.close(posting, sealSeq: sealSeq, faults: &faults)
    }

    /// What the rules say as of a date.
    func conclusions(
        asOf: CivilDate
    ) -> (findings: [Finding], rules: [(info: RuleInfo, status: RuleStatus)]) {
        audit.conclusions(asOf: asOf, records: records, leaves: leaves)
    }

    /// The leaf hashes of entries that are there.
    private func leaves(of ranges: [Range<Int>]) -> [Digest] {
        var hasher = Hasher(ready: audit.suite)
        var leaves: [Digest] = []
        for seq in ranges.joined() {
            leaves.append(record(seq: seq).map { hasher.leaf($0.line.span) } ?? .zero)
        }
        return leaves
    }

    /// The posting that an entry stands in.
    func posting(of seq: Int) -> Posting? { record(seq: seq).map { postings[$0.posting] } }

    /// The entry with that number.
    func record(seq: Int) -> Record? {
        var low = 0
        var high = records.count
        while low < high {
            let middle = (low + high) / 2
            if records[middle].seq < seq { low = middle + 1 } else { high = middle }
        }
        guard low < records.count, records[low].seq == seq else { return nil }
        return records[low]
    }

    /// The bytes of some records.
    func records(_ seqs: Set<Int>) -> [Int: [UInt8]] {
        Dictionary(
            seqs.compactMap { seq in record(seq: seq).map { (seq, $0.line) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// The posting with that id.
    func posting(_ id: PostingID) -> Posting? {
        postings.first { $0.opened.header.id == id }
    }
}

extension Journal.Record {
    /// The paper and the remark of the entry.
    var text: MovementText {
        switch entry {
        case .grant(let terms): MovementText(document: terms.document, memo: terms.memo)
        case .event(let event): MovementText(document: event.document, memo: event.memo)
        case .unit(let unit): MovementText(memo: unit.memo)
        case .policy(let policy): MovementText(memo: policy.memo)
        case .amend(let amendment): MovementText(memo: amendment.memo)
        case .plan(let plan): MovementText(document: plan.document, memo: plan.memo)
        case .decision(let decision):
            MovementText(document: decision.document, memo: decision.memo)
        case .override(let override):
            MovementText(
                document: override.document, reason: override.reason, memo: override.memo)
        case .batch(let batch):
            MovementText(document: batch.spending.document, memo: batch.spending.memo)
        case .expense(let expense):
            MovementText(document: expense.spending.document, memo: expense.spending.memo)
        case .irregular(let irregular):
            MovementText(
                document: irregular.document, reason: irregular.finding, memo: irregular.memo)
        case .roster(let roster): MovementText(document: roster.document, memo: roster.memo)
        case .notice(let notice): MovementText(document: notice.document, memo: notice.memo)
        case .objection(let objection):
            MovementText(
                document: objection.document, reason: objection.reason, memo: objection.memo)
        case .repurpose(let repurpose):
            MovementText(document: repurpose.document, memo: repurpose.memo)
        case .carryover(let carryover):
            MovementText(document: carryover.document, memo: carryover.memo)
        case .settlement(let settlement):
            MovementText(document: settlement.document, memo: settlement.memo)
        case .cofund(let cofund): MovementText(document: cofund.document, memo: cofund.memo)
        case .account(let account): MovementText(document: account.document, memo: account.memo)
        case .statement(let statement):
            MovementText(document: statement.document, memo: statement.memo)
        case .reconciliation(let reconciliation):
            MovementText(document: reconciliation.document, memo: reconciliation.memo)
        case .finding(let finding):
            MovementText(document: finding.document, reason: finding.text, memo: finding.memo)
        case .resolution(let resolution):
            MovementText(
                document: resolution.document, reason: resolution.reason, memo: resolution.memo)
        case .close(let close): MovementText(document: close.document, memo: close.memo)
        case .disclosure(let disclosure):
            MovementText(document: disclosure.document, memo: disclosure.memo)
        // The line was decoded when it was verified; it reads the same now.
        case .movement, .payment: (try? MovementText(line: line.span)) ?? MovementText()
        }
    }
}

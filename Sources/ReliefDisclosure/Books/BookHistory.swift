// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
public import ReliefAudit
public import ReliefModel

/// The audit, and beside it every entry but the single payments, with what it moved: what the books
/// are drawn up from.
public struct BookHistory: LedgerFold {
    /// What the records decode to.
    public typealias Batch = DecodedEntries

    /// One end of a movement.
    public struct Place: Sendable, Equatable {
        /// Whose money.
        public let unit: UnitID
        /// Of which grant, by seq.
        public let grant: Int
        /// Which part of it.
        public let bucket: Bucket
    }

    /// One entry as it stands in the ledger.
    public struct Record: Sendable {
        /// Its number.
        public let seq: Int
        /// What it says.
        public let entry: Entry
        /// Index into ``BookHistory/postings``.
        public let posting: Int
        /// Fen available at the acting unit afterwards; nil for entries without money.
        public let balance: Int64?
        /// Where the amount came from; nil for the source, and for entries that move nothing.
        public let from: Place?
        /// Where it went; nil for the source, and for entries that move nothing.
        public let to: Place?
        /// Heads that a batch's payments are for.
        public internal(set) var persons = 0
    }

    /// One posting.
    public struct Posting: Sendable {
        /// Its header and signer.
        public let opened: OpenPosting
        /// Its seal's number.
        public internal(set) var sealSeq: Int?
    }

    /// Balances and findings over the whole ledger.
    public private(set) var audit = Audit()
    /// The entries but the payments of batches, in the order of recording.
    public private(set) var records: [Record] = []
    /// The postings, in the order of recording.
    public private(set) var postings: [Posting] = []

    /// A history of nothing yet.
    public init() {}

    /// The book after all entries.
    public var book: FundBook { audit.book }

    /// The posting that was sealed last.
    var lastSealed: (posting: OpenPosting, sealSeq: Int)? {
        postings.last.flatMap { last in last.sealSeq.map { (last.opened, $0) } }
    }

    /// The entry with that number; nil also for a payment.
    public func record(seq: Int) -> Record? {
        var low = 0
        var high = records.count
        while low < high {
            let middle = (low + high) / 2
            if records[middle].seq < seq { low = middle + 1 } else { high = middle }
        }
        guard low < records.count, records[low].seq == seq else { return nil }
        return records[low]
    }

    /// The ledger begins.
    public mutating func begin(_ genesis: Genesis) { audit.begin(genesis) }

    /// A posting begins.
    public mutating func open(_ posting: OpenPosting) {
        postings.append(Posting(opened: posting, sealSeq: nil))
        audit.open(posting)
    }

    /// Applies entries of the open posting.
    public mutating func apply(
        _ batch: borrowing DecodedEntries, _ entries: Range<Int>,
        faults: inout [(seq: Int, RecordFault)]
    ) {
        for index in entries {
            let effect = audit.apply(batch, at: index, faults: &faults)
            let (seq, entry) = batch.entry(at: index)
            note(entry, seq: seq, effect)
        }
    }

    /// A key entry was applied, or had no right to take effect.
    public mutating func observe(_ entry: KeyEntry, seq: Int, refusal: Message?) {
        audit.observe(entry, seq: seq, refusal: refusal)
    }

    /// The posting is sealed.
    public mutating func close(
        _ posting: OpenPosting, sealSeq: Int, faults: inout [(seq: Int, RecordFault)]
    ) {
        if !postings.isEmpty { postings[postings.count - 1].sealSeq = sealSeq }
        audit.close(posting, sealSeq: sealSeq, faults: &faults)
    }

    private func place(account index: Int, _ bucket: Bucket) -> Place {
        let account = audit.book.accounts[index]
        return Place(
            unit: account.unit, grant: audit.book.grants[account.grant].seq, bucket: bucket)
    }

    private mutating func note(_ entry: Entry, seq: Int, _ effect: Effect?) {
        if case .payment(let payment) = entry {
            if let last = records.indices.last, records[last].seq == payment.batch {
                records[last].persons += payment.persons
            }
            return
        }
        var from: Place?
        var to: Place?
        // A receipt says where money is and moves none.
        if let effect, entry.kind != .receipt {
            from = effect.from.map { place(account: $0, effect.fromBucket) }
            to = effect.to.map { place(account: $0, effect.toBucket) }
        }
        var balance: Int64?
        if entry.movesMoney, let grant = entry.grant(seq: seq), let unit = entry.unit {
            balance = audit.book.account(grant: grant, unit: unit)?[.available]
        }
        records.append(
            Record(
                seq: seq, entry: entry, posting: postings.count - 1, balance: balance, from: from,
                to: to))
    }
}

extension BookHistory.Record {
    /// What a batch or expense spends.
    public var spending: Spending? {
        switch entry {
        case .batch(let batch): batch.spending
        case .expense(let expense): expense.spending
        default: nil
        }
    }

    /// What it moves, where it is a movement.
    public var movement: Movement? {
        if case .movement(let movement) = entry { movement } else { nil }
    }

    /// The one payee of an expense, or of a misuse where it is known.
    public var payee: PayeeID? {
        switch entry {
        case .expense(let expense): expense.payee
        case .irregular(let irregular): irregular.payee
        default: nil
        }
    }

    /// The grant that the entry is about.
    public var grant: Int? { entry.grant(seq: seq) }
}

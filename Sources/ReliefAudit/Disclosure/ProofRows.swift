// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat
internal import LedgerLog
internal import ReliefModel

/// Holds the rows of a proof to what the disclosure says of them.
struct ProofRows {
    private let proof: DisclosureProof
    private let claim: DisclosureClaim
    private let lines: [Int: [UInt8]]
    private(set) var faults: [DisclosureFault] = []
    /// The rows that are shown and hold, as entries.
    private(set) var entries: [(seq: Int, entry: Entry)] = []
    /// The batches of payments, by seq.
    private(set) var batches: [Int: BatchEntry] = [:]

    init(_ proof: DisclosureProof, _ claim: DisclosureClaim, lines: [Int: [UInt8]]) {
        self.proof = proof
        self.claim = claim
        self.lines = lines
        for given in proof.records {
            guard let seq = given.seq, let line = lines[seq],
                case .batch(let batch)? = try? Self.entry(line, seq: seq)
            else { continue }
            batches[seq] = batch
        }
        for row in proof.rows { read(row) }
        checkRoot()
        checkTotals()
    }

    /// The codes by which payees find their payments: the leaf hash's first twelve digits.
    var receiptCodes: [Int: String] {
        var codes: [Int: String] = [:]
        for row in proof.rows {
            guard let seq = row.seq else { continue }
            let digits = Array(row.leaf.hex.prefix(12))
            codes[seq] = stride(from: 0, to: digits.count, by: 4).map {
                String(digits[$0..<$0 + 4])
            }.joined(separator: "-")
        }
        return codes
    }

    /// What a line decodes to.
    static func entry(_ line: [UInt8], seq: Int) throws(RecordFault) -> Entry {
        var table = FieldTable()
        do {
            try RecordScanner.scan(line.span, into: &table)
        } catch {
            throw .format(error)
        }
        guard let index = table.index(of: "kind"), table.type(index) == .string,
            let kind = FieldName(line.span.extracting(table.range(index)))
        else {
            throw .malformed(Message(zh: "没有种类", en: "the record has no kind"))
        }
        var decoded = DecodedEntries()
        try decoded.append(line.span, fields: table, kind: kind, seq: seq)
        return decoded.entry(at: 0).entry
    }

    private mutating func differs(_ seq: Int? = nil, zh: String, en: String) {
        faults.append(DisclosureFault(.differs, seq: seq, zh: zh, en: en))
    }

    // MARK: - Rows

    private mutating func read(_ row: DisclosureProof.Row) {
        guard let seq = row.seq else { return }
        if seq >= claim.seq {
            differs(
                seq, zh: "第 \(seq) 条记在公开之后，不属本次公开",
                en: "record \(seq) stands after the disclosure and is none of its rows")
        }
        guard case .shown = row, let line = lines[seq] else { return }
        do throws(RecordFault) {
            let entry = try Self.entry(line, seq: seq)
            entries.append((seq, entry))
            check(entry, seq)
        } catch {
            differs(
                seq, zh: "第 \(seq) 条：\(error.message.zh)", en: "record \(seq): \(error.message.en)")
        }
    }

    private mutating func check(_ entry: Entry, _ seq: Int) {
        guard FundBook.disclosedKinds.contains(entry.kind) else {
            return differs(
                seq, zh: "第 \(seq) 条是“\(entry.kind.title.zh)”，不是收支记录",
                en: "record \(seq) is a \(entry.kind.rawValue), which is no row of a disclosure")
        }
        var date = entry.date
        if case .payment(let payment) = entry {
            guard let batch = batches[payment.batch] else {
                return differs(
                    seq, zh: "第 \(seq) 条所属的批次（第 \(payment.batch) 条）没有给出",
                    en: "record \(seq): its batch, record \(payment.batch), is not given")
            }
            date = batch.spending.date
        }
        let period = claim.entry.from...claim.entry.until
        if let date, !period.contains(date) {
            differs(
                seq,
                zh: "第 \(seq) 条的日期 \(date) 不在公开期间 \(period.lowerBound) 至 \(period.upperBound) 内",
                en: "record \(seq) is dated \(date), outside \(period.lowerBound) to "
                    + "\(period.upperBound)")
        }
        var units = [entry.unit]
        if case .movement(let movement) = entry {
            // Whose money a reversal moved, its target says, which is not given here.
            guard movement.kind != .reversal else { return }
            units.append(movement.other)
        }
        guard units.compactMap(\.self).contains(where: { claim.entry.unit.contains($0) }) else {
            return differs(
                seq, zh: "第 \(seq) 条不是 \(claim.entry.unit) 及其下级的收支",
                en: "record \(seq) moves no money of \(claim.entry.unit) or a unit in it")
        }
    }

    // MARK: - Totals

    private mutating func checkRoot() {
        var hasher = Hasher(ready: claim.genesis.suite)
        let leaves = proof.rows.map(\.leaf)
        let root: Digest?
        if let part = proof.part {
            let known = leaves.enumerated().map {
                (
                    index: part.first.addingReportingOverflow($0.offset).partialValue,
                    leaf: $0.element
                )
            }
            root = part.tree.root(size: claim.entry.count, known: known, hasher: &hasher)
        } else {
            root = MerkleRoot.of(leaves, suite: claim.genesis.suite)
            if leaves.count != claim.entry.count {
                differs(
                    zh: "共 \(leaves.count) 条，公开记录为 \(claim.entry.count) 条",
                    en: "\(leaves.count) rows, and the disclosure says \(claim.entry.count)")
            }
        }
        if root?.base64 != claim.entry.root {
            differs(
                zh: "各条推算出的根与公开记录（第 \(claim.seq) 条）的不同：有漏列、多列或改动",
                en:
                    "the rows' root is not the one of the disclosure (record \(claim.seq)): a row is "
                    + "missing, one is too many, or one is altered")
        }
    }

    private mutating func checkTotals() {
        let withheld = claim.entry.withheld
        let said = withheld?.count ?? 0
        guard proof.part == nil ? claim.withheldCount == said : claim.withheldCount <= said else {
            return differs(
                zh: "不逐户列出 \(claim.withheldCount) 条，公开记录为 \(said) 条",
                en: "\(claim.withheldCount) rows are withheld, and the disclosure says \(said)")
        }
        guard proof.part == nil else { return }
        var sum = Int128(withheld?.amount ?? 0)
        for (_, entry) in entries where [.payment, .expense].contains(entry.kind) {
            sum += Int128(entry.amount ?? 0)
        }
        guard sum != Int128(claim.entry.amount) else { return }
        let actual = Money(fen: Int64(clamping: sum)).text()
        let expected = Money(fen: claim.entry.amount).text()
        differs(
            zh: "各条合计 \(actual) 元，公开记录为 \(expected) 元",
            en: "the rows come to \(actual) yuan, and the disclosure says \(expected)")
    }
}

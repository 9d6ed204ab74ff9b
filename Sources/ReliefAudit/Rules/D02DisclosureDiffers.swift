// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat
internal import LedgerLog
internal import ReliefModel

/// D02 公开数与账面不符: a disclosure is not of all records of its unit and period, as they stand.
struct D02DisclosureDiffers: Rule {
    static let info = RuleInfo(
        code: .d02, severity: .violation, isOverridable: false, isRefusedByWriter: true,
        title: Message(zh: "公开数与账面不符", en: "disclosure differs from books"),
        citation: Message(
            zh: "自然灾害救助条例第26条（公开来源、数量和使用情况）",
            en: "Relief Regulations Art. 26 (source, amount and use are made public)"),
        documentation: Message(
            zh: "公开记录的条数、金额和根，须与账本在该记录之前、由该单位及下级收付、业务日期在公开期间内的全部资金记录推算的相同；"
                + "漏列一条的，指出漏列的是哪一条。晚于公开才补记的记录不算漏列，由下一榜公开。"
                + "公开文件本身以 SHA256SUMS 的摘要记入，由 relief-verify disclosure 核对；没有公开记录的不检查。",
            en:
                "Count, sum and root of a disclosure must be what the ledger gives for its unit and "
                + "the units in it: all records of money before the disclosure, dated in its period. "
                + "Where one row was left out, it is named. What is recorded after a disclosure and "
                + "dated back is not missing from it; a later round covers it. The files themselves "
                + "are bound by the digest of their SHA256SUMS and checked by relief-verify "
                + "disclosure. Without a disclosure nothing is checked."))

    /// What disclosures say that the records do not.
    ///
    /// - Parameter leaves: Gives the leaf hashes of records in ascending ranges; not called where
    ///   nothing was disclosed.
    static func findings<Failure: Error>(
        in book: borrowing FundBook, suite: Suite,
        leaves: ([Range<Int>]) throws(Failure) -> [Digest]
    ) throws(Failure) -> [Finding] {
        guard !book.disclosures.isEmpty else { return [] }
        var disclosed: [DisclosedRecords] = []
        for (seq, entry) in book.disclosures {
            disclosed.append(book.disclosed(DisclosureScope(entry, seq: seq)))
        }
        let known = try DisclosedLeaves(of: disclosed.map(\.ranges), leaves)
        var hasher = Hasher(ready: suite)
        var findings: [Finding] = []
        for ((seq, entry), records) in zip(book.disclosures, disclosed) {
            let rows = known.leaves(of: records.ranges)
            findings += Comparison(
                seq: seq, entry: entry, records: records, leaves: rows
            ).findings(book, &hasher)
        }
        return findings
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        book.disclosures.isEmpty
            ? .notApplicable(Message(zh: "没有公开记录", en: "no disclosure")) : .clean
    }
}

/// The leaf hashes of every record that any disclosure covers, read once.
private struct DisclosedLeaves {
    private var ranges: [Range<Int>] = []
    /// How many leaves lie before each range.
    private var offsets: [Int] = []
    private let digests: [Digest]

    init<Failure: Error>(
        of lists: [[Range<Int>]], _ read: ([Range<Int>]) throws(Failure) -> [Digest]
    ) throws(Failure) {
        for range in lists.joined().sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard let last = ranges.last, range.lowerBound <= last.upperBound else {
                ranges.append(range)
                continue
            }
            ranges[ranges.count - 1] =
                last.lowerBound..<max(last.upperBound, range.upperBound)
        }
        var count = 0
        for range in ranges {
            offsets.append(count)
            count += range.count
        }
        digests = ranges.isEmpty ? [] : try read(ranges)
    }

    /// The leaves of ranges, each of which lies in one that was read.
    func leaves(of wanted: [Range<Int>]) -> [Digest] {
        var found: [Digest] = []
        var at = 0
        for range in wanted {
            while ranges[at].upperBound <= range.lowerBound { at += 1 }
            let first = offsets[at] + range.lowerBound - ranges[at].lowerBound
            found += digests[first..<first + range.count]
        }
        return found
    }
}

/// One disclosure beside what the records say.
private struct Comparison {
    let seq: Int
    let entry: DisclosureEntry
    let records: DisclosedRecords
    let leaves: [Digest]

    func findings(_ book: borrowing FundBook, _ hasher: inout Hasher) -> [Finding] {
        var found: [Finding] = []
        var (count, amount) = (records.count, records.amount)
        if let finding = rootFinding(book, &hasher) {
            found.append(finding.finding)
            if let omitted = finding.omitted {
                count -= 1
                amount -= Int128(book.paidOut(omitted))
            }
        }
        if entry.count != count {
            found.append(
                finding(
                    Message(
                        zh: "公开 \(entry.count) 条，账内该单位该期间应有 \(count) 条；请按账重新公开",
                        en: "discloses \(entry.count) rows, and the unit has \(count) in the "
                            + "period; disclose anew"),
                    .text("\(count)"), .text("\(entry.count)"), Int64(entry.count - count)))
        }
        if Int128(entry.amount) != amount {
            let expected = Int64(clamping: amount)
            found.append(
                finding(
                    Message(
                        zh: "公开合计 \(Money(fen: entry.amount).text()) 元，账内发放和支出应为 "
                            + "\(Money(fen: expected).text()) 元；请按账重新公开",
                        en:
                            "discloses \(Money(fen: entry.amount).text()) yuan in all, and payments "
                            + "and expenses come to \(Money(fen: expected).text()); disclose anew"),
                    .money(expected), .money(entry.amount),
                    Int64(clamping: Int128(entry.amount) - amount)))
        }
        return found
    }

    /// What the root says of the rows; nil where it is theirs.
    private func rootFinding(
        _ book: borrowing FundBook, _ hasher: inout Hasher
    ) -> (finding: Finding, omitted: Int?)? {
        let root = MerkleRoot.of(leaves, hasher: &hasher)
        guard root.base64 != entry.root else { return nil }
        let (expected, actual) = (
            Finding.Value.text(root.base64), Finding.Value.text(entry.root)
        )
        let given = Digest(base64: entry.root)
        let place = given.flatMap { OmittedRow.place(in: leaves, root: $0, hasher: &hasher) }
        guard let place else {
            let message = Message(
                zh: "公开的根与账内 \(records.count) 条推算的不同：漏列不止一条、多列或改动了内容；请按账重新公开",
                en: "the root disclosed is not that of the \(records.count) records: more than one "
                    + "is missing, one is too many, or one was altered; disclose anew")
            return (finding(message, expected, actual, nil), nil)
        }
        let omitted = seqOfRow(place)
        let yuan = Money(fen: book.paidOut(omitted)).text()
        let message = Message(
            zh: "漏列第 \(omitted) 条（计入合计 \(yuan) 元）：账内应有 \(records.count) 条；请按账重新公开",
            en: "record \(omitted) is missing (\(yuan) yuan of the sum), one of "
                + "\(records.count) that are due; disclose anew")
        return (finding(message, expected, actual, nil), omitted)
    }

    private func seqOfRow(_ place: Int) -> Int {
        var before = 0
        for range in records.ranges {
            if place < before + range.count { return range.lowerBound + place - before }
            before += range.count
        }
        preconditionFailure("D02: there is a record for every leaf")
    }

    private func finding(
        _ message: Message, _ expected: Finding.Value, _ actual: Finding.Value,
        _ difference: Int64?
    ) -> Finding {
        Finding(
            D02DisclosureDiffers.info, seq: seq, unit: entry.unit, message, expected: expected,
            actual: actual, difference: difference)
    }
}

extension FundBook {
    /// Fen of a record that count toward the sum of a disclosure.
    fileprivate func paidOut(_ seq: Int) -> Int64 {
        payment(seq: seq)?.amount ?? expense(seq: seq)?.amount ?? 0
    }
}

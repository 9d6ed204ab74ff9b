// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat
internal import LedgerLog
internal import ReliefModel

/// Holds the table of rows that a package publishes to the rows of its proof.
///
/// A record has a line for each of its ends in the publication. What names and papers it shows
/// besides is bound by the digest of the file alone.
struct RowsTableCheck {
    private(set) var faults: [DisclosureFault] = []
    private let rows: ProofRows
    private let claim: DisclosureClaim
    private let codes: [Int: String]

    /// Columns that are held to the records.
    static let columns = [
        "seq", "kind", "date", "unit", "grant", "item", "batch", "target", "persons",
        "receipt_code", "amount",
    ]

    init(_ bytes: [UInt8], _ rows: ProofRows, _ claim: DisclosureClaim) {
        self.rows = rows
        self.claim = claim
        codes = rows.receiptCodes
        guard let table = PlainTable(bytes) else {
            differs(nil, zh: "不是 UTF-8 的 CSV 表", en: "is no CSV table in UTF-8")
            return
        }
        let missing = Self.columns.filter { !table.headings.contains($0) }
        guard missing.isEmpty else {
            differs(
                nil, zh: "缺少列 \(missing.joined(separator: "、"))",
                en: "lacks the columns \(missing.joined(separator: ", "))")
            return
        }
        let places = Dictionary(
            zip(table.headings, table.headings.indices), uniquingKeysWith: { first, _ in first })
        var shown: [Int: [Line]] = [:]
        for (number, cells) in table.lines {
            let line = Line(number: number) { name in places[name].map { cells[$0] } ?? "" }
            guard let seq = Int(line["seq"]) else {
                differs(nil, zh: "第 \(number) 行没有序号", en: "line \(number) has no seq")
                continue
            }
            shown[seq, default: []].append(line)
        }
        compare(shown)
    }

    /// One line of the table.
    private struct Line {
        let number: Int
        private let cells: [String: String]

        init(number: Int, _ cell: (String) -> String) {
            self.number = number
            cells = Dictionary(
                RowsTableCheck.columns.map { ($0, cell($0)) }, uniquingKeysWith: { $1 })
        }

        subscript(name: String) -> String { cells[name] ?? "" }
    }

    private mutating func differs(_ seq: Int?, zh: String, en: String) {
        faults.append(
            DisclosureFault(.differs, seq: seq, file: DisclosurePackageNames.rows, zh: zh, en: en))
    }

    private mutating func compare(_ shown: [Int: [Line]]) {
        let known = Dictionary(rows.entries.map { ($0.seq, $0.entry) }, uniquingKeysWith: { $1 })
        for (seq, entry) in rows.entries {
            guard let lines = shown[seq] else {
                differs(seq, zh: "漏了第 \(seq) 条", en: "record \(seq) is missing")
                continue
            }
            if lines.count > 2 {
                differs(seq, zh: "第 \(seq) 条多于两行", en: "record \(seq) has more than two lines")
            }
            let ends = RowEnds.of(entry, seq: seq, known).map { ends in
                ends.filter { claim.entry.unit.contains($0.unit) }
            }
            for (index, line) in lines.enumerated() { check(line, entry, seq, ends, index) }
            if let ends, ends.count != lines.count {
                differs(
                    seq, zh: "第 \(seq) 条应有 \(ends.count) 行，实有 \(lines.count) 行",
                    en: "record \(seq) has \(lines.count) lines, expected \(ends.count)")
            }
        }
        for seq in shown.keys.sorted() where known[seq] == nil {
            differs(
                seq, zh: "多了第 \(seq) 条：证明中没有", en: "record \(seq) is one too many: not in the proof"
            )
        }
    }

    private mutating func check(
        _ line: Line, _ entry: Entry, _ seq: Int, _ ends: [RowEnds]?, _ index: Int
    ) {
        for (name, expected) in cells(of: entry, seq) where line[name] != expected {
            differs(
                seq, zh: "第 \(line.number) 行（第 \(seq) 条）的 \(name) 是“\(line[name])”，应为“\(expected)”",
                en: "line \(line.number) (record \(seq)): \(name) is “\(line[name])”, expected "
                    + "“\(expected)”")
        }
        let amount = Self.yuan(entry.amount ?? 0)
        var expected = [
            (amount: amount, unit: "", grant: ""), (amount: "-" + amount, unit: "", grant: ""),
        ]
        if let ends {
            expected = ends.enumerated().filter { $0.offset == index }.map { _, end in
                (
                    (end.isPlus ? "" : "-") + amount, end.unit.description, "\(end.grant)"
                )
            }
        }
        let fits = expected.contains {
            $0.amount == line["amount"] && ($0.unit.isEmpty || $0.unit == line["unit"])
                && ($0.grant.isEmpty || $0.grant == line["grant"])
        }
        guard !fits, !expected.isEmpty else { return }
        let wanted = expected.map { [$0.amount, $0.unit, $0.grant].joined(separator: " ") }
        differs(
            seq,
            zh:
                "第 \(line.number) 行（第 \(seq) 条）是 \(line["amount"]) \(line["unit"]) \(line["grant"])，"
                + "应为 \(wanted.joined(separator: " 或 "))",
            en: "line \(line.number) (record \(seq)) is \(line["amount"]) \(line["unit"]) "
                + "\(line["grant"]), expected \(wanted.joined(separator: " or "))")
    }

    /// Yuan with two decimals and without separators.
    private static func yuan(_ fen: Int64) -> String {
        let rest = fen % 100
        return "\(fen / 100)." + (rest < 10 ? "0" : "") + "\(rest)"
    }

    /// What the other columns must say.
    private func cells(of entry: Entry, _ seq: Int) -> [(String, String)] {
        let isPayment = entry.kind == .payment
        var cells = [
            ("kind", entry.kind.rawValue), ("receipt_code", isPayment ? codes[seq] ?? "" : ""),
        ]
        if let date = entry.date { cells.append(("date", "\(date)")) }
        switch entry {
        case .payment(let payment):
            let batch = rows.batches[payment.batch]?.spending
            cells += [
                ("batch", "\(payment.batch)"), ("persons", "\(payment.persons)"),
                ("date", batch.map { "\($0.date)" } ?? ""), ("item", batch?.item ?? ""),
                ("target", ""),
            ]
        case .expense(let expense):
            cells += [
                ("item", expense.spending.item), ("batch", ""), ("persons", ""), ("target", ""),
            ]
        case .movement(let movement):
            cells += [
                ("target", movement.target.map(String.init) ?? ""), ("batch", ""), ("persons", ""),
            ]
        default: cells += [("batch", ""), ("persons", ""), ("target", "")]
        }
        return cells
    }
}

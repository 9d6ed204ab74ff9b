// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// B05 结转不符: what goes on into the next year is not what was left, or goes on as something else.
struct B05CarryOver: Rule {
    static let info = RuleInfo(
        code: .b05, severity: .refuse, isOverridable: false, isRefusedByWriter: true,
        title: Message(zh: "结转不符", en: "carry-over does not match"),
        citation: Message(
            zh: "预算法第42条（结转资金下年按原用途继续使用）；会计法第17条（账账相符）",
            en: "Budget Law Art. 42 (what is carried over is used for the same purpose in the next "
                + "year); Accounting Law Art. 17 (books agree)"),
        documentation: Message(
            zh: "结转金额不等于结转前该单位该指标的可用数，或转入的指标用途、资金来源级次、使用范围不同，或不是下一年度的指标，即报告。"
                + "连续两年未用完须上交的，本规则不检查。",
            en: "Fires where a carry-over is not all that the unit had available of the grant, or "
                + "goes into a grant of another purpose, source or scope, or not of the next year. "
                + "That money unused for two years is to be given back is not checked here."))

    private var checkedCount = 0

    mutating func observe(
        _ entry: Entry, seq: Int, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        guard case .carryover(let carryover) = entry,
            let giving = book.grant(seq: carryover.grant)?.terms,
            let receiving = book.grant(seq: carryover.receiver(seq: seq))?.terms
        else { return }
        checkedCount += 1
        func add(
            _ message: Message, _ expected: Finding.Value, _ actual: Finding.Value,
            _ difference: Int64? = nil
        ) {
            findings.append(
                Finding(
                    Self.info, seq: seq, unit: carryover.unit, grant: carryover.grant, message,
                    expected: expected, actual: actual, difference: difference))
        }
        let left = effect.availableBefore
        if carryover.amount != left {
            let (difference, _) = carryover.amount.subtractingReportingOverflow(left)
            add(
                Message(
                    zh: "\(book.name(carryover.unit)) 结转前可用 \(Money(fen: left).text()) 元，结转 "
                        + "\(Money(fen: carryover.amount).text()) 元",
                    en:
                        "\(book.name(carryover.unit)) had \(Money(fen: left).text()) yuan available, "
                        + "and carries over \(Money(fen: carryover.amount).text())"),
                .money(left), .money(carryover.amount), difference)
        }
        let into = carryover.receiver(seq: seq)
        for (what, due, actual) in Self.terms(giving, receiving) where due != actual {
            add(
                Message(
                    zh: "转入的第 \(into) 条指标\(what.zh)是 \(actual)，应为 \(due)",
                    en: "grant \(into) has \(what.en) \(actual), expected \(due)"),
                .text(due), .text(actual))
        }
    }

    /// What must be the same, and the year that must be the next: its name, what is due, what is.
    private static func terms(
        _ giving: GrantEntry, _ receiving: GrantEntry
    ) -> [(Message, String, String)] {
        [
            (Message(zh: "用途", en: "purpose"), giving.purpose, receiving.purpose),
            (
                Message(zh: "资金来源级次", en: "source"), giving.source.rawValue,
                receiving.source.rawValue
            ),
            (
                Message(zh: "使用范围", en: "scope"), giving.scope.description,
                receiving.scope.description
            ),
            (Message(zh: "年度", en: "year"), "\(giving.year + 1)", "\(receiving.year)"),
        ]
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        checkedCount > 0
            ? .clean : .notApplicable(Message(zh: "没有结转", en: "nothing was carried over"))
    }
}

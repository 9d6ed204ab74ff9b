// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// E08 违规支出未追回: money left wrongly and has not come back.
struct E08OwedBack: Rule {
    static let info = RuleInfo(
        code: .e08, severity: .violation, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "违规支出未追回", en: "misuse not recovered"),
        citation: Message(
            zh: "自然灾害救助条例第24条（专款专用）、第29、30条（责令限期退回）",
            en: "Relief Regulations Art. 24 (earmark), 29, 30 (to be given back)"),
        documentation: Message(
            zh: "违规支出补录或认定应追回的金额，尚未以追回到账或冲正抵消的部分，逐条报告，追回后即不再报告。"
                + "如实补录不会被拒绝：本规则不阻止记账，但资金缺口一直可见。",
            en:
                "Fires for each irregular or recoverable with an amount that no recovery or reversal "
                + "has made good, and falls silent when it is made good. Recording a misuse is never "
                + "refused: this rule stops no entry, but the hole stays visible."))

    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {
        for owed in book.owedBack {
            findings.append(
                Finding(
                    Self.info, seq: owed.seq, unit: owed.unit, grant: owed.grant,
                    Message(
                        zh: "\(book.name(owed.unit)) 的\(owed.kind.title.zh)，"
                            + "\(Money(fen: owed.amount).text()) 元至今未追回；追回后请以 relief recover 入账",
                        en:
                            "\(Money(fen: owed.amount).text()) yuan of this \(owed.kind.rawValue) of "
                            + "\(book.name(owed.unit)) have not come back; once they do, record "
                            + "them with relief recover"),
                    expected: .money(0), actual: .money(owed.amount), difference: owed.amount))
        }
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        book.hasOwedBack
            ? .clean
            : .notApplicable(
                Message(zh: "没有违规支出或应追回款", en: "nothing irregular or recoverable"))
    }
}

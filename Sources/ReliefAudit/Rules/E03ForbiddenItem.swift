// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// E03 挤占: relief money pays for what no relief money may pay, such as wages.
struct E03ForbiddenItem: Rule {
    static let info = RuleInfo(
        code: .e03, severity: .refuse, isOverridable: false, isRefusedByWriter: true,
        title: Message(zh: "挤占救灾资金", en: "relief money used for what it never pays"),
        citation: Message(
            zh: "自然灾害救助条例第24、25条、第29条（三）；社会救助暂行办法第67条（挤占）",
            en:
                "Relief Regulations Art. 24, 25, 29(3); Interim Measures for Social Assistance Art. 67 "
                + "(crowding out)"),
        documentation: Message(
            zh: "支出项目为政策列明的不得支付项目（工资、办公、接待、平衡预算、抵扣债务等），即报告，"
                + "条款见该项目在政策中的依据。用途未说明（U0）的指标同样检查；救灾以外（G0）的不适用。"
                + "任何人不得例外批准。",
            en:
                "Fires where the item is one that the policy lists as never payable from relief money "
                + "(wages, office, entertainment, balancing the budget, debts), under the clause "
                + "which the policy cites for it. Grants of unstated purpose (U0) are checked too; "
                + "grants outside relief (G0) are not. Nobody may override it."))

    private var checkedCount = 0
    private var lacksPolicy = false

    mutating func observe(
        _ recorded: RecordedSpending, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        guard let grant = effect.grant else { return }
        let terms = book.grants[grant].terms
        guard terms.purpose != Policy.outsideRelief else { return }
        guard let policy = book.policy?.policy else {
            lacksPolicy = true
            return
        }
        checkedCount += 1
        guard policy.isForbidden(item: recorded.spending.item),
            let item = policy.item(recorded.spending.item)
        else { return }
        let amount = Money(fen: recorded.spending.amount)
        findings.append(
            Finding(
                Self.info, seq: recorded.seq, unit: recorded.spending.unit,
                grant: book.grants[grant].seq,
                Message(
                    zh: "“\(item.name.zh)”不得从救灾资金“\(terms.title)”支付，涉及 \(amount.text()) 元"
                        + "（\(item.citation)）；请从部门预算列支",
                    en: "“\(item.name.en)” may not be paid from the relief money “\(terms.title)”; "
                        + "\(amount.text()) yuan are concerned (\(item.citation)); charge it to the "
                        + "department's own budget"),
                expected: .money(0), actual: .money(amount.fen), difference: amount.fen))
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        if checkedCount > 0 { return .clean }
        return lacksPolicy
            ? .notEvaluable(Message(zh: "账本没有政策", en: "the ledger has no policy"))
            : .notApplicable(
                Message(zh: "没有救灾资金的批次和支出", en: "no batch or expense of relief money"))
    }
}

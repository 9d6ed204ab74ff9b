// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// A02 先支后批: money is spent before the meeting that decides on it.
struct A02PaidBeforeDecision: Rule {
    static let info = RuleInfo(
        code: .a02, severity: .violation, isOverridable: false, isRefusedByWriter: true,
        title: Message(zh: "先支后批", en: "paid before it was decided"),
        citation: Message(
            zh: "政策的集体研究规定（先研究、后支出）；会计法第25条（一）（审批与经办相互制约）",
            en:
                "the policy's rule on collective decisions (decide first); Accounting Law Art. 25(1) "
                + "(approval and handling check each other)"),
        documentation: Message(
            zh: "发放批次、直接支出的业务日期早于所引用的会议日期，即报告。集体研究记录须先于支出记账，"
                + "否则无法引用。金额不足限额而自愿引用的同样检查。",
            en: "Fires where the business date of a batch or expense is before the meeting that it "
                + "cites. A decision must be recorded before the spending, or it could not be cited. "
                + "Spending below the threshold that cites one anyway is checked too."))

    private var citedCount = 0

    mutating func observe(
        _ recorded: RecordedSpending, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        let spending = recorded.spending
        guard let decision = recorded.decision else { return }
        citedCount += 1
        let held = decision.entry.date
        guard spending.date < held else { return }
        findings.append(
            Finding(
                Self.info, seq: recorded.seq, unit: spending.unit, grant: spending.grant,
                Message(
                    zh: "业务日期 \(spending.date)，早于所引用的会议“\(decision.entry.meeting)”（\(held)）；请核对日期",
                    en: "dated \(spending.date), before the meeting that it cites, "
                        + "“\(decision.entry.meeting)” of \(held); check the dates"),
                expected: .text("≥ \(held)"), actual: .text("\(spending.date)"),
                difference: Int64(held.day - spending.date.day)))
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        citedCount > 0
            ? .clean
            : .notApplicable(Message(zh: "没有引用集体研究的支出", en: "no spending cites a decision"))
    }
}

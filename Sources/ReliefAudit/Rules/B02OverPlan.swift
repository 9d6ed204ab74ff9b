// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// B02 超预算: more is spent on an item than the plan in force provides.
struct B02OverPlan: Rule {
    static let info = RuleInfo(
        code: .b02, severity: .refuse, isOverridable: true, isRefusedByWriter: true,
        title: Message(zh: "超预算", en: "over the plan"),
        citation: Message(
            zh: "预算法第63、72条（支出不得超出预算）",
            en: "Budget Law Art. 63, 72 (no spending beyond the budget)"),
        documentation: Message(
            zh: "同一方案（含其前后版本）同一项目已承诺和已支出的合计超过方案金额，即报告使其超出的那一条；"
                + "取消、冲正和追回的金额不再计入。修订后的方案低于已用数的，或去掉已用的项目的，报告该方案。",
            en:
                "Fires at the entry that brings what was promised and spent on one item under one plan, "
                + "its earlier versions included, above the plan's amount; what was cancelled, "
                + "reversed or recovered no longer counts. A revision below what is used already, "
                + "or without an item that is, is reported itself."))

    private var spendingCount = 0

    mutating func observe(
        _ recorded: RecordedSpending, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        guard let index = effect.planCeiling else { return }
        spendingCount += 1
        let ceiling = book.ceilings[index]
        guard ceiling.excess > 0 else { return }
        let spending = recorded.spending
        let left = spending.amount - ceiling.excess
        findings.append(
            Finding(
                Self.info, seq: recorded.seq, unit: spending.unit, grant: spending.grant,
                Message(
                    zh: "第 \(spending.plan ?? 0) 条方案的“\(spending.item)”批复 "
                        + "\(Money(fen: ceiling.limit).text()) 元，可用 \(Money(fen: left).text()) 元，"
                        + "本次 \(Money(fen: spending.amount).text()) 元；请核减金额、先修订方案，或由另一人例外批准",
                    en:
                        "plan \(spending.plan ?? 0) provides \(Money(fen: ceiling.limit).text()) yuan "
                        + "for \(spending.item), of which \(Money(fen: left).text()) is left, and this "
                        + "spends \(Money(fen: spending.amount).text()); lower the amount, revise the "
                        + "plan first, or have a second person override it"),
                expected: .money(left), actual: .money(spending.amount),
                difference: ceiling.excess, breach: recorded.breach))
    }

    mutating func observe(
        _ entry: Entry, seq: Int, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        guard case .plan(let plan) = entry, plan.replaces != nil else { return }
        let items = book.ceilings(ofPlan: seq) + book.droppedCeilings(ofPlan: seq)
        for (item, ceiling) in items where ceiling.excess > 0 {
            findings.append(
                Finding(
                    Self.info, seq: seq, unit: plan.unit, grant: plan.grant,
                    Message(
                        zh: "修订后的“\(item)”为 \(Money(fen: ceiling.limit).text()) 元，"
                            + "低于已用的 \(Money(fen: ceiling.used).text()) 元",
                        en: "the revision provides \(Money(fen: ceiling.limit).text()) yuan for "
                            + "\(item), less than the \(Money(fen: ceiling.used).text()) used already"
                    ),
                    expected: .money(ceiling.used), actual: .money(ceiling.limit),
                    difference: ceiling.excess,
                    breach: Finding.Breach(
                        amount: ceiling.excess, date: plan.date, isPart: true)))
        }
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        spendingCount > 0
            ? .clean : .notApplicable(Message(zh: "没有方案之下的支出", en: "nothing spent under a plan"))
    }
}

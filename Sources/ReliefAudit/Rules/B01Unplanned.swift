// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// B01 无预算支出: money is spent on what no plan in force provides for.
struct B01Unplanned: Rule {
    static let info = RuleInfo(
        code: .b01, severity: .refuse, isOverridable: false, isRefusedByWriter: true,
        title: Message(zh: "无预算支出", en: "spent without a plan"),
        citation: Message(
            zh: "预算法第63、72条（支出依预算，不得擅自改变用途）",
            en: "Budget Law Art. 63, 72 (spending rests on the budget; its use may not be changed)"),
        documentation: Message(
            zh: "发放批次、直接支出须引用先前记账、仍然有效、属同一指标、覆盖本单位并列有本项目的使用方案；"
                + "没有引用，或引用的方案已被替代、属于其他单位、没有本项目，即报告。引用其他指标的方案归 E02；不得支付的项目归 E01、E03，不重复报告。",
            en:
                "A batch or expense must cite a plan of the same grant that was recorded before, is "
                + "still in force, covers the unit and lists the item. Fires where it cites none, or "
                + "one that has been replaced, belongs to another unit or lacks the item. A plan of "
                + "another grant is E02's; what may not be bought at all is E01's and E03's."))

    private var spendingCount = 0

    mutating func observe(
        _ recorded: RecordedSpending, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        spendingCount += 1
        guard effect.planCeiling == nil, Self.mayBePlanned(recorded, effect, book) else { return }
        let spending = recorded.spending
        let reason: Message
        if let plan = recorded.plan {
            guard plan.entry.grant == spending.grant else { return }
            reason = Self.reason(plan, spending)
        } else {
            reason = Message(zh: "没有引用使用方案", en: "no plan is cited")
        }
        let fitting = book.plans.last {
            $0.replacedBy == nil && $0.entry.grant == spending.grant
                && $0.entry.unit.contains(spending.unit)
                && $0.entry.lines.contains { $0.item == spending.item }
        }
        let advice =
            fitting.map {
                Message(zh: "可引用第 \($0.seq) 条方案", en: "plan \($0.seq) covers it: cite that")
            } ?? Message(zh: "请先记录使用方案", en: "record a plan first")
        findings.append(
            Finding(
                Self.info, seq: recorded.seq, unit: spending.unit, grant: spending.grant,
                Message(
                    zh: "\(book.name(spending.unit)) 的“\(spending.item)”支出 "
                        + "\(Money(fen: spending.amount).text()) 元：\(reason.zh)；\(advice.zh)",
                    en: "\(book.name(spending.unit)) spends \(Money(fen: spending.amount).text()) "
                        + "yuan on \(spending.item): \(reason.en); \(advice.en)"),
                expected: .text(fitting.map { "plan \($0.seq)" } ?? "plan"),
                actual: .text(spending.plan.map { "plan \($0)" } ?? "–")))
    }

    /// What E01 or E03 reports can be in no plan: it is not told twice.
    private static func mayBePlanned(
        _ recorded: RecordedSpending, _ effect: Effect, _ book: borrowing FundBook
    ) -> Bool {
        guard let policy = book.policy?.policy, let grant = effect.grant else { return true }
        let purpose = book.grants[grant].terms.purpose
        switch policy.verdict(item: recorded.spending.item, purpose: purpose) {
        case .forbidden, .outsidePurpose, .unknownItem: return false
        case .allowed, .outsideRelief, .purposeUnstated, .unknownPurpose: return true
        }
    }

    private static func reason(_ plan: Plan, _ spending: Spending) -> Message {
        if let newer = plan.replacedBy {
            return Message(
                zh: "第 \(plan.seq) 条方案已被第 \(newer) 条替代",
                en: "plan \(plan.seq) was replaced by \(newer)")
        }
        guard plan.entry.unit.contains(spending.unit) else {
            return Message(
                zh: "第 \(plan.seq) 条方案属 \(plan.entry.unit)，不覆盖本单位",
                en: "plan \(plan.seq) is of \(plan.entry.unit) and does not cover the unit")
        }
        return Message(
            zh: "第 \(plan.seq) 条方案没有这个项目", en: "plan \(plan.seq) does not list the item")
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        spendingCount > 0
            ? .clean : .notApplicable(Message(zh: "没有发放批次和支出", en: "no batch and no expense"))
    }
}

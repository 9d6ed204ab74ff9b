// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// A03 决议超用: spending goes beyond what the meeting decided.
struct A03BeyondDecision: Rule {
    static let info = RuleInfo(
        code: .a03, severity: .violation, isOverridable: false, isRefusedByWriter: true,
        title: Message(zh: "超出集体研究", en: "beyond the decision"),
        citation: Message(
            zh: "政策的集体研究规定；会计法第25条（一）",
            en: "the policy's rule on collective decisions; Accounting Law Art. 25(1)"),
        documentation: Message(
            zh: "所引用的集体研究没有覆盖本单位、本项目或本收款人，或引用它的各笔支出合计超过所定金额，即报告。"
                + "取消、冲正和追回的金额不再计入。属于其他指标的归 E02。",
            en: "Fires where the cited decision does not cover the unit, the item or the payee, or "
                + "where all that cites it comes to more than it decided; what was cancelled, reversed "
                + "or recovered no longer counts. A decision of another grant is E02's."))

    private var citedCount = 0

    mutating func observe(
        _ recorded: RecordedSpending, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        let spending = recorded.spending
        guard let decision = recorded.decision, decision.entry.grant == spending.grant
        else { return }
        citedCount += 1
        guard let index = effect.decisionCeiling else {
            findings.append(notCovered(recorded, decision))
            return
        }
        let ceiling = book.ceilings[index]
        guard ceiling.excess > 0 else { return }
        let left = spending.amount - ceiling.excess
        findings.append(
            Finding(
                Self.info, seq: recorded.seq, unit: spending.unit, grant: spending.grant,
                Message(
                    zh: "会议“\(decision.entry.meeting)”（第 \(decision.seq) 条）定额 "
                        + "\(Money(fen: ceiling.limit).text()) 元，可用 \(Money(fen: left).text()) 元，"
                        + "本次 \(Money(fen: spending.amount).text()) 元；请核减金额或再次研究",
                    en: "the meeting “\(decision.entry.meeting)” (record \(decision.seq)) decided "
                        + "\(Money(fen: ceiling.limit).text()) yuan, of which "
                        + "\(Money(fen: left).text()) is left, and this spends "
                        + "\(Money(fen: spending.amount).text()); lower the amount or decide anew"),
                expected: .money(left), actual: .money(spending.amount),
                difference: ceiling.excess))
    }

    private func notCovered(_ recorded: RecordedSpending, _ decision: Decision) -> Finding {
        let spending = recorded.spending
        let items = decision.entry.items.map { item in
            item.payee.map { "\(item.item) → \($0)" } ?? item.item
        }
        let isOfUnit = decision.entry.unit.contains(spending.unit)
        let what = isOfUnit ? recorded.payee.map { "\(spending.item) → \($0)" } : nil
        return Finding(
            Self.info, seq: recorded.seq, unit: spending.unit, grant: spending.grant,
            Message(
                zh: "会议“\(decision.entry.meeting)”（第 \(decision.seq) 条）没有覆盖"
                    + (isOfUnit ? "这项支出或这个收款人" : "本单位") + "；请核对引用或再次研究",
                en:
                    "the meeting “\(decision.entry.meeting)” (record \(decision.seq)) does not cover "
                    + (isOfUnit ? "this item or this payee" : "the unit")
                    + "; check the reference or decide anew"),
            expected: .text(
                isOfUnit ? items.joined(separator: " | ") : "∈ \(decision.entry.unit)"),
            actual: .text(isOfUnit ? what ?? spending.item : spending.unit.description))
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        citedCount > 0
            ? .clean
            : .notApplicable(Message(zh: "没有引用集体研究的支出", en: "no spending cites a decision"))
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// A01 未集体研究: an amount that needs a collective decision rests on none.
struct A01Undecided: Rule {
    static let info = RuleInfo(
        code: .a01, severity: .refuse, isOverridable: false, isRefusedByWriter: true,
        title: Message(zh: "达到限额未集体研究", en: "no collective decision"),
        citation: Message(
            zh: "政策的集体研究限额（依据见政策）；民法典第1259条（“以上”包括本数）",
            en: "the policy's threshold for collective decisions (it cites its source); Civil Code "
                + "Art. 1259 (“and above” includes the number)"),
        documentation: Message(
            zh: "直接支出的金额、发放批次的合计达到政策的集体研究限额而没有引用集体研究记录，即报告。"
                + "引用的记录是否有效由 A02、A03、A04 检查。政策没有限额的不适用。",
            en:
                "Fires where an expense, or the total of a batch, reaches the policy's threshold and "
                + "cites no decision. Whether a cited one holds is for A02, A03 and A04. Does not apply "
                + "where the policy sets no threshold."))

    private var coveredCount = 0

    mutating func observe(
        _ recorded: RecordedSpending, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        guard let threshold = book.policy?.policy.threshold(.collective) else { return }
        let spending = recorded.spending
        let kind: Policy.Covered = recorded.kind == .batch ? .batch : .expense
        guard threshold.applies(to: Money(fen: spending.amount), of: kind) else { return }
        coveredCount += 1
        guard spending.decision == nil else { return }
        findings.append(
            Finding(
                Self.info, seq: recorded.seq, unit: spending.unit, grant: spending.grant,
                Message(
                    zh: "\(recorded.kind.title.zh) \(Money(fen: spending.amount).text()) 元，"
                        + "达到 \(threshold.amount.text()) 元的集体研究限额（\(threshold.citation)），"
                        + "没有引用集体研究；请先由另一人以 relief decide 记录会议",
                    en:
                        "this \(recorded.kind.rawValue) of \(Money(fen: spending.amount).text()) yuan "
                        + "reaches the threshold of \(threshold.amount.text()) (\(threshold.citation)) "
                        + "and cites no decision; first another person records the meeting with "
                        + "relief decide"),
                expected: .text("decision"), actual: .text("–")))
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        coveredCount > 0
            ? .clean
            : .notApplicable(
                Message(
                    zh: "没有达到集体研究限额的支出，或政策没有限额",
                    en: "no spending reaches a threshold, or the policy sets none"))
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// B08 超出对象余额: an entry takes more of its target than is left of it.
struct B08OverTarget: Rule {
    static let info = RuleInfo(
        code: .b08, severity: .refuse, isOverridable: false, isRefusedByWriter: true,
        title: Message(zh: "超出对象余额", en: "more than is left of its target"),
        citation: Message(
            zh: "会计法第15条（错误按规定方法更正）、第17条（账账、账实相符）",
            en: "Accounting Law Art. 15 (errors are corrected by the prescribed method), 17 (books "
                + "agree)"),
        documentation: Message(
            zh: "冲正、认定应追回、追回的金额，大于所指记录尚未冲正、追回的部分，即报告。"
                + "代发结果、重发、取消只能用于处在相应状态的明细：已送银行的可到账或失败，已到账的可退汇，"
                + "失败或退汇的可重发或取消；不在该状态的，可用部分为零。",
            en:
                "Fires where a reversal, recoverable or recovery is of more than nothing has undone, "
                + "reclaimed or recovered of its target. A result, reissue or cancellation needs a "
                + "payment in the right state: one that was sent can settle or fail, a settled one can "
                + "come back, one that failed or came back can be reissued or cancelled; in any other "
                + "state nothing is left for it."))

    private var checkedCount = 0

    mutating func observe(
        _ movement: Movement, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: inout FundBook, into findings: inout [Finding]
    ) {
        guard let left = effect.leftBefore else { return }
        checkedCount += 1
        guard movement.amount > left else { return }
        let kind = movement.outcome?.title ?? movement.kind.title
        let (excess, _) = movement.amount.subtractingReportingOverflow(left)
        findings.append(
            Finding(
                Self.info, seq: movement.seq, unit: movement.unit, grant: movement.grant,
                Message(
                    zh: "“\(kind.zh)” \(Money(fen: movement.amount).text()) 元，而第 "
                        + "\(movement.target ?? 0) 条可用于此的只有 \(Money(fen: left).text()) 元；请核对该条的后续记录",
                    en:
                        "this \(kind.en) is of \(Money(fen: movement.amount).text()) yuan, of which "
                        + "record \(movement.target ?? 0) has \(Money(fen: left).text()) left for it; "
                        + "look at what was recorded on it since"),
                expected: .money(left), actual: .money(movement.amount), difference: excess))
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        checkedCount > 0
            ? .clean
            : .notApplicable(
                Message(
                    zh: "没有代发结果、冲正或追回", en: "no result, reversal or recovery"))
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// C05 退汇未处理: money that a bank could not pay waits too long.
struct C05UnresolvedFailure: Rule {
    static let info = RuleInfo(
        code: .c05, severity: .warning, isOverridable: true, isRefusedByWriter: false,
        title: Message(zh: "退汇未处理", en: "failed payments left waiting"),
        citation: Message(
            zh: "惠民惠农财政补贴“一卡通”管理（失败款项退回、更正后重发）；时限为政策所定",
            en:
                "“one card” payment of subsidies (failed payments come back, are corrected and paid "
                + "again); the limit is the policy's"),
        documentation: Message(
            zh: "发放失败或退汇的明细，超过政策的重发时限（reissue）仍未重发或取消，即按批次提示，注明笔数和金额。"
                + "截至报告所示日期。政策没有此时限的不适用。",
            en:
                "Fires for each batch with payments that failed or came back and were neither reissued "
                + "nor cancelled within the policy's clock for it (reissue), with their number and "
                + "sum, as of the date that the report prints. Does not apply where the policy has "
                + "no such clock."))

    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {
        var batch: [WaitingPayment] = []
        for waiting in book.waitingPayments {
            if let last = batch.last, last.payment.batch != waiting.payment.batch {
                report(batch, book, &findings)
                batch = []
            }
            if isLate(waiting, book, asOf) { batch.append(waiting) }
        }
        report(batch, book, &findings)
    }

    private func isLate(
        _ waiting: WaitingPayment, _ book: borrowing FundBook, _ asOf: CivilDate
    ) -> Bool {
        guard let policy = book.policy(inForceAt: waiting.result),
            let clock = policy.clock(
                .reissue, at: Policy.ClockLevel(waiting.payment.unit.level)),
            let deadline = policy.deadline(clock, after: waiting.since)
        else { return false }
        return asOf > deadline
    }

    private func report(
        _ batch: [WaitingPayment], _ book: borrowing FundBook, _ findings: inout [Finding]
    ) {
        guard let first = batch.min(by: { $0.since < $1.since }) else { return }
        let sum = batch.reduce(Int128(0)) { $0 + Int128($1.payment.amount) }
        let amount = Int64(clamping: sum)
        findings.append(
            Finding(
                Self.info, seq: first.result, unit: first.payment.unit, grant: first.payment.grant,
                Message(
                    zh:
                        "批次 \(first.payment.batch) 有 \(batch.count) 笔、\(Money(fen: amount).text()) 元"
                        + "自 \(first.since) 起失败或退汇，仍未重发或取消",
                    en: "\(batch.count) payments of batch \(first.payment.batch), "
                        + "\(Money(fen: amount).text()) yuan, have waited since \(first.since) to be "
                        + "reissued or cancelled"),
                expected: .money(0), actual: .money(amount), difference: amount,
                breach: Finding.Breach(amount: amount, date: first.since, isConcluded: true)))
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        guard book.paymentCount > 0 else {
            return .notApplicable(Message(zh: "没有发放明细", en: "no payment"))
        }
        let isClocked = book.policies.contains { $0.policy.clocks.contains { $0.code == .reissue } }
        return isClocked
            ? .clean
            : .notApplicable(
                Message(zh: "政策没有重发时限", en: "the policy sets no clock for reissues"))
    }
}

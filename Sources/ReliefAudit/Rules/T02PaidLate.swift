// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// T02 发放超时: households wait although the county has the money.
struct T02PaidLate: Rule {
    static let info = RuleInfo(
        code: .t02, severity: .violation, isOverridable: true, isRefusedByWriter: false,
        title: Message(zh: "发放超时", en: "paid late to households"),
        citation: Message(
            zh: "处罚处分条例第6条（三）（滞留）；时限以政策为准（地方规定有应急10个、冬春15个工作日到户的）",
            en:
                "Regulations on Penalties for Fiscal Violations Art. 6(3) (holding back); the term is "
                + "the policy's (local rules: 10 working days for emergency, 15 for winter-spring)"),
        documentation: Message(
            zh: "政策为该用途规定了发放时限（payout）的：自县级收到资金起，至批次最后一笔到账止；"
                + "还有未到账明细的，至报告所示日期止，超过时限即报告该批次。"
                + "起点取县级该指标在批次业务日期以前最近一次到账或到账确认之日，"
                + "所以只会少报，不会冤枉。没有编入批次的资金归 T01；账内没有县级到账的不检查。",
            en:
                "Where the policy sets a payout clock for the purpose: from the county's having the "
                + "money to the batch's last settled payment or, while some are open, to the date "
                + "that the report prints; a batch that takes longer is reported. The start is the "
                + "last day up to the batch's date on which money of the grant came to the county, "
                + "or was acknowledged by it, so that the rule may miss but never wrongs anyone. "
                + "Money in no batch is T01's; without a county's account nothing is checked."))

    /// Days on which counties acknowledged money: by grant, unit and date.
    private var receipts: [(grant: Int, unit: UnitID, date: CivilDate)] = []

    /// Notes what a county acknowledges; movements of other kinds never come here.
    mutating func note(receipt: Movement) {
        guard receipt.unit.level == .county else { return }
        receipts.append((receipt.grant, receipt.unit, receipt.date))
    }

    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {
        guard Self.isClocked(book) else { return }
        var accounts: [AccountKey: Int] = [:]
        for (index, account) in book.accounts.enumerated() where account.unit.level == .county {
            accounts[AccountKey(grant: book.grants[account.grant].seq, unit: account.unit)] = index
        }
        for batch in book.batches {
            guard let county = batch.unit.enclosing(.county),
                let policy = book.policy(inForceAt: batch.seq),
                let clock = policy.payoutClock(purpose: batch.purpose, at: .county),
                let account = accounts[AccountKey(grant: batch.grant, unit: county)],
                let start = start(of: batch, county, book.flows(of: account)),
                let deadline = policy.deadline(clock, after: start),
                let end = batch.openCount > 0 ? asOf : batch.lastSettled, end > deadline
            else { continue }
            findings.append(
                finding(batch, book, start: start, deadline: deadline, end: end, clock))
        }
    }

    private struct AccountKey: Hashable {
        let grant: Int
        let unit: UnitID
    }

    /// The last day up to the batch's on which the county got, or acknowledged, money of the grant.
    private func start(
        of batch: BatchPosition, _ county: UnitID, _ flows: ContiguousArray<DayFlow>
    ) -> CivilDate? {
        let came = flows.last { $0.inflow > 0 && $0.date <= batch.date }?.date
        let acknowledged = receipts.lazy.filter {
            $0.grant == batch.grant && $0.unit == county && $0.date <= batch.date
        }.map(\.date).max()
        guard let came else { return nil }
        return max(came, acknowledged ?? came)
    }

    private func finding(
        _ batch: BatchPosition, _ book: borrowing FundBook, start: CivilDate, deadline: CivilDate,
        end: CivilDate, _ clock: Policy.Clock
    ) -> Finding {
        let payments = book.payments(ofBatch: batch.seq).filter { $0.state != .cancelled }
        let sum = payments.reduce(Int128(0)) { $0 + Int128($1.amount) }
        let open = batch.openCount
        return Finding(
            Self.info, seq: batch.seq, unit: batch.unit, grant: batch.grant,
            Message(
                zh: "县级 \(start) 收到资金，应于 \(deadline) 前发放到户（\(clock.citation)），"
                    + (open > 0 ? "至 \(end) 还有 \(open) 笔未到账" : "最后一笔 \(end) 才到账"),
                en: "the county had the money on \(start) and was to pay by \(deadline) "
                    + "(\(clock.citation)); "
                    + (open > 0
                        ? "on \(end) \(open) payments are open"
                        : "the last payment arrived on \(end)")),
            expected: .text("≤ \(deadline)"), actual: .text("\(end)"),
            difference: Int64(end.day - deadline.day),
            breach: Finding.Breach(
                amount: Int64(clamping: sum), date: batch.date, isConcluded: true))
    }

    private static func isClocked(_ book: borrowing FundBook) -> Bool {
        book.policies.contains { $0.policy.clocks.contains { $0.code == .payout } }
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        guard Self.isClocked(book) else {
            return .notApplicable(
                Message(zh: "政策没有发放时限", en: "the policy sets no payout clock"))
        }
        return book.paymentCount > 0
            ? .clean : .notApplicable(Message(zh: "没有发放明细", en: "no payment"))
    }
}

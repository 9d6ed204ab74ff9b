// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// T01 滞留: money stays at a level for longer than its clock allows.
struct T01HeldBack: Rule {
    static let info = RuleInfo(
        code: .t01, severity: .violation, isOverridable: true, isRefusedByWriter: false,
        title: Message(zh: "滞留", en: "held back at a level"),
        citation: Message(
            zh: "预算法第52条（省级30日内下达；自然灾害转移支付应及时下达）；处罚处分条例第6条（三）",
            en: "Budget Law Art. 52 (a province issues within 30 days; relief transfers without "
                + "delay); Regulations on Penalties for Fiscal Violations Art. 6(3)"),
        documentation: Message(
            zh: "政策为该层级规定了下达时限的单位：每笔到账按先进先出与其后的转出配对，到期仍未转出的部分即报告。"
                + "调整用途、结转转出的算转出，转入的算转入指标的到账，另行计时。以业务日期计算，截至报告所示日期。没有规定时限的层级不检查。",
            en:
                "For units of a level whose policy sets an onward clock: what came in is matched first "
                + "in, first out with what went on; what has not gone on when the clock ends is "
                + "reported. A change of purpose or carry-over goes on from the one grant and comes "
                + "in to the other, where a term of its own begins. By business date, as of the date that the report prints. Levels without "
                + "a clock are not checked."))

    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {
        for index in book.accounts.indices {
            check(index, book, asOf, into: &findings)
        }
    }

    private func check(
        _ index: Int, _ book: borrowing FundBook, _ asOf: CivilDate, into findings: inout [Finding]
    ) {
        let flows = book.flows(of: index)
        let account = book.accounts[index]
        guard let first = flows.first(where: { $0.inflow > 0 }),
            let clock = Self.clock(book, account.unit, seq: first.inflowSeq)
        else { return }
        let policy = clock.policy
        var queue = flows.filter { $0.inflow > 0 }.map { (flow: $0, left: $0.inflow) }
        var head = 0
        var late: [Int: (fen: Int64, date: CivilDate)] = [:]
        for out in flows where out.outflow > 0 && out.date <= asOf {
            var amount = out.outflow
            while amount > 0, head < queue.count {
                let taken = min(amount, queue[head].left)
                amount -= taken
                queue[head].left -= taken
                if let deadline = policy.deadline(clock.clock, after: queue[head].flow.date),
                    out.date > deadline
                {
                    late[head] = ((late[head]?.fen ?? 0) + taken, out.date)
                }
                if queue[head].left == 0 { head += 1 }
            }
        }
        for (position, item) in queue.enumerated() where item.flow.date <= asOf {
            guard let deadline = policy.deadline(clock.clock, after: item.flow.date) else {
                continue
            }
            let held = asOf > deadline ? item.left : 0
            let passedLate = late[position]
            let (amount, overflow) = held.addingReportingOverflow(passedLate?.fen ?? 0)
            guard amount > 0, !overflow else { continue }
            let until = held > 0 ? asOf : passedLate?.date ?? asOf
            findings.append(
                finding(
                    book, account, item.flow, amount: amount, held: held, deadline: deadline,
                    until: until))
        }
    }

    private func finding(
        _ book: borrowing FundBook, _ account: Account, _ flow: DayFlow, amount: Int64,
        held: Int64, deadline: CivilDate, until: CivilDate
    ) -> Finding {
        Finding(
            Self.info, seq: flow.inflowSeq, unit: account.unit,
            grant: book.grants[account.grant].seq,
            Message(
                zh: "\(book.name(account.unit)) \(flow.date) 收到的资金应于 \(deadline) 前下达，"
                    + "\(Money(fen: amount).text()) 元逾期"
                    + (held > 0 ? "，至 \(until) 仍未下达 \(Money(fen: held).text()) 元" : ""),
                en: "of what \(book.name(account.unit)) received on \(flow.date), due onward by "
                    + "\(deadline), \(Money(fen: amount).text()) yuan was late"
                    + (held > 0 ? " and \(Money(fen: held).text()) is still held on \(until)" : "")),
            expected: .text("≤ \(deadline)"), actual: .text("\(until)"),
            difference: Int64(until.day - deadline.day),
            breach: Finding.Breach(amount: amount, date: flow.date, isConcluded: true))
    }

    private static func clock(
        _ book: borrowing FundBook, _ unit: UnitID, seq: Int
    ) -> (policy: Policy, clock: Policy.Clock)? {
        guard let policy = book.policy(inForceAt: seq), let level = Policy.ClockLevel(unit.level),
            let clock = policy.clock(.onward, at: level)
        else { return nil }
        return (policy, clock)
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        let isClocked = book.accounts.contains { account in
            Self.clock(book, account.unit, seq: .max) != nil
        }
        return isClocked
            ? .clean
            : .notApplicable(
                Message(
                    zh: "政策没有为账上各单位的层级规定下达时限",
                    en: "the policy sets no onward clock for the level of any unit with money"))
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// C01 账账: what a unit passed down is not what the unit below says that it received.
struct C01BooksDiffer: Rule {
    static let info = RuleInfo(
        code: .c01, severity: .violation, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "账账不符", en: "books of giver and receiver differ"),
        citation: Message(
            zh: "会计法第17条（账账相符）；到账确认的时限以政策为准",
            en: "Accounting Law Art. 17 (books agree); the term for acknowledging is the policy's"),
        documentation: Message(
            zh: "逐笔比较分解下达（减去已冲正的部分）与接收单位的到账确认：确认多于下达即报告；少于下达的，"
                + "政策有确认时限时过了时限才报告，没有时限时只要确认过一部分就报告。"
                + "没有时限、又从未记过任何到账的单位没有第二本账可比，不检查。指标下达来自账本之外，不检查。",
            en:
                "Compares each allocation, less what of it was reversed, with the receipts of the unit "
                + "that it went to. More acknowledged than allocated fires at once. Less fires when "
                + "the policy's clock for it (acknowledge) has ended, or, where there is none, once "
                + "a part was acknowledged. Without a clock, a unit that never recorded a receipt "
                + "keeps no second book to compare, and is not checked. Grants come from outside the "
                + "ledger and are not checked."))

    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {
        for delivery in book.deliveries where delivery.from != nil && delivery.date <= asOf {
            let unit = book.accounts[delivery.to].unit
            let deadline = Self.deadline(delivery, of: unit, book)
            guard Self.differs(delivery, deadline: deadline, asOf: asOf) else { continue }
            let (difference, _) = delivery.received.subtractingReportingOverflow(delivery.amount)
            findings.append(
                Finding(
                    Self.info, seq: delivery.seq, unit: unit,
                    grant: book.grants[book.accounts[delivery.to].grant].seq,
                    Self.message(delivery, unit, deadline, book), expected: .money(delivery.amount),
                    actual: .money(delivery.received), difference: difference))
        }
    }

    private static func differs(
        _ delivery: Delivery, deadline: CivilDate?, asOf: CivilDate
    ) -> Bool {
        if delivery.received > max(delivery.amount, 0) { return true }
        guard delivery.received < delivery.amount else { return false }
        return deadline.map { asOf > $0 } ?? (delivery.received > 0)
    }

    private static func deadline(
        _ delivery: Delivery, of unit: UnitID, _ book: borrowing FundBook
    ) -> CivilDate? {
        guard let policy = book.policy(inForceAt: delivery.seq),
            let clock = policy.clock(.acknowledge, at: Policy.ClockLevel(unit.level))
        else { return nil }
        return policy.deadline(clock, after: delivery.date)
    }

    private static func message(
        _ delivery: Delivery, _ unit: UnitID, _ deadline: CivilDate?, _ book: borrowing FundBook
    ) -> Message {
        let allocated = Money(fen: delivery.amount).text()
        guard delivery.received > 0 else {
            let day = deadline.map { "\($0)" } ?? "–"
            return Message(
                zh: "\(delivery.date) 下达的 \(allocated) 元，\(book.name(unit)) 应于 \(day) 前确认到账，"
                    + "尚未确认；请核对后记录到账确认",
                en: "\(book.name(unit)) was to acknowledge the \(allocated) yuan of "
                    + "\(delivery.date) by \(day) and has not; check, and record the receipt")
        }
        let received = Money(fen: delivery.received).text()
        return Message(
            zh: "下达 \(allocated) 元，\(book.name(unit)) 确认到账 \(received) 元；请双方核对",
            en: "\(allocated) yuan was allocated, and \(book.name(unit)) acknowledges \(received); "
                + "both sides are to check")
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        let deliveries = book.deliveries.filter { $0.from != nil }
        guard !deliveries.isEmpty else {
            return .notApplicable(Message(zh: "没有分解下达", en: "nothing was allocated"))
        }
        let recorders = Set(
            deliveries.filter { $0.received > 0 }.map { book.accounts[$0.to].unit })
        let silent = Set(
            deliveries.filter { delivery in
                let unit = book.accounts[delivery.to].unit
                return !recorders.contains(unit)
                    && Self.deadline(delivery, of: unit, book) == nil
            }
            .map { book.accounts[$0.to].unit })
        guard let first = silent.min() else { return .clean }
        return .notEvaluable(
            Message(
                zh: "政策没有确认时限，且有 \(silent.count) 个单位从未记过到账，如 \(book.name(first))",
                en: "the policy sets no clock for acknowledging, and \(silent.count) units never "
                    + "recorded a receipt, such as \(book.name(first))"))
    }
}

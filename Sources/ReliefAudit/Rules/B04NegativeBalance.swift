// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// B04 负余额（任一时点）: a balance below zero at a record, or on any business date.
struct B04NegativeBalance: Rule {
    static let info = RuleInfo(
        code: .b04, severity: .violation, isOverridable: false, isRefusedByWriter: true,
        title: Message(zh: "负余额", en: "balance below zero on a date"),
        citation: Message(
            zh: "会计法第17条（账实相符）；自然灾害救助条例第24条（专款专用：一笔资金不得垫付另一笔）",
            en: "Accounting Law Art. 17 (books agree with holdings); Relief Regulations Art. 24 "
                + "(earmark: no grant may pay for another)"),
        documentation: Message(
            zh: "两种情形：收回、缴回、发放批次、支出、调整用途、违规补录或冲正使可用数为负；或按业务日期累计，截至某日可用数为负，"
                + "即使期末为正（每个账户只报最早一日）。分解下达造成的负数由 B03 报告，结转造成的由 B05 报告，不重复。",
            en:
                "Fires where a recall, return, batch, expense, change of purpose, irregular or reversal leaves the available "
                + "balance negative, and where the "
                + "balance by business date is negative at the end of any day, even if it ends "
                + "positive (the first such day of each account). What an over-allocation causes is "
                + "B03's, what a carry-over causes B05's, and not told twice."))

    mutating func observe(
        _ movement: Movement, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: inout FundBook, into findings: inout [Finding]
    ) {
        guard movement.kind != .allocation, effect.takesAvailable else { return }
        check(movement.kind, movement.amount, effect, movement.seq, book, &findings)
    }

    mutating func observe(
        _ entry: Entry, seq: Int, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        guard entry.kind != .carryover, let amount = entry.amount else { return }
        check(entry.kind, amount, effect, seq, book, &findings)
    }

    private func check(
        _ kind: EntryKind, _ amount: Int64, _ effect: Effect, _ seq: Int,
        _ book: borrowing FundBook, _ findings: inout [Finding]
    ) {
        guard effect.takesAvailable, let from = effect.from, effect.availableBefore < amount else {
            return
        }
        let unit = book.accounts[from].unit
        let after = book.accounts[from][.available]
        findings.append(
            Finding(
                Self.info, seq: seq, unit: unit, grant: book.grants[book.accounts[from].grant].seq,
                Message(
                    zh: "\(book.name(unit)) 的可用数只有 \(Money(fen: effect.availableBefore).text()) 元，"
                        + "不足以\(kind.title.zh) \(Money(fen: amount).text()) 元",
                    en: "\(book.name(unit)) has \(Money(fen: effect.availableBefore).text()) yuan "
                        + "available, too little for this \(kind.title.en) of "
                        + "\(Money(fen: amount).text())"),
                expected: .money(0), actual: .money(after),
                difference: after == .min ? .max : -after))
    }

    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {
        for index in book.accounts.indices where !book.accounts[index].wentNegative {
            var balance = Int128(0)
            for flow in book.flows(of: index) where flow.date <= asOf {
                balance += Int128(flow.inflow) - Int128(flow.outflow)
                guard balance < 0 else { continue }
                findings.append(finding(book, index, flow, Int64(clamping: balance)))
                break
            }
        }
    }

    private func finding(
        _ book: borrowing FundBook, _ index: Int, _ flow: DayFlow, _ balance: Int64
    ) -> Finding {
        let account = book.accounts[index]
        let (depth, _) = Int64(0).subtractingReportingOverflow(balance)
        return Finding(
            Self.info, seq: flow.outflowSeq, unit: account.unit,
            grant: book.grants[account.grant].seq,
            Message(
                zh:
                    "\(book.name(account.unit)) 截至 \(flow.date) 的可用数为 \(Money(fen: balance).text()) 元："
                    + "钱在业务日期上先出后进；请核对两边的业务日期",
                en:
                    "\(book.name(account.unit)) has \(Money(fen: balance).text()) yuan available at the "
                    + "end of \(flow.date): by business date the money leaves before it comes; "
                    + "check both dates"),
            expected: .money(0), actual: .money(balance), difference: depth)
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        book.accounts.isEmpty
            ? .notApplicable(Message(zh: "没有资金记录", en: "no money entry")) : .clean
    }
}

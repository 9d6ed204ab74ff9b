// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// E05 混户/资金间拆借: relief money lies in another account, or one grant lends to another.
struct E05MixedAccounts: Rule {
    static let info = RuleInfo(
        code: .e05, severity: .violation, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "混户或资金间拆借", en: "mixed accounts, or one grant lends to another"),
        citation: Message(
            zh: "自然灾害救助条例第24条（专款专用）；预算法第63条",
            en: "Relief Regulations Art. 24 (earmark); Budget Law Art. 63"),
        documentation: Message(
            zh: "一、账银对账（同一对账单以最后一次为准）把救灾资金记到未登记为救灾账户的账户上，且其对账单上有钱，即报告该次对账。"
                + "二、单位某一指标的现金（推算方法见 C03）在某日日终小于零，而其各指标现金之和不小于零，即报告：用的是别的指标的钱；"
                + "注明首日、末日、最多时的金额和被借用的指标。只看所有下达都已确认到账的指标；不看一日之内的先后。",
            en:
                "First: fires at a bank reconciliation (the last of its statement) that finds relief money of the book in an "
                + "account which is not registered for it and whose statement shows money. Second: "
                + "fires where a unit's cash of one grant (derived as in C03) is below zero at the "
                + "end of a day while its cash of all grants together is not: other grants paid. "
                + "Names the first and the last day, the most that was owed and whose money it was. "
                + "Only grants all of whose deliveries to the unit were acknowledged are looked at, "
                + "and no order within a day."))

    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {
        for reconciliation in book.bankReconciliations {
            check(reconciliation.entry, seq: reconciliation.seq, book, &findings)
        }
        let known = Self.known(book)
        let short = known.filter { Self.wentShort(book.cashDays(of: $0)) }
        guard !short.isEmpty else { return }
        let units = Set(short.map { book.accounts[$0].unit })
        let delivered = Set(book.deliveries.map(\.to))
        // Grants that a carry-over or change of purpose opened have no delivery to acknowledge.
        let counted = book.accounts.indices.filter {
            units.contains(book.accounts[$0].unit)
                && (known.contains($0) || !delivered.contains($0))
        }
        let byUnit = Dictionary(grouping: counted) { book.accounts[$0].unit }
        for index in short.sorted() {
            let others = byUnit[book.accounts[index].unit] ?? []
            if let finding = borrowed(index, others, asOf, book) { findings.append(finding) }
        }
    }

    private func check(
        _ entry: ReconciliationEntry, seq: Int, _ book: borrowing FundBook,
        _ findings: inout [Finding]
    ) {
        guard let (statement, account) = entry.target.flatMap({ book.statement(seq: $0) }),
            !account.terms.isRelief, statement.entry.showsMoney, entry.book > 0
        else { return }
        findings.append(
            Finding(
                Self.info, seq: seq, unit: entry.unit,
                Message(
                    zh: "账户“\(account.terms.name)”（尾号 \(account.terms.ending)）没有登记为救灾账户，"
                        + "却存有账上的救灾资金 \(Money(fen: entry.book).text()) 元；请转入救灾账户",
                    en: "account “\(account.terms.name)” (ending \(account.terms.ending)) is not "
                        + "registered for relief money and holds \(Money(fen: entry.book).text()) "
                        + "yuan of it; move it to an account that is"),
                expected: .money(0), actual: .money(entry.book), difference: entry.book))
    }

    // MARK: - Lending

    /// Accounts of which every delivery was acknowledged, and at least one.
    private static func known(_ book: borrowing FundBook) -> Set<Int> {
        var known: Set<Int> = []
        var unknown: Set<Int> = []
        for delivery in book.deliveries {
            if delivery.received > 0 {
                known.insert(delivery.to)
            } else {
                unknown.insert(delivery.to)
            }
        }
        return known.subtracting(unknown)
    }

    private static func wentShort(_ days: ContiguousArray<CashDay>) -> Bool {
        var cash = Int128(0)
        for day in days {
            cash += day.net
            if cash < 0 { return true }
        }
        return false
    }

    /// Cash at the end of a day.
    private static func cash(
        _ index: Int, through day: CivilDate, _ book: borrowing FundBook
    ) -> Int128 {
        book.cashDays(of: index).reduce(Int128(0)) { $1.date <= day ? $0 + $1.net : $0 }
    }

    /// A time in which others paid for a grant.
    private struct Loan {
        let first: CivilDate
        let seq: Int
        var last: CivilDate
        var peak: Int128
    }

    private func borrowed(
        _ index: Int, _ others: [Int], _ asOf: CivilDate, _ book: borrowing FundBook
    ) -> Finding? {
        let ownDays = book.cashDays(of: index)
        var events: [(date: CivilDate, isOwn: Bool, net: Int128)] = []
        for other in others {
            for day in book.cashDays(of: other) where day.date <= asOf {
                events.append((day.date, other == index, day.net))
            }
        }
        events.sort { $0.date < $1.date }
        var loan: Loan?
        var (own, all) = (Int128(0), Int128(0))
        for (place, event) in events.enumerated() {
            all += event.net
            if event.isOwn { own += event.net }
            let isDayOver = place + 1 == events.count || events[place + 1].date != event.date
            guard isDayOver, own < 0, all >= 0 else { continue }
            let seq = ownDays.last { $0.date <= event.date }?.seq ?? 0
            var current =
                loan ?? Loan(first: event.date, seq: seq, last: event.date, peak: own)
            current.last = event.date
            current.peak = min(current.peak, own)
            loan = current
        }
        return loan.map { finding(index, others, $0, book) }
    }

    private func finding(
        _ index: Int, _ others: [Int], _ loan: Loan, _ book: borrowing FundBook
    ) -> Finding {
        let account = book.accounts[index]
        let lenders = others.filter { Self.cash($0, through: loan.first, book) > 0 }
            .map { "\(book.grants[book.accounts[$0].grant].seq)" }
        let peak = Int64(clamping: -loan.peak)
        return Finding(
            Self.info, seq: loan.seq, unit: account.unit, grant: book.grants[account.grant].seq,
            Message(
                zh: "\(book.name(account.unit)) 这笔指标的现金自 \(loan.first) 至 \(loan.last) 不足，最多差 "
                    + "\(Money(fen: peak).text()) 元，由第 \(lenders.joined(separator: "、")) 条指标的钱垫付；"
                    + "请归还，并核对到账日期",
                en:
                    "\(book.name(account.unit)) was short of this grant's cash from \(loan.first) to "
                    + "\(loan.last), by \(Money(fen: peak).text()) yuan at most, and money of grant "
                    + "\(lenders.joined(separator: ", ")) stood in; give it back, and check the "
                    + "dates of receipt"),
            expected: .money(0), actual: .money(Int64(clamping: loan.peak)), difference: peak)
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        guard book.bankReconciliations.isEmpty, Self.known(book).isEmpty else { return .clean }
        return .notApplicable(
            Message(
                zh: "没有账银对账，也没有全部确认到账的指标",
                en: "no bank reconciliation, and no grant of which all was acknowledged"))
    }
}

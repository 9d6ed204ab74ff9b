// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// C03 账银: what must lie at the bank by the ledger is not what the bank says.
struct C03BankDiffers: Rule {
    static let info = RuleInfo(
        code: .c03, severity: .violation, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "账银不符", en: "book and bank differ"),
        citation: Message(
            zh: "会计法第17条（账实相符）；未达账项的天数以政策为准，默认 \(outstandingDays) 天",
            en: "Accounting Law Art. 17 (books agree with what is there); the days for outstanding "
                + "items are a policy default, \(outstandingDays)"),
        documentation: Message(
            zh: "由账本推算单位的现金：到账确认计入，下级确认的到账计出，已到账的发放、直接支出、违规支出、缴回计出，"
                + "退汇、追回、收回计入，冲正反向；在其全部救灾账户都有对账单的末日，与期末余额之和比较，"
                + "差额须等于这些对账单最近一次账银对账所列未达账项。该次对账所写的对方数不等于对账单期末、账面减对方不等于未达账项之差，"
                + "或未达账项在对账日已超过 \(outstandingDays) 天，也即报告。"
                + "没有救灾账户或对账单的不适用；该日以前有收到或下达的资金从未确认到账的，推算不出现金，不能评价。"
                + "按救灾账户只存救灾资金推算，利息等须列为未达账项。",
            en:
                "Derives a unit's cash from the ledger: receipts in, receipts of the units below out; "
                + "settled payments, expenses, irregular outflows and returns out; payments that came "
                + "back, recoveries and recalls in; reversals the other way. On every day on which "
                + "all its relief accounts have a statement that ends, it is compared with the sum of "
                + "their closings: the difference must be the outstanding items of the last bank "
                + "reconciliation of each. Fires, too, where that reconciliation states another closing "
                + "than its statement, or its difference is not its items, or an item was older than "
                + "\(outstandingDays) days when it was listed. Does not apply without relief accounts "
                + "or statements; not evaluable where money that the unit was given, or gave, up to "
                + "that day was never acknowledged. Assumes that relief accounts hold relief money "
                + "only: interest and the like must be listed."))

    /// Days after which an outstanding item has to be settled.
    static let outstandingDays = 30

    /// The statements of a unit's relief accounts that end on one day.
    private struct Balance {
        let unit: UnitID
        let day: CivilDate
        /// One for each account; nil where an account has none.
        let statements: [StatementPosition]?
    }

    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {
        for reconciliation in book.bankReconciliations {
            check(reconciliation.entry, seq: reconciliation.seq, book, &findings)
        }
        let balances = Self.balances(book)
        guard !balances.isEmpty else { return }
        let deliveries = book.deliveries
        for balance in balances {
            guard let statements = balance.statements,
                Self.unacknowledged(balance, deliveries, book) == nil
            else { continue }
            compare(balance, statements, book, &findings)
        }
    }

    // MARK: - One reconciliation

    private func check(
        _ entry: ReconciliationEntry, seq: Int, _ book: borrowing FundBook,
        _ findings: inout [Finding]
    ) {
        if let statement = entry.target.flatMap({ book.statement(seq: $0) })?.statement,
            statement.entry.closing != entry.stated
        {
            findings.append(
                Finding(
                    Self.info, seq: seq, unit: entry.unit,
                    Message(
                        zh: "第 \(statement.seq) 条对账单期末 "
                            + "\(Money(fen: statement.entry.closing).text()) 元，对账写的是 "
                            + "\(Money(fen: entry.stated).text()) 元；请重新对账",
                        en: "statement \(statement.seq) closes with "
                            + "\(Money(fen: statement.entry.closing).text()) yuan, and the "
                            + "reconciliation says \(Money(fen: entry.stated).text()); reconcile "
                            + "anew"),
                    expected: .money(statement.entry.closing), actual: .money(entry.stated),
                    difference: entry.stated - statement.entry.closing))
        }
        if entry.difference != entry.explained {
            let explained = Int64(clamping: entry.explained)
            let difference = Int64(clamping: entry.difference)
            findings.append(
                Finding(
                    Self.info, seq: seq, unit: entry.unit,
                    Message(
                        zh: "账面减银行为 \(Money(fen: difference).text()) 元，未达账项合计 "
                            + "\(Money(fen: explained).text()) 元；请列全未达账项",
                        en: "book less bank is \(Money(fen: difference).text()) yuan, and the "
                            + "outstanding items come to \(Money(fen: explained).text()); list all "
                            + "of them"),
                    expected: .money(difference), actual: .money(explained),
                    difference: Int64(clamping: entry.explained - entry.difference)))
        }
        for item in entry.items {
            let age = Int64(entry.date.day - item.since.day)
            guard age > Int64(Self.outstandingDays) else { continue }
            findings.append(
                Finding(
                    Self.info, seq: seq, unit: entry.unit,
                    Message(
                        zh: "未达账项 \(Money(fen: item.amount).text()) 元自 \(item.since) 起，"
                            + "对账时已 \(age) 天；请查清处理",
                        en:
                            "an item of \(Money(fen: item.amount).text()) yuan has been outstanding "
                            + "since \(item.since), \(age) days at the reconciliation; find out why "
                            + "and settle it"),
                    expected: .days(Self.outstandingDays), actual: .days(Int(age)),
                    difference: age - Int64(Self.outstandingDays)))
        }
    }

    // MARK: - Cash

    /// Every day on which a statement of a unit's relief account ends, by unit and day.
    private static func balances(_ book: borrowing FundBook) -> [Balance] {
        let relief = book.bankAccounts.filter { $0.terms.isRelief }
        var balances: [Balance] = []
        for (unit, accounts) in Dictionary(grouping: relief, by: \.unit) {
            let days = Set(accounts.flatMap { $0.statements.map(\.entry.until) })
            for day in days {
                let open = accounts.filter { $0.isOpen(on: day) }
                let ending = open.compactMap { account in
                    account.statements.last { $0.entry.until == day }
                }
                balances.append(
                    Balance(
                        unit: unit, day: day,
                        statements: ending.count == open.count && !ending.isEmpty ? ending : nil))
            }
        }
        return balances.sorted { ($0.unit, $0.day) < ($1.unit, $1.day) }
    }

    /// A record up to the day that brought the unit money, or took some, and was never
    /// acknowledged: without it nobody knows when the cash moved.
    private static func unacknowledged(
        _ balance: Balance, _ deliveries: [Delivery], _ book: borrowing FundBook
    ) -> Int? {
        deliveries.first { delivery in
            let units = [delivery.from, delivery.to].compactMap { $0 }
                .map { book.accounts[$0].unit }
            return delivery.received == 0 && delivery.date <= balance.day
                && units.contains(balance.unit)
        }?
        .seq
    }

    private func compare(
        _ balance: Balance, _ statements: [StatementPosition], _ book: borrowing FundBook,
        _ findings: inout [Finding]
    ) {
        let cash = book.cash(of: balance.unit, through: balance.day)
        let closing = statements.reduce(Int128(0)) { $0 + Int128($1.entry.closing) }
        let explained = statements.reduce(Int128(0)) {
            $0 + ($1.reconciliations.last?.entry.explained ?? 0)
        }
        guard cash - closing != explained, let seq = statements.map(\.seq).max() else { return }
        let due = Int64(clamping: closing + explained)
        let actual = Int64(clamping: cash)
        let money = { (fen: Int128) in Money(fen: Int64(clamping: fen)).text() }
        findings.append(
            Finding(
                Self.info, seq: seq, unit: balance.unit,
                Message(
                    zh: "\(book.name(balance.unit)) \(balance.day)：账上现金 \(money(cash)) 元，对账单期末合计 "
                        + "\(money(closing)) 元，已列未达账项净额 \(money(explained)) 元，差 "
                        + "\(money(cash - closing - explained)) 元没有说明；请对账",
                    en: "\(book.name(balance.unit)) on \(balance.day): the ledger's cash is "
                        + "\(money(cash)) yuan, the statements close with \(money(closing)), listed "
                        + "items explain \(money(explained)), and "
                        + "\(money(cash - closing - explained)) is unexplained; reconcile them"),
                expected: .money(due), actual: .money(actual),
                difference: Int64(clamping: cash - closing - explained)))
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        let balances = Self.balances(book)
        guard !balances.isEmpty else {
            return .notApplicable(
                Message(
                    zh: "没有救灾账户的对账单", en: "no statement of an account for relief money"))
        }
        let deliveries = book.deliveries
        for balance in balances where balance.statements != nil {
            guard let seq = Self.unacknowledged(balance, deliveries, book) else { continue }
            return .notEvaluable(
                Message(
                    zh: "\(book.name(balance.unit)) \(balance.day) 的现金推算不出：第 \(seq) 条没有到账确认",
                    en: "the cash of \(book.name(balance.unit)) on \(balance.day) is not known: "
                        + "record \(seq) was never acknowledged"))
        }
        guard let open = balances.first(where: { $0.statements == nil }) else { return .clean }
        return .notEvaluable(
            Message(
                zh: "\(book.name(open.unit)) 的救灾账户不是都有截至 \(open.day) 的对账单",
                en: "not all relief accounts of \(book.name(open.unit)) have a statement that ends "
                    + "on \(open.day)"))
    }
}

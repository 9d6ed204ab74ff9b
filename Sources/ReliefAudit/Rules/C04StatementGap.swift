// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// C04 对账单缺期: the statements of an account do not follow one another, or end too early.
struct C04StatementGap: Rule {
    static let info = RuleInfo(
        code: .c04, severity: .warning, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "对账单缺期", en: "bank statements incomplete"),
        citation: Message(
            zh: "会计法第17条（账实相符）；天数以政策为准，默认 \(latestDays) 天",
            en: "Accounting Law Art. 17 (books agree with what is there); the days are a policy "
                + "default, \(latestDays)"),
        documentation: Message(
            zh: "同一账户的对账单按日期排列：后一份的首日不是前一份末日的次日（缺期或重叠），期初余额不等于前一份的期末余额，"
                + "或本份期初加收入减支出不等于期末，即提示；截至报告所示日期，最近一份的末日（没有对账单的为开户日）"
                + "已超过 \(latestDays) 天的也提示，已销户的不检查这一项。第一份之前有无缺期不检查。"
                + "起止日期相同的两份，以后记的为准（更正）。",
            en:
                "Takes the statements of an account by date. Fires where one does not begin on the day "
                + "after the one before (a gap or an overlap), where its opening is not the closing "
                + "of the one before, where its own opening, in and out do not come to its closing, "
                + "and where the last one ends more than \(latestDays) days before the date that the "
                + "report prints (without any, the account's opening counts; a closed account is "
                + "left alone). What lies before the first statement is not checked. Of two statements of "
                + "the same days the later one counts: that is how one is corrected."))

    /// Days after which another statement is due: a month and some.
    static let latestDays = 35

    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {
        for account in book.bankAccounts {
            let statements = account.statementsByDay.filter { $0.entry.date <= asOf }
            for statement in statements where !addsUp(statement) {
                findings.append(mismatch(account, statement))
            }
            for (former, next) in zip(statements, statements.dropFirst()) {
                findings += breaks(account, former, next)
            }
            if let late = overdue(account, statements.last, asOf) { findings.append(late) }
        }
    }

    private func addsUp(_ statement: StatementPosition) -> Bool {
        statement.entry.derivedClosing == Int128(statement.entry.closing)
    }

    private func mismatch(
        _ account: BankAccountPosition, _ statement: StatementPosition
    ) -> Finding {
        let due = Int64(clamping: statement.entry.derivedClosing)
        let closing = statement.entry.closing
        let (difference, _) = closing.subtractingReportingOverflow(due)
        return Finding(
            Self.info, seq: statement.seq, unit: account.unit,
            Message(
                zh: "\(Self.name(account).zh)：期初加收入减支出为 \(Money(fen: due).text()) 元，期末却为 "
                    + "\(Money(fen: closing).text()) 元；请核对对账单",
                en: "\(Self.name(account).en): opening, in and out come to "
                    + "\(Money(fen: due).text()) yuan, and the closing is "
                    + "\(Money(fen: closing).text()); check the statement"),
            expected: .money(due), actual: .money(closing), difference: difference)
    }

    private func breaks(
        _ account: BankAccountPosition, _ former: StatementPosition, _ next: StatementPosition
    ) -> [Finding] {
        let name = Self.name(account)
        var findings: [Finding] = []
        let due = former.entry.until.advanced(by: 1)
        if next.entry.date != due {
            let isGap = next.entry.date > due
            findings.append(
                Finding(
                    Self.info, seq: next.seq, unit: account.unit,
                    Message(
                        zh: "\(name.zh)：第 \(former.seq) 条对账单至 \(former.entry.until)，下一份从 "
                            + "\(next.entry.date) 起，" + (isGap ? "中间缺期；请补录" : "日期重叠；请核对"),
                        en: "\(name.en): statement \(former.seq) ends on \(former.entry.until) and "
                            + "the next begins on \(next.entry.date): "
                            + (isGap
                                ? "a gap; record what is missing" : "an overlap; check both")),
                    expected: .text("\(due)"), actual: .text("\(next.entry.date)"),
                    difference: Int64(next.entry.date.day - due.day)))
        }
        if next.entry.opening != former.entry.closing {
            findings.append(
                Finding(
                    Self.info, seq: next.seq, unit: account.unit,
                    Message(
                        zh: "\(name.zh)：期初 \(Money(fen: next.entry.opening).text()) 元，与第 "
                            + "\(former.seq) 条对账单的期末 \(Money(fen: former.entry.closing).text()) "
                            + "元不同；请核对",
                        en: "\(name.en): opens with \(Money(fen: next.entry.opening).text()) yuan, "
                            + "and statement \(former.seq) closes with "
                            + "\(Money(fen: former.entry.closing).text()); check both"),
                    expected: .money(former.entry.closing), actual: .money(next.entry.opening),
                    difference: next.entry.opening - former.entry.closing))
        }
        return findings
    }

    private func overdue(
        _ account: BankAccountPosition, _ last: StatementPosition?, _ asOf: CivilDate
    ) -> Finding? {
        let until = last?.entry.until ?? account.opened
        let age = Int64(asOf.day - until.day)
        guard age > Int64(Self.latestDays), account.isOpen(on: asOf) else { return nil }
        let name = Self.name(account)
        return Finding(
            Self.info, seq: last?.seq ?? account.seq, unit: account.unit,
            last == nil
                ? Message(
                    zh: "\(name.zh)自 \(until) 以来没有对账单；请补录",
                    en: "\(name.en) has had no statement since \(until); record one")
                : Message(
                    zh: "\(name.zh)：最近一份对账单至 \(until)，距 \(asOf) 已 \(age) 天；请补录",
                    en: "\(name.en): the last statement ends on \(until), \(age) days before "
                        + "\(asOf); record the next"),
            expected: .days(Self.latestDays), actual: .days(Int(age)),
            difference: age - Int64(Self.latestDays))
    }

    /// The account as messages name it.
    private static func name(_ account: BankAccountPosition) -> Message {
        Message(
            zh: "账户“\(account.terms.name)”（尾号 \(account.terms.ending)）",
            en: "account “\(account.terms.name)” (ending \(account.terms.ending))")
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        book.bankAccounts.isEmpty
            ? .notApplicable(Message(zh: "没有登记银行账户", en: "no bank account is recorded"))
            : .clean
    }
}

// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import ReliefModel

// Accounts at banks, their statements and what was compared with them; findings, closed books.
extension EntryReader {
    mutating func account(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let closes = draft.values[.target] != nil
        let target = closes ? reference(draft, .target, to: [.account]) : nil
        let unit = actor(draft, target)
        let terms = closes ? nil : accountTerms(draft)
        if closes {
            for field in [EntryField.name, .bank, .ending, .relief]
            where draft.values[field] != nil {
                complain(
                    draft, field, zh: "销户时不写此项，应为空；请清空",
                    en: "an account is closed without it, expected nothing; clear it")
            }
        }
        let date = businessDate(draft)
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let unit, let date else { return nil }
        let action: BankAccountEntry.Action
        if let target {
            action = .close(target: target)
        } else if let terms {
            action = .open(terms)
        } else {
            return nil
        }
        actors[seq] = unit
        return BankAccountEntry(
            unit: unit, action: action, date: date, document: document, memo: memo
        ).fields
    }

    private mutating func accountTerms(_ draft: EntryDraft) -> BankAccountEntry.Terms? {
        let name = text(draft, .name, BankAccountEntry.nameByteCount)
        let bank = text(draft, .bank, BankAccountEntry.nameByteCount)
        let ending = ending(draft)
        let isRelief = yesOrNo(draft, .relief)
        guard let name, let bank, let ending, let isRelief else { return nil }
        return BankAccountEntry.Terms(name: name, bank: bank, ending: ending, isRelief: isRelief)
    }

    /// Four digits; a whole number, which may be a secret, is never repeated.
    private mutating func ending(_ draft: EntryDraft) -> String? {
        guard let text = draft.values[.ending] else {
            missing(draft, .ending, expected: say("账号的末4位", "the number's last 4 digits"))
            return nil
        }
        if BankAccountEntry.isEnding(text) { return text }
        complain(
            draft, .ending, zh: "应为账号的末4位数字，账本中不写完整账号；请改正",
            en: "expected the last 4 digits of the number, which no ledger holds whole; correct it")
        return nil
    }

    private mutating func yesOrNo(_ draft: EntryDraft, _ field: EntryField) -> Bool? {
        switch draft.values[field] {
        case "yes", "true", "是": return true
        case "no", "false", "否": return false
        case nil:
            missing(draft, field, expected: say("是 或 否（yes、no）", "yes or no"))
        case let text?:
            complain(
                draft, field, zh: "“\(text)”不合格式，应为 是 或 否（yes、no）；请改正",
                en: "“\(text)” is ill-formed, expected yes or no; correct it")
        }
        return nil
    }

    /// The unit given, else that of the entry it names.
    private mutating func actor(_ draft: EntryDraft, _ target: Int?) -> UnitID? {
        if draft.values[.unit] == nil, let target { return actor(of: target) }
        // A target that is missing or wrong is the one mistake.
        if draft.values[.unit] == nil, draft.values[.target] != nil { return nil }
        return unit(draft, .unit)
    }

    /// Fen, at least 0.
    private mutating func balance(_ draft: EntryDraft, _ field: EntryField) -> Int64? {
        guard let text = draft.values[field] else {
            missing(draft, field, expected: say("准确金额，可为 0", "an exact amount, which may be 0"))
            return nil
        }
        return ["0", "0.0", "0.00"].contains(text) ? 0 : money(text, draft, field)
    }

    mutating func statement(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let target = reference(draft, .target, to: [.account])
        let unit = actor(draft, target)
        let date = date(draft, .date)
        let until = self.date(draft, .until)
        if let date, let until, until < date {
            complain(
                draft, .until, zh: "末日 \(until) 早于首日 \(date)，应不早于首日；请核对",
                en: "the last day \(until) is before the first, \(date); check both")
        }
        if let until, until > today {
            complain(
                draft, .until, zh: "\(until) 在今天（北京时间 \(today)）之后，应不晚于今天；请改正",
                en: "\(until) is after today (\(today) in China), expected today or earlier; "
                    + "correct it")
        }
        let opening = balance(draft, .opening)
        let inflow = balance(draft, .inflow)
        let outflow = balance(draft, .outflow)
        let closing = balance(draft, .closing)
        if draft.values[.count] == nil {
            missing(draft, .count, expected: say("对账单的笔数", "the number of its lines"))
        }
        let count = number(draft, .count, in: 0...StatementEntry.lineCount)
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let target, let unit, let date, let until, let opening, let inflow, let outflow,
            let closing, let count
        else { return nil }
        let entry = StatementEntry(
            unit: unit, target: target, date: date, until: until, opening: opening,
            inflow: inflow, outflow: outflow, closing: closing, count: count, document: document,
            memo: memo)
        actors[seq] = unit
        statements[seq] = entry
        return entry.fields
    }

    mutating func reconciliation(_ draft: EntryDraft) -> EntryFields? {
        let basis = word(draft, .basis, \ReconciliationBasis.name)
        let target = reconciled(draft, basis)
        let statement = (target ?? nil).flatMap {
            statements[$0] ?? journal.book.statement(seq: $0)?.statement.entry
        }
        let unit =
            draft.values[.unit] == nil && statement != nil
            ? statement?.unit : self.unit(draft, .unit)
        let date = businessDate(draft)
        let book =
            draft.values[.book] == nil && statement != nil
            ? statement.flatMap { derivedBook(draft, $0) } : balance(draft, .book)
        let stated =
            draft.values[.stated] == nil && statement != nil
            ? statement?.closing : balance(draft, .stated)
        let items = outstanding(draft)
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let basis, let target, let unit, let date, let book, let stated, let items else {
            return nil
        }
        return ReconciliationEntry(
            unit: unit, basis: basis, date: date, target: target, book: book, stated: stated,
            items: items, document: document, memo: memo
        ).fields
    }

    /// What the stated figure is of; the outer nil is a mistake.
    private mutating func reconciled(
        _ draft: EntryDraft, _ basis: ReconciliationBasis?
    ) -> Int?? {
        switch basis {
        case .bank: reference(draft, .target, to: [.statement]).map { .some($0) }
        case .books: reference(draft, .target, to: [.grant, .allocation]).map { .some($0) }
        case .report, .voucher:
            draft.values[.target] == nil
                ? .some(nil)
                : reference(draft, .target, to: Set(EntryKind.allCases)).map { .some($0) }
        case nil: nil
        }
    }

    /// The unit's cash by the ledger at the end of a statement: right where it has one account.
    private mutating func derivedBook(
        _ draft: EntryDraft, _ statement: StatementEntry
    ) -> Int64? {
        let cash = journal.book.cash(of: statement.unit, through: statement.until)
        if cash >= 0, let fen = Int64(exactly: cash) { return fen }
        missing(
            draft, .book,
            expected: say("账面数（由账本推算的现金小于零）", "the book's figure, as the derived cash is below 0"))
        return nil
    }

    /// `AMOUNT=SIDE=SINCE=REASON`, and `=SEQ` for the record; the outer nil is a mistake.
    private mutating func outstanding(_ draft: EntryDraft) -> [ReconciliationEntry.Item]? {
        guard draft.values[.items] != nil else { return [] }
        let example = say(
            "金额=book 或 stated=起始日期=原因，可加 =序号，如 200=stated=2022-03-30=银行已收",
            "AMOUNT=book or stated=SINCE=REASON and =SEQ, such as 200=stated=2022-03-30=interest")
        guard
            let parts = list(
                draft, .items, atMost: ReconciliationEntry.itemCount, expected: example)
        else { return nil }
        var items: [ReconciliationEntry.Item] = []
        for part in parts {
            let sides = Self.sides(part)
            guard (4...5).contains(sides.count),
                let side = ReconciliationSide.allCases.first(where: {
                    $0.rawValue == sides[1] || $0.name.zh == sides[1]
                }), let since = CivilDate(sides[2]),
                FreeText.problem(in: sides[3], maximumByteCount: 200) == nil,
                sides.count == 4 || Int(sides[4]) != nil
            else {
                illFormed(part, draft, .items, example)
                continue
            }
            guard let amount = money(sides[0], draft, .items) else { continue }
            items.append(
                ReconciliationEntry.Item(
                    amount: amount, side: side, since: since,
                    record: sides.count == 5 ? Int(sides[4]) : nil, reason: sides[3]))
        }
        return items.count == parts.count ? items : nil
    }

    mutating func finding(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let target = reference(draft, .target, to: Set(EntryKind.allCases))
        let unit = actor(draft, target)
        let rules = rules(draft, atMost: 1)
        let isStated = draft.values[.amount] != nil || draft.values[.amountWan] != nil
        let amount = isStated ? self.amount(draft) : nil
        let date = businessDate(draft)
        let text = text(draft, .text, FindingEntry.textByteCount)
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let target, let unit, let rule = rules?.first, let date, let text else { return nil }
        actors[seq] = unit
        return FindingEntry(
            unit: unit, rule: rule, target: target, amount: amount, date: date, text: text,
            document: document, memo: memo
        ).fields
    }

    mutating func resolution(_ draft: EntryDraft) -> EntryFields? {
        let target = reference(draft, .target, to: [.finding])
        let unit = actor(draft, target)
        let outcome = word(draft, .outcome, \ResolutionEntry.Outcome.name)
        let record =
            outcome == .rectified
            ? reference(draft, .record, to: [.reversal, .recovery, .recall, .return]) : nil
        if let outcome, outcome != .rectified, draft.values[.record] != nil {
            complain(
                draft, .record, zh: "只有“已整改”写整改记录，应为空；请清空",
                en: "only the outcome rectified names a record, expected nothing; clear it")
        }
        let date = businessDate(draft)
        let reason = text(draft, .reason, 200)
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let target, let unit, let outcome, let date, let reason,
            outcome != .rectified || record != nil
        else { return nil }
        return ResolutionEntry(
            unit: unit, target: target, outcome: outcome, record: record, date: date,
            reason: reason, document: document, memo: memo
        ).fields
    }

    mutating func close(_ draft: EntryDraft) -> EntryFields? {
        let unit = unit(draft, .unit)
        let until = self.date(draft, .until)
        let date = businessDate(draft)
        if let until, let date, date < until {
            complain(
                draft, .until, zh: "结账截止日 \(until) 在业务日期 \(date) 之后，应不晚于它；请核对",
                en: "the books are closed through \(until), after the business date \(date), "
                    + "expected a day not after it; check both")
        }
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let unit, let until, let date else { return nil }
        return CloseEntry(unit: unit, until: until, date: date, document: document, memo: memo)
            .fields
    }
}

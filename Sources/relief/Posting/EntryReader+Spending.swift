// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import ReliefModel

// Plans, decisions and what is spent under them.
extension EntryReader {
    mutating func plan(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let unit = unit(draft, .unit)
        let grant = reference(draft, .grant, to: [.grant])
        let title = text(draft, .title, 200)
        let date = businessDate(draft)
        let lines = planLines(draft, grant: grant)
        let replaces = optionalReference(draft, .replaces, to: [.plan])
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let unit, let grant, let title, let date, let lines, let replaces else { return nil }
        note(EntryFacts(unit: unit, grant: grant, amount: nil), seq: seq)
        return PlanEntry(
            unit: unit, grant: grant, title: title, date: date, lines: lines, replaces: replaces,
            document: document, memo: memo
        ).fields
    }

    mutating func decision(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let unit = unit(draft, .unit)
        let grant = reference(draft, .grant, to: [.grant])
        let date = businessDate(draft)
        let meeting = text(draft, .meeting, 200)
        let attendees = persons(draft, .attendees)
        let recused = draft.values[.recused] == nil ? [] : persons(draft, .recused)
        let quorum = number(draft, .quorum, in: 1...DecisionEntry.listCount)
        if draft.values[.quorum] == nil {
            missing(draft, .quorum, expected: say("法定人数", "how many have to vote"))
        }
        let minutes = minutes(draft)
        let items = decisionItems(draft, grant: grant)
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let unit, let grant, let date, let meeting, let attendees, let recused, let quorum,
            let minutes, let items
        else { return nil }
        note(EntryFacts(unit: unit, grant: grant, amount: nil), seq: seq)
        return DecisionEntry(
            unit: unit, grant: grant, date: date, meeting: meeting, attendees: attendees,
            quorum: quorum, recused: recused, minutes: minutes, items: items, document: document,
            memo: memo
        ).fields
    }

    private mutating func minutes(_ draft: EntryDraft) -> String? {
        let example = say("会议纪要的 SHA-256，64位十六进制", "the minutes' SHA-256, 64 hex digits")
        guard let text = draft.values[.minutes] else {
            missing(draft, .minutes, expected: example)
            return nil
        }
        let digest = text.lowercased()
        if digest.utf8.count == 64, HexText.decode(digest) != nil { return digest }
        complain(
            draft, .minutes, zh: "“\(text)”不是\(example)；请以 sha256sum 求得",
            en: "“\(text)” is not \(example); take it from sha256sum")
        return nil
    }

    mutating func override(_ draft: EntryDraft) -> EntryFields? {
        let unit = unit(draft, .unit)
        let grant = reference(draft, .grant, to: [.grant])
        let rule = rules(draft, atMost: 1)?.first
        let amount = amount(draft)
        let payee = draft.values[.payee] == nil ? nil : payee(draft)
        let date = businessDate(draft)
        let expires = draft.values[.expires] == nil ? nil : self.date(draft, .expires)
        let reason = text(draft, .reason, 200)
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let unit, let grant, let rule, let amount, let date, let reason else { return nil }
        return OverrideEntry(
            unit: unit, grant: grant, rule: rule, amount: amount, payee: payee, date: date,
            expires: expires, reason: reason, document: document, memo: memo
        ).fields
    }

    mutating func expense(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let payee = payee(draft)
        let amount = amount(draft)
        guard let spending = spending(draft, amount: amount), let payee else { return nil }
        note(
            EntryFacts(unit: spending.unit, grant: spending.grant, amount: spending.amount),
            seq: seq)
        return ExpenseEntry(spending: spending, payee: payee).fields
    }

    mutating func irregular(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let unit = unit(draft, .unit)
        let grant = reference(draft, .grant, to: [.grant])
        let amount = amount(draft)
        let date = businessDate(draft)
        let rules = rules(draft, atMost: IrregularEntry.ruleCount)
        let finding = text(draft, .finding, 1000)
        let payee = draft.values[.payee] == nil ? nil : payee(draft)
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let unit, let grant, let amount, let date, let rules, let finding else { return nil }
        note(EntryFacts(unit: unit, grant: grant, amount: amount), seq: seq)
        return IrregularEntry(
            unit: unit, grant: grant, amount: amount, date: date, rules: rules, finding: finding,
            payee: payee, document: document, memo: memo
        ).fields
    }

    /// What a batch and an expense have in common.
    private mutating func spending(_ draft: EntryDraft, amount: Int64?) -> Spending? {
        let unit = unit(draft, .unit)
        let grant = reference(draft, .grant, to: [.grant])
        let date = businessDate(draft)
        let item = item(draft, grant: grant)
        let plan = optionalReference(draft, .plan, to: [.plan])
        let decision = optionalReference(draft, .decision, to: [.decision])
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let unit, let grant, let amount, let date, let item, let plan, let decision else {
            return nil
        }
        return Spending(
            unit: unit, grant: grant, amount: amount, date: date, item: item, plan: plan,
            decision: decision, document: document, memo: memo)
    }

    /// A reference that may be absent; the outer nil is a mistake.
    mutating func optionalReference(
        _ draft: EntryDraft, _ field: EntryField, to wanted: Set<EntryKind>
    ) -> Int?? {
        if draft.values[field] == nil { return .some(nil) }
        return reference(draft, field, to: wanted).map { .some($0) }
    }
}

// MARK: - Batches

/// What the rows below a batch come to.
struct BatchTotal: Sendable {
    let count: Int
    /// Fen; nil where a row's amount cannot be read.
    let amount: Int64?
}

/// The batch above a payment.
enum BatchDraft: Sendable {
    /// Its own row has mistakes.
    case lost
    /// It will be recorded.
    case kept(seq: Int, EntryFacts)
}

extension EntryReader {
    /// Reads a batch and the payments below it: all of them, or nil.
    mutating func read(
        batch draft: EntryDraft, lines: [EntryDraft], seq: Int
    ) -> [EntryFields]? {
        let total = lines.reduce(Int64(0) as Int64?) { sum, line in
            guard let sum, let amount = Self.plainAmount(line) else { return nil }
            let (result, overflow) = sum.addingReportingOverflow(amount)
            return overflow ? nil : result
        }
        var fields = [
            read(batch: draft, total: BatchTotal(count: lines.count, amount: total), seq: seq)
        ]
        for (index, line) in lines.enumerated() {
            fields.append(read(line, seq: seq + 1 + index))
        }
        batchAbove = nil
        let kept = fields.compactMap { $0 }
        if kept.count == fields.count { return kept }
        for draft in [draft] + lines { lose(draft) }
        return nil
    }

    /// Reads a batch whose payments come to a total; they may follow at once.
    mutating func read(batch draft: EntryDraft, total: BatchTotal, seq: Int) -> EntryFields? {
        batchTotal = total
        let fields = read(draft, seq: seq)
        batchTotal = nil
        batchAbove = .lost
        if fields != nil, let facts = facts(of: seq) { batchAbove = .kept(seq: seq, facts) }
        return fields
    }

    private static func plainAmount(_ draft: EntryDraft) -> Int64? {
        if let text = draft.values[.amount] { return try? Money(text).fen }
        return draft.values[.amountWan].flatMap { try? Money($0, in: .wanYuan).fen }
    }

    mutating func batch(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let total = batchTotal ?? BatchTotal(count: 0, amount: nil)
        let hasAmount = draft.values[.amount] != nil || draft.values[.amountWan] != nil
        var amount = total.amount
        if hasAmount, let stated = self.amount(draft) {
            if let sum = total.amount, sum != stated {
                complain(
                    draft, .amount,
                    zh: "合计写为 \(Money(fen: stated).text()) 元，明细之和为 "
                        + "\(Money(fen: sum).text()) 元；请核对，或留空由明细得出",
                    en:
                        "the total says \(Money(fen: stated).text()) yuan, and its payments come to "
                        + "\(Money(fen: sum).text()); check both, or leave it empty")
            }
            amount = stated
        }
        if total.count == 0 {
            complain(
                draft, .kind, zh: "批次之下没有发放明细，应紧接至少一行；请补上",
                en: "no payment row follows the batch, expected at least one; add them")
        }
        if total.count > BatchEntry.lineCount {
            complain(
                draft, .count,
                zh: "明细有 \(total.count) 笔，一批应不超过 \(BatchEntry.lineCount) 笔；请分成几批（名册用 --part 分村发放）",
                en: "\(total.count) payments, expected at most \(BatchEntry.lineCount) in a batch; "
                    + "make several of it (of a list, village by village with --part)")
        }
        let count = number(draft, .count, in: 1...BatchEntry.lineCount)
        if let count, count != total.count {
            complain(
                draft, .count, zh: "写为 \(count) 笔，明细有 \(total.count) 笔；请核对，或留空",
                en: "\(count) payments are stated, and \(total.count) follow; check both, or leave "
                    + "it empty")
        }
        let spending = spending(draft, amount: amount)
        let period = text(draft, .period, BatchEntry.periodByteCount)
        let rate = rate(draft)
        let days = number(draft, .days, in: 1...366)
        let roster = optionalReference(draft, .roster, to: [.roster])
        if let rate = rate ?? nil, (rate.per == .personDay) != (draft.values[.days] != nil) {
            complain(
                draft, .days, zh: "天数应与按人天的标准一起写，且只与它一起写；请核对标准和天数",
                en: "days go with a rate per person and day, and only there; check rate and days")
        }
        guard let spending, let period, let rate, let roster else { return nil }
        note(
            EntryFacts(unit: spending.unit, grant: spending.grant, amount: spending.amount),
            seq: seq)
        return BatchEntry(
            spending: spending, count: total.count, period: period, rate: rate, days: days,
            roster: roster
        ).fields
    }

    mutating func payment(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        guard let above = batchAbove else {
            complain(
                draft, .kind, zh: "发放明细应紧接在批次行之下；请先写批次",
                en: "a payment row stands right below its batch row; put the batch first")
            return nil
        }
        let amount = amount(draft)
        let payee = household(draft)
        let persons = number(draft, .persons, in: 1...Payment.personCount)
        if draft.values[.persons] == nil {
            missing(draft, .persons, expected: say("人数", "a number of persons"))
        }
        let memo = optionalText(draft, .memo, 1000)
        guard case .kept(let batch, let facts) = above else { return nil }
        if draft.values[.batch] != nil, let named = reference(draft, .batch, to: [.batch]),
            named != batch
        {
            complain(
                draft, .batch, zh: "所写批次不是紧接其上的批次；请核对行的次序",
                en: "this is not the batch right above; check the order of the rows")
        }
        agree(draft, with: facts)
        guard let amount, let payee, let persons else { return nil }
        note(EntryFacts(unit: facts.unit, grant: facts.grant, amount: amount), seq: seq)
        return Payment(
            batch: batch, grant: facts.grant, unit: facts.unit, amount: amount,
            pseudonym: payee, persons: persons
        ).fields(memo: memo)
    }

    /// The pseudonym of a payment's payee; the text is never repeated.
    private mutating func household(_ draft: EntryDraft) -> UInt128? {
        guard let text = draft.values[.payee] else {
            missing(draft, .payee, expected: say("h-假名", "a pseudonym h-…"))
            return nil
        }
        if let payee = PayeeID(text), payee.kind == .household {
            return UInt128(text.dropFirst(2), radix: 16)
        }
        complain(
            draft, .payee, zh: "不是 h- 假名，应为 h- 和32位十六进制；有身份证号的花名册请用 relief pay",
            en: "no pseudonym, expected h- and 32 hex digits; for a roster with identity numbers "
                + "use relief pay")
        return nil
    }
}

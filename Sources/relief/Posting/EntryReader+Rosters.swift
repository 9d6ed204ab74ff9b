// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import ReliefModel

// Rosters by their totals, notices and objections; and money that goes into another grant.
extension EntryReader {
    mutating func roster(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let unit = unit(draft, .unit)
        let grant = reference(draft, .grant, to: [.grant])
        let item = item(draft, grant: grant)
        let period = text(draft, .period, BatchEntry.periodByteCount)
        let date = businessDate(draft)
        let stage = word(draft, .stage, \RosterStage.name)
        let count = required(draft, .count, in: 1...RosterEntry.householdCount)
        let persons = required(draft, .persons, in: 1...RosterEntry.personCount)
        let amount = amount(draft)
        let root = root(draft)
        let replaces = optionalReference(draft, .replaces, to: [.roster])
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let unit, let grant, let item, let period, let date, let stage, let count,
            let persons, let amount, let root, let replaces
        else { return nil }
        let entry = RosterEntry(
            unit: unit, grant: grant, item: item, period: period, date: date, stage: stage,
            count: count, persons: persons, amount: amount, root: root, replaces: replaces,
            document: document, memo: memo)
        note(EntryFacts(unit: unit, grant: grant, amount: amount), seq: seq)
        counts[seq] = count
        return entry.fields
    }

    private mutating func root(_ draft: EntryDraft) -> String? {
        let example = say("花名册根值：32字节的 base64", "the roster's root, 32 bytes in base64")
        guard let text = draft.values[.root] else {
            missing(draft, .root, expected: example)
            return nil
        }
        if RosterEntry.isRoot(text) { return text }
        complain(
            draft, .root, zh: "应为\(example)，以 = 结尾共44个字符；请改正",
            en: "expected \(example), 44 characters that end in =; correct it")
        return nil
    }

    /// A whole number that may not be absent.
    private mutating func required(
        _ draft: EntryDraft, _ field: EntryField, in range: ClosedRange<Int>
    ) -> Int? {
        if draft.values[field] == nil {
            missing(draft, field, expected: say("整数", "a whole number"))
        }
        return number(draft, field, in: range)
    }

    mutating func notice(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let target = reference(draft, .target, to: [.roster])
        let facts = target.flatMap { self.facts(of: $0) }
        // Whoever posts it may be another unit than the roster's.
        let unit = draft.values[.unit] == nil ? facts?.unit : self.unit(draft, .unit)
        if let facts, draft.values[.grant] != nil,
            let named = reference(draft, .grant, to: [.grant]), named != facts.grant
        {
            complain(
                draft, .grant, zh: "花名册属第 \(facts.grant) 条指标，而非 \(named)；请核对，或留空",
                en: "the roster is of grant \(facts.grant), not \(named); check both, or leave it "
                    + "out")
        }
        let round = required(draft, .round, in: 1...NoticeEntry.roundCount)
        let place = text(draft, .place, NoticeEntry.placeByteCount)
        let date = businessDate(draft)
        let until = self.date(draft, .until)
        if let date, let until, until < date {
            complain(
                draft, .until, zh: "公示末日 \(until) 早于首日 \(date)，应不早于首日；请核对",
                en: "the last day \(until) is before the first, \(date); check both")
        }
        let count =
            draft.values[.count] == nil
            ? target.flatMap { counts[$0] ?? journal.book.roster(seq: $0)?.entry.count }
            : number(draft, .count, in: 1...RosterEntry.householdCount)
        let isStated = draft.values[.amount] != nil || draft.values[.amountWan] != nil
        let amount = isStated ? self.amount(draft) : facts?.amount
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let target, let facts, let unit, let round, let place, let date, let until,
            let count, let amount
        else { return nil }
        note(EntryFacts(unit: unit, grant: facts.grant, amount: amount), seq: seq)
        return NoticeEntry(
            unit: unit, grant: facts.grant, target: target, round: round, place: place,
            date: date, until: until, count: count, amount: amount, document: document, memo: memo
        ).fields
    }

    mutating func objection(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let ends = draft.values[.outcome] != nil
        let target = reference(draft, .target, to: ends ? [.objection] : [.notice])
        let named = target.flatMap { actor(of: $0) }
        let unit = draft.values[.unit] == nil ? named : self.unit(draft, .unit)
        let outcome = ends ? word(draft, .outcome, \ObjectionEntry.Outcome.name) : nil
        let date = businessDate(draft)
        let reason = text(draft, .reason, 200)
        let payee = draft.values[.payee] == nil ? nil : self.payee(draft)
        if let payee, ends || payee.kind != .household {
            complain(
                draft, .payee, zh: "只有新的异议可写所涉住户，应为 h-假名；请改正或清空",
                en: "only a new objection names a household, by its pseudonym h-…; correct or "
                    + "clear it")
        }
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let target, let unit, let date, let reason, !ends || outcome != nil else {
            return nil
        }
        actors[seq] = unit
        return ObjectionEntry(
            unit: unit, target: target, date: date, reason: reason, payee: payee,
            outcome: outcome, document: document, memo: memo
        ).fields
    }

    /// Whose an entry of the ledger or of this posting is.
    func actor(of seq: Int) -> UnitID? {
        facts(of: seq)?.unit ?? actors[seq] ?? journal.record(seq: seq)?.entry.unit
    }

    // MARK: - Between grants

    /// Whether a change of purpose or a carry-over opened a grant, in the ledger or in this posting.
    func isTwin(_ seq: Int) -> Bool {
        twins.contains(seq) || journal.book.grant(seq: seq)?.twinOf != nil
    }

    mutating func repurpose(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let unit = unit(draft, .unit)
        let grant = reference(draft, .grant, to: [.grant])
        let amount = amount(draft)
        let date = businessDate(draft)
        let level = word(draft, .level, \SourceLevel.name)
        let destination = destination(draft)
        let document = document(draft)
        if document == nil, draft.values[.documentNumber] == nil, draft.values[.documentDate] == nil
        {
            missing(draft, .documentNumber, expected: say("批准文号", "the approval's number"))
        }
        let memo = optionalText(draft, .memo, 1000)
        guard let unit, let grant, let amount, let date, let level, let destination, let document
        else { return nil }
        note(EntryFacts(unit: unit, grant: grant, amount: amount), seq: seq)
        if case .purpose = destination { twins.insert(seq) }
        return RepurposeEntry(
            unit: unit, grant: grant, amount: amount, date: date, level: level,
            destination: destination, document: document, memo: memo
        ).fields
    }

    /// Either a grant that exists, or the purpose of a new one.
    private mutating func destination(_ draft: EntryDraft) -> RepurposeEntry.Destination? {
        switch (draft.values[.into], draft.values[.purpose]) {
        case (nil, nil):
            missing(
                draft, .into,
                expected: say(
                    "转入的指标，或以“用途”写新用途", "the grant that receives, or a new purpose"))
            return nil
        case (_?, _?):
            complain(
                draft, .into, zh: "转入指标和新用途只能写一项；请清空一项",
                en: "a grant that receives and a new purpose, expected one of the two; clear one")
            return nil
        case (_?, nil): return reference(draft, .into, to: [.grant]).map { .into($0) }
        case (nil, _?): return purpose(draft).map { .purpose($0) }
        }
    }

    mutating func carryover(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let unit = unit(draft, .unit)
        let grant = reference(draft, .grant, to: [.grant])
        let isStated = draft.values[.amount] != nil || draft.values[.amountWan] != nil
        let amount = isStated ? self.amount(draft) : available(draft, unit, grant)
        let date = businessDate(draft)
        let into = optionalReference(draft, .into, to: [.grant])
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let unit, let grant, let amount, let date, let into else { return nil }
        note(EntryFacts(unit: unit, grant: grant, amount: amount), seq: seq)
        if into == nil { twins.insert(seq) }
        return CarryoverEntry(
            unit: unit, grant: grant, amount: amount, date: date, into: into, document: document,
            memo: memo
        ).fields
    }

    /// All that the unit has available of the grant: what a carry-over or settlement is of.
    mutating func available(
        _ draft: EntryDraft, _ unit: UnitID?, _ grant: Int?
    ) -> Int64? {
        guard let unit, let grant else { return nil }
        let left = journal.book.account(grant: grant, unit: unit)?[.available] ?? 0
        if left > 0 { return left }
        complain(
            draft, .amount, zh: "\(unit) 的第 \(grant) 条指标没有可用数可转出；见 relief balance",
            en: "\(unit) has nothing available of grant \(grant) to move on; see relief balance")
        return nil
    }
}

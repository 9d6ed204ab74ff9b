// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import ReliefModel

// Every field of a kind is read before any is missed, so that all mistakes of a row are told at once.
extension EntryReader {
    mutating func unit(_ draft: EntryDraft) -> EntryFields? {
        let parent = parent(draft)
        let name = text(draft, .name, 100)
        let aliases = aliases(draft)
        let memo = optionalText(draft, .memo, 1000)
        let field: EntryField = draft.values[.code] != nil ? .code : .unit
        var unit: UnitID?
        if let text = draft.values[field] {
            unit = newUnit(text, draft, field, parent)
        } else {
            missing(draft, field, expected: say("12位代码或 x- 编号", "12 digits or an x- id"))
        }
        guard let unit, let parent, let name else { return nil }
        let entry = UnitEntry(
            unit: unit, parent: parent, name: name, aliases: aliases, memo: memo)
        declare(entry)
        return entry.fields
    }

    private mutating func parent(_ draft: EntryDraft) -> UnitID? {
        if draft.values[.parent] == UnitID.state.description { return .state }
        return unit(draft, .parent)
    }

    private mutating func newUnit(
        _ text: String, _ draft: EntryDraft, _ field: EntryField, _ parent: UnitID?
    ) -> UnitID? {
        guard let unit = UnitID(text), unit != .state else {
            complain(
                draft, field, zh: "“\(text)”不是单位代码，应为12位区划代码或 x- 编号；请改正",
                en: "“\(text)” is no unit id, expected 12 digits or an x- id; correct it")
            return nil
        }
        if isDeclared(unit) {
            complain(
                draft, field, zh: "单位 \(unit) 已经登记，应为未用过的代码；请删除此行或改正代码",
                en:
                    "unit \(unit) is declared already, expected a new one; remove the row or correct it"
            )
            return nil
        }
        if let parent, parent == unit || !parent.contains(unit) {
            complain(
                draft, field, zh: "\(unit) 不在上级 \(parent) 之内，应以上级代码开头；请核对两者",
                en: "\(unit) does not lie within its parent \(parent); check both")
            return nil
        }
        return unit
    }

    mutating func event(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let unit = unit(draft, .unit)
        let cause = word(draft, .cause, \Cause.name)
        let date = businessDate(draft)
        let name = text(draft, .name, 200)
        let response = optionalText(draft, .response, 200)
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let unit, let cause, let date, let name else { return nil }
        let entry = EventEntry(
            unit: unit, cause: cause, date: date, name: name, response: response,
            document: document, memo: memo)
        note(entry, seq: seq)
        return entry.fields
    }

    mutating func grant(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let unit = unit(draft, .unit)
        let amount = amount(draft)
        let date = businessDate(draft)
        let document = document(draft)
        if document == nil, draft.values[.documentNumber] == nil, draft.values[.documentDate] == nil
        {
            missing(
                draft, .documentNumber,
                expected: say(
                    "文号或落款日期；来源未载的写 unstated",
                    "a number or a date; unstated where the source gives none"))
        }
        let title = text(draft, .title, 200)
        let purpose = purpose(draft)
        let source = word(draft, .source, \SourceLevel.name)
        let cause = word(draft, .cause, \Cause.name)
        let event = draft.values[.event] == nil ? nil : reference(draft, .event, to: [.event])
        let scope = draft.values[.scope] == nil ? unit : self.unit(draft, .scope)
        let year = year(draft, date)
        let type = word(draft, .type, \GrantType.name, default: .regular)
        let function = function(draft)
        let expiry = dateOrUnstated(draft, .expiry)
        let memo = optionalText(draft, .memo, 1000)
        guard let unit, let amount, let date, let document, let title, let purpose, let source,
            let cause, let scope, let year, let type, let function, let expiry
        else { return nil }
        let entry = GrantEntry(
            unit: unit, amount: amount, cause: cause, date: date, document: document, event: event,
            expiry: expiry, function: function, purpose: purpose, scope: scope, source: source,
            title: title, type: type, year: year, memo: memo)
        note(entry, seq: seq)
        return entry.fields
    }

    mutating func purpose(_ draft: EntryDraft) -> String? {
        let codes =
            (policy?.purposes.map(\.code) ?? [])
            + [Policy.outsideRelief, Policy.purposeUnstated]
        let list = codes.joined(separator: " ")
        guard let text = draft.values[.purpose] else {
            missing(draft, .purpose, expected: list)
            return nil
        }
        if codes.contains(text) { return text }
        if Self.isUnstated(text) { return Policy.purposeUnstated }
        if let code = codes.first(where: { policy?.purposeName($0)?.zh == text }) { return code }
        complain(
            draft, .purpose, zh: "现行政策没有用途“\(text)”，应为 \(list) 之一；见 relief policy show",
            en:
                "the policy has no purpose “\(text)”, expected one of \(list); see relief policy show"
        )
        return nil
    }

    private mutating func year(_ draft: EntryDraft, _ date: CivilDate?) -> Int? {
        guard let text = draft.values[.year] else {
            if draft.place == .options { return date?.year }
            missing(draft, .year, expected: say("预算年度，如 2022", "a fiscal year such as 2022"))
            return nil
        }
        if let year = Int(text), String(year) == text, CivilDate.years.contains(year) {
            return year
        }
        complain(
            draft, .year, zh: "“\(text)”不是年度，应为 1949 至 2199；请改正",
            en: "“\(text)” is no year, expected 1949 to 2199; correct it")
        return nil
    }

    private mutating func function(_ draft: EntryDraft) -> String?? {
        guard let text = draft.values[.function] else {
            missing(
                draft, .function,
                expected: say("功能科目3至7位数字，或 unstated", "3 to 7 digits, or unstated"))
            return nil
        }
        if Self.isUnstated(text) { return .some(nil) }
        if GrantEntry.isFunctionCode(text) { return .some(text) }
        complain(
            draft, .function, zh: "“\(text)”不是功能科目，应为3至7位数字或 unstated；请改正",
            en: "“\(text)” is no functional code, expected 3 to 7 digits or unstated; correct it")
        return nil
    }

    mutating func movement(_ draft: EntryDraft, _ kind: EntryKind, seq: Int) -> EntryFields? {
        let unit = unit(draft, .unit)
        let field: EntryField = kind == .recall ? .from : .to
        var other: UnitID?
        if draft.values[field] != nil || kind != .return { other = self.unit(draft, field) }
        let grant = reference(draft, .grant, to: [.grant])
        let amount = amount(draft)
        let date = businessDate(draft)
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let unit, let grant, let amount, let date else { return nil }
        if kind != .return || draft.values[field] != nil, other == nil { return nil }
        if let other, !isStep(draft, kind, field, unit, other) { return nil }
        let entry = Movement(
            kind: kind, grant: grant, unit: unit, other: other, amount: amount, date: date)
        note(EntryFacts(unit: unit, grant: grant, amount: amount), seq: seq)
        return entry.fields(MovementText(document: document, memo: memo))
    }

    /// Money moves along the tree of units (FORMAT.md §5): down, or up, never across.
    private mutating func isStep(
        _ draft: EntryDraft, _ kind: EntryKind, _ field: EntryField, _ unit: UnitID, _ other: UnitID
    ) -> Bool {
        let isRight = kind == .return ? other.contains(unit) : unit.contains(other)
        if isRight, unit != other { return true }
        complain(
            draft, field,
            zh: kind == .return
                ? "\(other) 不是 \(unit) 的上级，缴回只能给上级；请核对"
                : "\(other) 不在 \(unit) 之下，\(kind.title.zh)只对下级；请核对",
            en: kind == .return
                ? "\(other) is not above \(unit), expected a unit above it; check both"
                : "\(other) does not lie below \(unit), expected a unit below it; check both")
        return false
    }

    mutating func receipt(_ draft: EntryDraft) -> EntryFields? {
        let unit = unit(draft, .unit)
        let target = reference(draft, .target, to: [.grant, .allocation])
        var grant = target.flatMap { self.grant(ofDelivery: $0) }
        if draft.values[.grant] != nil {
            let named = reference(draft, .grant, to: [.grant])
            if let named, let grant, named != grant {
                complain(
                    draft, .grant, zh: "第 \(target ?? 0) 条属于第 \(grant) 条指标，而非 \(named)；请核对",
                    en: "record \(target ?? 0) is of grant \(grant), not \(named); check both")
            }
            grant = named
        }
        let amount = amount(draft)
        let date = businessDate(draft)
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let unit, let target, let grant, let amount, let date else { return nil }
        return Movement(
            kind: .receipt, grant: grant, target: target, unit: unit, amount: amount, date: date
        ).fields(MovementText(document: document, memo: memo))
    }

    mutating func amendment(_ draft: EntryDraft) -> EntryFields? {
        let target = reference(draft, .target, to: Set(EntryKind.allCases))
        let reason = text(draft, .reason, 200)
        var changes = Amendment.Changes()
        changes.document = document(draft)
        changes.memo = optionalText(draft, .memo, 1000)
        changes.name = optionalText(draft, .name, 200)
        changes.title = optionalText(draft, .title, 200)
        let aliases = aliases(draft)
        changes.aliases = aliases.isEmpty ? nil : aliases
        if changes == Amendment.Changes() {
            missing(
                draft, .title,
                expected: say(
                    "至少一项更正：标题、名称、别名、文号、落款日期或备注",
                    "at least one correction: title, name, alias, document number or date, memo"))
            return nil
        }
        guard let target, let reason else { return nil }
        return Amendment(target: target, reason: reason, changes: changes).fields
    }
}

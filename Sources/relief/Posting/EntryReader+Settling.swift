// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import ReliefModel

// Advances that are settled, and promises of co-funding.
extension EntryReader {
    mutating func settlement(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let unit = unit(draft, .unit)
        let grant = reference(draft, .grant, to: [.grant])
        let into = reference(draft, .into, to: [.grant])
        let isStated = draft.values[.amount] != nil || draft.values[.amountWan] != nil
        let amount = isStated ? self.amount(draft) : available(draft, unit, grant)
        let date = businessDate(draft)
        let document = document(draft)
        if document == nil, draft.values[.documentNumber] == nil, draft.values[.documentDate] == nil
        {
            missing(draft, .documentNumber, expected: say("清算文号", "the settlement's number"))
        }
        let memo = optionalText(draft, .memo, 1000)
        guard let unit, let grant, let into, let amount, let date, let document else { return nil }
        note(EntryFacts(unit: unit, grant: grant, amount: amount), seq: seq)
        return SettlementEntry(
            unit: unit, grant: grant, into: into, amount: amount, date: date, document: document,
            memo: memo
        ).fields
    }

    mutating func cofund(_ draft: EntryDraft, seq: Int) -> EntryFields? {
        let isContribution = draft.values[.target] != nil
        let target = isContribution ? reference(draft, .target, to: [.cofund]) : nil
        let unit =
            isContribution && draft.values[.unit] == nil
            ? target.flatMap { actor(of: $0) } : self.unit(draft, .unit)
        let grant = reference(draft, .grant, to: [.grant])
        let part = isContribution ? contribution(draft, target) : promise(draft)
        let date = businessDate(draft)
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let unit, let grant, let part, let date else { return nil }
        let entry = CofundEntry(
            unit: unit, grant: grant, part: part, date: date, document: document, memo: memo)
        note(EntryFacts(unit: unit, grant: grant, amount: entry.amount), seq: seq)
        return entry.fields
    }

    private mutating func contribution(
        _ draft: EntryDraft, _ target: Int?
    ) -> CofundEntry.Part? {
        leaveOut(draft, [.title, .shares, .until], zh: "配套到位", en: "a contribution")
        let source = statedSource(draft)
        let amount = amount(draft)
        guard let target, let source, let amount else { return nil }
        return .contribution(target: target, source: source, amount: amount)
    }

    private mutating func statedSource(_ draft: EntryDraft) -> SourceLevel? {
        let source = word(draft, .source, \SourceLevel.name)
        guard source == .unstated else { return source }
        complain(
            draft, .source, zh: "配套须写明级次，应为 central provincial prefecture county donation 之一；请改正",
            en: "co-funding names its level, expected one of central, provincial, prefecture, "
                + "county, donation; correct it")
        return nil
    }

    private mutating func promise(_ draft: EntryDraft) -> CofundEntry.Part? {
        leaveOut(draft, [.source, .amount, .amountWan], zh: "配套承诺", en: "a promise")
        let title = text(draft, .title, CofundEntry.titleByteCount)
        let shares = shares(draft)
        let until = date(draft, .until)
        guard let title, let shares, let until else { return nil }
        return .promise(title: title, shares: shares, until: until)
    }

    private mutating func leaveOut(
        _ draft: EntryDraft, _ fields: [EntryField], zh: String, en: String
    ) {
        for field in fields where draft.values[field] != nil {
            complain(
                draft, field, zh: "\(zh)没有此项，应为空；请清空",
                en: "\(en) has no such field, expected nothing; clear it")
        }
    }

    /// `SOURCE=AMOUNT`, each level once.
    private mutating func shares(_ draft: EntryDraft) -> [CofundEntry.Share]? {
        let example = say("级次=金额，如 county=50000", "LEVEL=AMOUNT such as county=50000")
        guard
            let parts = list(draft, .shares, atMost: CofundEntry.shareCount, expected: example)
        else { return nil }
        var shares: [CofundEntry.Share] = []
        for part in parts {
            let sides = Self.sides(part)
            guard sides.count == 2,
                let source = SourceLevel.allCases.first(where: {
                    $0 != .unstated && ($0.rawValue == sides[0] || $0.name.zh == sides[0])
                }), !shares.contains(where: { $0.source == source })
            else {
                illFormed(part, draft, .shares, example)
                continue
            }
            guard let amount = money(sides[1], draft, .shares) else { continue }
            shares.append(CofundEntry.Share(source: source, amount: amount))
        }
        return shares.count == parts.count ? shares : nil
    }
}

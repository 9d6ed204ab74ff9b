// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import LedgerLog
import ReliefModel
import ReliefRoster

/// What an officer says of a list by options, read as an entry's fields are.
struct RosterTerms {
    /// What the list is about and how far it has come.
    struct Head {
        let subject: RosterSubject
        let stage: RosterStage
        let date: CivilDate
    }

    /// Nil where something is wrong with the options.
    let head: Head?
    /// Whose list it is, where that much is known: the rows are checked all the same.
    let unit: UnitID?
    let rate: BatchEntry.Rate?
    let days: Int
    /// Everything wrong with the options.
    let complaints: [Complaint]

    init(
        _ options: [EntryField: String?], on ledger: VerifiedLedger<Journal>, today: CivilDate
    ) {
        let options = options.compactMapValues(\.self)
        var reader = EntryReader(ledger, today: today)
        // Totals and root come from the rows; here they only stand in for them.
        let totals: [EntryField: String] = [
            .kind: EntryKind.roster.rawValue, .count: "1", .persons: "1", .amount: "1",
            .root: String(repeating: "A", count: 43) + "=",
        ]
        let entry = options.filter { $0.key != .rate && $0.key != .days }
        let fields = reader.read(
            EntryDraft(
                place: .options, values: totals.merging(entry) { _, given in given }), seq: .max)
        let draft = EntryDraft(
            place: .options, values: options.filter { $0.key == .rate || $0.key == .days })
        let rate = reader.rate(draft) ?? nil
        let days = options[.days] == nil ? nil : reader.number(draft, .days, in: 1...366)
        if (rate?.per == .personDay) != (options[.days] != nil) {
            reader.complain(
                draft, .days, zh: "天数只与按人天的标准一起写；请核对标准和天数",
                en: "days go with a rate per person and day, and only there; check rate and days")
        }
        self.rate = rate
        self.days = days ?? 1
        unit = options[.unit].flatMap { text in
            try? reader.names.resolve(text, within: .state)
        }
        complaints = reader.complaints
        head = complaints.isEmpty ? fields.map(Head.init) : nil
    }
}

extension RosterTerms.Head {
    /// Takes the fields of an entry that was read.
    fileprivate init(_ fields: EntryFields) {
        let value = { (name: String) in fields.first { $0.0 == name }?.1 }
        guard let unit = value("unit")?.string.flatMap({ UnitID($0) }),
            let grant = value("grant")?.integer, let item = value("item")?.string,
            let season = value("period")?.string.flatMap({ try? PayeeSeason($0) }),
            let stage = value("stage")?.string.flatMap({ RosterStage(rawValue: $0) }),
            let date = value("date")?.string.flatMap({ CivilDate($0) })
        else { preconditionFailure("RosterTerms: an entry that was read has its fields") }
        subject = RosterSubject(unit: unit, grant: Int(grant), item: item, season: season)
        self.stage = stage
        self.date = date
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import ReliefModel
import ReliefSimulation

// Who is to be paid is listed and posted before; what is left goes on into another grant.
extension Simulation {
    /// Lists a village's households and posts them, where the policy asks for it.
    ///
    /// The seven days are over when the county sets the round up. Now and then somebody objects, and
    /// rightly so now and then: then a corrected roster is posted. Nothing lies further back than
    /// ten days, so that all is recorded in time (T04).
    mutating func announce(
        _ campaign: Campaign, _ share: Share, line index: Int, with pen: inout Pen
    ) throws {
        let wave = campaign.wave
        guard DefaultPolicy.policy.noticeClock(purpose: wave.aid.purpose, at: nil) != nil else {
            return
        }
        let chance = draw.below(100)
        var replaced: Int?
        if chance == 0 {
            let first = try writeRoster(
                share, index, wave, .reviewed, on: pen.date.advanced(by: -10), with: &pen)
            let notice = try writeNotice(
                of: first, round: 1, pen.date.advanced(by: -10)...pen.date.advanced(by: -9),
                share, index, with: &pen)
            try writeObjection(
                to: notice, share, index, .upheld, days: -10...(-9), with: &pen)
            replaced = first
        }
        let roster = try writeRoster(
            share, index, wave, .approved, on: pen.date.advanced(by: -9), replaces: replaced,
            with: &pen)
        let notice = try writeNotice(
            of: roster, round: replaced == nil ? 1 : 2,
            pen.date.advanced(by: -8)...pen.date.advanced(by: -2), share, index, with: &pen)
        if (1...3).contains(chance) {
            try writeObjection(to: notice, share, index, .rejected, days: -6...(-4), with: &pen)
        }
        share.lines[index].roster = roster
    }

    private mutating func writeRoster(
        _ share: Share, _ index: Int, _ wave: Wave, _ stage: RosterStage, on date: CivilDate,
        replaces: Int? = nil, with pen: inout Pen
    ) throws -> Int {
        let line = share.lines[index]
        let persons = (0..<line.count).reduce(0) {
            $0 + payees.persons(village: line.village, household: line.household($1))
        }
        // Stands for a root: a simulated ledger has no private roster.
        let root = (0..<4).flatMap { _ in
            let word = draw.next()
            return (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
        }
        return try pen.write(
            .roster,
            RosterEntry(
                unit: line.village.unit, grant: share.grant, item: share.item,
                period: wave.period, date: date, stage: stage, count: line.count,
                persons: persons, amount: line.cost, root: Base64Text.encode(root),
                replaces: replaces
            ).fields)
    }

    private func writeNotice(
        of roster: Int, round: Int, _ days: ClosedRange<CivilDate>, _ share: Share, _ index: Int,
        with pen: inout Pen
    ) throws -> Int {
        let line = share.lines[index]
        return try pen.write(
            .notice,
            NoticeEntry(
                unit: line.village.unit, grant: share.grant, target: roster, round: round,
                place: "村务公开栏", date: days.lowerBound, until: days.upperBound,
                count: line.count, amount: line.cost
            ).fields)
    }

    private func writeObjection(
        to notice: Int, _ share: Share, _ index: Int, _ outcome: ObjectionEntry.Outcome,
        days: ClosedRange<Int>, with pen: inout Pen
    ) throws {
        let unit = share.lines[index].village.unit
        let seq = try pen.write(
            .objection,
            ObjectionEntry(
                unit: unit, target: notice, date: pen.date.advanced(by: days.lowerBound),
                reason: "反映人口数与实际不符"
            ).fields)
        try pen.write(
            .objection,
            ObjectionEntry(
                unit: share.township.unit, target: seq,
                date: pen.date.advanced(by: days.upperBound),
                reason: outcome == .upheld ? "核实属实，名册更正后重新公示" : "入户核实，名册无误",
                outcome: outcome
            ).fields)
    }

    // MARK: - Other grants

    /// A village keeps what it has left for the next year; whether it does.
    mutating func carryOver(
        _ campaign: Campaign, _ share: Share, line index: Int, with pen: inout Pen
    ) throws -> Bool {
        guard draw.happens(perThousand: 100) else { return false }
        let line = share.lines[index]
        let twins = campaign.wave.grants[share.grantIndex].nextYear
        let seq = try pen.write(
            .carryover,
            CarryoverEntry(
                unit: line.village.unit, grant: share.grant, amount: line.available,
                date: pen.date, into: twins
            ).fields)
        if twins == nil { campaign.wave.grants[share.grantIndex].nextYear = seq }
        share.lines[index].available = 0
        return true
    }

    /// A township's rest is given to another purpose, as whoever granted it allows.
    mutating func repurpose(
        _ campaign: Campaign, _ share: Share, with pen: inout Pen
    ) throws {
        let draft = campaign.wave.grants[share.grantIndex]
        guard draw.happens(perThousand: 150),
            let document = pen.document("财社调", draw.below(900) + 1)
        else { return }
        try pen.write(
            .repurpose,
            RepurposeEntry(
                unit: share.township.unit, grant: share.grant, amount: share.available,
                date: pen.date, level: draft.source,
                destination: .purpose(draft.purpose == "H1" ? "H3" : "H1"), document: document
            ).fields)
        share.available = 0
    }
}

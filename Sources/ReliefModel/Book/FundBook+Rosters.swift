// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

// Rosters, their notices and objections: who is to be paid, as it was made public.
extension FundBook {
    /// Every roster, in the order of recording.
    public var rosters: ContiguousArray<RosterPosition> { rosterPositions }

    /// The roster that a record made.
    public func roster(seq: Int) -> RosterPosition? {
        rosterIndices[seq].map { rosterPositions[$0] }
    }

    /// The notice that a record made, with its roster.
    public func notice(seq: Int) -> (notice: NoticePosition, roster: RosterPosition)? {
        guard let place = noticePlaces[seq] else { return nil }
        let roster = rosterPositions[place.roster]
        return (roster.notices[place.notice], roster)
    }

    /// The objection that a record made, with the notice it is about.
    public func objection(seq: Int) -> (objection: ObjectionPosition, notice: NoticePosition)? {
        guard let place = objectionPlaces[seq] else { return nil }
        let notice = rosterPositions[place.roster].notices[place.notice]
        return (notice.objections[place.objection], notice)
    }

    /// The objections to a roster and to those of earlier stages, newest roster first: what the
    /// village objected to is not settled by the next stage.
    public func objections(toOrBefore roster: RosterPosition) -> [ObjectionPosition] {
        var objections = roster.objections
        var former = roster.entry.replaces
        while let seq = former, let earlier = self.roster(seq: seq) {
            objections += earlier.objections
            former = earlier.entry.replaces
        }
        return objections
    }

    mutating func apply(_ entry: RosterEntry, seq: Int) throws(RecordFault) -> Effect {
        try require(entry.unit)
        var effect = Effect()
        effect.grant = try grantIndex(entry.grant)
        var replaced: Int?
        if let old = entry.replaces {
            guard let index = rosterIndices[old], rosterPositions[index].replacedBy == nil else {
                throw .dangling(
                    Message(
                        zh: "第 \(old) 条不是现行的救助花名册", en: "record \(old) is no roster in force"))
            }
            let other = rosterPositions[index].entry
            guard other.unit == entry.unit, other.grant == entry.grant, other.item == entry.item,
                other.period == entry.period
            else {
                throw .dangling(
                    Message(
                        zh: "第 \(old) 条花名册属 \(other.unit)、第 \(other.grant) 条指标、"
                            + "“\(other.item)”、\(other.period)，四项都相同才能替代",
                        en: "roster \(old) is of unit \(other.unit), grant \(other.grant), item "
                            + "\(other.item) and period \(other.period), and only one of the same "
                            + "four takes its place"))
            }
            replaced = index
        }
        if let replaced { rosterPositions[replaced].replacedBy = seq }
        rosterIndices[seq] = rosterPositions.count
        rosterPositions.append(RosterPosition(seq: seq, entry: entry))
        return effect
    }

    mutating func apply(_ entry: NoticeEntry, seq: Int) throws(RecordFault) -> Effect {
        try require(entry.unit)
        var effect = Effect()
        effect.grant = try grantIndex(entry.grant)
        guard let index = rosterIndices[entry.target] else {
            throw .dangling(
                Message(
                    zh: "第 \(entry.target) 条不是救助花名册", en: "record \(entry.target) is no roster"))
        }
        let roster = rosterPositions[index].entry
        try requireLine(entry.unit, roster.unit, of: entry.target)
        if roster.grant != entry.grant { effect.citedGrant = grantIndices[roster.grant] }
        noticePlaces[seq] = (index, rosterPositions[index].notices.count)
        rosterPositions[index].notices.append(NoticePosition(seq: seq, entry: entry))
        return effect
    }

    mutating func apply(_ entry: ObjectionEntry, seq: Int) throws(RecordFault) {
        try require(entry.unit)
        if let outcome = entry.outcome {
            guard let place = objectionPlaces[entry.target],
                let open = objection(seq: entry.target)?.objection, open.end == nil
            else {
                throw .dangling(
                    Message(
                        zh: "第 \(entry.target) 条不是尚未办结的异议",
                        en: "record \(entry.target) is no open objection"))
            }
            guard entry.unit.contains(open.entry.unit) else {
                throw .dangling(
                    Message(
                        zh: "第 \(entry.target) 条异议由 \(open.entry.unit) 受理，只能由它或其上级办结",
                        en:
                            "objection \(entry.target) is with \(open.entry.unit), which alone, or a "
                            + "unit above it, ends it"))
            }
            rosterPositions[place.roster].notices[place.notice].objections[place.objection].end =
                ObjectionPosition.End(seq: seq, outcome: outcome)
            return
        }
        guard let place = noticePlaces[entry.target], let notice = notice(seq: entry.target)?.notice
        else {
            throw .dangling(
                Message(
                    zh: "第 \(entry.target) 条不是公示", en: "record \(entry.target) is no notice"))
        }
        try requireLine(entry.unit, notice.entry.unit, of: entry.target)
        objectionPlaces[seq] = (place.roster, place.notice, notice.objections.count)
        rosterPositions[place.roster].notices[place.notice].objections.append(
            ObjectionPosition(seq: seq, entry: entry))
    }

    /// Fails where neither of two units lies in the other.
    private mutating func requireLine(
        _ unit: UnitID, _ other: UnitID, of target: Int
    ) throws(RecordFault) {
        guard unit.contains(other) || other.contains(unit) else {
            throw .dangling(
                Message(
                    zh: "第 \(target) 条属 \(other)，与 \(unit) 不在同一上下级线上",
                    en: "record \(target) is of \(other), which neither contains \(unit) nor lies "
                        + "in it"))
        }
    }

    // MARK: - Payments of a roster

    /// The roster that a batch cites, as an index.
    mutating func rosterIndex(of batch: BatchEntry) throws(RecordFault) -> Int? {
        guard let seq = batch.roster else { return nil }
        guard let index = rosterIndices[seq] else {
            throw .dangling(
                Message(zh: "第 \(seq) 条不是救助花名册", en: "record \(seq) is no roster"))
        }
        return index
    }

    /// Counts a batch's total as paid of its roster; its persons come with its lines.
    mutating func count(_ batch: BatchEntry, toward roster: Int) {
        rosterPositions[roster].paidCount += batch.count
        rosterPositions[roster].paidAmount += Int128(batch.spending.amount)
    }

    /// Gives the roster of a line back what is cancelled, or takes it again.
    mutating func recount(line: Int, of batch: PaymentBatch, isCancelled: Bool) {
        guard batch.roster >= 0 else { return }
        let sign = isCancelled ? -1 : 1
        let roster = Int(batch.roster)
        rosterPositions[roster].paidCount += sign
        rosterPositions[roster].paidAmount += Int128(sign) * Int128(payments.amount(line))
        rosterPositions[roster].paidPersons +=
            sign * Int(rosterPersons[Int(batch.firstPerson) + line - batch.firstLine])
    }
}

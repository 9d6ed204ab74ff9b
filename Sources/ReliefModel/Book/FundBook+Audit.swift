// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

// Findings and what came of them, promises of co-funding, and closed books.
extension FundBook {
    /// The finding that a record made.
    public func finding(seq: Int) -> FindingPosition? {
        findingIndices[seq].map { findings[$0] }
    }

    /// The promise that a record made.
    public func cofund(seq: Int) -> CofundPosition? { cofundIndices[seq].map { cofunds[$0] } }

    /// Through which day the books of a unit are closed, by itself or a unit above, and the record
    /// that closed them.
    public func closing(of unit: UnitID) -> (seq: Int, until: CivilDate)? {
        closedBooks.filter { $0.key.contains(unit) }.map(\.value)
            .max { ($0.until, -$0.seq) < ($1.until, -$1.seq) }
    }

    mutating func apply(_ entry: FindingEntry, seq: Int) throws(RecordFault) {
        try require(entry.unit)
        try requireEarlier(entry.target, than: seq)
        findingIndices[seq] = findings.count
        findings.append(FindingPosition(seq: seq, entry: entry))
    }

    mutating func apply(_ entry: ResolutionEntry, seq: Int) throws(RecordFault) {
        try require(entry.unit)
        guard let index = findingIndices[entry.target], findings[index].isOpen else {
            throw .dangling(
                Message(
                    zh: "第 \(entry.target) 条不是尚未办结的疑点",
                    en: "record \(entry.target) is no open finding"))
        }
        let unit = findings[index].entry.unit
        guard entry.unit.contains(unit) else {
            throw .dangling(
                Message(
                    zh: "第 \(entry.target) 条疑点涉及 \(unit)，只能由它或其上级办结",
                    en: "finding \(entry.target) concerns \(unit), which alone, or a unit above "
                        + "it, settles it"))
        }
        if let record = entry.record, !bringsBack(record) {
            throw .dangling(
                Message(
                    zh: "第 \(record) 条不是冲正、追回到账、收回或缴回，不能作为整改",
                    en: "record \(record) is no reversal, recovery, recall or return, which put "
                        + "something right"))
        }
        findings[index].resolutions.append((seq, entry))
    }

    /// Whether an entry brings money back to where it was.
    private func bringsBack(_ seq: Int) -> Bool {
        let next = reversals.firstIndex(upperBoundOf: { $0.seq < seq })
        if next < reversals.count, reversals[next].seq == seq { return true }
        return target(seq: seq).map {
            [.recovery, .recall, .return].contains(targets[$0].kind)
        } ?? false
    }

    mutating func apply(_ entry: CofundEntry, seq: Int) throws(RecordFault) -> Effect {
        try require(entry.unit)
        var effect = Effect()
        let grant = try grantIndex(entry.grant)
        effect.grant = grant
        switch entry.part {
        case .promise(let title, let shares, let until):
            cofundIndices[seq] = cofunds.count
            cofunds.append(
                CofundPosition(
                    seq: seq, unit: entry.unit, grant: entry.grant, title: title, shares: shares,
                    until: until))
        case .contribution(let target, let source, let amount):
            try requireShare(entry.unit, target, source)
            let level = grants[grant].terms.source
            guard level == source || level == .unstated else {
                throw .dangling(
                    Message(
                        zh: "第 \(entry.grant) 条指标来自\(level.name.zh)，不是\(source.name.zh)",
                        en: "grant \(entry.grant) is \(level.name.en), not \(source.name.en)"))
            }
            if let index = cofundIndices[target] {
                cofunds[index].contributions.append((seq, source, amount, entry.date))
            }
        }
        return effect
    }

    /// Fails where a record is no promise of the unit in which that level has a share.
    private func requireShare(
        _ unit: UnitID, _ seq: Int, _ source: SourceLevel
    ) throws(RecordFault) {
        guard let promise = cofund(seq: seq) else {
            throw .dangling(
                Message(
                    zh: "第 \(seq) 条不是配套承诺", en: "record \(seq) promises no co-funding"))
        }
        guard promise.unit == unit, promise.shares.contains(where: { $0.source == source })
        else {
            throw .dangling(
                Message(
                    zh: "第 \(seq) 条配套承诺属 \(promise.unit)，须由它记录，且其中要有\(source.name.zh)的份额",
                    en: "promise \(seq) is of \(promise.unit), which alone records what came of "
                        + "it, and only of levels with a share, not \(source.name.en)"))
        }
    }

    mutating func apply(_ entry: CloseEntry, seq: Int) throws(RecordFault) {
        try require(entry.unit)
        if let closed = closedBooks[entry.unit], closed.until >= entry.until { return }
        closedBooks[entry.unit] = (seq, entry.until)
        lastClosedDay = max(lastClosedDay, entry.until.day)
    }

    /// Fails where a seq is not that of an earlier entry.
    func requireEarlier(_ target: Int, than seq: Int) throws(RecordFault) {
        guard target > 0, target < seq else {
            throw .dangling(
                Message(
                    zh: "第 \(target) 条不是本条之前的记录",
                    en: "record \(target) is no entry before this one"))
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefAudit
internal import ReliefDisclosure
internal import ReliefModel

/// Money that passed between two offices, as one of them records it.
struct LedgerFlow: Sendable {
    /// Which way it went.
    enum Direction: Sendable { case down, up }

    let direction: Direction
    let seq: Int
    let kind: EntryKind
    /// The unit of the lower office.
    let unit: UnitID
    /// Fen, less what was reversed.
    let amount: Int64
    let date: CivilDate
    /// The day on which it was recorded, in Beijing time.
    let recorded: CivilDate
    /// The document's number as written; nil where none is stated.
    let number: String?
    /// Whether the number is the grant's, because the entry states none.
    let isGrantsNumber: Bool

    var key: DocumentNumberKey? { DocumentNumberKey(stated: number) }
}

extension LedgerFlow {
    /// What an upper office records with units of a lower one's coverage, and what the lower office
    /// records with the outside, in the order of recording.
    ///
    /// The upper office: allocations to them, recalls from them, their returns. The lower one:
    /// grants, and returns that leave its coverage.
    ///
    /// - Throws: When the records cannot be read again for the numbers of their documents.
    static func flows(
        of ledger: VerifiedLedger<BookHistory>, isUpper: Bool, coverage: UnitID
    ) throws(LedgerReadError) -> [LedgerFlow] {
        let history = ledger.fold
        var found: [(record: BookHistory.Record, direction: Direction, unit: UnitID)] = []
        for record in history.records {
            guard let (direction, unit) = passage(record.entry, isUpper: isUpper, coverage) else {
                continue
            }
            found.append((record, direction, unit))
        }
        let lines = try ledger.records(
            Set(found.filter { $0.record.entry.kind != .grant }.map(\.record.seq)))
        var amended: [Int: Document] = [:]
        for case (.amend(let amendment), _) in history.records.map({ ($0.entry, $0.seq) }) {
            if let document = amendment.changes.document { amended[amendment.target] = document }
        }
        return found.compactMap { record, direction, unit in
            flow(
                record, direction, unit, history, line: lines[record.seq],
                amended: amended[record.seq])
        }
    }

    private static func passage(
        _ entry: Entry, isUpper: Bool, _ coverage: UnitID
    ) -> (Direction, UnitID)? {
        switch entry {
        case .grant(let grant) where !isUpper && coverage.contains(grant.unit):
            return (.down, grant.unit)
        case .movement(let movement):
            let isInside = coverage.contains(movement.unit)
            let isOtherInside = movement.other.map(coverage.contains) ?? false
            switch movement.kind {
            case .allocation where isUpper && !isInside && isOtherInside:
                return movement.other.map { (.down, $0) }
            case .recall where isUpper && !isInside && isOtherInside:
                return movement.other.map { (.up, $0) }
            case .return where isInside && !isOtherInside && (!isUpper || movement.other != nil):
                return (.up, movement.unit)
            default: return nil
            }
        default: return nil
        }
    }

    private static func flow(
        _ record: BookHistory.Record, _ direction: Direction, _ unit: UnitID,
        _ history: BookHistory, line: [UInt8]?, amended: Document?
    ) -> LedgerFlow? {
        let book = history.book
        guard let date = record.entry.date else { return nil }
        var amount = record.entry.amount ?? 0
        var number: String?
        var isGrantsNumber = false
        if case .grant = record.entry {
            number = book.grant(seq: record.seq)?.terms.document.number
        } else {
            amount = book.left(ofTarget: record.seq) ?? amount
            let own = line.flatMap { try? MovementText(line: $0.span).document }
            number = (amended ?? own)?.number
            if number == nil, let grant = record.entry.grant(seq: record.seq) {
                number = book.grant(seq: grant)?.terms.document.number
                isGrantsNumber = number != nil
            }
        }
        // What was reversed altogether passed nowhere.
        guard amount > 0 else { return nil }
        return LedgerFlow(
            direction: direction, seq: record.seq, kind: record.entry.kind, unit: unit,
            amount: amount, date: date,
            recorded: BusinessDay.of(history.postings[record.posting].opened.header.at),
            number: number == Document.unstated ? nil : number, isGrantsNumber: isGrantsNumber)
    }
}

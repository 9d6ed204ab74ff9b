// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefDisclosure
internal import ReliefModel

/// Which entries name a paper, and which hold digests of files.
struct EvidenceCount {
    /// Entries of one sort.
    struct Tally {
        var count = 0
        /// Naming a document's number.
        var documented = 0
        /// Holding digests of files.
        var filed = 0
        /// Neither.
        var bare = 0
    }

    /// Entries that move money, over the scope.
    private(set) var money = Tally()
    /// The same, and notices and decisions, by the township or higher unit that they belong to.
    private(set) var moneyByPlace: [UnitID: Tally] = [:]
    private(set) var noticesByPlace: [UnitID: Tally] = [:]
    private(set) var decisionsByPlace: [UnitID: Tally] = [:]

    init(_ ledger: VerifiedLedger<BookHistory>, scope: BookScope) throws(LedgerReadError) {
        let history = ledger.fold
        let shown = history.records.filter { record in
            guard let grant = record.grant, scope.shows(grant: grant) else { return false }
            return record.entry.unit.map(scope.shows) ?? false
        }
        var filed: Set<Int> = []
        let amendments = history.records.filter { $0.entry.kind == .amend }
        let lines = try ledger.records(Set((shown + amendments).map(\.seq)))
        for (seq, line) in lines {
            let named = Evidence.named(in: line)
            if !named.own.isEmpty { filed.insert(seq) }
            guard !named.added.isEmpty, case .amend(let amendment) = history.record(seq: seq)?.entry
            else { continue }
            filed.insert(amendment.target)
        }
        for record in shown {
            guard let unit = record.entry.unit else { continue }
            let isDocumented = Self.isDocumented(record, lines[record.seq])
            let isFiled = filed.contains(record.seq)
            let place = history.book.township(of: unit) ?? unit
            func count(_ tally: inout Tally) {
                tally.count += 1
                if isDocumented { tally.documented += 1 }
                if isFiled { tally.filed += 1 }
                if !isDocumented && !isFiled { tally.bare += 1 }
            }
            switch record.entry.kind {
            case .notice: count(&noticesByPlace[place, default: Tally()])
            case .decision: count(&decisionsByPlace[place, default: Tally()])
            default:
                guard record.entry.movesMoney, !Self.answers.contains(record.entry.kind) else {
                    continue
                }
                count(&money)
                count(&moneyByPlace[place, default: Tally()])
            }
        }
    }

    /// What says how a payment fared; its paper is the batch's.
    private static let answers: [EntryKind] = [.result, .reissue, .cancel]

    private static func isDocumented(_ record: BookHistory.Record, _ line: [UInt8]?) -> Bool {
        let number =
            record.entry.document?.number
            ?? line.flatMap { try? MovementText(line: $0.span) }?.document?.number
        return number.map { $0 != Document.unstated } ?? false
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// Whose money a disclosure is about, of which days, and up to which record.
public struct DisclosureScope: Sendable, Equatable {
    /// Whose money, with that of the units in it.
    public let unit: UnitID
    /// The first business day.
    public let from: CivilDate
    /// The last one.
    public let until: CivilDate
    /// Only records before this one.
    public let before: Int

    /// Names a scope.
    public init(unit: UnitID, from: CivilDate, until: CivilDate, before: Int) {
        self.unit = unit
        self.from = from
        self.until = until
        self.before = before
    }

    /// What a recorded disclosure has to cover.
    public init(_ entry: DisclosureEntry, seq: Int) {
        self.init(unit: entry.unit, from: entry.from, until: entry.until, before: seq)
    }
}

/// Which records a disclosure covers, and what they come to.
public struct DisclosedRecords: Sendable, Equatable {
    /// The records by seq, ascending, apart.
    public internal(set) var ranges: [Range<Int>] = []
    /// How many.
    public internal(set) var count = 0
    /// Fen of the payments and expenses among them.
    public internal(set) var amount: Int128 = 0

    /// Every seq, ascending.
    public var seqs: [Int] { ranges.flatMap { Array($0) } }
}

/// A reversal, which later entries cannot undo: where money went back, and when.
struct ReversalPosition: Sendable {
    let seq: Int
    /// The accounts it moved money between, as indices; ``MovementTarget/source`` outside.
    let from: Int32
    let to: Int32
    let businessDay: Int32
}

extension FundBook {
    /// The kinds whose records are rows of a disclosure (FORMAT.md §5, disclosure).
    public static let disclosedKinds: [EntryKind] = [
        .grant, .allocation, .recall, .return, .payment, .expense, .reversal, .irregular,
        .recoverable, .recovery, .repurpose, .carryover, .settlement,
    ]

    mutating func apply(_ entry: DisclosureEntry, seq: Int) throws(RecordFault) {
        try require(entry.unit)
        disclosures.append((seq, entry))
    }

    /// The records that a disclosure of a scope has as its rows.
    public func disclosed(_ scope: DisclosureScope) -> DisclosedRecords {
        let isOwn = accounts.map { scope.unit.contains($0.unit) }
        let days = scope.from.day...scope.until.day
        let (targets, spent) = targetRows(scope, isOwn, days)
        var found = DisclosedRecords()
        found.amount = spent
        var rows = payoutRows(scope, isOwn, days, &found.amount) + targets
        for reversal in reversals where reversal.seq < scope.before {
            guard days.contains(reversal.businessDay),
                Self.isOwn(reversal.from, isOwn) || Self.isOwn(reversal.to, isOwn)
            else { continue }
            rows.append(reversal.seq..<reversal.seq + 1)
        }
        rows.sort { $0.lowerBound < $1.lowerBound }
        for row in rows {
            found.count += row.count
            if let last = found.ranges.last, last.upperBound == row.lowerBound {
                found.ranges[found.ranges.count - 1] = last.lowerBound..<row.upperBound
            } else {
                found.ranges.append(row)
            }
        }
        return found
    }

    /// The first business day of a unit's money, and of that of the units in it; nil where there is
    /// none up to a day.
    public func firstDay(of unit: UnitID, until: CivilDate) -> CivilDate? {
        let isOwn = accounts.map { unit.contains($0.unit) }
        let moved = targets.lazy.filter {
            Self.isOwn($0.from, isOwn) || Self.isOwn($0.to, isOwn)
        }.map(\.businessDay)
        let undone = reversals.lazy.filter {
            Self.isOwn($0.from, isOwn) || Self.isOwn($0.to, isOwn)
        }.map(\.businessDay)
        let paid = payments.batches.lazy.filter { isOwn[Int($0.account)] }.map(\.date.day)
        return [moved.min(), undone.min(), paid.min()].compactMap(\.self).min()
            .flatMap { CivilDate(day: $0) }.flatMap { $0 <= until ? $0 : nil }
    }

    private static func isOwn(_ account: Int32, _ own: [Bool]) -> Bool {
        account >= 0 && own[Int(account)]
    }

    /// The lines of batches: those of one follow it at once.
    private func payoutRows(
        _ scope: DisclosureScope, _ isOwn: [Bool], _ days: ClosedRange<Int32>,
        _ amount: inout Int128
    ) -> [Range<Int>] {
        var rows: [Range<Int>] = []
        for batch in payments.batches where batch.seq < scope.before {
            guard days.contains(batch.date.day), isOwn[Int(batch.account)] else { continue }
            let end = min(batch.seq + 1 + Int(batch.lineCount), scope.before)
            guard batch.seq + 1 < end else { continue }
            rows.append(batch.seq + 1..<end)
            for line in 0..<end - batch.seq - 1 {
                amount += Int128(payments.amount(batch.firstLine + line))
            }
        }
        return rows
    }

    /// The rows that are neither payments nor reversals, and fen of the expenses among them.
    private func targetRows(
        _ scope: DisclosureScope, _ isOwn: [Bool], _ days: ClosedRange<Int32>
    ) -> (rows: [Range<Int>], spent: Int128) {
        var rows: [Range<Int>] = []
        var spent: Int128 = 0
        for target in targets where target.seq < scope.before {
            guard days.contains(target.businessDay),
                Self.isOwn(target.from, isOwn) || Self.isOwn(target.to, isOwn)
            else { continue }
            rows.append(target.seq..<target.seq + 1)
            if target.kind == .expense, let expense = expense(seq: target.seq) {
                spent += Int128(expense.amount)
            }
        }
        return (rows, spent)
    }
}

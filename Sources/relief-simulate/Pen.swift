// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import LedgerLog
import ReliefModel
import ReliefSimulation

/// Writes the entries of one posting, and counts them.
struct Pen: ~Copyable {
    /// The business date of all that is written.
    let date: CivilDate
    private var builder: PostingBuilder
    private(set) var counts = KindCounts()

    init(_ builder: consuming PostingBuilder, date: CivilDate) {
        self.builder = builder
        self.date = date
    }

    /// The seq that the next entry will get.
    var nextSeq: Int { builder.nextSeq }

    /// A document of the day.
    func document(_ name: String, _ number: Int) -> Document? {
        Document(number: "\(name)〔\(date.year)〕\(number)号", date: date)
    }

    @discardableResult
    mutating func write(_ kind: EntryKind, _ fields: EntryFields) throws -> Int {
        counts[kind] += 1
        return try builder.add(fields)
    }

    @discardableResult
    mutating func write(
        _ kind: EntryKind, grant: Int, target: Int? = nil, unit: UnitID, other: UnitID? = nil,
        amount: Int64, outcome: Movement.Outcome? = nil, _ text: MovementText = MovementText()
    ) throws -> Int {
        counts[kind] += 1
        let movement = Movement(
            kind: kind, grant: grant, target: target, unit: unit, other: other, amount: amount,
            date: date, outcome: outcome)
        return try builder.add(writing: { movement.write(to: &$0, text) })
    }

    mutating func write(_ payment: Payment, memo: String? = nil) throws {
        counts[.payment] += 1
        try builder.add(writing: { payment.write(to: &$0, memo: memo) })
    }

    mutating func write(_ entry: KeyEntry) throws {
        try builder.add(entry.fields)
    }

    consuming func seal(
        with officer: Officer
    ) throws -> (posting: SealedPosting, tip: ChainTip, counts: KindCounts) {
        let counts = counts
        let (posting, tip) = try builder.sealed(with: officer.key)
        return (posting, tip, counts)
    }
}

/// How many entries of each kind.
struct KindCounts {
    private var counts = [Int](repeating: 0, count: EntryKind.allCases.count)
    private static let places = Dictionary(
        uniqueKeysWithValues: zip(EntryKind.allCases, EntryKind.allCases.indices))

    subscript(kind: EntryKind) -> Int {
        get { counts[Self.places[kind] ?? 0] }
        set { counts[Self.places[kind] ?? 0] = newValue }
    }

    static func += (left: inout KindCounts, right: KindCounts) {
        for index in left.counts.indices { left.counts[index] += right.counts[index] }
    }

    /// The kinds in the format's order with their counts.
    var listed: [(kind: EntryKind, count: Int)] {
        EntryKind.allCases.map { ($0, self[$0]) }
    }
}

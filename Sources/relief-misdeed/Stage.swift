// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefModel
import ReliefSimulation

/// A small ledger: stories of one year, told day by day.
final class Stage {
    /// Clocks are read as of this day: everything that was left open is overdue.
    static let asOf = "2024-03-01"

    let cast: Cast
    var draw: Draw
    private(set) var bytes: [UInt8] = []
    /// Sizes and roots after each posting.
    private(set) var receipts: [Expectation] = []
    /// Where each posting begins in the file.
    private(set) var postingStarts: [Int] = []
    private var tip: ChainTip?
    private var lastSecond: Int64 = 0
    private var plots: [Plot] = []

    init(seed: UInt64) throws {
        draw = Draw(seed: seed)
        cast = try Cast()
    }

    /// Adds a story that begins within a span of days of 2023.
    func tell(_ story: Story, days: ClosedRange<Int> = 10...290) throws {
        let day = days.lowerBound + draw.below(days.count)
        let start = try CivilDate("2023-01-01").orMalformed("date").advanced(by: day)
        let plot = Plot(self, start: start, number: plots.count)
        plots.append(plot)
        try story.tell(plot)
        plot.story = story
    }

    /// Writes what was told, in the order of its days; gives what is to be found.
    func write() throws -> [Label] {
        try found()
        var steps = plots.flatMap(\.steps)
        for index in steps.indices { steps[index].order = index }
        // Nights come last, so that nobody else is driven into them.
        steps.sort {
            ($0.date, $0.hour >= 20 ? 1 : 0, $0.order) < ($1.date, $1.hour >= 20 ? 1 : 0, $1.order)
        }
        for step in steps { try perform(step) }
        return plots.compactMap(\.label)
    }

    private func found() throws {
        let id = try LedgerID(bytes: SecureRandom.bytes(16)).orMalformed("id")
        let keys = try cast.roots.map { officer in
            let material = try officer.material(ledger: id, origin: Cast.origin)
            return Genesis.RootKey(
                person: officer.person, publicKey: material.publicKey, proof: material.proof)
        }
        let genesis = Genesis(
            coverage: cast.prefecture, id: id, rootKeys: keys, nature: .illustrative,
            origin: Cast.origin, steward: cast.prefecture, suite: .sha256Ed25519, title: "示例账本")
        let day = try CivilDate("2023-01-02").orMalformed("date")
        var builder = PostingBuilder(
            founding: genesis, header: try header(by: cast.roots[0], on: day, hour: 9))
        for (unit, name, parent) in cast.units {
            try builder.add(UnitEntry(unit: unit, parent: parent, name: name).fields)
        }
        let content = Self.policy
        try builder.add(
            PolicyEntry(
                action: .adopt(
                    content: content, policy: try Policy(content: content), effective: day,
                    approval: nil)
            ).fields)
        for officer in cast.enrolled {
            let material = try officer.material(ledger: id, origin: Cast.origin)
            try builder.add(
                KeyEntry(
                    key: officer.keyID,
                    action: .enrol(
                        material, role: officer.role, unit: officer.unit, person: officer.person)
                ).fields)
        }
        try seal(builder, by: cast.roots[0])
    }

    private func perform(_ step: Step) throws {
        let tip = try tip.orMalformed("no founding")
        var pen = Pen(
            PostingBuilder(
                continuing: tip,
                header: try header(by: step.officer, on: step.date, hour: step.hour)))
        try step.write(&pen)
        step.plot.seqs += pen.seqs
        try seal(pen.finish(), by: step.officer)
    }

    private func seal(_ builder: consuming PostingBuilder, by officer: Officer) throws {
        let (posting, tip) = try builder.sealed(with: officer.key)
        self.tip = tip
        postingStarts.append(bytes.count)
        bytes += posting.bytes
        receipts.append(posting.expectation)
    }

    /// At the hour given, Beijing time, or a minute after the posting before.
    private func header(
        by officer: Officer, on date: CivilDate, hour: Int
    ) throws -> PostingHeader {
        lastSecond = max(lastSecond + 60, Int64(date.day) * 86_400 + Int64(hour - 8) * 3_600)
        let bits = (0..<16).map { _ in UInt8(truncatingIfNeeded: draw.next()) }
        return PostingHeader(
            at: try Timestamp(seconds: lastSecond).orMalformed("time"), by: officer.keyID,
            id: try PostingID(bytes: bits).orMalformed("id"), memo: nil, source: nil)
    }

    /// The default policy with clocks for passing money on and paying it out, and holidays.
    private static let policy: JSONValue = {
        func clock(_ code: String, _ days: Int64, _ calendar: String, _ more: JSONValue?)
            -> JSONValue
        {
            .object([
                "code": .string(code), "level": .string("county"), "days": .integer(days),
                "calendar": .string(calendar), "citation": .string("示例时限"), "purposes": more,
            ])
        }
        let added: [String: [JSONValue]] = [
            "clocks": [
                clock("onward", 30, "calendar", nil),
                clock("payout", 15, "working", .array([.string("H1"), .string("H6")])),
            ],
            "holidays": ["2023-05-01", "2023-10-02", "2023-10-03", "2024-01-01"].map {
                .string($0)
            },
        ]
        let members = (DefaultPolicy.content.members ?? []).map { member in
            let more = added[member.name] ?? []
            return (
                member.name,
                Optional(
                    more.isEmpty ? member.value : .array((member.value.array ?? []) + more))
            )
        }
        return .object(members)
    }()
}

/// Writes the entries of one posting.
struct Pen: ~Copyable {
    private var builder: PostingBuilder
    private(set) var seqs: [Int] = []

    init(_ builder: consuming PostingBuilder) {
        self.builder = builder
    }

    /// The seq that the next entry will get.
    var next: Int { builder.nextSeq }

    /// Writes an entry; its seq.
    @discardableResult
    mutating func write(_ fields: EntryFields) throws -> Int {
        let seq = try builder.add(fields)
        seqs.append(seq)
        return seq
    }

    consuming func finish() -> PostingBuilder { builder }
}

/// One posting of a story.
struct Step {
    unowned let plot: Plot
    let date: CivilDate
    let hour: Int
    let officer: Officer
    let write: (inout Pen) throws -> Void
    var order = 0
}

/// The number of a record that is not written yet when it is spoken of.
final class Ref {
    var seq = -1
}

// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import ReliefSimulation

/// What may be told, honest or not.
struct Story: Sendable {
    /// The rule that it breaks or slips past; nil for an honest one.
    let rule: String?
    let name: String
    let meetsCondition: Bool
    let tell: @Sendable (Plot) throws -> Void

    static func honest(_ name: String, _ tell: @escaping @Sendable (Plot) throws -> Void) -> Story {
        Story(rule: nil, name: name, meetsCondition: false, tell: tell)
    }

    /// Meets a rule's written condition.
    static func breaks(
        _ rule: String, _ name: String, _ tell: @escaping @Sendable (Plot) throws -> Void
    ) -> Story {
        Story(rule: rule, name: name, meetsCondition: true, tell: tell)
    }

    /// Stays just outside a rule's written condition.
    static func evades(
        _ rule: String, _ name: String, _ tell: @escaping @Sendable (Plot) throws -> Void
    ) -> Story {
        Story(rule: rule, name: name, meetsCondition: false, tell: tell)
    }
}

/// One story being told: its own grant, payees and days, so that no two stories touch.
final class Plot {
    let stage: Stage
    let start: CivilDate
    let number: Int
    fileprivate(set) var steps: [Step] = []
    var story: Story?
    /// Every record of the story.
    var seqs: [Int] = []
    private var offences: [() -> Int] = []
    private(set) var township: UnitID

    init(_ stage: Stage, start: CivilDate, number: Int) {
        self.stage = stage
        self.start = start
        self.number = number
        township = stage.cast.townships[stage.draw.below(8)]
    }

    var cast: Cast { stage.cast }

    /// What is to be found; nil for an honest story.
    var label: Label? {
        guard let story, let rule = story.rule else { return nil }
        return Label(
            rule: rule, misdeed: story.name, meetsCondition: story.meetsCondition,
            places: offences.map { $0() }, story: seqs)
    }

    // MARK: - Chance

    func below(_ bound: Int) -> Int { stage.draw.below(bound) }

    func between(_ low: Int, _ high: Int) -> Int { low + below(high - low + 1) }

    func firm() throws -> PayeeID { try PayeeID.madeUpFirm(&stage.draw) }

    func household() -> UInt128 {
        UInt128(stage.draw.next()) << 64 | UInt128(stage.draw.next())
    }

    /// Below the limit, and away from it.
    func smallAmount() -> Int64 { Int64(between(50_000, 480_000)) }

    func useTownship(_ index: Int) { township = cast.townships[index] }

    // MARK: - Telling

    /// A day of the story.
    func day(_ number: Int) -> CivilDate { start.advanced(by: number) }

    /// Records something on a day of the story.
    func on(
        _ day: Int, by officer: Officer, hour: Int = 9,
        _ write: @escaping (inout Pen) throws -> Void
    ) {
        steps.append(
            Step(
                plot: self, date: self.day(day), hour: hour, officer: officer,
                write: write))
    }

    /// Names a record as a place where the rule is to speak.
    @discardableResult
    func offence(_ ref: Ref = Ref()) -> Ref {
        offences.append { ref.seq }
        return ref
    }

    /// Names a line of a batch as such a place.
    func offence(line: Int, of batch: Ref) {
        offences.append { batch.seq + 1 + line }
    }

    /// The day of the story that is a day of the calendar.
    func number(of date: String) throws -> Int {
        Int(try CivilDate(date).orMalformed(date).day - start.day)
    }

    func document(_ name: String) -> Document? {
        Document(number: "\(name)〔2023〕\(between(1, 9_999))号", date: nil)
    }

    // MARK: - What most stories need

    /// A grant to the county on day 0 and, from it, everything to the township on day 1.
    struct Money {
        let grant = Ref()
        let plan = Ref()
        let allocation = Ref()
    }

    /// - Parameters:
    ///   - passedOn: When the township gets all of it; nil keeps it at the county.
    func money(
        _ purpose: String, _ amount: Int64, planned: [(String, Int64)], expiry: Int? = nil,
        scope: UnitID? = nil, passedOn: Int? = 1, on first: Int = 0
    ) -> Money {
        let money = Money()
        let number = document("财资环指")
        on(first, by: cast.decider) { pen in
            money.grant.seq = try pen.write(
                self.grant(
                    purpose, amount, on: first, expiry: expiry, scope: scope, document: number))
            guard !planned.isEmpty else { return }
            money.plan.seq = try pen.write(
                PlanEntry(
                    unit: self.cast.county, grant: money.grant.seq, title: "使用方案",
                    date: self.day(first),
                    lines: planned.map { PlanEntry.Line(item: $0.0, amount: $0.1) }
                ).fields)
        }
        if let passedOn { allocate(money, amount, on: passedOn) }
        return money
    }

    func grant(
        _ purpose: String, _ amount: Int64, on day: Int, expiry: Int? = nil,
        scope: UnitID? = nil, document: Document?, source: SourceLevel = .central
    ) throws -> EntryFields {
        GrantEntry(
            unit: cast.county, amount: amount, cause: .flood, date: self.day(day),
            document: try document.orMalformed("document"), event: nil,
            expiry: self.day(expiry ?? 700), function: "2240703", purpose: purpose,
            scope: scope ?? cast.county, source: source, title: "救灾资金", type: .regular,
            year: 2023
        ).fields
    }

    func allocate(
        _ money: Money, _ amount: Int64, to unit: UnitID? = nil, on day: Int,
        by officer: Officer? = nil, _ ref: Ref? = nil
    ) {
        let receiver = unit ?? township
        on(day, by: officer ?? cast.decider) { pen in
            let seq = try pen.write(
                self.movement(
                    .allocation, money, amount, unit: self.cast.county, other: receiver, on: day))
            ref?.seq = seq
            money.allocation.seq = seq
        }
    }

    func movement(
        _ kind: EntryKind, _ money: Money, _ amount: Int64, unit: UnitID? = nil,
        other: UnitID? = nil, target: Int? = nil, on day: Int,
        outcome: Movement.Outcome? = nil, reason: String? = nil, document: Document? = nil
    ) -> EntryFields {
        Movement(
            kind: kind, grant: money.grant.seq, target: target, unit: unit ?? township,
            other: other, amount: amount, date: self.day(day), outcome: outcome
        ).fields(MovementText(document: document, reason: reason))
    }

    /// A meeting that decides, sealed by the one who keeps the accounts.
    func decide(
        _ money: Money, _ items: [(String, Int64, PayeeID?)], on day: Int, dated: Int? = nil,
        by officer: Officer? = nil, voters: [String] = ["MD-M1", "MD-M2", "MD-M3"],
        quorum: Int = 2
    ) -> Ref {
        let ref = Ref()
        on(day, by: officer ?? cast.decider) { pen in
            ref.seq = try pen.write(
                DecisionEntry(
                    unit: self.cast.county, grant: money.grant.seq, date: self.day(dated ?? day),
                    meeting: "党委会",
                    attendees: try voters.map {
                        try PersonID($0).orMalformed($0)
                    }, quorum: quorum, minutes: String(repeating: "5e", count: 32),
                    items: items.map {
                        DecisionEntry.Item(item: $0.0, amount: $0.1, payee: $0.2)
                    }
                ).fields)
        }
        return ref
    }

    /// A purchase, sealed by the one who spends.
    @discardableResult
    func buy(
        _ money: Money, _ amount: Int64, _ item: String, from payee: PayeeID, on day: Int,
        dated: Int? = nil, unit: UnitID? = nil, plan: Ref?, decision: Ref? = nil,
        document: Document? = nil, evidence: String? = nil, by officer: Officer? = nil,
        _ ref: Ref = Ref()
    ) -> Ref {
        let unit = unit ?? township
        on(day, by: officer ?? cast.spender) { pen in
            var fields = ExpenseEntry(
                spending: Spending(
                    unit: unit, grant: money.grant.seq, amount: amount,
                    date: self.day(dated ?? day), item: item, plan: plan?.seq,
                    decision: decision?.seq, document: document), payee: payee
            ).fields
            if let evidence {
                let file = Evidence(bytes: 1_000, sha256: evidence)
                fields.append(("evidence", .array([file.json])))
            }
            ref.seq = try pen.write(fields)
        }
        return ref
    }

    /// Households that are paid: who, how many heads, and how much in fen.
    typealias Line = (pseudonym: UInt128, persons: Int, amount: Int64)

    /// So many households by a rate a head.
    func households(_ count: Int, rate: Int64) -> [Line] {
        (0..<count).map { _ in
            let persons = between(1, 6)
            return (household(), persons, Int64(persons) * rate)
        }
    }

    static func sum(_ lines: [Line]) -> Int64 { lines.reduce(0) { $0 + $1.amount } }

    /// A batch with its lines; the refs of batch and lines.
    func pay(
        _ money: Money, _ lines: [Line], _ item: String, on day: Int, period: String,
        rate: BatchEntry.Rate? = nil, roster: Ref? = nil, plan: Ref?, decision: Ref? = nil,
        _ ref: Ref = Ref()
    ) -> Ref {
        on(day, by: cast.spender) { pen in
            ref.seq = try pen.write(
                BatchEntry(
                    spending: Spending(
                        unit: self.township, grant: money.grant.seq, amount: Self.sum(lines),
                        date: self.day(day), item: item, plan: plan?.seq,
                        decision: decision?.seq), count: lines.count, period: period, rate: rate,
                    roster: roster?.seq
                ).fields)
            for line in lines {
                try pen.write(
                    Payment(
                        batch: ref.seq, grant: money.grant.seq, unit: self.township,
                        amount: line.amount, pseudonym: line.pseudonym, persons: line.persons
                    ).fields())
            }
        }
        return ref
    }

    /// The bank answers the lines of a batch, all settled but those that failed.
    func answer(
        _ money: Money, _ batch: Ref, _ lines: [Line], on day: Int, failing: Int = 0,
        skipping: Int = 0, _ ref: Ref? = nil
    ) {
        on(day, by: cast.decider) { pen in
            for (index, line) in lines.enumerated().dropFirst(skipping) {
                let fails = index < failing
                let seq = try pen.write(
                    self.movement(
                        .result, money, line.amount, target: batch.seq + 1 + index, on: day,
                        outcome: fails ? .failed : .settled, reason: fails ? "账户已销户" : nil))
                if fails { ref?.seq = seq }
            }
        }
    }

    /// An approved roster of the lines on one day, and its notice recorded on another.
    func roster(
        _ money: Money, _ lines: [Line], _ item: String, period: String, on day: Int,
        notice: ClosedRange<Int>?, recorded: Int? = nil, households: Int? = nil,
        stage: RosterStage = .approved, noticed: Int64? = nil, _ noticeRef: Ref = Ref()
    ) -> Ref {
        let ref = Ref()
        let count = households ?? lines.count
        on(day, by: cast.decider) { pen in
            let root = (0..<32).map { _ in UInt8(truncatingIfNeeded: self.below(256)) }
            ref.seq = try pen.write(
                RosterEntry(
                    unit: self.township, grant: money.grant.seq, item: item, period: period,
                    date: self.day(day), stage: stage, count: count,
                    persons: lines.reduce(0) { $0 + $1.persons }, amount: Self.sum(lines),
                    root: Base64Text.encode(root)
                ).fields)
        }
        guard let notice else { return ref }
        on(recorded ?? notice.upperBound, by: cast.decider) { pen in
            noticeRef.seq = try pen.write(
                NoticeEntry(
                    unit: self.township, grant: money.grant.seq, target: ref.seq, round: 1,
                    place: "村务公开栏", date: self.day(notice.lowerBound),
                    until: self.day(notice.upperBound), count: count,
                    amount: noticed ?? Self.sum(lines)
                ).fields)
        }
        return ref
    }

    /// An exception, given by the chair.
    func admit(
        _ rule: String, _ money: Money, _ amount: Int64, on day: Int, by officer: Officer? = nil,
        _ ref: Ref = Ref()
    ) {
        on(day, by: officer ?? cast.chair) { pen in
            ref.seq = try pen.write(
                OverrideEntry(
                    unit: self.cast.county, grant: money.grant.seq, rule: rule, amount: amount,
                    date: self.day(day), reason: "应急"
                ).fields)
        }
    }
}

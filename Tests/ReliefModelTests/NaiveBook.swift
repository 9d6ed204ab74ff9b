// SPDX-License-Identifier: Apache-2.0

import LedgerFormat

@testable import ReliefModel

/// All money of a ledger as plain dictionaries: written from FORMAT.md §5, one paragraph after the
/// other, and sharing nothing with FundBook but the entries' types.
struct NaiveBook {
    /// Fen by grant, unit and bucket.
    struct Where: Hashable {
        let grant: Int
        let unit: UnitID
        let bucket: String
    }

    /// One end of a move; nil outside.
    typealias End = (unit: UnitID, bucket: String)?

    /// An entry that later ones may name.
    struct Thing {
        let kind: EntryKind
        let grant: Int
        /// The grant of `to`, where it is another one.
        var receiver: Int?
        let unit: UnitID
        let from: End
        let to: End
        var left: Int128
        /// The ceilings that it used, or that what it names used.
        var uses: [String] = []
        /// What it names.
        var origin: Int?
    }

    struct Line {
        let batch: Int
        let unit: UnitID
        let grant: Int
        let amount: Int128
        var state = "sent"
        var reclaimed: Int128 = 0
        let uses: [String]
        let persons: Int
    }

    struct List {
        let entry: RosterEntry
        var isReplaced = false
        /// Batches that cite it.
        var batches: [Int] = []
        var notices: [Int] = []
    }

    struct PlanSheet {
        let entry: PlanEntry
        /// The first plan of those that replace one another, within one grant.
        let first: Int
        var isReplaced = false
    }

    let units: Set<UnitID>
    var fen: [Where: Int128] = [:]
    var granted: [Int: Int128] = [:]
    var returned: [Int: Int128] = [:]
    var movedIn: [Int: Int128] = [:]
    var movedOut: [Int: Int128] = [:]
    var purposes: [Int: String] = [:]
    var years: [Int: Int] = [:]
    /// Advance grants, and those that were opened from them.
    var advances: Set<Int> = []
    var audit = NaiveAudit()
    var lists: [Int: List] = [:]
    /// Batches that cite a list: what they say.
    var batches: [Int: BatchEntry] = [:]
    var notices: [Int: NoticeEntry] = [:]
    var objections: [Int: ObjectionEntry] = [:]
    /// How an objection ended.
    var ends: [Int: ObjectionEntry.Outcome] = [:]
    var things: [Int: Thing] = [:]
    var lines: [Int: Line] = [:]
    var plans: [Int: PlanSheet] = [:]
    var decisions: [Int: DecisionEntry] = [:]
    /// Limit and use by `plan/first/item` or `decision/seq/place`.
    var limits: [String: Int128] = [:]
    var used: [String: Int128] = [:]
    /// The batch whose lines are still to come.
    var open: (seq: Int, batch: BatchEntry, uses: [String], next: Int, left: Int128)?
    /// What was left of the last entry's target for an entry of its kind.
    var leftBefore: Int128?

    init(units: Set<UnitID>) { self.units = units }

    /// Applies an entry; false where it refers to what is not there.
    mutating func apply(_ entry: Entry, seq: Int) -> Bool {
        guard follow(entry, seq: seq) else { return false }
        countCash(entry, seq)
        return true
    }

    private mutating func follow(_ entry: Entry, seq: Int) -> Bool {
        leftBefore = nil
        if case .payment(let payment) = entry { return pay(payment, seq) }
        guard open == nil else { return false }
        switch entry {
        case .grant(let terms):
            guard units.contains(terms.unit), units.contains(terms.scope),
                ["G0", "U0"].contains(terms.purpose)
            else { return false }
            granted[seq] = Int128(terms.amount)
            returned[seq] = 0
            purposes[seq] = terms.purpose
            years[seq] = terms.year
            if terms.type == .advance { advances.insert(seq) }
            move(seq, Int128(terms.amount), nil, (terms.unit, "available"))
            things[seq] = Thing(
                kind: .grant, grant: seq, unit: terms.unit, from: nil,
                to: (terms.unit, "available"), left: Int128(terms.amount))
            return true
        case .plan(let plan): return replace(plan, seq)
        case .decision(let decision):
            guard isKnown(decision.unit, decision.grant) else { return false }
            decisions[seq] = decision
            for (place, item) in decision.items.enumerated() {
                limits["decision/\(seq)/\(place)"] = Int128(item.amount)
            }
            return true
        case .override(let override): return isKnown(override.unit, override.grant)
        case .batch(let batch):
            guard batch.roster.map({ lists[$0] != nil }) ?? true else { return false }
            guard let uses = spend(batch.spending, nil, to: "committed") else { return false }
            open = (seq, batch, uses, seq + 1, Int128(batch.spending.amount))
            if let roster = batch.roster {
                lists[roster]?.batches.append(seq)
                batches[seq] = batch
            }
            return true
        case .expense(let expense):
            let spending = expense.spending
            guard let uses = spend(spending, expense.payee, to: "expended") else { return false }
            things[seq] = Thing(
                kind: .expense, grant: spending.grant, unit: spending.unit,
                from: (spending.unit, "available"), to: (spending.unit, "expended"),
                left: Int128(spending.amount), uses: uses)
            return true
        case .irregular(let misuse):
            guard isKnown(misuse.unit, misuse.grant) else { return false }
            transfer(
                .irregular, seq, misuse.grant, misuse.unit, misuse.amount,
                (misuse.unit, "available"), (misuse.unit, "recoverable"))
            return true
        case .roster(let roster): return list(roster, seq)
        case .notice(let notice):
            guard isKnown(notice.unit, notice.grant), let list = lists[notice.target],
                isLine(notice.unit, list.entry.unit)
            else { return false }
            lists[notice.target]?.notices.append(seq)
            notices[seq] = notice
            return true
        case .objection(let objection): return object(objection, seq)
        case .repurpose(let change):
            guard isKnown(change.unit, change.grant) else { return false }
            switch change.destination {
            case .into(let into):
                guard granted[into] != nil, into != change.grant else { return false }
                cross(.repurpose, seq, change.grant, into, change.unit, change.amount)
            case .purpose(let code):
                guard ["G0", "U0"].contains(code), purposes[change.grant] != code else {
                    return false
                }
                openTwin(seq, of: change.grant, code, years[change.grant])
                cross(.repurpose, seq, change.grant, seq, change.unit, change.amount)
            }
            return true
        case .carryover(let carryover):
            guard isKnown(carryover.unit, carryover.grant) else { return false }
            if let into = carryover.into {
                guard granted[into] != nil, into != carryover.grant else { return false }
            } else {
                openTwin(
                    seq, of: carryover.grant, purposes[carryover.grant],
                    years[carryover.grant].map { $0 + 1 })
            }
            cross(
                .carryover, seq, carryover.grant, carryover.into ?? seq, carryover.unit,
                carryover.amount)
            return true
        case .settlement(let settlement):
            guard isKnown(settlement.unit, settlement.grant), granted[settlement.into] != nil,
                advances.contains(settlement.grant), !advances.contains(settlement.into)
            else { return false }
            cross(
                .settlement, seq, settlement.grant, settlement.into, settlement.unit,
                settlement.amount)
            return true
        case .cofund, .account, .statement, .reconciliation, .finding, .resolution, .close,
            .disclosure:
            return applyAudit(entry, seq)
        case .movement(let movement): return apply(movement, seq)
        case .unit, .policy, .event, .amend, .payment: return false
        }
    }

    /// Where the lines end; whether any were missing.
    mutating func endBatch() -> Bool {
        defer { open = nil }
        return open != nil
    }

    private func isKnown(_ unit: UnitID, _ grant: Int) -> Bool {
        units.contains(unit) && granted[grant] != nil
    }

    private mutating func move(_ grant: Int, _ amount: Int128, _ from: End, _ to: End) {
        if let from {
            fen[Where(grant: grant, unit: from.unit, bucket: from.bucket), default: 0] -= amount
        }
        if let to {
            fen[Where(grant: grant, unit: to.unit, bucket: to.bucket), default: 0] += amount
        } else {
            returned[grant, default: 0] += amount
        }
    }

    private mutating func transfer(
        _ kind: EntryKind, _ seq: Int, _ grant: Int, _ unit: UnitID, _ amount: Int64,
        _ from: End, _ to: End, uses: [String] = [], origin: Int? = nil
    ) {
        move(grant, Int128(amount), from, to)
        things[seq] = Thing(
            kind: kind, grant: grant, unit: unit, from: from, to: to, left: Int128(amount),
            uses: uses, origin: origin)
    }

    // MARK: - Ceilings

    private mutating func replace(_ plan: PlanEntry, _ seq: Int) -> Bool {
        guard isKnown(plan.unit, plan.grant) else { return false }
        var first = seq
        if let old = plan.replaces {
            guard let sheet = plans[old], !sheet.isReplaced, sheet.entry.unit == plan.unit else {
                return false
            }
            plans[old]?.isReplaced = true
            if sheet.entry.grant == plan.grant {
                first = sheet.first
                for line in sheet.entry.lines { limits["plan/\(first)/\(line.item)"] = 0 }
            }
        }
        for line in plan.lines { limits["plan/\(first)/\(line.item)"] = Int128(line.amount) }
        plans[seq] = PlanSheet(entry: plan, first: first)
        return true
    }

    /// The ceilings that a spending uses once its money has moved; nil where it cites nothing.
    private mutating func spend(
        _ spending: Spending, _ payee: PayeeID?, to bucket: String
    ) -> [String]? {
        guard isKnown(spending.unit, spending.grant) else { return nil }
        var uses: [String] = []
        if let seq = spending.plan {
            guard let sheet = plans[seq] else { return nil }
            if sheet.entry.grant == spending.grant, sheet.entry.unit.contains(spending.unit),
                !sheet.isReplaced, sheet.entry.lines.contains(where: { $0.item == spending.item })
            {
                uses.append("plan/\(sheet.first)/\(spending.item)")
            }
        }
        if let seq = spending.decision {
            guard let decision = decisions[seq] else { return nil }
            let fitting = decision.items.enumerated().filter { $0.element.item == spending.item }
            let place =
                fitting.first { payee != nil && $0.element.payee == payee }
                ?? fitting.first { $0.element.payee == nil }
            if decision.grant == spending.grant, decision.unit.contains(spending.unit), let place {
                uses.append("decision/\(seq)/\(place.offset)")
            }
        }
        for name in uses { used[name, default: 0] += Int128(spending.amount) }
        move(
            spending.grant, Int128(spending.amount), (spending.unit, "available"),
            (spending.unit, bucket))
        return uses
    }

    // MARK: - Lines

    private mutating func pay(_ payment: Payment, _ seq: Int) -> Bool {
        guard let open, payment.batch == open.seq, seq == open.next,
            payment.unit == open.batch.spending.unit, granted[payment.grant] != nil
        else { return false }
        let place = seq - open.seq
        let left = open.left - Int128(payment.amount)
        guard place == open.batch.count ? left == 0 : left > 0 else { return false }
        lines[seq] = Line(
            batch: open.seq, unit: payment.unit, grant: open.batch.spending.grant,
            amount: Int128(payment.amount), uses: open.uses, persons: payment.persons)
        self.open =
            place == open.batch.count
            ? nil : (open.seq, open.batch, open.uses, seq + 1, left)
        return true
    }

    private mutating func answer(_ entry: Movement, _ seq: Int) -> Bool {
        guard let target = entry.target, let line = lines[target], line.unit == entry.unit,
            line.amount == Int128(entry.amount), granted[entry.grant] != nil
        else { return false }
        let unit = entry.unit
        func take(_ state: String) -> Int128 { line.state == state ? line.amount : 0 }
        switch (entry.kind, entry.outcome) {
        case (.result, .settled?):
            leftBefore = take("sent")
            lines[target]?.state = "settled"
            move(entry.grant, line.amount, (unit, "committed"), (unit, "expended"))
        case (.result, .failed?):
            leftBefore = take("sent")
            lines[target]?.state = "failed"
        case (.result, .returned?):
            leftBefore = line.state == "settled" ? line.amount - line.reclaimed : 0
            lines[target]?.state = "failed"
            move(entry.grant, line.amount, (unit, "expended"), (unit, "committed"))
        case (.reissue, _):
            leftBefore = take("failed")
            lines[target]?.state = "sent"
        default:
            leftBefore = take("failed")
            lines[target]?.state = "cancelled"
            move(entry.grant, line.amount, (unit, "committed"), (unit, "available"))
            for name in line.uses { used[name, default: 0] -= line.amount }
        }
        return true
    }

    // MARK: - Movements

    private mutating func apply(_ entry: Movement, _ seq: Int) -> Bool {
        switch entry.kind {
        case .result, .reissue, .cancel: return answer(entry, seq)
        case .reversal, .recoverable, .recovery: return correct(entry, seq)
        default: break
        }
        guard isKnown(entry.unit, entry.grant), entry.other.map({ units.contains($0) }) ?? true
        else { return false }
        let own: End = (entry.unit, "available")
        let other: End = entry.other.map { ($0, "available") } ?? nil
        switch entry.kind {
        case .allocation, .return:
            transfer(entry.kind, seq, entry.grant, entry.unit, entry.amount, own, other)
        case .recall:
            transfer(entry.kind, seq, entry.grant, entry.unit, entry.amount, other, own)
        default:
            guard let thing = entry.target.flatMap({ things[$0] }),
                [.grant, .allocation].contains(thing.kind), let to = thing.to
            else { return false }
            return thing.grant == entry.grant && to.unit == entry.unit
        }
        return true
    }

    private mutating func correct(_ entry: Movement, _ seq: Int) -> Bool {
        guard let target = entry.target, granted[entry.grant] != nil else { return false }
        let amount = Int128(entry.amount)
        let unit = entry.unit
        if entry.kind == .recoverable, let line = lines[target] {
            guard line.unit == unit else { return false }
            leftBefore = line.state == "settled" ? line.amount - line.reclaimed : 0
            lines[target]?.reclaimed += amount
            transfer(
                .recoverable, seq, entry.grant, unit, entry.amount, (unit, "expended"),
                (unit, "recoverable"), uses: line.uses, origin: target)
            return true
        }
        guard let thing = things[target], thing.unit == unit else { return false }
        leftBefore = thing.left
        switch entry.kind {
        case .recoverable:
            guard thing.kind == .expense else { return false }
            transfer(
                .recoverable, seq, entry.grant, unit, entry.amount, (unit, "expended"),
                (unit, "recoverable"), uses: thing.uses, origin: target)
        case .recovery:
            guard [.irregular, .recoverable].contains(thing.kind) else { return false }
            transfer(
                .recovery, seq, entry.grant, unit, entry.amount, (unit, "recoverable"),
                (unit, "available"), uses: thing.uses, origin: target)
            for name in thing.uses { used[name, default: 0] -= amount }
        default:
            guard ![.grant, .receipt].contains(thing.kind) else { return false }
            reverse(thing, entry.grant, amount)
        }
        things[target]?.left -= amount
        return true
    }

    private mutating func reverse(_ thing: Thing, _ grant: Int, _ amount: Int128) {
        if let receiver = thing.receiver {
            // With another grant's number both ends lie in that one, and nothing moves.
            guard grant == thing.grant else { return }
            fen[place(receiver, thing.to), default: 0] -= amount
            fen[place(grant, thing.from), default: 0] += amount
            movedIn[receiver, default: 0] -= amount
            movedOut[grant, default: 0] -= amount
            return
        }
        move(grant, amount, thing.to, thing.from)
        if thing.to == nil {
            // Back from the source: what was returned is no longer.
            returned[grant, default: 0] -= amount
        }
        if thing.kind == .expense { for name in thing.uses { used[name, default: 0] -= amount } }
        if thing.kind == .recovery { for name in thing.uses { used[name, default: 0] += amount } }
        guard let origin = thing.origin else { return }
        things[origin]?.left += amount
        lines[origin]?.reclaimed -= amount
    }

    // MARK: - Rosters

    private func isLine(_ unit: UnitID, _ other: UnitID) -> Bool {
        unit.contains(other) || other.contains(unit)
    }

    private mutating func list(_ roster: RosterEntry, _ seq: Int) -> Bool {
        guard isKnown(roster.unit, roster.grant) else { return false }
        if let old = roster.replaces {
            guard let list = lists[old], !list.isReplaced, list.entry.unit == roster.unit,
                list.entry.grant == roster.grant, list.entry.item == roster.item,
                list.entry.period == roster.period
            else { return false }
            lists[old]?.isReplaced = true
        }
        lists[seq] = List(entry: roster)
        return true
    }

    private mutating func object(_ entry: ObjectionEntry, _ seq: Int) -> Bool {
        guard units.contains(entry.unit) else { return false }
        if let outcome = entry.outcome {
            guard let open = objections[entry.target], ends[entry.target] == nil,
                entry.unit.contains(open.unit)
            else { return false }
            ends[entry.target] = outcome
            return true
        }
        guard let notice = notices[entry.target], isLine(entry.unit, notice.unit) else {
            return false
        }
        objections[seq] = entry
        return true
    }

    /// What is paid of a list: payments, fen, persons.
    func paid(_ seq: Int) -> (count: Int, amount: Int128, persons: Int) {
        var (count, amount, persons) = (0, Int128(0), 0)
        let cited = Set(lists[seq]?.batches ?? [])
        for batch in cited {
            count += batches[batch]?.count ?? 0
            amount += Int128(batches[batch]?.spending.amount ?? 0)
        }
        for line in lines.values where cited.contains(line.batch) {
            if line.state == "cancelled" {
                count -= 1
                amount -= line.amount
            } else {
                persons += line.persons
            }
        }
        return (count, amount, persons)
    }

    // MARK: - Between grants

    private mutating func openTwin(
        _ seq: Int, of grant: Int, _ purpose: String?, _ year: Int?
    ) {
        if advances.contains(grant) { advances.insert(seq) }
        granted[seq] = 0
        returned[seq] = 0
        purposes[seq] = purpose
        years[seq] = year
    }

    private func place(_ grant: Int, _ end: End) -> Where {
        Where(grant: grant, unit: end?.unit ?? .state, bucket: end?.bucket ?? "")
    }

    private mutating func cross(
        _ kind: EntryKind, _ seq: Int, _ giving: Int, _ receiving: Int, _ unit: UnitID,
        _ amount: Int64
    ) {
        let end: End = (unit, "available")
        fen[place(giving, end), default: 0] -= Int128(amount)
        fen[place(receiving, end), default: 0] += Int128(amount)
        movedOut[giving, default: 0] += Int128(amount)
        movedIn[receiving, default: 0] += Int128(amount)
        things[seq] = Thing(
            kind: kind, grant: giving, receiver: receiving, unit: unit, from: end, to: end,
            left: Int128(amount))
    }

    // MARK: - What is held

    /// The sum over all units and buckets of a grant.
    func held(_ grant: Int) -> Int128 {
        fen.reduce(0) { $0 + ($1.key.grant == grant ? $1.value : 0) }
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerFormat

@testable import ReliefModel

/// Accounts at banks and what follows from them, findings, co-funding, and cash: from FORMAT.md §5
/// as the rest of ``NaiveBook``.
struct NaiveAudit {
    /// The unit of an account, and whether it was closed.
    var accounts: [Int: (unit: UnitID, isClosed: Bool)] = [:]
    var statements: [Int: UnitID] = [:]
    /// Reconciliations by their statement.
    var reconciliations: [Int: Int] = [:]
    /// The unit of a finding, and its last outcome.
    var findings: [Int: (unit: UnitID, outcome: ResolutionEntry.Outcome?)] = [:]
    var promises: [Int: (unit: UnitID, sources: Set<SourceLevel>)] = [:]
    /// Fen by promise and level.
    var contributed: [Int: [SourceLevel: Int128]] = [:]
    var closings: [(unit: UnitID, until: CivilDate)] = []
    var reversals: Set<Int> = []
    /// What came and went.
    var cash: [Holder: [Flow]] = [:]
    /// Fen of an allocation or a grant that were acknowledged.
    var received: [Int: Int128] = [:]

    struct Holder: Hashable {
        let grant: Int
        let unit: UnitID
    }

    struct Flow {
        let date: CivilDate
        let amount: Int128
    }
}

extension NaiveBook {
    mutating func applyAudit(_ entry: Entry, _ seq: Int) -> Bool {
        guard let unit = entry.unit, units.contains(unit) else { return false }
        switch entry {
        case .account(let account): return open(account, seq)
        case .statement(let statement):
            guard audit.accounts[statement.target]?.unit == unit else { return false }
            audit.statements[seq] = unit
            return true
        case .reconciliation(let reconciliation): return reconcile(reconciliation, seq)
        case .finding(let finding):
            guard (1..<seq).contains(finding.target) else { return false }
            audit.findings[seq] = (unit, nil)
            return true
        case .resolution(let resolution): return resolve(resolution)
        case .cofund(let cofund): return promise(cofund, seq)
        case .close(let close):
            audit.closings.append((unit, close.until))
            return true
        case .disclosure: return true
        default: return false
        }
    }

    private mutating func open(_ account: BankAccountEntry, _ seq: Int) -> Bool {
        guard case .close(let target) = account.action else {
            audit.accounts[seq] = (account.unit, false)
            return true
        }
        guard let open = audit.accounts[target], open.unit == account.unit, !open.isClosed else {
            return false
        }
        audit.accounts[target]?.isClosed = true
        return true
    }

    private mutating func reconcile(_ entry: ReconciliationEntry, _ seq: Int) -> Bool {
        guard entry.items.allSatisfy({ $0.record.map { (1..<seq).contains($0) } ?? true }) else {
            return false
        }
        guard let target = entry.target else { return ![.bank, .books].contains(entry.basis) }
        switch entry.basis {
        case .bank:
            guard audit.statements[target] == entry.unit else { return false }
            audit.reconciliations[target, default: 0] += 1
        case .books:
            guard let thing = things[target], [.grant, .allocation].contains(thing.kind),
                thing.from?.unit == entry.unit || thing.to?.unit == entry.unit
            else { return false }
        case .report, .voucher:
            guard (1..<seq).contains(target) else { return false }
        }
        return true
    }

    private mutating func resolve(_ entry: ResolutionEntry) -> Bool {
        guard let found = audit.findings[entry.target],
            found.outcome == nil || found.outcome == .confirmed, entry.unit.contains(found.unit)
        else { return false }
        if let record = entry.record {
            let kinds: [EntryKind] = [.recovery, .recall, .return]
            guard
                audit.reversals.contains(record)
                    || things[record].map({ kinds.contains($0.kind) }) ?? false
            else { return false }
        }
        audit.findings[entry.target]?.outcome = entry.outcome
        return true
    }

    private mutating func promise(_ entry: CofundEntry, _ seq: Int) -> Bool {
        guard granted[entry.grant] != nil else { return false }
        switch entry.part {
        case .promise(_, let shares, _):
            audit.promises[seq] = (entry.unit, Set(shares.map(\.source)))
        case .contribution(let target, let source, let amount):
            // Every grant of these histories is central.
            guard let promise = audit.promises[target], promise.unit == entry.unit,
                promise.sources.contains(source), source == .central
            else { return false }
            audit.contributed[target, default: [:]][source, default: 0] += Int128(amount)
        }
        return true
    }

    /// Through which day a unit's books are closed.
    func closed(_ unit: UnitID) -> CivilDate? {
        audit.closings.filter { $0.unit.contains(unit) }.map(\.until).max()
    }

    // MARK: - Cash

    /// Counts the cash of an entry that was applied.
    mutating func countCash(_ entry: Entry, _ seq: Int) {
        guard let date = entry.date else { return }
        switch entry {
        case .expense(let expense):
            flow(expense.spending.grant, expense.spending.unit, -expense.spending.amount, date)
        case .irregular(let misuse): flow(misuse.grant, misuse.unit, -misuse.amount, date)
        case .repurpose(let change):
            cross(change.grant, change.receiver(seq: seq), change.unit, change.amount, date)
        case .carryover(let carryover):
            cross(
                carryover.grant, carryover.receiver(seq: seq), carryover.unit, carryover.amount,
                date)
        case .settlement(let settlement):
            cross(settlement.grant, settlement.into, settlement.unit, settlement.amount, date)
        case .movement(let movement): countCash(movement, seq)
        default: return
        }
    }

    private mutating func flow(_ grant: Int, _ unit: UnitID, _ amount: Int64, _ date: CivilDate) {
        audit.cash[NaiveAudit.Holder(grant: grant, unit: unit), default: []].append(
            NaiveAudit.Flow(date: date, amount: Int128(amount)))
    }

    private mutating func cross(
        _ giving: Int, _ receiving: Int, _ unit: UnitID, _ amount: Int64, _ date: CivilDate
    ) {
        flow(giving, unit, -amount, date)
        flow(receiving, unit, amount, date)
    }

    private mutating func countCash(_ entry: Movement, _ seq: Int) {
        let (grant, unit, amount, date) = (entry.grant, entry.unit, entry.amount, entry.date)
        switch (entry.kind, entry.outcome) {
        case (.result, .settled?): flow(grant, unit, -amount, date)
        case (.result, .returned?), (.recovery, _): flow(grant, unit, amount, date)
        case (.recall, _):
            flow(grant, entry.other ?? unit, -amount, date)
            flow(grant, unit, amount, date)
        case (.return, _):
            flow(grant, unit, -amount, date)
            if let other = entry.other { flow(grant, other, amount, date) }
        case (.receipt, _):
            guard let target = entry.target, let thing = things[target] else { return }
            audit.received[target, default: 0] += Int128(amount)
            flow(grant, unit, amount, date)
            if let giver = thing.from?.unit { flow(grant, giver, -amount, date) }
        case (.reversal, _):
            audit.reversals.insert(seq)
            guard let target = entry.target, let thing = things[target] else { return }
            undo(thing, target, entry)
        default: return
        }
    }

    private mutating func undo(_ thing: Thing, _ target: Int, _ entry: Movement) {
        let (grant, unit, amount, date) = (entry.grant, entry.unit, entry.amount, entry.date)
        switch thing.kind {
        case .expense, .irregular: flow(grant, unit, amount, date)
        case .recovery: flow(grant, unit, -amount, date)
        case .recall, .return:
            if let from = thing.from?.unit { flow(grant, from, amount, date) }
            if let to = thing.to?.unit { flow(grant, to, -amount, date) }
        case .repurpose, .carryover, .settlement:
            guard grant == thing.grant, let receiver = thing.receiver else { return }
            cross(receiver, grant, unit, amount, date)
        case .allocation:
            let held = audit.received[target] ?? 0
            let back = held - max(0, min(held, thing.left))
            guard back > 0, let from = thing.from?.unit, let to = thing.to?.unit else { return }
            audit.received[target] = held - back
            flow(thing.grant, to, -Int64(back), date)
            flow(thing.grant, from, Int64(back), date)
        default: return
        }
    }
}

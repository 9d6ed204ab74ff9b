// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

extension FundBook {
    /// Applies one entry.
    ///
    /// - Parameters:
    ///   - entry: The decoded entry.
    ///   - seq: Its number; higher than that of every entry before.
    /// - Returns: What it did to which accounts.
    /// - Throws: When it refers to what is not there, or a total leaves the range of Int64; the
    ///   book is then unchanged.
    public mutating func apply(_ entry: Entry, seq: Int) throws(RecordFault) -> Effect {
        if case .payment(let payment) = entry { return try apply(payment, seq: seq) }
        let (accountCount, grantCount) = (accounts.count, grants.count)
        do {
            return try applyAny(entry, seq: seq)
        } catch {
            // Accounts and grants that only this entry would have used.
            while accounts.count > accountCount { closeLastAccount() }
            while grants.count > grantCount { closeLastGrant() }
            throw error
        }
    }

    private mutating func applyAny(_ entry: Entry, seq: Int) throws(RecordFault) -> Effect {
        try requireNoOpenBatch()
        switch entry {
        case .movement(let movement): return try apply(movement, seq: seq)
        case .payment: preconditionFailure("FundBook.apply: payments have a way of their own")
        case .grant(let terms): return try apply(terms, seq: seq)
        case .plan(let plan): return try apply(plan, seq: seq)
        case .decision(let decision): try apply(decision, seq: seq)
        case .batch(let batch): return try apply(batch, seq: seq)
        case .expense(let expense): return try apply(expense, seq: seq)
        case .irregular(let irregular): return try apply(irregular, seq: seq)
        case .roster(let roster): return try apply(roster, seq: seq)
        case .notice(let notice): return try apply(notice, seq: seq)
        case .objection(let objection): try apply(objection, seq: seq)
        case .repurpose(let repurpose): return try apply(repurpose, seq: seq)
        case .carryover(let carryover): return try apply(carryover, seq: seq)
        case .settlement(let settlement): return try apply(settlement, seq: seq)
        case .cofund(let cofund): return try apply(cofund, seq: seq)
        case .account(let account): try apply(account, seq: seq)
        case .statement(let statement): try apply(statement, seq: seq)
        case .reconciliation(let reconciliation): try apply(reconciliation, seq: seq)
        case .finding(let finding): try apply(finding, seq: seq)
        case .resolution(let resolution): try apply(resolution, seq: seq)
        case .close(let close): try apply(close, seq: seq)
        case .disclosure(let disclosure): try apply(disclosure, seq: seq)
        case .override(let override):
            try require(override.unit)
            _ = try grantIndex(override.grant)
            overrides.append((seq, override))
        case .unit(let unit): try declare(unit, seq: seq)
        case .policy(let policy): try apply(policy, seq: seq)
        case .event(let event):
            try require(event.unit)
            events[seq] = event
        case .amend(let amendment): try apply(amendment, before: seq)
        }
        return Effect()
    }

    private mutating func declare(_ entry: UnitEntry, seq: Int) throws(RecordFault) {
        if entry.parent != .state { try require(entry.parent) }
        guard unitsByID[entry.unit] == nil else {
            throw .dangling(
                Message(
                    zh: "单位 \(entry.unit) 已经登记", en: "unit \(entry.unit) is declared already"))
        }
        unitsByID[entry.unit] = Unit(
            id: entry.unit, parent: entry.parent, name: entry.name, aliases: entry.aliases,
            seq: seq)
    }

    private mutating func apply(_ entry: PolicyEntry, seq: Int) throws(RecordFault) {
        switch entry.action {
        case .approve(let digest):
            policyApprovals[seq] = digest
        case .adopt(_, let content, _, let approval):
            if let approval, policyApprovals[approval] == nil {
                throw .dangling(
                    Message(
                        zh: "第 \(approval) 条不是政策的批准记录",
                        en: "record \(approval) approves no policy"))
            }
            policies.append((seq, content))
        }
    }

    private mutating func apply(_ terms: GrantEntry, seq: Int) throws(RecordFault) -> Effect {
        try require(terms.unit)
        try require(terms.scope)
        if let event = terms.event, events[event] == nil {
            throw .dangling(
                Message(
                    zh: "第 \(event) 条不是灾害事件", en: "record \(event) is no event"))
        }
        try requirePurpose(terms.purpose)
        let index = grants.count
        let stamp = terms.document.stamp
        grants.append(
            Grant(seq: seq, terms: terms, granted: 0))
        grantIndices[seq] = index
        let account = openAccount(grant: index, unit: terms.unit)
        var effect = Effect()
        effect.grant = index
        effect.to = account
        // A new account and an amount within the format's range: no total can overflow here.
        try shift(
            terms.amount, from: nil, to: Place(account, .available), withCash: false,
            on: terms.date, seq: seq)
        remember(
            .grant, seq, terms.amount, from: nil, to: account, on: terms.date,
            document: stamp.date)
        return effect
    }

    /// Fails where neither the policy in force nor the format knows a purpose.
    mutating func requirePurpose(_ purpose: String) throws(RecordFault) {
        guard
            Policy.alwaysExisting[purpose] != nil || policy?.policy.isPurpose(purpose) == true
        else {
            throw .dangling(
                Message(
                    zh: "现行政策没有用途 \(purpose)",
                    en: "the policy in force has no purpose \(purpose)"))
        }
    }

    private mutating func apply(_ entry: Amendment, before seq: Int) throws(RecordFault) {
        let changes = entry.changes
        if let index = grantIndices[entry.target], changes.name == nil, changes.aliases == nil {
            if let title = changes.title { grants[index].terms.title = title }
            if let memo = changes.memo { grants[index].terms.memo = memo }
            if let document = changes.document { grants[index].terms.document = document }
            return
        }
        if let unit = unitsByID.values.first(where: { $0.seq == entry.target }) {
            guard changes.document == nil, changes.title == nil else {
                throw Self.noSuchField(entry.target)
            }
            if let name = changes.name { unitsByID[unit.id]?.name = name }
            if let aliases = changes.aliases { unitsByID[unit.id]?.aliases = aliases }
            return
        }
        // Payments have neither document nor files of their own.
        let isPayment =
            (changes.document != nil || changes.evidence != nil)
            && payment(seq: entry.target) != nil
        guard changes.title == nil || plansBySeq[entry.target] != nil, changes.aliases == nil,
            entry.target > 0, entry.target < seq, !isPayment,
            changes.name == nil || events[entry.target] != nil
        else { throw Self.noSuchField(entry.target) }
        if let title = changes.title { plansBySeq[entry.target]?.entry.title = title }
        if let files = changes.evidence, let index = expenseIndex(seq: entry.target) {
            let expense = expenses[index]
            expenses[index] = ExpensePosition(
                seq: expense.seq, spending: expense.spending, payee: expense.payee,
                evidence: expense.evidence + files.map(\.sha256))
        }
    }

    private static func noSuchField(_ target: Int) -> RecordFault {
        .dangling(
            Message(
                zh: "第 \(target) 条没有要更正的字段", en: "record \(target) has no such field to correct"))
    }
}

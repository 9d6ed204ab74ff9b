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
        switch entry {
        case .movement(let movement): return try apply(movement, seq: seq)
        case .grant(let terms): return try apply(terms, seq: seq)
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
        guard
            Policy.alwaysExisting[terms.purpose] != nil
                || policy?.policy.isPurpose(terms.purpose) == true
        else {
            throw .dangling(
                Message(
                    zh: "现行政策没有用途 \(terms.purpose)",
                    en: "the policy in force has no purpose \(terms.purpose)"))
        }
        let index = grants.count
        let stamp = terms.document.stamp
        grants.append(
            Grant(
                seq: seq, terms: terms, scope: terms.scope, expiry: terms.expiry,
                granted: terms.amount))
        grantIndices[seq] = index
        let account = openAccount(grant: index, unit: terms.unit)
        var effect = Effect()
        effect.grant = index
        effect.to = account
        // A new account and an amount within the format's range: no total can overflow here.
        try move(.grant, amount: terms.amount, from: nil, to: account, on: terms.date, seq: seq)
        deliver(seq, to: account, document: stamp.date)
        return effect
    }

    /// Applies one movement; see `apply(_:seq:)`.
    public mutating func apply(_ entry: Movement, seq: Int) throws(RecordFault) -> Effect {
        let accountCount = accounts.count
        do {
            return try transfer(entry, seq: seq)
        } catch {
            // Accounts that only this entry would have used.
            while accounts.count > accountCount { closeLastAccount() }
            throw error
        }
    }

    private mutating func transfer(_ entry: Movement, seq: Int) throws(RecordFault) -> Effect {
        guard let grant = grantIndices[entry.grant] else {
            throw .dangling(
                Message(
                    zh: "第 \(entry.grant) 条不是指标下达", en: "record \(entry.grant) is no grant"))
        }
        var effect = Effect()
        effect.grant = grant
        let acting = try existingOrNew(grant: grant, unit: entry.unit)
        var other: Int?
        if let unit = entry.other { other = try existingOrNew(grant: grant, unit: unit) }
        if entry.kind == .receipt {
            effect.restsOn = try acknowledge(entry, account: acting)
            effect.to = acting
            return effect
        }
        guard let ends = Move.of(entry.kind) else { return effect }
        effect.from = account(at: ends.from, acting: acting, other: other)
        effect.to = account(at: ends.to, acting: acting, other: other)
        if let from = effect.from {
            effect.availableBefore = accounts[from][.available]
            effect.restsOn = accounts[from].sourceDocumentDate
        }
        try move(
            entry.kind, amount: entry.amount, from: effect.from, to: effect.to, on: entry.date,
            seq: seq)
        if entry.kind == .allocation, let to = effect.to {
            deliver(seq, to: to, document: entry.document?.date)
        }
        return effect
    }

    private func account(at end: Move.End, acting: Int, other: Int?) -> Int? {
        switch end {
        case .source: nil
        case .unit: acting
        case .other: other
        }
    }

    /// Moves an amount between the `available` buckets of two accounts, or the source.
    ///
    /// Checked first, then done: a thrown error leaves the book as it was.
    private mutating func move(
        _ kind: EntryKind, amount: Int64, from: Int?, to: Int?, on date: CivilDate, seq: Int
    ) throws(RecordFault) {
        guard let any = from ?? to else { preconditionFailure("FundBook.move: no account") }
        let grant = accounts[any].grant
        var after = Totals()
        if let from {
            let account = accounts[from]
            after.giver = try checked(account[.available].subtractingReportingOverflow(amount))
            after.sent = try checked(account.sent.addingReportingOverflow(amount))
        }
        if let to {
            let account = accounts[to]
            // A unit that names itself (E04) gives and receives: its balance stays.
            let before = to == from ? after.giver : account[.available]
            after.receiver = try checked(before.addingReportingOverflow(amount))
            after.received = try checked(account.received.addingReportingOverflow(amount))
        } else {
            after.returned = try checked(grants[grant].returned.addingReportingOverflow(amount))
        }

        if let from {
            accounts[from].balances[.available] = after.giver
            accounts[from].sent = after.sent
            if after.giver < 0 { accounts[from].wentNegative = true }
            record(from, date, inflow: 0, outflow: amount, seq: seq)
        } else {
            grants[grant].held += amount
        }
        if let to {
            accounts[to].balances[.available] = after.receiver
            accounts[to].received = after.received
            record(to, date, inflow: amount, outflow: 0, seq: seq)
        } else {
            grants[grant].held -= amount
            grants[grant].returned = after.returned
        }
        precondition(
            grants[grant].held == grants[grant].granted - grants[grant].returned,
            "FundBook.move: grant \(grants[grant].seq) is not conserved by \(kind)")
    }

    /// The totals after a move, computed before anything is changed.
    private struct Totals {
        var giver: Int64 = 0
        var sent: Int64 = 0
        var receiver: Int64 = 0
        var received: Int64 = 0
        var returned: Int64 = 0
    }

    private func checked(
        _ result: (partialValue: Int64, overflow: Bool)
    ) throws(RecordFault) -> Int64 {
        guard !result.overflow else {
            throw .malformed(
                Message(
                    zh: "合计超出可表示的范围（±9.2×10¹⁸ 分）", en: "a total exceeds ±9.2×10¹⁸ fen"))
        }
        return result.partialValue
    }

    /// The account of a grant at a declared unit; opened at its first use.
    private mutating func existingOrNew(grant: Int, unit: UnitID) throws(RecordFault) -> Int {
        if let index = accountIndices[AccountKey(grant: grant, unit: unit)] { return index }
        try require(unit)
        return openAccount(grant: grant, unit: unit)
    }

    private mutating func openAccount(grant: Int, unit: UnitID) -> Int {
        let index = accounts.count
        accounts.append(Account(grant: grant, unit: unit, balances: InlineBalances()))
        flows.append([])
        accountIndices[AccountKey(grant: grant, unit: unit)] = index
        return index
    }

    private mutating func closeLastAccount() {
        guard let account = accounts.popLast() else { return }
        flows.removeLast()
        accountIndices[AccountKey(grant: account.grant, unit: account.unit)] = nil
    }

    private func require(_ unit: UnitID) throws(RecordFault) {
        guard unitsByID[unit] != nil else {
            throw .dangling(
                Message(
                    zh: "单位 \(unit) 未登记", en: "unit \(unit) is not declared"))
        }
    }

    /// Keeps the account's flows by business date; entries mostly come in that order.
    private mutating func record(
        _ account: Int, _ date: CivilDate, inflow: Int64, outflow: Int64, seq: Int
    ) {
        var position = flows[account].count
        while position > 0, flows[account][position - 1].date > date { position -= 1 }
        if position == 0 || flows[account][position - 1].date != date {
            flows[account].insert(
                DayFlow(date: date, inflow: 0, outflow: 0, outflowSeq: -1, inflowSeq: -1),
                at: position)
            position += 1
        }
        flows[account][position - 1].inflow += inflow
        flows[account][position - 1].outflow += outflow
        if outflow > 0 { flows[account][position - 1].outflowSeq = seq }
        if inflow > 0, flows[account][position - 1].inflowSeq < 0 {
            flows[account][position - 1].inflowSeq = seq
        }
    }

    private mutating func deliver(_ seq: Int, to account: Int, document: CivilDate?) {
        deliveries.append(
            Delivery(
                seq: seq, account: Int32(account), documentDay: document?.day ?? Int32.max))
        guard let document else { return }
        if let known = accounts[account].sourceDocumentDate, known <= document { return }
        accounts[account].sourceDocumentDate = document
    }

    /// Checks that a receipt names money that came to its unit; gives the paper's stated date.
    private func acknowledge(
        _ receipt: Movement, account: Int
    ) throws(RecordFault) -> CivilDate? {
        var low = 0
        var high = deliveries.count
        while low < high {
            let middle = (low + high) / 2
            if deliveries[middle].seq < receipt.target ?? 0 {
                low = middle + 1
            } else {
                high = middle
            }
        }
        guard low < deliveries.count, deliveries[low].seq == receipt.target,
            deliveries[low].account == Int32(account)
        else {
            throw .dangling(
                Message(
                    zh: "第 \(receipt.target ?? 0) 条不是下达给 \(receipt.unit) 的这笔资金",
                    en:
                        "record \(receipt.target ?? 0) brought none of this grant to \(receipt.unit)"
                ))
        }
        return CivilDate(day: deliveries[low].documentDay)
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
        guard changes.title == nil, changes.aliases == nil, entry.target > 0, entry.target < seq,
            changes.name == nil || events[entry.target] != nil
        else { throw Self.noSuchField(entry.target) }
    }

    private static func noSuchField(_ target: Int) -> RecordFault {
        .dangling(
            Message(
                zh: "第 \(target) 条没有要更正的字段", en: "record \(target) has no such field to correct"))
    }
}

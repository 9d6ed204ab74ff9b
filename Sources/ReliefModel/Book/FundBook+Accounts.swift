// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// One bucket of one account.
struct Place: Equatable {
    let account: Int
    let bucket: Bucket

    init(_ account: Int, _ bucket: Bucket) {
        self.account = account
        self.bucket = bucket
    }
}

extension FundBook {
    /// Moves an amount between two buckets of one account, neither of them `available`: what
    /// results do, by the million.
    ///
    /// Checked first, then done.
    mutating func shift(
        _ amount: Int64, within account: Int, from: Bucket, to: Bucket, on date: CivilDate, seq: Int
    ) throws(RecordFault) {
        var balances = accounts[account].balances
        balances[from] = try checked(balances[from].subtractingReportingOverflow(amount))
        balances[to] = try checked(balances[to].addingReportingOverflow(amount))
        accounts[account].balances = balances
        guard from.isCash != to.isCash else { return }
        recordCash(account, Int128(from.isCash ? -amount : amount), on: date, seq: seq)
    }

    /// Moves an amount from one bucket to another, or from or to the source.
    ///
    /// Checked first, then done: a thrown error leaves the book as it was. A grant comes from the
    /// source and adds to what was granted; a return goes there and adds to what was returned, and
    /// its reversal takes that away again. Between two grants it adds to what was moved out of the
    /// one and into the other, which the reversal, too, takes away. The cash goes with it, but for
    /// grants and allocations, whose cash comes with receipts.
    mutating func shift(
        _ amount: Int64, from: Place?, to: Place?, undoes: Bool = false, withCash: Bool = true,
        on date: CivilDate, seq: Int
    ) throws(RecordFault) {
        guard let any = from ?? to else { preconditionFailure("FundBook.shift: no place") }
        let grant = accounts[any.account].grant
        var crossing: Crossing?
        if from != nil, let to, accounts[to.account].grant != grant {
            crossing = try self.crossing(
                amount, from: grant, to: accounts[to.account].grant, undoes: undoes)
        }
        var giver: Int64 = 0
        var receiver: Int64 = 0
        var returned = grants[grant].returned
        var held = grants[grant].held
        if let from {
            giver = try checked(
                accounts[from.account][from.bucket].subtractingReportingOverflow(amount))
            try checkDay(from, date, outflow: amount)
        } else {
            held = try checked(held.addingReportingOverflow(amount))
            if undoes {
                returned = try checked(returned.subtractingReportingOverflow(amount))
            }
        }
        if let to {
            // A unit that names itself (E04) gives and receives: its balance stays.
            let before = to == from ? giver : accounts[to.account][to.bucket]
            receiver = try checked(before.addingReportingOverflow(amount))
            try checkDay(to, date, inflow: amount)
        } else {
            held = try checked(held.subtractingReportingOverflow(amount))
            returned = try checked(returned.addingReportingOverflow(amount))
        }

        if let from {
            accounts[from.account].balances[from.bucket] = giver
            if from.bucket == .available {
                if giver < 0 { accounts[from.account].wentNegative = true }
                record(from.account, date, inflow: 0, outflow: amount, seq: seq)
            }
        } else if !undoes {
            // Once for each grant, from zero.
            grants[grant].granted += amount
        }
        if let to {
            accounts[to.account].balances[to.bucket] = receiver
            if to.bucket == .available {
                record(to.account, date, inflow: amount, outflow: 0, seq: seq)
            }
        }
        if from == nil || to == nil {
            grants[grant].held = held
            grants[grant].returned = returned
        }
        if let crossing { set(crossing) }
        if withCash { carryCash(amount, from: from, to: to, on: date, seq: seq) }
        requireConserved(grant)
    }

    @inline(__always)
    private func requireConserved(_ index: Int) {
        // Within the range of Int64 wherever `held` is, whatever lies between.
        let due =
            grants[index].granted &- grants[index].returned &+ grants[index].movedIn
            &- grants[index].movedOut
        precondition(
            grants[index].held == due,
            "FundBook.shift: grant \(grants[index].seq) is not conserved")
    }

    /// The totals of two grants once money has moved between them.
    private struct Crossing {
        struct Totals {
            let grant: Int
            var held: Int64
            var movedIn: Int64
            var movedOut: Int64
        }

        var giving: Totals
        var receiving: Totals
    }

    private mutating func crossing(
        _ amount: Int64, from giving: Int, to receiving: Int, undoes: Bool
    ) throws(RecordFault) -> Crossing {
        var (from, to) = (totals(giving), totals(receiving))
        from.held = try checked(from.held.subtractingReportingOverflow(amount))
        to.held = try checked(to.held.addingReportingOverflow(amount))
        if undoes {
            from.movedIn = try checked(from.movedIn.subtractingReportingOverflow(amount))
            to.movedOut = try checked(to.movedOut.subtractingReportingOverflow(amount))
        } else {
            from.movedOut = try checked(from.movedOut.addingReportingOverflow(amount))
            to.movedIn = try checked(to.movedIn.addingReportingOverflow(amount))
        }
        return Crossing(giving: from, receiving: to)
    }

    @inline(__always)
    private func totals(_ grant: Int) -> Crossing.Totals {
        Crossing.Totals(
            grant: grant, held: grants[grant].held, movedIn: grants[grant].movedIn,
            movedOut: grants[grant].movedOut)
    }

    private mutating func set(_ crossing: Crossing) {
        for totals in [crossing.giving, crossing.receiving] {
            grants[totals.grant].held = totals.held
            grants[totals.grant].movedIn = totals.movedIn
            grants[totals.grant].movedOut = totals.movedOut
            requireConserved(totals.grant)
        }
    }

    @inline(__always)
    func checked(
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
    mutating func existingOrNew(grant: Int, unit: UnitID) throws(RecordFault) -> Int {
        if let index = accountIndices[AccountKey(grant: grant, unit: unit)] { return index }
        try require(unit)
        return openAccount(grant: grant, unit: unit)
    }

    mutating func openAccount(grant: Int, unit: UnitID) -> Int {
        let index = accounts.count
        accounts.append(Account(grant: grant, unit: unit, balances: InlineBalances()))
        flows.append([])
        cashFlows.append([])
        accountIndices[AccountKey(grant: grant, unit: unit)] = index
        return index
    }

    mutating func closeLastAccount() {
        guard let account = accounts.popLast() else { return }
        flows.removeLast()
        cashFlows.removeLast()
        accountIndices[AccountKey(grant: account.grant, unit: account.unit)] = nil
    }

    /// Fails where a unit is not declared.
    mutating func require(_ unit: UnitID) throws(RecordFault) {
        if recentUnit == unit { return }
        guard unitsByID.index(forKey: unit) != nil else {
            throw .dangling(
                Message(
                    zh: "单位 \(unit) 未登记", en: "unit \(unit) is not declared"))
        }
        recentUnit = unit
    }

    /// Keeps the account's flows by business date; entries mostly come in that order.
    private mutating func record(
        _ account: Int, _ date: CivilDate, inflow: Int64, outflow: Int64, seq: Int
    ) {
        var position = flowsThrough(date, account)
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

    /// How many of an account's days are not after a date.
    @inline(__always)
    private func flowsThrough(_ date: CivilDate, _ account: Int) -> Int {
        var position = flows[account].count
        while position > 0, flows[account][position - 1].date > date { position -= 1 }
        return position
    }

    /// Fails where what goes in or out of `available` on one day would leave the range.
    private mutating func checkDay(
        _ place: Place, _ date: CivilDate, inflow: Int64 = 0, outflow: Int64 = 0
    ) throws(RecordFault) {
        guard place.bucket == .available else { return }
        let position = flowsThrough(date, place.account)
        guard position > 0 else { return }
        let day = flows[place.account][position - 1]
        guard day.date == date else { return }
        _ = try checked(day.inflow.addingReportingOverflow(inflow))
        _ = try checked(day.outflow.addingReportingOverflow(outflow))
    }

    /// Makes an entry known to later ones that may name it.
    mutating func remember(
        _ kind: EntryKind, _ seq: Int, _ amount: Int64, from: Int?, to: Int?, on date: CivilDate,
        document: CivilDate? = nil, use: CeilingUse = CeilingUse()
    ) {
        targets.append(
            MovementTarget(
                seq: seq, left: amount, from: from.map { Int32($0) } ?? MovementTarget.source,
                to: to.map { Int32($0) } ?? MovementTarget.source,
                businessDay: date.day, documentDay: document?.day ?? Int32.max, use: use, kind: kind
            ))
        guard [.grant, .allocation, .repurpose, .carryover, .settlement].contains(kind), let to,
            let document
        else { return }
        if let known = accounts[to].sourceDocumentDate, known <= document { return }
        accounts[to].sourceDocumentDate = document
    }

    /// The remembered entry of a record, as an index into ``targets``.
    @inline(__always)
    func target(seq: Int) -> Int? {
        let index = targets.firstIndex(upperBoundOf: { $0.seq < seq })
        return index < targets.count && targets[index].seq == seq ? index : nil
    }

    /// The grant of a record, as an index.
    mutating func grantIndex(_ seq: Int) throws(RecordFault) -> Int {
        guard let grant = grantIndices[seq] else {
            throw .dangling(
                Message(zh: "第 \(seq) 条不是指标下达", en: "record \(seq) is no grant"))
        }
        return grant
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

extension FundBook {
    /// Applies one movement; see `apply(_:seq:)`.
    public mutating func apply(_ entry: Movement, seq: Int) throws(RecordFault) -> Effect {
        try requireNoOpenBatch()
        let accountCount = accounts.count
        do {
            switch entry.kind {
            case .result, .reissue, .cancel: return try answer(entry, seq: seq)
            case .reversal: return try reverse(entry, seq: seq)
            case .recoverable: return try reclaim(entry, seq: seq)
            case .recovery: return try recover(entry, seq: seq)
            default: return try transfer(entry, seq: seq)
            }
        } catch {
            // Accounts that only this entry would have used.
            while accounts.count > accountCount { closeLastAccount() }
            throw error
        }
    }

    /// Allocation, receipt, recall, return: money between units.
    private mutating func transfer(_ entry: Movement, seq: Int) throws(RecordFault) -> Effect {
        let grant = try grantIndex(entry.grant)
        var effect = Effect()
        effect.grant = grant
        let acting = try existingOrNew(grant: grant, unit: entry.unit)
        var other: Int?
        if let unit = entry.other { other = try existingOrNew(grant: grant, unit: unit) }
        guard let ends = Move.of(entry.kind) else {
            effect.restsOn = try acknowledge(entry, account: acting)
            effect.to = acting
            return effect
        }
        let from = place(ends.from, acting: acting, other: other)
        let to = place(ends.to, acting: acting, other: other)
        note(from, to, in: &effect)
        try shift(
            entry.amount, from: from, to: to, withCash: entry.kind != .allocation, on: entry.date,
            seq: seq)
        remember(
            entry.kind, seq, entry.amount, from: from?.account, to: to?.account, on: entry.date,
            document: entry.document?.date)
        return effect
    }

    /// Takes a receipt of money that came to its unit; gives the paper's stated date.
    private mutating func acknowledge(
        _ receipt: Movement, account: Int
    ) throws(RecordFault) -> CivilDate? {
        let named = receipt.target ?? 0
        guard let index = target(seq: named), targets[index].to == Int32(account),
            [.grant, .allocation].contains(targets[index].kind)
        else {
            throw .dangling(
                Message(
                    zh: "第 \(named) 条不是下达给 \(receipt.unit) 的这笔资金",
                    en: "record \(named) brought none of this grant to \(receipt.unit)"))
        }
        try receive(receipt, target: index)
        return CivilDate(day: targets[index].documentDay)
    }

    // MARK: - Lines of batches

    /// Result, reissue, cancel: what becomes of a payment.
    @inline(__always)
    private mutating func answer(_ entry: Movement, seq: Int) throws(RecordFault) -> Effect {
        let named = entry.target ?? 0
        guard let (line, batchIndex) = payments.find(seq: named) else {
            throw .dangling(
                Message(zh: "第 \(named) 条不是发放明细", en: "record \(named) is no payment"))
        }
        let use = payments.batches[batchIndex].use
        let (amount, state) = payments.line(line)
        guard entry.amount == amount else {
            throw .dangling(
                Message(
                    zh: "第 \(named) 条的金额是 \(Money(fen: amount).text()) 元，只能整笔处理",
                    en:
                        "record \(named) is of \(Money(fen: amount).text()) yuan and is answered whole"
                ))
        }
        var effect = Effect()
        let account = try citedAccount(entry, Int(payments.batches[batchIndex].account), &effect)
        effect.leftBefore = left(of: line, amount, state, for: entry)
        let freed = try used(
            under: entry.kind == .cancel ? use : CeilingUse(), plus: -amount)
        if let ends = Move.of(entry.kind, outcome: entry.outcome) {
            let from = place(ends.from, acting: account, other: nil)
            let to = place(ends.to, acting: account, other: nil)
            note(from, to, in: &effect)
            if let from, let to, from.bucket != .available, to.bucket != .available {
                try shift(
                    amount, within: account, from: from.bucket, to: to.bucket, on: entry.date,
                    seq: seq)
            } else {
                try shift(amount, from: from, to: to, on: entry.date, seq: seq)
            }
        }
        set(freed)
        follow(entry, line: line, in: state, of: batchIndex, seq: seq)
        return effect
    }

    /// Fen of a line that an entry of that kind may take: all or nothing.
    @inline(__always)
    private mutating func left(
        of line: Int, _ amount: Int64, _ state: PaymentState, for entry: Movement
    ) -> Int64 {
        switch (entry.kind, entry.outcome) {
        case (.result, .returned), (.recoverable, _):
            guard state == .settled else { return 0 }
            let (left, overflow) = amount.subtractingReportingOverflow(reclaimed[line] ?? 0)
            return overflow ? .max : left
        case (.result, _): return state == .sent ? amount : 0
        default: return state == .failed ? amount : 0
        }
    }

    /// Brings a line to where the entry says it is now.
    @inline(__always)
    private mutating func follow(
        _ entry: Movement, line: Int, in old: PaymentState, of batch: Int, seq: Int
    ) {
        let state: PaymentState
        switch (entry.kind, entry.outcome) {
        case (.result, .settled): state = .settled
        case (.result, _): state = .failed
        case (.reissue, _): state = .sent
        default: state = .cancelled
        }
        if old == .failed, state != .failed { failures[line] = nil }
        if (old == .cancelled) != (state == .cancelled) {
            recount(
                line: line, of: payments.batches[batch], isCancelled: state == .cancelled)
        }
        payments.move(line, from: old, to: state, on: entry.date, batch: batch)
        switch state {
        case .sent, .settled: return
        case .failed: failures[line] = (seq, entry.date)
        case .cancelled:
            // The first one counts: a second, which is reported, does not make it later.
            if cancellations[line] == nil { cancellations[line] = seq }
        }
    }

    // MARK: - Corrections

    /// A reversal: the exact opposite of its target.
    private mutating func reverse(_ entry: Movement, seq: Int) throws(RecordFault) -> Effect {
        let index = try named(
            entry,
            [
                .allocation, .recall, .return, .expense, .irregular, .recoverable, .recovery,
                .repurpose, .carryover, .settlement,
            ])
        let target = targets[index]
        guard let ends = Move.of(target.kind) else {
            preconditionFailure("FundBook.reverse: \(target.kind) moves nothing")
        }
        var effect = Effect()
        let acting = try citedAccount(entry, Int(target.acting), &effect)
        let from = try placeOfTarget(ends.to, target.to, entry, acting, &effect)
        let to = try placeOfTarget(ends.from, target.from, entry, acting, &effect)
        note(from, to, in: &effect)
        effect.leftBefore = target.left
        let left = try checked(target.left.subtractingReportingOverflow(entry.amount))
        let changed = try reversedUse(of: target, amount: entry.amount)
        let given = try origins[index].map { (origin) throws(RecordFault) in
            (origin, try remainder(of: origin, plus: entry.amount))
        }
        try shift(
            entry.amount, from: from, to: to, undoes: true,
            withCash: target.kind != .allocation, on: entry.date, seq: seq)
        targets[index].left = left
        giveBackCash(target: index, on: entry.date, seq: seq)
        reversals.append(
            ReversalPosition(
                seq: seq, from: effect.fromIndex, to: effect.toIndex, businessDay: entry.date.day))
        set(changed)
        if let (origin, left) = given { set(origin, left) }
        return effect
    }

    /// The ceilings as they are once a target is undone: an expense frees them, the reversal of a
    /// recovery, which had freed them, uses them again.
    private mutating func reversedUse(
        of target: MovementTarget, amount: Int64
    ) throws(RecordFault) -> CeilingChange {
        switch target.kind {
        case .expense: try used(under: target.use, plus: -amount)
        case .recovery: try used(under: target.use, plus: amount)
        default: CeilingChange(use: CeilingUse())
        }
    }

    /// What an origin has once an amount is given back to it, or taken from it: of a target what is
    /// left, of a payment what is reclaimed, counted down.
    private mutating func remainder(
        of origin: MovementOrigin, plus amount: Int64
    ) throws(RecordFault) -> Int64 {
        switch origin {
        case .line(let line):
            try checked((reclaimed[line] ?? 0).subtractingReportingOverflow(amount))
        case .target(let index): try checked(targets[index].left.addingReportingOverflow(amount))
        }
    }

    private mutating func set(_ origin: MovementOrigin, _ fen: Int64) {
        switch origin {
        case .line(let line): reclaimed[line] = fen
        case .target(let index): targets[index].left = fen
        }
    }

    /// A recoverable: a payment or expense is found to be undue, wholly or in part.
    private mutating func reclaim(_ entry: Movement, seq: Int) throws(RecordFault) -> Effect {
        let named = entry.target ?? 0
        var effect = Effect()
        let origin: MovementOrigin
        let account: Int
        let use: CeilingUse
        if let (line, batchIndex) = payments.find(seq: named) {
            let batch = payments.batches[batchIndex]
            account = try citedAccount(entry, Int(batch.account), &effect)
            let (amount, state) = payments.line(line)
            effect.leftBefore = left(of: line, amount, state, for: entry)
            origin = .line(line)
            use = batch.use
        } else {
            let index = try self.named(entry, [.expense])
            account = try citedAccount(entry, Int(targets[index].acting), &effect)
            effect.leftBefore = targets[index].left
            origin = .target(index)
            use = targets[index].use
        }
        let left = try remainder(of: origin, plus: -entry.amount)
        try moveAndRemember(entry, account, origin, use, seq, &effect)
        set(origin, left)
        return effect
    }

    /// A recovery: money that was owed back has come back, and may be spent again.
    private mutating func recover(_ entry: Movement, seq: Int) throws(RecordFault) -> Effect {
        let index = try named(entry, [.irregular, .recoverable])
        var effect = Effect()
        let account = try citedAccount(entry, Int(targets[index].acting), &effect)
        effect.leftBefore = targets[index].left
        let use = targets[index].use
        let left = try remainder(of: .target(index), plus: -entry.amount)
        let freed = try used(under: use, plus: -entry.amount)
        try moveAndRemember(entry, account, .target(index), use, seq, &effect)
        set(.target(index), left)
        set(freed)
        return effect
    }

    private mutating func moveAndRemember(
        _ entry: Movement, _ account: Int, _ origin: MovementOrigin, _ use: CeilingUse,
        _ seq: Int, _ effect: inout Effect
    ) throws(RecordFault) {
        guard let ends = Move.of(entry.kind) else {
            preconditionFailure("FundBook: \(entry.kind) moves nothing")
        }
        let from = place(ends.from, acting: account, other: nil)
        let to = place(ends.to, acting: account, other: nil)
        note(from, to, in: &effect)
        try shift(entry.amount, from: from, to: to, on: entry.date, seq: seq)
        origins[targets.count] = origin
        remember(
            entry.kind, seq, entry.amount, from: account, to: account, on: entry.date, use: use)
    }

    // MARK: - Places

    /// The target that an entry names, which must be of one of the kinds.
    private mutating func named(
        _ entry: Movement, _ kinds: [EntryKind]
    ) throws(RecordFault) -> Int {
        let seq = entry.target ?? 0
        guard let index = target(seq: seq), kinds.contains(targets[index].kind) else {
            throw .dangling(
                Message(
                    zh: "第 \(seq) 条不能作为“\(entry.kind.title.zh)”的对象",
                    en: "record \(seq) is nothing that a \(entry.kind.rawValue) can name"))
        }
        return index
    }

    /// The entry's own account: that of the unit which acted in the target, in the entry's grant.
    private mutating func citedAccount(
        _ entry: Movement, _ account: Int, _ effect: inout Effect
    ) throws(RecordFault) -> Int {
        guard accounts[account].unit == entry.unit else {
            throw .dangling(
                Message(
                    zh: "第 \(entry.target ?? 0) 条的单位是 \(accounts[account].unit)，不是 \(entry.unit)",
                    en: "record \(entry.target ?? 0) is of unit \(accounts[account].unit), "
                        + "not \(entry.unit)"))
        }
        let cited = accounts[account].grant
        if grants[cited].seq == entry.grant {
            effect.grant = cited
            return account
        }
        let own = try grantIndex(entry.grant)
        effect.grant = own
        effect.citedGrant = cited
        return try existingOrNew(grant: own, unit: entry.unit)
    }

    /// Where one end of a target's move lies for an entry that undoes it: the same unit's account
    /// in the entry's own grant.
    private mutating func placeOfTarget(
        _ end: Move.End, _ account: Int32, _ entry: Movement, _ acting: Int, _ effect: inout Effect
    ) throws(RecordFault) -> Place? {
        let bucket: Bucket
        switch end {
        case .source: return nil
        case .unit(let own): bucket = own
        case .other(let other): bucket = other
        }
        guard account >= 0 else { return nil }
        guard effect.citedGrant != nil else { return Place(Int(account), bucket) }
        let unit = accounts[Int(account)].unit
        return Place(try existingOrNew(grant: accounts[acting].grant, unit: unit), bucket)
    }

    /// Where one end of a move lies.
    @inline(__always)
    func place(_ end: Move.End, acting: Int, other: Int?) -> Place? {
        switch end {
        case .source: nil
        case .unit(let bucket): Place(acting, bucket)
        case .other(let bucket): other.map { Place($0, bucket) }
        }
    }

    /// Notes for the rules what a move is about to do.
    mutating func note(_ from: Place?, _ to: Place?, in effect: inout Effect) {
        effect.from = from?.account
        effect.to = to?.account
        if let to { effect.toBucket = to.bucket }
        guard let from else { return }
        effect.fromBucket = from.bucket
        effect.availableBefore = accounts[from.account][.available]
        effect.restsOn = accounts[from.account].sourceDocumentDate
    }

    /// What is used of the ceilings of a spending once an amount is added to it.
    @inline(__always)
    mutating func used(
        under use: CeilingUse, plus amount: Int64
    ) throws(RecordFault) -> CeilingChange {
        var change = CeilingChange(use: use)
        if use.plan >= 0 {
            let used = ceilings[Int(use.plan)].used
            change.plan = try checked(used.addingReportingOverflow(amount))
        }
        if use.decision >= 0 {
            let used = ceilings[Int(use.decision)].used
            change.decision = try checked(used.addingReportingOverflow(amount))
        }
        return change
    }

    /// Sets what is used of ceilings.
    @inline(__always)
    mutating func set(_ change: CeilingChange) {
        if change.use.plan >= 0 { ceilings[Int(change.use.plan)].used = change.plan }
        if change.use.decision >= 0 {
            ceilings[Int(change.use.decision)].used = change.decision
        }
    }
}

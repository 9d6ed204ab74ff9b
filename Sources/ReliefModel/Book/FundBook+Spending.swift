// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

extension FundBook {
    mutating func apply(_ entry: PlanEntry, seq: Int) throws(RecordFault) -> Effect {
        try require(entry.unit)
        var effect = Effect()
        effect.grant = try grantIndex(entry.grant)
        var replaced: Plan?
        if let old = entry.replaces {
            guard let plan = plansBySeq[old], plan.replacedBy == nil else {
                throw .dangling(
                    Message(
                        zh: "第 \(old) 条不是现行的使用方案", en: "record \(old) is no plan in force"))
            }
            guard plan.entry.unit == entry.unit else {
                throw .dangling(
                    Message(
                        zh: "第 \(old) 条方案属 \(plan.entry.unit)，不能由 \(entry.unit) 替代",
                        en: "plan \(old) is of unit \(plan.entry.unit), not \(entry.unit)"))
            }
            if plan.entry.grant != entry.grant {
                effect.citedGrant = grantIndices[plan.entry.grant]
            }
            replaced = plan
        }
        var family = planFamilies.count
        if let replaced, replaced.entry.grant == entry.grant {
            family = replaced.family
            for ceiling in replaced.ceilings { ceilings[Int(ceiling)].limit = 0 }
        } else {
            planFamilies.append([])
        }
        let indices = entry.lines.map { line in
            // What was spent under an older line counts on under the new one.
            if let old = planFamilies[family].first(where: { $0.item == line.item }) {
                ceilings[Int(old.ceiling)].limit = line.amount
                return old.ceiling
            }
            let new = newCeiling(line.amount)
            planFamilies[family].append((line.item, new))
            return new
        }
        if let replaced { plansBySeq[replaced.seq]?.replacedBy = seq }
        plansBySeq[seq] = Plan(
            seq: seq, entry: entry, ceilings: indices, family: family)
        return effect
    }

    mutating func apply(_ entry: DecisionEntry, seq: Int) throws(RecordFault) {
        try require(entry.unit)
        _ = try grantIndex(entry.grant)
        let indices = entry.items.map { newCeiling($0.amount) }
        decisionsBySeq[seq] = Decision(seq: seq, entry: entry, ceilings: indices)
    }

    private mutating func newCeiling(_ limit: Int64) -> Int32 {
        ceilings.append(Ceiling(limit: limit))
        return Int32(ceilings.count - 1)
    }

    mutating func apply(_ entry: ExpenseEntry, seq: Int) throws(RecordFault) -> Effect {
        let (effect, use) = try spend(entry.spending, .expense, payee: entry.payee, seq: seq)
        remember(
            .expense, seq, entry.spending.amount, from: effect.from, to: effect.from,
            on: entry.spending.date, use: use)
        expenses.append(
            ExpensePosition(
                seq: seq, spending: entry.spending, payee: entry.payee, evidence: entry.evidence))
        return effect
    }

    mutating func apply(_ entry: IrregularEntry, seq: Int) throws(RecordFault) -> Effect {
        let grant = try grantIndex(entry.grant)
        try require(entry.unit)
        let account = try existingOrNew(grant: grant, unit: entry.unit)
        var effect = Effect()
        effect.grant = grant
        let (from, to) = (Place(account, .available), Place(account, .recoverable))
        note(from, to, in: &effect)
        try shift(entry.amount, from: from, to: to, on: entry.date, seq: seq)
        remember(.irregular, seq, entry.amount, from: account, to: account, on: entry.date)
        return effect
    }

    mutating func apply(_ entry: BatchEntry, seq: Int) throws(RecordFault) -> Effect {
        let roster = try rosterIndex(of: entry)
        let (effect, use) = try spend(entry.spending, .batch, payee: nil, seq: seq)
        guard let account = effect.from, let grant = effect.grant else {
            preconditionFailure("FundBook.apply: a batch has an account")
        }
        let purpose = grants[grant].terms.purpose
        let rate = rate(of: entry, purpose: purpose)
        payments.begin(
            PaymentBatch(
                seq: seq, firstLine: payments.count, firstPerson: rosterPersons.count,
                date: entry.spending.date, account: Int32(account),
                entitlement: entitlement(purpose: purpose, period: entry.period), use: use,
                roster: roster.map { Int32($0) } ?? -1,
                isPerHousehold: rate?.per == .household))
        if let roster { count(entry, toward: roster) }
        lastBatch = OpenBatch(
            seq: seq, account: account, rate: rate,
            days: entry.days ?? 1, roster: roster, linesLeft: entry.count,
            amountLeft: entry.spending.amount)
        return effect
    }

    /// What a batch's lines are to be: its own rate, else the policy's for the purpose.
    private mutating func rate(of batch: BatchEntry, purpose: String) -> BatchEntry.Rate? {
        if let rate = batch.rate { return rate }
        let bases: [Policy.RateBase] = batch.days == nil ? [.person, .household] : [.personDay]
        for base in bases {
            if let rate = policy?.policy.rate(purpose: purpose, per: base) {
                return BatchEntry.Rate(amount: rate.amount.fen, per: base)
            }
        }
        return nil
    }

    private mutating func entitlement(purpose: String, period: String) -> Int32 {
        let key = Entitlement(purpose: purpose, period: period)
        // Batches of one season follow one another.
        if let recent = payments.batches.last?.entitlement, entitlements[Int(recent)] == key {
            return recent
        }
        if let index = entitlementIndices[key] { return index }
        entitlements.append(key)
        let index = Int32(entitlements.count - 1)
        entitlementIndices[key] = index
        return index
    }

    /// Moves what a batch or an expense spends, under the ceilings that cover it.
    private mutating func spend(
        _ spending: Spending, _ kind: EntryKind, payee: PayeeID?, seq: Int
    ) throws(RecordFault) -> (Effect, CeilingUse) {
        let grant = try grantIndex(spending.grant)
        try require(spending.unit)
        let use = try ceilings(of: spending, payee: payee)
        let changed = try used(under: use, plus: spending.amount)
        guard let ends = Move.of(kind) else {
            preconditionFailure("FundBook.spend: \(kind) moves nothing")
        }
        let account = try existingOrNew(grant: grant, unit: spending.unit)
        var effect = Effect()
        effect.grant = grant
        let from = place(ends.from, acting: account, other: nil)
        let to = place(ends.to, acting: account, other: nil)
        note(from, to, in: &effect)
        if use.plan >= 0 { effect.planCeiling = Int(use.plan) }
        if use.decision >= 0 { effect.decisionCeiling = Int(use.decision) }
        try shift(spending.amount, from: from, to: to, on: spending.date, seq: seq)
        set(changed)
        return (effect, use)
    }

    /// The plan's line and the decision's item that cover a spending, where the cited ones do.
    private mutating func ceilings(
        of spending: Spending, payee: PayeeID?
    ) throws(RecordFault) -> CeilingUse {
        var use = CeilingUse()
        if let seq = spending.plan {
            guard let plan = plansBySeq[seq] else {
                throw .dangling(
                    Message(zh: "第 \(seq) 条不是使用方案", en: "record \(seq) is no plan"))
            }
            if plan.entry.grant == spending.grant, plan.entry.unit.contains(spending.unit),
                plan.replacedBy == nil
            {
                use.plan = plan.ceiling(of: spending.item) ?? -1
            }
        }
        if let seq = spending.decision {
            guard let decision = decisionsBySeq[seq] else {
                throw .dangling(
                    Message(zh: "第 \(seq) 条不是集体研究记录", en: "record \(seq) is no decision"))
            }
            if decision.entry.grant == spending.grant, decision.entry.unit.contains(spending.unit) {
                use.decision = decision.ceiling(of: spending.item, payee: payee) ?? -1
            }
        }
        return use
    }

    // MARK: - Lines

    /// Applies one payment, which must be the next line of the batch before it.
    ///
    /// - Throws: When it is not: another batch or unit, one line too many, a total that differs.
    public mutating func apply(_ payment: Payment) throws(RecordFault) -> Effect {
        try apply(payment, seq: payment.seq)
    }

    mutating func apply(_ payment: Payment, seq: Int) throws(RecordFault) -> Effect {
        guard let open = lastBatch, open.linesLeft > 0, payment.batch == open.seq,
            seq == open.seq + 1 + open.lineCount
        else {
            throw .dangling(
                Message(
                    zh: "发放明细应紧接在它的批次（第 \(payment.batch) 条）之后",
                    en: "a payment stands right after its batch, here record \(payment.batch)"))
        }
        let unit = accounts[open.account].unit
        guard payment.unit == unit else {
            throw .dangling(
                Message(
                    zh: "批次的单位是 \(unit)，不是 \(payment.unit)",
                    en: "the batch is of unit \(unit), not \(payment.unit)"))
        }
        let isLast = open.linesLeft == 1
        guard isLast ? payment.amount == open.amountLeft : payment.amount < open.amountLeft else {
            throw .dangling(
                Message(
                    zh: "批次合计还剩 \(Money(fen: open.amountLeft).text()) 元、\(open.linesLeft) 笔，"
                        + "与本条 \(Money(fen: payment.amount).text()) 元不符",
                    en:
                        "of the batch's total \(Money(fen: open.amountLeft).text()) yuan are left for "
                        + "\(open.linesLeft) lines, which does not fit this line's "
                        + "\(Money(fen: payment.amount).text())"))
        }
        var effect = Effect()
        let grant = accounts[open.account].grant
        effect.grant = grant
        if payment.grant != grants[grant].seq {
            effect.grant = try grantIndex(payment.grant)
            effect.citedGrant = grant
        }
        let entitlement = payments.batches[payments.batches.count - 1].entitlement
        payments.append(
            amount: payment.amount,
            tag: Self.tag(payee: payment.pseudonym, entitlement: entitlement))
        if let roster = open.roster {
            rosterPositions[roster].paidPersons += payment.persons
            rosterPersons.append(UInt16(payment.persons))
        }
        lastBatch?.linesLeft -= 1
        lastBatch?.lineCount += 1
        lastBatch?.amountLeft -= payment.amount
        return effect
    }

    /// Tells payees and entitlements apart, nearly always; equal ones have equal tags.
    ///
    /// Two rounds of multiply-and-fold. Nothing is decided by it alone: equal tags are confirmed
    /// from the records, so that a chosen collision costs time and accuses nobody.
    static func tag(payee: UInt128, entitlement: Int32) -> UInt64 {
        let low = UInt64(truncatingIfNeeded: payee)
        let high = UInt64(truncatingIfNeeded: payee >> 64)
        let salt = UInt64(truncatingIfNeeded: entitlement) &* 0x9E37_79B9_7F4A_7C15
        let first = (low ^ 0xA076_1D64_78BD_642F ^ salt)
            .multipliedFullWidth(by: high ^ 0xE703_7ED1_A0B4_28DB)
        let second = (first.high ^ first.low)
            .multipliedFullWidth(by: low &+ salt | 1)
        return second.high ^ second.low ^ high
    }

    /// Whether lines of the last batch are still to come; asked at every record.
    private var hasOpenBatch: Bool { lastBatch?.linesLeft ?? 0 > 0 }

    /// Fails while lines of the last batch are still to come.
    @inline(__always)
    func requireNoOpenBatch() throws(RecordFault) {
        guard hasOpenBatch, let open = lastBatch else { return }
        throw Self.incomplete(open)
    }

    /// Ends a batch whose lines have not all come; its record and what is wrong with it.
    ///
    /// Called where the lines end. A batch that is complete stays as it is.
    public mutating func endBatch() -> (seq: Int, fault: RecordFault)? {
        guard hasOpenBatch, let open = lastBatch else { return nil }
        lastBatch?.linesLeft = 0
        return (open.seq, Self.incomplete(open))
    }

    private static func incomplete(_ open: OpenBatch) -> RecordFault {
        .dangling(
            Message(
                zh: "第 \(open.seq) 条批次还缺 \(open.linesLeft) 笔明细、共 "
                    + "\(Money(fen: open.amountLeft).text()) 元",
                en: "the batch of record \(open.seq) lacks \(open.linesLeft) payments of "
                    + "\(Money(fen: open.amountLeft).text()) yuan"))
    }
}

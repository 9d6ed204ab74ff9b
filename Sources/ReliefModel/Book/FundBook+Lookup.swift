// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

extension FundBook {
    /// A unit as messages name it: its name and id, or the id alone where it is not declared.
    public func name(_ id: UnitID) -> String {
        guard let unit = unitsByID[id] else { return id.description }
        return "\(unit.name)（\(id)）"
    }

    /// The unit that a record declared.
    public func unit(declaredAt seq: Int) -> Unit? {
        unitsByID.values.first { $0.seq == seq }
    }

    /// The policy in force for a record: the newest adopted before it.
    public func policy(inForceAt seq: Int) -> Policy? {
        policies.last { $0.seq < seq }?.policy
    }

    /// The plan that a record made.
    public func plan(seq: Int) -> Plan? { plansBySeq[seq] }

    /// The decision that a record made.
    public func decision(seq: Int) -> Decision? { decisionsBySeq[seq] }

    /// Every plan, in the order of recording.
    public var plans: [Plan] { plansBySeq.values.sorted { $0.seq < $1.seq } }

    /// Every decision, in the order of recording.
    public var decisions: [Decision] { decisionsBySeq.values.sorted { $0.seq < $1.seq } }

    /// The items of a plan with their ceilings, in its own order.
    public func ceilings(ofPlan seq: Int) -> [(item: String, ceiling: Ceiling)] {
        guard let plan = plansBySeq[seq] else { return [] }
        return zip(plan.entry.lines, plan.ceilings).map { ($0.item, ceilings[Int($1)]) }
    }

    /// The items of the replaced plan that a plan does not list, with what was used of them.
    public func droppedCeilings(ofPlan seq: Int) -> [(item: String, ceiling: Ceiling)] {
        guard let plan = plansBySeq[seq], let old = plan.entry.replaces.flatMap({ plansBySeq[$0] }),
            old.family == plan.family
        else { return [] }
        let items = Set(plan.entry.lines.map(\.item))
        return ceilings(ofPlan: old.seq).filter { !items.contains($0.item) }
    }

    /// The items of a decision with their ceilings, in its own order.
    public func ceilings(ofDecision seq: Int) -> [(item: DecisionEntry.Item, ceiling: Ceiling)] {
        guard let decision = decisionsBySeq[seq] else { return [] }
        return zip(decision.entry.items, decision.ceilings).map { ($0, ceilings[Int($1)]) }
    }

    /// Number of payments so far.
    public var paymentCount: Int { payments.count }

    /// Where a payment stands, by its record; nil where that is no payment.
    public func payment(seq: Int) -> PaymentPosition? {
        var payments = payments
        guard let (line, batch) = payments.find(seq: seq) else { return nil }
        return position(of: line, batch: payments.batches[batch])
    }

    /// Every payment of a batch, in order.
    public func payments(ofBatch seq: Int) -> [PaymentPosition] {
        let next = payments.batches.firstIndex(upperBoundOf: { $0.seq <= seq })
        guard next > 0, payments.batches[next - 1].seq == seq else { return [] }
        let batch = payments.batches[next - 1]
        return (batch.firstLine..<batch.firstLine + Int(batch.lineCount)).map {
            position(of: $0, batch: batch)
        }
    }

    /// Payments that failed or came back and wait for a reissue or a cancellation, in order.
    public var waitingPayments: [WaitingPayment] {
        failures.map { line, failure in
            let batch = payments.batches[payments.batch(ofLine: line)]
            return WaitingPayment(
                payment: position(of: line, batch: batch), since: failure.date,
                result: failure.seq)
        }
        .sorted { $0.payment.seq < $1.payment.seq }
    }

    /// Money that is owed back: what is left of each irregular and recoverable, in order.
    public var owedBack: [OwedBack] {
        targets.compactMap { target in
            guard [.irregular, .recoverable].contains(target.kind), target.left > 0 else {
                return nil
            }
            let account = accounts[Int(target.acting)]
            return OwedBack(
                seq: target.seq, kind: target.kind, unit: account.unit,
                grant: grants[account.grant].seq, amount: target.left)
        }
    }

    /// Whether anything was ever recorded as owed back.
    public var hasOwedBack: Bool {
        targets.contains { [.irregular, .recoverable].contains($0.kind) }
    }

    /// The business date of a batch's commitment.
    ///
    /// - Precondition: The record is a batch.
    public func batchDate(_ seq: Int) -> CivilDate {
        let next = payments.batches.firstIndex(upperBoundOf: { $0.seq <= seq })
        precondition(
            next > 0 && payments.batches[next - 1].seq == seq, "batchDate: \(seq) is no batch")
        return payments.batches[next - 1].date
    }

    /// Fen that nothing has undone, reclaimed or recovered of an entry; nil where it is none that
    /// could be.
    public func left(ofTarget seq: Int) -> Int64? { target(seq: seq).map { targets[$0].left } }

    /// Payments that may give one household the same thing twice: groups of equal tags, in order.
    ///
    /// Equal tags prove nothing: whoever uses this reads the payees from the records.
    public func possibleRepetitions() -> [[PaymentPosition]] {
        payments.repeatedLines().map { lines in
            lines.map { line in
                position(of: line, batch: payments.batches[payments.batch(ofLine: line)])
            }
        }
    }

    private func position(of line: Int, batch: PaymentBatch) -> PaymentPosition {
        let account = accounts[Int(batch.account)]
        let entitlement = entitlements[Int(batch.entitlement)]
        return PaymentPosition(
            seq: batch.seq + 1 + line - batch.firstLine, batch: batch.seq, unit: account.unit,
            grant: grants[account.grant].seq, amount: payments.amount(line), state: payments[line],
            purpose: entitlement.purpose, period: entitlement.period,
            cancelledBy: cancellations[line])
    }
}

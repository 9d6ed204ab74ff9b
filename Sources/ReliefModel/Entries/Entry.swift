// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// One entry, decoded: what ``FundBook`` applies.
///
/// Its content lies behind one reference, so that handing an entry on copies none of its texts.
public indirect enum Entry: Sendable, Equatable {
    case movement(Movement)
    case payment(Payment)
    case unit(UnitEntry)
    case policy(PolicyEntry)
    case event(EventEntry)
    case grant(GrantEntry)
    case plan(PlanEntry)
    case decision(DecisionEntry)
    case override(OverrideEntry)
    case batch(BatchEntry)
    case expense(ExpenseEntry)
    case irregular(IrregularEntry)
    case roster(RosterEntry)
    case notice(NoticeEntry)
    case objection(ObjectionEntry)
    case repurpose(RepurposeEntry)
    case carryover(CarryoverEntry)
    case settlement(SettlementEntry)
    case cofund(CofundEntry)
    case account(BankAccountEntry)
    case statement(StatementEntry)
    case reconciliation(ReconciliationEntry)
    case finding(FindingEntry)
    case resolution(ResolutionEntry)
    case close(CloseEntry)
    case disclosure(DisclosureEntry)
    case amend(Amendment)

    /// The kind's wire name.
    public var kind: EntryKind {
        switch self {
        case .movement(let movement): movement.kind
        case .payment: .payment
        case .unit: .unit
        case .policy: .policy
        case .event: .event
        case .grant: .grant
        case .plan: .plan
        case .decision: .decision
        case .override: .override
        case .batch: .batch
        case .expense: .expense
        case .irregular: .irregular
        case .roster: .roster
        case .notice: .notice
        case .objection: .objection
        case .repurpose: .repurpose
        case .carryover: .carryover
        case .settlement: .settlement
        case .cofund: .cofund
        case .account: .account
        case .statement: .statement
        case .reconciliation: .reconciliation
        case .finding: .finding
        case .resolution: .resolution
        case .close: .close
        case .disclosure: .disclosure
        case .amend: .amend
        }
    }

    /// The grant that the entry is about, by seq.
    ///
    /// - Parameter seq: The entry's own number, for a grant is its own.
    public func grant(seq: Int) -> Int? {
        switch self {
        case .movement(let movement): movement.grant
        case .payment(let payment): payment.grant
        case .grant: seq
        case .plan(let plan): plan.grant
        case .decision(let decision): decision.grant
        case .override(let override): override.grant
        case .batch(let batch): batch.spending.grant
        case .expense(let expense): expense.spending.grant
        case .irregular(let irregular): irregular.grant
        case .roster(let roster): roster.grant
        case .notice(let notice): notice.grant
        case .repurpose(let repurpose): repurpose.grant
        case .carryover(let carryover): carryover.grant
        case .settlement(let settlement): settlement.grant
        case .cofund(let cofund): cofund.grant
        case .unit, .policy, .event, .objection, .account, .statement, .reconciliation, .finding,
            .resolution, .close, .disclosure, .amend:
            nil
        }
    }

    /// The unit that acts; nil for kinds that concern the ledger as a whole.
    public var unit: UnitID? {
        switch self {
        case .movement(let movement): movement.unit
        case .payment(let payment): payment.unit
        case .unit(let unit): unit.parent
        case .event(let event): event.unit
        case .grant(let grant): grant.unit
        case .plan(let plan): plan.unit
        case .decision(let decision): decision.unit
        case .override(let override): override.unit
        case .batch(let batch): batch.spending.unit
        case .expense(let expense): expense.spending.unit
        case .irregular(let irregular): irregular.unit
        case .roster(let roster): roster.unit
        case .notice(let notice): notice.unit
        case .objection(let objection): objection.unit
        case .repurpose(let repurpose): repurpose.unit
        case .carryover(let carryover): carryover.unit
        case .settlement(let settlement): settlement.unit
        case .cofund(let cofund): cofund.unit
        case .account(let account): account.unit
        case .statement(let statement): statement.unit
        case .reconciliation(let reconciliation): reconciliation.unit
        case .finding(let finding): finding.unit
        case .resolution(let resolution): resolution.unit
        case .close(let close): close.unit
        case .disclosure(let disclosure): disclosure.unit
        case .policy, .amend: nil
        }
    }

    /// Fen, for the kinds that state an amount.
    public var amount: Int64? {
        switch self {
        case .movement(let movement): movement.amount
        case .payment(let payment): payment.amount
        case .grant(let grant): grant.amount
        case .override(let override): override.amount
        case .batch(let batch): batch.spending.amount
        case .expense(let expense): expense.spending.amount
        case .irregular(let irregular): irregular.amount
        case .roster(let roster): roster.amount
        case .notice(let notice): notice.amount
        case .repurpose(let repurpose): repurpose.amount
        case .carryover(let carryover): carryover.amount
        case .settlement(let settlement): settlement.amount
        case .cofund(let cofund): cofund.amount
        case .finding(let finding): finding.amount
        case .disclosure(let disclosure): disclosure.amount
        case .unit, .policy, .event, .plan, .decision, .objection, .account, .statement,
            .reconciliation, .resolution, .close, .amend:
            nil
        }
    }

    /// The business date, for the kinds that state one.
    public var date: CivilDate? {
        switch self {
        case .movement(let movement): movement.date
        case .event(let event): event.date
        case .grant(let grant): grant.date
        case .plan(let plan): plan.date
        case .decision(let decision): decision.date
        case .override(let override): override.date
        case .batch(let batch): batch.spending.date
        case .expense(let expense): expense.spending.date
        case .irregular(let irregular): irregular.date
        case .roster(let roster): roster.date
        case .notice(let notice): notice.date
        case .objection(let objection): objection.date
        case .repurpose(let repurpose): repurpose.date
        case .carryover(let carryover): carryover.date
        case .settlement(let settlement): settlement.date
        case .cofund(let cofund): cofund.date
        case .account(let account): account.date
        case .statement(let statement): statement.date
        case .reconciliation(let reconciliation): reconciliation.date
        case .finding(let finding): finding.date
        case .resolution(let resolution): resolution.date
        case .close(let close): close.date
        case .disclosure(let disclosure): disclosure.date
        case .payment, .unit, .policy, .amend: nil
        }
    }

    /// The paper of an entry that keeps it; movements keep theirs as a stamp.
    public var document: Document? {
        switch self {
        case .event(let event): event.document
        case .grant(let grant): grant.document
        case .plan(let plan): plan.document
        case .decision(let decision): decision.document
        case .override(let override): override.document
        case .batch(let batch): batch.spending.document
        case .expense(let expense): expense.spending.document
        case .irregular(let irregular): irregular.document
        case .roster(let roster): roster.document
        case .notice(let notice): notice.document
        case .objection(let objection): objection.document
        case .repurpose(let repurpose): repurpose.document
        case .carryover(let carryover): carryover.document
        case .settlement(let settlement): settlement.document
        case .cofund(let cofund): cofund.document
        case .account(let account): account.document
        case .statement(let statement): statement.document
        case .reconciliation(let reconciliation): reconciliation.document
        case .finding(let finding): finding.document
        case .resolution(let resolution): resolution.document
        case .close(let close): close.document
        case .disclosure(let disclosure): disclosure.document
        case .movement, .payment, .unit, .policy, .amend: nil
        }
    }

    /// Whether the entry is about an amount of money of a grant, moved or acknowledged.
    public var movesMoney: Bool {
        switch self {
        case .movement, .payment, .grant, .batch, .expense, .irregular, .repurpose, .carryover,
            .settlement:
            true
        case .unit, .policy, .event, .plan, .decision, .override, .roster, .notice, .objection,
            .cofund, .account, .statement, .reconciliation, .finding, .resolution, .close,
            .disclosure, .amend:
            false
        }
    }
}

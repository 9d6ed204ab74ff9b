// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// All rules, each by its own type, so that an entry meets them without an existential.
struct RuleSet: Sendable {
    var e01 = E01OutsidePurpose()
    var e02 = E02CrossGrant()
    var e03 = E03ForbiddenItem()
    var e04 = E04OutOfScope()
    var e05 = E05MixedAccounts()
    var e06 = E06Repurposed()
    var e07 = E07Unstated()
    var e08 = E08OwedBack()
    var b01 = B01Unplanned()
    var b02 = B02OverPlan()
    var b03 = B03OverAllocation()
    var b04 = B04NegativeBalance()
    var b05 = B05CarryOver()
    var b06 = B06CofundShort()
    var b07 = B07Unsettled()
    var b08 = B08OverTarget()
    var a01 = A01Undecided()
    var a02 = A02PaidBeforeDecision()
    var a03 = A03BeyondDecision()
    var a04 = A04SelfApproved()
    var a05 = A05OftenOverridden()
    var a06 = A06DocumentOrder()
    var a07 = A07Authority()
    var t01 = T01HeldBack()
    var t02 = T02PaidLate()
    var t03 = T03MissedSeason()
    var t04 = T04LateRecording()
    var t05 = T05YearEndRush()
    var r02 = R02PaidTwice()
    var r04 = R04WrongRate()
    var r05 = R05RosterMismatch()
    var r07 = R07EqualSplit()
    var c02 = C02StatementDiffers()
    var c01 = C01BooksDiffer()
    var c03 = C03BankDiffers()
    var c04 = C04StatementGap()
    var c05 = C05UnresolvedFailure()
    var c06 = C06EvidenceMissing()
    var f01 = F01Structured()
    var f02 = F02BelowThreshold()
    var f03 = F03PaidAgain()
    var f04 = F04RoundAmounts()
    var f05 = F05LeadingDigits()
    var f06 = F06OffHours()
    var f07 = F07OddReversal()
    var f09 = F09OneSupplier()
    var d01 = D01Unannounced()
    var d02 = D02DisclosureDiffers()
    var d04 = D04NotDisclosed()

    mutating func observe(
        _ movement: Movement, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: inout FundBook, into findings: inout [Finding]
    ) {
        e02.observe(movement, effect, seal, in: &book, into: &findings)
        e04.observe(movement, effect, seal, in: &book, into: &findings)
        e07.observe(movement, effect, seal, in: &book, into: &findings)
        b03.observe(movement, effect, seal, in: &book, into: &findings)
        b04.observe(movement, effect, seal, in: &book, into: &findings)
        b08.observe(movement, effect, seal, in: &book, into: &findings)
        a06.observe(movement, effect, seal, in: &book, into: &findings)
        t04.observe(movement, effect, seal, in: &book, into: &findings)
        switch movement.kind {
        case .receipt: t02.note(receipt: movement)
        case .reversal: f07.note(reversal: movement)
        default: return
        }
    }

    mutating func observe(
        _ payment: Payment, _ effect: Effect, in book: inout FundBook,
        into findings: inout [Finding]
    ) {
        e02.observe(payment, effect, in: &book, into: &findings)
        r04.observe(payment, effect, in: &book, into: &findings)
        r05.observe(payment, effect, in: &book, into: &findings)
    }

    mutating func observe(
        _ entry: Entry, seq: Int, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        if let recorded = RecordedSpending(entry, seq: seq, in: book) {
            observe(recorded, effect, seal, in: book, into: &findings)
        }
        e02.observe(entry, seq: seq, effect, seal, in: book, into: &findings)
        e04.observe(entry, seq: seq, effect, seal, in: book, into: &findings)
        e06.observe(entry, seq: seq, effect, seal, in: book, into: &findings)
        e07.observe(entry, seq: seq, effect, seal, in: book, into: &findings)
        b02.observe(entry, seq: seq, effect, seal, in: book, into: &findings)
        b04.observe(entry, seq: seq, effect, seal, in: book, into: &findings)
        b05.observe(entry, seq: seq, effect, seal, in: book, into: &findings)
        a04.observe(entry, seq: seq, effect, seal, in: book, into: &findings)
        a06.observe(entry, seq: seq, effect, seal, in: book, into: &findings)
        t04.observe(entry, seq: seq, effect, seal, in: book, into: &findings)
        r04.observe(entry, seq: seq, effect, seal, in: book, into: &findings)
        r05.observe(entry, seq: seq, effect, seal, in: book, into: &findings)
        d01.observe(entry, seq: seq, effect, seal, in: book, into: &findings)
    }

    private mutating func observe(
        _ recorded: RecordedSpending, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        e01.observe(recorded, effect, seal, in: book, into: &findings)
        e02.observe(recorded, effect, seal, in: book, into: &findings)
        e03.observe(recorded, effect, seal, in: book, into: &findings)
        e04.observe(recorded, effect, seal, in: book, into: &findings)
        b01.observe(recorded, effect, seal, in: book, into: &findings)
        b02.observe(recorded, effect, seal, in: book, into: &findings)
        a01.observe(recorded, effect, seal, in: book, into: &findings)
        a02.observe(recorded, effect, seal, in: book, into: &findings)
        a03.observe(recorded, effect, seal, in: book, into: &findings)
        a04.observe(recorded, effect, seal, in: book, into: &findings)
        t05.observe(recorded, effect, seal, in: book, into: &findings)
    }

    /// What the whole book says in the end.
    func concludeBook(
        _ book: borrowing FundBook, signers: Signers, asOf: CivilDate,
        into findings: inout [Finding]
    ) {
        e08.conclude(book, asOf: asOf, into: &findings)
        b04.conclude(book, asOf: asOf, into: &findings)
        a05.conclude(book, signers: signers, into: &findings)
        a06.conclude(book, asOf: asOf, into: &findings)
        t01.conclude(book, asOf: asOf, into: &findings)
        t02.conclude(book, asOf: asOf, into: &findings)
        t03.conclude(book, asOf: asOf, into: &findings)
        t05.conclude(book, asOf: asOf, into: &findings)
        r07.conclude(book, asOf: asOf, into: &findings)
        e05.conclude(book, asOf: asOf, into: &findings)
        b06.conclude(book, asOf: asOf, into: &findings)
        b07.conclude(book, asOf: asOf, into: &findings)
        c01.conclude(book, asOf: asOf, into: &findings)
        c03.conclude(book, asOf: asOf, into: &findings)
        c04.conclude(book, asOf: asOf, into: &findings)
        c05.conclude(book, asOf: asOf, into: &findings)
        d04.conclude(book, asOf: asOf, into: &findings)
    }

    /// What shows only among many expenses, postings or reversals.
    ///
    /// - Parameter expenses: Those that are not wholly undone.
    func concludeSeries(
        _ book: borrowing FundBook, _ expenses: [ExpensePosition], signers: Signers,
        into findings: inout [Finding]
    ) {
        f01.conclude(book, expenses, into: &findings)
        f02.conclude(book, expenses, into: &findings)
        f03.conclude(book, expenses, into: &findings)
        f04.conclude(book, expenses, into: &findings)
        f05.conclude(book, expenses, into: &findings)
        f06.conclude(signers, into: &findings)
        f07.conclude(book, signers: signers, into: &findings)
        f09.conclude(book, expenses, into: &findings)
    }

    /// What each rule says when it has no finding, in the order of the report.
    ///
    /// - Parameter expenses: Those that are not wholly undone.
    func silences(
        _ book: borrowing FundBook, _ expenses: [ExpensePosition], _ signers: Signers
    ) -> [(RuleInfo, RuleStatus)] {
        [
            (E01OutsidePurpose.info, e01.silence(book)), (E02CrossGrant.info, e02.silence(book)),
            (E03ForbiddenItem.info, e03.silence(book)), (E04OutOfScope.info, e04.silence(book)),
            (E05MixedAccounts.info, e05.silence(book)),
            (E06Repurposed.info, e06.silence(book)),
            (E07Unstated.info, e07.silence(book)), (E08OwedBack.info, e08.silence(book)),
            (B01Unplanned.info, b01.silence(book)), (B02OverPlan.info, b02.silence(book)),
            (B03OverAllocation.info, b03.silence(book)),
            (B04NegativeBalance.info, b04.silence(book)), (B05CarryOver.info, b05.silence(book)),
            (B06CofundShort.info, b06.silence(book)), (B07Unsettled.info, b07.silence(book)),
            (B08OverTarget.info, b08.silence(book)),
            (A01Undecided.info, a01.silence(book)),
            (A02PaidBeforeDecision.info, a02.silence(book)),
            (A03BeyondDecision.info, a03.silence(book)),
            (A04SelfApproved.info, a04.silence(book)),
            (A05OftenOverridden.info, a05.silence(book)),
            (A06DocumentOrder.info, a06.silence(book)),
            (A07Authority.info, a07.silence(book)), (T01HeldBack.info, t01.silence(book)),
            (T02PaidLate.info, t02.silence(book)), (T03MissedSeason.info, t03.silence(book)),
            (T04LateRecording.info, t04.silence(book)), (T05YearEndRush.info, t05.silence(book)),
            (R02PaidTwice.info, r02.silence(book)),
            (R04WrongRate.info, r04.silence(book)), (R05RosterMismatch.info, r05.silence(book)),
            (R07EqualSplit.info, r07.silence(book)),
            (C02StatementDiffers.info, c02.silence(book)),
            (C01BooksDiffer.info, c01.silence(book)), (C03BankDiffers.info, c03.silence(book)),
            (C04StatementGap.info, c04.silence(book)),
            (C05UnresolvedFailure.info, c05.silence(book)),
            (C06EvidenceMissing.info, c06.silence(book)),
            (F01Structured.info, f01.silence(book)), (F02BelowThreshold.info, f02.silence(book)),
            (F03PaidAgain.info, f03.silence(book)), (F04RoundAmounts.info, f04.silence(expenses)),
            (F05LeadingDigits.info, f05.silence(expenses)),
            (F06OffHours.info, f06.silence(signers)),
            (F07OddReversal.info, f07.silence(book)), (F09OneSupplier.info, f09.silence(book)),
            (D01Unannounced.info, d01.silence(book)),
            (D02DisclosureDiffers.info, d02.silence(book)),
            (D04NotDisclosed.info, d04.silence(book)),
        ]
    }

    /// The codes that an override may name, in the order of the report.
    static let overridableCodes = RuleSet().silences(FundBook(), [], Signers()).map(\.0)
        .filter(\.isOverridable).map(\.code.rawValue)
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// All rules, each by its own type, so that an entry meets them without an existential.
struct RuleSet: Sendable {
    var e04 = E04OutOfScope()
    var e07 = E07Unstated()
    var b03 = B03OverAllocation()
    var b04 = B04NegativeBalance()
    var a06 = A06DocumentOrder()
    var a07 = A07Authority()
    var t01 = T01HeldBack()
    var t04 = T04LateRecording()

    mutating func observe(
        _ movement: Movement, _ effect: Effect, _ seal: SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        e04.observe(movement, effect, seal, in: book, into: &findings)
        e07.observe(movement, effect, seal, in: book, into: &findings)
        b03.observe(movement, effect, seal, in: book, into: &findings)
        b04.observe(movement, effect, seal, in: book, into: &findings)
        a06.observe(movement, effect, seal, in: book, into: &findings)
        t04.observe(movement, effect, seal, in: book, into: &findings)
    }

    mutating func observe(
        _ entry: Entry, seq: Int, _ seal: SealingContext, in book: borrowing FundBook,
        into findings: inout [Finding]
    ) {
        e07.observe(entry, seq: seq, seal, in: book, into: &findings)
        t04.observe(entry, seq: seq, seal, in: book, into: &findings)
    }

    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {
        b04.conclude(book, asOf: asOf, into: &findings)
        a06.conclude(book, asOf: asOf, into: &findings)
        t01.conclude(book, asOf: asOf, into: &findings)
    }

    /// What each rule says when it has no finding, in the order of the report.
    func silences(_ book: borrowing FundBook) -> [(RuleInfo, RuleStatus)] {
        [
            (E04OutOfScope.info, e04.silence(book)), (E07Unstated.info, e07.silence(book)),
            (B03OverAllocation.info, b03.silence(book)),
            (B04NegativeBalance.info, b04.silence(book)),
            (A06DocumentOrder.info, a06.silence(book)), (A07Authority.info, a07.silence(book)),
            (T01HeldBack.info, t01.silence(book)), (T04LateRecording.info, t04.silence(book)),
        ]
    }
}

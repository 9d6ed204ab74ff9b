// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// T04 补记/倒签: an entry is recorded long after its business date, or before it.
struct T04LateRecording: Rule {
    static let info = RuleInfo(
        code: .t04, severity: .warning, isOverridable: true, isRefusedByWriter: false,
        title: Message(zh: "补记或倒签", en: "recorded late, or ahead of its date"),
        citation: Message(
            zh: "会计法第15条（依次登记）；时限为政策所定，法律没有天数",
            en:
                "Accounting Law Art. 15 (entries in order); the limit is the policy's, no law sets one"
        ),
        documentation: Message(
            zh: "记账日（本批 at 换算为北京时间的日期）比业务日期晚于政策所定的天数，或业务日期在记账日之后，即提示。"
                + "政策没有记账时限的不检查（如据公开资料补录的账本）。"
                + "业务日期在本单位（或其上级）此前已结账的期间之内的，无论有无记账时限，都提示。",
            en:
                "Fires where the day of recording (the posting's at, in Beijing time) is later than the "
                + "business date by more than the policy allows, or earlier than it. Not checked where "
                + "the policy sets no recording clock, as in a ledger transcribed from published "
                + "figures. Fires, too, with or without a clock, where the date lies in a period for "
                + "which the books of the unit, or of one above it, were closed before."))

    private var checkedCount = 0
    /// The last business date found to be in time, and the posting for which it was.
    private var passed: (date: CivilDate, postingSeq: Int)?

    mutating func observe(
        _ movement: Movement, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: inout FundBook, into findings: inout [Finding]
    ) {
        check(
            movement.date, movement.amount, seq: movement.seq, unit: movement.unit,
            grant: movement.grant, seal, book, &findings)
    }

    mutating func observe(
        _ entry: Entry, seq: Int, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        switch entry {
        case .grant, .batch, .expense, .irregular, .roster, .notice, .repurpose, .carryover,
            .settlement:
            guard let date = entry.date, let unit = entry.unit, let grant = entry.grant(seq: seq),
                let amount = entry.amount
            else { return }
            check(date, amount, seq: seq, unit: unit, grant: grant, seal, book, &findings)
        default: return
        }
    }

    @inline(__always)
    private mutating func check(
        _ date: CivilDate, _ amount: Int64, seq: Int, unit: UnitID, grant: Int,
        _ seal: borrowing SealingContext, _ book: borrowing FundBook, _ findings: inout [Finding]
    ) {
        if date.day <= book.lastClosedDay {
            checkClosed(date, amount, seq: seq, unit: unit, grant: grant, book, &findings)
        }
        if let passed, passed.date == date, passed.postingSeq == seal.postingSeq {
            checkedCount += 1
            return
        }
        checkLate(date, amount, seq: seq, unit: unit, grant: grant, seal, book, &findings)
    }

    /// Looks up the clock; once for a posting and date.
    @inline(never)
    private mutating func checkLate(
        _ date: CivilDate, _ amount: Int64, seq: Int, unit: UnitID, grant: Int,
        _ seal: borrowing SealingContext, _ book: borrowing FundBook, _ findings: inout [Finding]
    ) {
        guard let policy = book.policy?.policy, let clock = policy.clock(.recording, at: nil) else {
            return
        }
        checkedCount += 1
        let recorded = seal.recorded
        let breach = Finding.Breach(amount: amount, date: date)
        guard date <= recorded else {
            findings.append(
                Finding(
                    Self.info, seq: seq, unit: unit, grant: grant,
                    Message(
                        zh: "业务日期 \(date) 在记账日 \(recorded) 之后",
                        en: "dated \(date), after the day it was recorded, \(recorded)"),
                    expected: .text("≤ \(recorded)"), actual: .text("\(date)"),
                    difference: Int64(date.day - recorded.day), breach: breach))
            return
        }
        guard let due = policy.deadline(clock, after: date), due < recorded else {
            passed = (date, seal.postingSeq)
            return
        }
        findings.append(
            Finding(
                Self.info, seq: seq, unit: unit, grant: grant,
                Message(
                    zh: "业务日期 \(date)，至 \(recorded) 才记账；政策限 \(clock.days) 天，应不晚于 \(due)",
                    en:
                        "dated \(date) and recorded on \(recorded) only; the policy allows \(clock.days) "
                        + "days, until \(due)"),
                expected: .text("≤ \(due)"), actual: .text("\(recorded)"),
                difference: Int64(recorded.day - due.day), breach: breach))
    }

    /// Reports a date in a period that is closed for the unit; no recording clock is asked.
    @inline(never)
    private func checkClosed(
        _ date: CivilDate, _ amount: Int64, seq: Int, unit: UnitID, grant: Int,
        _ book: borrowing FundBook, _ findings: inout [Finding]
    ) {
        guard let closing = book.closing(of: unit), date <= closing.until else { return }
        let until = closing.until
        findings.append(
            Finding(
                Self.info, seq: seq, unit: unit, grant: grant,
                Message(
                    zh: "业务日期 \(date) 在已结账的期间之内（第 \(closing.seq) 条，结至 \(until)）；"
                        + "请以当期日期记账，并注明原期间",
                    en: "dated \(date), in a period that record \(closing.seq) closed, through "
                        + "\(until); date it in the current period and say which one it is of"),
                expected: .text("> \(until)"), actual: .text("\(date)"),
                difference: Int64(until.day - date.day) + 1,
                breach: Finding.Breach(amount: amount, date: date)))
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        checkedCount > 0 || book.lastClosedDay > .min
            ? .clean
            : .notApplicable(
                Message(
                    zh: "政策没有记账时限，也没有结过账，或没有资金记录",
                    en:
                        "the policy sets no recording clock and no books were closed, or there is no money entry"
                ))
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import LedgerLog
internal import ReliefModel

/// The stable codes of the rules that are evaluated here (MODEL-AND-RULES §7, and those added).
public enum RuleCode: String, Sendable, CaseIterable {
    case e01 = "E01"
    case e02 = "E02"
    case e03 = "E03"
    case e04 = "E04"
    case e05 = "E05"
    case e06 = "E06"
    case e07 = "E07"
    case e08 = "E08"
    case b01 = "B01"
    case b02 = "B02"
    case b03 = "B03"
    case b04 = "B04"
    case b05 = "B05"
    case b06 = "B06"
    case b07 = "B07"
    case b08 = "B08"
    case a01 = "A01"
    case a02 = "A02"
    case a03 = "A03"
    case a04 = "A04"
    case a05 = "A05"
    case a06 = "A06"
    case a07 = "A07"
    case t01 = "T01"
    case t02 = "T02"
    case t03 = "T03"
    case t04 = "T04"
    case t05 = "T05"
    case r02 = "R02"
    case r04 = "R04"
    case r05 = "R05"
    case r07 = "R07"
    case c02 = "C02"
    case c01 = "C01"
    case c03 = "C03"
    case c04 = "C04"
    case c05 = "C05"
    case c06 = "C06"
    case f01 = "F01"
    case f02 = "F02"
    case f03 = "F03"
    case f04 = "F04"
    case f05 = "F05"
    case f06 = "F06"
    case f07 = "F07"
    case f09 = "F09"
    case d01 = "D01"
    case d02 = "D02"
    case d04 = "D04"
    case i01 = "I01"
    case i02 = "I02"
    case i03 = "I03"
    case i04 = "I04"
}

/// What a rule is: its name, weight, law and documentation, in both languages.
public struct RuleInfo: Sendable {
    /// Stable code.
    public let code: RuleCode
    /// Weight of its findings.
    public let severity: Severity
    /// Whether a second person may admit a breach.
    public let isOverridable: Bool
    /// Whether the writer refuses an entry that adds such a finding.
    public let isRefusedByWriter: Bool
    /// Its name.
    public let title: Message
    /// Law, regulation or policy behind it.
    public let citation: Message
    /// When it fires, what it leaves out and what it assumes.
    public let documentation: Message
}

/// Whether a rule had anything to say about a ledger.
///
/// Silence is never "fine".
public enum RuleStatus: Sendable, Equatable {
    /// It has findings.
    case fired
    /// It looked at everything that it applies to and found nothing.
    case clean
    /// There is nothing that it applies to.
    case notApplicable(Message)
    /// Something that it needs is missing.
    case notEvaluable(Message)

    /// The word of the JSON report.
    public var word: String {
        switch self {
        case .fired: "fired"
        case .clean: "clean"
        case .notApplicable: "notApplicable"
        case .notEvaluable: "notEvaluable"
        }
    }

    /// Why it is not applicable or not evaluable.
    public var reason: Message? {
        switch self {
        case .fired, .clean: nil
        case .notApplicable(let reason), .notEvaluable(let reason): reason
        }
    }
}

/// What rules need to know of the posting that an entry stands in.
struct SealingContext: Sendable {
    /// The header's seq.
    let postingSeq: Int
    /// The day of recording, in China.
    let recorded: CivilDate
    /// The unit, role and person of the sealing key; nil when the key is unknown.
    let unit: UnitID?
    let role: KeyRole?
    let person: PersonID?

    init(_ posting: OpenPosting) {
        postingSeq = posting.seq
        recorded = BusinessDay.of(posting.header.at)
        unit = posting.signer?.unit
        role = posting.signer?.role
        person = posting.signer?.person
    }
}

/// A batch or an expense, as rules look at both.
struct RecordedSpending: Sendable {
    let spending: Spending
    /// `batch` or `expense`.
    let kind: EntryKind
    let seq: Int
    /// The one payee of an expense.
    let payee: PayeeID?
    /// The plan that it cites.
    let plan: Plan?
    /// The decision that it cites.
    let decision: Decision?

    init?(_ entry: Entry, seq: Int, in book: borrowing FundBook) {
        switch entry {
        case .batch(let batch):
            spending = batch.spending
            payee = nil
        case .expense(let expense):
            spending = expense.spending
            payee = expense.payee
        default:
            return nil
        }
        kind = entry.kind
        self.seq = seq
        plan = if let cited = spending.plan { book.plan(seq: cited) } else { nil }
        decision = if let cited = spending.decision { book.decision(seq: cited) } else { nil }
    }

    /// What an override of a rule that this spending breaks must cover.
    var breach: Finding.Breach {
        Finding.Breach(amount: spending.amount, payee: payee, date: spending.date)
    }
}

/// One rule of compliance.
///
/// A rule is one file; it sees every entry once, in order.
/// Movements and payments come by the million and have a way of their own, without text and
/// references. Their book is `inout` though no rule changes it: a borrowed value of its size is
/// copied for every call, an `inout` one is handed on where it lies.
protocol Rule: Sendable {
    /// What the rule is.
    static var info: RuleInfo { get }
    init()
    /// Looks at a movement after it has been applied.
    mutating func observe(
        _ movement: Movement, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: inout FundBook, into findings: inout [Finding])
    /// Looks at a payment after it has been applied.
    mutating func observe(
        _ payment: Payment, _ effect: Effect, in book: inout FundBook,
        into findings: inout [Finding])
    /// Looks at a batch or expense after it has been applied.
    mutating func observe(
        _ recorded: RecordedSpending, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding])
    /// Looks at any entry that is no movement and no payment after it has been applied; also at
    /// batches and expenses.
    mutating func observe(
        _ entry: Entry, seq: Int, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding])
    /// Looks at the whole book, as of a date; adds findings that no single entry shows.
    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding])
    /// What the rule says when it has no finding.
    func silence(_ book: borrowing FundBook) -> RuleStatus
}

extension Rule {
    mutating func observe(
        _ movement: Movement, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: inout FundBook, into findings: inout [Finding]
    ) {}
    mutating func observe(
        _ payment: Payment, _ effect: Effect, in book: inout FundBook,
        into findings: inout [Finding]
    ) {}
    mutating func observe(
        _ recorded: RecordedSpending, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {}
    mutating func observe(
        _ entry: Entry, seq: Int, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {}
    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {}
}

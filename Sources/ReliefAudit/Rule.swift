// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import LedgerLog
internal import ReliefModel

/// The stable codes of the rules that are evaluated here (MODEL-AND-RULES §7, and those added).
public enum RuleCode: String, Sendable, CaseIterable {
    case e04 = "E04"
    case e07 = "E07"
    case b03 = "B03"
    case b04 = "B04"
    case a06 = "A06"
    case a07 = "A07"
    case t01 = "T01"
    case t04 = "T04"
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

/// What rules need to know of the posting that an entry stands in, as a plain value.
struct SealingContext: Sendable {
    /// The header's seq.
    let postingSeq: Int
    /// The day of recording, in China.
    let recorded: CivilDate
    /// The unit and role of the sealing key; nil when the key is unknown.
    let unit: UnitID?
    let role: KeyRole?

    init(_ posting: OpenPosting) {
        postingSeq = posting.seq
        recorded = BusinessDay.of(posting.header.at)
        unit = posting.signer?.unit
        role = posting.signer?.role
    }
}

/// One rule of compliance.
///
/// A rule is one file; it sees every entry once, in order.
/// Movements come by the million and have a way of their own, without text and references.
protocol Rule: Sendable {
    /// What the rule is.
    static var info: RuleInfo { get }
    init()
    /// Looks at a movement after it has been applied.
    mutating func observe(
        _ movement: Movement, _ effect: Effect, _ seal: SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding])
    /// Looks at any other entry after it has been applied.
    mutating func observe(
        _ entry: Entry, seq: Int, _ seal: SealingContext, in book: borrowing FundBook,
        into findings: inout [Finding])
    /// Looks at the whole book, as of a date; adds findings that no single entry shows.
    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding])
    /// What the rule says when it has no finding.
    func silence(_ book: borrowing FundBook) -> RuleStatus
}

extension Rule {
    mutating func observe(
        _ movement: Movement, _ effect: Effect, _ seal: SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {}
    mutating func observe(
        _ entry: Entry, seq: Int, _ seal: SealingContext, in book: borrowing FundBook,
        into findings: inout [Finding]
    ) {}
    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {}
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import ReliefModel

/// How much a finding weighs.
public enum Severity: String, Sendable, CaseIterable {
    /// The writer never records it as compliant; a violation when found in a ledger.
    case refuse
    /// A violation.
    case violation
    /// Needs an explanation; never changes the exit code.
    case warning
    /// A signal where to look, never an accusation.
    case lead

    /// Whether a ledger with such a finding is not compliant.
    public var isViolation: Bool { self == .refuse || self == .violation }
}

/// What a rule found at one record.
public struct Finding: Sendable, Equatable {
    /// The rule's code.
    public let rule: RuleCode
    /// The rule's severity.
    public let severity: Severity
    /// The record.
    public let seq: Int
    /// The unit concerned.
    public let unit: UnitID?
    /// The grant concerned, by seq.
    public let grant: Int?
    /// What is wrong, and the next thing to do.
    public var message: Message
    /// What the rule demands: fen, or the text of a date or unit.
    public let expected: Value?
    /// What the record says.
    public let actual: Value?
    /// By how much: of what, `differenceValue` says.
    public let difference: Int64?
    /// The override that admits it, by seq.
    public internal(set) var overriddenBy: Int?
    /// What an override would have to cover; nil where none can.
    public let breach: Breach?

    /// A figure or a word.
    public enum Value: Sendable, Equatable {
        /// Fen.
        case money(Int64)
        /// Days.
        case days(Int)
        /// Anything that is no amount.
        case text(String)
    }

    /// The difference as what it is of: fen; days where days or dates are compared, or a notice's
    /// days are counted; else whatever the other two figures count.
    public var differenceValue: Value? {
        guard let difference else { return nil }
        return switch actual {
        case .money: .money(difference)
        case .days: .days(Int(clamping: difference))
        case .text(let actual)
        where rule == .d01
            || actual.split(separator: " ").contains { CivilDate(String($0)) != nil }:
            .days(Int(clamping: difference))
        default: .text(String(difference))
        }
    }

    /// The part of an entry that an override must name (DESIGN, Authority).
    public struct Breach: Sendable, Equatable {
        /// Fen that go against the rule's letter.
        public let amount: Int64
        /// Who is paid, where one payee is.
        public internal(set) var payee: PayeeID?
        /// The entry's business date.
        public let date: CivilDate
        /// Whether the rule looked at the whole book, so that the override may come later.
        public internal(set) var isConcluded = false
        /// Whether the entry may break the rule in several places, each with its own amount.
        public internal(set) var isPart = false
    }

    init(
        _ info: RuleInfo, seq: Int, unit: UnitID?, grant: Int? = nil, _ message: Message,
        expected: Value? = nil, actual: Value? = nil, difference: Int64? = nil,
        breach: Breach? = nil
    ) {
        rule = info.code
        severity = info.severity
        self.seq = seq
        self.unit = unit
        self.grant = grant
        self.message = message
        self.expected = expected
        self.actual = actual
        self.difference = difference
        self.breach = breach
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

extension Policy {
    /// What money is for (用途), and what it may buy.
    public struct Purpose: Sendable, Equatable {
        /// 1 to 8 of `A–Z 0–9`.
        public let code: String
        /// The name for people.
        public let name: Message
        /// The codes of the items it may buy.
        public let buys: [String]
        /// The rule it rests on.
        public let citation: String
    }

    /// A kind of expense.
    public struct Item: Sendable, Equatable {
        /// 1 to 16 letters and digits, a lower-case letter first.
        public let code: String
        /// The name for people.
        public let name: Message
        /// Whether it is never payable from relief money.
        public let isForbidden: Bool
        /// The rule it rests on.
        public let citation: String
    }

    /// An amount from which a further duty applies.
    public struct Threshold: Sendable, Equatable {
        /// Which duty.
        public let code: ThresholdCode
        /// The amount.
        public let amount: Money
        /// Whether the amount itself is already covered.
        public let isInclusive: Bool
        /// What is measured against it.
        public let covers: [Covered]
        /// The rule it rests on.
        public let citation: String

        /// Whether an amount of the given kind falls under the duty.
        public func applies(to amount: Money, of kind: Covered) -> Bool {
            covers.contains(kind) && (isInclusive ? amount >= self.amount : amount > self.amount)
        }
    }

    /// A duty that a threshold starts.
    public enum ThresholdCode: String, Sendable, CaseIterable {
        /// 集体研究: a collective decision.
        case collective
    }

    /// What a threshold measures.
    public enum Covered: String, Sendable, CaseIterable {
        /// One expense.
        case expense
        /// The total of a batch of payments.
        case batch
    }

    /// A term in days.
    public struct Clock: Sendable, Equatable {
        /// Which duty it limits.
        public let code: ClockCode
        /// The level it binds; nil for every level that has no clock of its own.
        public let level: ClockLevel?
        /// The number of days.
        public let days: Int
        /// Which days count.
        public let calendar: DayCount
        /// The rule it rests on.
        public let citation: String
        /// Of a notice, payout or disclosure: the purposes that it concerns; nil for all.
        public internal(set) var purposes: [String]?
        /// Of a disclosure: the one source of money that it concerns; nil for all.
        public internal(set) var source: SourceLevel?

        /// How many of its days lie between two dates, both included.
        public func days(_ policy: Policy, from start: CivilDate, through end: CivilDate) -> Int {
            switch calendar {
            case .calendar: max(0, Int(end.day) - Int(start.day) + 1)
            case .working:
                policy.calendar.workingDays(after: start.advanced(by: -1), through: end)
            }
        }
    }

    /// A duty with a term.
    public enum ClockCode: String, Sendable, CaseIterable {
        /// Passing money on after it was received.
        case onward
        /// Recording an entry after its business date.
        case recording
        /// Keeping a public notice posted.
        case notice
        /// Reissuing or cancelling a payment that failed or came back.
        case reissue
        /// Paying households once the county has the money.
        case payout

        /// Whether such a clock may name the purposes that it concerns.
        var mayNamePurposes: Bool { [.notice, .payout, .disclosure].contains(self) }
        /// Acknowledging money that was allocated.
        case acknowledge
        /// Settling an advance.
        case settlement
        /// Publishing what was paid.
        case disclosure
    }

    /// A level of administration that a clock may bind.
    public enum ClockLevel: String, Sendable, CaseIterable {
        /// Province.
        case province
        /// Prefecture.
        case prefecture
        /// County.
        case county
        /// Township.
        case township

        /// The level of a unit, or nil where no clock binds it.
        public init?(_ level: UnitID.Level) {
            switch level {
            case .province: self = .province
            case .prefecture: self = .prefecture
            case .county: self = .county
            case .township: self = .township
            case .state, .village, .below: return nil
            }
        }
    }

    /// Which days a term counts.
    public enum DayCount: String, Sendable, CaseIterable {
        /// Every day.
        case calendar
        /// Working days.
        case working
    }

    /// An amount per head or household.
    public struct Rate: Sendable, Equatable {
        /// The purpose's code.
        public let purpose: String
        /// The amount.
        public let amount: Money
        /// Per what.
        public let per: RateBase
        /// The rule it rests on.
        public let citation: String
    }

    /// What a rate is multiplied by.
    public enum RateBase: String, Sendable, CaseIterable {
        /// Persons.
        case person
        /// Households.
        case household
        /// Persons times days.
        case personDay
    }

    /// How an item stands to a purpose.
    public enum ItemVerdict: Sendable, Equatable {
        /// The purpose buys it.
        case allowed
        /// The item is known, but the purpose does not buy it.
        case outsidePurpose
        /// It is never payable from relief money.
        case forbidden
        /// The grant is outside relief, so relief rules say nothing.
        case outsideRelief
        /// The grant's purpose is not stated, so no list applies.
        case purposeUnstated
        /// The policy has no such item.
        case unknownItem
        /// The policy has no such purpose.
        case unknownPurpose
    }
}

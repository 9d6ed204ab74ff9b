// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// A unit is declared (FORMAT.md §5, unit).
public struct UnitEntry: Sendable, Equatable {
    /// The unit's id.
    public let unit: UnitID
    /// The unit it lies in, declared before.
    public let parent: UnitID
    /// Its official name, or for an `x-` unit the name that people use.
    public let name: String
    /// Other names under which documents mention it.
    public let aliases: [String]
    /// A remark.
    public let memo: String?

    /// Declares a unit.
    public init(
        unit: UnitID, parent: UnitID, name: String, aliases: [String] = [], memo: String? = nil
    ) {
        self.unit = unit
        self.parent = parent
        self.name = name
        self.aliases = aliases
        self.memo = memo
    }
}

/// A policy is approved or adopted (FORMAT.md §5, policy).
public struct PolicyEntry: Sendable, Equatable {
    /// The two steps.
    public enum Action: Sendable, Equatable {
        /// A root-key holder approves a content, by its digest in hex.
        case approve(digest: String)
        /// The content is in force from here on.
        case adopt(content: JSONValue, policy: Policy, effective: CivilDate, approval: Int?)
    }

    /// Which step.
    public let action: Action
    /// A remark.
    public let memo: String?

    /// Names a step.
    public init(action: Action, memo: String? = nil) {
        self.action = action
        self.memo = memo
    }
}

/// A disaster (FORMAT.md §5, event).
public struct EventEntry: Sendable, Equatable {
    /// The area.
    public let unit: UnitID
    /// What happened.
    public let cause: Cause
    /// When it began.
    public let date: CivilDate
    /// What it is called.
    public let name: String
    /// The emergency response that was opened, as its document names it.
    public let response: String?
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names a disaster.
    public init(
        unit: UnitID, cause: Cause, date: CivilDate, name: String, response: String? = nil,
        document: Document? = nil, memo: String? = nil
    ) {
        self.unit = unit
        self.cause = cause
        self.date = date
        self.name = name
        self.response = response
        self.document = document
        self.memo = memo
    }
}

/// Money is granted for one purpose (FORMAT.md §5, grant).
public struct GrantEntry: Sendable, Equatable {
    /// Who receives it.
    public var unit: UnitID
    /// Fen, above 0.
    public var amount: Int64
    /// Why: the kind of disaster.
    public var cause: Cause
    /// Business date.
    public var date: CivilDate
    /// The paper.
    public var document: Document
    /// The disaster, by seq.
    public var event: Int?
    /// Last day on which it may be passed on or spent; nil when not stated.
    public var expiry: CivilDate?
    /// Functional code of the budget; nil when not stated.
    public var function: String?
    /// What it may be used for: a code of the policy, G0 or U0.
    public var purpose: String
    /// Where it may be used.
    public var scope: UnitID
    /// The level it comes from.
    public var source: SourceLevel
    /// What people call it.
    public var title: String
    /// Regular, advance or settlement.
    public var type: GrantType
    /// Fiscal year.
    public var year: Int
    /// A remark.
    public var memo: String?

    /// Names a grant.
    public init(
        unit: UnitID, amount: Int64, cause: Cause, date: CivilDate, document: Document,
        event: Int? = nil, expiry: CivilDate?, function: String?, purpose: String, scope: UnitID,
        source: SourceLevel, title: String, type: GrantType, year: Int, memo: String? = nil
    ) {
        self.unit = unit
        self.amount = amount
        self.cause = cause
        self.date = date
        self.document = document
        self.event = event
        self.expiry = expiry
        self.function = function
        self.purpose = purpose
        self.scope = scope
        self.source = source
        self.title = title
        self.type = type
        self.year = year
        self.memo = memo
    }
}

/// Descriptive fields of an earlier entry are corrected; both stay visible (FORMAT.md §5, amend).
public struct Amendment: Sendable, Equatable {
    /// The corrected entry, by seq.
    public let target: Int
    /// Why.
    public let reason: String
    /// The new values; nil leaves the field as it was.
    public let changes: Changes
    /// A remark.
    public let memo: String?

    /// The fields that may be corrected.
    public struct Changes: Sendable, Equatable {
        /// The paper.
        public var document: Document?
        /// The remark.
        public var memo: String?
        /// The name of a unit or event.
        public var name: String?
        /// The title of a grant.
        public var title: String?
        /// The other names of a unit.
        public var aliases: [String]?
        /// Files that are added to the target's.
        public var evidence: [Evidence]?

        /// No change.
        public init() {}
    }

    /// Names a correction.
    public init(target: Int, reason: String, changes: Changes, memo: String? = nil) {
        self.target = target
        self.reason = reason
        self.changes = changes
        self.memo = memo
    }
}

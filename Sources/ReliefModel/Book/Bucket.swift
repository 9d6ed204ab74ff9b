// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// What money can be, at one unit and of one grant (FORMAT.md §5).
public enum Bucket: Int, Sendable, CaseIterable {
    /// May be passed on or spent.
    case available
    /// Promised to payees, not yet with them.
    case committed
    /// With the payees.
    case expended
    /// Left wrongly and owed back.
    case recoverable

    /// Whether the money is still in the unit's hands, so that its cash lies at the bank.
    var isCash: Bool { self == .available || self == .committed }

    /// What people call it.
    public var title: Message {
        switch self {
        case .available: Message(zh: "可用", en: "available")
        case .committed: Message(zh: "已承诺", en: "committed")
        case .expended: Message(zh: "已支出", en: "expended")
        case .recoverable: Message(zh: "应追回", en: "recoverable")
        }
    }
}

/// The table of moves: what each kind of entry does to money, and nothing else does anything.
enum Move {
    /// One end of a move.
    enum End: Equatable {
        /// Outside the ledger: where grants come from and returns go.
        case source
        /// A bucket of the entry's acting unit.
        case unit(Bucket)
        /// A bucket of the other unit that the entry names; the source where it names none.
        case other(Bucket)
    }

    /// From where to where; nil for kinds that move nothing.
    ///
    /// A reversal has no row of its own: it is its target's row the other way round.
    static func of(
        _ kind: EntryKind, outcome: Movement.Outcome? = nil
    ) -> (from: End, to: End)? {
        switch (kind, outcome) {
        case (.grant, _): (.source, .unit(.available))
        case (.allocation, _): (.unit(.available), .other(.available))
        case (.recall, _): (.other(.available), .unit(.available))
        case (.return, _): (.unit(.available), .other(.available))
        case (.batch, _): (.unit(.available), .unit(.committed))
        case (.result, .settled): (.unit(.committed), .unit(.expended))
        case (.result, .returned): (.unit(.expended), .unit(.committed))
        case (.cancel, _): (.unit(.committed), .unit(.available))
        case (.expense, _): (.unit(.available), .unit(.expended))
        case (.irregular, _): (.unit(.available), .unit(.recoverable))
        case (.recoverable, _): (.unit(.expended), .unit(.recoverable))
        case (.recovery, _): (.unit(.recoverable), .unit(.available))
        // The other end is the same unit's, in another grant.
        case (.repurpose, _), (.carryover, _), (.settlement, _):
            (.unit(.available), .other(.available))
        case (.result, _), (.unit, _), (.policy, _), (.event, _), (.receipt, _), (.plan, _),
            (.decision, _), (.override, _), (.payment, _), (.reissue, _), (.reversal, _),
            (.roster, _), (.notice, _), (.objection, _), (.cofund, _), (.account, _),
            (.statement, _), (.reconciliation, _), (.finding, _), (.resolution, _), (.close, _),
            (.disclosure, _), (.amend, _):
            nil
        }
    }
}

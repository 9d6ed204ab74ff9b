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
    static func of(_ kind: EntryKind) -> (from: End, to: End)? {
        switch kind {
        case .grant: (.source, .unit(.available))
        case .allocation: (.unit(.available), .other(.available))
        case .recall: (.other(.available), .unit(.available))
        case .return: (.unit(.available), .other(.available))
        case .unit, .policy, .event, .receipt, .amend: nil
        }
    }
}

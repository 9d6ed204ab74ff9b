// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// An account at a bank, with its statements.
public struct BankAccountPosition: Sendable {
    /// The record that opened it.
    public let seq: Int
    /// Whose it is.
    public let unit: UnitID
    /// What it is.
    public let terms: BankAccountEntry.Terms
    /// When it was opened.
    public let opened: CivilDate
    /// When it was closed; nil while it is not.
    public internal(set) var closed: CivilDate?
    /// Its statements in the order of recording.
    public internal(set) var statements: [StatementPosition] = []

    /// The statements that count, in the order of their days: of two of the same days the later
    /// one, for a mistake is put right by recording the statement anew.
    public var statementsByDay: [StatementPosition] {
        let all = statements.sorted {
            ($0.entry.date, $0.entry.until, $0.seq) < ($1.entry.date, $1.entry.until, $1.seq)
        }
        return all.indices.filter { index in
            guard index + 1 < all.count else { return true }
            let (own, next) = (all[index].entry, all[index + 1].entry)
            return own.date != next.date || own.until != next.until
        }
        .map { all[$0] }
    }

    /// Whether it was there at the end of a day.
    public func isOpen(on day: CivilDate) -> Bool {
        opened <= day && closed.map { day < $0 } ?? true
    }
}

/// A statement of an account, with what it was compared with.
public struct StatementPosition: Sendable {
    /// The record.
    public let seq: Int
    /// What it says.
    public let entry: StatementEntry
    /// Its reconciliations, in the order of recording; the last one counts.
    public internal(set) var reconciliations: [(seq: Int, entry: ReconciliationEntry)] = []
}

/// A finding and what came of it.
public struct FindingPosition: Sendable {
    /// The record.
    public let seq: Int
    /// What was found.
    public let entry: FindingEntry
    /// What came of it, in the order of recording.
    public internal(set) var resolutions: [(seq: Int, entry: ResolutionEntry)] = []

    /// Whether something may still come of it: a confirmed one is still to be put right.
    public var isOpen: Bool {
        resolutions.last.map { $0.entry.outcome == .confirmed } ?? true
    }
}

/// A promise of co-funding and what came of it.
public struct CofundPosition: Sendable {
    /// The record.
    public let seq: Int
    /// Whose project it is.
    public let unit: UnitID
    /// The grant that is to be added to, by seq.
    public let grant: Int
    /// The project.
    public let title: String
    /// What each level is to add.
    public let shares: [CofundEntry.Share]
    /// The last day for it.
    public let until: CivilDate
    /// What each level has added, in the order of recording.
    public internal(set) var contributions:
        [(seq: Int, source: SourceLevel, amount: Int64, date: CivilDate)] = []
}

/// An amount that was granted or allocated to a unit, and how much of it the unit has
/// acknowledged.
public struct Delivery: Sendable {
    /// The record.
    public let seq: Int
    /// The giving account, as an index into ``FundBook/accounts``; nil for a grant.
    public let from: Int?
    /// The receiving account.
    public let to: Int
    /// The business date.
    public let date: CivilDate
    /// Fen that nothing has undone.
    public let amount: Int64
    /// Fen acknowledged by receipts.
    public let received: Int64
}

/// What happened to the cash of one account on one business date.
///
/// There is one for nearly every account and day of a ledger, so it takes 24 bytes and not the 48
/// that an `Int128` would be aligned to.
public struct CashDay: Sendable {
    private var low: UInt64
    private var high: Int32
    /// The business date.
    public let date: CivilDate
    /// The last record that took cash out, else the last one.
    public internal(set) var seq: Int

    init(date: CivilDate, net: Int128, seq: Int) {
        self.date = date
        self.seq = seq
        (low, high) = Self.parts(net)
    }

    /// Fen in less fen out: a sum of at most 2³² amounts of Int64 cannot leave 96 bits.
    public internal(set) var net: Int128 {
        get { Int128(high) << 64 | Int128(low) }
        set { (low, high) = Self.parts(newValue) }
    }

    private static func parts(_ net: Int128) -> (low: UInt64, high: Int32) {
        (UInt64(truncatingIfNeeded: net), Int32(net >> 64))
    }
}

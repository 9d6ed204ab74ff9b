// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
public import LedgerFormat
public import ReliefModel

/// What a list is about; the same for all stages of it.
public struct RosterSubject: Sendable, Equatable {
    /// The unit whose list it is.
    public let unit: UnitID
    /// The grant, by seq.
    public let grant: Int
    /// What the money is for: a code of the policy's items.
    public let item: String
    /// The time for which the households are entitled.
    public let season: PayeeSeason

    /// Names a subject.
    public init(unit: UnitID, grant: Int, item: String, season: PayeeSeason) {
        self.unit = unit
        self.grant = grant
        self.item = item
        self.season = season
    }
}

/// One list of households, without its rows: nothing in it is about a person.
///
/// A list is written once. Its next stage is another list that replaces it.
public struct RosterList: Sendable, Equatable {
    /// Bytes of the random value that a list's cipher is made by.
    static let saltByteCount = 32
    /// Rows of a list, at most: those of a batch.
    public static let rowCount = RosterEntry.householdCount

    /// What became of the rows.
    public struct Erasure: Sendable, Equatable {
        /// The business date.
        public let date: CivilDate
        /// Why.
        public let reason: String
    }

    /// Its number in the database.
    public let id: Int64
    /// What it is about.
    public let subject: RosterSubject
    /// How far it has come.
    public let stage: RosterStage
    /// When it came so far.
    public let date: CivilDate
    /// How many households.
    public let count: Int
    /// How many persons are helped.
    public let persons: Int
    /// Fen of all rows.
    public let amount: Int64
    /// The root of the tree over its rows (``RosterCommitment``).
    public let root: Digest
    /// The list whose next stage it is.
    public let replaces: Int64?
    /// The list that is its next stage.
    public let replacedBy: Int64?
    /// The entry of the ledger that holds its root, by seq.
    public let seq: Int?
    /// When and why its rows were destroyed.
    public let erasure: Erasure?
}

extension RosterList {
    /// The entry that stands for the list in the ledger.
    ///
    /// - Parameters:
    ///   - replaces: The entry of the list's former stage, by seq.
    ///   - document: The paper.
    ///   - memo: A remark.
    public func entry(
        replaces: Int? = nil, document: Document? = nil, memo: String? = nil
    ) -> RosterEntry {
        RosterEntry(
            unit: subject.unit, grant: subject.grant, item: subject.item,
            period: subject.season.text, date: date, stage: stage, count: count,
            persons: persons, amount: amount, root: Base64Text.encode(root.bytes),
            replaces: replaces, document: document, memo: memo)
    }

    /// Whether an entry of the ledger is about these rows: same subject, stage, totals and root.
    public func isRecorded(as entry: RosterEntry) -> Bool {
        entry
            == self.entry(
                replaces: entry.replaces, document: entry.document, memo: entry.memo)
    }
}

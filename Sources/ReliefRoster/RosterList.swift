// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
public import LedgerFormat

/// How far a list has come: 户报—村评—乡审—县定.
public enum ListStage: String, CaseIterable, Sendable, Comparable {
    /// As the households and village groups reported it.
    case reported
    /// Evaluated by the village.
    case reviewed
    /// Examined by the township.
    case examined
    /// Approved by the county; it can be paid.
    case approved

    /// Its name.
    public var name: Message {
        switch self {
        case .reported: Message(zh: "户报", en: "reported")
        case .reviewed: Message(zh: "村评", en: "reviewed")
        case .examined: Message(zh: "乡审", en: "examined")
        case .approved: Message(zh: "县定", en: "approved")
        }
    }

    /// Whether a stage comes before another.
    public static func < (left: ListStage, right: ListStage) -> Bool {
        let order = allCases
        return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
    }
}

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
    public static let rowCount = 99_999

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
    public let stage: ListStage
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

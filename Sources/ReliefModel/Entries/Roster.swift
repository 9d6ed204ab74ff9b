// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// How far a roster has come (户报、村评、乡审、县定).
///
/// - Source: 自然灾害救助条例 Art. 20; published practice of winter and spring relief.
public enum RosterStage: String, Sendable, CaseIterable {
    /// 户报: the households have applied.
    case reported
    /// 村评: the village has reviewed them.
    case reviewed
    /// 乡审: the township has examined the list.
    case examined
    /// 县定: the county has approved it.
    case approved

    /// The name for people.
    public var name: Message {
        switch self {
        case .reported: Message(zh: "户报", en: "reported by households")
        case .reviewed: Message(zh: "村评", en: "reviewed by the village")
        case .examined: Message(zh: "乡审", en: "examined by the township")
        case .approved: Message(zh: "县定", en: "approved by the county")
        }
    }
}

/// The totals of a list of households and a root over its rows (FORMAT.md §5, roster; 救助花名册).
///
/// Names and numbers stay in the private roster; the root binds its rows without telling them.
public struct RosterEntry: Sendable, Equatable {
    /// Households of a roster, at most; a batch pays a part of one that is longer than it.
    public static let householdCount = 999_999
    /// Persons of a roster, at most: every household with all that a payment may be for.
    public static let personCount = householdCount * Payment.personCount

    /// Whose households they are.
    public let unit: UnitID
    /// The grant, by seq.
    public let grant: Int
    /// What they are to get: a code of the policy's items.
    public let item: String
    /// The time for which they are entitled.
    public let period: String
    /// When it reached its stage.
    public let date: CivilDate
    /// How far it has come.
    public let stage: RosterStage
    /// Households.
    public let count: Int
    /// Persons in them.
    public let persons: Int
    /// Fen, above 0: what they are to get together.
    public let amount: Int64
    /// The Merkle root over the salted commitments of its rows, in base64.
    public let root: String
    /// The roster that it takes the place of, by seq.
    public let replaces: Int?
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names a roster.
    public init(
        unit: UnitID, grant: Int, item: String, period: String, date: CivilDate,
        stage: RosterStage, count: Int, persons: Int, amount: Int64, root: String,
        replaces: Int? = nil, document: Document? = nil, memo: String? = nil
    ) {
        self.unit = unit
        self.grant = grant
        self.item = item
        self.period = period
        self.date = date
        self.stage = stage
        self.count = count
        self.persons = persons
        self.amount = amount
        self.root = root
        self.replaces = replaces
        self.document = document
        self.memo = memo
    }

    /// Whether a text is a root: the one base64 spelling of 32 bytes.
    public static func isRoot(_ text: String) -> Bool { Base64Text.decode(text)?.count == 32 }
}

extension RosterEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        grant = try fields.reference("grant")
        item = try fields.item()
        period = try fields.text("period", maximumByteCount: BatchEntry.periodByteCount)
        date = try fields.date("date")
        stage = try fields.word(
            "stage", "reported|reviewed|examined|approved", RosterStage.init(rawValue:))
        count = try fields.count("count", in: 1...Self.householdCount)
        persons = try fields.count("persons", in: 1...Self.personCount)
        amount = try fields.amount()
        root = try fields.word("root", "base64 of 32 bytes") { Self.isRoot($0) ? $0 : nil }
        replaces = try fields.optionalReference("replaces")
        document = try fields.document()
        memo = try fields.memo()
    }

    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.roster.rawValue)), ("unit", .string(unit.description)),
            ("grant", .integer(Int64(grant))), ("item", .string(item)),
            ("period", .string(period)), ("date", .string("\(date)")),
            ("stage", .string(stage.rawValue)), ("count", .integer(Int64(count))),
            ("persons", .integer(Int64(persons))), ("amount", .integer(amount)),
            ("root", .string(root)), ("replaces", replaces.map { .integer(Int64($0)) }),
            ("document", document?.json), ("memo", memo.map(JSONValue.string)),
        ]
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// How persons are shown on the edition of a disclosure that goes to the web.
public enum DisclosureProfile: String, Sendable, CaseIterable {
    /// As on the village board.
    case board
    /// Names are masked.
    case masked
    /// No single household, only totals.
    case totals

    /// The name for people.
    public var name: Message {
        switch self {
        case .board: Message(zh: "同村公示榜", en: "as on the board")
        case .masked: Message(zh: "姓名遮掩", en: "names masked")
        case .totals: Message(zh: "只列合计", en: "totals only")
        }
    }
}

/// What a unit publishes of its money, bound to the records (FORMAT.md §5, disclosure; 公开).
///
/// Count, sum and root are over every record of the unit's money in the period, so that a row that
/// is left out shows as surely as one that is altered; `files` binds what was published.
public struct DisclosureEntry: Sendable, Equatable {
    /// Rounds of disclosure (榜), at most.
    public static let roundCount = 99
    /// Rows, at most.
    public static let rowCount = 9_999_999

    /// Rows that are in count, sum and root, and that nobody is shown singly.
    public struct Withheld: Sendable, Equatable {
        /// Why.
        public enum Reason: String, Sendable, CaseIterable {
            /// 未成年人: the household is a child.
            case minor

            /// The name for people.
            public var name: Message { Message(zh: "未成年人", en: "minors") }
        }

        /// Fen that they paid, above 0.
        public let amount: Int64
        /// How many, at least 1.
        public let count: Int
        /// Why.
        public let reason: Reason

        /// Names rows that are withheld.
        public init(amount: Int64, count: Int, reason: Reason = .minor) {
            self.amount = amount
            self.count = count
            self.reason = reason
        }
    }

    /// Whose money, with that of the units in it.
    public let unit: UnitID
    /// The day of publication.
    public let date: CivilDate
    /// The first business day that is covered.
    public let from: CivilDate
    /// The last one, not before the first and not after the publication.
    public let until: CivilDate
    /// Which disclosure of the period it is (第几榜), from 1.
    public let round: Int
    /// How persons are shown on the web.
    public let profile: DisclosureProfile
    /// Rows.
    public let count: Int
    /// Fen of its payments and expenses, at least 0.
    public let amount: Int64
    /// The Merkle root over the leaf hashes of the rows, in base64.
    public let root: String
    /// What is shown to nobody singly.
    public let withheld: Withheld?
    /// SHA-256 of the published list of digests (`SHA256SUMS`), in hex.
    public let files: String
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names a disclosure.
    public init(
        unit: UnitID, date: CivilDate, from: CivilDate, until: CivilDate, round: Int,
        profile: DisclosureProfile, count: Int, amount: Int64, root: String,
        withheld: Withheld? = nil, files: String, document: Document? = nil, memo: String? = nil
    ) {
        self.unit = unit
        self.date = date
        self.from = from
        self.until = until
        self.round = round
        self.profile = profile
        self.count = count
        self.amount = amount
        self.root = root
        self.withheld = withheld
        self.files = files
        self.document = document
        self.memo = memo
    }
}

extension DisclosureEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        date = try fields.date("date")
        from = try fields.date("from")
        until = try fields.date("until")
        round = try fields.count("round", in: 1...Self.roundCount)
        profile = try fields.word(
            "profile", "board|masked|totals", DisclosureProfile.init(rawValue:))
        count = try fields.count("count", in: 0...Self.rowCount)
        amount = try fields.balance("amount")
        root = try fields.word("root", "base64 of 32 bytes") {
            RosterEntry.isRoot($0) ? $0 : nil
        }
        withheld = fields.has("withheld") ? try Withheld(try fields.value("withheld")) : nil
        files = try fields.word("files", "hash") {
            $0.utf8.count == 64 && HexText.decode($0) != nil ? $0 : nil
        }
        document = try fields.document()
        memo = try fields.memo()
        guard until >= from, until <= date else {
            throw fields.bad("until", expected: "\(from)…\(date)")
        }
        if let withheld, withheld.count > count || withheld.amount > amount {
            throw fields.bad("withheld", expected: "count ≤ \(count), amount ≤ \(amount)")
        }
    }

    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.disclosure.rawValue)),
            ("unit", .string(unit.description)), ("date", .string("\(date)")),
            ("from", .string("\(from)")), ("until", .string("\(until)")),
            ("round", .integer(Int64(round))), ("profile", .string(profile.rawValue)),
            ("count", .integer(Int64(count))), ("amount", .integer(amount)),
            ("root", .string(root)), ("withheld", withheld?.json), ("files", .string(files)),
            ("document", document?.json), ("memo", memo.map(JSONValue.string)),
        ]
    }
}

extension DisclosureEntry.Withheld {
    fileprivate init(_ json: JSONValue) throws(RecordFault) {
        var fields = try FieldReader(value: json, within: "withheld")
        amount = try fields.amount()
        count = try fields.count("count", in: 1...DisclosureEntry.rowCount)
        reason = try fields.word("reason", "minor", Reason.init(rawValue:))
        try fields.finish()
    }

    fileprivate var json: JSONValue {
        .object([
            ("amount", .integer(amount)), ("count", .integer(Int64(count))),
            ("reason", .string(reason.rawValue)),
        ])
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// What was advanced is confirmed in a final grant (FORMAT.md §5, settlement; 预拨清算).
public struct SettlementEntry: Sendable, Equatable {
    /// Whose money it is.
    public let unit: UnitID
    /// The advance grant, by seq.
    public let grant: Int
    /// The final grant, by seq.
    public let into: Int
    /// Fen confirmed, above 0.
    public let amount: Int64
    /// Business date.
    public let date: CivilDate
    /// The paper that settles it.
    public let document: Document
    /// A remark.
    public let memo: String?

    /// Names a settlement.
    public init(
        unit: UnitID, grant: Int, into: Int, amount: Int64, date: CivilDate, document: Document,
        memo: String? = nil
    ) {
        self.unit = unit
        self.grant = grant
        self.into = into
        self.amount = amount
        self.date = date
        self.document = document
        self.memo = memo
    }
}

extension SettlementEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        grant = try fields.reference("grant")
        into = try fields.reference("into")
        amount = try fields.amount()
        date = try fields.date("date")
        document = try Document(json: try fields.value("document"))
        memo = try fields.memo()
    }

    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.settlement.rawValue)), ("unit", .string(unit.description)),
            ("grant", .integer(Int64(grant))), ("into", .integer(Int64(into))),
            ("amount", .integer(amount)), ("date", .string("\(date)")),
            ("document", document.json), ("memo", memo.map(JSONValue.string)),
        ]
    }
}

/// Levels promise to add their own money to a grant, or one has (FORMAT.md §5, cofund; 配套).
public struct CofundEntry: Sendable, Equatable {
    /// Shares of a promise, at most: one for each level.
    public static let shareCount = 5
    /// Bytes of a project's title, at most.
    public static let titleByteCount = 200

    /// What one level promises.
    public struct Share: Sendable, Equatable {
        /// The level.
        public let source: SourceLevel
        /// Fen, above 0.
        public let amount: Int64

        /// Names a share.
        public init(source: SourceLevel, amount: Int64) {
            self.source = source
            self.amount = amount
        }
    }

    /// A promise, or what came of one.
    public enum Part: Sendable, Equatable {
        /// The project, what each level is to add, and the last day for it.
        case promise(title: String, shares: [Share], until: CivilDate)
        /// The promise by seq, the level, and the fen that the entry's grant brought.
        case contribution(target: Int, source: SourceLevel, amount: Int64)
    }

    /// Whose project it is.
    public let unit: UnitID
    /// Of a promise the grant that is to be added to, of a contribution the one that brought the
    /// money; by seq.
    public let grant: Int
    /// The promise or the contribution.
    public let part: Part
    /// When.
    public let date: CivilDate
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names a promise or a contribution.
    public init(
        unit: UnitID, grant: Int, part: Part, date: CivilDate, document: Document? = nil,
        memo: String? = nil
    ) {
        self.unit = unit
        self.grant = grant
        self.part = part
        self.date = date
        self.document = document
        self.memo = memo
    }

    /// Fen contributed; nil for a promise, which is of several.
    public var amount: Int64? {
        if case .contribution(_, _, let amount) = part { amount } else { nil }
    }
}

extension CofundEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        grant = try fields.reference("grant")
        date = try fields.date("date")
        if fields.has("target") {
            part = .contribution(
                target: try fields.reference("target"), source: try fields.statedSource(),
                amount: try fields.amount())
        } else {
            let shares = try fields.list(
                "shares", maximum: Self.shareCount, Share.init(_:place:))
            guard Set(shares.map(\.source)).count == shares.count else {
                throw fields.bad("shares", expected: "each source once")
            }
            part = .promise(
                title: try fields.text("title", maximumByteCount: Self.titleByteCount),
                shares: shares, until: try fields.date("until"))
        }
        document = try fields.document()
        memo = try fields.memo()
    }

    /// The record's own fields.
    public var fields: EntryFields {
        var fields: EntryFields = [
            ("kind", .string(EntryKind.cofund.rawValue)), ("unit", .string(unit.description)),
            ("grant", .integer(Int64(grant))), ("date", .string("\(date)")),
            ("document", document?.json), ("memo", memo.map(JSONValue.string)),
        ]
        switch part {
        case .promise(let title, let shares, let until):
            fields += [
                ("title", .string(title)), ("until", .string("\(until)")),
                (
                    "shares",
                    .array(
                        shares.map {
                            .object([
                                ("source", .string($0.source.rawValue)),
                                ("amount", .integer($0.amount)),
                            ])
                        })
                ),
            ]
        case .contribution(let target, let source, let amount):
            fields += [
                ("target", .integer(Int64(target))), ("source", .string(source.rawValue)),
                ("amount", .integer(amount)),
            ]
        }
        return fields
    }
}

extension CofundEntry.Share {
    fileprivate init(_ json: JSONValue, place: String) throws(RecordFault) {
        var fields = try FieldReader(value: json, within: place)
        source = try fields.statedSource()
        amount = try fields.amount()
        try fields.finish()
    }
}

extension FieldReader {
    /// A level that gives money: `unstated` promises nothing.
    fileprivate mutating func statedSource() throws(RecordFault) -> SourceLevel {
        try word("source", "central|provincial|prefecture|county|donation") { text in
            SourceLevel(rawValue: text).flatMap { $0 == .unstated ? nil : $0 }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// A unit's money of one grant is given another purpose (FORMAT.md §5, repurpose; 调整用途).
public struct RepurposeEntry: Sendable, Equatable {
    /// Where the money goes.
    public enum Destination: Sendable, Equatable {
        /// A grant that exists, by seq.
        case into(Int)
        /// A new grant with the same terms and this purpose; its number is the record's.
        case purpose(String)
    }

    /// Whose money it is.
    public let unit: UnitID
    /// The grant that gives, by seq.
    public let grant: Int
    /// Fen, above 0.
    public let amount: Int64
    /// Business date.
    public let date: CivilDate
    /// The level that approved it.
    public let level: SourceLevel
    /// Where the money goes.
    public let destination: Destination
    /// The approval.
    public let document: Document
    /// A remark.
    public let memo: String?

    /// Names a change of purpose.
    public init(
        unit: UnitID, grant: Int, amount: Int64, date: CivilDate, level: SourceLevel,
        destination: Destination, document: Document, memo: String? = nil
    ) {
        self.unit = unit
        self.grant = grant
        self.amount = amount
        self.date = date
        self.level = level
        self.destination = destination
        self.document = document
        self.memo = memo
    }

    /// The grant that receives.
    ///
    /// - Parameter seq: The entry's own number, for a grant that it opens has that one.
    public func receiver(seq: Int) -> Int {
        if case .into(let grant) = destination { grant } else { seq }
    }
}

extension RepurposeEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        grant = try fields.reference("grant")
        amount = try fields.amount()
        date = try fields.date("date")
        level = try fields.word("level", "source level", SourceLevel.init(rawValue:))
        guard fields.has("into") != fields.has("purpose") else {
            throw fields.bad("into", expected: "into|purpose")
        }
        destination =
            fields.has("into")
            ? .into(try fields.reference("into"))
            : .purpose(
                try fields.word("purpose", "1…8 of A–Z 0–9") {
                    GrantEntry.isPurposeCode($0) ? $0 : nil
                })
        document = try Document(json: try fields.value("document"))
        memo = try fields.memo()
    }

    /// The record's own fields.
    public var fields: EntryFields {
        var fields: EntryFields = [
            ("kind", .string(EntryKind.repurpose.rawValue)), ("unit", .string(unit.description)),
            ("grant", .integer(Int64(grant))), ("amount", .integer(amount)),
            ("date", .string("\(date)")), ("level", .string(level.rawValue)),
            ("document", document.json), ("memo", memo.map(JSONValue.string)),
        ]
        switch destination {
        case .into(let grant): fields.append(("into", .integer(Int64(grant))))
        case .purpose(let code): fields.append(("purpose", .string(code)))
        }
        return fields
    }
}

/// What a unit has left of a grant goes on into the next year (FORMAT.md §5, carryover; 结转).
public struct CarryoverEntry: Sendable, Equatable {
    /// Whose money it is.
    public let unit: UnitID
    /// The grant that gives, by seq.
    public let grant: Int
    /// Fen, above 0.
    public let amount: Int64
    /// Business date.
    public let date: CivilDate
    /// The grant of the next year that receives, by seq; nil opens one with the same terms, whose
    /// number is the record's.
    public let into: Int?
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names a carry-over.
    public init(
        unit: UnitID, grant: Int, amount: Int64, date: CivilDate, into: Int? = nil,
        document: Document? = nil, memo: String? = nil
    ) {
        self.unit = unit
        self.grant = grant
        self.amount = amount
        self.date = date
        self.into = into
        self.document = document
        self.memo = memo
    }

    /// The grant that receives.
    ///
    /// - Parameter seq: The entry's own number, for a grant that it opens has that one.
    public func receiver(seq: Int) -> Int { into ?? seq }
}

extension CarryoverEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        grant = try fields.reference("grant")
        amount = try fields.amount()
        date = try fields.date("date")
        into = try fields.optionalReference("into")
        document = try fields.document()
        memo = try fields.memo()
    }

    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.carryover.rawValue)), ("unit", .string(unit.description)),
            ("grant", .integer(Int64(grant))), ("amount", .integer(amount)),
            ("date", .string("\(date)")), ("into", into.map { .integer(Int64($0)) }),
            ("document", document?.json), ("memo", memo.map(JSONValue.string)),
        ]
    }
}

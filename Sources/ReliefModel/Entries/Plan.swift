// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// What a unit means to spend one grant on, item by item (FORMAT.md §5, plan; 先有预算，后有支出).
public struct PlanEntry: Sendable, Equatable {
    /// Lines of a plan, at most.
    public static let lineCount = 100

    /// One item and its ceiling.
    public struct Line: Sendable, Equatable {
        /// The policy's code of the item.
        public let item: String
        /// Fen, above 0.
        public let amount: Int64

        /// Names a ceiling.
        public init(item: String, amount: Int64) {
            self.item = item
            self.amount = amount
        }
    }

    /// The unit whose spending, and whose subtree's, the plan covers.
    public let unit: UnitID
    /// The grant, by seq.
    public let grant: Int
    /// What people call it.
    public internal(set) var title: String
    /// When it was approved.
    public let date: CivilDate
    /// The items, each at most once.
    public let lines: [Line]
    /// The plan that it takes the place of, by seq; what that one has spent counts on.
    public let replaces: Int?
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names a plan.
    public init(
        unit: UnitID, grant: Int, title: String, date: CivilDate, lines: [Line],
        replaces: Int? = nil, document: Document? = nil, memo: String? = nil
    ) {
        self.unit = unit
        self.grant = grant
        self.title = title
        self.date = date
        self.lines = lines
        self.replaces = replaces
        self.document = document
        self.memo = memo
    }
}

extension PlanEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        grant = try fields.reference("grant")
        title = try fields.text("title", maximumByteCount: 200)
        date = try fields.date("date")
        lines = try fields.list("lines", maximum: Self.lineCount, Line.init(json:within:))
        replaces = try fields.optionalReference("replaces")
        document = try fields.document()
        memo = try fields.memo()
        guard Set(lines.map(\.item)).count == lines.count else {
            throw fields.bad("lines", expected: "each item once")
        }
    }

    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.plan.rawValue)), ("unit", .string(unit.description)),
            ("grant", .integer(Int64(grant))), ("title", .string(title)),
            ("date", .string("\(date)")), ("lines", .array(lines.map(\.json))),
            ("replaces", replaces.map { .integer(Int64($0)) }), ("document", document?.json),
            ("memo", memo.map(JSONValue.string)),
        ]
    }
}

extension PlanEntry.Line {
    fileprivate init(json: JSONValue, within place: String) throws(RecordFault) {
        var fields = try FieldReader(value: json, within: place)
        item = try fields.item()
        amount = try fields.amount()
        try fields.finish()
    }

    fileprivate var json: JSONValue {
        .object(["amount": .integer(amount), "item": .string(item)])
    }
}

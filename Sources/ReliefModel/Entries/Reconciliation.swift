// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// What is compared with what (会计法第17条：账账、账表、账银、账证).
public enum ReconciliationBasis: String, Sendable, CaseIterable {
    /// 账银: the book with the bank's statement.
    case bank
    /// 账账: the book with that of another office.
    case books
    /// 账表: the book with a report.
    case report
    /// 账证: the book with the vouchers.
    case voucher

    /// The name for people.
    public var name: Message {
        switch self {
        case .bank: Message(zh: "账银", en: "book and bank")
        case .books: Message(zh: "账账", en: "book and book")
        case .report: Message(zh: "账表", en: "book and report")
        case .voucher: Message(zh: "账证", en: "book and voucher")
        }
    }
}

/// Which of two figures something is in that the other lacks.
public enum ReconciliationSide: String, Sendable, CaseIterable {
    /// It makes the book's figure the higher one.
    case book
    /// It makes the stated figure the higher one.
    case stated

    /// The name for people.
    public var name: Message {
        switch self {
        case .book: Message(zh: "账上多", en: "more in the book")
        case .stated: Message(zh: "对方多", en: "more on the other side")
        }
    }
}

/// A figure of the book was compared with a stated one, and what lies between them listed
/// (FORMAT.md §5, reconciliation; 对账).
public struct ReconciliationEntry: Sendable, Equatable {
    /// Outstanding items, at most.
    public static let itemCount = 100

    /// Something that is in one of the two figures only (未达账项).
    public struct Item: Sendable, Equatable {
        /// Fen, above 0.
        public let amount: Int64
        /// Which figure it raises.
        public let side: ReconciliationSide
        /// Since when it has been outstanding.
        public let since: CivilDate
        /// The entry that it is about, by seq.
        public let record: Int?
        /// Why.
        public let reason: String

        /// Names an item.
        public init(
            amount: Int64, side: ReconciliationSide, since: CivilDate, record: Int? = nil,
            reason: String
        ) {
            self.amount = amount
            self.side = side
            self.since = since
            self.record = record
            self.reason = reason
        }
    }

    /// Whose book it is.
    public let unit: UnitID
    /// What is compared with what.
    public let basis: ReconciliationBasis
    /// When it was done.
    public let date: CivilDate
    /// What the stated figure is of, by seq: of `bank` a statement, of `books` a grant or an
    /// allocation, else any record or none.
    public let target: Int?
    /// Fen of the book, at least 0.
    public let book: Int64
    /// Fen of the other side, at least 0.
    public let stated: Int64
    /// What lies between them.
    public let items: [Item]
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names a comparison.
    public init(
        unit: UnitID, basis: ReconciliationBasis, date: CivilDate, target: Int?, book: Int64,
        stated: Int64, items: [Item] = [], document: Document? = nil, memo: String? = nil
    ) {
        self.unit = unit
        self.basis = basis
        self.date = date
        self.target = target
        self.book = book
        self.stated = stated
        self.items = items
        self.document = document
        self.memo = memo
    }

    /// Fen by which the items make the book's figure the higher one.
    public var explained: Int128 {
        items.reduce(Int128(0)) {
            $0 + ($1.side == .book ? Int128($1.amount) : -Int128($1.amount))
        }
    }

    /// Fen by which the book's figure is the higher one.
    public var difference: Int128 { Int128(book) - Int128(stated) }
}

extension ReconciliationEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        basis = try fields.word(
            "basis", "bank|books|report|voucher", ReconciliationBasis.init(rawValue:))
        date = try fields.date("date")
        target =
            basis == .bank || basis == .books
            ? try fields.reference("target") : try fields.optionalReference("target")
        book = try fields.balance("book")
        stated = try fields.balance("stated")
        items =
            fields.has("items")
            ? try fields.list("items", maximum: Self.itemCount, Item.init(_:place:)) : []
        document = try fields.document()
        memo = try fields.memo()
    }

    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.reconciliation.rawValue)),
            ("unit", .string(unit.description)), ("basis", .string(basis.rawValue)),
            ("date", .string("\(date)")), ("target", target.map { .integer(Int64($0)) }),
            ("book", .integer(book)), ("stated", .integer(stated)),
            ("items", items.isEmpty ? nil : .array(items.map(\.json))),
            ("document", document?.json), ("memo", memo.map(JSONValue.string)),
        ]
    }
}

extension ReconciliationEntry.Item {
    fileprivate init(_ json: JSONValue, place: String) throws(RecordFault) {
        var fields = try FieldReader(value: json, within: place)
        amount = try fields.amount()
        side = try fields.word("side", "book|stated", ReconciliationSide.init(rawValue:))
        since = try fields.date("since")
        record = try fields.optionalReference("record")
        reason = try fields.text("reason", maximumByteCount: 200)
        try fields.finish()
    }

    fileprivate var json: JSONValue {
        .object([
            ("amount", .integer(amount)), ("side", .string(side.rawValue)),
            ("since", .string("\(since)")), ("record", record.map { .integer(Int64($0)) }),
            ("reason", .string(reason)),
        ])
    }
}

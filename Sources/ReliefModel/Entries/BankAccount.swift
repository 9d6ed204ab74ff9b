// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// A unit's account at a bank is opened or closed (FORMAT.md §5, account; 账户).
///
/// The whole number stays outside the chain: who has it has a secret, and four digits tell two
/// accounts apart.
public struct BankAccountEntry: Sendable, Equatable {
    /// Bytes of a name, at most.
    public static let nameByteCount = 100

    /// What happens to the account.
    public enum Action: Sendable, Equatable {
        /// It is opened, or was there when the ledger began.
        case open(Terms)
        /// It is closed: the opening, by seq.
        case close(target: Int)
    }

    /// What an opened account is.
    public struct Terms: Sendable, Equatable {
        /// What the office calls it.
        public let name: String
        /// The bank.
        public let bank: String
        /// The last four digits of its number.
        public let ending: String
        /// Whether it is registered for relief money.
        public let isRelief: Bool

        /// Names an account.
        public init(name: String, bank: String, ending: String, isRelief: Bool) {
            self.name = name
            self.bank = bank
            self.ending = ending
            self.isRelief = isRelief
        }
    }

    /// Whose account it is.
    public let unit: UnitID
    /// What happens to it.
    public let action: Action
    /// When.
    public let date: CivilDate
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names an opening or a closing.
    public init(
        unit: UnitID, action: Action, date: CivilDate, document: Document? = nil,
        memo: String? = nil
    ) {
        self.unit = unit
        self.action = action
        self.date = date
        self.document = document
        self.memo = memo
    }

    /// Whether a text is the end of an account's number: four digits.
    public static func isEnding(_ text: String) -> Bool {
        text.utf8.count == 4 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}

extension BankAccountEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        switch try fields.string("action") {
        case "open":
            action = .open(
                Terms(
                    name: try fields.text("name", maximumByteCount: Self.nameByteCount),
                    bank: try fields.text("bank", maximumByteCount: Self.nameByteCount),
                    ending: try fields.word("ending", "4 digits") {
                        Self.isEnding($0) ? $0 : nil
                    },
                    isRelief: try fields.boolean("relief")))
        case "close": action = .close(target: try fields.reference("target"))
        default: throw fields.bad("action", expected: "open|close")
        }
        date = try fields.date("date")
        document = try fields.document()
        memo = try fields.memo()
    }

    /// The record's own fields.
    public var fields: EntryFields {
        var fields: EntryFields = [
            ("kind", .string(EntryKind.account.rawValue)), ("unit", .string(unit.description)),
            ("date", .string("\(date)")), ("document", document?.json),
            ("memo", memo.map(JSONValue.string)),
        ]
        switch action {
        case .open(let terms):
            fields += [
                ("action", .string("open")), ("name", .string(terms.name)),
                ("bank", .string(terms.bank)), ("ending", .string(terms.ending)),
                ("relief", .boolean(terms.isRelief)),
            ]
        case .close(let target):
            fields += [("action", .string("close")), ("target", .integer(Int64(target)))]
        }
        return fields
    }
}

/// What a bank says of an account between two days (FORMAT.md §5, statement; 银行对账单).
public struct StatementEntry: Sendable, Equatable {
    /// Lines of a statement, at most.
    public static let lineCount = 9_999_999

    /// Whose account it is.
    public let unit: UnitID
    /// The account's opening, by seq.
    public let target: Int
    /// The first day.
    public let date: CivilDate
    /// The last day, not before the first.
    public let until: CivilDate
    /// Fen at the beginning of the first day, at least 0 as all that follow.
    public let opening: Int64
    /// Fen that came in.
    public let inflow: Int64
    /// Fen that went out.
    public let outflow: Int64
    /// Fen at the end of the last day.
    public let closing: Int64
    /// Lines on it.
    public let count: Int
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names a statement.
    public init(
        unit: UnitID, target: Int, date: CivilDate, until: CivilDate, opening: Int64,
        inflow: Int64, outflow: Int64, closing: Int64, count: Int, document: Document? = nil,
        memo: String? = nil
    ) {
        self.unit = unit
        self.target = target
        self.date = date
        self.until = until
        self.opening = opening
        self.inflow = inflow
        self.outflow = outflow
        self.closing = closing
        self.count = count
        self.document = document
        self.memo = memo
    }

    /// Whether it shows any money at all.
    public var showsMoney: Bool { opening > 0 || inflow > 0 || outflow > 0 || closing > 0 }

    /// Fen that it ends with by its own figures.
    public var derivedClosing: Int128 { Int128(opening) + Int128(inflow) - Int128(outflow) }
}

extension StatementEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        target = try fields.reference("target")
        date = try fields.date("date")
        until = try fields.date("until")
        opening = try fields.balance("opening")
        inflow = try fields.balance("in")
        outflow = try fields.balance("out")
        closing = try fields.balance("closing")
        count = try fields.count("count", in: 0...Self.lineCount)
        document = try fields.document()
        memo = try fields.memo()
        guard until >= date else { throw fields.bad("until", expected: "≥ \(date)") }
    }

    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.statement.rawValue)), ("unit", .string(unit.description)),
            ("target", .integer(Int64(target))), ("date", .string("\(date)")),
            ("until", .string("\(until)")), ("opening", .integer(opening)),
            ("in", .integer(inflow)), ("out", .integer(outflow)), ("closing", .integer(closing)),
            ("count", .integer(Int64(count))), ("document", document?.json),
            ("memo", memo.map(JSONValue.string)),
        ]
    }
}

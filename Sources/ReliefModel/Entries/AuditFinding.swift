// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// Somebody who checked found that an entry may be wrong (FORMAT.md §5, finding; 疑点).
public struct FindingEntry: Sendable, Equatable {
    /// Bytes of its text, at most.
    public static let textByteCount = 1000

    /// Whom it concerns.
    public let unit: UnitID
    /// The rule that may be broken: its code.
    public let rule: String
    /// The record, by seq.
    public let target: Int
    /// Fen, above 0, that are in question.
    public let amount: Int64?
    /// When it was found.
    public let date: CivilDate
    /// What was found.
    public let text: String
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names a finding.
    public init(
        unit: UnitID, rule: String, target: Int, amount: Int64? = nil, date: CivilDate,
        text: String, document: Document? = nil, memo: String? = nil
    ) {
        self.unit = unit
        self.rule = rule
        self.target = target
        self.amount = amount
        self.date = date
        self.text = text
        self.document = document
        self.memo = memo
    }
}

extension FindingEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        rule = try fields.word("rule", "rule code") {
            OverrideEntry.isRuleCode($0) ? $0 : nil
        }
        target = try fields.reference("target")
        amount = fields.has("amount") ? try fields.amount() : nil
        date = try fields.date("date")
        text = try fields.text("text", maximumByteCount: Self.textByteCount)
        document = try fields.document()
        memo = try fields.memo()
    }

    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.finding.rawValue)), ("unit", .string(unit.description)),
            ("rule", .string(rule)), ("target", .integer(Int64(target))),
            ("amount", amount.map(JSONValue.integer)), ("date", .string("\(date)")),
            ("text", .string(text)), ("document", document?.json),
            ("memo", memo.map(JSONValue.string)),
        ]
    }
}

/// What came of a finding (FORMAT.md §5, resolution; 整改).
public struct ResolutionEntry: Sendable, Equatable {
    /// How a finding was dealt with.
    public enum Outcome: String, Sendable, CaseIterable {
        /// 已说明: nothing was wrong.
        case explained
        /// 已整改: what was wrong was put right, by an entry that is named.
        case rectified
        /// 属实: it was wrong and is still to be put right.
        case confirmed

        /// The name for people.
        public var name: Message {
            switch self {
            case .explained: Message(zh: "已说明", en: "explained")
            case .rectified: Message(zh: "已整改", en: "rectified")
            case .confirmed: Message(zh: "属实", en: "confirmed")
            }
        }
    }

    /// Who settles it.
    public let unit: UnitID
    /// The finding, by seq.
    public let target: Int
    /// How.
    public let outcome: Outcome
    /// What put it right, by seq: a reversal, recovery, recall or return; with `rectified` alone.
    public let record: Int?
    /// When.
    public let date: CivilDate
    /// Why.
    public let reason: String
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names a resolution.
    public init(
        unit: UnitID, target: Int, outcome: Outcome, record: Int? = nil, date: CivilDate,
        reason: String, document: Document? = nil, memo: String? = nil
    ) {
        self.unit = unit
        self.target = target
        self.outcome = outcome
        self.record = record
        self.date = date
        self.reason = reason
        self.document = document
        self.memo = memo
    }
}

extension ResolutionEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        target = try fields.reference("target")
        outcome = try fields.word(
            "outcome", "explained|rectified|confirmed", Outcome.init(rawValue:))
        record = outcome == .rectified ? try fields.reference("record") : nil
        date = try fields.date("date")
        reason = try fields.text("reason", maximumByteCount: 200)
        document = try fields.document()
        memo = try fields.memo()
    }

    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.resolution.rawValue)), ("unit", .string(unit.description)),
            ("target", .integer(Int64(target))), ("outcome", .string(outcome.rawValue)),
            ("record", record.map { .integer(Int64($0)) }), ("date", .string("\(date)")),
            ("reason", .string(reason)), ("document", document?.json),
            ("memo", memo.map(JSONValue.string)),
        ]
    }
}

/// The books of a unit and of those below it are closed through a day (FORMAT.md §5, close; 结账).
public struct CloseEntry: Sendable, Equatable {
    /// Whose books, with those of the units below.
    public let unit: UnitID
    /// The last day that is closed.
    public let until: CivilDate
    /// When it was done, not before that day.
    public let date: CivilDate
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names a closing.
    public init(
        unit: UnitID, until: CivilDate, date: CivilDate, document: Document? = nil,
        memo: String? = nil
    ) {
        self.unit = unit
        self.until = until
        self.date = date
        self.document = document
        self.memo = memo
    }
}

extension CloseEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        until = try fields.date("until")
        date = try fields.date("date")
        document = try fields.document()
        memo = try fields.memo()
        guard date >= until else { throw fields.bad("date", expected: "≥ \(until)") }
    }

    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.close.rawValue)), ("unit", .string(unit.description)),
            ("until", .string("\(until)")), ("date", .string("\(date)")),
            ("document", document?.json), ("memo", memo.map(JSONValue.string)),
        ]
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// A roster is posted where everybody can read it (FORMAT.md §5, notice; 公示).
public struct NoticeEntry: Sendable, Equatable {
    /// Rounds of notice (榜), at most.
    public static let roundCount = 9
    /// Bytes of a place, at most.
    public static let placeByteCount = 100

    /// Who posts it.
    public let unit: UnitID
    /// The grant, by seq.
    public let grant: Int
    /// The roster, by seq.
    public let target: Int
    /// Which notice of the households it is (第几榜), from 1.
    public let round: Int
    /// Where it hangs.
    public let place: String
    /// The first day.
    public let date: CivilDate
    /// The last day, not before the first.
    public let until: CivilDate
    /// Households on it.
    public let count: Int
    /// Fen, above 0, that it says they are to get.
    public let amount: Int64
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names a notice.
    public init(
        unit: UnitID, grant: Int, target: Int, round: Int, place: String, date: CivilDate,
        until: CivilDate, count: Int, amount: Int64, document: Document? = nil,
        memo: String? = nil
    ) {
        self.unit = unit
        self.grant = grant
        self.target = target
        self.round = round
        self.place = place
        self.date = date
        self.until = until
        self.count = count
        self.amount = amount
        self.document = document
        self.memo = memo
    }
}

extension NoticeEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        grant = try fields.reference("grant")
        target = try fields.reference("target")
        round = try fields.count("round", in: 1...Self.roundCount)
        place = try fields.text("place", maximumByteCount: Self.placeByteCount)
        date = try fields.date("date")
        until = try fields.date("until")
        count = try fields.count("count", in: 1...RosterEntry.householdCount)
        amount = try fields.amount()
        document = try fields.document()
        memo = try fields.memo()
        guard until >= date else { throw fields.bad("until", expected: "≥ \(date)") }
    }

    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.notice.rawValue)), ("unit", .string(unit.description)),
            ("grant", .integer(Int64(grant))), ("target", .integer(Int64(target))),
            ("round", .integer(Int64(round))), ("place", .string(place)),
            ("date", .string("\(date)")), ("until", .string("\(until)")),
            ("count", .integer(Int64(count))), ("amount", .integer(amount)),
            ("document", document?.json), ("memo", memo.map(JSONValue.string)),
        ]
    }
}

/// Somebody objects to a roster that was posted, or an objection comes to its end
/// (FORMAT.md §5, objection; 异议).
public struct ObjectionEntry: Sendable, Equatable {
    /// How an objection ends.
    public enum Outcome: String, Sendable, CaseIterable {
        /// 成立: the roster is to be replaced.
        case upheld
        /// 不成立.
        case rejected

        /// The name for people.
        public var name: Message {
            switch self {
            case .upheld: Message(zh: "成立", en: "upheld")
            case .rejected: Message(zh: "不成立", en: "rejected")
            }
        }
    }

    /// Who received it, or decided on it.
    public let unit: UnitID
    /// The notice, by seq; of an end the objection.
    public let target: Int
    /// When.
    public let date: CivilDate
    /// What is objected, or why it was decided so.
    public let reason: String
    /// The household that it is about, where it is about one; never at an end.
    public let payee: PayeeID?
    /// How it ends; nil for a new one.
    public let outcome: Outcome?
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names an objection, or the end of one.
    public init(
        unit: UnitID, target: Int, date: CivilDate, reason: String, payee: PayeeID? = nil,
        outcome: Outcome? = nil, document: Document? = nil, memo: String? = nil
    ) {
        self.unit = unit
        self.target = target
        self.date = date
        self.reason = reason
        self.payee = payee
        self.outcome = outcome
        self.document = document
        self.memo = memo
    }
}

extension ObjectionEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        target = try fields.reference("target")
        date = try fields.date("date")
        reason = try fields.text("reason", maximumByteCount: 200)
        payee = fields.has("payee") ? try fields.payee("payee") : nil
        outcome =
            fields.has("outcome")
            ? try fields.word("outcome", "upheld|rejected", Outcome.init(rawValue:)) : nil
        document = try fields.document()
        memo = try fields.memo()
        guard payee == nil || payee?.kind == .household && outcome == nil else {
            throw fields.bad("payee", expected: "h-…, of a new objection only")
        }
    }

    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.objection.rawValue)), ("unit", .string(unit.description)),
            ("target", .integer(Int64(target))), ("date", .string("\(date)")),
            ("reason", .string(reason)), ("payee", payee.map { .string($0.description) }),
            ("outcome", outcome.map { .string($0.rawValue) }), ("document", document?.json),
            ("memo", memo.map(JSONValue.string)),
        ]
    }
}

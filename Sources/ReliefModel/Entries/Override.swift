// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// A second person admits a breach of one rule before it happens (FORMAT.md §5, override; 例外批准).
public struct OverrideEntry: Sendable, Equatable {
    /// The unit for which it counts, with its subtree.
    public let unit: UnitID
    /// The grant, by seq.
    public let grant: Int
    /// The rule's code.
    public let rule: String
    /// Fen, above 0: the most that the entries which it admits may come to.
    public let amount: Int64
    /// Who alone may be paid; nil for anybody.
    public let payee: PayeeID?
    /// When it was given.
    public let date: CivilDate
    /// The last business date that it admits; nil for no end.
    public let expires: CivilDate?
    /// Why.
    public let reason: String
    /// The paper.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Names an override.
    public init(
        unit: UnitID, grant: Int, rule: String, amount: Int64, payee: PayeeID? = nil,
        date: CivilDate, expires: CivilDate? = nil, reason: String, document: Document? = nil,
        memo: String? = nil
    ) {
        self.unit = unit
        self.grant = grant
        self.rule = rule
        self.amount = amount
        self.payee = payee
        self.date = date
        self.expires = expires
        self.reason = reason
        self.document = document
        self.memo = memo
    }

    /// Whether a text has the form of a rule's code: a capital letter and two digits.
    public static func isRuleCode(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 3 && (0x41...0x5A).contains(bytes[0])
            && bytes.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }
}

extension OverrideEntry {
    init(_ fields: inout FieldReader) throws(RecordFault) {
        unit = try fields.unit("unit")
        grant = try fields.reference("grant")
        rule = try fields.word("rule", "rule code") { Self.isRuleCode($0) ? $0 : nil }
        amount = try fields.amount()
        payee = fields.has("payee") ? try fields.payee("payee") : nil
        date = try fields.date("date")
        expires = fields.has("expires") ? try fields.date("expires") : nil
        reason = try fields.text("reason", maximumByteCount: 200)
        document = try fields.document()
        memo = try fields.memo()
    }

    /// The record's own fields.
    public var fields: EntryFields {
        [
            ("kind", .string(EntryKind.override.rawValue)), ("unit", .string(unit.description)),
            ("grant", .integer(Int64(grant))), ("rule", .string(rule)),
            ("amount", .integer(amount)), ("payee", payee.map { .string($0.description) }),
            ("date", .string("\(date)")), ("expires", expires.map { .string("\($0)") }),
            ("reason", .string(reason)), ("document", document?.json),
            ("memo", memo.map(JSONValue.string)),
        ]
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// Field names of movements as packed words.
///
/// Names of up to 8 bytes are ``FieldName/high`` alone, so that the decoder compares integers. A
/// test holds each to its spelling.
enum MovementField: UInt64, CaseIterable {
    case amount = 0x616D_6F75_6E74_0000
    case date = 0x6461_7465_0000_0000
    case document = 0x646F_6375_6D65_6E74
    case evidence = 0x6576_6964_656E_6365
    case from = 0x6672_6F6D_0000_0000
    case grant = 0x6772_616E_7400_0000
    case kind = 0x6B69_6E64_0000_0000
    case memo = 0x6D65_6D6F_0000_0000
    case outcome = 0x6F75_7463_6F6D_6500
    case prev = 0x7072_6576_0000_0000
    case reason = 0x7265_6173_6F6E_0000
    case seq = 0x7365_7100_0000_0000
    case target = 0x7461_7267_6574_0000
    case to = 0x746F_0000_0000_0000
    case unit = 0x756E_6974_0000_0000
}

/// Which fields a movement has, as bits.
private struct MovementFields: OptionSet {
    let rawValue: UInt16

    static let amount = MovementFields(rawValue: 1 << 0)
    static let date = MovementFields(rawValue: 1 << 1)
    static let document = MovementFields(rawValue: 1 << 2)
    static let from = MovementFields(rawValue: 1 << 3)
    static let grant = MovementFields(rawValue: 1 << 4)
    static let memo = MovementFields(rawValue: 1 << 5)
    static let outcome = MovementFields(rawValue: 1 << 6)
    static let reason = MovementFields(rawValue: 1 << 7)
    static let target = MovementFields(rawValue: 1 << 8)
    static let to = MovementFields(rawValue: 1 << 9)
    static let unit = MovementFields(rawValue: 1 << 10)
    static let evidence = MovementFields(rawValue: 1 << 11)

    /// What every movement has.
    static let always: MovementFields = [.amount, .date, .grant, .unit]
    /// What every movement may have.
    static let optional: MovementFields = [.document, .evidence, .memo]

    /// The names, in the order of the bits.
    static let names = [
        "amount", "date", "document", "from", "grant", "memo", "outcome", "reason", "target", "to",
        "unit", "evidence",
    ]

    /// The name of the lowest field.
    var firstName: String { Self.names[min(rawValue.trailingZeroBitCount, Self.names.count - 1)] }

    /// What a kind must have, and what it may have besides (FORMAT.md §5).
    static func of(
        _ kind: EntryKind, outcome: Movement.Outcome?
    ) -> (required: MovementFields, optional: MovementFields) {
        switch kind {
        case .allocation: (always.union(.to), optional)
        case .recall: (always.union(.from), optional)
        case .return: (always, optional.union(.to))
        case .receipt, .recovery: (always.union(.target), optional)
        case .result where outcome == .settled: (always.union([.target, .outcome]), optional)
        case .result: (always.union([.target, .outcome, .reason]), optional)
        case .reissue: (always.union(.target), optional.union(.reason))
        case .cancel, .reversal, .recoverable: (always.union([.target, .reason]), optional)
        case .unit, .policy, .event, .grant, .plan, .decision, .override, .batch, .payment,
            .expense, .irregular, .roster, .notice, .objection, .repurpose, .carryover,
            .settlement, .cofund, .account, .statement, .reconciliation, .finding, .resolution,
            .close, .disclosure, .amend:
            preconditionFailure("MovementFields.of: \(kind) is no movement")
        }
    }
}

/// Decodes movements from scanned records, in one pass over their fields.
public enum MovementDecoder {
    private struct Parts {
        var seen: MovementFields = []
        var amount: Int64 = 0
        var date: CivilDate?
        var document: DocumentStamp?
        var grant = 0
        var other: UnitID?
        var outcome: Movement.Outcome?
        var target: Int?
        var unit = UnitID.state
    }

    /// Decodes one record of a movement kind.
    ///
    /// - Parameters:
    ///   - line: The record's bytes, without LF.
    ///   - fields: Its fields as scanned.
    ///   - kind: The kind it names.
    ///   - seq: Its number.
    ///   - recent: What the records before had.
    /// - Throws: When a field is missing, unknown or ill-formed (FORMAT.md §5).
    public static func decode(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, kind: EntryKind, seq: Int,
        recent: inout RecentFields
    ) throws(RecordFault) -> Movement {
        var parts = Parts()
        for index in 0..<fields.count {
            try read(line, fields, index, into: &parts, &recent)
        }
        let (required, optional) = MovementFields.of(kind, outcome: parts.outcome)
        let missing = required.subtracting(parts.seen)
        guard missing.isEmpty else { throw ScannedField.missing(missing.firstName) }
        let unknown = parts.seen.subtracting(required).subtracting(optional)
        guard unknown.isEmpty else { throw ScannedField.unknown(unknown.firstName) }
        guard let date = parts.date else { throw ScannedField.missing("date") }
        return Movement(
            kind: kind, seq: seq, grant: parts.grant, target: parts.target, unit: parts.unit,
            other: parts.other, amount: parts.amount, date: date, outcome: parts.outcome,
            document: parts.document)
    }

    /// Decodes one record of a movement kind by itself.
    public static func decode(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, kind: EntryKind, seq: Int
    ) throws(RecordFault) -> Movement {
        var recent = RecentFields()
        return try decode(line, fields, kind: kind, seq: seq, recent: &recent)
    }

    @inline(__always)
    private static func read(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, _ index: Int, into parts: inout Parts,
        _ recent: inout RecentFields
    ) throws(RecordFault) {
        let name = fields.name(index)
        guard name.low == 0, let field = MovementField(rawValue: name.high) else {
            throw ScannedField.unknown(name.description)
        }
        switch field {
        case .kind, .prev, .seq:
            return
        case .amount:
            parts.amount = try ScannedField.amount(fields, index)
            parts.seen.insert(.amount)
        case .date:
            parts.date = try ScannedField.date(line, fields, index, &recent)
            parts.seen.insert(.date)
        case .document:
            parts.document = try ScannedField.document(line, fields, index, &recent)
            parts.seen.insert(.document)
        case .evidence:
            try checkEvidence(line, fields, index)
            parts.seen.insert(.evidence)
        case .from:
            parts.other = try ScannedField.unit(line, fields, index)
            parts.seen.insert(.from)
        case .grant:
            parts.grant = try ScannedField.reference(fields, index)
            parts.seen.insert(.grant)
        case .memo:
            try ScannedField.checkText(line, fields, index, maximumByteCount: 1000)
            parts.seen.insert(.memo)
        case .outcome:
            parts.outcome = try outcome(line, fields, index)
            parts.seen.insert(.outcome)
        case .reason:
            try ScannedField.checkText(line, fields, index, maximumByteCount: 200)
            parts.seen.insert(.reason)
        case .target:
            parts.target = try ScannedField.reference(fields, index)
            parts.seen.insert(.target)
        case .to:
            parts.other = try ScannedField.unit(line, fields, index)
            parts.seen.insert(.to)
        case .unit:
            parts.unit = try ScannedField.unit(line, fields, index, &recent)
            parts.seen.insert(.unit)
        }
    }

    /// Few movements have files, so that these are read as any nested value is.
    @inline(never)
    private static func checkEvidence(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, _ index: Int
    ) throws(RecordFault) {
        guard fields.type(index) == .array else {
            throw ScannedField.bad(fields.name(index), expected: "array")
        }
        let value: JSONValue
        do {
            value = try CanonicalJSON.parse(line.extracting(fields.range(index)))
        } catch {
            throw .format(error)
        }
        var reader = try FieldReader(value: .object(["evidence": value]), within: "")
        _ = try reader.evidence()
    }

    private static func outcome(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, _ index: Int
    ) throws(RecordFault) -> Movement.Outcome {
        let text = line.extracting(try ScannedField.string(fields, index))
        // Nearly all of them, told without unpacking the word.
        if text.count == 7, text[0] == UInt8(ascii: "s"), text[1] == UInt8(ascii: "e"),
            text[2] == UInt8(ascii: "t"), text[3] == UInt8(ascii: "t"),
            text[4] == UInt8(ascii: "l"), text[5] == UInt8(ascii: "e"),
            text[6] == UInt8(ascii: "d")
        {
            return .settled
        }
        let word = FieldName(text)
        switch (word?.high, word?.low) {
        case (0x6661_696C_6564_0000, 0): return .failed
        case (0x7265_7475_726E_6564, 0): return .returned
        default: throw ScannedField.bad(fields.name(index), expected: "settled|failed|returned")
        }
    }
}

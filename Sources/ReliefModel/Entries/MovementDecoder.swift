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
    case from = 0x6672_6F6D_0000_0000
    case grant = 0x6772_616E_7400_0000
    case kind = 0x6B69_6E64_0000_0000
    case memo = 0x6D65_6D6F_0000_0000
    case prev = 0x7072_6576_0000_0000
    case seq = 0x7365_7100_0000_0000
    case target = 0x7461_7267_6574_0000
    case to = 0x746F_0000_0000_0000
    case unit = 0x756E_6974_0000_0000
}

/// Decodes movements from scanned records, in one pass over their fields.
public enum MovementDecoder {
    private struct Parts {
        var amount: Int64?
        var date: CivilDate?
        var document: DocumentStamp?
        var from: UnitID?
        var grant: Int?
        var target: Int?
        var to: UnitID?
        var unit: UnitID?
    }

    /// Decodes one record of a movement kind.
    ///
    /// - Parameters:
    ///   - line: The record's bytes, without LF.
    ///   - fields: Its fields as scanned.
    ///   - kind: The kind it names.
    ///   - seq: Its number.
    /// - Throws: When a field is missing, unknown or ill-formed (FORMAT.md §5).
    public static func decode(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, kind: EntryKind, seq: Int
    ) throws(RecordFault) -> Movement {
        var parts = Parts()
        for index in 0..<fields.count {
            try read(line, fields, index, into: &parts)
        }
        guard let amount = parts.amount else { throw missing("amount") }
        guard let date = parts.date else { throw missing("date") }
        guard let grant = parts.grant else { throw missing("grant") }
        guard let unit = parts.unit else { throw missing("unit") }
        var other: UnitID?
        switch kind {
        case .allocation:
            guard let to = parts.to.take() else { throw missing("to") }
            other = to
        case .recall:
            guard let from = parts.from.take() else { throw missing("from") }
            other = from
        case .return:
            other = parts.to.take()
        case .receipt:
            guard parts.target != nil else { throw missing("target") }
        case .unit, .policy, .event, .grant, .amend:
            preconditionFailure("MovementDecoder.decode: \(kind) is no movement")
        }
        if parts.to != nil { throw unknown("to") }
        if parts.from != nil { throw unknown("from") }
        if kind != .receipt, parts.target != nil { throw unknown("target") }
        return Movement(
            kind: kind, seq: seq, grant: grant, target: parts.target, unit: unit, other: other,
            amount: amount, date: date, document: parts.document)
    }

    private static func read(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, _ index: Int, into parts: inout Parts
    ) throws(RecordFault) {
        let name = fields.name(index)
        guard name.low == 0, let field = MovementField(rawValue: name.high) else {
            throw unknown(name.description)
        }
        switch field {
        case .kind, .prev, .seq:
            return
        case .amount:
            let amount = try integer(fields, index)
            guard amount > 0 else { throw bad("amount", expected: "≥ 1") }
            parts.amount = amount
        case .date:
            guard let date = CivilDate(line.extracting(try string(fields, index))) else {
                throw bad("date", expected: "YYYY-MM-DD, 1949…2199")
            }
            parts.date = date
        case .document:
            parts.document = try document(line, fields, index)
        case .from:
            parts.from = try unit(line, fields, index)
        case .grant:
            parts.grant = try reference(fields, index)
        case .memo:
            try checkText(line, fields, index, maximumByteCount: 1000)
        case .target:
            parts.target = try reference(fields, index)
        case .to:
            parts.to = try unit(line, fields, index)
        case .unit:
            parts.unit = try unit(line, fields, index)
        }
    }

    private static func integer(
        _ fields: borrowing FieldTable, _ index: Int
    ) throws(RecordFault) -> Int64 {
        guard fields.type(index) == .integer else {
            throw bad(fields.name(index).description, expected: "integer")
        }
        return fields.integer(index)
    }

    private static func reference(
        _ fields: borrowing FieldTable, _ index: Int
    ) throws(RecordFault) -> Int {
        let value = try integer(fields, index)
        guard value >= 0 else { throw bad(fields.name(index).description, expected: "seq ≥ 0") }
        return Int(value)
    }

    /// The place of a string value.
    private static func string(
        _ fields: borrowing FieldTable, _ index: Int
    ) throws(RecordFault) -> Range<Int> {
        guard fields.type(index) == .string else {
            throw bad(fields.name(index).description, expected: "string")
        }
        return fields.range(index)
    }

    private static func unit(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, _ index: Int
    ) throws(RecordFault) -> UnitID {
        guard let unit = UnitID(line.extracting(try string(fields, index))) else {
            throw bad(fields.name(index).description, expected: "unit")
        }
        return unit
    }

    /// Checks free text; only text near the limit or with escapes is copied for it.
    private static func checkText(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, _ index: Int, maximumByteCount: Int
    ) throws(RecordFault) {
        guard fields.type(index) == .string else {
            throw bad(fields.name(index).description, expected: "text")
        }
        let problem =
            fields.hasEscapes(index)
            ? TextRule.problem(
                in: fields.text(index, in: line), maximumByteCount: maximumByteCount)
            : TextRule.problem(
                in: line.extracting(fields.range(index)), maximumByteCount: maximumByteCount)
        if let problem {
            let name = fields.name(index).description
            throw .malformed(
                Message(zh: "\(name)：\(problem.zh)", en: "\(name): \(problem.en)"),
                offset: fields.range(index).lowerBound)
        }
    }

    private static func document(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, _ index: Int
    ) throws(RecordFault) -> DocumentStamp {
        guard fields.type(index) == .object,
            let stamp = try DocumentStamp(canonical: line.extracting(fields.range(index)))
        else { throw bad("document", expected: "{date, number}") }
        return stamp
    }

    @inline(never)
    private static func missing(_ name: String) -> RecordFault {
        .malformed(Message(zh: "缺少字段 \(name)", en: "field \(name) is missing"))
    }

    @inline(never)
    private static func unknown(_ name: String) -> RecordFault {
        .malformed(Message(zh: "未知字段 \(name)", en: "unknown field \(name)"))
    }

    @inline(never)
    private static func bad(_ name: String, expected: String) -> RecordFault {
        .malformed(
            Message(
                zh: "字段 \(name) 不符合格式，应为 \(expected)",
                en: "field \(name) is ill-formed, expected \(expected)"))
    }
}

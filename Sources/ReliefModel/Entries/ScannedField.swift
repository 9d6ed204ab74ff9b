// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

extension Span<UInt8> {
    /// Whether a text stands in the bytes from `start` on.
    func hasPrefix(_ text: Span<UInt8>, at start: Int) -> Bool {
        guard start + text.count <= count else { return false }
        for index in text.indices where self[start + index] != text[index] { return false }
        return true
    }
}

/// One field of a scanned record, read as one of the format's types without allocating.
///
/// For the kinds that come by the million; the others are read by ``FieldReader``.
enum ScannedField {
    static func integer(
        _ fields: borrowing FieldTable, _ index: Int
    ) throws(RecordFault) -> Int64 {
        guard fields.type(index) == .integer else {
            throw bad(fields.name(index), expected: "integer")
        }
        return fields.integer(index)
    }

    /// Fen, above 0.
    static func amount(
        _ fields: borrowing FieldTable, _ index: Int
    ) throws(RecordFault) -> Int64 {
        let amount = try integer(fields, index)
        guard amount > 0 else { throw bad(fields.name(index), expected: "≥ 1") }
        return amount
    }

    static func reference(
        _ fields: borrowing FieldTable, _ index: Int
    ) throws(RecordFault) -> Int {
        let value = try integer(fields, index)
        guard value >= 0 else { throw bad(fields.name(index), expected: "seq ≥ 0") }
        return Int(value)
    }

    /// The place of a string value.
    static func string(
        _ fields: borrowing FieldTable, _ index: Int
    ) throws(RecordFault) -> Range<Int> {
        guard fields.type(index) == .string else {
            throw bad(fields.name(index), expected: "string")
        }
        return fields.range(index)
    }

    static func unit(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, _ index: Int
    ) throws(RecordFault) -> UnitID {
        guard let unit = UnitID(line.extracting(try string(fields, index))) else {
            throw bad(fields.name(index), expected: "unit")
        }
        return unit
    }

    /// A unit that is most often the last record's.
    @inline(__always)
    static func unit(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, _ index: Int,
        _ recent: inout RecentFields
    ) throws(RecordFault) -> UnitID {
        let text = line.extracting(try string(fields, index))
        guard let unit = recent.unit(text) else {
            throw bad(fields.name(index), expected: "unit")
        }
        return unit
    }

    /// A date that is most often the last record's.
    @inline(__always)
    static func date(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, _ index: Int,
        _ recent: inout RecentFields
    ) throws(RecordFault) -> CivilDate {
        let text = line.extracting(try string(fields, index))
        guard let date = recent.date(text) else {
            throw bad(fields.name(index), expected: "YYYY-MM-DD, 1949…2199")
        }
        return date
    }

    static func date(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, _ index: Int
    ) throws(RecordFault) -> CivilDate {
        guard let date = CivilDate(line.extracting(try string(fields, index))) else {
            throw bad(fields.name(index), expected: "YYYY-MM-DD, 1949…2199")
        }
        return date
    }

    /// A paper that is most often the last record's.
    static func document(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, _ index: Int,
        _ recent: inout RecentFields
    ) throws(RecordFault) -> DocumentStamp {
        guard fields.type(index) == .object,
            let stamp = try recent.document(line.extracting(fields.range(index)))
        else { throw bad(fields.name(index), expected: "{date, number}") }
        return stamp
    }

    /// Checks free text; only text near the limit or with escapes is copied for it.
    static func checkText(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, _ index: Int, maximumByteCount: Int
    ) throws(RecordFault) {
        guard fields.type(index) == .string else {
            throw bad(fields.name(index), expected: "text")
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

    // What a decoder of simply right records asks; nil or an error leaves the record to the other.

    static func count(
        _ fields: borrowing FieldTable, _ index: Int, _ range: ClosedRange<Int>
    ) throws(RecordFault) -> Int? {
        let count = Int(try integer(fields, index))
        return range.contains(count) ? count : nil
    }

    /// Free text without escapes.
    static func plainText(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, _ index: Int, _ maximum: Int
    ) throws(RecordFault) -> String? {
        guard !fields.hasEscapes(index) else { return nil }
        try checkText(line, fields, index, maximumByteCount: maximum)
        return fields.text(index, in: line)
    }

    static func itemCode(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, _ index: Int
    ) throws(RecordFault) -> String? {
        let range = try string(fields, index)
        return FieldName(line.extracting(range)) == nil ? nil : fields.text(index, in: line)
    }

    /// A document with its texts.
    static func wholeDocument(
        _ line: Span<UInt8>, _ fields: borrowing FieldTable, _ index: Int
    ) throws(RecordFault) -> Document? {
        guard fields.type(index) == .object else { return nil }
        return try Document(canonical: line.extracting(fields.range(index)))
    }

    // The faults are built out of line, so that the path of good records stays short.

    @inline(never)
    static func missing(_ name: String) -> RecordFault {
        .malformed(Message(zh: "缺少字段 \(name)", en: "field \(name) is missing"))
    }

    @inline(never)
    static func unknown(_ name: String) -> RecordFault {
        .malformed(Message(zh: "未知字段 \(name)", en: "unknown field \(name)"))
    }

    @inline(never)
    static func bad(_ name: FieldName, expected: String) -> RecordFault {
        .malformed(
            Message(
                zh: "字段 \(name) 不符合格式，应为 \(expected)",
                en: "field \(name) is ill-formed, expected \(expected)"))
    }
}

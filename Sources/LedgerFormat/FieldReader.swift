// SPDX-License-Identifier: Apache-2.0

/// Reads the fields of one object strictly: every field has its type, and none is left over.
///
/// For the records that are few (governance, policy, units); records by the million are decoded
/// from their ``FieldTable`` instead.
public struct FieldReader {
    /// A field that has not been taken; a scalar is not boxed as a ``JSONValue``.
    private struct Field {
        enum Content {
            case string(String)
            case integer(Int64)
            case boolean(Bool)
            case nested(JSONValue)
        }

        let name: FieldName
        let content: Content
    }

    private var fields: [Field] = []
    private let place: String

    /// Parses a whole line.
    ///
    /// - Throws: A malformed fault when the line is no canonical object.
    public init(line: Span<UInt8>) throws(RecordFault) {
        let value: JSONValue
        do {
            value = try CanonicalJSON.parse(line)
        } catch {
            throw .format(error)
        }
        try self.init(value: value, within: "")
    }

    /// Takes the fields of a line that has been scanned already.
    ///
    /// - Throws: A malformed fault when a nested value is none that canonical JSON allows.
    public init(line: Span<UInt8>, scanned table: borrowing FieldTable) throws(RecordFault) {
        place = ""
        fields.reserveCapacity(table.count)
        for index in 0..<table.count {
            let content: Field.Content
            switch table.type(index) {
            case .string: content = .string(table.text(index, in: line))
            case .integer: content = .integer(table.integer(index))
            case .boolean: content = .boolean(table.integer(index) == 1)
            case .object, .array:
                do {
                    content = .nested(
                        try CanonicalJSON.parse(line.extracting(table.range(index))))
                } catch {
                    throw .format(error)
                }
            }
            fields.append(Field(name: table.name(index), content: content))
        }
    }

    /// Reads an object that stands inside another one.
    ///
    /// - Parameter place: The path of the object, for messages; empty at the top.
    public init(value: JSONValue, within place: String) throws(RecordFault) {
        guard case .object(let list) = value else {
            throw .malformed(
                Message(
                    zh: "\(place) 应为对象",
                    en: "\(place.isEmpty ? "the record" : place) must be an object"))
        }
        self.place = place
        for member in list {
            // No kind has a field whose name is malformed: it is an unknown one.
            guard let name = FieldName(member.name) else { throw unknown(member.name) }
            let content: Field.Content
            switch member.value {
            case .string(let text): content = .string(text)
            case .integer(let number): content = .integer(number)
            case .boolean(let flag): content = .boolean(flag)
            case .object, .array: content = .nested(member.value)
            }
            fields.append(Field(name: name, content: content))
        }
    }

    /// Whether the field stands there and has not been read.
    public func has(_ name: FieldName) -> Bool {
        fields.contains { $0.name == name }
    }

    private mutating func take(_ name: FieldName) throws(RecordFault) -> Field.Content {
        guard let index = fields.firstIndex(where: { $0.name == name }) else {
            throw .malformed(
                Message(zh: "缺少字段 \(path(name))", en: "field \(path(name)) is missing"))
        }
        return fields.remove(at: index).content
    }

    /// Takes a field of any type.
    public mutating func value(_ name: FieldName) throws(RecordFault) -> JSONValue {
        switch try take(name) {
        case .string(let text): .string(text)
        case .integer(let number): .integer(number)
        case .boolean(let flag): .boolean(flag)
        case .nested(let value): value
        }
    }

    /// Takes a string field.
    public mutating func string(_ name: FieldName) throws(RecordFault) -> String {
        guard case .string(let text) = try take(name) else { throw bad(name, expected: "string") }
        return text
    }

    /// Takes an integer field.
    public mutating func integer(_ name: FieldName) throws(RecordFault) -> Int64 {
        guard case .integer(let number) = try take(name) else {
            throw bad(name, expected: "integer")
        }
        return number
    }

    /// Takes a boolean field.
    public mutating func boolean(_ name: FieldName) throws(RecordFault) -> Bool {
        guard case .boolean(let flag) = try take(name) else {
            throw bad(name, expected: "true|false")
        }
        return flag
    }

    /// Takes an array field.
    public mutating func array(_ name: FieldName) throws(RecordFault) -> [JSONValue] {
        guard case .nested(let value) = try take(name), let list = value.array else {
            throw bad(name, expected: "array")
        }
        return list
    }

    /// Takes a string field that must read as a `Value`.
    ///
    /// - Parameters:
    ///   - expected: The form, for the message.
    ///   - parse: The strict parser of the form.
    public mutating func word<Value>(
        _ name: FieldName, _ expected: String, _ parse: (String) -> Value?
    ) throws(RecordFault) -> Value {
        guard let value = parse(try string(name)) else { throw bad(name, expected: expected) }
        return value
    }

    /// Takes a free-text field (FORMAT.md §2, text).
    public mutating func text(
        _ name: FieldName, maximumByteCount: Int
    ) throws(RecordFault) -> String {
        let text = try string(name)
        if let problem = TextRule.problem(in: text, maximumByteCount: maximumByteCount) {
            throw .malformed(
                Message(zh: "\(path(name))：\(problem.zh)", en: "\(path(name)): \(problem.en)"))
        }
        return text
    }

    /// Refuses what has not been read.
    public func finish() throws(RecordFault) {
        guard let name = fields.map(\.name).min() else { return }
        throw unknown(name.description)
    }

    private func unknown(_ name: String) -> RecordFault {
        let path = place.isEmpty ? name : "\(place).\(name)"
        return .malformed(Message(zh: "未知字段 \(path)", en: "unknown field \(path)"))
    }

    /// A fault of one field's value.
    public func bad(_ name: FieldName, expected: String) -> RecordFault {
        .malformed(
            Message(
                zh: "字段 \(path(name)) 不符合格式，应为 \(expected)",
                en: "field \(path(name)) is ill-formed, expected \(expected)"))
    }

    private func path(_ name: FieldName) -> String {
        place.isEmpty ? name.description : "\(place).\(name)"
    }
}

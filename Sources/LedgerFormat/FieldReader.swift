// SPDX-License-Identifier: Apache-2.0

/// Reads the fields of one object strictly: every field has its type, and none is left over.
///
/// For the records that are few (governance, policy, units); records by the million are decoded
/// from their ``FieldTable`` instead.
public struct FieldReader {
    private var members: [String: JSONValue]
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
        members = Dictionary(
            list.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether the field stands there and has not been read.
    public func has(_ name: String) -> Bool {
        members[name] != nil
    }

    /// Takes a field of any type.
    public mutating func value(_ name: String) throws(RecordFault) -> JSONValue {
        guard let value = members.removeValue(forKey: name) else {
            throw .malformed(
                Message(zh: "缺少字段 \(path(name))", en: "field \(path(name)) is missing"))
        }
        return value
    }

    /// Takes a string field.
    public mutating func string(_ name: String) throws(RecordFault) -> String {
        guard let text = try value(name).string else { throw bad(name, expected: "string") }
        return text
    }

    /// Takes an integer field.
    public mutating func integer(_ name: String) throws(RecordFault) -> Int64 {
        guard let number = try value(name).integer else { throw bad(name, expected: "integer") }
        return number
    }

    /// Takes a boolean field.
    public mutating func boolean(_ name: String) throws(RecordFault) -> Bool {
        guard let flag = try value(name).boolean else { throw bad(name, expected: "true|false") }
        return flag
    }

    /// Takes an array field.
    public mutating func array(_ name: String) throws(RecordFault) -> [JSONValue] {
        guard let list = try value(name).array else { throw bad(name, expected: "array") }
        return list
    }

    /// Takes a string field that must read as a `Value`.
    ///
    /// - Parameters:
    ///   - expected: The form, for the message.
    ///   - parse: The strict parser of the form.
    public mutating func word<Value>(
        _ name: String, _ expected: String, _ parse: (String) -> Value?
    ) throws(RecordFault) -> Value {
        guard let value = parse(try string(name)) else { throw bad(name, expected: expected) }
        return value
    }

    /// Takes a free-text field (FORMAT.md §2, text).
    public mutating func text(
        _ name: String, maximumByteCount: Int
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
        guard let name = members.keys.min() else { return }
        throw .malformed(
            Message(zh: "未知字段 \(path(name))", en: "unknown field \(path(name))"))
    }

    /// A fault of one field's value.
    public func bad(_ name: String, expected: String) -> RecordFault {
        .malformed(
            Message(
                zh: "字段 \(path(name)) 不符合格式，应为 \(expected)",
                en: "field \(path(name)) is ill-formed, expected \(expected)"))
    }

    private func path(_ name: String) -> String {
        place.isEmpty ? name : "\(place).\(name)"
    }
}

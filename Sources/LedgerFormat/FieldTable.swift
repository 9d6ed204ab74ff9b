// SPDX-License-Identifier: Apache-2.0

/// The type of a JSON value.
public enum ValueType: UInt8, Sendable {
    /// An object.
    case object
    /// An array.
    case array
    /// A string.
    case string
    /// An integer.
    case integer
    /// `true` or `false`.
    case boolean
}

/// The top-level fields of one record, as places inside its line; reused from line to line.
///
/// The fields lie in one buffer that the table keeps, so that filling it allocates nothing and
/// reading one touches no other. Indices run from 0 in the order of the line, which is the order
/// of the names. A failed scan leaves the table empty.
public struct FieldTable: ~Copyable {
    /// How many fields a record may have.
    public static let capacity = 32

    /// One field, as the scanner found it.
    @usableFromInline
    struct Field {
        @usableFromInline var name: FieldName
        @usableFromInline var integer: Int64
        // A line has at most 65,535 bytes, so 32 bits hold every offset.
        @usableFromInline var lower: UInt32
        @usableFromInline var upper: UInt32
        @usableFromInline var type: ValueType
        @usableFromInline var hasEscapes: Bool

        @inlinable
        init(
            name: FieldName, integer: Int64, lower: UInt32, upper: UInt32, type: ValueType,
            hasEscapes: Bool
        ) {
            self.name = name
            self.integer = integer
            self.lower = lower
            self.upper = upper
            self.type = type
            self.hasEscapes = hasEscapes
        }
    }

    @usableFromInline var fields: ContiguousArray<Field>
    @usableFromInline var filled: Int

    /// An empty table.
    public init() {
        let empty = Field(
            name: FieldName(high: 0, low: 0), integer: 0, lower: 0, upper: 0, type: .object,
            hasEscapes: false)
        fields = ContiguousArray(repeating: empty, count: Self.capacity)
        filled = 0
    }

    /// How many fields the record has.
    @inlinable
    public var count: Int { filled }

    /// The name of a field.
    ///
    /// - Precondition: The index is below ``count``.
    @inlinable
    public func name(_ index: Int) -> FieldName {
        precondition(index < filled)
        return fields[index].name
    }

    /// The type of a field's value.
    ///
    /// - Precondition: The index is below ``count``.
    @inlinable
    public func type(_ index: Int) -> ValueType {
        precondition(index < filled)
        return fields[index].type
    }

    /// The bytes of a field's value inside the line; for a string without its quotes.
    ///
    /// - Precondition: The index is below ``count``.
    @inlinable
    public func range(_ index: Int) -> Range<Int> {
        precondition(index < filled)
        return Int(fields[index].lower)..<Int(fields[index].upper)
    }

    /// Whether a field is a string with a backslash escape (`\"` or `\\`).
    ///
    /// - Precondition: The index is below ``count``.
    @inlinable
    public func hasEscapes(_ index: Int) -> Bool {
        precondition(index < filled)
        return fields[index].hasEscapes
    }

    /// The value of an integer field; 1 for `true`, else 0.
    ///
    /// - Precondition: The index is below ``count``.
    @inlinable
    public func integer(_ index: Int) -> Int64 {
        precondition(index < filled)
        return fields[index].integer
    }

    /// The text of a string field, its escapes resolved.
    ///
    /// - Parameters:
    ///   - index: Which field.
    ///   - line: The line that filled the table.
    /// - Precondition: The index is below ``count`` and the line is the scanned one.
    public func text(_ index: Int, in line: Span<UInt8>) -> String {
        let range = range(index)
        if !hasEscapes(index), let valid = try? UTF8Span(validating: line.extracting(range)) {
            return String(copying: valid)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var at = range.lowerBound
        while at < range.upperBound {
            // The scanner admits only \" and \\: a backslash stands for the byte after it.
            if line[at] == 0x5C, at + 1 < range.upperBound { at += 1 }
            bytes.append(line[at])
            at += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The place of a name in the table, or nil.
    ///
    /// - Complexity: O(*n*) in the count of fields.
    @inlinable
    public func index(of name: FieldName) -> Int? {
        var index = 0
        while index < filled {
            if fields[index].name == name { return index }
            index += 1
        }
        return nil
    }
}

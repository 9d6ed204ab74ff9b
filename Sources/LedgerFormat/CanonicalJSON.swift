// SPDX-License-Identifier: Apache-2.0

/// Canonical JSON: RFC 8785 restricted to objects, arrays, strings, booleans and integers.
///
/// `{"amount":31000000,"unit":"530523204000"}` has no other spelling: names ascend by UTF-16 code
/// units, no white space stands between tokens, and only `\b \t \n \f \r \" \\` and `\u00xx` (lower
/// case, for the other controls) are escaped. Parsing accepts exactly what encoding writes.
public enum CanonicalJSON {
    /// How deep objects and arrays may nest.
    public static let maximumDepth = 8

    /// The largest magnitude of an integer, 2^53−1 (RFC 8785 §3.2.2.3, I-JSON).
    public static let maximumInteger: Int64 = 9_007_199_254_740_991

    /// Reads one value that fills the bytes.
    ///
    /// - Parameters:
    ///   - bytes: The canonical bytes.
    ///   - maximumByteCount: How many bytes there may be.
    /// - Throws: A ``FormatError`` for anything but the canonical spelling.
    /// - Complexity: O(*n*) in the count of bytes.
    public static func parse(
        _ bytes: Span<UInt8>, maximumByteCount: Int = 65_535
    ) throws(FormatError) -> JSONValue {
        guard bytes.count <= maximumByteCount else {
            throw FormatError(
                offset: maximumByteCount,
                problem: .tooLong(byteCount: bytes.count, maximum: maximumByteCount))
        }
        var parser = JSONParser()
        let value = try parser.value(bytes, depth: 0)
        guard parser.at == bytes.count else {
            throw FormatError(offset: parser.at, problem: .trailingBytes)
        }
        return value
    }

    /// Reads one value that fills the bytes.
    ///
    /// - Throws: A ``FormatError`` for anything but the canonical spelling.
    public static func parse(
        _ bytes: [UInt8], maximumByteCount: Int = 65_535
    ) throws(FormatError) -> JSONValue {
        try parse(bytes.span, maximumByteCount: maximumByteCount)
    }

    /// Writes a value in its one spelling; members out of order are sorted.
    ///
    /// - Precondition: Integers lie within ±(2^53−1), the names of an object differ, and nesting
    ///   is at most ``maximumDepth``.
    public static func encode(_ value: JSONValue) -> [UInt8] {
        var bytes: [UInt8] = []
        append(value, depth: 0, to: &bytes)
        return bytes
    }

    /// Appends a value that stands inside so many objects and arrays.
    static func append(_ value: JSONValue, depth: Int, to bytes: inout [UInt8]) {
        switch value {
        case .object(let members):
            append(members, depth: depth + 1, to: &bytes)
        case .array(let elements):
            precondition(depth < maximumDepth, "JSON array nested too deep: \(depth + 1)")
            bytes.append(0x5B)
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(0x2C) }
                append(element, depth: depth + 1, to: &bytes)
            }
            bytes.append(0x5D)
        case .string(let text):
            append(text, to: &bytes)
        case .integer(let number):
            precondition(
                (-maximumInteger...maximumInteger).contains(number),
                "JSON integer out of range: \(number)")
            bytes.append(contentsOf: String(number).utf8)
        case .boolean(let value):
            bytes.append(contentsOf: (value ? "true" : "false").utf8)
        }
    }

    private static func append(_ members: [JSONValue.Member], depth: Int, to bytes: inout [UInt8]) {
        precondition(depth <= maximumDepth, "JSON object nested too deep: \(depth)")
        let sorted = members.sorted { $0.precedes($1) }
        bytes.append(0x7B)
        for (index, member) in sorted.enumerated() {
            if index > 0 {
                precondition(
                    sorted[index - 1].precedes(member), "JSON name given twice: \(member.name)")
                bytes.append(0x2C)
            }
            append(member.name, to: &bytes)
            bytes.append(0x3A)
            append(member.value, depth: depth, to: &bytes)
        }
        bytes.append(0x7D)
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(0x22)
        for byte in text.utf8 {
            if let letter = shortEscape(byte) {
                bytes.append(0x5C)
                bytes.append(letter)
            } else if byte < 0x20 {
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(HexText.digit(byte >> 4))
                bytes.append(HexText.digit(byte & 0x0F))
            } else {
                bytes.append(byte)
            }
        }
        bytes.append(0x22)
    }

    /// The letter after the backslash, for the seven bytes that have a short escape.
    static func shortEscape(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x08: 0x62
        case 0x09: 0x74
        case 0x0A: 0x6E
        case 0x0C: 0x66
        case 0x0D: 0x72
        case 0x22, 0x5C: byte
        default: nil
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Bytes as standard base64 with padding (RFC 4648 §4), with no other spelling.
///
/// The last character before the padding carries unused bits. Many readers ignore them, so that
/// `Hh8=` and `Hh9=` mean the same; here they must be zero (RFC 4648 §3.5).
public enum Base64Text {
    /// Writes bytes with padding.
    ///
    /// - Complexity: O(*n*) in the count of bytes.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        encode(Array(bytes).span)
    }

    /// Writes bytes with padding.
    public static func encode(_ bytes: Span<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var at = 0
        while at < bytes.count {
            let left = bytes.count - at
            let first = UInt32(bytes[at]) << 16
            let second = left > 1 ? UInt32(bytes[at + 1]) << 8 : 0
            let third = left > 2 ? UInt32(bytes[at + 2]) : 0
            let group = first | second | third
            text.append(character(group >> 18 & 0x3F))
            text.append(character(group >> 12 & 0x3F))
            text.append(left > 1 ? character(group >> 6 & 0x3F) : padding)
            text.append(left > 2 ? character(group & 0x3F) : padding)
            at += 3
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads the one spelling that ``encode(_:)-(Span<UInt8>)`` writes.
    ///
    /// - Returns: The bytes, or nil for white space, missing padding, other alphabets and set
    ///   unused bits.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        decode(Array(text.utf8).span)
    }

    /// Reads the one spelling that ``encode(_:)-(Span<UInt8>)`` writes.
    ///
    /// - Returns: The bytes, or nil for white space, missing padding, other alphabets and set
    ///   unused bits.
    public static func decode(_ text: Span<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 4) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var at = 0
        while at < text.count {
            let isLast = at + 4 == text.count
            var length = 3
            if isLast, text[at + 3] == padding { length = text[at + 2] == padding ? 1 : 2 }
            var group: UInt32 = 0
            for index in 0...length {
                guard let value = value(text[at + index]) else { return nil }
                group |= value << UInt32(18 - 6 * index)
            }
            // The bits below the last whole byte are unused and zero.
            let unused = (UInt32(1) << UInt32(24 - 8 * length)) - 1
            guard length == 3 || group & unused == 0 else { return nil }
            for index in 0..<length {
                bytes.append(UInt8(truncatingIfNeeded: group >> UInt32(16 - 8 * index)))
            }
            at += 4
        }
        return bytes
    }

    private static let padding: UInt8 = 0x3D

    /// The character for a value below 64.
    private static func character(_ value: UInt32) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: value)
        switch value {
        case 0...25: return 0x41 + value
        case 26...51: return 0x61 + (value - 26)
        case 52...61: return 0x30 + (value - 52)
        case 62: return 0x2B
        default: return 0x2F
        }
    }

    /// The value of a character of the standard alphabet, or nil.
    private static func value(_ character: UInt8) -> UInt32? {
        switch character {
        case 0x41...0x5A: UInt32(character - 0x41)
        case 0x61...0x7A: UInt32(character - 0x61) + 26
        case 0x30...0x39: UInt32(character - 0x30) + 52
        case 0x2B: 62
        case 0x2F: 63
        default: nil
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The name of a field: 1 to 16 ASCII letters and digits, a lower-case letter first (FORMAT.md §1).
///
/// The bytes are packed into two big-endian integers padded with zeros, so that comparing the
/// integers compares the bytes.
public struct FieldName: Hashable, Comparable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    /// Bytes 0 to 7, the first in the highest place.
    public let high: UInt64
    /// Bytes 8 to 15.
    public let low: UInt64

    /// Takes a name that is packed already, where a literal would be packed anew at each use.
    @inlinable
    public init(high: UInt64, low: UInt64 = 0) {
        self.high = high
        self.low = low
    }

    /// Reads a name.
    ///
    /// - Returns: nil where it is not 1 to 16 letters and digits, a lower-case letter first.
    public init?(_ text: Span<UInt8>) {
        self.init(text, 0..<text.count)
    }

    /// Reads a name that stands inside a line.
    ///
    /// - Returns: nil where it is not 1 to 16 letters and digits, a lower-case letter first.
    /// - Precondition: The range lies inside.
    package init?(_ line: Span<UInt8>, _ range: Range<Int>) {
        guard (1...16).contains(range.count) else { return nil }
        let split = min(range.count, 8)
        let inHigh = Lanes.below(split)
        let inLow = Lanes.below(range.count - split)
        let high = line.word(at: range.lowerBound) & inHigh
        let low = inLow == 0 ? 0 : line.word(at: range.lowerBound + 8) & inLow
        let bad = ~Lanes.alphanumeric(high) & inHigh | ~Lanes.alphanumeric(low) & inLow
        guard bad & Lanes.highBits == 0, UInt8(truncatingIfNeeded: high) &- 0x61 < 26 else {
            return nil
        }
        self.init(high: high.byteSwapped, low: low.byteSwapped)
    }

    /// Reads a name.
    ///
    /// - Returns: nil where it is not 1 to 16 letters and digits, a lower-case letter first.
    public init?(_ text: String) {
        self.init(text.utf8Span.span)
    }

    /// Takes a name written in the source code.
    ///
    /// - Precondition: It is 1 to 16 letters and digits, a lower-case letter first.
    public init(stringLiteral text: String) {
        var packed: UInt128 = 0
        for byte in text.utf8 {
            let isLetter = (byte | 0x20) &- 0x61 < 26
            precondition(
                (isLetter || packed != 0 && (0x30...0x39).contains(byte)) && packed >> 120 == 0
                    && (packed != 0 || byte >= 0x61),
                "field name literal is malformed: \(text)")
            packed = packed << 8 | UInt128(byte)
        }
        precondition(packed != 0, "field name literal is empty")
        packed <<= UInt128(packed.leadingZeroBitCount / 8 * 8)
        self.init(
            high: UInt64(truncatingIfNeeded: packed >> 64),
            low: UInt64(truncatingIfNeeded: packed))
    }

    /// The name as text.
    public var description: String {
        var bytes: [UInt8] = []
        for word in [high, low] {
            for shift in stride(from: UInt64(56), through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// Whether the bytes are the same.
    @inlinable
    public static func == (left: FieldName, right: FieldName) -> Bool {
        left.high == right.high && left.low == right.low
    }

    /// Whether the bytes of one name sort before those of another.
    @inlinable
    public static func < (left: FieldName, right: FieldName) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }
}

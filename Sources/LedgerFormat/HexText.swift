// SPDX-License-Identifier: Apache-2.0

/// Bytes as lower-case hexadecimal digits, two a byte, with no other spelling.
public enum HexText {
    /// Writes bytes as lower-case digits.
    ///
    /// - Complexity: O(*n*) in the count of bytes.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        encode(Array(bytes).span)
    }

    /// Writes bytes as lower-case digits.
    public static func encode(_ bytes: Span<UInt8>) -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(bytes.count * 2)
        for index in bytes.indices {
            digits.append(digit(bytes[index] >> 4))
            digits.append(digit(bytes[index] & 0x0F))
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// Reads an even count of lower-case digits.
    ///
    /// - Returns: The bytes, or nil where any other byte stands or a digit is missing.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        decode(Array(text.utf8).span)
    }

    /// Reads an even count of lower-case digits.
    ///
    /// - Returns: The bytes, or nil where any other byte stands or a digit is missing.
    public static func decode(_ text: Span<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        var at = 0
        while at < text.count {
            guard let high = value(text[at]), let low = value(text[at + 1]) else { return nil }
            bytes.append(high << 4 | low)
            at += 2
        }
        return bytes
    }

    /// Reads 32 lower-case digits as a number, the first digit highest; allocates nothing.
    ///
    /// - Returns: Nil where there are more or fewer bytes, or any other one.
    public static func number(_ text: Span<UInt8>) -> UInt128? {
        guard text.count == 32 else { return nil }
        var number: UInt128 = 0
        for offset in stride(from: 0, to: 32, by: 8) {
            guard let word = value(eight: text.eightBytes(at: offset)) else { return nil }
            number = number << 32 | UInt128(word)
        }
        return number
    }

    /// The value of eight digits at once, the first in the lowest place.
    ///
    /// Letters have bit 6 and add 9 to their low nibble. What does not spell itself again, is a
    /// letter below ten or a digit above nine, or is above fifteen, is refused.
    @inline(__always)
    private static func value(eight word: UInt64) -> UInt32? {
        let letters = word >> 6 & Lanes.ones
        let nibbles = (word & (Lanes.ones &* 0x0F)) &+ letters &* 9
        let spelled = nibbles &+ (Lanes.ones &* 0x30) &+ letters &* 39
        let areLetters = (nibbles &+ Lanes.ones &* 6) >> 4 & (Lanes.ones &* 0x0F)
        guard spelled == word, areLetters == letters, nibbles & (Lanes.ones &* 0xF0) == 0 else {
            return nil
        }
        // Neighbours are joined, the first one higher: nibbles to bytes, bytes to the whole.
        let bytes = (nibbles << 4 | nibbles >> 8) & 0x00FF_00FF_00FF_00FF
        let pairs = (bytes << 8 | bytes >> 16) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: pairs << 16 | pairs >> 32)
    }

    /// Eight digits that spell four bytes, both with the first in the lowest place.
    @inline(__always)
    static func digits(of bytes: UInt32) -> UInt64 {
        // Spread the bytes over 16-bit lanes, then each over its two nibbles, the high one first.
        var lanes = UInt64(bytes)
        lanes = (lanes | lanes << 16) & 0x0000_FFFF_0000_FFFF
        lanes = (lanes | lanes << 8) & 0x00FF_00FF_00FF_00FF
        let nibbles = (lanes >> 4 & 0x000F_000F_000F_000F) | (lanes & 0x000F_000F_000F_000F) << 8
        // 1 in each byte that needs a letter: 10 + 6 carries into the upper nibble.
        let letters = (nibbles + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return nibbles + 0x3030_3030_3030_3030 + letters * 39
    }

    /// The digit for a value below 16.
    static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x61 + value - 10
    }

    /// The value of a lower-case digit, or nil.
    static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Tests on the eight bytes of a word at once; the answer is the high bit of each byte.
///
/// Borrows make some answers wrong above the lowest hit, never at or below it, so only the lowest
/// may be used. (H. S. Warren, Hacker's Delight, §6-1.)
enum Lanes {
    static let ones: UInt64 = 0x0101_0101_0101_0101
    static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The bytes equal to one value.
    @inline(__always)
    static func equal(_ word: UInt64, _ byte: UInt64) -> UInt64 {
        let differences = word ^ (ones &* byte)
        return (differences &- ones) & ~differences & highBits
    }

    /// The bytes that a string cannot just run over: below 0x20, `"`, `\`, DEL and above.
    @inline(__always)
    static func special(_ word: UInt64) -> UInt64 {
        // Flipping bit 1 brings the quote (0x22) below 0x21 and takes the space (0x20) out of it.
        let controlOrQuote = ((word ^ (ones &* 0x02)) &- (ones &* 0x21)) & ~word
        let backslash = word ^ (ones &* 0x5C)
        // Adding 1 sets the high bit of DEL (0x7F).
        return (controlOrQuote | ((backslash &- ones) & ~backslash) | (word &+ ones) | word)
            & highBits
    }

    /// The bytes that a string escapes: below 0x20, `"` and `\`.
    @inline(__always)
    static func escaped(_ word: UInt64) -> UInt64 {
        let controlOrQuote = ((word ^ (ones &* 0x02)) &- (ones &* 0x21)) & ~word
        return (controlOrQuote | equal(word, 0x5C)) & highBits
    }

    /// The bytes that are ASCII letters or digits, every answer right.
    @inline(__always)
    static func alphanumeric(_ word: UInt64) -> UInt64 {
        let ascii = word & ~highBits
        let folded = ascii | (ones &* 0x20)
        let letters = (folded &+ (ones &* 0x1F)) & ~(folded &+ (ones &* 0x05))
        let digits = (ascii &+ (ones &* 0x50)) & ~(ascii &+ (ones &* 0x46))
        return (letters | digits) & ~word & highBits
    }

    /// Whether the lowest three bytes are a character with a lead of E3 to EC, as the Chinese ones
    /// have: any two continuation bytes follow, and no surrogate, long form or invisible character
    /// is among them.
    @inline(__always)
    static func isPlainTriple(_ word: UInt64) -> Bool {
        word & 0xC0_C000 == 0x80_8000 && UInt8(truncatingIfNeeded: word) &- 0xE3 < 10
    }

    /// A mask of the lowest `count` bytes, 0 to 8.
    @inline(__always)
    static func below(_ count: Int) -> UInt64 {
        ~(UInt64.max << UInt64(8 * count))
    }
}

extension Span where Element == UInt8 {
    /// The eight bytes from an offset, the first in the lowest place.
    ///
    /// - Precondition: All eight lie inside.
    @inline(__always)
    func eightBytes(at offset: Int) -> UInt64 {
        // Constant indices into eight bytes: the compiler makes one load of it.
        let eight = extracting(offset..<offset + 8)
        let low =
            UInt64(eight[0]) | UInt64(eight[1]) << 8 | UInt64(eight[2]) << 16
            | UInt64(eight[3]) << 24
        let high =
            UInt64(eight[4]) | UInt64(eight[5]) << 8 | UInt64(eight[6]) << 16
            | UInt64(eight[7]) << 24
        return low | high << 32
    }
    /// The eight bytes from an offset, the first in the lowest place, with zeros past the end.
    ///
    /// - Precondition: The offset lies inside or at the end.
    @inline(__always)
    func word(at offset: Int) -> UInt64 {
        if offset <= count - 8 { return eightBytes(at: offset) }
        var word: UInt64 = 0
        for index in (offset..<count).reversed() {
            word = word << 8 | UInt64(self[index])
        }
        return word
    }
}

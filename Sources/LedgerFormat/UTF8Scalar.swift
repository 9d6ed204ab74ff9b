// SPDX-License-Identifier: Apache-2.0

/// One character read from the front of up to four bytes of UTF-8 (RFC 3629).
struct UTF8Scalar {
    /// The code point.
    let value: UInt32
    /// How many bytes it takes, 1 to 4.
    let byteCount: Int

    /// Reads the character at the front of four bytes.
    ///
    /// - Parameter front: Four bytes, the first in the highest place, zeros past the end of the
    ///   text. A zero is no continuation byte, so a cut sequence is refused.
    /// - Returns: nil for anything but the shortest form of a scalar value.
    @inline(__always)
    init?(front: UInt32) {
        let lead = front >> 24
        if lead < 0x80 {
            self.init(value: lead, byteCount: 1)
            return
        }
        if lead & 0xE0 == 0xC0 {
            guard lead >= 0xC2, front & 0x00C0_0000 == 0x0080_0000 else { return nil }
            self.init(value: (lead & 0x1F) << 6 | front >> 16 & 0x3F, byteCount: 2)
            return
        }
        if lead & 0xF0 == 0xE0 {
            let value = (lead & 0x0F) << 12 | (front >> 16 & 0x3F) << 6 | front >> 8 & 0x3F
            guard front & 0x00C0_C000 == 0x0080_8000, value >= 0x800,
                !(0xD800...0xDFFF).contains(value)
            else { return nil }
            self.init(value: value, byteCount: 3)
            return
        }
        let value =
            (lead & 0x07) << 18 | (front >> 16 & 0x3F) << 12 | (front >> 8 & 0x3F) << 6
            | front & 0x3F
        guard lead & 0xF8 == 0xF0, front & 0x00C0_C0C0 == 0x0080_8080,
            (0x10000...0x10FFFF).contains(value)
        else { return nil }
        self.init(value: value, byteCount: 4)
    }

    /// Reads the character at an offset inside the bytes.
    init?(in bytes: Span<UInt8>, at offset: Int) {
        var front: UInt32 = 0
        for index in offset..<offset + 4 {
            front = front << 8 | (index < bytes.count ? UInt32(bytes[index]) : 0)
        }
        self.init(front: front)
    }

    private init(value: UInt32, byteCount: Int) {
        self.value = value
        self.byteCount = byteCount
    }

    /// Whether it is one of U+0000–001F and U+007F–009F (FORMAT.md §2, text).
    var isControl: Bool {
        value < 0x20 || (0x7F...0x9F).contains(value)
    }

    /// Whether it is a zero-width character or direction mark that FORMAT.md §2 (text) names.
    var isInvisible: Bool {
        switch value {
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF: true
        default: false
        }
    }
}

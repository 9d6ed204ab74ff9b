// SPDX-License-Identifier: Apache-2.0

/// Numbers and codes as people type and paste them from spreadsheets and chats.
enum EnteredText {
    /// The characters without the spaces around them, full-width ones and small letters put right.
    static func characters(of text: String) -> [Character] {
        let scalars = text.unicodeScalars.map(plain)
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return [] }
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: scalars[first...last].lazy.map(upper))
        return Array(String(kept))
    }

    /// A full-width form (U+FF01 to U+FF5E) as the ASCII character it stands for.
    static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard (0xFF01...0xFF5E).contains(scalar.value),
            let plain = Unicode.Scalar(scalar.value - 0xFF01 + 0x21)
        else { return scalar }
        return plain
    }

    /// Whether a character is a blank: space, tab, line end, no-break or full-width space, or BOM.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x3000, 0xFEFF: true
        default: false
        }
    }

    private static func upper(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard (0x61...0x7A).contains(scalar.value), let upper = Unicode.Scalar(scalar.value - 0x20)
        else { return scalar }
        return upper
    }
}

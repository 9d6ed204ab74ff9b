// SPDX-License-Identifier: Apache-2.0

/// Texts as a cell stores them.
enum CellText {
    /// The most digits that a spreadsheet keeps of a number.
    static let digitCount = 15

    /// The text with whatever a reader would take for an escape escaped itself.
    ///
    /// `_x0041_` in a file stands for `A` (ECMA-376 part 1, §22.9.2.19), so its underscore is
    /// written as `_x005F_`. The library escapes control characters by the same rule.
    static func stored(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.count >= 7 else { return text }
        var stored: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if byte == 0x5F, isEscape(bytes[index...]) {
                stored += Array("_x005F_".utf8)
            } else {
                stored.append(byte)
            }
        }
        return String(decoding: stored, as: UTF8.self)
    }

    /// A number of more digits than a spreadsheet keeps, as text; nil for one that it keeps.
    static func unkept(units: Int64, decimals: Int) -> String? {
        var digits = String(units.magnitude)
        guard digits.utf8.count > digitCount else { return nil }
        if decimals > 0 {
            let point = digits.index(digits.endIndex, offsetBy: -decimals)
            digits.insert(".", at: point)
        }
        return (units < 0 ? "-" : "") + digits
    }

    private static func isEscape(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count >= 7 else { return false }
        let start = bytes.startIndex
        let hex = bytes[start + 2..<start + 6].allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0)
        }
        return bytes[start + 1] == 0x78 && hex && bytes[start + 6] == 0x5F
    }
}

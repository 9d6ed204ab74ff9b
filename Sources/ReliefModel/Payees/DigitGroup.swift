// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// A maximal run of decimal digits in a text, and what stands around it.
struct DigitGroup {
    /// What may stand, once, between the groups of one number.
    enum Separator {
        case space
        case hyphen
    }

    /// The digits as numbers 0 to 9.
    let digits: [UInt8]
    /// The characters of the text, counted from 0.
    let characters: Range<Int>
    /// Where an X, or what looks like one, ends the word right after the digits; or nil.
    let closingX: Int?
    /// Whether the run is part of a valid 统一社会信用代码.
    let isInUnifiedCode: Bool
    /// Whether the text writes it as an amount of money.
    let isAmount: Bool
    /// What joins it to the next group, or nil.
    let link: Separator?

    /// The groups of a text, without those inside hash values.
    static func all(in text: String) -> [DigitGroup] {
        DigitGroupReader(text).groups()
    }
}

/// Splits a text into words of letters and digits, and these into groups.
private struct DigitGroupReader {
    private enum Glyph: Equatable {
        case digit(UInt8)
        case letter(UInt8)
        case separator(DigitGroup.Separator)
        case other(Unicode.Scalar)
    }

    // Hash values: MD5 and pseudonyms, SHA-1, SHA-256, SHA-512.
    private static let digestLengths: Set<Int> = [32, 40, 64, 128]

    private var glyphs: [Glyph] = []
    /// The character of the text that each glyph is.
    private var positions: [Int] = []

    init(_ text: String) {
        for (position, character) in text.enumerated() {
            guard let scalar = character.unicodeScalars.first, let glyph = Self.glyph(scalar) else {
                continue
            }
            glyphs.append(glyph)
            positions.append(position)
        }
    }

    /// What a character is, or nil where it can't be seen, and so separates nothing.
    private static func glyph(_ scalar: Unicode.Scalar) -> Glyph? {
        let plain = EnteredText.plain(scalar)
        switch plain.value {
        case 0x41...0x5A: return .letter(UInt8(plain.value))
        case 0x61...0x7A: return .letter(UInt8(plain.value - 0x20))
        case 0xD7, 0x425, 0x445, 0x2169, 0x2179: return .letter(0x58)  // × Х х Ⅹ ⅹ
        case 0x20, 0xA0, 0x3000: return .separator(.space)
        case 0x2D, 0x2010...0x2015, 0x2212: return .separator(.hyphen)
        default: break
        }
        if plain.properties.numericType == .decimal, let value = plain.properties.numericValue {
            return .digit(UInt8(value))
        }
        return plain.properties.generalCategory == .format ? nil : .other(plain)
    }

    func groups() -> [DigitGroup] {
        var groups: [DigitGroup] = []
        var start = 0
        while start < glyphs.count {
            guard isWordGlyph(start) else {
                start += 1
                continue
            }
            var end = start + 1
            while isWordGlyph(end) { end += 1 }
            append(to: &groups, word: start..<end)
            start = end
        }
        return groups
    }

    private func append(to groups: inout [DigitGroup], word: Range<Int>) {
        let bytes = bytes(of: word)
        if isDigest(bytes) { return }
        // One card number of 18 digits in 31 is a valid code too; cards begin with 6, and hardly
        // any code does.
        let isUnifiedCode = UnifiedCode.isValid(bytes.span) && bytes[0] != 0x36
        var start = word.lowerBound
        while start < word.upperBound {
            guard digit(start) != nil else {
                start += 1
                continue
            }
            var digits: [UInt8] = []
            var end = start
            while let digit = digit(end) {
                digits.append(digit)
                end += 1
            }
            let isClosed = end + 1 == word.upperBound && glyphs[end] == .letter(0x58)
            groups.append(
                DigitGroup(
                    digits: digits, characters: positions[start]..<positions[end - 1] + 1,
                    closingX: isClosed ? positions[end] : nil, isInUnifiedCode: isUnifiedCode,
                    isAmount: isAmount(start..<end), link: link(after: end)))
            start = end
        }
    }

    private func bytes(of word: Range<Int>) -> [UInt8] {
        glyphs[word].map { glyph in
            switch glyph {
            case .digit(let value): 0x30 + value
            case .letter(let letter): letter
            case .separator, .other: 0
            }
        }
    }

    /// The separator right after a run, if a digit follows it at once that is a group's: those of
    /// hash values are not.
    private func link(after end: Int) -> DigitGroup.Separator? {
        guard end < glyphs.count, case .separator(let separator) = glyphs[end],
            digit(end + 1) != nil
        else { return nil }
        var wordEnd = end + 2
        while isWordGlyph(wordEnd) { wordEnd += 1 }
        let word = end + 1..<wordEnd
        if Self.digestLengths.contains(word.count), isDigest(bytes(of: word)) { return nil }
        return separator
    }

    /// Whether letters and digits, in capitals, are a hash value.
    private func isDigest(_ bytes: [UInt8]) -> Bool {
        Self.digestLengths.contains(bytes.count)
            && bytes.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x46).contains($0) }
            && bytes.contains { $0 >= 0x41 }
    }

    /// A currency sign before the run; or 元, 万 or 亿 after it and its decimals; or two decimals.
    private func isAmount(_ run: Range<Int>) -> Bool {
        if run.lowerBound > 0, case .other(let sign) = glyphs[run.lowerBound - 1],
            ["¥", "￥"].contains(sign)
        {
            return true
        }
        var end = run.upperBound
        var decimals = 0
        if end < glyphs.count, glyphs[end] == .other(".") {
            while digit(end + 1 + decimals) != nil { decimals += 1 }
            if decimals > 0 { end += 1 + decimals }
        }
        if decimals == 2, !isWordGlyph(end) { return true }
        if end < glyphs.count, glyphs[end] == .separator(.space) { end += 1 }
        guard end < glyphs.count, case .other(let unit) = glyphs[end] else { return false }
        return ["元", "万", "亿", "圆"].contains(unit)
    }

    private func digit(_ index: Int) -> UInt8? {
        guard index < glyphs.count, case .digit(let value) = glyphs[index] else { return nil }
        return value
    }

    private func isWordGlyph(_ index: Int) -> Bool {
        guard index < glyphs.count else { return false }
        switch glyphs[index] {
        case .digit, .letter: return true
        case .separator, .other: return false
        }
    }
}

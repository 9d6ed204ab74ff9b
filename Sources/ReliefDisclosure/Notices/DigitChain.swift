// SPDX-License-Identifier: Apache-2.0

internal import ReliefModel

/// A stretch of digits, with at most one space or hyphen between each two, that is long enough to be
/// somebody's number.
///
/// Found byte by byte, since almost nothing of a large output is one; ``ReliefModel/PersonalDataScan``
/// then says of the few whether they are.
struct DigitChain {
    /// The bytes from the first digit to the last.
    let bytes: Range<Int>

    /// Digits of the shortest number that is looked for, a mobile phone's.
    private static let leastCount = 11
    /// Bytes of a word, at most, that are looked at to know a digest.
    private static let wordByteCount = 200
    /// Bytes around the word: room for a sign of currency, decimals and 元.
    private static let marginByteCount = 12

    private enum Glyph {
        case digit, separator, invisible, other
    }

    static func all(in bytes: ArraySlice<UInt8>) -> [DigitChain] {
        var chains: [DigitChain] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            // Plain letters and Chinese characters are most of a page.
            if bytes[index] < 0x30 || (0x3A..<0xC0).contains(bytes[index])
                || (0xE4...0xE9).contains(bytes[index])
            {
                index += 1
                continue
            }
            guard case (.digit, _) = Self.glyph(bytes, index) else {
                index += 1
                continue
            }
            let (chain, next) = Self.chain(in: bytes, from: index)
            if let chain { chains.append(chain) }
            index = next
        }
        return chains
    }

    private static func chain(
        in bytes: ArraySlice<UInt8>, from start: Int
    ) -> (DigitChain?, next: Int) {
        var (index, end, count) = (start, start, 0)
        var isOneRun = true
        var wasSeparator = false
        loop: while index < bytes.endIndex {
            let (glyph, length) = Self.glyph(bytes, index)
            switch glyph {
            case .digit:
                count += 1
                if wasSeparator { isOneRun = false }
                wasSeparator = false
                end = index + length
            case .separator:
                if wasSeparator { break loop }
                wasSeparator = true
            case .invisible: break
            case .other: break loop
            }
            index += length
        }
        // The codes of units have 12 digits, and no number that is looked for has 12 or 14.
        guard count >= leastCount, !isOneRun || (count != 12 && count != 14) else {
            return (nil, max(end, start + 1))
        }
        return (DigitChain(bytes: start..<end), end)
    }

    /// The chain with the words that it is part of, and some bytes more, at ends of characters.
    func window(in bytes: ArraySlice<UInt8>) -> Range<Int> {
        var (low, high) = (self.bytes.lowerBound, self.bytes.upperBound)
        let least = max(bytes.startIndex, low - Self.wordByteCount)
        let most = min(bytes.endIndex, high + Self.wordByteCount)
        while low > least, MachineToken.isPart(bytes[low - 1]) { low -= 1 }
        while high < most, MachineToken.isPart(bytes[high]) { high += 1 }
        low = max(bytes.startIndex, low - Self.marginByteCount)
        high = min(bytes.endIndex, high + Self.marginByteCount)
        while low > bytes.startIndex, bytes[low] & 0xC0 == 0x80 { low -= 1 }
        while high < bytes.endIndex, bytes[high] & 0xC0 == 0x80 { high += 1 }
        return low..<high
    }

    /// What stands at a byte that begins a character, as ``ReliefModel/PersonalDataScan`` sees it.
    private static func glyph(_ bytes: ArraySlice<UInt8>, _ index: Int) -> (Glyph, length: Int) {
        let byte = bytes[index]
        switch byte {
        case 0x30...0x39: return (.digit, 1)
        case 0x20, 0x2D: return (.separator, 1)
        case ..<0x80: return (.other, 1)
        default: break
        }
        let length =
            switch byte {
            case 0xC0..<0xE0: 2
            case 0xE0..<0xF0: 3
            case 0xF0...: 4
            default: 1
            }
        guard length > 1, index + length <= bytes.endIndex else { return (.other, 1) }
        var value = UInt32(byte) & (0x7F >> UInt32(length))
        for offset in 1..<length { value = value << 6 | UInt32(bytes[index + offset] & 0x3F) }
        switch value {
        case 0xA0, 0x3000, 0x2010...0x2015, 0x2212, 0xFF0D: return (.separator, length)
        default: break
        }
        guard let scalar = Unicode.Scalar(value) else { return (.other, length) }
        if scalar.properties.numericType == .decimal { return (.digit, length) }
        return (scalar.properties.generalCategory == .format ? .invisible : .other, length)
    }
}

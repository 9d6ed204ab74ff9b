// SPDX-License-Identifier: Apache-2.0

/// Characters that a text names instead of holding them.
enum References {
    /// The named references that could stand within a number or between its groups.
    private static let names: [String: UInt32] = [
        "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "nbsp": 0xA0,
        "ensp": 0x20, "emsp": 0x20, "thinsp": 0x20, "hairsp": 0x20, "numsp": 0x20, "puncsp": 0x20,
        "shy": 0xAD, "zwnj": 0x200C, "zwj": 0x200D, "NoBreak": 0x2060, "ZeroWidthSpace": 0x200B,
        "hyphen": 0x2010, "dash": 0x2010, "ndash": 0x2013, "mdash": 0x2014, "horbar": 0x2015,
        "minus": 0x2212, "Tab": 0x09, "NewLine": 0x0A,
    ]

    /// What the reference at an ampersand stands for, and where the text goes on.
    static func decoded(_ bytes: [UInt8], at start: Int) -> (bytes: [UInt8], next: Int) {
        var end = start + 1
        while end < bytes.count, end - start < 16, isNamePart(bytes[end]) { end += 1 }
        let name = String(decoding: bytes[start + 1..<end], as: UTF8.self)
        // Browsers take a reference without its semicolon too.
        let next = end < bytes.count && bytes[end] == 0x3B ? end + 1 : end
        if let value = value(of: name), let scalar = Unicode.Scalar(value) {
            return (Array(String(Character(scalar)).utf8), next)
        }
        return ([0x26], start + 1)
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        byte == 0x23 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }

    private static func value(of name: String) -> UInt32? {
        guard name.hasPrefix("#") else { return names[name] }
        let digits = name.dropFirst()
        if digits.first == "x" || digits.first == "X" {
            return UInt32(digits.dropFirst(), radix: 16)
        }
        return UInt32(digits)
    }

    /// An address with its percent-encoded bytes in clear.
    static func withoutPercents(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x25, index + 2 < bytes.count,
                let value = UInt8(
                    String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16),
                value < 0x80
            {
                result.append(value)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}

/// JSON and scripts, with the escapes of their texts resolved.
enum DataText {
    /// Digits from which an integer outside of texts is no figure (a sequence number, fen).
    ///
    /// Nothing here writes a phone number but as text.
    private static let leastCount = 15

    /// One piece of data.
    static func passage(_ bytes: ArraySlice<UInt8>, line first: Int) -> Passage {
        var passage = Passage(.script)
        var line = first
        var quote: UInt8?
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == 0x0A { line += 1 }
            if byte == 0x5C, let (value, length) = escape(bytes, at: index) {
                for byte in value { passage.append(byte, line: line) }
                index += length
                continue
            }
            if byte == 0x22 { quote = quote == nil ? byte : nil }
            if quote == nil, (0x30...0x39).contains(byte) {
                let end =
                    bytes[index...].firstIndex { !(0x30...0x39).contains($0) } ?? bytes.endIndex
                let isFigure = end - index < leastCount
                for digit in bytes[index..<end] {
                    passage.append(isFigure ? 0x01 : digit, line: line)
                }
                index = end
                continue
            }
            passage.append(byte, line: line)
            index += 1
        }
        return passage
    }

    /// What a backslash stands for, and how many bytes say so.
    private static func escape(
        _ bytes: ArraySlice<UInt8>, at index: Int
    ) -> (value: [UInt8], length: Int)? {
        guard index + 1 < bytes.endIndex else { return nil }
        let count: Int
        switch bytes[index + 1] {
        case 0x75: count = 4  // \u0031
        case 0x78: count = 2  // \x31
        case 0x22, 0x27, 0x2F, 0x5C: return ([0x01], 2)
        default: return ([0x20], 2)
        }
        let start = index + 2
        guard start + count <= bytes.endIndex,
            let value = UInt32(
                String(decoding: bytes[start..<start + count], as: UTF8.self), radix: 16),
            let scalar = Unicode.Scalar(value)
        else { return nil }
        return (Array(String(Character(scalar)).utf8), 2 + count)
    }
}

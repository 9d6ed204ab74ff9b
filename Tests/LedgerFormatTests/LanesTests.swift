// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LedgerFormat

/// The tests on eight bytes at once, against the plain ones.
@Suite struct LanesTests {
    @Test func `eight digits are the number that they spell and nothing else is`() {
        for number in stride(from: 0, through: 99_999_999, by: 7_919) + [99_999_999] {
            let text = DecimalDigits.text(number, 8)
            #expect(DecimalDigits.value(Array(text.utf8).span.eightBytes(at: 0)) == number)
        }
        for digits in ["00000000", "99999999", "12345678"] {
            for place in 0..<8 {
                for byte in UInt8.min...UInt8.max {
                    var text = Array(digits.utf8)
                    text[place] = byte
                    let expected = Int(String(decoding: text, as: UTF8.self))
                    let isDigit = (0x30...0x39).contains(byte)
                    let value = DecimalDigits.value(text.span.eightBytes(at: 0))
                    #expect(value == (isDigit ? expected : nil), "\(text)")
                }
            }
        }
    }

    @Test func `a word ends in zeros past the end of the bytes`() {
        for count in 0...20 {
            let bytes = (0..<count).map { UInt8($0 + 1) }
            for offset in 0...count {
                let word = bytes.span.word(at: offset)
                for lane in 0..<8 {
                    let expected = offset + lane < count ? bytes[offset + lane] : 0
                    #expect(UInt8(truncatingIfNeeded: word >> UInt64(8 * lane)) == expected)
                }
            }
        }
    }

    @Test func `a name of any length with any byte at any place is told as byte by byte`() {
        let letters = Array("aZ09bcdefghijklmn".utf8)
        for count in 0...17 {
            for place in 0..<max(count, 1) {
                for byte in UInt8.min...UInt8.max {
                    var text = Array(letters.prefix(count))
                    if count > 0 { text[place] = byte }
                    let isName =
                        (1...16).contains(count) && (0x61...0x7A).contains(text[0])
                        && text.allSatisfy { ASCII.isLetter($0) || ASCII.isDigit($0) }
                    let name = FieldName(text.span)
                    #expect((name != nil) == isName, "\(text)")
                    if isName { #expect(name.map { Array($0.description.utf8) } == text) }
                    let line = [0x22, 0x22] + text + Array("\":1}".utf8)
                    #expect(FieldName(line.span, 2..<2 + count) == name)
                }
            }
        }
    }

    @Test func `a text with any byte at any place is told as character by character`() {
        let base = Array("龙财建〔2021〕51号 é😀 plain and long".utf8)
        for place in base.indices {
            for byte in UInt8.min...UInt8.max {
                var text = base
                text[place] = byte
                for end in [text.count, place + 1] {
                    let part = Array(text[..<end])
                    let isGood = TextRule.problem(in: part.span, maximumByteCount: 100) == nil
                    #expect(isGood == isPlainlyGood(part), "\(part)")
                }
            }
        }
    }

    /// FORMAT.md §2, text, as it reads there.
    private func isPlainlyGood(_ bytes: [UInt8]) -> Bool {
        guard let text = String(validating: bytes, as: UTF8.self) else { return false }
        let scalars = Array(text.unicodeScalars)
        return scalars.first != " " && scalars.last != " " && !scalars.isEmpty
            && scalars.allSatisfy { scalar in
                switch scalar.value {
                case 0...0x1F, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069,
                    0xFEFF:
                    false
                default: true
                }
            }
    }

    @Test func `an official unit contains the codes that begin with its significant digits`() {
        let codes = [
            "000000000000", "430000000000", "430600000000", "430682000000", "430682001000",
            "430682001001", "430682001002", "430682002000", "430683000000", "430700000000",
            "440000000000", "430000000001", "000000000001", "999999999999", "429999999999",
        ]
        for above in codes {
            for below in codes {
                guard let upper = UnitID(above), let lower = UnitID(below) else {
                    Issue.record("\(above) \(below)")
                    continue
                }
                // Zero groups of 3, 3, 2, 2 and 2 digits are cut off the end while there are any.
                var digits = Substring(above)
                for width in [3, 3, 2, 2, 2] {
                    guard digits.suffix(width).allSatisfy({ $0 == "0" }) else { break }
                    digits = digits.dropLast(width)
                }
                #expect(
                    upper.contains(lower) == below.hasPrefix(digits), "\(above) \(below) \(digits)")
            }
        }
    }
}

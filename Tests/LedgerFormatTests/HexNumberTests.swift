// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LedgerFormat

@Suite struct HexNumberTests {
    @Test func `32 digits are the number that their bytes spell, at every place`() {
        let digits = Array("0123456789abcdef".utf8)
        for place in 0..<32 {
            for value in 0..<16 {
                var text = [UInt8](repeating: 0x30, count: 32)
                text[place] = digits[value]
                let expected = UInt128(value) << UInt128(124 - 4 * place)
                #expect(HexText.number(text.span) == expected)
                let bytes = HexText.decode(text.span) ?? []
                #expect(bytes.reduce(0) { $0 << 8 | UInt128($1) } == expected)
            }
        }
    }

    @Test func `any byte that is no lower-case digit is refused at every place`() {
        for place in 0..<32 {
            for byte in UInt8.min...UInt8.max {
                var text = Array("0f1e2d3c4b5a69780f1e2d3c4b5a6978".utf8)
                text[place] = byte
                #expect((HexText.number(text.span) != nil) == (HexText.value(byte) != nil))
            }
        }
    }

    @Test func `31 and 33 digits are refused`() {
        for count in [0, 8, 31, 33, 40] {
            #expect(HexText.number([UInt8](repeating: 0x30, count: count).span) == nil)
        }
    }
}

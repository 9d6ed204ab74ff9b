// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@Suite struct ByteTextTests {
    // RFC 4648 §10.
    @Test(arguments: [
        ("", "", ""), ("f", "Zg==", "66"), ("fo", "Zm8=", "666f"), ("foo", "Zm9v", "666f6f"),
        ("foob", "Zm9vYg==", "666f6f62"), ("fooba", "Zm9vYmE=", "666f6f6261"),
        ("foobar", "Zm9vYmFy", "666f6f626172"),
    ])
    func `the vectors of RFC 4648 hold`(text: String, base64: String, hex: String) {
        let bytes = Array(text.utf8)
        #expect(Base64Text.encode(bytes) == base64)
        #expect(Base64Text.encode(bytes.span) == base64)
        #expect(Base64Text.decode(base64) == bytes)
        #expect(HexText.encode(bytes) == hex)
        #expect(HexText.encode(bytes.span) == hex)
        #expect(HexText.decode(hex) == bytes)
        #expect(HexText.decode(hex[...]) == bytes)
    }

    @Test func `every spelling of four base64 characters that is read is written again`() {
        let characters = Array("AQgwBHh89+/=-_ \n".utf8)
        var accepted = 0
        for index in 0..<characters.count * characters.count * characters.count * characters.count {
            var rest = index
            let text = (0..<4).map { _ in
                defer { rest /= characters.count }
                return characters[rest % characters.count]
            }
            guard let bytes = Base64Text.decode(text.span) else { continue }
            accepted += 1
            #expect(Array(Base64Text.encode(bytes).utf8) == text)
        }
        // Whole groups of the 11 characters; `xxy=` with y of A Q g w 8; `xy==` with y of A Q g w.
        #expect(accepted == 11 * 11 * 11 * 11 + 11 * 11 * 5 + 11 * 4)
    }

    @Test(arguments: [
        "Hh9=", "Hh+=", "Hh/=", "Zh==", "Zg=", "Zg", "Z===", "====", "Zg==Zg==", "Zm9v\n", " Zm9v",
        "Zm9-",
        "Zm8==", "Zm=v", "Z=9v",
    ])
    func `other base64 spellings are refused`(text: String) {
        #expect(Base64Text.decode(text) == nil)
    }

    @Test(arguments: ["A0", "0", "0g", "0x", " 0", "é", "00 "])
    func `other hexadecimal spellings are refused`(text: String) {
        #expect(HexText.decode(text) == nil)
    }

    @Test func `random bytes come back`() {
        var generator = SeededGenerator(seed: 5)
        for length in 0...200 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(Base64Text.decode(Base64Text.encode(bytes)) == bytes)
            #expect(HexText.decode(HexText.encode(bytes)) == bytes)
        }
    }
}

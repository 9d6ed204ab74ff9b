// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import Testing

struct DigestTests {
    static let counting = (0..<32).map { UInt8($0 * 7 & 0xff) }

    // #expect can't take a Span apart.
    private func hexEquals(_ digest: Digest, _ text: [UInt8]) -> Bool {
        digest.hexEquals(text.span)
    }

    @Test func `a digest is 32 bytes without padding`() {
        #expect(MemoryLayout<Digest>.size == 32)
        #expect(MemoryLayout<Digest>.stride == 32)
        #expect(Digest.byteCount == 32)
    }

    @Test func `the bytes come back in order`() throws {
        let digest = try #require(Digest(bytes: Self.counting))
        #expect(digest.bytes == Self.counting)
        let lent = digest.withBytes { span in span.indices.map { span[$0] } }
        #expect(lent == Self.counting)
        let copied = Digest(Self.counting.span)
        #expect(copied == digest)
        #expect(Digest.zero.bytes == [UInt8](repeating: 0, count: 32))
    }

    @Test(arguments: [0, 1, 31, 33, 64])
    func `only 32 bytes make a digest`(count: Int) {
        let bytes = [UInt8](repeating: 1, count: count)
        #expect(Digest(bytes: bytes) == nil)
        let digest = Digest(bytes.span)
        #expect(digest == nil)
    }

    @Test func `every byte value is compared with its lower-case hex digits`() throws {
        for start in stride(from: 0, to: 256, by: 32) {
            let bytes = (start..<start + 32).map { UInt8($0) }
            let digest = try #require(Digest(bytes: bytes))
            let text = bytes.map { $0 < 16 ? "0\(String($0, radix: 16))" : String($0, radix: 16) }
                .joined()
            #expect(hexEquals(digest, Array(text.utf8)))
            #expect(digest.description == text)
        }
    }

    @Test func `any other character at any place is a difference`() throws {
        let digest = try #require(Digest(bytes: Self.counting))
        let text = Array(digest.description.utf8)
        var accepted = 0
        for index in text.indices {
            for character in UInt8.min...UInt8.max where character != text[index] {
                var changed = text
                changed[index] = character
                if hexEquals(digest, changed) { accepted += 1 }
            }
        }
        #expect(accepted == 0)
    }

    @Test func `upper case, other lengths and an unaligned start are told apart`() throws {
        let digest = try #require(Digest(bytes: [UInt8](repeating: 0xab, count: 32)))
        let text = Array(digest.description.utf8)
        #expect(!hexEquals(digest, Array(digest.description.uppercased().utf8)))
        #expect(!hexEquals(digest, Array(text.dropLast())))
        #expect(!hexEquals(digest, (text + [0x61])))
        #expect(!hexEquals(digest, [UInt8]()))
        for offset in 0..<8 {
            let padded = [UInt8](repeating: 0x20, count: offset) + text
            let isEqual = digest.hexEquals(padded.span.extracting(offset...))
            #expect(isEqual)
        }
    }
}

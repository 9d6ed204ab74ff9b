// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import Testing

@Suite struct ChunkCipherTests {
    private static let salt = [UInt8](0..<16)

    private func cipher(_ text: String = "correct horse") throws -> ChunkCipher {
        try ChunkCipher(passphrase: Passphrase(Array(text.utf8)), salt: Self.salt)
    }

    @Test func `a chunk opens only as what, where and under what it was sealed`() throws {
        let cipher = try cipher()
        let clear = Array("private keys and season keys".utf8)
        let sealed = try cipher.seal(clear, index: 7, isLast: false, context: [1])
        #expect(sealed.count == clear.count + ChunkCipher.tagByteCount)
        #expect(try cipher.open(sealed, index: 7, isLast: false, context: [1]) == clear)
        #expect(try cipher.open(sealed, index: 8, isLast: false, context: [1]) == nil)
        #expect(try cipher.open(sealed, index: 7, isLast: true, context: [1]) == nil)
        #expect(try cipher.open(sealed, index: 7, isLast: false, context: [2]) == nil)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(try cipher.open(changed, index: 7, isLast: false, context: [1]) == nil)
        }
        for count in 0..<sealed.count {
            let cut = Array(sealed.prefix(count))
            #expect(try cipher.open(cut, index: 7, isLast: false, context: [1]) == nil)
        }
    }

    @Test func `an empty last chunk is sealed as well`() throws {
        let cipher = try cipher()
        let sealed = try cipher.seal([], index: 0, isLast: true, context: [])
        #expect(try cipher.open(sealed, index: 0, isLast: true, context: []) == [])
        #expect(try cipher.open(sealed, index: 1, isLast: true, context: []) == nil)
    }

    @Test func `another passphrase has another tag and opens nothing`() throws {
        let first = try cipher()
        let second = try cipher("correct house")
        #expect(try first.tag(of: [1, 2]) == (try cipher().tag(of: [1, 2])))
        #expect(try first.tag(of: [1, 2]) != (try second.tag(of: [1, 2])))
        let sealed = try first.seal([9], index: 0, isLast: true, context: [])
        #expect(try second.open(sealed, index: 0, isLast: true, context: []) == nil)
    }

    @Test func `a digest of pieces is that of the whole`() throws {
        var hasher = try Hasher(suite: .sha256Ed25519)
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        for cut in [0, 1, 63, 64, 65, 999, 1000] {
            var running = try RunningDigest()
            running.update(Array(bytes[..<cut]).span)
            running.update(Array(bytes[cut...]).span)
            #expect(running.finish() == hasher.digest(bytes.span))
        }
    }
}

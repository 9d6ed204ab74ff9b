// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LedgerCrypto

@Suite struct AuthenticatedCipherTests {
    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map {
            UInt8(digits[$0] << 4 | digits[$0 + 1])
        }
    }

    // McGrew and Viega, The Galois/Counter Mode of Operation, appendix B, test case 16.
    private static let key = "feffe9928665731c6d6a8f9467308308" + "feffe9928665731c6d6a8f9467308308"
    private static let nonce = bytes("cafebabefacedbaddecaf888")
    private static let message = bytes(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39")
    private static let data = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    private static let sealed = bytes(
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
            + "76fc6ece0f4e1768cddf8853bb2d551b")

    private static func cipher() throws -> AuthenticatedCipher {
        try AuthenticatedCipher(key: SecretBytes(bytes(key)))
    }

    @Test func `the published vector comes out, and back`() throws {
        var cipher = try Self.cipher()
        let sealed = cipher.seal(
            Self.message.span, nonce: Self.nonce.span, data: Self.data.span)
        #expect(sealed == Self.sealed)
        #expect(
            cipher.open(sealed.span, nonce: Self.nonce.span, data: Self.data.span) == Self.message)
    }

    @Test func `an empty message has a tag only, and opens`() throws {
        var cipher = try Self.cipher()
        let none: [UInt8] = []
        let sealed = cipher.seal(none.span, nonce: Self.nonce.span, data: none.span)
        #expect(sealed.count == AuthenticatedCipher.tagByteCount)
        #expect(cipher.open(sealed.span, nonce: Self.nonce.span, data: none.span) == none)
    }

    @Test func `another byte anywhere opens nothing, and the cipher still works`() throws {
        var cipher = try Self.cipher()
        for index in Self.sealed.indices {
            var other = Self.sealed
            other[index] ^= 1
            #expect(
                cipher.open(other.span, nonce: Self.nonce.span, data: Self.data.span) == nil)
        }
        var nonce = Self.nonce
        nonce[11] ^= 1
        #expect(cipher.open(Self.sealed.span, nonce: nonce.span, data: Self.data.span) == nil)
        let data = Array(Self.data.dropLast())
        #expect(cipher.open(Self.sealed.span, nonce: Self.nonce.span, data: data.span) == nil)
        let short = Array(Self.sealed.prefix(15))
        #expect(cipher.open(short.span, nonce: Self.nonce.span, data: data.span) == nil)
        #expect(
            cipher.open(Self.sealed.span, nonce: Self.nonce.span, data: Self.data.span)
                == Self.message)
    }
}

@Suite struct DigestTreeTests {
    /// RFC 6962 §2.1 as it stands there, splitting from above.
    private static func root(_ leaves: ArraySlice<Digest>, _ hasher: inout Hasher) -> Digest {
        guard leaves.count > 1 else { return leaves[leaves.startIndex] }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let middle = leaves.startIndex + split
        return hasher.digest(
            prefix: 1, root(leaves[..<middle], &hasher), root(leaves[middle...], &hasher))
    }

    @Test func `roots are those of the definition, and every path leads to them`() throws {
        var hasher = try LedgerCrypto.Hasher(suite: .sha256Ed25519)
        for count in 1...33 {
            let leaves = (0..<count).map { hasher.digest(prefix: 0, [UInt8($0)].span) }
            let tree = DigestTree(leaves: leaves, hasher: &hasher)
            #expect(tree.root == Self.root(leaves[...], &hasher))
            for index in leaves.indices {
                let path = tree.path(of: index)
                let reached = DigestTree.root(
                    of: leaves[index], at: index, of: count, path: path, hasher: &hasher)
                #expect(reached == tree.root, "leaf \(index) of \(count)")
                let long = DigestTree.root(
                    of: leaves[index], at: index, of: count, path: path + [.zero], hasher: &hasher)
                #expect(long == nil)
                guard count > 1 else { continue }
                let other = DigestTree.root(
                    of: .zero, at: index, of: count, path: path, hasher: &hasher)
                #expect(other != tree.root)
                let short = DigestTree.root(
                    of: leaves[index], at: index, of: count, path: path.dropLast(), hasher: &hasher)
                #expect(short == nil)
            }
        }
    }
}

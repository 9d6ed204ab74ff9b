// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LedgerCrypto

struct HasherTests {
    private func digest(_ text: String) throws -> String {
        var hasher = try Hasher(suite: .sha256Ed25519)
        return hasher.digest(Array(text.utf8).span).description
    }

    @Test func `SHA-256 gives the examples of FIPS 180-4`() throws {
        let empty = try digest("")
        #expect(empty == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        let short = try digest("abc")
        #expect(short == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        let twoBlocks = try digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        #expect(twoBlocks == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    }

    @Test func `leaf and node hashes are those of transparency logs`() throws {
        var hasher = try Hasher(suite: .sha256Ed25519)
        let empty = hasher.digest(prefix: 0, [UInt8]().span)
        #expect(
            empty.description
                == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
        let leaf = hasher.digest(prefix: 0, Array("L123456".utf8).span)
        #expect(
            leaf.description
                == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56")
        let node = hasher.digest(prefix: 1, Array("N123N456".utf8).span)
        #expect(
            node.description
                == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb")
    }

    @Test func `a node hash is that of prefix, left and right`() throws {
        let left = try #require(Digest(bytes: (0..<32).map { UInt8($0) }))
        let right = try #require(Digest(bytes: (0..<32).map { UInt8(200 - $0) }))
        var hasher = try Hasher(suite: .sha256Ed25519)
        let node = hasher.digest(prefix: 1, left, right)
        let joined = hasher.digest(([1] + left.bytes + right.bytes).span)
        #expect(node == joined)
        let swapped = hasher.digest(prefix: 1, right, left)
        #expect(swapped != node)
        let lines = try Command.python(
            """
            import hashlib
            left, right = bytes(range(32)), bytes(200 - i for i in range(32))
            print(hashlib.sha256(b"\\x01" + left + right).hexdigest())
            """)
        #expect(lines == [node.description])
    }

    @Test func `one hasher agrees with Python at every length and prefix`() throws {
        // Around the block size of 64 and the place where a message is no longer copied, 4096.
        let lengths = Array(0...200) + Array(4090...4100) + [65_535, 65_536, 100_000]
        let lines = try Command.python(
            """
            import hashlib
            for n in [\(lengths.map(String.init).joined(separator: ","))]:
                data = bytes((i * 31 + n) & 255 for i in range(n))
                print(*[hashlib.sha256(p + data).hexdigest() for p in (b"", b"\\x00", b"\\x01")])
            """)
        try #require(lines.count == lengths.count)
        var hasher = try Hasher(suite: .sha256Ed25519)
        for (length, line) in zip(lengths, lines) {
            let data = (0..<length).map { UInt8(($0 * 31 + length) & 255) }
            let plain = hasher.digest(data.span)
            let leaf = hasher.digest(prefix: 0, data.span)
            let other = hasher.digest(prefix: 1, data.span)
            #expect("\(plain) \(leaf) \(other)" == line, "length \(length)")
        }
    }

    @Test func `SHA-256 called directly is SHA-256 through EVP at every length`() throws {
        var direct = try Hasher(suite: .sha256Ed25519)
        var fetched = try Hasher(digestName: "SHA256")
        // 4096 is where a message is no longer copied.
        for length in Array(0...300) + Array(4090...4100) + [65_536, 1_000_003] {
            let data = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 29 + length) }
            #expect(direct.digest(data.span) == fetched.digest(data.span), "length \(length)")
            for prefix: UInt8 in [0x00, 0x01, 0xFF] {
                let leaf = direct.digest(prefix: prefix, data.span)
                #expect(leaf == fetched.digest(prefix: prefix, data.span), "length \(length)")
            }
        }
    }

    @Test func `a node of any two digests is that of the joined bytes`() throws {
        var direct = try Hasher(suite: .sha256Ed25519)
        var fetched = try Hasher(digestName: "SHA256")
        var left = direct.digest([0x4C].span)
        var right = direct.digest([0x52].span)
        for round in 0..<300 {
            let prefix = UInt8(truncatingIfNeeded: round)
            let node = direct.digest(prefix: prefix, left, right)
            #expect(node == fetched.digest(prefix: prefix, left, right))
            #expect(node == fetched.digest(([prefix] + left.bytes + right.bytes).span))
            (left, right) = (right, node)
        }
    }

    @Test func `every suite has a digest of 32 bytes`() throws {
        for suite in Suite.allCases {
            var hasher = try Hasher(suite: suite)
            let empty = hasher.digest([UInt8]().span)
            #expect(empty != .zero)
        }
    }
}

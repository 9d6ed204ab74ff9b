// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import Testing

struct MessageAuthenticationTests {
    /// One example of RFC 4231 §4.
    struct Vector: Sendable, CustomTestStringConvertible {
        let name: String
        let key: [UInt8]
        let message: [UInt8]
        let code: String

        var testDescription: String { name }
    }

    static let vectors = [
        Vector(
            name: "4.2", key: .init(repeating: 0x0b, count: 20), message: Array("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        Vector(
            name: "4.3", key: Array("Jefe".utf8),
            message: Array("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        Vector(
            name: "4.4", key: .init(repeating: 0xaa, count: 20),
            message: .init(repeating: 0xdd, count: 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        Vector(
            name: "4.5", key: Array(1...25), message: .init(repeating: 0xcd, count: 50),
            code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        // The RFC prints the first 128 bits of this one.
        Vector(
            name: "4.6", key: .init(repeating: 0x0c, count: 20),
            message: Array("Test With Truncation".utf8), code: "a3b6167473100ee06e0c796c2955552b"),
        Vector(
            name: "4.7", key: .init(repeating: 0xaa, count: 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        Vector(
            name: "4.8", key: .init(repeating: 0xaa, count: 131),
            message: Array(
                ("This is a test using a larger than block-size key and a larger than block-size "
                    + "data. The key needs to be hashed before being used by the HMAC algorithm.")
                    .utf8),
            code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
    ]

    private func code(_ key: [UInt8], _ message: [UInt8]) throws -> [UInt8] {
        var mac = try MessageAuthentication(key: SecretBytes(key))
        return mac.code(of: message.span)
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    @Test(arguments: vectors)
    func `HMAC-SHA256 gives the examples of RFC 4231`(vector: Vector) throws {
        let code = try code(vector.key, vector.message)
        #expect(code.count == MessageAuthentication.byteCount)
        #expect(hex(code).hasPrefix(vector.code))
    }

    @Test func `one context gives every message the code of a fresh one, in any order`() throws {
        let key = [UInt8](repeating: 7, count: 32)
        var mac = try MessageAuthentication(key: SecretBytes(key))
        let messages = (0..<200).map { [UInt8](repeating: UInt8($0), count: $0) }
        let first = messages.map { mac.code(of: $0.span) }
        let again = messages.reversed().map { mac.code(of: $0.span) }
        #expect(Array(again.reversed()) == first)
        for (message, code) in zip(messages, first) {
            #expect(try self.code(key, message) == code)
        }
        #expect(Set(first).count == messages.count)
    }

    @Test func `every length of key and message agrees with Python`() throws {
        let lines = try Command.python(
            """
            import hmac
            for n in [1, 2, 31, 32, 33, 63, 64, 65, 127, 128, 129, 1000, 4096]:
                for m in [0, 1, 55, 56, 63, 64, 65, 119, 1000, 70000]:
                    key = bytes((i * 7 + n) & 255 for i in range(n))
                    message = bytes((i * 31 + m) & 255 for i in range(m))
                    print(n, m, hmac.new(key, message, "sha256").hexdigest())
            """)
        #expect(lines.count == 130)
        for line in lines {
            let parts = line.split(separator: " ")
            let (n, m) = (try #require(Int(parts[0])), try #require(Int(parts[1])))
            let key = (0..<n).map { UInt8(($0 * 7 + n) & 255) }
            let message = (0..<m).map { UInt8(($0 * 31 + m) & 255) }
            #expect(try hex(code(key, message)) == parts[2], "key of \(n), message of \(m)")
        }
    }

    @Test func `the openssl command computes the same code`() throws {
        let folder = try ScratchFolder()
        let message = Array("relief-ledger/payee/v1\n例\n".utf8)
        try folder.write(message, to: "message")
        let key = [UInt8](0..<32)
        let expected = try hex(code(key, message))
        let mac = try Command.output(
            "openssl", "mac", "-digest", "SHA256", "-macopt", "hexkey:\(hex(key))", "-in",
            folder.file("message"), "HMAC")
        #expect(String(decoding: mac, as: UTF8.self).lowercased().hasPrefix(expected))
        let digest = try Command.output(
            "openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:\(hex(key))", "-r",
            folder.file("message"))
        #expect(String(decoding: digest, as: UTF8.self).hasPrefix(expected))
    }
}

struct SecretBytesTests {
    private struct Stop: Error {}

    private func bytes(_ secret: borrowing SecretBytes) -> [UInt8] {
        secret.withBytes { span in span.indices.map { span[$0] } }
    }

    @Test func `a secret lends the bytes it took over`() {
        let given = (0..<100).map { UInt8($0) }
        let secret = SecretBytes(given)
        #expect(secret.count == 100)
        #expect(bytes(secret) == given)
    }

    @Test func `a secret is filled in place, from zeros`() {
        let secret = SecretBytes(count: 3) { span in span[1] = 9 }
        #expect(bytes(secret) == [0, 9, 0])
    }

    @Test func `a filling that fails makes no secret`() {
        #expect(throws: Stop.self) {
            _ = try SecretBytes(count: 3) { (span: inout MutableSpan<UInt8>) throws(Stop) in
                span[0] = 1
                throw Stop()
            }
        }
    }

    @Test func `random secrets differ`() throws {
        let secrets = try (0..<100).map { _ in
            let secret = try SecretBytes.random(32)
            return bytes(secret)
        }
        #expect(Set(secrets).count == 100)
        #expect(secrets.allSatisfy { $0.count == 32 })
    }

    @Test func `a secret of no bytes or of too many is a bug`() async {
        await #expect(processExitsWith: .failure) { _ = SecretBytes([]) }
        await #expect(processExitsWith: .failure) {
            _ = SecretBytes([UInt8](repeating: 0, count: 4097))
        }
    }
}

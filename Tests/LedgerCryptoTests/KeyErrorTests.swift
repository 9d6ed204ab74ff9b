// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LedgerCrypto

struct KeyErrorTests {
    /// One of every case, with the words that its messages must hold.
    static let all: [(error: KeyError, facts: [String])] = [
        (.notFound(path: "a/k.pem"), ["a/k.pem"]),
        (.alreadyExists(path: "a/k.pem"), ["a/k.pem"]),
        (.notRegularFile(path: "a/k.pem"), ["a/k.pem"]),
        (.permissionsTooOpen(path: "a/k.pem", mode: 0o644), ["a/k.pem", "0644", "0600", "chmod"]),
        (.notFolder(path: "a/seasons"), ["a/seasons"]),
        (.folderTooOpen(path: "a/seasons", mode: 0o755), ["a/seasons", "0755", "0700", "chmod"]),
        (.foreignOwner(path: "a/k.key", owner: 1001), ["a/k.key", "1001"]),
        (.emptyFile(path: "a/k.key"), ["a/k.key"]),
        (.tooLarge(sizeBytes: 70_000, maximumBytes: 65_536, path: nil), ["70000", "65536"]),
        (.notEncrypted(path: "a/k.pem"), ["a/k.pem", "ENCRYPTED PRIVATE KEY"]),
        (.malformedKeyFile(path: "a/k.pem"), ["a/k.pem", "PEM"]),
        (.wrongPassphrase(path: "a/k.pem"), ["a/k.pem"]),
        (.wrongPassphrase(path: nil), []),
        (.wrongAlgorithm(expected: "ED25519", path: "a/k.pem"), ["a/k.pem", "ED25519"]),
        (.malformedPublicKey(.length(actual: 43, expected: 44)), ["43", "44"]),
        (.malformedPublicKey(.encoding), ["DER"]),
        (.malformedPublicKey(.algorithm(expected: "ED25519")), ["ED25519"]),
        (.malformedPublicKey(.weakPoint), []),
        (.seedLength(actual: 31, expected: 32), ["31", "32"]),
        (.emptyPassphrase, []),
        (.passphraseTooLong(byteCount: 1025, maximum: 1024), ["1025", "1024"]),
        (.system(call: "fsync", errno: 5, path: "a/k.pem"), ["fsync", "EIO", "a/k.pem"]),
        (.system(call: "write", errno: 28, path: "a/k.pem"), ["write", "ENOSPC", "a/k.pem"]),
        (.system(call: "write", errno: 99, path: "a/k.pem"), ["99"]),
        (.openSSL(OpenSSLError(function: "EVP_PKEY_generate", entries: [])), ["EVP_PKEY_generate"]),
    ]

    @Test(arguments: all.indices)
    func `each message states the facts in both languages`(index: Int) {
        let (error, facts) = Self.all[index]
        for message in [error.zh, error.en] {
            for fact in facts { #expect(message.contains(fact), "\(message) lacks \(fact)") }
            #expect(!message.contains("\n"))
            #expect(!message.hasSuffix(".") && !message.hasSuffix("。"))
        }
        let hasHan = { (text: String) in
            text.unicodeScalars.contains { (0x4e00...0x9fff).contains($0.value) }
        }
        #expect(hasHan(error.zh), "the Chinese message is Chinese")
        #expect(!hasHan(error.en), "the English message is not")
        #expect(error.zh.contains("；") && error.en.contains(";"), "what to do comes last")
        #expect(error.description == error.en)
    }

    @Test func `no two cases read the same`() {
        #expect(Set(Self.all.map(\.error.zh)).count == Self.all.count)
        #expect(Set(Self.all.map(\.error.en)).count == Self.all.count)
    }

    @Test func `a failure with real keys quotes neither key nor passphrase`() throws {
        let seed = Ed25519Vector.all[0].seed
        let key = try PrivateKey(suite: .sha256Ed25519, rawSeed: seed)
        let pem = try key.encryptedPEM(passphrase: Passphrase(Array("right-secret".utf8)))
        do {
            let wrong = try Passphrase(Array("wrong-secret".utf8))
            _ = try PrivateKey(suite: .sha256Ed25519, encryptedPEM: pem, passphrase: wrong)
            Issue.record("a wrong passphrase was accepted")
        } catch {
            let message = "\(error.zh) \(error.en) \(String(reflecting: error))"
            let body = String(decoding: pem, as: UTF8.self).split(separator: "\n")[1]
            for secret in ["right-secret", "wrong-secret", String(body), "9d61b19d"] {
                #expect(!message.contains(secret))
            }
            #expect(error == .wrongPassphrase(path: nil))
        }
    }
}

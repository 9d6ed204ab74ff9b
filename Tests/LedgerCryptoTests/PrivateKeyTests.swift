// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LedgerCrypto

struct PrivateKeyTests {
    @Test(arguments: Ed25519Vector.all)
    func `a seed of RFC 8032 gives its key and its signature`(vector: Ed25519Vector) throws {
        let key = try PrivateKey(suite: .sha256Ed25519, rawSeed: vector.seed)
        #expect(key.publicKey.subjectPublicKeyInfo == vector.subjectPublicKeyInfo)
        let signature = try key.sign(vector.message)
        #expect(signature == vector.signature)
    }

    @Test(arguments: [0, 31, 33, 64])
    func `a seed of another length is refused`(count: Int) {
        #expect(throws: KeyError.seedLength(actual: count, expected: 32)) {
            _ = try PrivateKey(
                suite: .sha256Ed25519, rawSeed: [UInt8](repeating: 7, count: count))
        }
    }

    @Test func `generated keys differ and sign for themselves only`() throws {
        for suite in Suite.allCases {
            let first = try PrivateKey.generate(suite: suite)
            let second = try PrivateKey.generate(suite: suite)
            #expect(first.publicKey != second.publicKey)
            #expect(first.publicKey.suite == suite)
            let message = [UInt8](repeating: 0x5a, count: 100_000)
            let signature = try first.sign(message)
            #expect(first.publicKey.isValid(signature: signature, for: message))
            #expect(!second.publicKey.isValid(signature: signature, for: message))
        }
    }

    @Test func `openssl accepts our signature and we accept its own`() throws {
        let folder = try ScratchFolder()
        let key = try PrivateKey.generate(suite: .sha256Ed25519)
        let pem = try key.encryptedPEM(passphrase: try Passphrase(Array("rain".utf8)))
        let message = Array("relief-ledger/seal/v1\n龙陵县\n".utf8)
        try folder.write(pem, to: "key.pem")
        try folder.write(key.publicKey.subjectPublicKeyInfo, to: "public.der")
        try folder.write(message, to: "message")
        let ours = try key.sign(message)
        try folder.write(ours, to: "ours")
        _ = try Command.output(
            "openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey",
            folder.file("public.der"), "-in", folder.file("message"), "-sigfile",
            folder.file("ours"))
        let theirs = try Command.output(
            "openssl", "pkeyutl", "-sign", "-rawin", "-inkey", folder.file("key.pem"), "-passin",
            "pass:rain", "-in", folder.file("message"))
        #expect(theirs == ours)
        #expect(key.publicKey.isValid(signature: theirs, for: message))
    }

    @Test func `a failed call leaves nothing in OpenSSL's error queue`() throws {
        let vector = Ed25519Vector.all[0]
        let key = try PublicKey(
            suite: .sha256Ed25519, subjectPublicKeyInfo: vector.subjectPublicKeyInfo)
        var signature = vector.signature
        signature[63] = 0xff
        #expect(!key.isValid(signature: signature, for: []))
        #expect(throws: KeyError.malformedPublicKey(.encoding)) {
            _ = try PublicKey(
                suite: .sha256Ed25519, subjectPublicKeyInfo: [UInt8](repeating: 0x30, count: 44))
        }
        let error = OpenSSLError.draining(after: "nothing")
        #expect(error == OpenSSLError(function: "nothing", entries: []))
        #expect(error.description == "nothing failed")
    }

    @Test func `an OpenSSL error says which call failed, why and where`() throws {
        do {
            _ = try FetchedDigest(name: "no-such-digest")
            Issue.record("OpenSSL knows the digest no-such-digest")
        } catch {
            #expect(error.function == "EVP_MD_fetch")
            let entry = try #require(error.entries.first)
            #expect(entry.code != 0)
            #expect(entry.reason == "unsupported")
            #expect(entry.location.contains(".c:"))
            #expect(error.description.contains("EVP_MD_fetch failed: "))
        }
    }

    @Test func `random bytes have the length asked for and do not repeat`() throws {
        #expect(try SecureRandom.bytes(0) == [])
        let first = try SecureRandom.bytes(32)
        let second = try SecureRandom.bytes(32)
        #expect(first.count == 32)
        #expect(first != second)
    }

    @Test func `asking for a negative number of random bytes is a programmer error`() async {
        await #expect(processExitsWith: .failure) { _ = try SecureRandom.bytes(-1) }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerCrypto
import Testing

struct KeyFileTests {
    static let passphrase = "松山 monsoon 2021"

    private func passphrase(_ text: String = passphrase) throws -> Passphrase {
        try Passphrase(Array(text.utf8))
    }

    /// Writes the key of RFC 8032's first test.
    private func writeKey(to path: String) throws -> PublicKey {
        let key = try PrivateKey(suite: .sha256Ed25519, rawSeed: Ed25519Vector.all[0].seed)
        try KeyFile.write(key, to: path, passphrase: passphrase())
        return key.publicKey
    }

    private func readError(_ path: String, passphrase text: String = passphrase) throws -> KeyError?
    {
        let passphrase = try passphrase(text)
        do throws(KeyError) {
            _ = try KeyFile.read(from: path, suite: .sha256Ed25519, passphrase: passphrase)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a key comes back from its file`() throws {
        let folder = try ScratchFolder()
        let path = folder.file("officer.pem")
        let publicKey = try writeKey(to: path)
        let key = try KeyFile.read(
            from: path, suite: .sha256Ed25519, passphrase: passphrase())
        #expect(key.publicKey == publicKey)
        let signature = try key.sign([])
        #expect(signature == Ed25519Vector.all[0].signature)
    }

    @Test func `the file is the owner's only, whatever the umask`() throws {
        let folder = try ScratchFolder()
        _ = try writeKey(to: folder.file("officer.pem"))
        let attributes = try FileManager.default.attributesOfItem(
            atPath: folder.file("officer.pem"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try folder.names == ["officer.pem"])
    }

    @Test func `neither seed nor passphrase is in the file`() throws {
        let folder = try ScratchFolder()
        _ = try writeKey(to: folder.file("officer.pem"))
        let der = try Command.output(
            "openssl", "asn1parse", "-in", folder.file("officer.pem"), "-noout", "-out",
            folder.file("der"))
        #expect(der == [])
        let bytes = Data(try folder.read("der"))
        #expect(bytes.range(of: Data(Ed25519Vector.all[0].seed)) == nil)
        #expect(bytes.range(of: Data(Self.passphrase.utf8)) == nil)
    }

    @Test func `openssl reads the file and finds the stated parameters`() throws {
        let folder = try ScratchFolder()
        let publicKey = try writeKey(to: folder.file("officer.pem"))
        let theirs = try Command.output(
            "openssl", "pkey", "-in", folder.file("officer.pem"), "-passin",
            "pass:\(Self.passphrase)", "-pubout", "-outform", "DER")
        #expect(theirs == publicKey.subjectPublicKeyInfo)
        let parsed = String(
            decoding: try Command.output(
                "openssl", "asn1parse", "-in", folder.file("officer.pem")), as: UTF8.self)
        // PBES2, scrypt, salt of 16 bytes, N = 16384, r = 8, p = 5, AES-256-CBC.
        let fields = parsed.split(separator: "\n").compactMap { line in
            line.split(separator: "prim: ").dropFirst().first.map { field in
                field.split(separator: " ").joined(separator: " ")
            }
        }
        try #require(fields.count == 9)
        #expect(fields[0] == "OBJECT :PBES2")
        #expect(fields[1] == "OBJECT :scrypt")
        #expect(fields[2].hasPrefix("OCTET STRING [HEX DUMP]:") && fields[2].count == 24 + 32)
        #expect(
            fields[3...6] == ["INTEGER :4000", "INTEGER :08", "INTEGER :05", "OBJECT :aes-256-cbc"])
    }

    @Test func `the same key is encrypted differently each time`() throws {
        let key = try PrivateKey(suite: .sha256Ed25519, rawSeed: Ed25519Vector.all[0].seed)
        let first = try key.encryptedPEM(passphrase: passphrase())
        let second = try key.encryptedPEM(passphrase: passphrase())
        #expect(first != second)
    }

    @Test(arguments: [["-scrypt"], ["-v2", "aes256"]])
    func `a file that openssl has encrypted is read`(options: [String]) throws {
        let folder = try ScratchFolder()
        let path = folder.file("theirs.pem")
        _ = try Command.output(
            "openssl", "genpkey", "-algorithm", "ED25519", "-out", folder.file("clear.pem"))
        let optionText = options.joined(separator: " ")
        _ = try Command.output(
            "sh", "-c",
            "openssl pkcs8 -topk8 \(optionText) -in '\(folder.file("clear.pem"))' "
                + "-passout pass:rain -out '\(path)' && chmod 600 '\(path)'")
        let theirs = try Command.output(
            "openssl", "pkey", "-in", folder.file("clear.pem"), "-pubout", "-outform", "DER")
        let key = try KeyFile.read(
            from: path, suite: .sha256Ed25519, passphrase: passphrase("rain"))
        #expect(key.publicKey.subjectPublicKeyInfo == theirs)
    }

    @Test func `a wrong passphrase is refused as such`() throws {
        let folder = try ScratchFolder()
        let path = folder.file("officer.pem")
        _ = try writeKey(to: path)
        for wrong in ["x", Self.passphrase + " ", String(Self.passphrase.dropLast())] {
            #expect(try readError(path, passphrase: wrong) == .wrongPassphrase(path: path))
        }
    }

    @Test func `an unencrypted key is refused`() throws {
        let folder = try ScratchFolder()
        for (name, algorithm) in [("ed.pem", "ED25519"), ("x.pem", "X25519")] {
            let path = folder.file(name)
            _ = try Command.output(
                "openssl", "genpkey", "-algorithm", algorithm, "-out", path)
            try folder.write(folder.read(name), to: name)
            #expect(try readError(path) == .notEncrypted(path: path))
        }
    }

    @Test func `an encrypted key of another algorithm is refused`() throws {
        let folder = try ScratchFolder()
        let path = folder.file("x.pem")
        _ = try Command.output(
            "openssl", "genpkey", "-algorithm", "X25519", "-aes256", "-pass",
            "pass:\(Self.passphrase)", "-out", path)
        try folder.write(folder.read("x.pem"), to: "x.pem")
        #expect(try readError(path) == .wrongAlgorithm(expected: "ED25519", path: path))
    }

    @Test(arguments: [0o644, 0o640, 0o604, 0o610, 0o601, 0o660, 0o666])
    func `a file that others can touch is refused`(mode: Int) throws {
        let folder = try ScratchFolder()
        let path = folder.file("officer.pem")
        _ = try writeKey(to: path)
        try folder.write(folder.read("officer.pem"), to: "officer.pem", mode: mode)
        #expect(try readError(path) == .permissionsTooOpen(path: path, mode: UInt32(mode)))
    }

    @Test(arguments: [0o600, 0o400])
    func `a file that only its owner can touch is read`(mode: Int) throws {
        let folder = try ScratchFolder()
        let path = folder.file("officer.pem")
        _ = try writeKey(to: path)
        try folder.write(folder.read("officer.pem"), to: "officer.pem", mode: mode)
        #expect(try readError(path) == nil)
    }

    @Test func `links, folders, pipes and devices are refused`() throws {
        let folder = try ScratchFolder()
        _ = try writeKey(to: folder.file("officer.pem"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("link"), withDestinationPath: folder.file("officer.pem"))
        _ = try Command.output("mkfifo", "-m", "600", folder.file("pipe"))
        for path in [folder.file("link"), folder.file("pipe"), folder.path, "/dev/null"] {
            #expect(try readError(path) == .notRegularFile(path: path))
        }
    }

    @Test func `a missing file, a missing folder and a NUL in the path are refused`() throws {
        let folder = try ScratchFolder()
        for path in [folder.file("none"), folder.file("none/none")] {
            #expect(try readError(path) == .notFound(path: path))
        }
        _ = try writeKey(to: folder.file("officer.pem"))
        let path = folder.file("officer.pem\0.pem")
        #expect(try readError(path) == .system(call: "open", errno: 22, path: path))
        #expect(throws: KeyError.notFound(path: folder.file("none"))) {
            _ = try writeKey(to: folder.file("none/officer.pem"))
        }
    }

    @Test func `nothing is ever overwritten`() throws {
        let folder = try ScratchFolder()
        try folder.write([1, 2, 3], to: "taken")
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("dangling"), withDestinationPath: folder.file("target"))
        for name in ["taken", "dangling"] {
            let path = folder.file(name)
            #expect(throws: KeyError.alreadyExists(path: path)) { _ = try writeKey(to: path) }
        }
        #expect(try folder.read("taken") == [1, 2, 3])
        #expect(try folder.names == ["dangling", "taken"])
    }

    @Test func `a full disk leaves no partial file`() async throws {
        // The limit on file sizes makes write(2) fail; it holds for a whole process.
        await #expect(processExitsWith: .success) {
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 100, rlim_max: 100)
            try #require(unsafe setrlimit(__rlimit_resource_t(1), &limit) == 0)
            let folder = try ScratchFolder()
            let key = try PrivateKey.generate(suite: .sha256Ed25519)
            let path = folder.file("officer.pem")
            #expect(throws: KeyError.system(call: "write", errno: EFBIG, path: path)) {
                try KeyFile.write(key, to: path, passphrase: Passphrase([1]))
            }
            #expect(try folder.names == [])
        }
    }

    @Test func `anything besides the one block is refused`() throws {
        let folder = try ScratchFolder()
        _ = try writeKey(to: folder.file("officer.pem"))
        let pem = try folder.read("officer.pem")
        let text = String(decoding: pem, as: UTF8.self)
        let header = "PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n"
        let changed: [String] = [
            "", "\n", text + "\n", text + " ", text + text, "\n" + text, "note\n" + text,
            String(text.dropLast()), text.replacing("\n", with: "\r\n"),
            text.replacing("-----END", with: "-----FIN"),
            text.replacing("PRIVATE KEY-----\nM", with: header + "M"),
            text.replacing("PRIVATE KEY-----\nM", with: "PRIVATE KEY-----\nM\n"),
            String(text.prefix(100)), "-----BEGIN CERTIFICATE-----\n",
        ]
        let path = folder.file("changed.pem")
        for content in changed {
            try folder.write(Array(content.utf8), to: "changed.pem")
            #expect(try readError(path) == .malformedKeyFile(path: path), "\(content.count)")
        }
    }

    @Test func `a file of more than 64 KiB is refused unread`() throws {
        let folder = try ScratchFolder()
        let path = folder.file("large.pem")
        try folder.write([UInt8](repeating: 0x41, count: 65_537), to: "large.pem")
        #expect(
            try readError(path)
                == .tooLarge(sizeBytes: 65_537, maximumBytes: 65_536, path: path))
    }

    @Test func `damage to the file is refused or shows in the public key`() throws {
        let folder = try ScratchFolder()
        let publicKey = try writeKey(to: folder.file("officer.pem"))
        let pem = try folder.read("officer.pem")
        var refusedCount = 0
        // Each attempt that reaches the key derivation costs about 50 ms, so every 9th byte.
        for index in stride(from: 0, to: pem.count, by: 9) {
            var changed = pem
            changed[index] ^= 1
            let passphrase = try passphrase()
            do throws(KeyError) {
                let key = try PrivateKey(
                    suite: .sha256Ed25519, encryptedPEM: changed, passphrase: passphrase)
                // A bit of the IV can change the version number, which OpenSSL does not look at.
                let isSame = key.publicKey == publicKey
                let signature = try? key.sign([])
                #expect((signature == Ed25519Vector.all[0].signature) == isSame, "byte \(index)")
            } catch {
                refusedCount += 1
            }
        }
        #expect(refusedCount > pem.count / 9 * 3 / 4)
    }

    @Test func `a passphrase has 1 to 1024 bytes`() throws {
        #expect(throws: KeyError.emptyPassphrase) { _ = try Passphrase([]) }
        #expect(throws: KeyError.passphraseTooLong(byteCount: 1025, maximum: 1024)) {
            _ = try Passphrase([UInt8](repeating: 1, count: 1025))
        }
        let key = try PrivateKey(suite: .sha256Ed25519, rawSeed: Ed25519Vector.all[1].seed)
        for count in [1, 1024] {
            // Zeros: the passphrase is not a C string.
            let pem = try key.encryptedPEM(
                passphrase: Passphrase([UInt8](repeating: 0, count: count)))
            let back = try PrivateKey(
                suite: .sha256Ed25519, encryptedPEM: pem,
                passphrase: Passphrase([UInt8](repeating: 0, count: count)))
            #expect(back.publicKey == key.publicKey)
        }
    }
}

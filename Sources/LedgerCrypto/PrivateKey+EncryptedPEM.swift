// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

// A private key at rest is an encrypted PKCS #8 structure (RFC 5958 §3) in PEM (RFC 7468 §11):
//
//     -----BEGIN ENCRYPTED PRIVATE KEY-----
//     MIHjMFUGCSqGSIb3DQEFDTBIMCcGCSsGAQQB2kcECzAa…
//     -----END ENCRYPTED PRIVATE KEY-----
//
// PBES2 (RFC 8018 §6.2) with scrypt (RFC 7914) and AES-256-CBC. `openssl pkey -in FILE` reads it.

/// The cost of guessing a passphrase.
private enum KeyDerivation {
    // 16 MiB per guess, five times over: OWASP Password Storage Cheat Sheet, scrypt. All of its
    // choices cost the same; this one stays below the 32 MiB that OpenSSL grants by default.
    static let costN: UInt64 = 1 << 14
    static let blockSizeR: UInt64 = 8
    static let parallelismP: UInt64 = 5
    static let saltByteCount = 16  // RFC 8018 §4.1 asks for 8 at least.
}

private enum PEM {
    static let encryptedLabel = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    static let clearLabel = "PRIVATE KEY-----"
    static let maximumByteCount = 1 << 16
}

extension PrivateKey {
    /// Encrypts the key under a passphrase.
    ///
    /// - Returns: one PEM block, different each time because salt and IV are random.
    public func encryptedPEM(passphrase: borrowing Passphrase) throws(KeyError) -> [UInt8] {
        try KeyError.wrapping { () throws(OpenSSLError) in
            try encrypted(passphrase: passphrase).pem()
        }
    }

    private func encrypted(
        passphrase: borrowing Passphrase
    ) throws(OpenSSLError) -> EncryptedKeyInfo {
        let clear = try clearKeyInfo()
        var salt = try SecureRandom.bytes(KeyDerivation.saltByteCount)
        // SAFETY: the salt is lent for the call and copied; a null IV asks for a random one. The
        // result is a new structure, which is ours until `PKCS8_set0_pbe` has succeeded.
        let scheme = unsafe PKCS5_pbe2_set_scrypt(
            EVP_aes_256_cbc(), &salt, Int32(salt.count), nil, KeyDerivation.costN,
            KeyDerivation.blockSizeR, KeyDerivation.parallelismP)
        guard let scheme = unsafe scheme else { throw .draining(after: "PKCS5_pbe2_set_scrypt") }
        let pointer = unsafe passphrase.withUnsafeCharacters { characters, count in
            unsafe PKCS8_set0_pbe(characters, count, clear.pointer, scheme)
        }
        guard let pointer = unsafe pointer else {
            let error = OpenSSLError.draining(after: "PKCS8_set0_pbe")
            unsafe X509_ALGOR_free(scheme)
            throw error
        }
        return unsafe EncryptedKeyInfo(takingOwnershipOf: pointer)
    }

    /// Decrypts a key that ``encryptedPEM(passphrase:)`` or `openssl` has written.
    ///
    /// The bytes must be exactly one PEM block, spelled as OpenSSL spells it.
    ///
    /// KNOWN GAP: CBC has no authentication, so damage to the ciphertext can yield another key
    /// instead of an error. Compare ``publicKey`` with the key that was enrolled.
    ///
    /// - Throws: ``KeyError/notEncrypted(path:)``, ``KeyError/malformedKeyFile(path:)``,
    ///   ``KeyError/wrongPassphrase(path:)`` or ``KeyError/wrongAlgorithm(expected:path:)``.
    public init(
        suite: Suite, encryptedPEM: [UInt8], passphrase: borrowing Passphrase
    ) throws(KeyError) {
        try self.init(suite: suite, encryptedPEM: encryptedPEM, passphrase: passphrase, path: nil)
    }

    /// As above; `path` is what error messages name.
    init(
        suite: Suite, encryptedPEM: [UInt8], passphrase: borrowing Passphrase, path: String?
    ) throws(KeyError) {
        let encrypted = try Self.parse(encryptedPEM, path: path)
        // SAFETY: both are lent for the call; the result is a new structure.
        let clearPointer = unsafe passphrase.withUnsafeCharacters { characters, count in
            unsafe PKCS8_decrypt(encrypted.pointer, characters, count)
        }
        guard let clearPointer = unsafe clearPointer else {
            throw Self.decryptionError(.draining(after: "PKCS8_decrypt"), path: path)
        }
        let clear = unsafe ClearKeyInfo(takingOwnershipOf: clearPointer)
        // SAFETY: the structure is alive for the call; the result is a new key.
        guard let keyPointer = unsafe EVP_PKCS82PKEY(clear.pointer) else {
            throw .openSSL(.draining(after: "EVP_PKCS82PKEY"))
        }
        try self.init(
            suite: suite, key: unsafe KeyHandle(takingOwnershipOf: keyPointer), path: path)
    }

    /// Reads the one PEM block and refuses whatever OpenSSL would not have written itself.
    private static func parse(_ pem: [UInt8], path: String?) throws(KeyError) -> EncryptedKeyInfo {
        guard pem.count <= PEM.maximumByteCount else {
            throw .tooLarge(sizeBytes: pem.count, maximumBytes: PEM.maximumByteCount, path: path)
        }
        guard pem.starts(with: PEM.encryptedLabel.utf8) else {
            // "PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY" and their like.
            let firstLine = pem.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            let isClear =
                firstLine.reversed().starts(with: PEM.clearLabel.utf8.reversed())
                && !firstLine.elementsEqual(PEM.encryptedLabel.utf8.dropLast())
            throw isClear ? .notEncrypted(path: path) : .malformedKeyFile(path: path)
        }
        // A header line ("Proc-Type: 4,ENCRYPTED") would make OpenSSL ask the terminal for a
        // passphrase. Base64 has no colon.
        guard !pem.contains(UInt8(ascii: ":")) else { throw .malformedKeyFile(path: path) }
        let buffer = try KeyError.wrapping { () throws(OpenSSLError) in
            try MemoryBuffer.holding(pem)
        }
        // SAFETY: the buffer is alive; without headers the callback is never called.
        guard let pointer = unsafe PEM_read_bio_PKCS8(buffer.pointer, nil, nil, nil) else {
            ERR_clear_error()
            throw .malformedKeyFile(path: path)
        }
        let encrypted = unsafe EncryptedKeyInfo(takingOwnershipOf: pointer)
        // Trailing bytes, other line lengths and non-minimal DER show as a difference.
        let canonical = try KeyError.wrapping { () throws(OpenSSLError) in try encrypted.pem() }
        guard canonical == pem else { throw .malformedKeyFile(path: path) }
        return encrypted
    }

    /// Tells a wrong passphrase from an algorithm that OpenSSL lacks.
    ///
    /// A wrong passphrase shows as bad padding or, once in 256 times, as bytes that are no key.
    /// Damaged ciphertext looks the same, as CBC has no authentication.
    @inline(never)
    private static func decryptionError(_ error: OpenSSLError, path: String?) -> KeyError {
        let isWrong = error.entries.contains { entry in
            let reason = ERR_GET_REASON(entry.code)
            return ERR_GET_LIB(entry.code) == ERR_LIB_PKCS12
                && (reason == PKCS12_R_PKCS12_CIPHERFINAL_ERROR
                    || reason == PKCS12_R_DECODE_ERROR)
        }
        return isWrong ? .wrongPassphrase(path: path) : .openSSL(error)
    }
}

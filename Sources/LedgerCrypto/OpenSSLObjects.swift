// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

// One owner per C object: made by the initialiser, lent through `pointer`, freed by `deinit`.
// SAFETY (all): the pointer is non-null, owned by nobody else and freed once, when the owner ends.
// Whoever uses `pointer` keeps the owner alive by borrowing it for the whole call.

/// Owns an `EVP_MD`, a digest algorithm found by name.
@safe
struct FetchedDigest: ~Copyable {
    let pointer: OpaquePointer

    init(name: String) throws(OpenSSLError) {
        guard let pointer = unsafe EVP_MD_fetch(nil, name, nil) else {
            throw .draining(after: "EVP_MD_fetch")
        }
        unsafe self.pointer = pointer
    }

    deinit { unsafe EVP_MD_free(pointer) }
}

/// Owns an `EVP_MD_CTX`, the state of a digest or of a signature.
@safe
struct DigestContext: ~Copyable {
    let pointer: OpaquePointer

    init() throws(OpenSSLError) {
        guard let pointer = unsafe EVP_MD_CTX_new() else {
            throw .draining(after: "EVP_MD_CTX_new")
        }
        unsafe self.pointer = pointer
    }

    deinit { unsafe EVP_MD_CTX_free(pointer) }
}

/// Owns an `EVP_MAC`, an authentication function found by name.
@safe
struct FetchedMac: ~Copyable {
    let pointer: OpaquePointer

    init(name: String) throws(OpenSSLError) {
        guard let pointer = unsafe EVP_MAC_fetch(nil, name, nil) else {
            throw .draining(after: "EVP_MAC_fetch")
        }
        unsafe self.pointer = pointer
    }

    deinit { unsafe EVP_MAC_free(pointer) }
}

/// Owns an `EVP_MAC_CTX`, the state of an authentication code; freeing it cleanses the key.
@safe
struct MacContext: ~Copyable {
    let pointer: OpaquePointer

    /// The context takes its own reference to the algorithm (EVP_MAC_CTX_new(3)).
    init(algorithm: consuming FetchedMac) throws(OpenSSLError) {
        guard let pointer = unsafe EVP_MAC_CTX_new(algorithm.pointer) else {
            throw .draining(after: "EVP_MAC_CTX_new")
        }
        unsafe self.pointer = pointer
    }

    /// Sets key and digest, both of which the context copies.
    func start(key: Span<UInt8>, digestName: String) throws(OpenSSLError) {
        var digestName = Array(digestName.utf8CString)
        // SAFETY: key, name and parameters are lent for the call; the name ends with NUL, which
        // length 0 asks OpenSSL to look for.
        let status = unsafe digestName.withUnsafeMutableBufferPointer { name in
            var parameters = unsafe [
                OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.baseAddress, 0),
                OSSL_PARAM_construct_end(),
            ]
            return unsafe key.withUnsafeBufferPointer { key in
                unsafe EVP_MAC_init(pointer, key.baseAddress, key.count, &parameters)
            }
        }
        try check(status, "EVP_MAC_init")
    }

    deinit { unsafe EVP_MAC_CTX_free(pointer) }
}

/// Owns an `EVP_CIPHER`, a cipher found by name.
@safe
struct FetchedCipher: ~Copyable {
    let pointer: OpaquePointer

    init(name: String) throws(OpenSSLError) {
        guard let pointer = unsafe EVP_CIPHER_fetch(nil, name, nil) else {
            throw .draining(after: "EVP_CIPHER_fetch")
        }
        unsafe self.pointer = pointer
    }

    deinit { unsafe EVP_CIPHER_free(pointer) }
}

/// Owns an `EVP_CIPHER_CTX`, the state of a cipher; freeing it cleanses the key.
@safe
struct CipherContext: ~Copyable {
    let pointer: OpaquePointer

    init() throws(OpenSSLError) {
        guard let pointer = unsafe EVP_CIPHER_CTX_new() else {
            throw .draining(after: "EVP_CIPHER_CTX_new")
        }
        unsafe self.pointer = pointer
    }

    deinit { unsafe EVP_CIPHER_CTX_free(pointer) }
}

/// Owns an `EVP_PKEY`; freeing it cleanses a private key.
@safe
struct KeyHandle: ~Copyable {
    let pointer: OpaquePointer

    init(takingOwnershipOf pointer: OpaquePointer) { unsafe self.pointer = pointer }

    deinit { unsafe EVP_PKEY_free(pointer) }
}

/// Owns an `EVP_PKEY_CTX`.
@safe
struct KeyContext: ~Copyable {
    let pointer: OpaquePointer

    init(keyTypeName: String) throws(OpenSSLError) {
        guard let pointer = unsafe EVP_PKEY_CTX_new_from_name(nil, keyTypeName, nil) else {
            throw .draining(after: "EVP_PKEY_CTX_new_from_name")
        }
        unsafe self.pointer = pointer
    }

    init(for key: borrowing KeyHandle) throws(OpenSSLError) {
        guard let pointer = unsafe EVP_PKEY_CTX_new_from_pkey(nil, key.pointer, nil) else {
            throw .draining(after: "EVP_PKEY_CTX_new_from_pkey")
        }
        unsafe self.pointer = pointer
    }

    deinit { unsafe EVP_PKEY_CTX_free(pointer) }
}

/// Owns a `BIO` in memory.
@safe
struct MemoryBuffer: ~Copyable {
    let pointer: OpaquePointer

    init() throws(OpenSSLError) {
        guard let pointer = unsafe BIO_new(BIO_s_mem()) else { throw .draining(after: "BIO_new") }
        unsafe self.pointer = pointer
    }

    /// Makes a buffer with a copy of `bytes`, at most `Int32.max` of them.
    static func holding(_ bytes: [UInt8]) throws(OpenSSLError) -> MemoryBuffer {
        let buffer = try MemoryBuffer()
        let written = unsafe BIO_write(buffer.pointer, bytes, Int32(bytes.count))
        guard written == bytes.count else { throw .draining(after: "BIO_write") }
        return buffer
    }

    /// Takes out all that was written.
    consuming func contents() throws(OpenSSLError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: unsafe BIO_ctrl_pending(pointer))
        let read = unsafe BIO_read(pointer, &bytes, Int32(bytes.count))
        guard read == bytes.count else { throw .draining(after: "BIO_read") }
        return bytes
    }

    deinit { unsafe BIO_free_all(pointer) }
}

/// Owns a `PKCS8_PRIV_KEY_INFO`, a private key in clear; freeing it cleanses the key.
@safe
struct ClearKeyInfo: ~Copyable {
    let pointer: OpaquePointer

    init(takingOwnershipOf pointer: OpaquePointer) { unsafe self.pointer = pointer }

    deinit { unsafe PKCS8_PRIV_KEY_INFO_free(pointer) }
}

/// Owns an `X509_SIG`, here always an encrypted private key (RFC 5958 §3).
@safe
struct EncryptedKeyInfo: ~Copyable {
    let pointer: OpaquePointer

    init(takingOwnershipOf pointer: OpaquePointer) { unsafe self.pointer = pointer }

    /// The PEM block, lines of 64 characters, LF at the end (RFC 7468).
    func pem() throws(OpenSSLError) -> [UInt8] {
        let buffer = try MemoryBuffer()
        try check(unsafe PEM_write_bio_PKCS8(buffer.pointer, pointer), "PEM_write_bio_PKCS8")
        return try buffer.contents()
    }

    deinit { unsafe X509_SIG_free(pointer) }
}

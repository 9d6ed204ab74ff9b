// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// Encrypts a long secret text in chunks under a passphrase, so that none can be changed, moved,
/// left out or cut off unnoticed.
///
/// The keys are 64 bytes of scrypt (RFC 7914; N = 2^17, r = 8, p = 1: 128 MiB a guess, OWASP
/// Password Storage Cheat Sheet): 32 for AES-256-GCM (NIST SP 800-38D), 32 for ``tag(of:)``. A
/// chunk's nonce is its number in 11 bytes, most significant first, and a byte that is 1 for the
/// last one; salts are random, so no nonce is used twice under one key. That is the STREAM
/// construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015).
public struct ChunkCipher: ~Copyable {
    /// Bytes of a salt.
    public static let saltByteCount = 16
    /// Bytes of clear text in every chunk but the last, which may have fewer.
    public static let chunkByteCount = 1 << 16
    /// Bytes that a chunk is longer for being encrypted.
    public static let tagByteCount = 16

    private static let costN: UInt64 = 1 << 17
    private static let blockSizeR: UInt64 = 8
    private static let parallelismP: UInt64 = 1
    private static let memoryByteCount: UInt64 = 1 << 28
    private static let keyByteCount = 32

    private let key: SecretBytes
    private let tagKey: SecretBytes

    /// Derives the keys; takes a part of a second and 128 MiB.
    public init(passphrase: borrowing Passphrase, salt: [UInt8]) throws(OpenSSLError) {
        precondition(salt.count == Self.saltByteCount, "ChunkCipher.init: \(salt.count) bytes")
        let both = try SecretBytes(count: 2 * Self.keyByteCount) {
            (bytes: inout MutableSpan<UInt8>) throws(OpenSSLError) in
            // SAFETY: passphrase, salt and output are alive for the call, of the stated lengths.
            let status = unsafe bytes.withUnsafeMutableBufferPointer { output in
                unsafe passphrase.withUnsafeCharacters { characters, count in
                    unsafe EVP_PBE_scrypt(
                        characters, Int(count), salt, salt.count, Self.costN, Self.blockSizeR,
                        Self.parallelismP, Self.memoryByteCount, output.baseAddress, output.count)
                }
            }
            try check(status, "EVP_PBE_scrypt")
        }
        key = Self.part(of: both, from: 0)
        tagKey = Self.part(of: both, from: Self.keyByteCount)
    }

    private static func part(of both: borrowing SecretBytes, from start: Int) -> SecretBytes {
        SecretBytes(count: keyByteCount) { part in
            both.withBytes { bytes in
                for index in 0..<keyByteCount { part[index] = bytes[start + index] }
            }
        }
    }

    /// A code that tells whether a passphrase is the one that a header was written under.
    public func tag(of header: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        var code = try MessageAuthentication(key: tagKey)
        return code.code(of: header.span)
    }

    /// Encrypts one chunk.
    ///
    /// - Parameters:
    ///   - chunk: The clear text; ``chunkByteCount`` bytes unless it is the last.
    ///   - index: Its number, from 0.
    ///   - isLast: Whether none follows.
    ///   - context: What the chunks belong to; the same at every call.
    /// - Returns: As many bytes and a tag of ``tagByteCount``.
    public func seal(
        _ chunk: [UInt8], index: Int, isLast: Bool, context: [UInt8]
    ) throws(OpenSSLError) -> [UInt8] {
        let cipher = try CipherContext()
        var output = [UInt8](repeating: 0, count: chunk.count + Self.tagByteCount)
        var written: Int32 = 0
        try start(cipher, index: index, isLast: isLast, encrypts: 1)
        // SAFETY: context and arrays are alive for the calls; GCM writes as many bytes as it
        // reads, and the tag of 16 bytes into the last part of the output.
        try check(
            unsafe EVP_CipherUpdate(
                cipher.pointer, nil, &written, context, Int32(context.count)), "EVP_CipherUpdate")
        try check(
            unsafe EVP_CipherUpdate(
                cipher.pointer, &output, &written, chunk, Int32(chunk.count)), "EVP_CipherUpdate")
        var rest = [UInt8](repeating: 0, count: Self.tagByteCount)
        try check(unsafe EVP_CipherFinal_ex(cipher.pointer, &rest, &written), "EVP_CipherFinal_ex")
        var tag = [UInt8](repeating: 0, count: Self.tagByteCount)
        try check(
            unsafe EVP_CIPHER_CTX_ctrl(
                cipher.pointer, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagByteCount), &tag),
            "EVP_CIPHER_CTX_ctrl")
        output.replaceSubrange(chunk.count..., with: tag)
        return output
    }

    /// Decrypts one chunk; nil when it is not the one that was sealed as such.
    public func open(
        _ sealed: [UInt8], index: Int, isLast: Bool, context: [UInt8]
    ) throws(OpenSSLError) -> [UInt8]? {
        guard sealed.count >= Self.tagByteCount else { return nil }
        let cipher = try CipherContext()
        let count = sealed.count - Self.tagByteCount
        var tag = Array(sealed[count...])
        var output = [UInt8](repeating: 0, count: max(count, 1))
        var written: Int32 = 0
        try start(cipher, index: index, isLast: isLast, encrypts: 0)
        // SAFETY: as in `seal`; the first `count` bytes are read, and as many written.
        try check(
            unsafe EVP_CipherUpdate(
                cipher.pointer, nil, &written, context, Int32(context.count)), "EVP_CipherUpdate")
        try check(
            unsafe EVP_CipherUpdate(cipher.pointer, &output, &written, sealed, Int32(count)),
            "EVP_CipherUpdate")
        try check(
            unsafe EVP_CIPHER_CTX_ctrl(
                cipher.pointer, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagByteCount), &tag),
            "EVP_CIPHER_CTX_ctrl")
        var rest = [UInt8](repeating: 0, count: Self.tagByteCount)
        guard unsafe EVP_CipherFinal_ex(cipher.pointer, &rest, &written) == 1 else {
            ERR_clear_error()
            return nil
        }
        output.removeLast(output.count - count)
        return output
    }

    private func start(
        _ cipher: borrowing CipherContext, index: Int, isLast: Bool, encrypts: Int32
    ) throws(OpenSSLError) {
        precondition(index >= 0, "ChunkCipher: chunk \(index)")
        var nonce = [UInt8](repeating: 0, count: 12)
        for place in 0..<8 {
            nonce[3 + place] = UInt8(truncatingIfNeeded: index >> (56 - 8 * place))
        }
        nonce[11] = isLast ? 1 : 0
        // SAFETY: context, key and nonce are alive for the call; GCM's nonce has 12 bytes unless
        // it is told otherwise, the key of AES-256 has 32.
        let status = key.withBytes { key in
            unsafe key.withUnsafeBufferPointer { key in
                unsafe EVP_CipherInit_ex(
                    cipher.pointer, EVP_aes_256_gcm(), nil, key.baseAddress, nonce, encrypts)
            }
        }
        try check(status, "EVP_CipherInit_ex")
    }
}

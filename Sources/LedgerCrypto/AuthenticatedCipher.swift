// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// AES-256-GCM under one key, ready to be called many times (NIST SP 800-38D).
///
/// The caller gives every nonce and answers for it: two messages under one key and one nonce give
/// away both, and the power to forge. Holds one context; make one per thread. OpenSSL's copy of the
/// key is cleansed when this value ends.
public struct AuthenticatedCipher: ~Copyable {
    /// Length of a key in bytes.
    public static let keyByteCount = 32
    /// Length of a nonce in bytes; of other lengths GCM makes one by hashing, which may collide.
    public static let nonceByteCount = 12
    /// Length of the tag in bytes, which follows the ciphertext.
    public static let tagByteCount = 16

    private let context: CipherContext

    /// Fetches AES-256-GCM from OpenSSL and gives it the key.
    ///
    /// - Throws: when OpenSSL has no such cipher, or no memory.
    /// - Precondition: The key has ``keyByteCount`` bytes.
    public init(key: borrowing SecretBytes) throws(OpenSSLError) {
        precondition(key.count == Self.keyByteCount, "AuthenticatedCipher: \(key.count) bytes")
        let algorithm = try FetchedCipher(name: "AES-256-GCM")
        let context = try CipherContext()
        // SAFETY: algorithm, context and key are alive for the calls; the context takes its own
        // reference to the algorithm and copies the key (EVP_EncryptInit_ex2(3)).
        precondition(
            unsafe EVP_CIPHER_get_key_length(algorithm.pointer) == Self.keyByteCount
                && EVP_CIPHER_get_iv_length(algorithm.pointer) == Self.nonceByteCount,
            "AES-256-GCM has keys of 32 bytes and nonces of 12")
        try key.withBytes { (key: Span<UInt8>) throws(OpenSSLError) in
            let status = unsafe key.withUnsafeBufferPointer { key in
                unsafe EVP_CipherInit_ex2(
                    context.pointer, algorithm.pointer, key.baseAddress, nil, 1, nil)
            }
            try check(status, "EVP_CipherInit_ex2")
        }
        self.context = context
    }

    /// Encrypts a message and binds it to data that is not encrypted.
    ///
    /// - Parameters:
    ///   - nonce: ``nonceByteCount`` bytes, never used before under this key.
    ///   - data: What opening has to be given again.
    /// - Returns: As many bytes as the message has, then the tag.
    public mutating func seal(
        _ message: Span<UInt8>, nonce: Span<UInt8>, data: Span<UInt8>
    ) -> [UInt8] {
        var sealed = [UInt8](repeating: 0, count: message.count + Self.tagByteCount)
        let context = unsafe context.pointer
        // With a key that was accepted none of these calls has an operating reason to fail, so a
        // failure is a broken process, of which nothing may be stored.
        var isDone = begin(nonce: nonce, data: data, encrypting: true)
        // SAFETY: message and array are alive for the calls; GCM writes as many bytes as it is
        // given, so the first part of the array takes them and the last 16 bytes the tag.
        unsafe sealed.withUnsafeMutableBufferPointer { output in
            unsafe message.withUnsafeBufferPointer { message in
                var count: Int32 = 0
                isDone =
                    unsafe EVP_CipherUpdate(
                        context, output.baseAddress, &count, message.baseAddress,
                        Int32(message.count)) == 1 && isDone && Int(count) == message.count
                let end = unsafe output.baseAddress.map { unsafe $0 + message.count }
                isDone = unsafe EVP_CipherFinal_ex(context, end, &count) == 1 && isDone
                isDone =
                    unsafe EVP_CIPHER_CTX_ctrl(
                        context, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagByteCount), end) == 1
                    && isDone
            }
        }
        precondition(isDone, "OpenSSL failed to encrypt")
        return sealed
    }

    /// Decrypts what ``seal(_:nonce:data:)`` made.
    ///
    /// - Returns: The message, or nil when a byte of it, of the nonce or of the data is another
    ///   one, or the key is. Nothing of the message is shown then.
    public mutating func open(
        _ sealed: Span<UInt8>, nonce: Span<UInt8>, data: Span<UInt8>
    ) -> [UInt8]? {
        let count = sealed.count - Self.tagByteCount
        guard count >= 0 else { return nil }
        var message = [UInt8](repeating: 0, count: count)
        // OpenSSL takes the tag as a mutable pointer.
        var tag = [UInt8](repeating: 0, count: Self.tagByteCount)
        for index in tag.indices { tag[index] = sealed[count + index] }
        let context = unsafe context.pointer
        var isDone = begin(nonce: nonce, data: data, encrypting: false)
        // SAFETY: as in `seal`; the message has room for all bytes before the tag, and Final, which
        // compares the tags, writes none.
        unsafe message.withUnsafeMutableBufferPointer { output in
            unsafe sealed.withUnsafeBufferPointer { sealed in
                var written: Int32 = 0
                isDone =
                    unsafe EVP_CipherUpdate(
                        context, output.baseAddress, &written, sealed.baseAddress, Int32(count))
                    == 1 && isDone
                isDone =
                    unsafe EVP_CIPHER_CTX_ctrl(
                        context, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagByteCount), &tag) == 1
                    && isDone
                let end = unsafe output.baseAddress.map { unsafe $0 + count }
                isDone = unsafe EVP_CipherFinal_ex(context, end, &written) == 1 && isDone
            }
        }
        guard isDone else {
            // A wrong tag leaves nothing in the error queue that later calls should find.
            _ = OpenSSLError.draining(after: "EVP_CipherFinal_ex")
            return nil
        }
        return message
    }

    /// Starts a message anew under the key that the context has.
    private func begin(nonce: Span<UInt8>, data: Span<UInt8>, encrypting: Bool) -> Bool {
        precondition(nonce.count == Self.nonceByteCount, "nonce of \(nonce.count) bytes")
        let context = unsafe context.pointer
        // SAFETY: nonce and data are alive for the calls; without an output the update takes
        // associated data (EVP_EncryptInit(3), AEAD interface).
        var isDone = unsafe nonce.withUnsafeBufferPointer { nonce in
            unsafe EVP_CipherInit_ex2(
                context, nil, nil, nonce.baseAddress, encrypting ? 1 : 0, nil) == 1
        }
        unsafe data.withUnsafeBufferPointer { data in
            var count: Int32 = 0
            isDone =
                unsafe EVP_CipherUpdate(context, nil, &count, data.baseAddress, Int32(data.count))
                == 1 && isDone
        }
        return isDone
    }
}

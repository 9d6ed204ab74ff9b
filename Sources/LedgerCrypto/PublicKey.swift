// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// A key that checks signatures.
///
/// `@unchecked Sendable`: the `EVP_PKEY` is only read after `init`, and OpenSSL locks what its
/// reading functions cache inside it (openssl-threads(7)).
public final class PublicKey: @unchecked Sendable {
    /// The suite whose signature scheme the key belongs to.
    public let suite: Suite

    /// The DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), exactly as given.
    public let subjectPublicKeyInfo: [UInt8]

    private let key: KeyHandle

    /// Reads a SubjectPublicKeyInfo in its only valid spelling.
    ///
    /// - Throws: ``KeyError/malformedPublicKey(_:)`` when the bytes are not the DER of a key of
    ///   this suite, are spelled in another way than OpenSSL would, or hold a weak point.
    public init(suite: Suite, subjectPublicKeyInfo: [UInt8]) throws(KeyError) {
        let algorithms = suite.algorithms
        guard subjectPublicKeyInfo.count == algorithms.subjectPublicKeyInfoByteCount else {
            throw .malformedPublicKey(
                .length(
                    actual: subjectPublicKeyInfo.count,
                    expected: algorithms.subjectPublicKeyInfoByteCount))
        }
        guard let key = Self.decode(subjectPublicKeyInfo) else {
            throw .malformedPublicKey(.encoding)
        }
        // SAFETY: the key is alive; the name is lent for the call.
        guard unsafe EVP_PKEY_is_a(key.pointer, algorithms.keyTypeName) == 1 else {
            throw .malformedPublicKey(.algorithm(expected: algorithms.keyTypeName))
        }
        let encoding = try KeyError.wrapping { () throws(OpenSSLError) in try Self.encode(key) }
        guard encoding == subjectPublicKeyInfo else { throw .malformedPublicKey(.encoding) }
        let context = try KeyError.wrapping { () throws(OpenSSLError) in try KeyContext(for: key) }
        // SAFETY: the context is alive for the call.
        guard unsafe EVP_PKEY_public_check(context.pointer) == 1,
            algorithms.acceptsPublicKey(subjectPublicKeyInfo)
        else {
            ERR_clear_error()
            throw .malformedPublicKey(.weakPoint)
        }
        self.suite = suite
        self.subjectPublicKeyInfo = subjectPublicKeyInfo
        self.key = key
    }

    /// Whether `signature` is this key's over exactly `message`.
    ///
    /// False also for a signature of a wrong length or spelling: whatever the reason, it proves
    /// nothing.
    public func isValid(signature: [UInt8], for message: [UInt8]) -> Bool {
        let algorithms = suite.algorithms
        guard algorithms.signatureByteCounts.contains(signature.count),
            let context = try? DigestContext()
        else { return false }
        // SAFETY: context, key and arrays are alive for the calls. The context is used for this
        // one message: Ed25519 has no other way in OpenSSL (EVP_SIGNATURE-ED25519(7)).
        let isValid =
            unsafe EVP_DigestVerifyInit_ex(
                context.pointer, nil, algorithms.signatureDigestName, nil, nil, key.pointer, nil)
            == 1
            && EVP_DigestVerify(
                context.pointer, signature, signature.count, message, message.count) == 1
        if !isValid { ERR_clear_error() }
        return isValid
    }

    /// Reads one key that takes up all the bytes, or gives nil.
    private static func decode(_ bytes: [UInt8]) -> KeyHandle? {
        // SAFETY: d2i moves its own copy of the start address and reads no more than `count`.
        let pointer = unsafe bytes.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var position = buffer.baseAddress
            return unsafe d2i_PUBKEY(nil, &position, buffer.count)
        }
        guard let pointer = unsafe pointer else {
            ERR_clear_error()
            return nil
        }
        return unsafe KeyHandle(takingOwnershipOf: pointer)
    }

    /// Writes a key's SubjectPublicKeyInfo, which shows whether the input was spelled otherwise.
    static func encode(_ key: borrowing KeyHandle) throws(OpenSSLError) -> [UInt8] {
        // SAFETY: with no destination i2d gives the length, then it writes exactly that many bytes.
        let count = unsafe i2d_PUBKEY(key.pointer, nil)
        guard count > 0 else { throw .draining(after: "i2d_PUBKEY") }
        var bytes = [UInt8](repeating: 0, count: Int(count))
        let pointer = unsafe key.pointer
        let written = unsafe bytes.withUnsafeMutableBufferPointer { buffer -> Int32 in
            var position = buffer.baseAddress
            return unsafe i2d_PUBKEY(pointer, &position)
        }
        guard written == count else { throw .draining(after: "i2d_PUBKEY") }
        return bytes
    }
}

// MARK: - Equatable, Hashable

extension PublicKey: Hashable {
    /// Whether both are the same key of the same suite.
    public static func == (left: PublicKey, right: PublicKey) -> Bool {
        left.suite == right.suite && left.subjectPublicKeyInfo == right.subjectPublicKeyInfo
    }

    /// Feeds what ``==(_:_:)`` compares.
    public func hash(into hasher: inout Swift.Hasher) {
        hasher.combine(suite)
        hasher.combine(subjectPublicKeyInfo)
    }
}

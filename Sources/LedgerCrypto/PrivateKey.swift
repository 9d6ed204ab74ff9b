// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// A key that signs, can't be copied, and is cleansed from memory when it ends.
public struct PrivateKey: ~Copyable {
    /// The half that is published.
    public let publicKey: PublicKey

    private let key: KeyHandle

    /// Makes a new key from OpenSSL's random generator.
    public static func generate(suite: Suite) throws(OpenSSLError) -> PrivateKey {
        let context = try KeyContext(keyTypeName: suite.algorithms.keyTypeName)
        // SAFETY: the context is alive; generation hands over a key that nobody else owns.
        try check(unsafe EVP_PKEY_keygen_init(context.pointer), "EVP_PKEY_keygen_init")
        var pointer: OpaquePointer?
        try check(unsafe EVP_PKEY_generate(context.pointer, &pointer), "EVP_PKEY_generate")
        guard let pointer = unsafe pointer else { throw .draining(after: "EVP_PKEY_generate") }
        do throws(KeyError) {
            return try PrivateKey(
                suite: suite, key: unsafe KeyHandle(takingOwnershipOf: pointer), path: nil)
        } catch {
            guard case .openSSL(let error) = error else {
                preconditionFailure("OpenSSL generated a key that this suite refuses")
            }
            throw error
        }
    }

    /// Derives a key from its secret seed: for test vectors and reproducible sample ledgers.
    ///
    /// - Throws: ``KeyError/seedLength(actual:expected:)`` when the seed is too short or too long.
    public init(suite: Suite, rawSeed: [UInt8]) throws(KeyError) {
        let algorithms = suite.algorithms
        guard rawSeed.count == algorithms.seedByteCount else {
            throw .seedLength(actual: rawSeed.count, expected: algorithms.seedByteCount)
        }
        // SAFETY: the arguments are lent for the call; the result is a new key.
        let pointer = unsafe EVP_PKEY_new_raw_private_key_ex(
            nil, algorithms.keyTypeName, nil, rawSeed, rawSeed.count)
        guard let pointer = unsafe pointer else {
            throw .openSSL(.draining(after: "EVP_PKEY_new_raw_private_key_ex"))
        }
        try self.init(
            suite: suite, key: unsafe KeyHandle(takingOwnershipOf: pointer), path: nil)
    }

    /// Takes a key of any origin if it belongs to the suite.
    init(suite: Suite, key: consuming KeyHandle, path: String?) throws(KeyError) {
        // SAFETY: the key is alive; the name is lent for the call.
        let keyTypeName = suite.algorithms.keyTypeName
        guard unsafe EVP_PKEY_is_a(key.pointer, keyTypeName) == 1 else {
            throw .wrongAlgorithm(expected: keyTypeName, path: path)
        }
        let subjectPublicKeyInfo = try KeyError.wrapping { () throws(OpenSSLError) in
            try PublicKey.encode(key)
        }
        self.publicKey = try PublicKey(suite: suite, subjectPublicKeyInfo: subjectPublicKeyInfo)
        self.key = key
    }

    /// Signs a message, whatever its length.
    ///
    /// - Returns: 64 bytes R ‖ S with Ed25519, the same for the same message (RFC 8032 §5.1.6).
    public func sign(_ message: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        let context = try DigestContext()
        // SAFETY: context, key and arrays are alive for the calls. With no destination the call
        // gives the greatest length; then it writes at most that many bytes and says how many.
        try check(
            unsafe EVP_DigestSignInit_ex(
                context.pointer, nil, publicKey.suite.algorithms.signatureDigestName, nil, nil,
                key.pointer, nil),
            "EVP_DigestSignInit_ex")
        var count = 0
        try check(
            unsafe EVP_DigestSign(context.pointer, nil, &count, message, message.count),
            "EVP_DigestSign")
        var signature = [UInt8](repeating: 0, count: count)
        try check(
            unsafe EVP_DigestSign(context.pointer, &signature, &count, message, message.count),
            "EVP_DigestSign")
        precondition(count <= signature.count, "EVP_DigestSign wrote beyond its buffer")
        signature.removeLast(signature.count - count)
        return signature
    }

    /// Gives the key in clear as a PKCS #8 structure, for encryption only.
    func clearKeyInfo() throws(OpenSSLError) -> ClearKeyInfo {
        // SAFETY: the key is alive; the result is a new structure that nobody else owns.
        guard let pointer = unsafe EVP_PKEY2PKCS8(key.pointer) else {
            throw .draining(after: "EVP_PKEY2PKCS8")
        }
        return unsafe ClearKeyInfo(takingOwnershipOf: pointer)
    }
}

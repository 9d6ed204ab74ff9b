// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// HMAC-SHA256 under one key, ready to be called many times (RFC 2104, FIPS 198-1).
///
/// Holds one context and starts it anew for each message; make one per thread. OpenSSL's copy of
/// the key is cleansed when this value ends.
public struct MessageAuthentication: ~Copyable {
    /// Length of a code in bytes.
    public static let byteCount = 32

    private let context: MacContext

    /// Fetches HMAC-SHA256 from OpenSSL and gives it the key.
    ///
    /// - Throws: when OpenSSL has no such function, or no memory.
    public init(key: borrowing SecretBytes) throws(OpenSSLError) {
        let context = try MacContext(algorithm: FetchedMac(name: "HMAC"))
        try key.withBytes { (key: Span<UInt8>) throws(OpenSSLError) in
            try context.start(key: key, digestName: "SHA256")
        }
        // SAFETY: the context is alive and has its digest.
        precondition(
            unsafe EVP_MAC_CTX_get_mac_size(context.pointer) == Self.byteCount,
            "HMAC-SHA256 has \(Self.byteCount) bytes")
        self.context = context
    }

    /// The code of a message, of whatever length.
    ///
    /// To be compared in constant time wherever an attacker chooses one side.
    public mutating func code(of message: Span<UInt8>) -> [UInt8] {
        let context = unsafe context.pointer
        // With a key that was accepted none of these calls has an operating reason to fail, so a
        // failure is a broken process, in which no code may be returned.
        var code = [UInt8](repeating: 0, count: Self.byteCount)
        var count = 0
        // SAFETY: context, message and array are alive for the calls; null with length 0 is
        // allowed. Without a key the context starts anew with the one it has (EVP_MAC(3)). At
        // most `byteCount` bytes are written.
        var isDone = unsafe EVP_MAC_init(context, nil, 0, nil) == 1
        unsafe message.withUnsafeBufferPointer { message in
            isDone =
                unsafe EVP_MAC_update(context, message.baseAddress, message.count) == 1
                && isDone
        }
        isDone = unsafe EVP_MAC_final(context, &code, &count, Self.byteCount) == 1 && isDone
        precondition(isDone && count == Self.byteCount, "OpenSSL failed to compute an HMAC")
        return code
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// Randomness fit for keys, identifiers and salts.
public enum SecureRandom {
    /// Most bytes that one call gives.
    public static let maximumByteCount = 1 << 20

    /// Gives `count` random bytes from OpenSSL's generator.
    ///
    /// - Throws: when the generator can't be seeded; its output is then not used.
    /// - Precondition: `count` is in 0 … ``maximumByteCount``.
    public static func bytes(_ count: Int) throws(OpenSSLError) -> [UInt8] {
        precondition((0...maximumByteCount).contains(count), "count out of range: \(count)")
        var bytes = [UInt8](repeating: 0, count: count)
        // SAFETY: the array holds `count` bytes and is lent for the call.
        try check(unsafe RAND_bytes(&bytes, Int32(count)), "RAND_bytes")
        return bytes
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// Secret bytes that can't be copied or printed, and are cleansed from memory when they end.
///
/// The memory is not locked: under pressure the system may write it to a swap device.
@safe
public struct SecretBytes: ~Copyable {
    /// How many bytes a secret may have.
    public static let byteCounts = 1...4096

    private let storage: UnsafeMutableRawBufferPointer

    /// Makes a secret and lets `body` fill its bytes, which are zeros until then.
    ///
    /// - Precondition: `count` is in ``byteCounts``.
    public init<Failure: Error>(
        count: Int, filledBy body: (inout MutableSpan<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        precondition(Self.byteCounts.contains(count), "SecretBytes.init: \(count) bytes")
        // SAFETY: the new region has `count` bytes, all initialised, and is owned by this value
        // alone; the span is lent for the call and can't outlive it. If `body` throws, `deinit`
        // cleanses and frees the region.
        let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: count)
        unsafe bytes.initialize(repeating: 0)
        unsafe storage = UnsafeMutableRawBufferPointer(bytes)
        var span = unsafe bytes.mutableSpan
        try body(&span)
    }

    /// Takes the bytes over, and overwrites them with zeros.
    ///
    /// The overwriting reaches the caller's memory only if no other copy of the array exists.
    ///
    /// - Precondition: The count of bytes is in ``byteCounts``.
    public init(_ bytes: consuming [UInt8]) {
        let count = bytes.count
        self.init(count: count) { span in
            for index in 0..<count { span[index] = bytes[index] }
        }
        // SAFETY: the array is lent for the cleansing.
        unsafe bytes.withUnsafeMutableBytes { source in
            unsafe OPENSSL_cleanse(source.baseAddress, source.count)
        }
    }

    /// Makes random bytes, from OpenSSL's generator for secrets.
    ///
    /// - Throws: when the generator can't be seeded; its output is then not used.
    /// - Precondition: `count` is in ``byteCounts``.
    public static func random(_ count: Int) throws(OpenSSLError) -> SecretBytes {
        let secret = SecretBytes(count: count) { _ in }
        // SAFETY: the region is alive and holds `count` bytes.
        let start = unsafe secret.storage.assumingMemoryBound(to: UInt8.self).baseAddress
        try check(unsafe RAND_priv_bytes(start, Int32(count)), "RAND_priv_bytes")
        return secret
    }

    // SAFETY: allocated in `init`, lent only by the functions below, freed once.
    deinit {
        unsafe OPENSSL_cleanse(storage.baseAddress, storage.count)
        unsafe storage.deallocate()
    }

    /// How many bytes there are.
    public var count: Int { unsafe storage.count }

    /// Lends the bytes to `body`, which must keep no copy of them.
    public borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // SAFETY: the region is alive and initialised; a Span can't outlive `body`.
        try unsafe body(storage.assumingMemoryBound(to: UInt8.self).span)
    }
}

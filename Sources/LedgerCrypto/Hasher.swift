// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// A suite's digest function, ready to be called millions of times.
///
/// Holds one digest context and starts it anew for each message; make one per thread. A message
/// with a prefix is first joined in a small buffer: one `EVP_DigestUpdate` of 321 bytes, copy
/// included, takes about 15 ns less than an update of 1 byte and one of 320.
@safe
public struct Hasher: ~Copyable {
    private let context: DigestContext
    private let scratch: UnsafeMutableRawPointer

    /// Longer messages are not copied: a second update costs less than the copy would.
    private static let scratchByteCount = 4096

    /// Fetches the suite's digest from OpenSSL.
    ///
    /// - Throws: when OpenSSL has no such digest, or no memory.
    public init(suite: Suite) throws(OpenSSLError) {
        let algorithm = try FetchedDigest(name: suite.algorithms.digestName)
        let context = try DigestContext()
        // SAFETY: both objects are owned here and alive; the context takes its own reference to
        // the algorithm (EVP_DigestInit_ex2(3)), which may therefore end with this function.
        precondition(
            unsafe EVP_MD_get_size(algorithm.pointer) == Digest.byteCount,
            "the digest of every suite has \(Digest.byteCount) bytes")
        try check(
            unsafe EVP_DigestInit_ex2(context.pointer, algorithm.pointer, nil),
            "EVP_DigestInit_ex2")
        self.context = context
        unsafe self.scratch = .allocate(byteCount: Self.scratchByteCount, alignment: 64)
    }

    // SAFETY: allocated in `init`, never handed out, freed once.
    deinit { unsafe scratch.deallocate() }

    /// H(bytes).
    public mutating func digest(_ bytes: Span<UInt8>) -> Digest {
        // SAFETY: the bytes are alive for the call.
        unsafe bytes.withUnsafeBytes { unsafe finish(after: $0) }
    }

    /// H(prefix ‖ bytes): with prefix 0x00 the leaf hash of RFC 6962 §2.1.
    public mutating func digest(prefix: UInt8, _ bytes: Span<UInt8>) -> Digest {
        // SAFETY: the bytes are alive for the call and not part of the scratch buffer, which has
        // room for them and the prefix where they are copied.
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe scratch.storeBytes(of: prefix, as: UInt8.self)
            guard bytes.count < Self.scratchByteCount else {
                return unsafe finish(
                    after: UnsafeRawBufferPointer(start: scratch, count: 1), and: bytes)
            }
            if let source = bytes.baseAddress {
                unsafe (scratch + 1).copyMemory(from: source, byteCount: bytes.count)
            }
            return unsafe finish(
                after: UnsafeRawBufferPointer(start: scratch, count: 1 + bytes.count))
        }
    }

    /// H(prefix ‖ left ‖ right): with prefix 0x01 the inner node of RFC 6962 §2.1.
    public mutating func digest(prefix: UInt8, _ left: Digest, _ right: Digest) -> Digest {
        // SAFETY: a digest is a trivial value of 32 bytes; 65 bytes fit into the scratch buffer.
        unsafe scratch.storeBytes(of: prefix, as: UInt8.self)
        unsafe scratch.storeBytes(of: left, toByteOffset: 1, as: Digest.self)
        unsafe scratch.storeBytes(of: right, toByteOffset: 1 + Digest.byteCount, as: Digest.self)
        return unsafe finish(
            after: UnsafeRawBufferPointer(start: scratch, count: 1 + 2 * Digest.byteCount))
    }

    /// Runs the context over one or two pieces.
    ///
    /// With a fetched digest and a live context none of these calls has an operating reason to
    /// fail, so a failure is a broken process, in which no digest may be returned.
    @inline(__always)
    private func finish(
        after first: UnsafeRawBufferPointer, and second: UnsafeRawBufferPointer? = nil
    ) -> Digest {
        let context = unsafe context.pointer
        // SAFETY: the caller keeps the pieces alive; null with length 0 is allowed. A null digest
        // starts the context anew with the digest it has. The output is exactly 32 bytes (`init`).
        var isDone = unsafe EVP_DigestInit_ex2(context, nil, nil) == 1
        isDone = unsafe EVP_DigestUpdate(context, first.baseAddress, first.count) == 1 && isDone
        if let second = unsafe second {
            isDone =
                unsafe EVP_DigestUpdate(context, second.baseAddress, second.count) == 1 && isDone
        }
        let digest = unsafe Digest { output in
            let bytes = unsafe output.assumingMemoryBound(to: UInt8.self)
            isDone = unsafe EVP_DigestFinal_ex(context, bytes, nil) == 1 && isDone
        }
        precondition(isDone, "OpenSSL failed to compute a digest")
        return digest
    }
}

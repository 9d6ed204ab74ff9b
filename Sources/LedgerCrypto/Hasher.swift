// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// A suite's digest function, ready to be called millions of times.
///
/// Holds one digest context and starts it anew for each message; make one per thread. A message
/// with a prefix is first joined in a small buffer: one `EVP_DigestUpdate` of 321 bytes, copy
/// included, takes about 15 ns less than an update of 1 byte and one of 320.
///
/// SHA-256 is asked of OpenSSL by its own functions instead of EVP, which costs 30 ns a message
/// more, a tenth of what a record's leaf and node take; and a joined message is padded in its
/// buffer, which saves OpenSSL a buffer of its own. Both are the same implementation; the first
/// messages of every hasher are digested both ways. Every other digest goes through EVP.
@safe
public struct Hasher: ~Copyable {
    private let context: DigestContext
    /// The state of SHA-256 where that is the digest.
    private var sha256: UnsafeMutablePointer<SHA256_CTX>?
    private let scratch: UnsafeMutableRawPointer

    /// Longer messages are not copied: a second update costs less than the copy would.
    private static let scratchByteCount = 4096
    /// SHA-256 works on blocks, and ends a message with a bit, zeros and its length (FIPS 180-4 §5.1.1).
    private static let blockByteCount = 64
    private static let lengthByteCount = 8

    /// Fetches the suite's digest from OpenSSL.
    ///
    /// - Throws: when OpenSSL has no such digest, or no memory.
    public init(suite: Suite) throws(OpenSSLError) {
        try self.init(digestName: suite.algorithms.digestName)
        guard suite.algorithms.digestName == Self.sha256Name else { return }
        let sample: [UInt8] = Array(0...255)
        let plain = digest(sample.span)
        let leaf = digest(prefix: 0, sample.span)
        let node = digest(prefix: 1, plain, leaf)
        // SAFETY: one state, freed in `deinit`; SHA256_Init fills it before each message.
        unsafe sha256 = .allocate(capacity: 1)
        precondition(
            digest(sample.span) == plain && digest(prefix: 0, sample.span) == leaf
                && digest(prefix: 1, plain, leaf) == node,
            "Hasher.init: OpenSSL has two different SHA-256")
    }

    /// Fetches a digest by name and always goes through EVP, so that tests can compare.
    init(digestName: String) throws(OpenSSLError) {
        let algorithm = try FetchedDigest(name: digestName)
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
        unsafe sha256 = nil
        unsafe self.scratch = .allocate(
            byteCount: Self.scratchByteCount + 2 * Self.blockByteCount, alignment: 64)
    }

    deinit {
        // SAFETY: both were allocated in `init`, never handed out, and are freed once.
        unsafe sha256?.deallocate()
        unsafe scratch.deallocate()
    }

    /// The name by which EVP knows the digest that ``finish(after:and:)`` calls directly.
    private static let sha256Name = "SHA256"

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
            return finishScratch(byteCount: 1 + bytes.count)
        }
    }

    /// H(prefix ‖ left ‖ right): with prefix 0x01 the inner node of RFC 6962 §2.1.
    public mutating func digest(prefix: UInt8, _ left: Digest, _ right: Digest) -> Digest {
        // The message is put together in registers and stored in aligned groups of 16 bytes, as
        // SHA-256 reads it at once: a load that spans two stores would wait for both, 20 ns.
        let (left, right) = (left.words, right.words)
        // SAFETY: 128 bytes fit into the scratch buffer, which is aligned to 64.
        unsafe store(UInt64(prefix) | left.0 << 8, left.0 >> 56 | left.1 << 8, at: 0)
        unsafe store(left.1 >> 56 | left.2 << 8, left.2 >> 56 | left.3 << 8, at: 16)
        unsafe store(left.3 >> 56 | right.0 << 8, right.0 >> 56 | right.1 << 8, at: 32)
        unsafe store(right.1 >> 56 | right.2 << 8, right.2 >> 56 | right.3 << 8, at: 48)
        let byteCount = 1 + 2 * Digest.byteCount
        guard let sha256 = unsafe sha256 else {
            unsafe scratch.storeBytes(
                of: UInt8(right.3 >> 56), toByteOffset: byteCount - 1, as: UInt8.self)
            return unsafe finishFetched(
                after: UnsafeRawBufferPointer(start: scratch, count: byteCount))
        }
        // SAFETY: as above; the second block is the last byte and the padding.
        unsafe store(right.3 >> 56 | 0x80 << 8, 0, at: 64)
        unsafe store(0, 0, at: 80)
        unsafe store(0, 0, at: 96)
        unsafe store(0, UInt64(8 * byteCount).byteSwapped, at: 112)
        return unsafe finish(padded: 2 * Self.blockByteCount, sha256)
    }

    /// H of the first bytes of the scratch buffer.
    @inline(__always)
    private func finishScratch(byteCount: Int) -> Digest {
        guard let sha256 = unsafe sha256 else {
            return unsafe finishFetched(
                after: UnsafeRawBufferPointer(start: scratch, count: byteCount))
        }
        let mask = Self.blockByteCount - 1
        let padded = (byteCount + 1 + Self.lengthByteCount + mask) & ~mask
        // SAFETY: at most 72 bytes beyond the message, for which the buffer has two blocks.
        for word in 0..<9 {
            unsafe scratch.storeBytes(
                of: 0, toByteOffset: byteCount + 8 * word, as: UInt64.self)
        }
        unsafe scratch.storeBytes(of: 0x80, toByteOffset: byteCount, as: UInt8.self)
        unsafe scratch.storeBytes(
            of: UInt64(8 * byteCount).bigEndian, toByteOffset: padded - Self.lengthByteCount,
            as: UInt64.self)
        return unsafe finish(padded: padded, sha256)
    }

    /// H of a message that is padded in the scratch buffer.
    @inline(__always)
    @unsafe
    private func finish(
        padded byteCount: Int, _ sha256: UnsafeMutablePointer<SHA256_CTX>
    ) -> Digest {
        var isDone = false
        // SAFETY: the caller has filled whole blocks of the scratch buffer; the output is 4 words.
        let digest = unsafe Digest { output in
            let words = unsafe output.assumingMemoryBound(to: UInt64.self)
            isDone = unsafe rl_sha256_padded(sha256, scratch, byteCount, words) == 1
        }
        precondition(isDone, "OpenSSL failed to compute a digest")
        return digest
    }

    /// Stores 16 bytes of a message, the first in the lowest place of the first word.
    @inline(__always)
    @unsafe
    private func store(_ first: UInt64, _ second: UInt64, at offset: Int) {
        // SAFETY: the caller vouches for 16 bytes of scratch from an offset that is a multiple of 16.
        unsafe scratch.storeBytes(
            of: SIMD2(first.littleEndian, second.littleEndian), toByteOffset: offset,
            as: SIMD2<UInt64>.self)
    }

    /// Runs the digest over one or two pieces.
    ///
    /// With a fetched digest and a live context none of these calls has an operating reason to
    /// fail, so a failure is a broken process, in which no digest may be returned.
    @inline(__always)
    private func finish(
        after first: UnsafeRawBufferPointer, and second: UnsafeRawBufferPointer? = nil
    ) -> Digest {
        guard let sha256 = unsafe sha256 else {
            return unsafe finishFetched(after: first, and: second)
        }
        // SAFETY: the caller keeps the pieces alive; null with length 0 is allowed. The state is
        // owned here, filled by SHA256_Init, and the output is exactly 32 bytes.
        var isDone = unsafe rl_sha256_init(sha256) == 1
        isDone = unsafe rl_sha256_update(sha256, first.baseAddress, first.count) == 1 && isDone
        if let second = unsafe second {
            isDone =
                unsafe rl_sha256_update(sha256, second.baseAddress, second.count) == 1 && isDone
        }
        let digest = unsafe Digest { output in
            isDone = unsafe rl_sha256_final(sha256, output) == 1 && isDone
        }
        precondition(isDone, "OpenSSL failed to compute a digest")
        return digest
    }

    /// The same by EVP.
    @inline(never)
    private func finishFetched(
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

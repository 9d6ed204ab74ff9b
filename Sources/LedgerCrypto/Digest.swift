// SPDX-License-Identifier: Apache-2.0

/// The 32-byte output of a suite's digest.
///
/// A trivial value of four words, so arrays of it copy without reference counting. The words hold
/// the bytes in memory order; only whole digests have a meaning.
public struct Digest: Hashable, Sendable {
    /// Length of a digest in bytes.
    public static let byteCount = 32

    /// The digest of 32 zero bytes: what `prev` holds in the first record.
    public static let zero = Digest()

    private var word0: UInt64 = 0
    private var word1: UInt64 = 0
    private var word2: UInt64 = 0
    private var word3: UInt64 = 0

    private init() {}

    /// The words, each with the first of its bytes in the lowest place.
    @inline(__always)
    var words: (UInt64, UInt64, UInt64, UInt64) {
        (
            UInt64(littleEndian: word0), UInt64(littleEndian: word1), UInt64(littleEndian: word2),
            UInt64(littleEndian: word3)
        )
    }

    /// Copies 32 bytes, or gives nil when there are more or fewer.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.init(Array(bytes).span)
    }

    /// Copies 32 bytes, or gives nil when there are more or fewer.
    public init?(_ bytes: Span<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        // SAFETY: both regions are alive for the call and hold 32 bytes; they can't overlap.
        unsafe withUnsafeMutableBytes(of: &self) { own in
            unsafe bytes.withUnsafeBytes { unsafe own.copyMemory(from: $0) }
        }
    }

    /// Builds a digest by letting `body` fill its 32 bytes.
    init(unsafeFilledBy body: (UnsafeMutableRawPointer) -> Void) {
        // SAFETY: the region is alive for the call, already initialised, and 32 bytes long, so its
        // base address is never nil; `body` promises to write no more than that.
        unsafe withUnsafeMutableBytes(of: &self) { own in
            guard let address = own.baseAddress else { return }
            unsafe body(address)
        }
    }

    /// The 32 bytes, as a new array; for hot paths see ``withBytes(_:)``.
    public var bytes: [UInt8] {
        withBytes { span in
            // SAFETY: the span is alive for the call; the array copies it.
            unsafe span.withUnsafeBufferPointer { unsafe [UInt8]($0) }
        }
    }

    /// Lends the 32 bytes to `body` without allocating.
    public func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // SAFETY: a digest is four words without padding, alive for the call; a byte may alias
        // any initialised memory; a Span can't outlive `body`.
        try unsafe withUnsafeBytes(of: self) { own throws(Failure) in
            try unsafe body(own.bindMemory(to: UInt8.self).span)
        }
    }

    /// Whether `text` spells this digest in 64 lower-case hex digits.
    ///
    /// - Complexity: constant, no allocation: eight words of text are computed and compared.
    public func hexEquals(_ text: Span<UInt8>) -> Bool {
        guard text.count == 2 * Self.byteCount else { return false }
        // SAFETY: the text is alive for the call and 64 bytes long; the last load is of 56..<64.
        return unsafe text.withUnsafeBytes { text in
            unsafe differenceFromHex(text, at: 0, word0) | differenceFromHex(text, at: 16, word1)
                | differenceFromHex(text, at: 32, word2) | differenceFromHex(text, at: 48, word3)
                == 0
        }
    }

    /// Zero when the 16 characters from `offset` spell the bytes of `word`.
    @inline(__always)
    private func differenceFromHex(
        _ text: UnsafeRawBufferPointer, at offset: Int, _ word: UInt64
    ) -> UInt64 {
        let ordered = UInt64(littleEndian: word)
        // SAFETY: the caller vouches for 16 readable bytes from `offset`.
        let first = unsafe text.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let second = unsafe text.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
        return
            (UInt64(littleEndian: first) ^ Self.hexDigits(of: UInt32(truncatingIfNeeded: ordered)))
            | (UInt64(littleEndian: second) ^ Self.hexDigits(of: UInt32(ordered >> 32)))
    }

    /// The eight hex digits of four bytes, both with the first in the lowest place.
    @inline(__always)
    private static func hexDigits(of bytes: UInt32) -> UInt64 {
        // Spread the bytes over 16-bit lanes, then each over its two nibbles, the high one first.
        var lanes = UInt64(bytes)
        lanes = (lanes | lanes << 16) & 0x0000_ffff_0000_ffff
        lanes = (lanes | lanes << 8) & 0x00ff_00ff_00ff_00ff
        let nibbles = (lanes >> 4 & 0x000f_000f_000f_000f) | (lanes & 0x000f_000f_000f_000f) << 8
        // 1 in each byte that needs a letter: 10 + 6 carries into the upper nibble. No byte of the
        // sum overflows: the largest is 0x30 + 15 + 39 = 0x66, "f".
        let letters = (nibbles + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return nibbles + 0x3030_3030_3030_3030 + letters * 39
    }
}

// MARK: - CustomStringConvertible

extension Digest: CustomStringConvertible {
    /// 64 lower-case hex digits, for test failures and preconditions.
    public var description: String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}

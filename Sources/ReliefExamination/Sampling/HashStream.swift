// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto

/// Numbers that nobody chose and anybody can make again: H(seed ‖ 0), H(seed ‖ 1) … (FORMAT.md §10).
struct HashStream: ~Copyable {
    private let seed: [UInt8]
    private var hasher: Hasher
    private var counter: UInt64 = 0
    private var unused: [UInt8] = []

    /// The stream of a seed, by the ledger's digest.
    init(seed: Digest, suite: Suite) throws(OpenSSLError) {
        self.seed = seed.bytes
        hasher = try Hasher(suite: suite)
    }

    /// A number below `bound`, each equally likely: what lies beyond the last whole multiple of
    /// `bound` is thrown away, so that no remainder comes up more often than another.
    ///
    /// - Precondition: `bound` is not 0.
    mutating func number(below bound: UInt128) -> UInt128 {
        precondition(bound > 0, "HashStream.number: nothing lies below 0")
        let excess = (UInt128.max % bound + 1) % bound
        while true {
            let value = next()
            if value <= UInt128.max - excess { return value % bound }
        }
    }

    /// The next 128 bits, the highest first.
    private mutating func next() -> UInt128 {
        if unused.isEmpty {
            var message = seed
            for shift in stride(from: 56, through: 0, by: -8) {
                message.append(UInt8(truncatingIfNeeded: counter >> UInt64(shift)))
            }
            counter += 1
            unused = hasher.digest(message.span).bytes
        }
        let value = unused.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        unused.removeFirst(16)
        return value
    }
}

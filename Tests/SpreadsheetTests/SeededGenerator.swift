// SPDX-License-Identifier: Apache-2.0

/// Random numbers that are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Recordable amounts of every length, so that small ones are not rare.
    mutating func fen() -> Int64 {
        let digits = Int.random(in: 1...16, using: &self)
        let limit = (0..<digits).reduce(Int64(1)) { power, _ in power * 10 }
        return Int64.random(in: 1...min(limit, 9_007_199_254_740_991), using: &self)
    }
}

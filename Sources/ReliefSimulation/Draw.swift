// SPDX-License-Identifier: Apache-2.0

/// Steele, Lea and Flood's SplitMix64: small, and the same everywhere.
package struct Draw {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// A number below a bound, near enough to uniform for bounds far below 2^64.
    package mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: next() % UInt64(bound))
    }

    /// Whether an event of so many in a thousand happens.
    package mutating func happens(perThousand: Int) -> Bool {
        below(1_000) < perThousand
    }

    package mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// Log-normal, by integers: median · 1.09^z where z sums twelve draws of −4 to 4, which is near
    /// enough to normal (Irwin–Hall); a standard deviation is a factor of 2.2.
    package mutating func logNormal(median: Int, in range: ClosedRange<Int>) -> Int {
        var steps = -48
        for _ in 0..<12 { steps += below(9) }
        // 64 parts, so that small medians do not lose their fractions.
        var size = median * 64
        for _ in 0..<abs(steps) { size = steps > 0 ? size * 109 / 100 : size * 100 / 109 }
        return min(max(size / 64, range.lowerBound), range.upperBound)
    }

    /// The finaliser: a number that looks random for each number.
    package static func mix(_ number: UInt64) -> UInt64 {
        var mixed = number
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

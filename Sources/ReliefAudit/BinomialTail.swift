// SPDX-License-Identifier: Apache-2.0

/// The upper tail of a fair coin's throws, exactly, in whole numbers.
enum BinomialTail {
    /// Up to so many throws the tail is summed; beyond, Hoeffding's bound is used, which says
    /// “rare” more seldom.
    static let exactCount = 4096

    /// Whether at least `successes` of `count` throws have a probability below one per cent.
    ///
    /// 100 · Σ C(n, i), i = k … n, is compared with 2ⁿ.
    ///
    /// - Complexity: O(*n*²) in the number of throws, up to ``exactCount``.
    static func isRare(atLeast successes: Int, of count: Int) -> Bool {
        precondition(successes >= 0 && successes <= count, "isRare: \(successes) of \(count)")
        guard successes * 2 > count else { return false }
        guard count <= exactCount else {
            // exp(−2t²/n) < 1/100 with t = k − n/2, where ln 100 < 4.6052.
            let twice = Int128(2 * successes - count)
            return twice * twice * 10_000 > Int128(count) * 2 * 46_052
        }
        var term = Natural(1)
        var sum = term
        for chosen in 0..<(count - successes) {
            term.multiply(by: UInt32(count - chosen))
            term.divide(by: UInt32(chosen + 1))
            sum.add(term)
        }
        sum.multiply(by: 100)
        return sum.bitCount <= count
    }

    /// A whole number of any size, in 32-bit digits, the lowest first.
    private struct Natural {
        private var digits: [UInt32]

        init(_ value: UInt32) { digits = [value] }

        mutating func multiply(by factor: UInt32) {
            var carry: UInt64 = 0
            for index in digits.indices {
                carry += UInt64(digits[index]) * UInt64(factor)
                digits[index] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            if carry > 0 { digits.append(UInt32(carry)) }
        }

        /// - Precondition: The divisor divides the number.
        mutating func divide(by divisor: UInt32) {
            var rest: UInt64 = 0
            for index in digits.indices.reversed() {
                rest = rest << 32 | UInt64(digits[index])
                digits[index] = UInt32(rest / UInt64(divisor))
                rest %= UInt64(divisor)
            }
            precondition(rest == 0, "Natural.divide: a rest of \(rest)")
        }

        mutating func add(_ other: Natural) {
            var carry: UInt64 = 0
            for index in 0..<max(digits.count, other.digits.count) {
                if index == digits.count { digits.append(0) }
                let right = index < other.digits.count ? other.digits[index] : 0
                carry += UInt64(digits[index]) + UInt64(right)
                digits[index] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            if carry > 0 { digits.append(UInt32(carry)) }
        }

        /// Bits without leading zeros: the number is below 2 to the power of it.
        var bitCount: Int {
            for index in digits.indices.reversed() where digits[index] != 0 {
                return index * 32 + 32 - digits[index].leadingZeroBitCount
            }
            return 0
        }
    }
}

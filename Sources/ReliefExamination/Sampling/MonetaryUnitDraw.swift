// SPDX-License-Identifier: Apache-2.0

/// Monetary-unit sampling: every fen of the population has the same chance, so a voucher's chance is
/// in proportion to its amount.
///
/// Fixed interval with a random start, items of at least the interval selected for certain.
///
/// - Source: ISA 530 (CSA 1314 审计抽样) Appendix 4 (b) and (c), systematic and monetary unit
///   selection; AICPA Audit Guide, Audit Sampling, ch. 6.
struct MonetaryUnitDraw {
    /// One voucher that was drawn.
    struct Choice: Equatable {
        /// Index into the population.
        let index: Int
        /// The fen that was hit, counted from 0 over the vouchers below the interval; nil for a
        /// voucher that is certain.
        let hit: Int128?
    }

    /// What was drawn, in the order of the population.
    let choices: [Choice]
    /// Fen of the vouchers below the interval.
    let remainder: Int128
    /// How many of them are drawn; the interval is `remainder / hitCount`, not rounded.
    let hitCount: Int
    /// The random start, 0 ..< `remainder`; nil where everything is certain.
    let start: Int128?

    /// Draws `count` vouchers, or all where there are fewer.
    init(_ amounts: [Int64], count: Int, stream: inout HashStream) {
        let certain = Self.certain(amounts, count: count)
        let rest = amounts.indices.filter { !certain.contains($0) }
        remainder = rest.reduce(Int128(0)) { $0 + Int128(amounts[$1]) }
        hitCount = rest.isEmpty ? 0 : count - certain.count
        var drawn = certain.map { Choice(index: $0, hit: nil) }
        if hitCount > 0 {
            let start = Int128(stream.number(below: UInt128(remainder)))
            self.start = start
            var hits = Self.hits(from: start, over: remainder, count: hitCount)[...]
            var before: Int128 = 0
            for index in rest {
                before += Int128(amounts[index])
                // Below the interval, so at most one hit each: two hits lie further apart.
                guard let hit = hits.first, hit < before else { continue }
                hits.removeFirst()
                drawn.append(Choice(index: index, hit: hit))
            }
            precondition(hits.isEmpty, "MonetaryUnitDraw: a fen lies outside the population")
        } else {
            start = nil
        }
        choices = drawn.sorted { $0.index < $1.index }
    }

    /// The fen that are hit: evenly spaced, from the start on, as near as whole fen allow.
    private static func hits(from start: Int128, over total: Int128, count: Int) -> [Int128] {
        (0..<count).map { (start + Int128($0) * total) / Int128(count) }
    }

    /// The vouchers of at least the interval, which is computed anew without them until none is left.
    private static func certain(_ amounts: [Int64], count: Int) -> Set<Int> {
        var certain: Set<Int> = []
        var rest = amounts.reduce(Int128(0)) { $0 + Int128($1) }
        // Largest first: whoever is not certain leaves all smaller ones uncertain.
        let order = amounts.indices.sorted { (amounts[$0], $1) > (amounts[$1], $0) }
        for index in order {
            let left = Int128(count - certain.count)
            guard left > 0, Int128(amounts[index]) * left >= rest else { break }
            certain.insert(index)
            rest -= Int128(amounts[index])
        }
        return certain
    }
}

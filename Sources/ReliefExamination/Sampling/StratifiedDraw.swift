// SPDX-License-Identifier: Apache-2.0

/// Stratified sampling: the vouchers are divided into strata, every stratum gets a share, and within
/// a stratum every voucher has the same chance.
///
/// A first voucher goes to every stratum, the one with most money first; each further one goes to
/// the stratum that has most money per voucher drawn so far (highest averages).
///
/// - Source: ISA 530 (CSA 1314 审计抽样) Appendix 1 (stratification by value, more effort to larger
///   amounts) and Appendix 4 (a); Cochran, Sampling Techniques, 3rd ed., ch. 5.
struct StratifiedDraw {
    /// One stratum.
    struct Stratum: Equatable {
        /// Indices into the population, ascending.
        let members: [Int]
        /// Fen.
        let total: Int128
        /// Indices of those that were drawn, ascending.
        var chosen: [Int] = []
    }

    /// In the order given.
    let strata: [Stratum]

    /// Draws `count` vouchers, or all where there are fewer.
    ///
    /// - Parameter groups: The members of each stratum, ascending, none empty.
    init(_ amounts: [Int64], groups: [[Int]], count: Int, stream: inout HashStream) {
        var strata = groups.map { members in
            Stratum(
                members: members,
                total: members.reduce(Int128(0)) { $0 + Int128(amounts[$1]) })
        }
        let shares = Self.shares(strata, count: count)
        for (place, share) in shares.enumerated() {
            strata[place].chosen = Self.choose(share, of: strata[place].members, &stream)
        }
        self.strata = strata
    }

    private static func shares(_ strata: [Stratum], count: Int) -> [Int] {
        var shares = Array(repeating: 0, count: strata.count)
        for _ in 0..<min(count, strata.reduce(0) { $0 + $1.members.count }) {
            var best: Int?
            for place in strata.indices where shares[place] < strata[place].members.count {
                guard let leader = best else {
                    best = place
                    continue
                }
                if precedes(
                    (strata[place].total, shares[place]), (strata[leader].total, shares[leader]))
                {
                    best = place
                }
            }
            guard let best else { break }
            shares[best] += 1
        }
        return shares
    }

    /// Whether a stratum comes before an earlier one: none drawn so far before any drawn, then more
    /// money a voucher drawn, compared without division.
    private static func precedes(
        _ later: (total: Int128, share: Int), _ earlier: (total: Int128, share: Int)
    ) -> Bool {
        if later.share == 0 || earlier.share == 0 {
            guard (later.share == 0) == (earlier.share == 0) else { return later.share == 0 }
            return later.total > earlier.total
        }
        return later.total * Int128(earlier.share) > earlier.total * Int128(later.share)
    }

    /// The first steps of a Fisher–Yates shuffle.
    private static func choose(
        _ count: Int, of members: [Int], _ stream: inout HashStream
    ) -> [Int] {
        var members = members
        for place in 0..<count {
            let other = place + Int(stream.number(below: UInt128(members.count - place)))
            members.swapAt(place, other)
        }
        return members.prefix(count).sorted()
    }
}

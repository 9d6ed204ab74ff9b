// SPDX-License-Identifier: Apache-2.0

import ReliefModel
import ReliefSimulation

/// Households by number, and firms: who is paid.
///
/// Everything about a household follows from its village, its number there and the period, so that
/// none is kept: a result finds the amount of its payment by computing it again.
struct Payees {
    private let seed: UInt64
    let firms: [PayeeID]

    init(seed: UInt64) throws {
        self.seed = Draw.mix(seed ^ 0x686F_7573_6568_6F6C)
        var draw = Draw(seed: seed)
        var firms: [PayeeID] = []
        while firms.count < 40 { firms.append(try PayeeID.madeUpFirm(&draw)) }
        self.firms = firms
    }

    /// Heads of a household, 1 to 8.
    func persons(village: Village, household: Int) -> Int {
        let sizes: UInt64 = 0x8765_5444_3332_2211
        let bits = Draw.mix(seed &+ Self.number(village, household))
        return Int(truncatingIfNeeded: sizes >> (4 * (bits & 15)) & 0xF)
    }

    /// The pseudonym of a household in a period: stable within it, unlinkable across.
    func pseudonym(village: Village, household: Int, period: Int) -> UInt128 {
        let season = Draw.mix(seed ^ UInt64(period + 1) &* 0x9E37_79B9_7F4A_7C15)
        let high = Draw.mix(season &+ Self.number(village, household))
        let low = Draw.mix(high ^ season)
        return UInt128(high) << 64 | UInt128(low)
    }

    private static func number(_ village: Village, _ household: Int) -> UInt64 {
        UInt64(village.number) << 20 | UInt64(household)
    }
}

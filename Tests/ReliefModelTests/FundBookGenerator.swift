// SPDX-License-Identifier: Apache-2.0

import LedgerFormat

@testable import ReliefModel

/// SplitMix64 for histories of money, seeded, so that a failing one can be run again.
struct HistoryGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func pick<Element>(_ list: [Element], or other: Element) -> Element {
        list.randomElement(using: &self) ?? other
    }
}

/// The money of a ledger as a person would keep it on squared paper: written from the table of
/// moves in FORMAT.md §5, and sharing nothing with FundBook but the entries' types.
struct SquaredPaper {
    var units: Set<UnitID>
    /// Available fen by grant and unit.
    var available: [Int: [UnitID: Int128]] = [:]
    var granted: [Int: Int128] = [:]
    var returned: [Int: Int128] = [:]
    /// Which grant and unit a record brought money to.
    var brought: [Int: (grant: Int, unit: UnitID)] = [:]

    /// Applies an entry; false where it refers to what is not there.
    mutating func apply(_ entry: Entry, seq: Int) -> Bool {
        switch entry {
        case .grant(let terms):
            guard units.contains(terms.unit), units.contains(terms.scope),
                ["G0", "U0"].contains(terms.purpose)
            else { return false }
            granted[seq] = Int128(terms.amount)
            available[seq] = [terms.unit: Int128(terms.amount)]
            brought[seq] = (seq, terms.unit)
            return true
        case .movement(let move):
            guard granted[move.grant] != nil, units.contains(move.unit),
                move.other.map({ units.contains($0) }) ?? true
            else { return false }
            switch move.kind {
            case .allocation:
                guard let to = move.other else { return false }
                shift(move, from: move.unit, to: to)
                brought[seq] = (move.grant, to)
            case .recall:
                guard let from = move.other else { return false }
                shift(move, from: from, to: move.unit)
            case .return:
                shift(move, from: move.unit, to: move.other)
                if move.other == nil { returned[move.grant, default: 0] += Int128(move.amount) }
            case .receipt:
                guard let target = move.target, let money = brought[target] else { return false }
                return money.grant == move.grant && money.unit == move.unit
            default: return false
            }
            return true
        default: return false
        }
    }

    private mutating func shift(_ move: Movement, from: UnitID, to: UnitID?) {
        available[move.grant]?[from, default: 0] -= Int128(move.amount)
        if let to { available[move.grant]?[to, default: 0] += Int128(move.amount) }
    }
}

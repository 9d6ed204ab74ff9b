// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// The units that money of one grant reached, each below the one that first gave it some.
///
/// The ledger says who gave; the divisions do not matter here, so that money that went past a level
/// shows as what it did.
struct UnitTree {
    /// In the order in which money reached them.
    private(set) var order: [UnitID] = []
    /// 0 for those that had it from the source or another grant.
    private(set) var depths: [UnitID: Int] = [:]
    private var children: [UnitID: [UnitID]] = [:]
    private(set) var roots: [UnitID] = []

    init(grant: Int, _ paths: MoneyPaths, _ book: FundBook) {
        for leg in paths.legs where leg.fen > 0 {
            guard let taker = leg.taker, taker.grant == grant else {
                if let giver = leg.giver, giver.grant == grant { place(giver.unit, below: nil) }
                continue
            }
            let giver = leg.giver.flatMap { $0.grant == grant ? $0.unit : nil }
            if let giver { place(giver, below: nil) }
            place(taker.unit, below: giver)
        }
        // Whoever spent of the grant without ever having had any.
        for account in book.accounts where book.grants[account.grant].seq == grant {
            place(account.unit, below: nil)
        }
    }

    /// Those that a unit first gave some to, in that order.
    func below(_ unit: UnitID) -> [UnitID] { children[unit] ?? [] }

    /// A unit and everything below it.
    func subtree(_ unit: UnitID) -> [UnitID] { [unit] + below(unit).flatMap(subtree) }

    private mutating func place(_ unit: UnitID, below giver: UnitID?) {
        guard depths[unit] == nil else { return }
        order.append(unit)
        if let giver, let depth = depths[giver] {
            depths[unit] = depth + 1
            children[giver, default: []].append(unit)
        } else {
            depths[unit] = 0
            roots.append(unit)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import ReliefSimulation

/// Draws up a round of aid before any money is asked for: who gets what, and what it costs.
struct Planning {
    let region: Region
    let payees: Payees

    /// Items that suppliers are paid for, out of purpose E2.
    static let supplyItems = ["materials", "freight", "hire"]
    private static let supplyPurpose = "E2"
    /// Money for a township's suppliers, in yuan: 100,000 to 300,000.
    private static let supplyYuan = 100_000...300_000

    func wave(_ aid: Aid, number: Int, year: Int, draw: inout Draw) -> Wave {
        let counties = region.counties.count
        let none = [Int64](repeating: 0, count: counties)
        var grants = aid.sources.map { source in
            GrantDraft(
                purpose: aid.purpose, source: sourceLevel(source),
                title: "\(year)年\(aid.name)资金", amounts: none)
        }
        grants.append(
            GrantDraft(
                purpose: Self.supplyPurpose,
                source: draw.pick([.provincial, .prefecture, .donation]),
                title: "\(year)年\(aid.name)物资保障资金", amounts: none))
        let wave = Wave(aid, number: number, period: "\(year)年\(aid.name)", grants: grants)
        for county in region.counties.indices {
            wave.campaigns.append(campaign(wave, county: county, draw: &draw))
        }
        return wave
    }

    /// A county's own money is no source of a ledger that the province keeps.
    private func sourceLevel(_ source: SourceLevel) -> SourceLevel {
        source == .county && region.isProvince ? .provincial : source
    }

    private func campaign(_ wave: Wave, county: Int, draw: inout Draw) -> Campaign {
        var shares: [Share] = []
        var supplies: [Share] = []
        var openCount = 0
        let suppliesGrant = wave.grants.count - 1
        for (index, township) in region.counties[county].townships.enumerated() {
            let lines = lines(of: township, wave.aid, draw: &draw)
            if !lines.isEmpty {
                let cost = lines.reduce(0) { $0 + $1.cost }
                let share = Share(
                    township, grantIndex: index % suppliesGrant, item: wave.aid.item,
                    amount: Self.roundedUp(cost, to: 1_000_000) + 1_000_000, lines: lines)
                wave.grants[share.grantIndex].amounts[county] += share.amount
                shares.append(share)
                openCount += lines.count
            }
            let yuan = Self.supplyYuan.lowerBound + draw.below(Self.supplyYuan.count)
            let supply = Share(
                township, grantIndex: suppliesGrant, item: draw.pick(Self.supplyItems),
                amount: Self.roundedUp(Int64(yuan) * 100, to: 1_000_000), lines: [])
            wave.grants[suppliesGrant].amounts[county] += supply.amount
            supplies.append(supply)
            openCount += Self.expenseCount
        }
        return Campaign(
            wave, county: county, shares: shares, supplies: supplies, openCount: openCount)
    }

    /// Expenses of a township in a round.
    static let expenseCount = 6

    private func lines(of township: Township, _ aid: Aid, draw: inout Draw) -> [VillageLine] {
        var lines: [VillageLine] = []
        for village in township.villages
        where draw.happens(perThousand: aid.villagesPerThousand) {
            let count = draw.logNormal(median: aid.householdMedian, in: 20...400)
            let first = draw.below(village.householdCount)
            var cost: Int64 = 0
            for index in 0..<count {
                let household = (first + index) % village.householdCount
                cost += aid.amount(persons: payees.persons(village: village, household: household))
            }
            lines.append(
                VillageLine(village: village, firstHousehold: first, count: count, cost: cost))
        }
        return lines
    }

    static func roundedUp(_ fen: Int64, to step: Int64) -> Int64 {
        (fen + step - 1) / step * step
    }
}

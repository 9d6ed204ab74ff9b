// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import ReliefSimulation

// Households, rosters and notices: R and D.
extension Story {
    /// Winter aid whose parts a story may set wrong.
    private static func winter(
        _ plot: Plot, lines given: [Plot.Line]? = nil, listed: [Plot.Line]? = nil,
        notice: ClosedRange<Int>? = 2...8, recorded: Int? = nil, paidOn: Int = 10,
        stage: RosterStage = .approved, noticed: Int64? = nil, hasRoster: Bool = true,
        noticeRef: Ref = Ref()
    ) throws -> Ref {
        let lines = given ?? plot.households(plot.between(4, 9), rate: 15_000)
        let total = Plot.sum(lines)
        let money = plot.money("H6", total, planned: [("food", total)])
        let roster =
            hasRoster
            ? plot.roster(
                money, listed ?? lines, "food", period: season, on: 1, notice: notice,
                recorded: recorded, stage: stage, noticed: noticed, noticeRef) : nil
        let decision = plot.decide(money, [("food", total, nil)], on: 2)
        let batch = plot.pay(
            money, lines, "food", on: paidOn, period: season,
            rate: BatchEntry.Rate(amount: 15_000, per: .person), roster: roster,
            plan: money.plan, decision: decision)
        plot.answer(money, batch, lines, on: paidOn + 1)
        return batch
    }

    /// Two batches of emergency aid.
    private static func twice(
        _ plot: Plot, _ first: [Plot.Line], _ second: [Plot.Line], periods: (String, String),
        isOneGrant: Bool
    ) -> Ref {
        let totals = (Plot.sum(first), Plot.sum(second))
        let one = plot.money(
            "H1", totals.0 + (isOneGrant ? totals.1 : 0),
            planned: [("food", totals.0 + totals.1)])
        let two = isOneGrant ? one : plot.money("H1", totals.1, planned: [("food", totals.1)])
        let batches = [(one, first, periods.0, 4), (two, second, periods.1, 7)].map {
            money, lines, period, day in
            let decision = plot.decide(money, [("food", Plot.sum(lines), nil)], on: day - 1)
            let batch = plot.pay(
                money, lines, "food", on: day, period: period, plan: money.plan,
                decision: decision)
            plot.answer(money, batch, lines, on: day + 2)
            return batch
        }
        return batches[1]
    }

    static let households: [Story] = [
        breaks("R02", "one household in two batches") { plot in
            let first = plot.households(5, rate: 30_000)
            let second = [first[plot.below(5)]] + plot.households(3, rate: 30_000)
            let period = "应急\(plot.number)"
            let batch = twice(
                plot, first, second, periods: (period, period), isOneGrant: true)
            plot.offence(line: 0, of: batch)
        },
        breaks("R02", "one household from two grants") { plot in
            let first = plot.households(5, rate: 30_000)
            let second = plot.households(2, rate: 30_000) + [first[plot.below(5)]]
            let period = "应急\(plot.number)"
            let batch = twice(
                plot, first, second, periods: (period, period), isOneGrant: false)
            plot.offence(line: 2, of: batch)
        },
        evades("R02", "the period under another name") { plot in
            let first = plot.households(4, rate: 30_000)
            let batch = twice(
                plot, first, [first[0]],
                periods: ("应急\(plot.number)", "应急第\(plot.number)期"), isOneGrant: true)
            plot.offence(line: 0, of: batch)
        },
        evades("R02", "the household under a relative's name") { plot in
            let first = plot.households(4, rate: 30_000)
            let period = "应急\(plot.number)"
            let batch = twice(
                plot, first, plot.households(1, rate: 30_000), periods: (period, period),
                isOneGrant: true)
            plot.offence(line: 0, of: batch)
        },
        breaks("R04", "less or more than the rate") { plot in
            var lines = plot.households(6, rate: 15_000)
            let index = plot.below(6)
            lines[index].amount += plot.below(2) == 0 ? -5_000 : Int64(plot.between(1, 9_000))
            let batch = try winter(plot, lines: lines)
            plot.offence(line: index, of: batch)
        },
        evades("R04", "one head more than there are") { plot in
            var lines = plot.households(6, rate: 15_000)
            lines[0].persons += 1
            lines[0].amount += 15_000
            let batch = try winter(plot, lines: lines)
            plot.offence(line: 0, of: batch)
        },
        breaks("R05", "more households than on the roster") { plot in
            let lines = plot.households(6, rate: 15_000)
            plot.offence(try winter(plot, lines: lines, listed: Array(lines.dropLast())))
        },
        breaks("R05", "a roster that nobody approved") { plot in
            plot.offence(try winter(plot, stage: .examined))
        },
        breaks("R05", "the notice shows another sum") { plot in
            let ref = plot.offence()
            _ = try winter(plot, noticed: 1_234_567, noticeRef: ref)
        },
        evades("R05", "a household in another's place, totals alike") { plot in
            let lines = plot.households(6, rate: 15_000)
            plot.offence(try winter(plot, lines: lines, listed: lines))
        },
        breaks("D01", "no roster") { plot in
            plot.offence(try winter(plot, hasRoster: false))
        },
        breaks("D01", "posted for six days or fewer") { plot in
            plot.offence(try winter(plot, notice: 2...plot.between(3, 7)))
        },
        breaks("D01", "paid before the notice had ended") { plot in
            plot.offence(try winter(plot, notice: 2...10, recorded: 9, paidOn: plot.between(9, 10)))
        },
        breaks("D01", "the notice recorded after the payment") { plot in
            plot.offence(try winter(plot, recorded: 13))
        },
        evades("D01", "a notice that hung nowhere") { plot in
            plot.offence(try winter(plot))
        },
        breaks("R07", "the same for everybody") { plot in
            let lines = (0..<plot.between(12, 25)).map { index -> Plot.Line in
                (plot.household(), index % 5 + 1, 45_000)
            }
            try plot.unequalHeads(lines)
        },
        evades("R07", "the same for all but one in five") { plot in
            let lines = (0..<20).map { index -> Plot.Line in
                (plot.household(), index % 5 + 1, index % 5 == 0 ? 46_000 : 45_000)
            }
            try plot.unequalHeads(lines)
        },
    ]
}

extension Plot {
    /// Pays a roster without a rate; the roster is where R07 speaks.
    fileprivate func unequalHeads(_ lines: [Line]) throws {
        let total = Self.sum(lines)
        let money = money("H6", total, planned: [("food", total)])
        let roster = roster(money, lines, "food", period: Story.season, on: 1, notice: 2...8)
        let decision = decide(money, [("food", total, nil)], on: 2)
        let batch = pay(
            money, lines, "food", on: 10, period: Story.season, roster: roster,
            plan: money.plan, decision: decision)
        answer(money, batch, lines, on: 12)
        offence(roster)
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import ReliefSimulation

// Clocks: T01 to T04, and C05.
extension Story {
    /// A batch of emergency aid, answered in two parts on two days.
    private static func aid(
        _ plot: Plot, purpose: String = "H1", period: String, answered last: Int?,
        failing: Int = 0
    ) throws -> (batch: Ref, lines: [Plot.Line], money: Plot.Money, failure: Ref) {
        let lines = plot.households(5, rate: purpose == "H1" ? 30_000 : 15_000)
        let total = Plot.sum(lines)
        let money = plot.money(purpose, total, planned: [("food", total)])
        let decision = total >= limit ? plot.decide(money, [("food", total, nil)], on: 2) : nil
        let roster =
            purpose == "H6"
            ? plot.roster(money, lines, "food", period: period, on: 1, notice: 2...8) : nil
        let batch = plot.pay(
            money, lines, "food", on: 10, period: period,
            rate: purpose == "H1" ? nil : BatchEntry.Rate(amount: 15_000, per: .person),
            roster: roster, plan: money.plan, decision: decision)
        let failure = Ref()
        plot.answer(money, batch, Array(lines.dropLast()), on: 12, failing: failing, failure)
        if let last { plot.answer(money, batch, lines, on: last, skipping: 4) }
        return (batch, lines, money, failure)
    }

    static let time: [Story] = [
        breaks("T01", "passed on too late") { plot in
            let amount = plot.smallAmount()
            let money = plot.money("E2", amount, planned: [], passedOn: plot.between(31, 55))
            plot.offence(money.grant)
        },
        breaks("T01", "a part kept") { plot in
            let amount = plot.smallAmount()
            let money = plot.money("E2", amount, planned: [], passedOn: nil)
            plot.allocate(money, amount - 1 - Int64(plot.below(9_000)), on: 3)
            plot.offence(money.grant)
        },
        evades("T01", "passed on on the last day") { plot in
            let money = plot.money("E2", plot.smallAmount(), planned: [], passedOn: 30)
            plot.offence(money.grant)
        },
        evades("T01", "left at the township instead") { plot in
            let money = plot.money("E2", plot.smallAmount(), planned: [], passedOn: 2)
            plot.offence(money.grant)
        },
        breaks("T02", "the last payment arrives too late") { plot in
            // 15 working days are 22 days at most with the holidays of the policy.
            let parts = try aid(
                plot, period: "应急\(plot.number)", answered: plot.between(27, 50))
            plot.offence(parts.batch)
        },
        breaks("T02", "one payment never arrives") { plot in
            plot.offence(try aid(plot, period: "应急\(plot.number)", answered: nil).batch)
        },
        evades("T02", "in time by new money before the batch") { plot in
            // A second grant day moves the start; what lay there before is not told apart.
            let lines = plot.households(3, rate: 30_000)
            let total = Plot.sum(lines)
            let money = plot.money("H1", total + 100, planned: [("food", total)])
            plot.on(24, by: plot.cast.decider) { pen in
                try pen.write(
                    plot.movement(
                        .return, money, 100, unit: plot.township, other: plot.cast.county,
                        on: 24))
                try pen.write(
                    plot.movement(
                        .return, money, 100, unit: plot.cast.county, on: 24))
            }
            let batch = plot.pay(
                money, lines, "food", on: 40, period: "应急\(plot.number)", plan: money.plan,
                decision: nil)
            plot.answer(money, batch, lines, on: 42)
            plot.offence(batch)
        },
        breaks("T03", "winter aid that has not arrived by the end of May") { plot in
            plot.offence(
                try aid(plot, purpose: "H6", period: "2022—2023年冬春", answered: nil).batch)
        },
        breaks("T03", "winter aid that arrives in summer") { plot in
            plot.offence(
                try aid(
                    plot, purpose: "H6", period: "2022—2023年冬春",
                    answered: plot.between(160, 200)
                ).batch)
        },
        breaks("T04", "recorded weeks later") { plot in
            let amount = plot.smallAmount()
            let money = plot.money("E2", amount, planned: [("hire", amount)])
            plot.offence(
                plot.buy(
                    money, amount, "hire", from: try plot.firm(), on: plot.between(25, 40),
                    dated: 3, plan: money.plan))
        },
        breaks("T04", "dated ahead") { plot in
            let amount = plot.smallAmount()
            let money = plot.money("E2", amount, planned: [("hire", amount)])
            plot.offence(
                plot.buy(
                    money, amount, "hire", from: try plot.firm(), on: 4,
                    dated: plot.between(6, 20), plan: money.plan))
        },
        evades("T04", "recorded within ten working days") { plot in
            let amount = plot.smallAmount()
            let money = plot.money("E2", amount, planned: [("hire", amount)])
            plot.offence(
                plot.buy(
                    money, amount, "hire", from: try plot.firm(), on: 13, dated: 3,
                    plan: money.plan))
        },
        breaks("C05", "a failed payment forgotten") { plot in
            let parts = try aid(
                plot, purpose: "H6", period: season, answered: 13, failing: 1)
            plot.offence(parts.failure)
        },
        evades("C05", "sent again, and left with the bank") { plot in
            let parts = try aid(
                plot, purpose: "H6", period: season, answered: 13, failing: 1)
            plot.on(15, by: plot.cast.spender) { pen in
                try pen.write(
                    plot.movement(
                        .reissue, parts.money, parts.lines[0].amount,
                        target: parts.batch.seq + 1, on: 15))
            }
            plot.offence(parts.batch)
            plot.offence(parts.failure)
        },
    ]
}

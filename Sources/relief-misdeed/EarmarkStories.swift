// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import ReliefSimulation

// Earmarks and budgets: E and B.
extension Story {
    private static func purchase(
        _ plot: Plot, item: String, purpose: String = "E2", planned: [(String, Int64)]? = nil,
        hasPlan: Bool = true, expiry: Int? = nil, scope: UnitID? = nil, on day: Int = 3,
        unit: UnitID? = nil
    ) throws {
        let amount = plot.smallAmount()
        let money = plot.money(
            purpose, amount, planned: planned ?? [(item, amount)], expiry: expiry, scope: scope)
        plot.offence(
            plot.buy(
                money, amount, item, from: try plot.firm(), on: day, unit: unit,
                plan: hasPlan ? money.plan : nil))
    }

    static let earmark: [Story] = [
        breaks("E01", "an item that the purpose does not buy") { plot in
            try purchase(plot, item: plot.stage.draw.pick(["machinery", "fuel", "survey"]))
        },
        evades("E01", "the wrong thing under the name of the right one") { plot in
            // What was really bought stands nowhere.
            try purchase(plot, item: "materials")
        },
        breaks("E02", "another grant's plan") { plot in
            let amount = plot.smallAmount()
            let first = plot.money("E2", amount, planned: [("hire", amount)])
            let second = plot.money("E2", amount, planned: [("hire", amount)])
            plot.offence(
                plot.buy(
                    first, amount, "hire", from: try plot.firm(), on: 4, plan: second.plan))
        },
        breaks("E03", "wages, office costs and the like") { plot in
            try purchase(
                plot,
                item: plot.stage.draw.pick([
                    "wages", "allowances", "office", "meetings", "reception", "travel",
                ]))
        },
        breaks("E04", "spent after the last day") { plot in
            let last = plot.between(5, 20)
            try purchase(
                plot, item: "freight", expiry: last, on: last + plot.between(1, 9))
        },
        evades("E04", "spent on the last day") { plot in
            try purchase(plot, item: "freight", expiry: 12, on: 12)
        },
        breaks("E04", "spent outside the scope") { plot in
            plot.useTownship(1)
            try purchase(plot, item: "freight", scope: plot.cast.townships[2])
        },
        breaks("E06", "a purpose changed by the county") { plot in
            let amount = plot.smallAmount()
            let money = plot.money("E2", amount, planned: [])
            let ref = plot.offence()
            plot.on(6, by: plot.cast.decider) { pen in
                ref.seq = try pen.write(
                    RepurposeEntry(
                        unit: plot.township, grant: money.grant.seq, amount: amount,
                        date: plot.day(6), level: .county, destination: .purpose("H3"),
                        document: try plot.document("县调").orMalformed("document")
                    ).fields)
            }
        },
        breaks("E07", "a document without its number") { plot in
            let amount = plot.smallAmount()
            let money = plot.money("E2", amount, planned: [("hire", amount)])
            plot.offence(
                plot.buy(
                    money, amount, "hire", from: try plot.firm(), on: 4, plan: money.plan,
                    document: Document(number: Document.unstated, date: nil)))
        },
        breaks("E08", "a misuse that nobody recovers") { plot in
            let amount = plot.smallAmount()
            let money = plot.money("E2", amount, planned: [])
            let ref = plot.offence()
            plot.on(5, by: plot.cast.decider) { pen in
                ref.seq = try pen.write(
                    IrregularEntry(
                        unit: plot.township, grant: money.grant.seq, amount: amount / 2,
                        date: plot.day(4), rules: ["E03"], finding: "垫付工资"
                    ).fields)
            }
        },
        breaks("B01", "no plan") { plot in
            try purchase(plot, item: "hire", hasPlan: false)
        },
        breaks("B01", "an item that the plan does not have") { plot in
            try purchase(plot, item: "hire", planned: [("freight", 900_000)])
        },
        breaks("B02", "more than planned") { plot in
            let planned = plot.smallAmount()
            let money = plot.money("E2", planned * 2, planned: [("hire", planned)])
            plot.offence(
                plot.buy(
                    money, planned + 1 + Int64(plot.below(40_000)), "hire",
                    from: try plot.firm(), on: 4, plan: money.plan))
        },
        evades("B02", "exactly what is planned") { plot in
            try purchase(plot, item: "hire")
        },
        breaks("B02", "more than planned, in two steps") { plot in
            let planned = plot.smallAmount()
            let money = plot.money("E2", planned * 2, planned: [("hire", planned)])
            plot.buy(
                money, planned - 7, "hire", from: try plot.firm(), on: 4, plan: money.plan)
            plot.offence(
                plot.buy(money, 8, "hire", from: try plot.firm(), on: 9, plan: money.plan))
        },
        breaks("B03", "more allocated than there is") { plot in
            let amount = plot.smallAmount()
            let money = plot.money("E2", amount, planned: [], passedOn: nil)
            plot.allocate(
                money, amount + 1 + Int64(plot.below(90_000)), on: plot.between(1, 9),
                plot.offence())
        },
        breaks("B04", "spent before the money came") { plot in
            let amount = plot.smallAmount()
            let money = plot.money("E2", amount, planned: [("hire", amount)], passedOn: 6, on: 5)
            plot.offence(
                plot.buy(
                    money, amount, "hire", from: try plot.firm(), on: 7,
                    dated: plot.between(1, 4), plan: money.plan))
        },
        breaks("B05", "part of the rest carried over") { plot in
            let amount = plot.smallAmount()
            let money = plot.money("E2", amount, planned: [])
            let ref = plot.offence()
            let day = try plot.number(of: "2024-01-05")
            plot.on(day, by: plot.cast.decider) { pen in
                ref.seq = try pen.write(
                    CarryoverEntry(
                        unit: plot.township, grant: money.grant.seq,
                        amount: amount - 1 - Int64(plot.below(9_000)), date: plot.day(day)
                    ).fields)
            }
        },
        breaks("B08", "reversed twice") { plot in
            let amount = plot.smallAmount()
            let money = plot.money("E2", amount * 2, planned: [("hire", amount * 2)])
            let bought = plot.buy(
                money, amount, "hire", from: try plot.firm(), on: 4, plan: money.plan)
            let ref = plot.offence()
            plot.on(9, by: plot.cast.decider) { pen in
                for part in [amount / 2, amount] {
                    ref.seq = try pen.write(
                        plot.movement(
                            .reversal, money, part, target: bought.seq, on: 9, reason: "误"))
                }
            }
        },
        breaks("B08", "settled twice") { plot in
            let lines = plot.households(4, rate: 30_000)
            let total = Plot.sum(lines)
            let money = plot.money("H1", total, planned: [("food", total)])
            let batch = plot.pay(
                money, lines, "food", on: 4, period: "应急\(plot.number)", plan: money.plan)
            plot.answer(money, batch, lines, on: 6)
            let ref = plot.offence()
            plot.on(8, by: plot.cast.decider) { pen in
                ref.seq = try pen.write(
                    plot.movement(
                        .result, money, lines[0].amount, target: batch.seq + 1, on: 8,
                        outcome: .settled))
            }
        },
    ]
}

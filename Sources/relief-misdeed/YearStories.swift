// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import ReliefSimulation

// What only shows in a whole ledger: T05, F04, F05. Each has a ledger to itself.
extension Story {
    static let wholeYear: [Story] = [
        breaks("T05", "half a year's money in the last days") { try rush($0, percent: 100) },
        evades("T05", "the same, a week earlier") { try rush($0, percent: 100, until: 22) },
        breaks("F04", "one township pays in round thousands") { plot in
            try rounds(plot, own: plot.between(20, 30))
        },
        evades("F04", "round hundreds instead") { try rounds($0, own: 25, step: 10_000) },
        breaks("F05", "a thousand amounts out of the air") { try digits($0, count: 1_000) },
        evades("F05", "nine hundred amounts out of the air") {
            try digits($0, count: 900)
        },
    ]

    /// So many per cent of a year's spending more, on the last working days.
    private static func rush(_ plot: Plot, percent: Int, until day: Int = 28) throws {
        let first = try plot.number(of: "2023-02-01")
        let last = try plot.number(of: "2023-12-\(day)")
        let amounts = (0..<20).map { _ in plot.smallAmount() }
        let total = amounts.reduce(0, +)
        let end = total * Int64(percent) / 100
        let money = plot.money(
            "E2", total + end, planned: [("materials", total + end)], passedOn: first + 1,
            on: first)
        for (index, amount) in amounts.enumerated() {
            plot.buy(
                money, amount, "materials", from: try plot.firm(), on: first + 2 + index * 9,
                plan: money.plan)
        }
        for index in 0..<12 {
            plot.offence(
                plot.buy(
                    money, end / 12 - Int64(index), "materials", from: try plot.firm(),
                    on: last - index % 2, plan: money.plan))
        }
    }

    /// Thirty purchases in each of three townships, in one of them many round ones.
    private static func rounds(_ plot: Plot, own count: Int, step: Int64 = 100_000) throws {
        let townships = [9, 10, 11].map { plot.cast.townships[$0] }
        let money = plot.money(
            "E2", 90_000_000, planned: [("materials", 90_000_000)], passedOn: nil)
        for (place, unit) in townships.enumerated() {
            plot.allocate(money, 30_000_000, to: unit, on: 1)
            for index in 0..<30 {
                let isRound = index < (place == 0 ? count : plot.below(3))
                let amount = Int64(plot.between(1, 8)) * step
                plot.buy(
                    money, isRound ? amount : amount + Int64(plot.between(1, 9_999)),
                    "materials", from: try plot.firm(), on: 2 + index, unit: unit,
                    plan: money.plan, place == 0 && isRound ? plot.offence() : Ref())
            }
        }
    }

    /// Purchases whose first digits are equally likely.
    private static func digits(_ plot: Plot, count: Int) throws {
        let money = plot.money(
            "E2", 900_000_000, planned: [("materials", 900_000_000)])
        let payees = try (0..<count).map { _ in try plot.firm() }
        let refs = (0..<count).map { _ in plot.offence() }
        for start in stride(from: 0, to: count, by: 100) {
            plot.on(3 + start / 50, by: plot.cast.spender) { pen in
                for index in start..<min(start + 100, count) {
                    let scale: Int64 = [10, 100, 1_000, 10_000][index % 4]
                    refs[index].seq = try pen.write(
                        ExpenseEntry(
                            spending: Spending(
                                unit: plot.township, grant: money.grant.seq,
                                amount: Int64(plot.between(1, 9)) * scale
                                    + Int64(plot.below(Int(scale))),
                                date: plot.day(3 + start / 50), item: "materials",
                                plan: money.plan.seq), payee: payees[index]
                        ).fields)
                }
            }
        }
    }
}

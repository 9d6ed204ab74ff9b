// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import ReliefSimulation

// Decisions, exceptions, papers and keys: A.
extension Story {
    /// One purchase in parts, each with its day and township.
    private static func inParts(
        _ plot: Plot, _ parts: [(amount: Int64, day: Int, township: Int)], payees: Int = 1
    ) throws {
        let total = parts.reduce(0) { $0 + $1.amount }
        let money = plot.money("E2", total, planned: [("hire", total)], passedOn: nil)
        let firms = try (0..<payees).map { _ in try plot.firm() }
        for (index, part) in parts.enumerated() {
            let unit = plot.cast.townships[part.township]
            plot.allocate(money, part.amount, to: unit, on: 1)
            let ref = plot.buy(
                money, part.amount, "hire", from: firms[index % payees], on: part.day,
                unit: unit, plan: money.plan)
            plot.offence(ref)
        }
    }

    private static func decided(
        _ plot: Plot, _ amount: Int64, spent: Int64? = nil, dated: Int = 2,
        payee: PayeeID? = nil, by officer: Officer? = nil, voters: [String]? = nil,
        quorum: Int = 2, spentOn: Int = 5
    ) throws -> (decision: Ref, expense: Ref) {
        let spent = spent ?? amount
        let money = plot.money("E2", spent, planned: [("hire", spent)])
        let decision = plot.decide(
            money, [("hire", amount, payee)], on: 3, dated: dated, by: officer,
            voters: voters ?? ["MD-M1", "MD-M2", "MD-M3"], quorum: quorum)
        let expense = plot.buy(
            money, spent, "hire", from: try plot.firm(), on: spentOn, plan: money.plan,
            decision: decision)
        return (decision, expense)
    }

    private static func large(_ plot: Plot) -> Int64 { limit + Int64(plot.below(2_000_000)) }

    static let approval: [Story] = [
        breaks("A01", "the limit reached without a meeting") { plot in
            try inParts(plot, [(limit + Int64(plot.below(2) * plot.below(500_000)), 3, 0)])
        },
        breaks("A01", "a batch above the limit without a meeting") { plot in
            var lines = plot.households(8, rate: 30_000)
            while Plot.sum(lines) < limit { lines += plot.households(1, rate: 30_000) }
            let total = Plot.sum(lines)
            let money = plot.money("H1", total, planned: [("food", total)])
            let batch = plot.pay(
                money, lines, "food", on: 4, period: "应急\(plot.number)", plan: money.plan)
            plot.offence(batch)
            plot.answer(money, batch, lines, on: 6)
        },
        evades("A01", "just below the limit") { plot in
            try inParts(plot, [(limit - 1 - Int64(plot.below(2_000)), 3, 0)])
        },
        evades("A01", "two parts in 14 days") { plot in
            let part = Int64(plot.between(500_000, 990_000))
            try inParts(plot, [(part, 3, 0), (part - 1, plot.between(4, 16), 0)])
        },
        evades("A01", "two parts, 15 days and more apart") { plot in
            let part = Int64(plot.between(500_000, 990_000))
            try inParts(plot, [(part, 3, 0), (part - 1, plot.between(17, 28), 0)])
        },
        evades("A01", "two parts through two townships") { plot in
            let part = Int64(plot.between(500_000, 990_000))
            try inParts(plot, [(part, 3, 0), (part - 1, 6, 1)])
        },
        evades("A01", "two parts to two names") { plot in
            let part = Int64(plot.between(500_000, 990_000))
            try inParts(plot, [(part, 3, 0), (part - 1, 6, 0)], payees: 2)
        },
        evades("A01", "many parts, none of half the limit") { plot in
            try inParts(
                plot, (0..<4).map { (Int64(plot.between(300_000, 499_000)), 3 + $0 * 2, 0) })
        },
        breaks("A02", "the meeting held after the payment") { plot in
            plot.offence(try decided(plot, large(plot), dated: 7, spentOn: 5).expense)
        },
        breaks("A03", "more than was decided") { plot in
            let amount = large(plot)
            plot.offence(
                try decided(plot, amount, spent: amount + 1 + Int64(plot.below(9_000))).expense)
        },
        breaks("A03", "another payee than was decided") { plot in
            plot.offence(try decided(plot, large(plot), payee: try plot.firm()).expense)
        },
        breaks("A04", "decided by the one who spends") { plot in
            let refs = try decided(plot, large(plot), by: plot.cast.spender)
            plot.offence(refs.expense)
            plot.offence(refs.decision)
        },
        breaks("A04", "the one who spends has voted") { plot in
            let refs = try decided(
                plot, large(plot), voters: ["MD-S1", "MD-M2", "MD-M3"])
            plot.offence(refs.expense)
            plot.offence(refs.decision)
        },
        breaks("A04", "no quorum") { plot in
            let refs = try decided(plot, large(plot), voters: ["MD-M1", "MD-M2"], quorum: 3)
            plot.offence(refs.decision)
            plot.offence(refs.expense)
        },
        breaks("A05", "three exceptions in 30 days") { plot in
            let money = plot.money("E2", plot.smallAmount(), planned: [])
            let ref = plot.offence()
            for index in 0..<3 {
                plot.admit(
                    "B02", money, 100, on: 2 + index * plot.between(2, 13),
                    by: plot.cast.nightClerks[0], ref)
            }
        },
        evades("A05", "three exceptions by two people") { plot in
            let money = plot.money("E2", plot.smallAmount(), planned: [])
            let ref = plot.offence()
            for index in 0..<3 {
                plot.admit(
                    "B02", money, 100, on: 2 + index * 5,
                    by: plot.cast.nightClerks[1 + index % 2], ref)
            }
        },
        breaks("A06", "the allocation's paper is older than the grant's") { plot in
            let amount = plot.smallAmount()
            let money = Plot.Money()
            let days = (grant: plot.between(3, 9), allocation: plot.between(0, 2))
            plot.on(10, by: plot.cast.decider) { pen in
                money.grant.seq = try pen.write(
                    plot.grant(
                        "E2", amount, on: 10,
                        document: Document(
                            number: "财资环指〔2023〕\(plot.number)号", date: plot.day(days.grant))))
            }
            let ref = plot.offence()
            plot.on(12, by: plot.cast.decider) { pen in
                ref.seq = try pen.write(
                    plot.movement(
                        .allocation, money, amount, unit: plot.cast.county,
                        other: plot.township, on: 12,
                        document: Document(
                            number: "县财〔2023〕\(plot.number)号", date: plot.day(days.allocation))))
            }
        },
        breaks("A07", "a township's clerk signs for the county") { plot in
            let amount = plot.smallAmount()
            let money = plot.money("E2", amount, planned: [], passedOn: nil)
            plot.allocate(
                money, amount, on: 3, by: plot.cast.clerk, plot.offence())
        },
    ]
}

// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import ReliefSimulation

// What only many records show: F.
extension Story {
    /// Purchases of one item, each with its amount, payee and day; the last is where it shows.
    private static func purchases(
        _ plot: Plot, _ list: [(amount: Int64, payee: PayeeID, day: Int)],
        documents: [String?] = [], evidence: [String?] = [], decided: Bool = false,
        item: String = "equipment"
    ) -> Plot.Money {
        let total = list.reduce(0) { $0 + $1.amount }
        let money = plot.money("E2", total, planned: [(item, total)])
        var last = Ref()
        for (index, bought) in list.enumerated() {
            let number = index < documents.count ? documents[index] : nil
            last = plot.buy(
                money, bought.amount, item, from: bought.payee, on: bought.day,
                plan: money.plan, document: Document(number: number, date: nil),
                evidence: index < evidence.count ? evidence[index] : nil)
        }
        plot.offence(last)
        return money
    }

    private static func near(_ plot: Plot, below count: Int, in township: Int) throws {
        // Townships 10 to 13 buy little else.
        plot.useTownship(township)
        _ = purchases(
            plot,
            try (0..<count).map { index in
                (limit - 100_000 + Int64(index * 7_001), try plot.firm(), 2 + index * 3)
            })
    }

    private static func digest(_ plot: Plot) -> String {
        let words = "0123456789abcdef"
        return String((0..<64).map { _ in words.randomElement(plot) })
    }

    static let analytic: [Story] = [
        breaks("F01", "two parts in 14 days") { plot in
            let firm = try plot.firm()
            let part = Int64(plot.between(500_000, 990_000))
            _ = purchases(plot, [(part, firm, 3), (part - 11, firm, plot.between(4, 16))])
        },
        evades("F01", "two parts, 15 days apart") { plot in
            let firm = try plot.firm()
            let part = Int64(plot.between(500_000, 990_000))
            _ = purchases(plot, [(part, firm, 3), (part - 11, firm, plot.between(17, 28))])
        },
        breaks("F02", "ten amounts just below the limit") {
            try near($0, below: $0.between(10, 14), in: 10)
        },
        evades("F02", "nine amounts just below the limit") {
            try near($0, below: 9, in: 12)
        },
        breaks("F03", "the same again within 7 days") { plot in
            let firm = try plot.firm()
            let amount = plot.smallAmount()
            _ = purchases(plot, [(amount, firm, 3), (amount, firm, 3 + plot.between(0, 7))])
        },
        breaks("F03", "one invoice, two payees") { plot in
            let invoice =
                "2431200000\(String(1_000_000_000 + plot.number).suffix(9))\(plot.below(10))"
            _ = purchases(
                plot,
                [
                    (plot.smallAmount(), try plot.firm(), 3),
                    (plot.smallAmount(), try plot.firm(), 30),
                ], documents: [invoice, invoice])
        },
        breaks("F03", "one voucher, two payments") { plot in
            let file = digest(plot)
            _ = purchases(
                plot,
                [
                    (plot.smallAmount(), try plot.firm(), 3),
                    (plot.smallAmount(), try plot.firm(), 40),
                ], evidence: [file, file])
        },
        evades("F03", "the same again after 8 days") { plot in
            let firm = try plot.firm()
            let amount = plot.smallAmount()
            _ = purchases(plot, [(amount, firm, 3), (amount, firm, 11)])
        },
        evades("F03", "a fen more") { plot in
            let firm = try plot.firm()
            let amount = plot.smallAmount()
            _ = purchases(plot, [(amount, firm, 3), (amount + 1, firm, 4)])
        },
        evades("F03", "the same to another name") { plot in
            let amount = plot.smallAmount()
            _ = purchases(
                plot, [(amount, try plot.firm(), 3), (amount, try plot.firm(), 4)])
        },
        breaks("F07", "reversed and paid to somebody else") { plot in
            try again(plot, after: plot.between(0, 7), more: 0)
        },
        evades("F07", "paid to somebody else after 8 days") { plot in
            try again(plot, after: 8, more: 0)
        },
        evades("F07", "a fen more to somebody else") { plot in
            try again(plot, after: 2, more: 1)
        },
        breaks("F09", "one supplier in three townships") { try suppliers($0, [11, 12, 13]) },
        evades("F09", "one supplier in two townships") { try suppliers($0, [8, 9]) },
        breaks("F06", "a clerk who works at night") { try nights($0, of: 2, 24, by: 2) },
        evades("F06", "a clerk who works at night now and then") {
            try nights($0, of: 10, 24, by: 3)
        },
    ]

    private static func again(_ plot: Plot, after days: Int, more: Int64) throws {
        let amount = plot.smallAmount()
        let money = plot.money("E2", amount * 2, planned: [("equipment", amount * 2)])
        let first = plot.buy(
            money, amount, "equipment", from: try plot.firm(), on: 3, plan: money.plan)
        plot.on(6, by: plot.cast.decider) { pen in
            try pen.write(
                plot.movement(
                    .reversal, money, amount, target: first.seq, on: 6, reason: "误付"))
        }
        plot.offence(
            plot.buy(
                money, amount + more, "equipment", from: try plot.firm(), on: 6 + days,
                plan: money.plan))
    }

    private static func suppliers(_ plot: Plot, _ townships: [Int]) throws {
        let firm = try plot.firm()
        // An item that no other story buys.
        let money = plot.money(
            "E3", 3_000_000, planned: [("fieldFood", 3_000_000)], passedOn: nil)
        plot.allocate(money, 3_000_000 - Int64(townships.count) * 400_000, on: 1)
        for (index, township) in townships.enumerated() {
            let unit = plot.cast.townships[township]
            plot.allocate(money, 400_000, to: unit, on: 1)
            plot.buy(
                money, Int64(plot.between(90_000, 99_000)), "fieldFood", from: try plot.firm(),
                on: 3 + index, unit: unit, plan: money.plan)
            plot.offence(
                plot.buy(
                    money, Int64(plot.between(100_000, 200_000)) + Int64(index), "fieldFood",
                    from: firm, on: 4 + index * 9, unit: unit, plan: money.plan))
        }
    }

    private static func nights(
        _ plot: Plot, of each: Int, _ count: Int, by clerk: Int
    ) throws {
        let officer = plot.cast.nightClerks[clerk]
        let money = plot.money("E2", 100_000, planned: [], passedOn: nil)
        for index in 0..<count {
            let ref = plot.offence()
            plot.on(
                1 + index, by: officer,
                hour: index % each == each - 1 ? plot.stage.draw.pick([22, 23]) : 10
            ) { pen in
                // The posting is what was made at night.
                ref.seq = pen.next - 1
                try pen.write(
                    plot.movement(
                        .allocation, money, 100 + Int64(index), unit: plot.cast.county,
                        other: plot.township, on: 1 + index))
            }
        }
        plot.allocate(money, 100_000 - (0..<count).reduce(0) { $0 + 100 + Int64($1) }, on: 28)
    }
}

extension String {
    fileprivate func randomElement(_ plot: Plot) -> Character {
        self[index(startIndex, offsetBy: plot.below(count))]
    }
}

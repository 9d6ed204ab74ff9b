// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import ReliefSimulation

extension Story {
    static let season = "2023—2024年冬春"
    static let supplies = ["equipment", "materials", "hire", "freight"]
    static let limit: Int64 = 1_000_000

    /// What an honest county does.
    static let honestOnes: [Story] = [
        honest("winter aid") { try $0.winterAid(count: $0.between(8, 30)) },
        honest("emergency aid") { try $0.emergencyAid(count: $0.between(3, 9)) },
        honest("small purchases") { plot in
            let item = plot.stage.draw.pick(supplies)
            let amounts = (0..<plot.between(1, 4)).map { _ in plot.smallAmount() }
            let total = amounts.reduce(0, +)
            let money = plot.money("E2", total, planned: [(item, total)])
            for (index, amount) in amounts.enumerated() {
                plot.buy(
                    money, amount, item, from: try plot.firm(), on: 3 + index * 4,
                    plan: money.plan, document: plot.document("采购"))
            }
        },
        honest("large purchase, decided") { plot in
            let item = plot.stage.draw.pick(supplies)
            let amount = limit + Int64(plot.below(3_000_000))
            let payee = try plot.firm()
            let money = plot.money("E2", amount, planned: [(item, amount)])
            let decision = plot.decide(money, [(item, amount, payee)], on: 2)
            plot.buy(
                money, amount, item, from: payee, on: plot.between(3, 9), plan: money.plan,
                decision: decision)
        },
        honest("partly reversed purchase") { plot in
            let amount = plot.smallAmount()
            let money = plot.money("E2", amount, planned: [("materials", amount)])
            let bought = plot.buy(
                money, amount, "materials", from: try plot.firm(), on: 3, plan: money.plan)
            plot.on(plot.between(4, 12), by: plot.cast.decider) { pen in
                try pen.write(
                    plot.movement(
                        .reversal, money, amount / 3, target: bought.seq, on: 4, reason: "退货"))
            }
        },
        honest("misuse found and recovered") { plot in
            let amount = plot.smallAmount()
            let money = plot.money("E2", amount, planned: [("materials", amount)])
            let found = Ref()
            plot.on(5, by: plot.cast.decider) { pen in
                found.seq = try pen.write(
                    IrregularEntry(
                        unit: plot.township, grant: money.grant.seq, amount: amount,
                        date: plot.day(4), rules: ["E03"], finding: "垫付工资"
                    ).fields)
            }
            plot.on(20, by: plot.cast.decider) { pen in
                try pen.write(
                    plot.movement(.recovery, money, amount, target: found.seq, on: 20))
            }
        },
        honest("exception given and used") { plot in
            let planned = plot.smallAmount()
            let money = plot.money("E2", planned * 2, planned: [("hire", planned)])
            plot.admit("B02", money, planned * 2, on: 2)
            plot.buy(
                money, planned + 1 + Int64(plot.below(9_000)), "hire", from: try plot.firm(),
                on: 4, plan: money.plan)
        },
        honest("purpose changed by whoever set it") { plot in
            let amount = plot.smallAmount()
            let money = plot.money("E2", amount, planned: [])
            plot.on(6, by: plot.cast.decider) { pen in
                try pen.write(
                    RepurposeEntry(
                        unit: plot.township, grant: money.grant.seq, amount: amount,
                        date: plot.day(6), level: .central, destination: .purpose("H3"),
                        document: try plot.document("财社调").orMalformed("document")
                    ).fields)
            }
        },
    ]
}

extension Plot {
    /// Winter aid as it should be: roster, notice, decision, batch, answers, a failed one mended.
    func winterAid(count: Int) throws {
        let lines = households(count, rate: 15_000)
        let total = Self.sum(lines)
        let money = money("H6", total, planned: [("food", total)])
        let roster = roster(
            money, lines, "food", period: Story.season, on: 1, notice: 2...8)
        let decision = decide(money, [("food", total, nil)], on: 9)
        let batch = pay(
            money, lines, "food", on: 10, period: Story.season,
            rate: BatchEntry.Rate(amount: 15_000, per: .person), roster: roster,
            plan: money.plan, decision: decision)
        answer(money, batch, lines, on: 12, failing: 1)
        mend(money, batch, lines[0], on: 14, isPaid: below(2) == 0)
    }

    /// A failed payment, the first of its batch, is sent again and settled, or given up.
    func mend(_ money: Money, _ batch: Ref, _ line: Line, on day: Int, isPaid: Bool) {
        on(day, by: cast.spender) { pen in
            try pen.write(
                self.movement(
                    isPaid ? .reissue : .cancel, money, line.amount, target: batch.seq + 1,
                    on: day, reason: "账户已更正或户已迁出"))
        }
        guard isPaid else { return }
        answer(money, batch, [line], on: day + 1)
    }

    /// Emergency aid at the policy's rate, without a notice.
    func emergencyAid(count: Int) throws {
        let lines = households(count, rate: 30_000)
        let total = Self.sum(lines)
        let money = money("H1", total, planned: [("food", total)])
        let decision =
            total >= Story.limit ? decide(money, [("food", total, nil)], on: 2) : nil
        let batch = pay(
            money, lines, "food", on: 4, period: "2023应急\(number)", plan: money.plan,
            decision: decision)
        answer(money, batch, lines, on: between(5, 12))
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog

/// Rosters, notices and payments of the bad county.
extension BadCounty {
    /// A roster of a township and its notice; the seq of the roster.
    private mutating func announce(
        _ unit: String, _ period: String, households: Int64, persons: Int64, _ amount: Int64,
        posted: (from: String, until: String)? = ("2023-02-10", "2023-02-16"),
        stage: String = "approved"
    ) -> Int {
        let roster = post(
            "2023-02-22",
            Draft.roster(
                unit, grant: winter, households: households, persons: persons, amount,
                period: period, stage: stage, date: "2023-02-09"))
        if let posted {
            post(
                "2023-02-22",
                Draft.notice(
                    of: roster, unit, grant: winter, households: households, amount,
                    from: posted.from, until: posted.until))
        }
        return roster
    }

    /// A batch of households, each with its number, its fen and its persons.
    private mutating func pay(
        _ unit: String, _ period: String, _ lines: [Draft.Line], roster: Int?, on date: String
    ) -> Int {
        let batch = forge.count + 1
        post(
            date,
            list: Draft.batch(
                at: batch, unit, grant: winter, lines, period: period,
                plan: unit == Place.township ? eastPlan : westPlan, roster: roster, date: date))
        return batch
    }

    private mutating func settle(_ batch: Int, _ unit: String, _ amounts: [Int64], on date: String)
    {
        let results = amounts.enumerated().map { index, amount in
            Draft.result(
                "settled", of: batch + 1 + index, unit, grant: winter, amount, date: date)
        }
        post(date, list: results)
    }

    mutating func payHouseholds() {
        let (east, west) = (Place.township, Place.sibling)
        let rosters = [
            announce(east, "2023年春荒（一）", households: 3, persons: 6, 90_000),
            announce(west, "2023年春荒（一）", households: 2, persons: 5, 70_000),
            announce(east, "2023年春荒（二）", households: 2, persons: 4, 60_000),
            announce(
                west, "2023年春荒（二）", households: 1, persons: 2, 30_000,
                posted: ("2023-02-10", "2023-02-12")),
            announce(east, "2023年春荒（三）", households: 1, persons: 1, 15_000),
        ]
        payTwice(rosters[0])
        payWrongAmounts(rosters[1])
        payBeyondTheRoster(rosters[2])
        payUnannounced(rosters[3])
        leaveWaiting(rosters[4])
    }

    private mutating func payTwice(_ roster: Int) {
        let (east, period) = (Place.township, "2023年春荒（一）")
        let first = pay(
            east, period,
            [
                Draft.Line(101, 45_000, persons: 3), Draft.Line(102, 30_000, persons: 2),
                Draft.Line(101, 15_000),
            ], roster: roster, on: "2023-03-09")
        settle(first, east, [45_000, 30_000, 15_000], on: "2023-03-10")
        label(
            "R02", first + 3, zh: "一户在同一期间领了两次", en: "one household is paid twice in one period")
    }

    private mutating func payWrongAmounts(_ roster: Int) {
        let (west, period) = (Place.sibling, "2023年春荒（一）")
        let batch = pay(
            west, period,
            [Draft.Line(201, 45_000, persons: 3), Draft.Line(202, 25_000, persons: 2)],
            roster: roster, on: "2023-03-10")
        settle(batch, west, [45_000, 25_000], on: "2023-03-13")
        label(
            "R04", batch + 2, zh: "二人户应发 300 元，只发 250 元",
            en: "a household of two is due 300 yuan and gets 250")
    }

    private mutating func payBeyondTheRoster(_ roster: Int) {
        let (east, period) = (Place.township, "2023年春荒（二）")
        let batch = pay(
            east, period,
            [
                Draft.Line(103, 30_000, persons: 2), Draft.Line(104, 30_000, persons: 2),
                Draft.Line(105, 15_000),
            ], roster: roster, on: "2023-03-14")
        settle(batch, east, [30_000, 30_000, 15_000], on: "2023-03-15")
        for _ in 0..<2 {
            label(
                "R05", batch, zh: "花名册二户 600 元，发了三户 750 元",
                en: "the roster has two households and 600 yuan, and three are paid 750")
        }
        label(
            "R05", batch, zh: "花名册四人，发了五人", en: "the roster has four persons, and five are paid for"
        )
    }

    private mutating func payUnannounced(_ roster: Int) {
        let (west, period) = (Place.sibling, "2023年春荒（二）")
        let short = pay(
            west, period, [Draft.Line(203, 30_000, persons: 2)], roster: roster, on: "2023-03-16")
        settle(short, west, [30_000], on: "2023-03-17")
        label("D01", short, zh: "只公示三天，应为七天", en: "posted for three days, and seven are due")
        let none = pay(
            west, "2023年春荒（三）", [Draft.Line(204, 15_000)], roster: nil, on: "2023-03-20")
        settle(none, west, [15_000], on: "2023-03-21")
        label("D01", none, zh: "没有花名册和公示就发放", en: "paid with neither roster nor notice")
    }

    private mutating func leaveWaiting(_ roster: Int) {
        let (east, period) = (Place.township, "2023年春荒（三）")
        let batch = pay(east, period, [Draft.Line(106, 15_000)], roster: roster, on: "2023-03-22")
        let failed = post(
            "2023-03-23",
            Draft.result(
                "failed", of: batch + 1, east, grant: winter, 15_000, date: "2023-03-23"))
        label(
            "C05", failed, zh: "一户的卡号错误，退回后大半年没有重发",
            en: "a payment failed and was not sent again for the better part of a year")
    }
}

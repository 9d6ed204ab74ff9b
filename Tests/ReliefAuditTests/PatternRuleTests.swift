// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

/// F04 to F09: patterns over many expenses, postings and reversals.
@Suite struct PatternRuleTests {
    private static let third = "530523205000"

    /// A county with three townships that may spend a great deal.
    private func townships() -> County {
        var county = County(lines: [("food", 100_000_000), ("heating", 100_000_000)])
        county.record(by: .root, Draft.unit(Self.third, in: Place.county))
        for unit in [Place.township, Place.sibling, Self.third] {
            county.record(Draft.allocation(to: unit))
        }
        return county
    }

    // MARK: - F04

    /// Thirty expenses, the first few of them multiples of 1,000 yuan, all to different payees.
    private func expenses(_ unit: String, round count: Int, from payee: Int) -> [RecordFields] {
        (0..<30).map { index in
            let step = Int64(index % 7 + 1) * 100_000
            return Draft.expense(
                unit, grant: 17, index < count ? step : step + Int64(payee + index),
                payee: Draft.household(payee + index), plan: 18)
        }
    }

    @Test func `F04 fires at three times the median of the peers`() throws {
        for (peers, own, fires) in [(3, 10, true), (4, 10, false), (1, 9, false)] {
            var county = townships()
            let first = county.forge.post(
                by: .county, expenses(Place.township, round: own, from: 100)
            ).lowerBound
            county.forge.post(by: .county, expenses(Place.sibling, round: peers, from: 200))
            county.forge.post(by: .county, expenses(Self.third, round: peers, from: 300))
            let audited = try county.audited()
            #expect(
                audited.list == (fires ? ["F04@\(first + own - 1)"] : []), "\(own) of \(peers)")
            #expect(audited.exitCode == 0)
            #expect(audited.words["F04"] == (fires ? "fired" : "clean"))
        }
    }

    @Test func `F04 needs three units to compare`() throws {
        var county = townships()
        county.forge.post(by: .county, expenses(Place.township, round: 30, from: 100))
        county.forge.post(by: .county, expenses(Place.sibling, round: 1, from: 200))
        #expect(try county.audited().words["F04"] == "notApplicable")
    }

    // MARK: - F05

    /// Expenses of given amounts, all to different payees.
    private func county(of amounts: [Int64]) -> County {
        var county = County(lines: [("food", 100_000_000)])
        county.forge.post(
            by: .county,
            amounts.enumerated().map { index, amount in
                Draft.expense(
                    grant: 17, amount, payee: Draft.household(index), plan: 18)
            })
        return county
    }

    /// Four decades in a thousand equal steps of the logarithm, from 0.10 yuan.
    private static let natural: [Int64] = {
        var amounts: [Int64] = []
        var scaled: Int64 = 10_000_000_000
        for _ in 0..<1_000 {
            amounts.append(scaled / 1_000_000_000)
            // 10 ^ (1 / 250)
            scaled = Int64(Int128(scaled) * 1_009_252_886 / 1_000_000_000)
        }
        return amounts
    }()

    @Test func `F05 fires on amounts that all begin with a nine, and not on natural ones`() throws {
        let natural = try county(of: Self.natural).audited()
        #expect(natural.list == [])
        #expect(natural.words["F05"] == "clean")
        let made = Self.natural.indices.map { Int64($0 == 0 ? 90 : 9_000) + Int64($0 % 10) }
        let county = county(of: made)
        let audited = try county.audited()
        #expect(audited.list == ["F05@\(county.next - 3)"])
        #expect(audited.exitCode == 0)
    }

    @Test func `F05 looks at neither few amounts nor amounts of one size`() throws {
        let few = try county(of: Array(Self.natural.dropLast())).audited()
        #expect(few.words["F05"] == "notApplicable")
        let alike = try county(of: Self.natural.map { 90_000 + $0 % 100 }).audited()
        #expect(alike.words["F05"] == "notApplicable")
    }

    // MARK: - F06

    @Test func `F06 fires where more than a tenth of 20 postings are made at night`() throws {
        // 14:00 UTC is 22:00 in China, 21:59 is not yet 06:00; two postings are there already.
        for (nights, count, fires) in [(3, 18, true), (2, 18, false), (3, 17, false)] {
            var county = County()
            var last = -1
            for index in 0..<count {
                let time =
                    index < nights
                    ? (index.isMultiple(of: 2) ? "14:00:00" : "21:59:59") : "06:00:00"
                county.forge.post(
                    by: .county, at: "2022-03-\(10 + index)T\(time)Z",
                    [Draft.allocation(grant: 17, Int64(index + 1))])
                if index == nights - 1 { last = county.forge.count - 3 }
            }
            let audited = try county.audited(asOf: "2022-04-01")
            #expect(audited.list == (fires ? ["F06@\(last)"] : []), "\(nights) of \(count)")
            #expect(audited.exitCode == 0)
        }
    }

    @Test(
        arguments: [
            ("2022-10-03T02:00:00Z", true), ("2022-10-04T02:00:00Z", false),
            // A Saturday, a holiday all the same.
            ("2022-10-01T02:00:00Z", false), ("2022-10-04T13:59:59Z", false),
            ("2022-10-04T14:00:00Z", true), ("2022-10-04T21:59:59Z", true),
            ("2022-10-04T22:00:00Z", false),
        ])
    func `F06 knows nights and the policy's holidays in China`(
        time: String, isOff: Bool
    ) throws {
        let holidays = ["2022-10-01", "2022-10-03"].compactMap { CivilDate($0) }
        let at = try #require(Timestamp(time))
        #expect(F06OffHours.isOffHours(at, WorkingCalendar(holidays: holidays)) == isOff)
    }

    // MARK: - F07

    @Test func `F07 fires where what was reversed is paid to somebody else`() throws {
        // Reversed on 28 January.
        for (payee, amount, day, fires) in [
            (Draft.household(1), 100, "2022-02-04", true),
            (Draft.household(1), 100, "2022-02-05", false),
            (Draft.household(1), 99, "2022-02-01", false),
            // A correction of something else in the voucher.
            (Draft.firm, 100, "2022-02-01", false),
        ] as [(String, Int64, String, Bool)] {
            var county = County()
            let first = county.supply(100)
            county.record(Draft.undo("reversal", first, grant: 17, 100))
            let seq = county.supply(amount, to: payee, date: day)
            let audited = try county.audited()
            #expect(audited.list == (fires ? ["F07@\(seq)"] : []), "\(payee) \(day)")
            #expect(audited.words["F07"] == (fires ? "fired" : "clean"))
            #expect(audited.exitCode == 0)
        }
    }

    @Test func `F07 fires where one officer reverses far more than the others`() throws {
        for (count, fires) in [(5, true), (4, false)] {
            var county = County()
            county.record(Draft.allocation(grant: 17, 1_000_000))
            var last = -1
            for index in 0..<20 {
                for (place, key) in [ForgedKey.county, .chair, .township].enumerated() {
                    let amount = Int64(index * 3 + place + 1)
                    let expense = Draft.expense(
                        Place.township, grant: 17, amount, payee: Draft.household(Int(amount)),
                        plan: 18)
                    let seq = county.forge.count + 1
                    let isUndone = place == 0 && index < count
                    county.forge.post(
                        by: key, at: "2022-03-\(10 + index)T0\(place + 1):00:00Z",
                        isUndone
                            ? [
                                expense,
                                Draft.undo("reversal", seq, Place.township, grant: 17, amount),
                            ] : [expense])
                    if isUndone { last = seq + 1 }
                }
            }
            let audited = try county.audited(asOf: "2022-04-01")
            #expect(audited.list == (fires ? ["F07@\(last)"] : []), "\(count)")
        }
    }

    // MARK: - F09

    @Test func `F09 fires where one supplier has most of an item in three townships`() throws {
        for (units, own, fires) in [
            ([Place.township, Place.sibling, Self.third], 101, true),
            ([Place.village, Place.sibling, Self.third], 101, true),
            ([Place.township, Place.sibling], 101, false),
            ([Place.township, Place.sibling, Self.third], 100, false),
            ([Place.township, Place.sibling, Place.county], 101, false),
        ] as [([String], Int64, Bool)] {
            var county = townships()
            county.record(Draft.allocation(Place.township, Place.village, grant: 17, 10_000))
            var last = -1
            for (index, unit) in units.enumerated() {
                county.record(
                    Draft.expense(
                        unit, grant: 17, 100, payee: Draft.household(index), plan: 18))
                last = county.record(
                    Draft.expense(
                        unit, grant: 17, own, plan: 18, date: "2022-0\(index + 2)-01"))
            }
            let audited = try county.audited(asOf: "2022-06-01")
            #expect(audited.list == (fires ? ["F09@\(last)"] : []), "\(units) \(own)")
            #expect(audited.exitCode == 0)
        }
        #expect(try County().audited().words["F09"] == "notApplicable")
    }
}

extension Draft {
    fileprivate static func allocation(to unit: String) -> RecordFields {
        allocation(Place.county, unit, grant: 17, 20_000_000)
    }
}

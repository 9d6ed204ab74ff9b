// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

/// T02, T03, T05, R07: when households get their money, and how alike; and A05.
@Suite struct PayoutRuleTests {
    // MARK: - T02

    /// The county has the grant since 10 January and pays two households by a batch of the 20th.
    private func paid(
        clocks: [(code: String, level: String?, days: Int64)] = [("payout", "county", 15)]
    ) -> (county: County, batch: Int) {
        var county = County(policy: Draft.spendingPolicy(clocks: clocks))
        let batch = county.pay([Draft.Line(1, 30), Draft.Line(2, 70)])
        return (county, batch)
    }

    @Test func `T02 fires where the last payment arrives after the term`() throws {
        for (day, late) in [("2022-01-25", nil), ("2022-01-26", 1)] as [(String, Int64?)] {
            var (county, batch) = paid()
            county.record(
                Draft.result("settled", of: batch + 1, grant: 17, 30, date: "2022-01-21"),
                Draft.result("settled", of: batch + 2, grant: 17, 70, date: day))
            let audited = try county.audited()
            #expect(audited.list == (late == nil ? [] : ["T02@\(batch)"]), "\(day)")
            #expect(audited.findings.first?.difference == late)
            #expect(audited.words["T02"] == (late == nil ? "clean" : "fired"))
            #expect(audited.exitCode == (late == nil ? 0 : 1))
        }
    }

    @Test func `T02 counts what is open up to the date of the report, and no cancelled line`()
        throws
    {
        var (county, batch) = paid()
        county.record(
            Draft.result("settled", of: batch + 1, grant: 17, 30),
            Draft.result("failed", of: batch + 2, grant: 17, 70))
        #expect(try county.audited(asOf: "2022-01-25").list == [])
        #expect(try county.audited(asOf: "2022-01-26").list == ["T02@\(batch)"])
        county.record(Draft.undo("cancel", batch + 2, grant: 17, 70))
        #expect(try county.audited(asOf: "2022-02-10").list == [])
    }

    @Test func `T02 begins when the county acknowledges, and needs a clock`() throws {
        var (county, batch) = paid()
        county.record(
            Draft.movement(
                "receipt", Place.county, grant: 17, 100_000_000, date: "2022-01-12", target: 17))
        #expect(try county.audited(asOf: "2022-01-27").list == [])
        #expect(try county.audited(asOf: "2022-01-28").list == ["T02@\(batch)"])
        let unclocked = paid(clocks: [("payout", "province", 1)]).county
        #expect(try unclocked.audited().list == [])
        #expect(try County().audited().words["T02"] == "notApplicable")
    }

    @Test func `T02 may be admitted by another person for what the batch comes to`() throws {
        for (amount, counts) in [(Int64(100), true), (99, false)] {
            var (county, batch) = paid()
            let override = county.override("T02", amount)
            let audited = try county.audited(asOf: "2022-02-10")
            #expect(audited.only("T02@\(batch)")?.overriddenBy == (counts ? override : nil))
            #expect(audited.exitCode == (counts ? 0 : 1))
        }
    }

    // MARK: - T03

    /// A batch of winter-spring aid, of which the first of two payments has arrived.
    private func winter(
        period: String, purpose: String = "H6", date: String = "2022-01-20"
    ) throws -> (county: County, batch: Int) {
        let text = String(
            decoding: CanonicalJSON.encode(Draft.spendingPolicy(clocks: [])), as: UTF8.self)
        let policy = try CanonicalJSON.parse(
            Array(text.replacing("\"P1\"", with: "\"\(purpose)\"").utf8))
        var county = County(policy: policy, purpose: purpose)
        let batch = county.pay([Draft.Line(1, 30), Draft.Line(2, 70)], period: period, date: date)
        county.record(Draft.result("settled", of: batch + 1, grant: 17, 30, date: date))
        return (county, batch)
    }

    @Test(
        arguments: [
            ("2021—2022年冬春", "2022-01-20", "2022-05-31"), ("冬春", "2022-06-30", "2022-05-31"),
            ("冬春", "2021-11-01", "2022-05-31"), ("冬春", "2022-07-01", "2023-05-31"),
            ("2022年冬春", "2022-03-01", "2022-05-31"), ("2021-2022", "2021-08-01", "2022-05-31"),
            ("2022-12", "2022-12-01", "2023-05-31"),
        ])
    func `T03 reads the season from the period, or from the date`(
        period: String, date: String, end: String
    ) throws {
        let date = try #require(CivilDate(date))
        #expect(T03MissedSeason.end(ofSeason: period, or: date)?.description == end)
    }

    @Test func `T03 fires from June on for what has not arrived, and for what arrived late`() throws
    {
        var (county, batch) = try winter(period: "2021—2022年冬春")
        #expect(try county.audited(asOf: "2022-05-31").list == [])
        let open = try county.audited(asOf: "2022-06-01")
        #expect(open.list == ["T03@\(batch)"])
        #expect(open.exitCode == 1)
        #expect(open.findings.first?.message.en.contains("1 payments of 0.70 yuan") == true)
        let waiting = county
        county.record(Draft.result("settled", of: batch + 2, grant: 17, 70, date: "2022-05-31"))
        #expect(try county.audited(asOf: "2022-12-01").list == [])
        county = waiting
        county.record(Draft.result("settled", of: batch + 2, grant: 17, 70, date: "2022-06-02"))
        let late = try county.audited(asOf: "2022-12-01")
        #expect(late.list == ["T03@\(batch)"])
        #expect(late.findings.first?.difference == 2)
    }

    @Test func `T03 leaves other purposes alone`() throws {
        let (county, _) = try winter(period: "2021—2022年冬春", purpose: "H3")
        let audited = try county.audited(asOf: "2022-12-01")
        #expect(audited.list == [])
        #expect(audited.words["T03"] == "notApplicable")
    }

    // MARK: - T05

    /// Ten days of 100 fen in summer, and one amount on 28 December 2022, a Wednesday.
    private func year(end amount: Int64, on day: String = "2022-12-28") -> (County, Int) {
        var county = County()
        for index in 0..<10 {
            county.spend(100, to: Draft.household(index), date: "2022-07-\(10 + index)")
        }
        let seq = county.spend(amount, to: Draft.household(99), date: day)
        return (county, seq)
    }

    @Test func `T05 fires where the last five working days are more than three times as heavy`()
        throws
    {
        let (rush, seq) = year(end: 400)
        let audited = try rush.audited(asOf: "2022-12-31")
        #expect(audited.list == ["T05@\(seq)"])
        #expect(audited.findings.first?.severity == .lead)
        #expect(audited.exitCode == 0)
        // 370 is 27 % of the year, and 2.97 times a day's mean.
        #expect(try year(end: 370).0.audited(asOf: "2022-12-31").list == [])
        #expect(try year(end: 400, on: "2022-12-26").0.audited(asOf: "2022-12-31").list.count == 1)
        #expect(try year(end: 400, on: "2022-12-23").0.audited(asOf: "2022-12-31").list == [])
    }

    @Test func `T05 judges no year that has not ended`() throws {
        let audited = try year(end: 400).0.audited(asOf: "2022-12-30")
        #expect(audited.list == [])
        #expect(audited.words["T05"] == "clean")
        #expect(try County().audited().words["T05"] == "notApplicable")
    }

    // MARK: - R07

    /// A roster of ten households, paid by one batch.
    private func shared(
        persons: (Int) -> Int64 = { Int64($0 % 4 + 1) }, amount: (Int) -> Int64 = { _ in 300 },
        applied: Int64? = nil, rate: (amount: Int64, per: String)? = nil
    ) -> (county: County, roster: Int) {
        var county = County()
        let lines = (0..<10).map { Draft.Line($0 + 1, amount($0), persons: persons($0)) }
        let total = (0..<10).reduce(Int64(0)) { $0 + amount($1) }
        let heads = (0..<10).reduce(Int64(0)) { $0 + persons($1) }
        var first: Int?
        if let applied {
            first = county.record(
                Draft.roster(
                    grant: 17, households: applied, persons: applied, total, stage: "reported"))
        }
        let roster = county.record(
            Draft.roster(
                grant: 17, households: 10, persons: heads, total, replaces: first))
        county.forge.post(
            by: .county,
            Draft.batch(
                at: county.next, grant: 17, lines, plan: 18, rate: rate, roster: roster))
        return (county, roster)
    }

    @Test func `R07 fires where households of all sizes get the same`() throws {
        let (county, roster) = shared()
        let audited = try county.audited()
        #expect(audited.list == ["R07@\(roster)"])
        #expect(audited.findings.first?.severity == .lead)
        #expect(audited.exitCode == 0)
        // One of ten may get more.
        #expect(try shared(amount: { $0 == 4 ? 500 : 300 }).county.audited().list.count == 1)
        #expect(try shared(amount: { $0 % 5 == 4 ? 500 : 300 }).county.audited().list == [])
    }

    @Test func `R07 leaves equal households, flat rates and a choice among applicants alone`()
        throws
    {
        #expect(try shared(persons: { _ in 3 }).county.audited().list == [])
        #expect(try shared(persons: { $0 == 0 ? 5 : 3 }).county.audited().list == [])
        #expect(try shared(rate: (300, "household")).county.audited().list == [])
        #expect(try shared(applied: 11).county.audited().list == [])
        let audited = try shared(applied: 11).county.audited()
        #expect(audited.words["R07"] == "clean")
        #expect(try County().audited().words["R07"] == "notApplicable")
        #expect(try shared(applied: 10).county.audited().list.count == 1)
    }

    // MARK: - A05

    /// A county of so many records that three overrides are less than 2 % of them.
    private func large() -> County {
        var county = County()
        county.pay((1...150).map { Draft.Line($0, Int64($0)) })
        return county
    }

    @Test func `A05 fires at one person's third override in 30 days`() throws {
        for (days, key, fires) in [
            (["2022-01-01", "2022-01-15", "2022-01-30"], ForgedKey.chair, true),
            (["2022-01-01", "2022-01-15", "2022-01-31"], .chair, false),
            (["2022-01-01", "2022-01-30"], .chair, false),
            (["2022-01-01", "2022-01-15", "2022-01-30"], .county, false),
        ] {
            var county = large()
            var last = -1
            for (index, day) in days.enumerated() {
                last = county.record(
                    by: index == 1 ? key : .chair,
                    Draft.override("B02", grant: 17, 100, date: day))
            }
            let audited = try county.audited()
            #expect(audited.list == (fires ? ["A05@\(last)"] : []), "\(days)")
            #expect(audited.exitCode == 0)
            #expect(audited.words["A05"] == (fires ? "fired" : "clean"))
        }
    }

    @Test func `A05 fires where three overrides are more than 2 % of the records`() throws {
        var county = County()
        var last = -1
        for day in ["2022-01-01", "2022-02-01", "2022-03-01"] {
            last = county.record(
                by: .chair, Draft.override("B02", grant: 17, 100, date: day))
        }
        #expect(try county.audited().list == ["A05@\(last)"])
        #expect(try large().audited().words["A05"] == "notApplicable")
    }

    // MARK: - Who may be admitted

    @Test(arguments: Audit.rules.filter { !$0.isOverridable }.map(\.code.rawValue))
    func `nobody may override a rule that says so`(rule: String) throws {
        var county = County()
        let seq = county.override(rule, 100)
        #expect(try county.audited().list == ["A07@\(seq)"])
    }
}

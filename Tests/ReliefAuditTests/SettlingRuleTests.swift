// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

/// B06, B07 and C01, and what E02, E04 and B04 say of settlements.
@Suite struct SettlingRuleTests {
    private static func settled(days: Int64 = 90) -> JSONValue {
        Draft.spendingPolicy(clocks: [("settlement", nil, days)])
    }

    /// An advance of 1.00 yuan on 10 January, due by 10 April.
    private func advanced(
        _ county: inout County, purpose: String = "P1", source: String = "central"
    ) -> Int {
        county.record(
            Draft.typed("advance", Draft.grant(100, purpose: purpose, source: source)))
    }

    // MARK: - B06

    @Test func `B06 wants each level's share by the deadline`() throws {
        for (county60, asOf, fires) in [
            (Int64(60), "2022-02-16", false), (59, "2022-02-15", false), (59, "2022-02-16", true),
        ] {
            var county = County()
            let own = county.record(Draft.grant(100, purpose: "P1", source: "county"))
            let promise = county.record(
                Draft.promise(grant: 17, [("county", 60), ("central", 40)]))
            county.record(
                Draft.contribution(to: promise, source: "county", grant: own, county60),
                Draft.contribution(to: promise, source: "central", grant: 21, 40))
            let audited = try county.audited(asOf: asOf)
            guard fires else {
                #expect(audited.list == [] && audited.words["B06"] == "clean")
                continue
            }
            audited.expectOnly(
                "B06@\(promise)", expected: .money(60), actual: .money(59), difference: -1)
        }
        #expect(try County().audited().words["B06"] == "notApplicable")
    }

    @Test func `B06 reports every level, and counts what came in time for the report`() throws {
        var county = County()
        let own = county.record(Draft.grant(100, purpose: "P1", source: "county"))
        let promise = county.record(Draft.promise(grant: 17, [("county", 60), ("central", 40)]))
        #expect(try county.audited().list == ["B06@\(promise)", "B06@\(promise)"])
        county.record(
            Draft.contribution(
                to: promise, source: "county", grant: own, 60, date: "2022-02-28"),
            Draft.contribution(
                to: promise, source: "central", grant: 21, 40, date: "2022-03-05"))
        #expect(try county.audited(asOf: "2022-03-01").list == ["B06@\(promise)"])
        #expect(try county.audited(asOf: "2022-03-05").list == [])
    }

    @Test func `B06 may be overridden, afterwards too`() throws {
        var county = County()
        let promise = county.record(Draft.promise(grant: 17, [("county", 60)]))
        #expect(try county.audited().exitCode == 0)
        let override = county.override("B06", 60)
        let audited = try county.audited()
        #expect(audited.list == ["B06@\(promise)"])
        #expect(audited.findings[0].overriddenBy == override)
    }

    // MARK: - B07

    @Test func `B07 wants an advance settled or returned when its term ends`() throws {
        var county = County(policy: Self.settled())
        let advance = advanced(&county)
        let final = county.record(Draft.typed("settlement", Draft.grant(50, purpose: "P1")))
        #expect(try county.audited(asOf: "2022-04-10").list == [])
        try county.audited(asOf: "2022-04-11").expectOnly(
            "B07@\(advance)", expected: .money(0), actual: .money(100), difference: 1)
        county.record(Draft.settlement(grant: advance, into: final, 60))
        let part = try county.audited(asOf: "2022-04-11")
        #expect(part.list == ["B07@\(advance)"])
        #expect(part.findings[0].actual == .money(40))
        county.record(Draft.movement("return", Place.county, grant: advance, 40))
        let audited = try county.audited(asOf: "2022-12-31")
        #expect(audited.list == [] && audited.words["B07"] == "clean")
        #expect(audited.book.grant(seq: final)?.held == 110)
        #expect(audited.book.grant(seq: advance)?.held == 0)
    }

    @Test func `B07 asks for nothing that was spent, and for what lies below`() throws {
        var county = County(policy: Self.settled())
        let advance = advanced(&county)
        let plan = county.record(Draft.plan(grant: advance, [("food", 100)]))
        county.record(
            Draft.expense(grant: advance, 70, plan: plan),
            Draft.allocation(grant: advance, 30))
        let audited = try county.audited(asOf: "2022-05-01")
        #expect(audited.list == ["B07@\(advance)"])
        #expect(audited.findings[0].actual == .money(30))
    }

    @Test func `B07 counts the term of a carried-over advance from the advance`() throws {
        var county = County(policy: Self.settled())
        let advance = advanced(&county)
        let twin = county.record(Draft.carryover(grant: advance, 100, date: "2022-02-20"))
        #expect(try county.audited(asOf: "2022-04-10").list == [])
        #expect(try county.audited(asOf: "2022-04-11").list == ["B07@\(twin)"])
    }

    @Test func `B07 needs an advance and a clock`() throws {
        var county = County()
        #expect(try county.audited().words["B07"] == "notApplicable")
        _ = advanced(&county)
        let unclocked = try county.audited(asOf: "2023-01-01")
        #expect(unclocked.list == [] && unclocked.words["B07"] == "notApplicable")
        let regular = try County(policy: Self.settled()).audited(asOf: "2023-01-01")
        #expect(regular.list == [] && regular.words["B07"] == "notApplicable")
    }

    // MARK: - Other rules of settlements

    @Test func `E02 keeps what was advanced to its purpose`() throws {
        for (purpose, fires) in [("P1", false), ("P2", true)] {
            var county = County()
            let advance = advanced(&county)
            let final = county.record(Draft.grant(100, purpose: purpose))
            let seq = county.record(Draft.settlement(grant: advance, into: final, 100))
            let audited = try county.audited()
            guard fires else {
                #expect(audited.list == [])
                continue
            }
            audited.expectOnly("E02@\(seq)", expected: .text("P1"), actual: .text("P2"))
        }
    }

    @Test func `B04 and B08 see that no more is settled than was advanced`() throws {
        var county = County()
        let advance = advanced(&county)
        let seq = county.record(Draft.settlement(grant: advance, into: 17, 101))
        #expect(try county.audited().list == ["B04@\(seq)"])
        let undone = county.record(Draft.undo("reversal", seq, grant: advance, 101))
        let audited = try county.audited()
        #expect(audited.book.grant(seq: advance)?.held == 100)
        let again = county.record(Draft.undo("reversal", seq, grant: advance, 1))
        #expect(try county.audited().list.contains("B08@\(again)"))
        #expect(!audited.list.contains("B08@\(undone)"))
    }

    @Test func `E04 settles into a grant that covers the unit`() throws {
        var county = County()
        let advance = advanced(&county)
        county.record(Draft.allocation(grant: advance, 100))
        let final = county.record(Draft.grant(100, purpose: "P1", scope: Place.sibling))
        let seq = county.record(
            Draft.settlement(Place.township, grant: advance, into: final, 50))
        #expect(try county.audited().list == ["E04@\(seq)"])
    }

    // MARK: - C01

    private static func acknowledged(_ days: Int64) -> JSONValue {
        Draft.spendingPolicy(clocks: [("acknowledge", "township", days)])
    }

    @Test func `C01 wants an allocation acknowledged within the policy's days`() throws {
        var county = County(policy: Self.acknowledged(5))
        let allocation = county.record(Draft.allocation(grant: 17, 100, date: "2022-01-20"))
        #expect(try county.audited(asOf: "2022-01-25").list == [])
        try county.audited(asOf: "2022-01-26").expectOnly(
            "C01@\(allocation)", expected: .money(100), actual: .money(0), difference: -100)
        county.record(
            Draft.receipt(Place.township, of: allocation, grant: 17, 99, date: "2022-01-21"))
        #expect(try county.audited(asOf: "2022-01-25").list == [])
        #expect(try county.audited(asOf: "2022-01-26").findings[0].difference == -1)
        county.record(
            Draft.receipt(Place.township, of: allocation, grant: 17, 1, date: "2022-01-26"))
        let audited = try county.audited()
        #expect(audited.list == [] && audited.words["C01"] == "clean")
    }

    @Test func `C01 without a clock compares what was acknowledged at all`() throws {
        var county = County()
        #expect(try county.audited().words["C01"] == "notApplicable")
        let first = county.record(Draft.allocation(grant: 17, 100))
        let silent = try county.audited()
        #expect(silent.list == [] && silent.words["C01"] == "notEvaluable")
        county.record(Draft.receipt(Place.township, of: first, grant: 17, 100, date: "2022-01-21"))
        county.record(Draft.allocation(grant: 17, 50))
        let matched = try county.audited()
        #expect(matched.list == [] && matched.words["C01"] == "clean")
        county.record(Draft.receipt(Place.township, of: first, grant: 17, 1, date: "2022-01-21"))
        try county.audited().expectOnly(
            "C01@\(first)", expected: .money(100), actual: .money(101), difference: 1)
    }

    @Test func `C01 looks at no grant, and at what a reversal left of an allocation`() throws {
        var county = County(policy: Self.acknowledged(5))
        county.record(Draft.receipt(of: 17, grant: 17, 5))
        let allocation = county.record(Draft.allocation(grant: 17, 100))
        county.record(
            Draft.receipt(Place.township, of: allocation, grant: 17, 60, date: "2022-01-21"),
            Draft.undo("reversal", allocation, grant: 17, 40, date: "2022-01-24"))
        #expect(try county.audited().list == [])
    }
}

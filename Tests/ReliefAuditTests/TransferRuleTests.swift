// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

/// E06 and B05: money that goes into another grant, and what the other rules say of it.
@Suite struct TransferRuleTests {
    private static func next(
        purpose: String = "P1", source: String = "central", scope: String? = nil, year: Int64 = 2023
    ) -> RecordFields {
        Draft.grant(100, purpose: purpose, scope: scope, source: source)
            .filter { $0.0 != "year" } + [("year", .integer(year))]
    }

    // MARK: - E06

    @Test func `E06 asks for the source's level or one above it, and for a number`() throws {
        let levels = ["central", "provincial", "prefecture", "county"]
        for (source, first) in zip(levels, 0...) {
            for (level, rank) in zip(levels + ["donation", "unstated"], 0...) {
                var county = County()
                let grant = county.record(Draft.grant(100, purpose: "P1", source: source))
                let seq = county.record(
                    Draft.repurpose(grant: grant, 10, purpose: "P2", level: level))
                let audited = try county.audited()
                guard rank > first else {
                    #expect(audited.list == [], "\(source) \(level)")
                    continue
                }
                audited.expectOnly(
                    "E06@\(seq)", expected: .text("≥ \(source)"), actual: .text(level))
            }
        }
        for (number, fires) in [("调〔2022〕1号", false), ("unstated", true), (nil, true)] {
            var county = County()
            let seq = county.record(
                Draft.repurpose(
                    grant: 17, 10, purpose: "P2", document: Draft.document(number, "2022-01-15")))
            let audited = try county.audited()
            #expect(audited.list.contains("E06@\(seq)") == fires)
            #expect(audited.words["E06"] == (fires ? "fired" : "clean"))
        }
        #expect(try County().audited().words["E06"] == "notApplicable")
    }

    @Test func `E06 lets donors alone change what their money is for`() throws {
        for (source, level, fires) in [
            ("donation", "donation", false), ("donation", "central", true),
            ("unstated", "county", false),
        ] {
            var county = County()
            let grant = county.record(Draft.grant(100, purpose: "P1", source: source))
            let seq = county.record(Draft.repurpose(grant: grant, 10, purpose: "P2", level: level))
            let list = try county.audited().list
            #expect(list.contains("E06@\(seq)") == fires, "\(source) \(level)")
        }
    }

    @Test func `E06 keeps sources apart and money within relief`() throws {
        for (source, fires) in [("central", false), ("provincial", true)] {
            var county = County()
            let into = county.record(Draft.grant(100, purpose: "P2", source: source))
            let seq = county.record(Draft.repurpose(grant: 17, 10, into: into))
            let audited = try county.audited()
            #expect(audited.list == (fires ? ["E06@\(seq)"] : []))
        }
        var county = County()
        let seq = county.record(Draft.repurpose(grant: 17, 10, purpose: "G0"))
        try county.audited().expectOnly(
            "E06@\(seq)", expected: .text("≠ G0"), actual: .text("G0"))
    }

    @Test func `E06 nobody may override it`() throws {
        var county = County()
        let override = county.override("E06", 100)
        let seq = county.record(Draft.repurpose(grant: 17, 10, purpose: "P2", level: "county"))
        let audited = try county.audited()
        #expect(audited.list == ["A07@\(override)", "E06@\(seq)"])
        #expect(audited.exitCode == 1)
    }

    @Test func `a grant that a change of purpose opens is planned and spent as any other`() throws {
        var county = County(purpose: "P1")
        let twin = county.record(Draft.repurpose(grant: 17, 1_000, purpose: "P2"))
        let plan = county.record(Draft.plan(grant: twin, [("food", 1_000)]))
        county.pay([Draft.Line(1, 400)], grant: twin, plan: plan)
        let audited = try county.audited()
        #expect(audited.list == [])
        let account = try #require(
            audited.book.account(grant: twin, unit: UnitID(Place.county) ?? .state))
        #expect(account[.available] == 600)
        #expect(audited.book.grant(seq: twin)?.terms.purpose == "P2")
        // What P2 does not buy stays forbidden.
        let seq = county.record(
            Draft.expense(grant: twin, 10, item: "tent", plan: plan))
        #expect(try county.audited().list == ["E01@\(seq)"])
    }

    // MARK: - B05

    @Test func `B05 wants all that is available, not a fen more or less`() throws {
        for (amount, fires) in [(Int64(69), true), (70, false), (71, true)] {
            var county = County()
            let grant = county.record(Draft.grant(100, purpose: "P1"))
            county.record(Draft.allocation(grant: grant, 30))
            let seq = county.record(Draft.carryover(grant: grant, amount))
            let audited = try county.audited()
            #expect(audited.words["B05"] == (fires ? "fired" : "clean"))
            guard fires else {
                #expect(audited.list == [])
                continue
            }
            audited.expectOnly(
                "B05@\(seq)", expected: .money(70), actual: .money(amount),
                difference: amount - 70)
        }
        #expect(try County().audited().words["B05"] == "notApplicable")
    }

    @Test func `B05 wants a grant of the next year on the same terms`() throws {
        let cases: [(into: RecordFields, expected: String?, actual: String)] = [
            (Self.next(), nil, ""), (Self.next(purpose: "P2"), "P1", "P2"),
            (Self.next(source: "provincial"), "central", "provincial"),
            (Self.next(scope: Place.province), Place.county, Place.province),
            (Self.next(year: 2022), "2023", "2022"), (Self.next(year: 2024), "2023", "2024"),
        ]
        for row in cases {
            var county = County()
            let grant = county.record(Draft.grant(100, purpose: "P1"))
            let into = county.record(row.into)
            let seq = county.record(Draft.carryover(grant: grant, 100, into: into))
            let audited = try county.audited()
            guard let expected = row.expected else {
                #expect(audited.list == [])
                continue
            }
            audited.expectOnly("B05@\(seq)", expected: .text(expected), actual: .text(row.actual))
        }
    }

    @Test func `B05 nobody may override it`() throws {
        var county = County()
        let override = county.override("B05", 100)
        let seq = county.record(Draft.carryover(grant: 17, 10))
        let audited = try county.audited()
        #expect(audited.list == ["A07@\(override)", "B05@\(seq)"])
        #expect(audited.exitCode == 1)
    }

    @Test func `units carry over into one grant, and its expiry reaches to the year's end`() throws
    {
        var county = County(expiry: "2022-12-31")
        county.record(Draft.allocation(grant: 17, 30))
        let twin = county.record(Draft.carryover(grant: 17, 99_999_970))
        county.record(Draft.carryover(Place.township, grant: 17, 30, into: twin))
        let audited = try county.audited()
        #expect(audited.list == [])
        let grant = try #require(audited.book.grant(seq: twin))
        #expect(grant.terms.year == 2023 && grant.expiry == CivilDate("2023-12-31"))
        #expect((grant.granted, grant.movedIn, grant.held) == (0, 100_000_000, 100_000_000))
        #expect(audited.book.grant(seq: 17)?.held == 0)
    }

    @Test func `a carry-over that was wrong is reversed`() throws {
        var county = County()
        let twin = county.record(Draft.carryover(grant: 17, 100_000_000))
        county.record(Draft.undo("reversal", twin, grant: 17, 100_000_000, date: "2022-02-21"))
        let audited = try county.audited()
        #expect(audited.list == [])
        #expect(audited.book.grant(seq: 17)?.held == 100_000_000)
        #expect(audited.book.grant(seq: 17)?.movedOut == 0)
        #expect(audited.book.grant(seq: twin)?.movedIn == 0)
        let again = county.record(Draft.undo("reversal", twin, grant: 17, 1, date: "2022-02-21"))
        #expect(try county.audited().list.contains("B08@\(again)"))
    }

    // MARK: - Other rules

    @Test func `B04 counts what a change of purpose takes, E04 where and when it may go`() throws {
        var county = County()
        let over = county.record(Draft.repurpose(grant: 17, 100_000_001, purpose: "P2"))
        #expect(try county.audited().list == ["B04@\(over)"])

        var narrow = County()
        narrow.record(Draft.allocation(grant: 17, 100))
        let into = narrow.record(
            Draft.grant(to: Place.county, 100, purpose: "P2", scope: Place.sibling))
        let outside = narrow.record(
            Draft.repurpose(Place.township, grant: 17, 50, into: into))
        #expect(try narrow.audited().list == ["E04@\(outside)"])

        for (date, fires) in [("2022-01-19", false), ("2022-01-20", true)] {
            var late = County(expiry: "2022-01-19")
            let seq = late.record(Draft.repurpose(grant: 17, 50, purpose: "P2", date: date))
            #expect(try late.audited().list == (fires ? ["E04@\(seq)"] : []))
        }
    }

    @Test func `A06 compares the approval with the paper that brought the money`() throws {
        for (date, fires) in [("2022-01-08", true), ("2022-01-09", false)] {
            var county = County()
            let seq = county.record(
                Draft.repurpose(
                    grant: 17, 50, purpose: "P2", document: Draft.document("调1号", date)))
            #expect(try county.audited().list == (fires ? ["A06@\(seq)"] : []))
        }
    }

    @Test func `A07 lets a unit's own officers alone move its money between grants`() throws {
        var county = County()
        let seq = county.record(
            by: .township, Draft.repurpose(grant: 17, 50, purpose: "P2"))
        let other = county.record(by: .township, Draft.carryover(grant: 21, 100_000_000))
        #expect(try county.audited().list == ["A07@\(seq)", "A07@\(other)"])
    }

    @Test func `T01 takes a carry-over as going on, and as coming in for a term of its own`() throws
    {
        var county = County(
            policy: Draft.spendingPolicy(clocks: [("onward", "county", 30)]))
        county.record(Draft.allocation(grant: 21, 100_000_000))
        let twin = county.record(
            Draft.carryover(grant: 17, 100_000_000, date: "2022-02-01"))
        #expect(try county.audited(asOf: "2022-03-03").list == [])
        #expect(try county.audited(asOf: "2022-03-04").list == ["T01@\(twin)"])
    }
}

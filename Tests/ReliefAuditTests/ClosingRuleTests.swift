// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

/// T04 in closed periods, and A04 of findings that are settled.
@Suite struct ClosingRuleTests {
    // MARK: - T04

    @Test(arguments: [("2022-01-31", Int64(1), true), ("2022-02-01", 0, false)])
    func `T04 reports what is dated in a period that was closed before`(
        date: String, days: Int64, fires: Bool
    ) throws {
        var county = County()
        let earlier = county.record(Draft.allocation(grant: 17, 10, date: "2022-01-20"))
        county.record(Draft.close())
        let seq = county.record(Draft.allocation(grant: 17, 10, date: date))
        let spent = county.spend(5, date: date)
        let audited = try county.audited()
        #expect(audited.list == (fires ? ["T04@\(seq)", "T04@\(spent)"] : []))
        #expect(audited.words["T04"] == (fires ? "fired" : "clean"))
        #expect(!audited.list.contains("T04@\(earlier)"))
        guard fires else { return }
        #expect(audited.findings[0].expected == .text("> 2022-01-31"))
        #expect(audited.findings[0].actual == .text(date))
        #expect(audited.findings[0].difference == days)
        #expect(audited.exitCode == 0)
    }

    @Test func `T04 a unit above closes the books below, and none beside or above it`() throws {
        for (closer, fires) in [
            (Place.county, true), (Place.township, true), (Place.sibling, false),
        ] {
            var county = County()
            county.record(Draft.allocation(grant: 17, 100, date: "2022-01-15"))
            county.record(Draft.close(closer))
            let seq = county.record(
                Draft.movement("return", Place.township, Place.county, grant: 17, 10))
            #expect(try county.audited().list == (fires ? ["T04@\(seq)"] : []), "\(closer)")
        }
        var above = County()
        above.record(Draft.close(Place.township))
        above.record(Draft.allocation(grant: 17, 10, date: "2022-01-20"))
        #expect(try above.audited().list == [])
    }

    @Test func `T04 an earlier closing opens nothing again`() throws {
        var county = County()
        county.record(Draft.close(until: "2022-01-31"), Draft.close(until: "2022-01-10"))
        let seq = county.record(Draft.allocation(grant: 17, 10, date: "2022-01-20"))
        #expect(try county.audited().list == ["T04@\(seq)"])
    }

    @Test func `T04 of a closed period may be overridden`() throws {
        var county = County()
        county.record(Draft.close())
        let override = county.override("T04", 10)
        let seq = county.record(Draft.allocation(grant: 17, 10, date: "2022-01-20"))
        let audited = try county.audited()
        #expect(audited.list == ["T04@\(seq)"])
        #expect(audited.findings[0].overriddenBy == override)
    }

    @Test func `T04 with a clock and a closed period are two findings`() throws {
        var county = County(policy: Draft.spendingPolicy(clocks: [("recording", nil, 3650)]))
        county.record(Draft.close())
        let seq = county.record(Draft.allocation(grant: 17, 10, date: "2022-01-20"))
        #expect(try county.audited().list == ["T04@\(seq)"])
    }

    // MARK: - A04

    @Test func `A04 another person than the one who sealed the entry settles a finding`() throws {
        for (key, fires) in [
            (ForgedKey.chair, false), (.county, true), (.countySecond, true),
        ] {
            var county = County()
            let subject = county.spend(500)
            let finding = county.record(by: .chair, Draft.finding(about: subject))
            let seq = county.record(by: key, Draft.resolution(of: finding))
            let audited = try county.audited()
            #expect(audited.words["A04"] == (fires ? "fired" : "clean"))
            guard fires else {
                #expect(audited.list == [])
                continue
            }
            audited.expectOnly(
                "A04@\(seq)", expected: .text("≠ P-county"), actual: .text("P-county"))
        }
    }

    @Test func `A04 has nothing to say of a finding that nobody has settled`() throws {
        var county = County()
        let subject = county.spend(500)
        county.record(Draft.finding(about: subject))
        let audited = try county.audited()
        #expect(audited.list == [] && audited.words["A04"] == "notApplicable")
        #expect(audited.book.findings[0].isOpen)
    }

    @Test func `A04 a settled finding is no more open, a confirmed one still is`() throws {
        var county = County()
        let subject = county.spend(500)
        let finding = county.record(by: .chair, Draft.finding(about: subject, amount: 500))
        county.record(by: .chair, Draft.resolution(of: finding, outcome: "confirmed"))
        #expect(try county.audited().book.finding(seq: finding)?.isOpen == true)
        let undone = county.record(Draft.undo("reversal", subject, grant: 17, 500))
        county.record(
            by: .chair, Draft.resolution(of: finding, outcome: "rectified", record: undone))
        let audited = try county.audited()
        #expect(audited.list == [])
        #expect(audited.book.finding(seq: finding)?.isOpen == false)
    }
}

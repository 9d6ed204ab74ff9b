// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import Testing

@testable import ReliefAudit

@Suite struct TimeRuleTests {
    static let clocks: [(code: String, level: String?, days: Int64)] = [
        ("onward", "province", 30)
    ]

    /// A province's grant of 100 on 10 January, due onward by 9 February.
    private func provincial(_ amount: Int64 = 100) -> (forge: Forge, grant: Int) {
        Forge.granted(
            clocks: Self.clocks, Draft.grant(to: Place.province, amount, date: "2022-01-10"))
    }

    private func onward(_ grant: Int, _ amount: Int64, _ date: String) -> RecordFields {
        Draft.allocation(Place.province, Place.county, grant: grant, amount, date: date)
    }

    @Test func `T01 money sent on by the thirtieth day is in time`() throws {
        var (forge, grant) = provincial()
        _ = forge.record(onward(grant, 100, "2022-02-09"))
        let audited = try Audited(forge, asOf: "2022-12-31")
        #expect(audited.list == [])
        #expect(audited.words["T01"] == "clean")
    }

    @Test func `T01 money sent on a day later is late by a day`() throws {
        var (forge, grant) = provincial()
        _ = forge.record(onward(grant, 100, "2022-02-10"))
        let audited = try Audited(forge, asOf: "2022-12-31")
        #expect(audited.list == ["T01@\(grant)"])
        #expect(audited.findings[0].difference == 1)
        #expect(audited.findings[0].severity == .violation)
    }

    @Test func `T01 money still held is late from the day after the term`() throws {
        let (forge, grant) = provincial()
        #expect(try Audited(forge, asOf: "2022-02-09").list == [])
        let audited = try Audited(forge, asOf: "2022-02-10")
        #expect(audited.list == ["T01@\(grant)"])
        #expect(audited.findings[0].message.en.contains("1.00 is still held"))
    }

    @Test func `T01 what is held is what was not sent on in part`() throws {
        var (forge, grant) = provincial()
        _ = forge.record(onward(grant, 60, "2022-01-20"))
        let audited = try Audited(forge, asOf: "2022-03-01")
        #expect(audited.list == ["T01@\(grant)"])
        #expect(audited.findings[0].message.en.contains("0.40 yuan was late"))
        #expect(audited.findings[0].message.en.contains("0.40 is still held"))
    }

    @Test func `T01 matches first in, first out`() throws {
        // 100 of 10 January and 50 returned from below on 1 February; 120 go on in time: all of
        // the first and 20 of the second, whose own term runs to 3 March.
        var (forge, grant) = provincial()
        let back =
            forge.record(
                onward(grant, 100, "2022-01-20"),
                Draft.movement(
                    "return", Place.county, Place.province, grant: grant, 50, date: "2022-02-01"),
                onward(grant, 20, "2022-02-09")
            ).lowerBound + 1
        #expect(try Audited(forge, asOf: "2022-03-03").list == [])
        let audited = try Audited(forge, asOf: "2022-03-04")
        #expect(audited.list == ["T01@\(back)"])
        #expect(audited.findings[0].message.en.contains("0.30 is still held"))
    }

    @Test func `T01 outflows after the date of the report have not happened yet`() throws {
        var (forge, grant) = provincial()
        _ = forge.record(onward(grant, 100, "2022-02-20"))
        let audited = try Audited(forge, asOf: "2022-02-15")
        #expect(audited.list == ["T01@\(grant)"])
        #expect(audited.findings[0].difference == 6)
        #expect(audited.findings[0].message.en.contains("1.00 is still held"))
    }

    @Test func `T01 has no clock for a county unless a policy sets one`() throws {
        var (forge, grant) = Forge.granted(clocks: Self.clocks)
        _ = forge.record(Draft.allocation(grant: grant, 1))
        let audited = try Audited(forge, asOf: "2022-12-31")
        #expect(audited.list == [])
        #expect(audited.words["T01"] == "notApplicable")
        let everyone = Forge.granted(clocks: [("onward", nil, 30)])
        #expect(try Audited(everyone.forge, asOf: "2022-12-31").list == ["T01@\(everyone.grant)"])
    }

    @Test(
        arguments: [
            ("2022-04-30T15:59:59Z", "2022-04-20", nil),  // the tenth day in China
            ("2022-04-30T16:00:00Z", "2022-04-20", 1),  // the eleventh
            ("2022-04-30T15:59:59Z", "2022-04-19", 1), ("2022-04-30T15:59:59Z", "2022-04-30", nil),
            ("2022-04-30T15:59:59Z", "2022-05-01", 1), ("2022-04-30T16:00:00Z", "2022-05-01", nil),
        ] as [(String, String, Int64?)])
    func `T04 counts the days from business date to recording in China`(
        at: String, date: String, late: Int64?
    ) throws {
        var (forge, grant) = Forge.granted(
            clocks: [("recording", nil, 10)], Draft.grant(date: "2022-03-01"))
        let seq = forge.post(
            by: Forge.provincial, at: at, [Draft.allocation(grant: grant, 1, date: date)]
        ).lowerBound
        let audited = try Audited(forge, asOf: "2022-05-31")
        #expect(audited.list == (late == nil ? [] : ["T04@\(seq)"]))
        #expect(audited.findings.first?.difference == late)
        #expect(audited.words["T04"] == (late == nil ? "clean" : "fired"))
    }

    @Test func `T04 is not applicable without a clock, and reports every late entry`() throws {
        var (forge, grant) = Forge.granted()
        _ = forge.record(Draft.allocation(grant: grant, 1))
        #expect(try Audited(forge).words["T04"] == "notApplicable")
        (forge, grant) = Forge.granted(
            clocks: [("recording", nil, 10)], Draft.grant(date: "2022-03-01"))
        let entries = forge.post(
            by: Forge.provincial, at: "2022-05-01T00:00:00Z",
            (0..<3).map { _ in Draft.allocation(grant: grant, 1, date: "2022-04-01") })
        #expect(try Audited(forge, asOf: "2022-05-31").list == entries.map { "T04@\($0)" })
    }
}

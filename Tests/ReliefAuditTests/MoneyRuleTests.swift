// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import Testing

@testable import ReliefAudit

@Suite struct MoneyRuleTests {
    @Test func `E04 fires outside the scope, across lines and after the expiry`() throws {
        var (forge, grant) = Forge.granted(
            Draft.grant(scope: Place.township, expiry: "2022-02-01"))
        let entries = forge.record(
            Draft.allocation(grant: grant, 10),  // near miss: inside scope
            Draft.allocation(Place.county, Place.sibling, grant: grant, 1),
            Draft.allocation(grant: grant, 1, date: "2022-02-01"),  // near miss: the last day
            Draft.allocation(grant: grant, 1, date: "2022-02-02"),
            Draft.movement("recall", Place.county, Place.township, grant: grant, 1),
            Draft.movement("return", Place.township, Place.county, grant: grant, 1),
            Draft.movement("return", Place.township, Place.sibling, grant: grant, 1),
            Draft.movement(
                "recall", Place.county, Place.township, grant: grant, 1, date: "2022-02-03"))
        let audited = try Audited(forge)
        let first = entries.lowerBound
        #expect(audited.list == ["E04@\(first + 1)", "E04@\(first + 3)", "E04@\(first + 6)"])
        #expect(audited.findings[1].difference == 1)
        #expect(audited.words["E04"] == "fired")
    }

    @Test func `E04 is clean with movements and not applicable without`() throws {
        var (forge, grant) = Forge.granted()
        #expect(try Audited(forge).words["E04"] == "notApplicable")
        _ = forge.record(Draft.allocation(grant: grant, 1))
        let audited = try Audited(forge)
        #expect(audited.list == [])
        #expect(audited.words["E04"] == "clean")
    }

    @Test func `E04 an allocation to the unit itself or upwards runs along no line`() throws {
        for (from, to) in [
            (Place.county, Place.county), (Place.township, Place.county),
            (Place.sibling, Place.township),
        ] {
            var (forge, grant) = Forge.granted()
            _ = forge.record(
                Draft.allocation(Place.county, Place.township, grant: grant, 10),
                Draft.allocation(Place.county, Place.sibling, grant: grant, 10))
            let seq = forge.record(Draft.allocation(from, to, grant: grant, 1)).lowerBound
            #expect(try Audited(forge).list == ["E04@\(seq)"], "\(from) → \(to)")
        }
    }

    @Test func `E07 fires on each thing that is not stated`() throws {
        let stated = Draft.grant()
        let cases: [(RecordFields, Bool)] = [
            (stated, false), (Draft.grant(purpose: "U0"), true),
            (Draft.grant(source: "unstated"), true),
            (Draft.grant(document: Draft.document("unstated")), true),
            // A paper that bears no number has none to state.
            (Draft.grant(document: Draft.document(nil, "2022-01-01")), false),
            (Draft.grant(document: Draft.document("unstated.")), false),
            (Draft.grant(expiry: "unstated"), false),
        ]
        for (grant, fires) in cases {
            let (forge, seq) = Forge.granted(grant)
            let audited = try Audited(forge)
            #expect(audited.list == (fires ? ["E07@\(seq)"] : []))
            #expect(audited.findings.allSatisfy { !$0.severity.isViolation })
        }
        #expect(try Audited(Forge.county()).words["E07"] == "notApplicable")
    }

    @Test func `E07 fires on movements whose document number is not stated`() throws {
        var (forge, grant) = Forge.granted()
        let entries = forge.record(
            Draft.allocation(grant: grant, 1, document: Draft.document("unstated")),
            Draft.allocation(grant: grant, 1, document: Draft.document(nil, "2022-01-20")),
            Draft.allocation(grant: grant, 1))
        #expect(try Audited(forge).list == ["E07@\(entries.lowerBound)"])
    }

    @Test func `B03 fires from the first fen too many`() throws {
        for (amount, fires) in [(Int64(99_999), false), (100_000, false), (100_001, true)] {
            var (forge, grant) = Forge.granted()
            let seq = forge.record(Draft.allocation(grant: grant, amount)).lowerBound
            let audited = try Audited(forge)
            #expect(audited.list == (fires ? ["B03@\(seq)"] : []))
            #expect(audited.words["B03"] == (fires ? "fired" : "clean"))
            #expect(audited.findings.first?.difference == (fires ? 1 : nil))
        }
    }

    @Test func `B03 keeps grants apart`() throws {
        var (forge, grant) = Forge.granted()
        let other = forge.record(Draft.grant(500)).lowerBound
        let seq =
            forge.record(
                Draft.allocation(grant: grant, 100_000), Draft.allocation(grant: other, 501)
            ).upperBound - 1
        let audited = try Audited(forge)
        #expect(audited.list == ["B03@\(seq)"])
        #expect(audited.findings[0].grant == other)
        #expect(try Audited(Forge.granted().forge).words["B03"] == "notApplicable")
    }

    @Test func `B04 fires on a recall or return of more than is there`() throws {
        for (amount, fires) in [(Int64(60), false), (61, true)] {
            for kind in ["recall", "return"] {
                var (forge, grant) = Forge.granted()
                _ = forge.record(Draft.allocation(grant: grant, 60))
                let (unit, other) =
                    kind == "recall"
                    ? (Place.county, Place.township) : (Place.township, Place.county)
                let seq = forge.record(Draft.movement(kind, unit, other, grant: grant, amount))
                    .lowerBound
                let audited = try Audited(forge)
                #expect(audited.list == (fires ? ["B04@\(seq)"] : []), "\(kind) \(amount)")
                #expect(audited.words["B04"] == (fires ? "fired" : "clean"))
            }
        }
        #expect(try Audited(Forge.county()).words["B04"] == "notApplicable")
    }

    @Test func `B04 sees a date on which the balance is negative though no record made it so`()
        throws
    {
        // The grant is of 10 January; sent on at once is right, a day earlier is not.
        for (date, fires) in [("2022-01-10", false), ("2022-01-09", true)] {
            var (forge, grant) = Forge.granted()
            let seq = forge.record(Draft.allocation(grant: grant, 5, date: date)).lowerBound
            let audited = try Audited(forge)
            #expect(audited.list == (fires ? ["B04@\(seq)"] : []), "\(date)")
            #expect(audited.findings.first?.difference == (fires ? 5 : nil))
        }
        // Not yet so on the date that the report is made for.
        var (forge, grant) = Forge.granted(Draft.grant(date: "2022-02-10"))
        let seq = forge.record(Draft.allocation(grant: grant, 5, date: "2022-02-09")).lowerBound
        #expect(try Audited(forge, asOf: "2022-02-08").list == [])
        #expect(try Audited(forge, asOf: "2022-02-09").list == ["B04@\(seq)"])
    }

    @Test func `A06 fires where a paper states a date before its source's, once a paper`() throws {
        for (date, fires) in [("2022-01-05", false), ("2022-01-06", false), ("2022-01-04", true)] {
            var (forge, grant) = Forge.granted(
                Draft.grant(document: Draft.document("1", "2022-01-05")))
            let paper = Draft.document("2", date)
            let entries = forge.record(
                Draft.allocation(grant: grant, 1, document: paper),
                Draft.allocation(Place.county, Place.sibling, grant: grant, 1, document: paper))
            let audited = try Audited(forge)
            #expect(audited.list == (fires ? ["A06@\(entries.lowerBound)"] : []), "\(date)")
            #expect(audited.words["A06"] == (fires ? "fired" : "clean"))
            if fires {
                #expect(audited.findings[0].difference == 1)
                #expect(audited.findings[0].message.en.contains("2 entries"))
                #expect(!audited.findings[0].severity.isViolation)
            }
        }
    }

    @Test func `A06 cannot judge papers without dates`() throws {
        var (forge, grant) = Forge.granted(Draft.grant(document: Draft.document("1", "2022-01-05")))
        _ = forge.record(Draft.allocation(grant: grant, 1, document: Draft.document("2")))
        let audited = try Audited(forge)
        #expect(audited.list == [])
        #expect(audited.words["A06"] == "notEvaluable")
    }
}

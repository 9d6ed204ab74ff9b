// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import Testing

@testable import ReliefReconciliation

/// A province that passes money on to a county, each with a ledger of its own.
@Suite struct LedgersReconciliationTests {
    private static let provinceKey = ForgedKey("province")

    /// One passage: number, amount, and the unit that gets it.
    private struct Passage {
        var number: String?
        let amount: Int64
        var unit = Place.county
        var date = "2022-03-01"
    }

    private func province(
        _ passages: [Passage], and more: (inout Forge, Range<Int>) -> Void = { _, _ in }
    ) -> Forge {
        var forge = Forge(
            steward: Place.province, id: "ff0102030405060708090a0b0c0d0e0f",
            origin: "yunnan.example/relief")
        forge.post(
            by: .root,
            Draft.units + [
                Draft.unit(Place.neighbour, in: Place.province),
                forge.enrolment(Self.provinceKey, unit: Place.province), Draft.adopt(),
            ])
        let grant = forge.count + 1
        forge.post(
            by: Self.provinceKey,
            [Draft.grant(to: Place.province, 900_000_000, document: Draft.document("财资环〔2022〕1号"))])
        let seqs = forge.post(
            by: Self.provinceKey,
            passages.map { passage in
                Draft.allocation(
                    Place.province, passage.unit, grant: grant, passage.amount,
                    date: passage.date, document: passage.number.map { Draft.document($0) })
            })
        more(&forge, seqs)
        return forge
    }

    private func county(
        _ passages: [Passage], policy: JSONValue = Draft.policy(), source: String = "central"
    ) -> Forge {
        var forge = Forge.county(policy: policy)
        forge.post(
            by: .county,
            passages.map { passage in
                Draft.grant(
                    to: passage.unit, passage.amount, date: passage.date,
                    document: Draft.document(passage.number ?? "unstated"), scope: Place.county,
                    source: source)
            })
        return forge
    }

    private func report(
        _ upper: Forge, _ lower: Forge, days: Int? = nil
    ) throws -> ReconciliationReport {
        try #require(
            try LedgersReconciliation.report(
                lower: lower.verified(), upper: upper.verified(), days: days))
    }

    private func checks(_ report: ReconciliationReport) -> [String] {
        report.findings.map { "\($0.status.rawValue) \($0.check)" }
    }

    @Test func `the same number and amount agree, however brackets and spaces are written`() throws
    {
        let report = try report(
            province([Passage(number: "云财资环〔2022〕5号", amount: 310_000_00)]),
            county([Passage(number: "云财资环 [２０２２] 5号", amount: 310_000_00)]))
        #expect(checks(report) == ["agrees same"])
        #expect(report.exitCode == 0)
        #expect(report.contains("310,000.00"))
    }

    @Test func `another number is another document`() throws {
        let report = try report(
            province([Passage(number: "云财〔2022〕5号", amount: 100)]),
            county([Passage(number: "云财〔2022〕6号", amount: 200)]))
        #expect(checks(report) == ["differs onlyUpper", "differs onlyLower"])
    }

    @Test func `both sides are shown where amounts differ, and neither is blamed`() throws {
        let report = try report(
            province([Passage(number: "5号", amount: 310_000_00)]),
            county([Passage(number: "5号", amount: 300_000_00)]))
        let finding = try #require(report.findings("amount").first)
        #expect(finding.stated == "310,000.00")
        #expect(finding.computed == "300,000.00")
        #expect(finding.difference == "-10,000.00")
        #expect(finding.message.en.contains("cannot tell which is wrong"))
        #expect(finding.place?.en.contains("upper 15 / lower 13") ?? false, "\(report.lines)")
    }

    @Test func `several entries of one number may agree in sum`() throws {
        let report = try report(
            province([Passage(number: "5号", amount: 100), Passage(number: "5号", amount: 250)]),
            county([Passage(number: "5号", amount: 350)]))
        #expect(checks(report) == ["agrees together"])
    }

    @Test func `equal amounts of one number pair once each`() throws {
        let report = try report(
            province([Passage(number: "5号", amount: 100), Passage(number: "5号", amount: 100)]),
            county([Passage(number: "5号", amount: 100)]))
        #expect(checks(report) == ["differs onlyUpper", "agrees same"])
    }

    @Test func `one amount under two numbers is named as such`() throws {
        let report = try report(
            province([Passage(number: "云财〔2022〕5号", amount: 100)]),
            county([Passage(number: nil, amount: 100)]))
        #expect(checks(report) == ["differs number"])
        #expect(report.contains("lower “not stated”"))
    }

    @Test func `one number at two units is named as such`() throws {
        let report = try report(
            province([Passage(number: "5号", amount: 100)]),
            county([Passage(number: "5号", amount: 100, unit: Place.township)]))
        #expect(checks(report) == ["differs unit"])
    }

    @Test func `an allocation without a number stands under its grant's`() throws {
        let report = try report(
            province([Passage(number: nil, amount: 100)]),
            county([Passage(number: "财资环（2022）1号", amount: 100)]))
        #expect(checks(report) == ["agrees same"])
    }

    @Test func `money for other counties is no business of this one`() throws {
        let report = try report(
            province([
                Passage(number: "5号", amount: 100),
                Passage(number: "5号", amount: 700, unit: Place.neighbour),
            ]), county([Passage(number: "5号", amount: 100)]))
        #expect(checks(report) == ["agrees same"])
    }

    @Test func `the county's own and donated money is not looked for above`() throws {
        for source in ["county", "donation", "prefecture"] {
            let report = try report(
                province([]), county([Passage(number: "5号", amount: 100)], source: source))
            #expect(report.findings == [])
            #expect(report.contains("not compared: seq 13"))
        }
        let report = try report(
            province([]), county([Passage(number: "5号", amount: 100)], source: "provincial"))
        #expect(checks(report) == ["differs onlyLower"])
    }

    @Test func `what was reversed never passed, what was recalled is looked for below`() throws {
        let upper = province([
            Passage(number: "5号", amount: 100), Passage(number: "6号", amount: 40),
        ]) { forge, seqs in
            forge.post(
                by: Self.provinceKey,
                [
                    Draft.undo("reversal", seqs.lowerBound, Place.province, grant: 12, 100),
                    Draft.movement(
                        "recall", Place.province, Place.county, grant: 12, 10,
                        document: Draft.document("9号")),
                ])
        }
        let report = try report(upper, county([Passage(number: "6号", amount: 40)]))
        #expect(checks(report) == ["differs onlyUpper", "agrees same"])
        #expect(report.contains("(recall) 0.10 yuan"), "\(report.lines)")
    }

    @Test func `a corrected number counts`() throws {
        let upper = province([Passage(number: "4号", amount: 100)]) { forge, seqs in
            forge.post(
                by: Self.provinceKey,
                [Draft.amend(seqs.lowerBound, ["document": Draft.document("5号")])])
        }
        #expect(
            checks(try report(upper, county([Passage(number: "5号", amount: 100)])))
                == ["agrees same"])
    }

    @Test func `a grant recorded late is reported by the policy's clock or by the days asked for`()
        throws
    {
        // The forged county records on 2022-03-01.
        let early = province([Passage(number: "5号", amount: 100, date: "2022-02-10")])
        let clock = Draft.policy(clocks: [("recording", nil, 10)])
        let late = try report(early, county([Passage(number: "5号", amount: 100)], policy: clock))
        #expect(checks(late) == ["differs late", "agrees same"])
        #expect(late.findings("late").map(\.difference) == ["9"])
        #expect(
            checks(try report(early, county([Passage(number: "5号", amount: 100)]))) == [
                "agrees same"
            ])
        let asked = try report(early, county([Passage(number: "5号", amount: 100)]), days: 5)
        #expect(asked.findings("late").map(\.difference) == ["12"])
        let inTime = try report(early, county([Passage(number: "5号", amount: 100)]), days: 13)
        #expect(checks(inTime) == ["agrees same"])
        #expect(!inTime.contains("was not checked"))
    }

    @Test func `English texts hold no Chinese of their own`() throws {
        let report = try report(
            province([Passage(number: "5", amount: 100), Passage(number: "7", amount: 9)]),
            county([Passage(number: "6", amount: 100), Passage(number: "8", amount: 3)]), days: 1)
        for finding in report.findings { #expect(chinese(finding.message.en) == "") }
        #expect(chinese(report.notes.map(\.en).joined()) == "")
        #expect(chinese(report.verdict.en + report.title.en) == "")
    }
}

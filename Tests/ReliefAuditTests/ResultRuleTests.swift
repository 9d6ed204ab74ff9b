// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

/// C05, and what T04 says of spending.
@Suite struct ResultRuleTests {
    @Test func `C05 fires on the day after the term, and not where it was dealt with`() throws {
        // The term is 30 days; the bank said so on 25 January.
        for (asOf, steps, fires) in [
            ("2022-02-24", [], false), ("2022-02-25", [], true), ("2022-02-25", ["reissue"], false),
            ("2022-02-25", ["cancel"], false), ("2022-02-25", ["reissue", "settled"], false),
        ] as [(String, [String], Bool)] {
            var county = County()
            let batch = county.pay([Draft.Line(1, 30), Draft.Line(2, 70)])
            let result = county.record(
                Draft.result("failed", of: batch + 2, grant: 17, 70),
                Draft.result("settled", of: batch + 1, grant: 17, 30))
            for step in steps {
                switch step {
                case "reissue": county.record(Draft.reissue(batch + 2, grant: 17, 70))
                case "cancel": county.record(Draft.undo("cancel", batch + 2, grant: 17, 70))
                default: county.record(Draft.result(step, of: batch + 2, grant: 17, 70))
                }
            }
            let audited = try county.audited(asOf: asOf)
            #expect(audited.words["C05"] == (fires ? "fired" : "clean"), "\(asOf) \(steps)")
            guard fires else {
                #expect(audited.list == [])
                continue
            }
            audited.expectOnly(
                "C05@\(result)", expected: .money(0), actual: .money(70), difference: 70)
            #expect(audited.findings.first?.severity == .warning)
        }
    }

    @Test func `C05 fires once a batch, with the number and sum of what waits too long`() throws {
        var county = County()
        let first = county.pay((1...4).map { Draft.Line($0, Int64($0) * 10) })
        let second = county.pay((5...6).map { Draft.Line($0, 100) })
        let results = county.record(
            Draft.result("failed", of: second + 1, grant: 17, 100, date: "2022-01-27"),
            Draft.result("failed", of: first + 2, grant: 17, 20, date: "2022-01-26"),
            Draft.result("failed", of: first + 1, grant: 17, 10, date: "2022-01-25"),
            Draft.result("failed", of: first + 4, grant: 17, 40, date: "2022-02-20"),
            Draft.result("settled", of: first + 3, grant: 17, 30),
            Draft.result("settled", of: second + 2, grant: 17, 100))
        let audited = try county.audited(asOf: "2022-03-01")
        // The oldest failure of the first batch is its third record here.
        #expect(audited.list == ["C05@\(results)", "C05@\(results + 2)"])
        #expect(audited.findings.map(\.difference) == [100, 30])
        #expect(audited.findings.last?.message.en.hasPrefix("2 payments") == true)
        #expect(try county.audited(asOf: "2022-02-26").list == ["C05@\(results + 2)"])
    }

    @Test func `C05 counts anew from what came back after a reissue`() throws {
        var county = County()
        let payment = county.pay([Draft.Line(1, 30)]) + 1
        county.record(
            Draft.result("failed", of: payment, grant: 17, 30, date: "2022-01-25"),
            Draft.reissue(payment, grant: 17, 30, date: "2022-01-28"),
            Draft.result("settled", of: payment, grant: 17, 30, date: "2022-01-29"))
        let back = county.record(
            Draft.result("returned", of: payment, grant: 17, 30, date: "2022-02-05"))
        #expect(try county.audited(asOf: "2022-03-07").list == [])
        #expect(try county.audited(asOf: "2022-03-08").list == ["C05@\(back)"])
    }

    @Test func `C05 does not apply without payments or without a clock`() throws {
        #expect(try County().audited().words["C05"] == "notApplicable")
        var county = County(policy: Draft.spendingPolicy(clocks: []))
        let payment = county.pay([Draft.Line(1, 30)]) + 1
        county.record(Draft.result("failed", of: payment, grant: 17, 30))
        let audited = try county.audited(asOf: "2030-01-01")
        #expect(audited.list == [])
        #expect(audited.words["C05"] == "notApplicable")
    }

    @Test func `T04 looks at batches, expenses, misuse and results, late or ahead by a day`() throws
    {
        // Recorded on 1 March; 30 days before is 30 January.
        for (date, fires) in [
            ("2022-01-30", false), ("2022-03-01", false), ("2022-01-29", true),
            ("2022-03-02", true),
        ] {
            var county = County(
                policy: Draft.spendingPolicy(clocks: [("recording", nil, 30)]))
            let plan = county.record(
                Draft.plan(grant: 17, [("tent", 500)], date: "2022-01-12"))
            let before = try county.audited().list
            #expect(before == ["T04@17", "T04@21"])
            let batch = county.pay([Draft.Line(1, 10)], plan: plan, item: "tent", date: date)
            let expense = county.spend(10, on: "tent", plan: plan, date: date)
            let misuse = county.record(Draft.irregular(grant: 17, 10, date: date))
            let result = county.record(
                Draft.result("settled", of: batch + 1, grant: 17, 10, date: date))
            let back = county.record(Draft.recovery(misuse, grant: 17, 10, date: date))
            let audited = try county.audited(asOf: "2022-03-02")
            let told = fires ? [batch, expense, misuse, result, back].map { "T04@\($0)" } : []
            #expect(audited.list == before + told, "\(date)")
            #expect(audited.findings.dropFirst(2).allSatisfy { $0.difference == 1 })
        }
    }
}

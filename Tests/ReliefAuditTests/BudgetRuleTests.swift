// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

/// B01, B02, B08 and what B04 says of spending.
@Suite struct BudgetRuleTests {
    @Test func `B01 fires where no plan is cited, or one that does not provide for it`() throws {
        let cases: [(name: String, fires: Bool, expected: String, actual: String)] = [
            ("cited", false, "", ""), ("none", true, "plan 18", "–"),
            ("replaced", true, "plan 25", "plan 18"), ("lacking", true, "plan", "plan 18"),
            ("below", true, "plan 18", "plan 25"), ("above", false, "", ""),
        ]
        for row in cases {
            for isBatch in [true, false] {
                var county = County()
                var (plan, item, unit): (Int?, String, String) = (18, "food", Place.county)
                switch row.name {
                case "none": plan = nil
                case "replaced":
                    county.record(Draft.plan(grant: 17, [("food", 5_000_000)], replaces: 18))
                case "lacking": item = "tent"
                case "below":
                    plan = county.record(Draft.plan(Place.township, grant: 17, [("food", 50)]))
                case "above":
                    county.record(Draft.allocation(grant: 17, 1_000))
                    unit = Place.township
                default: break
                }
                let seq = county.next
                county.forge.post(
                    by: .county,
                    isBatch
                        ? Draft.batch(
                            at: seq, unit, grant: 17, [Draft.Line(1, 7)], item: item, plan: plan)
                        : [Draft.expense(unit, grant: 17, 7, item: item, plan: plan)])
                let audited = try county.audited()
                #expect(audited.words["B01"] == (row.fires ? "fired" : "clean"), "\(row.name)")
                guard row.fires else {
                    #expect(audited.list == [], "\(row.name)")
                    continue
                }
                audited.expectOnly(
                    "B01@\(seq)", expected: .text(row.expected), actual: .text(row.actual))
            }
        }
        #expect(try County().audited().words["B01"] == "notApplicable")
    }

    @Test func `B01 nobody may override it`() throws {
        var county = County()
        let override = county.override("B01", 100)
        let seq = county.spend(100, plan: nil)
        let audited = try county.audited()
        #expect(audited.list == ["A07@\(override)", "B01@\(seq)"])
        #expect(audited.exitCode == 1)
    }

    // MARK: - B02

    @Test func `B02 fires at the fen that is too much, and at each one after it`() throws {
        for (last, fires) in [(Int64(39), false), (40, false), (41, true)] {
            var county = County(lines: [("food", 100), ("heating", 100)])
            county.spend(20)
            county.pay([Draft.Line(1, 30), Draft.Line(2, 10)])
            county.spend(90, on: "heating")  // a neighbour: another item
            county.record(Draft.expense(grant: county.otherGrant, 90, plan: county.otherPlan))
            let seq = county.spend(last)
            let audited = try county.audited()
            #expect(audited.words["B02"] == (fires ? "fired" : "clean"))
            guard fires else {
                #expect(audited.list == [])
                continue
            }
            audited.expectOnly(
                "B02@\(seq)", expected: .money(40), actual: .money(41), difference: 1)
            let next = county.spend(1)
            #expect(try county.audited().list == ["B02@\(seq)", "B02@\(next)"])
        }
        #expect(try County().audited().words["B02"] == "notApplicable")
    }

    @Test func `B02 fires on a batch by its total`() throws {
        for (amount, fires) in [(Int64(40), false), (41, true)] {
            var county = County(lines: [("food", 100)])
            let seq = county.pay([Draft.Line(1, 60), Draft.Line(2, amount)])
            #expect(try county.audited().list == (fires ? ["B02@\(seq)"] : []))
        }
    }

    @Test func `B02 what was cancelled, reversed or recovered may be spent again`() throws {
        for kind in ["nothing", "failed", "cancel", "reversal", "recoverable", "recovery", "batch"]
        {
            var county = County(lines: [("food", 100)])
            let batch = county.pay([Draft.Line(1, 30), Draft.Line(2, 30)])
            let expense = county.spend(40)
            var freed: Int64 = 0
            switch kind {
            case "failed":
                county.record(Draft.result("failed", of: batch + 1, grant: 17, 30))
            case "cancel":
                county.record(
                    Draft.result("failed", of: batch + 1, grant: 17, 30),
                    Draft.undo("cancel", batch + 1, grant: 17, 30))
                freed = 30
            case "reversal":
                county.record(Draft.undo("reversal", expense, grant: 17, 15))
                freed = 15
            case "recoverable":
                county.record(Draft.undo("recoverable", expense, grant: 17, 15))
            case "recovery":
                county.record(
                    Draft.undo("recoverable", expense, grant: 17, 15),
                    Draft.recovery(county.next, grant: 17, 15))
                freed = 15
            case "batch":
                county.record(
                    Draft.result("settled", of: batch + 2, grant: 17, 30),
                    Draft.undo("recoverable", batch + 2, grant: 17, 12),
                    Draft.recovery(county.next + 1, grant: 17, 12))
                freed = 12
            default: break
            }
            if freed > 0 { county.spend(freed) }
            let seq = county.spend(1)
            let audited = try county.audited()
            let list = audited.list.filter { $0.hasPrefix("B") }
            #expect(list == ["B02@\(seq)"], "\(kind)")
            #expect(audited.findings.first { $0.seq == seq }?.difference == 1, "\(kind)")
        }
    }

    @Test func `B02 a reversed recovery uses the ceiling again`() throws {
        var county = County(lines: [("food", 100)])
        let expense = county.spend(100)
        let back =
            county.record(
                Draft.undo("recoverable", expense, grant: 17, 50),
                Draft.recovery(county.next, grant: 17, 50)) + 1
        county.record(Draft.undo("reversal", back, grant: 17, 20))
        county.spend(30)
        let seq = county.spend(1)
        let list = try county.audited().list.filter { !$0.hasPrefix("E08") }
        #expect(list == ["B02@\(seq)"])
    }

    @Test func `B02 a revision takes over what was used, item by item`() throws {
        for (limit, left) in [(Int64(60), Int64(0)), (61, 1), (200, 140)] {
            var county = County(lines: [("food", 100), ("heating", 50)])
            county.spend(60)
            let plan = county.record(
                Draft.plan(grant: 17, [("heating", 50), ("food", limit)], replaces: 18))
            if left > 0 { county.spend(left, plan: plan) }
            #expect(try county.audited().list == [])
            let seq = county.spend(1, plan: plan)
            try county.audited().expectOnly(
                "B02@\(seq)", expected: .money(0), actual: .money(1), difference: 1)
        }
    }

    @Test func `B02 a revision below what is used is reported itself`() throws {
        for (limit, fires) in [(Int64(60), false), (59, true)] {
            var county = County(lines: [("food", 100), ("heating", 50)])
            county.spend(60)
            let plan = county.record(
                Draft.plan(grant: 17, [("food", limit), ("heating", 1)], replaces: 18))
            guard fires else {
                #expect(try county.audited().list == [])
                continue
            }
            try county.audited().expectOnly(
                "B02@\(plan)", expected: .money(60), actual: .money(59), difference: 1)
        }
    }

    @Test func `B02 a revision cannot make what is used forgotten by dropping its item`() throws {
        var county = County(lines: [("food", 100), ("heating", 50)])
        let batch = county.pay([Draft.Line(1, 60)])
        let without = county.record(Draft.plan(grant: 17, [("heating", 50)], replaces: 18))
        try county.audited().expectOnly(
            "B02@\(without)", expected: .money(60), actual: .money(0), difference: 60)
        let again = county.record(
            Draft.plan(grant: 17, [("food", 100), ("heating", 50)], replaces: without))
        county.spend(40, plan: again)
        let seq = county.spend(1, plan: again)
        #expect(try county.audited().list == ["B02@\(without)", "B02@\(seq)"])
        // A cancellation still frees it under the newest plan.
        county.record(
            Draft.result("failed", of: batch + 1, grant: 17, 60),
            Draft.undo("cancel", batch + 1, grant: 17, 60))
        county.spend(59, plan: again)
        #expect(try county.audited().list == ["B02@\(without)", "B02@\(seq)"])
    }

    @Test func `B02 an item that was dropped unused is nobody's business`() throws {
        var county = County(lines: [("food", 100), ("heating", 50)])
        county.record(Draft.plan(grant: 17, [("heating", 50)], replaces: 18))
        #expect(try county.audited().list == [])
    }

    // MARK: - B04

    @Test func `B04 fires on whatever spends a fen more than there is`() throws {
        for kind in ["batch", "expense", "irregular", "reversal"] {
            for (amount, fires) in [(Int64(1_000), false), (1_001, true)] {
                var county = County()
                let allocation = county.record(
                    Draft.allocation(grant: 17, amount), Draft.allocation(grant: 21, 9_999))
                if amount == 1_001 {
                    county.record(
                        Draft.movement("return", Place.township, Place.county, grant: 17, 1))
                }
                let seq = county.next
                let entries: [RecordFields] =
                    switch kind {
                    case "batch":
                        Draft.batch(
                            at: seq, Place.township, grant: 17, [Draft.Line(1, amount)], plan: 18)
                    case "expense":
                        [Draft.expense(Place.township, grant: 17, amount, plan: 18)]
                    case "irregular": [Draft.irregular(Place.township, grant: 17, amount)]
                    default: [Draft.undo("reversal", allocation, grant: 17, amount)]
                    }
                county.forge.post(by: .county, entries)
                let audited = try county.audited()
                let list = audited.list.filter { !$0.hasPrefix("E08") }
                #expect(list == (fires ? ["B04@\(seq)"] : []), "\(kind)")
                let finding = audited.findings.first { $0.rule == .b04 }
                #expect(finding?.difference == (fires ? 1 : nil), "\(kind)")
                #expect(finding?.unit == (fires ? unit(Place.township) : nil))
            }
        }
    }

    @Test func `B04 a settlement and what is put right takes nothing that is available`() throws {
        var county = County()
        county.record(Draft.allocation(Place.county, Place.township, grant: 17, 99_999_900))
        let batch = county.pay([Draft.Line(1, 100)])
        county.record(
            Draft.result("settled", of: batch + 1, grant: 17, 100),
            Draft.undo("recoverable", batch + 1, grant: 17, 100),
            Draft.recovery(county.next + 1, grant: 17, 100))
        #expect(try county.audited().list == [])
    }

    // MARK: - B08

    @Test func `B08 what nothing is left of: reversal, recoverable, recovery, in two steps`() throws
    {
        for kind in ["reversal", "recoverable", "recovery", "payment"] {
            for (second, fires) in [(Int64(40), false), (41, true)] {
                var county = County()
                county.spend(1_000)  // a neighbour that has enough
                county.record(Draft.irregular(grant: 17, 1_000))
                let target: Int
                switch kind {
                case "recovery": target = county.record(Draft.irregular(grant: 17, 100))
                case "payment":
                    target = county.pay([Draft.Line(1, 100)]) + 1
                    county.record(Draft.result("settled", of: target, grant: 17, 100))
                default: target = county.spend(100)
                }
                func step(_ amount: Int64) -> RecordFields {
                    kind == "recovery"
                        ? Draft.recovery(target, grant: 17, amount)
                        : Draft.undo(
                            kind == "payment" ? "recoverable" : kind, target, grant: 17, amount)
                }
                county.record(step(60))
                let seq = county.record(step(second))
                let audited = try county.audited()
                #expect(audited.words["B08"] == (fires ? "fired" : "clean"))
                let list = audited.list.filter { !$0.hasPrefix("E08") }
                #expect(list == (fires ? ["B08@\(seq)"] : []), "\(kind)")
                guard fires else { continue }
                let finding = audited.findings.first { $0.rule == .b08 }
                #expect(finding?.expected == .money(40))
                #expect(finding?.actual == .money(41))
                #expect(finding?.difference == 1)
                #expect(finding?.severity == .refuse)
            }
        }
        #expect(try County().audited().words["B08"] == "notApplicable")
    }

    @Test func `B08 what was reclaimed is not there to be reversed, and the other way round`()
        throws
    {
        for (first, second) in [("recoverable", "reversal"), ("reversal", "recoverable")] {
            var county = County()
            let expense = county.spend(100)
            county.record(Draft.undo(first, expense, grant: 17, 60))
            let seq = county.record(Draft.undo(second, expense, grant: 17, 41))
            let list = try county.audited().list.filter { !$0.hasPrefix("E08") }
            #expect(list == ["B08@\(seq)"])
        }
    }

    @Test func `B08 what was allocated is reversed up to its amount, in two steps`() throws {
        for (second, fires) in [(Int64(40), false), (41, true)] {
            var county = County()
            let allocation = county.record(
                Draft.allocation(grant: 17, 100), Draft.allocation(grant: 17, 500))
            county.record(Draft.undo("reversal", allocation, grant: 17, 60))
            let seq = county.record(Draft.undo("reversal", allocation, grant: 17, second))
            #expect(try county.audited().list == (fires ? ["B08@\(seq)"] : []))
        }
    }

    /// What may follow what, of one payment; `!` marks the step that is reported.
    @Test(arguments: [
        "settled", "failed", "settled settled!", "returned!", "failed cancel",
        "failed reissue settled", "settled returned reissue settled returned cancel",
        "settled reissue!", "failed settled!", "failed failed!", "cancel!", "settled cancel!",
        "failed cancel settled!", "failed cancel cancel!", "failed cancel reissue!",
        "failed reissue reissue!", "reissue!", "settled returned returned!",
        "failed reissue cancel!", "failed cancel recoverable!", "failed recoverable!",
        "settled recoverable", "settled recoverable returned!", "recoverable!",
    ])
    func `B08 a payment goes its way and no other`(steps: String) throws {
        var county = County()
        let payment = county.pay([Draft.Line(1, 100), Draft.Line(2, 100)]) + 1
        county.record(Draft.result("settled", of: payment + 1, grant: 17, 100))
        var reported: [String] = []
        for step in steps.split(separator: " ") {
            let name = String(step.filter { $0 != "!" })
            let entry: RecordFields =
                switch name {
                case "reissue": Draft.reissue(payment, grant: 17, 100)
                case "cancel", "recoverable": Draft.undo(name, payment, grant: 17, 100)
                default: Draft.result(name, of: payment, grant: 17, 100)
                }
            let seq = county.record(entry)
            if step.hasSuffix("!") { reported.append("B08@\(seq)") }
        }
        let audited = try county.audited(asOf: "2022-02-01")
        #expect(audited.list.filter { !$0.hasPrefix("E08") } == reported)
        if let finding = audited.findings.first(where: { $0.rule == .b08 }) {
            #expect(finding.expected == .money(0))
            #expect(finding.difference == 100)
        }
    }
}

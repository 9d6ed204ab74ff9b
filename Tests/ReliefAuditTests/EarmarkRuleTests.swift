// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

/// E01, E02, E03, E08 and what E04 and E07 say of spending.
@Suite struct EarmarkRuleTests {
    @Test func `E01 fires on an item that the purpose does not buy, for expense and batch`() throws
    {
        for isBatch in [true, false] {
            for (item, fires) in [("food", false), ("transport", true), ("nothing", true)] {
                var county = County(lines: [(item, 5_000)])
                let seq =
                    isBatch
                    ? county.pay([Draft.Line(1, 100)], item: item)
                    : county.spend(100, on: item)
                let audited = try county.audited()
                #expect(audited.words["E01"] == (fires ? "fired" : "clean"))
                guard fires else {
                    #expect(audited.list == [], "\(item)")
                    continue
                }
                audited.expectOnly(
                    "E01@\(seq)", expected: .text("food heating tent"), actual: .text(item))
                #expect(audited.findings.first?.severity == .refuse)
            }
        }
    }

    @Test func `E01 looks at the purpose of the entry's own grant`() throws {
        // Heating is bought by P1 and not by P2.
        for (purpose, fires) in [("P1", false), ("P2", true), ("G0", false), ("U0", false)] {
            var county = County(purpose: purpose)
            let seq = county.spend(100, on: "heating")
            let list = try county.audited().list.filter { !$0.hasPrefix("E07") }
            #expect(list == (fires ? ["E01@\(seq)"] : []), "\(purpose)")
        }
        #expect(try County().audited().words["E01"] == "notApplicable")
    }

    @Test func `E01 and E03 cannot tell without a policy`() throws {
        var forge = Forge.county(policy: nil)
        let grant = forge.post(by: .county, [Draft.grant(purpose: "U0")]).lowerBound
        let plan = forge.post(by: .county, [Draft.plan(grant: grant, [("food", 100)])]).lowerBound
        forge.post(by: .county, [Draft.expense(grant: grant, 1, plan: plan)])
        let audited = try Audited(forge)
        #expect(audited.list == ["E07@\(grant)"])
        #expect(audited.words["E01"] == "notEvaluable")
        #expect(audited.words["E03"] == "notEvaluable")
    }

    @Test func `E03 wages from a relief grant are that and nothing else`() throws {
        for isBatch in [true, false] {
            var county = County()
            let seq =
                isBatch
                ? county.pay([Draft.Line(1, 60), Draft.Line(2, 40)], item: "wages")
                : county.spend(100, on: "wages")
            try county.audited().expectOnly(
                "E03@\(seq)", expected: .money(0), actual: .money(100), difference: 100)
        }
    }

    @Test func `E03 spares money outside relief, not money of unstated purpose`() throws {
        for (purpose, fires) in [("G0", false), ("U0", true), ("P2", true)] {
            var county = County(purpose: purpose)
            let seq = county.spend(100, on: "wages")
            let audited = try county.audited()
            let list = audited.list.filter { !$0.hasPrefix("E07") }
            #expect(list == (fires ? ["E03@\(seq)"] : []), "\(purpose)")
            #expect(audited.words["E03"] == (fires ? "fired" : "notApplicable"))
        }
    }

    @Test func `E03 nobody may override it: the override is A07 and has no effect`() throws {
        var county = County()
        let override = county.override("E03", 1_000)
        let seq = county.spend(100, on: "wages")
        let audited = try county.audited()
        #expect(audited.list == ["A07@\(override)", "E03@\(seq)"])
        #expect(audited.findings.allSatisfy { $0.overriddenBy == nil })
        #expect(audited.exitCode == 1)
        #expect(audited.book.overrides.isEmpty)
    }

    // MARK: - E02

    @Test func `E02 fires where the plan or the decision is of another grant`() throws {
        var county = County()
        let decision = county.record(
            by: .chair, Draft.decision(grant: county.otherGrant, [("food", 2_000_000, nil)]))
        let own = county.decide(2_000_000)
        let plan = county.spend(100, plan: county.otherPlan)
        let meeting = county.spend(1_000_000, decision: decision)
        let neither = county.spend(1_000_000, decision: own)
        let audited = try county.audited()
        #expect(audited.list == ["E02@\(plan)", "E02@\(meeting)"], "\(neither) is right")
        #expect(audited.findings.allSatisfy { $0.expected == .text("21") })
        #expect(audited.findings.allSatisfy { $0.actual == .text("17") && $0.grant == 17 })
        #expect(audited.findings.allSatisfy { $0.severity == .refuse })
        // Nothing was used of what belongs to the other grant.
        #expect(audited.book.ceilings(ofPlan: county.otherPlan).map(\.ceiling.used) == [0, 0, 0])
        #expect(audited.book.ceilings(ofDecision: decision).map(\.ceiling.used) == [0])
    }

    @Test func `E02 fires on each entry whose target is of another grant, and moves its own`()
        throws
    {
        let kinds = [
            "settled", "failed", "reversal", "recoverable", "recovery", "cancel", "reissue",
        ]
        for kind in kinds {
            var county = County()
            let (grant, other) = (county.grant, county.otherGrant)
            let batch = county.pay([Draft.Line(1, 100)])
            let expense = county.spend(100)
            let misuse = county.record(Draft.irregular(grant: grant, 100))
            if ["cancel", "reissue"].contains(kind) {
                county.record(Draft.result("failed", of: batch + 1, grant: grant, 100))
            }
            // The other grant has something in each bucket too.
            let twin = county.pay([Draft.Line(9, 100)], grant: other, plan: county.otherPlan)
            county.record(
                Draft.expense(grant: other, 100, plan: county.otherPlan),
                Draft.irregular(grant: other, 100))
            let entry: RecordFields
            switch kind {
            case "settled", "failed":
                entry = Draft.result(kind, of: batch + 1, grant: other, 100)
            case "reissue": entry = Draft.reissue(batch + 1, grant: other, 100)
            case "cancel": entry = Draft.undo(kind, batch + 1, grant: other, 100)
            case "recovery": entry = Draft.recovery(misuse, grant: other, 100)
            default: entry = Draft.undo(kind, expense, grant: other, 100)
            }
            let seq = county.record(entry)
            let audited = try county.audited()
            let list = audited.list.filter { !$0.hasPrefix("E08") && !$0.hasPrefix("C05") }
            #expect(list == ["E02@\(seq)"], "\(kind)")
            let account = try #require(audited.book.account(grant: grant, unit: unit(Place.county)))
            #expect(account[.available] == 100_000_000 - 300, "\(kind)")
            #expect(account[.committed] == 100)
            #expect(account[.expended] == 100)
            #expect(account[.recoverable] == 100)
            #expect(audited.book.payment(seq: twin + 1)?.state == .sent)
        }
    }

    @Test func `E02 fires on a payment and on a revision that name another grant`() throws {
        var county = County()
        let batch = county.next
        var entries = Draft.batch(
            at: batch, grant: county.grant, [Draft.Line(1, 60), Draft.Line(2, 40)],
            plan: county.plan)
        entries[2] = entries[2].filter { $0.0 != "grant" } + [("grant", .integer(21))]
        county.forge.post(by: .county, entries)
        let revision = county.record(
            Draft.plan(grant: county.otherGrant, [("food", 1)], replaces: county.plan))
        let audited = try county.audited()
        #expect(audited.list == ["E02@\(batch + 2)", "E02@\(revision)"])
        // The whole batch is of the grant that the batch names.
        let account = try #require(
            audited.book.account(grant: county.grant, unit: unit(Place.county)))
        #expect(account[.committed] == 100)
    }

    // MARK: - E04, E07, E08

    @Test func `E04 fires on spending outside the scope and after the last day`() throws {
        var county = County(expiry: "2022-01-20", scope: Place.township)
        county.record(
            Draft.allocation(grant: 17, 1_000, date: "2022-01-15"),
            Draft.allocation(Place.township, Place.village, grant: 17, 10, date: "2022-01-15"))
        let plan = county.record(Draft.plan(Place.county, grant: 17, [("food", 1_000)]))
        let inside = county.record(Draft.expense(Place.township, grant: 17, 1, plan: plan))
        county.record(Draft.expense(Place.village, grant: 17, 2, plan: plan))
        let late = county.record(
            Draft.expense(Place.township, grant: 17, 3, plan: plan, date: "2022-01-21"))
        let above = county.record(Draft.expense(grant: 17, 4, plan: plan))
        let audited = try county.audited()
        #expect(audited.list == ["E04@\(late)", "E04@\(above)"], "\(inside) is right")
        #expect(audited.findings.first?.difference == 1)
        #expect(audited.findings.last?.expected == .text("∈ \(Place.township)"))
        // What the bank says afterwards, and what comes back, is not spent then.
        var other = County(expiry: "2022-01-20")
        let batch = other.pay([Draft.Line(1, 100)])
        other.record(
            Draft.result("settled", of: batch + 1, grant: 17, 100, date: "2022-02-25"),
            Draft.irregular(grant: 17, 5, date: "2022-02-25"),
            Draft.recovery(other.next + 1, grant: 17, 5, date: "2022-02-26"))
        #expect(try other.audited().list == [])
    }

    @Test func `E07 fires on any entry whose document number is not stated`() throws {
        let unstated = Draft.document("unstated", "2022-01-20")
        var county = County()
        let decision = county.record(
            by: .chair,
            Draft.decision(grant: 17, [("food", 100, nil)])
                + [("document", Draft.document("unstated", "2022-01-15"))])
        let expense = county.record(
            Draft.expense(grant: 17, 10, plan: 18, document: unstated))
        let batch = county.next
        county.forge.post(
            by: .county,
            Draft.batch(
                at: batch, grant: 17, [Draft.Line(1, 100)], plan: 18, document: unstated))
        let result = county.record(
            Draft.result("settled", of: batch + 1, grant: 17, 100, document: unstated))
        county.record(
            Draft.expense(grant: 17, 11, plan: 18, document: Draft.document(nil, "2022-01-20")))
        #expect(
            try county.audited().list
                == ["E07@\(decision)", "E07@\(expense)", "E07@\(batch)", "E07@\(result)"])
    }

    @Test func `E08 says what is still owed, and falls silent when it has come back`() throws {
        for (back, left) in [(Int64(0), Int64(100)), (99, 1), (100, 0)] {
            for kind in ["recovery", "reversal"] {
                var county = County()
                let misuse = county.record(Draft.irregular(grant: 17, 100))
                if back > 0 {
                    county.record(
                        kind == "recovery"
                            ? Draft.recovery(misuse, grant: 17, back)
                            : Draft.undo("reversal", misuse, grant: 17, back))
                }
                let audited = try county.audited()
                #expect(audited.words["E08"] == (left > 0 ? "fired" : "clean"))
                if left > 0 {
                    audited.expectOnly(
                        "E08@\(misuse)", expected: .money(0), actual: .money(left),
                        difference: left)
                } else {
                    #expect(audited.list == [])
                }
            }
        }
        #expect(try County().audited().words["E08"] == "notApplicable")
    }

    @Test func `E08 a reversed recovery is owed again, a reversed recoverable no longer`() throws {
        var county = County()
        let expense = county.spend(100)
        let undue = county.record(Draft.undo("recoverable", expense, grant: 17, 60))
        let back = county.record(Draft.recovery(undue, grant: 17, 60))
        #expect(try county.audited().list == [])
        county.record(Draft.undo("reversal", back, grant: 17, 20))
        let audited = try county.audited()
        audited.expectOnly(
            "E08@\(undue)", expected: .money(0), actual: .money(20), difference: 20)
        county.record(Draft.undo("reversal", undue, grant: 17, 20))
        #expect(try county.audited().list == [])
        let account = try #require(
            county.audited().book.account(grant: 17, unit: unit(Place.county)))
        #expect(account[.expended] == 60)
        #expect(account[.recoverable] == 0)
    }
}

/// A unit that a test knows to be well-formed.
func unit(_ text: String) -> UnitID {
    guard let unit = UnitID(text) else { preconditionFailure("\(text) is no unit") }
    return unit
}

// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

/// A01 to A04, and what A06 and A07 say of decisions and spending.
@Suite struct ApprovalRuleTests {
    /// The threshold of the policy: 10,000.00 yuan, the number included.
    static let threshold: Int64 = 1_000_000

    @Test func `A01 fires from the threshold on, the number included`() throws {
        for (amount, fires) in [(Self.threshold - 1, false), (Self.threshold, true)] {
            for isBatch in [true, false] {
                var county = County()
                // Neighbours below it: no sum over several entries is meant.
                county.spend(amount - 1)
                let seq =
                    isBatch
                    ? county.pay([Draft.Line(1, amount - 10), Draft.Line(2, 10)])
                    : county.spend(amount)
                let audited = try county.audited()
                #expect(audited.words["A01"] == (fires ? "fired" : "notApplicable"))
                guard fires else {
                    #expect(audited.list == [])
                    continue
                }
                audited.expectOnly(
                    "A01@\(seq)", expected: .text("decision"), actual: .text("–"))
                #expect(audited.findings.first?.severity == .refuse)
            }
        }
    }

    @Test func `A01 is content with a decision, and looks at what the policy covers`() throws {
        var county = County()
        let decision = county.decide(Self.threshold)
        county.spend(Self.threshold, decision: decision)
        let audited = try county.audited()
        #expect(audited.list == [])
        for rule in ["A01", "A02", "A03", "A04"] { #expect(audited.words[rule] == "clean") }
        for (covers, fires) in [(["expense"], false), (["batch"], true)] {
            var county = County(policy: Draft.spendingPolicy(covers: covers))
            county.record(Draft.irregular(grant: 17, 5_000_000))
            let seq = county.pay([Draft.Line(1, Self.threshold)])
            let list = try county.audited().list.filter { !$0.hasPrefix("E08") }
            #expect(list == (fires ? ["A01@\(seq)"] : []))
        }
    }

    @Test func `A01 to A04 nobody may override`() throws {
        for rule in ["A01", "A02", "A03", "A04", "A07", "B08", "E01", "E02", "B03", "B04"] {
            var county = County()
            let override = county.override(rule, Self.threshold)
            let audited = try county.audited()
            audited.expectOnly(
                "A07@\(override)",
                expected: .text(RuleSet.overridableCodes.joined(separator: " | ")),
                actual: .text(rule))
            #expect(audited.book.overrides.isEmpty)
        }
    }

    @Test func `A02 fires where money is spent a day before the meeting`() throws {
        for (date, fires) in [("2022-01-15", false), ("2022-01-16", false), ("2022-01-14", true)] {
            var county = County()
            let decision = county.decide(500)
            let seq = county.spend(100, decision: decision, date: date)
            let batch = county.pay([Draft.Line(1, 100)], decision: decision, date: date)
            let audited = try county.audited()
            #expect(audited.list == (fires ? ["A02@\(seq)", "A02@\(batch)"] : []))
            #expect(audited.words["A02"] == (fires ? "fired" : "clean"))
            guard fires else { continue }
            #expect(audited.findings.first?.expected == .text("≥ 2022-01-15"))
            #expect(audited.findings.first?.actual == .text("2022-01-14"))
            #expect(audited.findings.first?.difference == 1)
            #expect(audited.exitCode == 1)
        }
        var county = County()
        county.decide(500)
        county.spend(100, date: "2022-01-13")
        #expect(try county.audited().words["A02"] == "notApplicable")
    }

    // MARK: - A03

    @Test func `A03 fires where the decision is exceeded, in one step or in two`() throws {
        for (last, fires) in [(Int64(50), false), (51, true)] {
            var county = County()
            let decision = county.decide(100)
            county.decide(1_000)  // another meeting
            county.spend(50, decision: decision)
            county.spend(900)  // no business of the meeting's
            let seq = county.spend(last, decision: decision)
            let audited = try county.audited()
            #expect(audited.words["A03"] == (fires ? "fired" : "clean"))
            guard fires else {
                #expect(audited.list == [])
                continue
            }
            audited.expectOnly(
                "A03@\(seq)", expected: .money(50), actual: .money(51), difference: 1)
        }
        var county = County()
        let decision = county.decide(100)
        let seq = county.pay([Draft.Line(1, 60), Draft.Line(2, 41)], decision: decision)
        try county.audited().expectOnly(
            "A03@\(seq)", expected: .money(100), actual: .money(101), difference: 1)
    }

    @Test func `A03 what was cancelled, reversed or recovered may be spent again`() throws {
        var county = County()
        let decision = county.decide(100)
        let batch = county.pay([Draft.Line(1, 30)], decision: decision)
        let expense = county.spend(70, decision: decision)
        county.record(
            Draft.result("failed", of: batch + 1, grant: 17, 30),
            Draft.undo("cancel", batch + 1, grant: 17, 30),
            Draft.undo("reversal", expense, grant: 17, 20),
            Draft.undo("recoverable", expense, grant: 17, 10),
            Draft.recovery(county.next + 3, grant: 17, 10))
        county.spend(60, decision: decision)
        #expect(try county.audited().list == [])
        let seq = county.spend(1, decision: decision)
        #expect(try county.audited().list == ["A03@\(seq)"])
    }

    @Test func `A03 fires where the decision covers another item, payee or unit`() throws {
        let other = Draft.household(7)
        let cases: [(item: String, payee: String?, unit: String, fires: Bool)] = [
            ("food", nil, Place.county, false), ("food", Draft.firm, Place.county, false),
            ("heating", nil, Place.county, true), ("food", other, Place.county, true),
            ("food", nil, Place.township, true),
        ]
        for row in cases {
            var county = County()
            let decision = county.record(
                by: .chair, Draft.decision(row.unit, grant: 17, [(row.item, 500, row.payee)]))
            let seq = county.spend(100, to: Draft.firm, decision: decision)
            let audited = try county.audited()
            #expect(audited.list == (row.fires ? ["A03@\(seq)"] : []), "\(row)")
            #expect(audited.findings.first?.difference == nil)
        }
        // A batch has no one payee, and a county's meeting decides for its townships.
        var county = County()
        let named = county.decide(500, payee: Draft.firm)
        let batch = county.pay([Draft.Line(1, 100)], decision: named)
        county.record(Draft.allocation(grant: 17, 500))
        let decision = county.decide(500)
        county.record(
            Draft.expense(Place.township, grant: 17, 100, plan: 18, decision: decision))
        #expect(try county.audited().list == ["A03@\(batch)"])
    }

    @Test func `A03 the item that names the payee goes before the one for anybody`() throws {
        for isFirst in [true, false] {
            var county = County()
            let items: [(item: String, amount: Int64, payee: String?)] = [
                ("food", 100, Draft.firm), ("food", 30, nil),
            ]
            let decision = county.record(
                by: .chair, Draft.decision(grant: 17, isFirst ? items : items.reversed()))
            county.spend(100, to: Draft.firm, decision: decision)
            county.spend(30, to: Draft.household(7), decision: decision)
            #expect(try county.audited().list == [])
            let seq = county.spend(1, to: Draft.household(8), decision: decision)
            #expect(try county.audited().list == ["A03@\(seq)"])
        }
    }

    // MARK: - A04

    @Test func `A04 fires where the decision was sealed by the person who spends`() throws {
        let cases: [(decider: ForgedKey, spender: ForgedKey, fires: Bool)] = [
            (.chair, .county, false), (.county, .county, true), (.countySecond, .county, true),
            (.county, .countySecond, true), (.county, .chair, true),
        ]
        for row in cases {
            for isBatch in [true, false] {
                var county = County()
                let decision = county.decide(500, by: row.decider)
                let seq =
                    isBatch
                    ? county.pay([Draft.Line(1, 100)], decision: decision, by: row.spender)
                    : county.spend(100, decision: decision, by: row.spender)
                county.spend(100, by: row.decider)  // who cites no decision is free
                let audited = try county.audited()
                // The chair votes in every meeting, so that spending on its word is never his.
                #expect(audited.words["A04"] == (row.fires ? "fired" : "clean"))
                guard row.fires else {
                    #expect(audited.list == [])
                    continue
                }
                audited.expectOnly(
                    "A04@\(seq)", expected: .text("≠ \(row.spender.person)"),
                    actual: .text("\(row.spender.person)"))
            }
        }
    }

    @Test func `A04 fires where the spender voted, not where he left the room`() throws {
        let present = ["P-chair", "P-county", "P-one"]
        let cases: [(attendees: [String], recused: [String]?, fires: Bool)] = [
            (present, nil, true), (present, ["P-county"], false), (present, ["P-one"], true),
            (["P-chair", "P-one"], nil, false),
        ]
        for row in cases {
            var county = County()
            let decision = county.record(
                by: .chair,
                Draft.decision(
                    grant: 17, [("food", 500, nil)], attendees: row.attendees,
                    recused: row.recused))
            let seq = county.spend(100, decision: decision)
            let second = county.spend(100, decision: decision, by: .countySecond)
            #expect(
                try county.audited().list == (row.fires ? ["A04@\(seq)", "A04@\(second)"] : []))
        }
    }

    @Test func `A04 a decision and its spending in one posting are of one person`() throws {
        var county = County()
        let seq = county.record(
            Draft.decision(grant: 17, [("food", 500, nil)]),
            Draft.expense(grant: 17, 100, plan: 18, decision: county.next))
        #expect(try county.audited().list == ["A04@\(seq + 1)"])
    }

    @Test func `A04 fires on a meeting without its quorum`() throws {
        let cases: [(quorum: Int64, recused: [String]?, fires: Bool)] = [
            (3, nil, false), (4, nil, true), (3, ["P-one"], true), (2, ["P-one"], false),
            // Who was not there cannot be recused.
            (3, ["P-else"], false),
        ]
        for row in cases {
            var county = County()
            let seq = county.record(
                by: .chair,
                Draft.decision(
                    grant: 17, [("food", 500, nil)], quorum: row.quorum, recused: row.recused))
            let audited = try county.audited()
            guard row.fires else {
                #expect(audited.list == [])
                continue
            }
            audited.expectOnly(
                "A04@\(seq)", expected: .text("≥ \(row.quorum)"),
                actual: .text("\(row.quorum - 1)"))
        }
        #expect(try County().audited().words["A04"] == "notApplicable")
    }

    // MARK: - A06, A07

    @Test func `A06 compares the papers of spending with that which brought the money`() throws {
        // The grant's paper is of 9 January.
        for (date, fires) in [("2022-01-09", false), ("2022-01-08", true)] {
            let paper = Draft.document("2", date)
            var county = County()
            let batch = county.next
            county.forge.post(
                by: .county,
                Draft.batch(at: batch, grant: 17, [Draft.Line(1, 9)], plan: 18, document: paper))
            let expense = county.record(
                Draft.expense(grant: 17, 9, plan: 18, document: Draft.document("3", date)))
            let misuse = county.record(
                Draft.irregular(grant: 17, 9, document: Draft.document("4", date)))
            let audited = try county.audited()
            #expect(
                audited.list.filter { $0.hasPrefix("A06") }
                    == (fires ? ["A06@\(batch)", "A06@\(expense)", "A06@\(misuse)"] : []))
            #expect(audited.words["A06"] == (fires ? "fired" : "clean"))
        }
    }

    @Test func `A07 fires on each kind of spending by a key of another unit, and applies it`()
        throws
    {
        let county = County()
        let next = county.next
        let all: [[RecordFields]] = [
            [Draft.plan(grant: 17, [("tent", 1)])], [Draft.decision(grant: 17, [("food", 1, nil)])],
            Draft.batch(at: next, grant: 17, [Draft.Line(1, 5), Draft.Line(2, 5)], plan: 18),
            [Draft.expense(grant: 17, 5, plan: 18)],
        ]
        for entries in all {
            for key in [ForgedKey.township, .registrar, .root] {
                var wrong = county
                wrong.forge.post(by: key, entries)
                // The lines of a batch stand under its authority and are not told again.
                #expect(try wrong.audited().list == ["A07@\(next)"])
            }
            var right = county
            right.forge.post(by: .chair, entries)
            #expect(try right.audited().list == [])
        }
    }

    @Test func `A07 an override by a key without right has no effect`() throws {
        for key in [ForgedKey.township, .registrar, .root] {
            var county = County(lines: [("food", 100)])
            let override = county.override("B02", 1_000, by: key)
            let seq = county.spend(101)
            let audited = try county.audited()
            #expect(audited.list == ["A07@\(override)", "B02@\(seq)"])
            #expect(audited.findings.last?.overriddenBy == nil)
            #expect(audited.book.overrides.isEmpty)
        }
    }
}

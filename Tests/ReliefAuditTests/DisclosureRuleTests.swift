// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

extension County {
    /// Two households and a firm are paid by the county, and one household by a township.
    ///
    /// - Returns: The first batch; its payments follow it.
    mutating func payJanuary() -> Int {
        let batch = pay([Draft.Line(1, 30), Draft.Line(2, 70)])
        spend(500)
        record(Draft.allocation(grant: grant, 5_000))
        return batch
    }

    /// Publishes January; the seq of the disclosure.
    @discardableResult
    mutating func disclose(
        _ unit: String = Place.county, leavingOut: Set<Int> = [], by key: ForgedKey = .county,
        date: String = "2022-02-10", _ change: (RecordFields) -> RecordFields = { $0 }
    ) -> Int {
        let rows = forge.rows(of: unit).filter { !leavingOut.contains($0) }
        return record(by: key, change(forge.disclosure(of: unit, date: date, rows: rows)))
    }
}

extension RecordFields {
    /// These fields with another value in the place of one.
    fileprivate func with(_ name: String, _ value: JSONValue) -> RecordFields {
        filter { $0.0 != name } + [(name, value)]
    }
}

/// D02: what was published is what the records say, and all of it.
@Suite struct DisclosureRuleTests {
    @Test func `D02 is silent where every record of the period is disclosed`() throws {
        var county = County()
        #expect(try county.audited().words["D02"] == "notApplicable")
        _ = county.payJanuary()
        for unit in [Place.county, Place.township, Place.sibling, Place.province] {
            county.disclose(unit, by: unit == Place.province ? .root : .county)
        }
        let audited = try county.audited()
        #expect(audited.list.filter { $0.hasPrefix("D02") } == [])
        #expect(audited.words["D02"] == "clean")
    }

    @Test func `D02 names the one row that is left out, whichever it is`() throws {
        var county = County()
        _ = county.payJanuary()
        let rows = county.forge.rows()
        #expect(rows.count == 6)
        for row in rows {
            var other = county
            let seq = other.disclose(leavingOut: [row])
            let finding = try #require(try other.audited().only("D02@\(seq)"))
            #expect(finding.message.en.hasPrefix("record \(row) is missing"), "\(row)")
            #expect(finding.message.zh.hasPrefix("漏列第 \(row) 条"))
            #expect(finding.actual == .text(other.forge.disclosureRoot(seq)))
        }
    }

    @Test func `D02 says count and sum with what they should be, besides a missing row`() throws {
        var county = County()
        let batch = county.payJanuary()
        let seq = county.disclose(leavingOut: [batch + 2]) {
            $0.with("count", .integer(6)).with("amount", .integer(601))
        }
        let audited = try county.audited()
        #expect(audited.list == ["D02@\(seq)", "D02@\(seq)", "D02@\(seq)"])
        #expect(audited.findings[0].message.en.hasPrefix("record \(batch + 2) is missing"))
        #expect(audited.findings[1].expected == .text("5"))
        #expect(audited.findings[1].actual == .text("6"))
        #expect(audited.findings[1].difference == 1)
        #expect(audited.findings[2].expected == .money(530))
        #expect(audited.findings[2].actual == .money(601))
        #expect(audited.findings[2].difference == 71)
        #expect(audited.exitCode == 1)
    }

    @Test func `D02 finds a wrong count, a wrong sum, an altered row and a foreign one`() throws {
        var county = County()
        let batch = county.payJanuary()
        let receipt = county.record(
            Draft.receipt(of: county.grant, grant: county.grant, 100_000_000))
        let rows = county.forge.rows()
        let cases: [(RecordFields) -> RecordFields] = [
            { $0.with("count", .integer(7)) }, { $0.with("amount", .integer(599)) },
            { $0.with("root", .string(NaiveTree.leaf([1]).base64)) },
        ]
        for change in cases {
            var other = county
            let seq = other.disclose(Place.county, change)
            #expect(try other.audited().list == ["D02@\(seq)"])
        }
        // A receipt, a batch and a grant of two rows out of order are no rows, or not so.
        for wrong in [rows + [receipt], [rows[0], batch] + rows[1...], rows.reversed()] {
            var other = county
            let seq = other.record(other.forge.disclosure(rows: wrong))
            #expect(try other.audited().list.allSatisfy { $0 == "D02@\(seq)" })
            #expect(try other.audited().list.count >= 1)
        }
    }

    @Test func `D02 asks for what lies before the disclosure, not for what is dated back later`()
        throws
    {
        var county = County()
        _ = county.payJanuary()
        county.disclose()
        let late = county.spend(40)
        #expect(try county.audited().list == [])
        let second = county.disclose(leavingOut: [late])
        #expect(try county.audited().list == ["D02@\(second)"])
    }

    @Test func `D02 is no subject of overrides`() throws {
        var county = County()
        let batch = county.payJanuary()
        let override = county.override("D02", 1_000)
        let seq = county.disclose(leavingOut: [batch + 1])
        #expect(try county.audited().list == ["A07@\(override)", "D02@\(seq)"])
    }

    @Test
    func `rows of a subtree are what the raw records say, reversals with their targets' units`()
        throws
    {
        var county = County()
        _ = county.payJanuary()
        let allocation = county.record(
            Draft.allocation(Place.county, Place.sibling, grant: county.grant, 700))
        county.record(Draft.undo("reversal", allocation, grant: county.grant, 300))
        county.record(
            Draft.movement(
                "recall", Place.county, Place.township, grant: county.grant, 100,
                date: "2022-01-31"))
        county.record(
            Draft.movement(
                "return", Place.township, Place.county, grant: county.grant, 50,
                date: "2022-02-01"))
        let misuse = county.record(Draft.irregular(grant: county.grant, 60))
        county.record(Draft.recovery(misuse, grant: county.grant, 60))
        county.record(Draft.repurpose(grant: county.grant, 90, purpose: "P2"))
        county.record(Draft.carryover(grant: county.grant, 80, date: "2022-01-30"))
        let ledger = try UnverifiedLedger(LedgerBytes(county.forge.bytes))
            .verify(folding: Audit())
        try #require(ledger.integrity.isIntact)
        let leaves = county.forge.leaves
        for unit in [Place.county, Place.township, Place.sibling, Place.village, Place.province] {
            for (from, until) in [
                ("2022-01-01", "2022-01-31"), ("2022-01-11", "2022-01-20"),
                ("2022-02-01", "2022-02-01"), ("2021-01-01", "2021-12-31"),
            ] {
                let due = county.forge.rows(of: unit, from: from, until: until)
                let scope = DisclosureScope(
                    unit: try #require(UnitID(unit)), from: try #require(CivilDate(from)),
                    until: try #require(CivilDate(until)), before: ledger.size)
                let rows = try DisclosureRows(scope, in: ledger, book: ledger.fold.book)
                #expect(rows.rows.map(\.seq) == due, "\(unit) \(from)")
                #expect(rows.rows.map(\.leaf) == due.map { leaves[$0] })
                #expect(rows.rows.map(\.line) == due.map { county.forge.lines[$0] })
                #expect(rows.amount == Int128(county.forge.paidOut(due)))
                #expect(rows.root == NaiveTree.root(due.map { leaves[$0] }))
                // Each row concerns the subtree by one of its ends, or by its acting unit.
                for row in rows.rows {
                    let ends = [row.giver, row.receiver, row.unit].compactMap(\.self)
                    #expect(ends.contains { scope.unit.contains($0) }, "\(row.seq)")
                }
            }
        }
    }

    @Test func `the row left out is found in lists of every length`() throws {
        var hasher = try Hasher(suite: .sha256Ed25519)
        let leaves = (0..<70).map { NaiveTree.leaf([UInt8($0)]) }
        for count in 0...leaves.count {
            let list = Array(leaves.prefix(count))
            for place in 0..<count {
                var rest = list
                rest.remove(at: place)
                let root = NaiveTree.root(rest)
                #expect(OmittedRow.place(in: list, root: root, hasher: &hasher) == place)
            }
            for other in [NaiveTree.root(list), NaiveTree.root(list.dropLast(2)), leaves[0]]
            where count > 2 {
                #expect(OmittedRow.place(in: list, root: other, hasher: &hasher) == nil)
            }
        }
    }
}

extension Forge {
    /// The root that a disclosure states.
    fileprivate func disclosureRoot(_ seq: Int) -> String {
        (try? CanonicalJSON.parse(lines[seq]))?["root"]?.string ?? ""
    }
}

/// D04: what was paid is published in time.
@Suite struct DisclosureClockTests {
    private func county(
        days: Int64 = 21, calendar: String = "calendar", purposes: [String]? = nil,
        source: String? = nil, level: String? = nil
    ) -> County {
        County(policy: Draft.disclosurePolicy([(level, days, calendar, purposes, source)]))
    }

    @Test func `D04 fires the day after the term, and not while it runs`() throws {
        var county = county()
        #expect(try county.audited().words["D04"] == "clean")
        let batch = county.pay([Draft.Line(1, 30)])
        let expense = county.spend(500)
        #expect(try county.audited(asOf: "2022-02-10").list == [])
        let audited = try county.audited(asOf: "2022-02-11")
        #expect(audited.list == ["D04@\(batch)", "D04@\(expense)"])
        #expect(audited.findings[0].expected == .text("≤ 2022-02-10"))
        #expect(audited.findings[0].actual == .text("2022-02-11"))
        #expect(audited.findings[0].difference == 1)
        #expect(audited.exitCode == 0)
    }

    @Test func `D04 is met by a disclosure in time of the unit or one above, and by no other`()
        throws
    {
        for (unit, date, isMet) in [
            (Place.county, "2022-02-10", true), (Place.county, "2022-02-11", false),
            (Place.province, "2022-02-10", true), (Place.township, "2022-02-10", false),
        ] {
            var county = county()
            county.forge.post(
                by: .root, [county.forge.enrolment(Forge.provincial, unit: Place.province)])
            let expense = county.spend(500)
            county.disclose(unit, by: Forge.provincial, date: date)
            let found = try county.audited().list
            #expect(found == (isMet ? [] : ["D04@\(expense)"]), "\(unit) \(date)")
        }
    }

    @Test func `D04 counts no disclosure that came before the record or ends before its day`()
        throws
    {
        var county = county()
        county.disclose()
        let backdated = county.spend(500)
        let later = county.spend(500, date: "2022-02-01")
        #expect(try county.audited().list == ["D04@\(backdated)", "D04@\(later)"])
    }

    @Test func `D04 counts working days, names purposes, and knows a donation's own term`() throws {
        for (policy, fires) in [
            (Draft.disclosurePolicy([(nil, 20, "working", nil, nil)]), "2022-02-18"),
            (Draft.disclosurePolicy([(nil, 20, "calendar", ["P2"], nil)]), nil),
            (Draft.disclosurePolicy([(nil, 20, "calendar", ["P1"], nil)]), "2022-02-10"),
            (Draft.disclosurePolicy([("township", 20, "calendar", nil, nil)]), nil),
            (Draft.disclosurePolicy([(nil, 5, "calendar", nil, "donation")]), nil),
            (
                Draft.disclosurePolicy([
                    (nil, 20, "calendar", nil, nil), ("county", 10, "calendar", nil, nil),
                    (nil, 25, "calendar", nil, "central"),
                ]), "2022-02-15"
            ),
        ] as [(JSONValue, String?)] {
            var county = County(policy: policy)
            let expense = county.spend(500)
            let grants = ["D04@17", "D04@21"]
            guard let fires, let day = CivilDate(fires) else {
                #expect(try county.audited(asOf: "2022-12-31").list == [])
                continue
            }
            let before = try #require(CivilDate(day: day.day - 1))
            let early = try county.audited(asOf: "\(before)").list
            #expect(!early.contains("D04@\(expense)"), "\(fires)")
            let found = try county.audited(asOf: fires).list.filter { !grants.contains($0) }
            #expect(found == ["D04@\(expense)"], "\(fires)")
        }
        // A campaign also publishes what it raised.
        var campaign = county(days: 5, source: "donation")
        let gift = campaign.record(Draft.grant(300, source: "donation"))
        let spent = campaign.record(
            Draft.expense(grant: gift, 100, payee: campaign.ownPayee, plan: nil))
        let found = try campaign.audited(asOf: "2022-01-26").list.filter { $0.hasPrefix("D04") }
        #expect(found == ["D04@\(gift)", "D04@\(spent)"])
    }

    @Test func `D04 leaves out what was wholly reversed, and is no subject of overrides`() throws {
        var county = county()
        let expense = county.spend(500)
        let override = county.override("D04", 1_000)
        #expect(try county.audited().list == ["D04@\(expense)", "A07@\(override)"])
        county.record(Draft.undo("reversal", expense, grant: county.grant, 500))
        #expect(try county.audited().list == ["A07@\(override)"])
    }

    @Test func `a clock of another duty names no source, and one duty has one clock for each`() {
        for (clocks, isRight) in [
            ([(nil, 5, "calendar", nil, "donation"), (nil, 20, "working", nil, nil)], true),
            ([(nil, 5, "calendar", nil, "donation"), (nil, 9, "working", nil, "donation")], false),
            ([(nil, 5, "calendar", nil, "village")], false),
        ] as [([(String?, Int64, String, [String]?, String?)], Bool)] {
            let content = Draft.disclosurePolicy(clocks.map { ($0.0, $0.1, $0.2, $0.3, $0.4) })
            #expect(((try? Policy(content: content)) != nil) == isRight)
            #expect(!isRight || (try? Policy(content: content))?.content == content)
        }
        let notice = JSONValue.object([
            "code": .string("notice"), "days": .integer(7), "calendar": .string("calendar"),
            "citation": .string("例"), "source": .string("donation"),
        ])
        let others = (Draft.spendingPolicy().members ?? []).filter { $0.name != "clocks" }
        let content = JSONValue.object(
            others.map { ($0.name, Optional($0.value)) } + [("clocks", .array([notice]))])
        #expect((try? Policy(content: content)) == nil)
    }
}

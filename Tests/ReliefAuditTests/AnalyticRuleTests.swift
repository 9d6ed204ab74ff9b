// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

/// F01 to F03: what single expenses do not show.
@Suite struct AnalyticRuleTests {
    private func other(_ number: Int) -> String { Draft.household(number) }

    // MARK: - F01

    @Test func `F01 fires where two parts within 14 days reach the limit`() throws {
        for (day, fires) in [("2022-02-02", true), ("2022-02-03", false)] {
            var county = County()
            county.supply(500_000)
            let seq = county.supply(500_001, date: day)
            let audited = try county.audited()
            #expect(audited.list == (fires ? ["F01@\(seq)"] : []), "\(day)")
            #expect(audited.words["F01"] == (fires ? "fired" : "clean"))
            #expect(audited.exitCode == 0)
            #expect(audited.findings.allSatisfy { $0.severity == .lead })
        }
    }

    @Test func `F01 sees parts across units, and one half of the limit at least`() throws {
        var county = County()
        county.record(Draft.allocation(grant: 17, 1_000_000))
        county.supply(499_999)
        county.supply(499_998)
        let small = county
        county.record(Draft.expense(Place.township, grant: 17, 500_000, plan: 18))
        #expect(try county.audited().list.count == 1)
        county = small
        county.record(Draft.expense(Place.township, grant: 17, 499_997, plan: 18))
        #expect(try county.audited().list == [])
    }

    @Test func `F01 leaves other payees, other items and one decision for all alone`() throws {
        for name in ["payee", "item", "decision", "two decisions"] {
            var county = County()
            let decision = name.contains("decision") ? county.decide(2_000_000) : nil
            let second = name == "two decisions" ? county.decide(1_000_000) : decision
            county.supply(600_000, decision: decision)
            let seq = county.supply(
                500_000, on: name == "item" ? "heating" : "food",
                to: name == "payee" ? other(1) : Draft.firm, decision: second)
            let fires = name == "two decisions"
            #expect(try county.audited().list == (fires ? ["F01@\(seq)"] : []), "\(name)")
        }
    }

    @Test func `F01 forgets what was wholly reversed`() throws {
        var county = County()
        let first = county.supply(600_000)
        county.supply(500_000)
        county.record(Draft.undo("reversal", first, grant: 17, 600_000))
        #expect(try county.audited().list == [])
    }

    // MARK: - F02

    /// Expenses of a year: some just below the limit, some just above it, each to another payee.
    private func heaped(_ below: Int, _ above: Int) -> (county: County, lastBelow: Int) {
        var county = County(lines: [("food", 100_000_000)])
        let decision = county.decide(50_000_000)
        var last = -1
        for index in 0..<above {
            county.supply(
                1_000_000 + Int64(index), to: other(100 + index), decision: decision)
        }
        for index in 0..<below { last = county.supply(900_000 + Int64(index), to: other(index)) }
        return (county, last)
    }

    @Test func `F02 fires where ten of ten lie below the limit, and not where nine do`() throws {
        let (county, last) = heaped(10, 0)
        let audited = try county.audited()
        #expect(audited.list == ["F02@\(last)"])
        #expect(audited.findings.first?.severity == .lead)
        #expect(audited.exitCode == 0)
        #expect(try heaped(9, 1).county.audited().list == [])
        #expect(try heaped(9, 0).county.audited().list == [])
        #expect(try heaped(9, 0).county.audited().words["F02"] == "clean")
    }

    @Test func `F02 does not look at amounts more than a tenth away`() throws {
        var county = County(lines: [("food", 100_000_000)])
        for index in 0..<12 { county.supply(899_999 - Int64(index), to: other(index)) }
        #expect(try county.audited().list == [])
    }

    @Test(
        arguments: [
            (10, 10, true), (10, 9, false), (20, 16, true), (20, 15, false), (100, 63, true),
            (100, 62, false), (4_096, 2_123, true), (4_096, 2_122, false), (5_000, 2_608, true),
            (5_000, 2_607, false), (7, 0, false),
        ])
    func `F02 counts coins exactly`(count: Int, successes: Int, isRare: Bool) {
        #expect(BinomialTail.isRare(atLeast: successes, of: count) == isRare)
    }

    // MARK: - F03

    @Test func `F03 fires where the same payee gets the same amount within 7 days`() throws {
        for (day, fires) in [("2022-01-27", true), ("2022-01-28", false)] {
            var county = County()
            county.supply(100)
            let seq = county.supply(100, on: "heating", date: day)
            let audited = try county.audited()
            guard fires else {
                #expect(audited.list == [])
                #expect(audited.words["F03"] == "clean")
                continue
            }
            audited.expectOnly(
                "F03@\(seq)", expected: .money(0), actual: .money(100), difference: 100)
        }
    }

    @Test func `F03 leaves another amount, another payee and a reversed payment alone`() throws {
        var county = County()
        county.supply(100)
        county.supply(101)
        county.supply(100, to: other(1))
        let mistaken = county.supply(200)
        county.record(Draft.undo("reversal", mistaken, grant: 17, 200))
        county.supply(200)
        #expect(try county.audited().list == [])
    }

    @Test func `F03 knows an invoice by its number, whoever is paid`() throws {
        for (number, amount, payee, fires) in [
            ("24312000000012345678", 200, other(1), true),
            ("24312000000012345678", 100, Draft.firm, true),
            // Parts of one invoice.
            ("24312000000012345678", 200, Draft.firm, false),
            // A contract, not an invoice.
            ("合同〔2022〕24312000号", 100, Draft.firm, false),
        ] as [(String, Int64, String, Bool)] {
            var county = County()
            let paper = Draft.document(number)
            county.record(Draft.expense(grant: 17, 100, plan: 18, document: paper))
            let seq = county.record(
                Draft.expense(
                    grant: 17, amount, payee: payee, plan: 18, date: "2022-02-20",
                    document: paper))
            #expect(try county.audited().list == (fires ? ["F03@\(seq)"] : []), "\(number)")
        }
    }

    @Test func `F03 knows a file by its digest, also one that was added later`() throws {
        func files(_ byte: String) -> JSONValue {
            .array([
                .object([
                    "bytes": .integer(9), "sha256": .string(String(repeating: byte, count: 32)),
                ])
            ])
        }
        for (second, added, fires) in [("ab", nil, true), ("cd", nil, false), ("cd", "ab", true)]
            as [(String, String?, Bool)]
        {
            var county = County()
            county.record(
                Draft.expense(grant: 17, 100, plan: 18) + [("evidence", files("ab"))])
            let seq = county.record(
                Draft.expense(grant: 17, 300, payee: other(1), plan: 18)
                    + [("evidence", files(second))])
            if let added { county.record(Draft.amend(seq, ["evidence": files(added)])) }
            #expect(try county.audited().list == (fires ? ["F03@\(seq)"] : []), "\(second)")
        }
    }

    @Test func `F03 may be admitted by another person, also afterwards`() throws {
        for (key, counts) in [(ForgedKey.chair, true), (.countySecond, false)] {
            var county = County()
            county.supply(100)
            let seq = county.supply(100)
            let override = county.override("F03", 100, payee: Draft.firm, by: key)
            let audited = try county.audited()
            #expect(audited.only("F03@\(seq)")?.overriddenBy == (counts ? override : nil))
            #expect(audited.exitCode == (counts ? 0 : 1))
        }
    }
}

extension County {
    /// Posts an expense to the firm unless another payee is given.
    @discardableResult
    mutating func supply(
        _ amount: Int64, on item: String = "food", to payee: String = Draft.firm,
        decision: Int? = nil, date: String = "2022-01-20"
    ) -> Int {
        spend(amount, on: item, to: payee, decision: decision, date: date)
    }
}

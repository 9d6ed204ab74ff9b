// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

/// R02 and R04.
@Suite struct RecipientRuleTests {
    @Test func `R02 one household twice in one batch`() throws {
        var county = County()
        let batch = county.pay([Draft.Line(1, 10), Draft.Line(2, 20), Draft.Line(1, 30)])
        let audited = try county.audited()
        audited.expectOnly(
            "R02@\(batch + 3)", expected: .money(0), actual: .money(30), difference: 30)
        #expect(audited.findings.first?.message.en.contains("record \(batch + 1)") == true)
        #expect(audited.words["R02"] == "fired")
    }

    @Test func `R02 a third and a fourth time are told each, against the first`() throws {
        var county = County()
        let batch = county.pay([1, 1, 2, 1, 1].map { Draft.Line($0, 10) })
        let audited = try county.audited()
        #expect(audited.list == [2, 4, 5].map { "R02@\(batch + $0)" })
        #expect(audited.findings.allSatisfy { $0.message.en.contains("record \(batch + 1) ") })
    }

    @Test func `R02 one household in two batches, also across grants of one purpose`() throws {
        for isOther in [true, false] {
            var county = County()
            county.pay([Draft.Line(1, 10), Draft.Line(2, 10)])
            let second = county.pay(
                [Draft.Line(3, 10), Draft.Line(1, 10)], grant: isOther ? 21 : 17,
                plan: isOther ? 22 : 18)
            let audited = try county.audited()
            #expect(audited.list == ["R02@\(second + 2)"])
            #expect(audited.findings.first?.grant == (isOther ? 21 : 17))
        }
    }

    @Test func `R02 other households, periods and purposes do not matter`() throws {
        var county = County()
        let grant = county.record(
            Draft.grant(1_000, purpose: "P2"),
            Draft.plan(grant: county.next, [("food", 1_000)]))
        county.pay([Draft.Line(1, 10)])
        county.pay([Draft.Line(2, 10)])
        county.pay([Draft.Line(1, 10)], period: "2022-02")
        county.pay([Draft.Line(1, 10)], grant: grant, plan: grant + 1)
        let audited = try county.audited()
        #expect(audited.list == [])
        #expect(audited.words["R02"] == "clean")
        #expect(try County().audited().words["R02"] == "notApplicable")
    }

    @Test func `R02 after a cancellation the household may be paid again, else not`() throws {
        let cases: [(steps: [String], fires: Bool)] = [
            ([], true), (["failed"], true), (["settled"], true), (["settled", "returned"], true),
            (["failed", "reissue"], true), (["failed", "cancel"], false),
            (["settled", "returned", "cancel"], false),
        ]
        for row in cases {
            var county = County()
            let first = county.pay([Draft.Line(1, 10)]) + 1
            for step in row.steps {
                switch step {
                case "reissue": county.record(Draft.reissue(first, grant: 17, 10))
                case "cancel": county.record(Draft.undo("cancel", first, grant: 17, 10))
                default: county.record(Draft.result(step, of: first, grant: 17, 10))
                }
            }
            let second = county.pay([Draft.Line(1, 10)]) + 1
            let list = try county.audited(asOf: "2022-02-01").list
            #expect(list == (row.fires ? ["R02@\(second)"] : []), "\(row.steps)")
        }
    }

    @Test func `R02 a reissue is no new payment; a cancellation that comes too late is`() throws {
        var county = County()
        let first = county.pay([Draft.Line(1, 10)]) + 1
        county.record(
            Draft.result("failed", of: first, grant: 17, 10), Draft.reissue(first, grant: 17, 10),
            Draft.result("settled", of: first, grant: 17, 10))
        #expect(try county.audited().list == [])
        let second = county.pay([Draft.Line(1, 10)]) + 1
        county.record(
            Draft.result("returned", of: first, grant: 17, 10),
            Draft.undo("cancel", first, grant: 17, 10))
        #expect(try county.audited().list == ["R02@\(second)"])
        // The third stands against the second, which is still there.
        let third = county.pay([Draft.Line(1, 10)]) + 1
        let audited = try county.audited()
        #expect(audited.list == ["R02@\(second)", "R02@\(third)"])
        #expect(audited.findings.last?.message.en.contains("record \(second) ") == true)
    }

    @Test func `R02 is confirmed from the records: equal tags alone accuse nobody`() throws {
        var county = County()
        let batch = county.pay([Draft.Line(1, 10), Draft.Line(1, 20), Draft.Line(1, 30)])
        let book = try county.audited().book
        func line(_ seq: Int, _ household: Int) -> [UInt8] {
            CanonicalJSON.encode(
                .object(Draft.payment(of: batch, grant: 17, Draft.Line(household, 10))))
        }
        var asked: [Set<Int>] = []
        func findings(_ payees: [Int]) throws -> [Int] {
            try R02PaidTwice.findings(book.possibleRepetitions(), in: book) {
                (seqs: Set<Int>) throws -> [Int: [UInt8]] in
                asked.append(seqs)
                return Dictionary(
                    uniqueKeysWithValues: payees.enumerated().map {
                        (batch + 1 + $0, line(batch + 1 + $0, $1))
                    })
            }.map { $0.seq - batch }
        }
        // As if three different payees had equal tags, or two of three.
        #expect(try findings([1, 2, 3]) == [])
        #expect(try findings([1, 2, 1]) == [3])
        #expect(try findings([1, 2, 2]) == [3])
        #expect(try findings([1, 1, 2]) == [2])
        #expect(try findings([1, 1, 1]) == [2, 3])
        #expect(try findings([]) == [])
        #expect(asked.allSatisfy { $0 == [batch + 1, batch + 2, batch + 3] })
    }

    @Test func `R02 asks for no record where no tag is repeated`() throws {
        struct Asked: Error {}
        var county = County()
        county.pay([Draft.Line(1, 10), Draft.Line(2, 10)])
        let book = try county.audited().book
        #expect(
            try R02PaidTwice.findings(book.possibleRepetitions(), in: book) { _ in throw Asked() }
                == [])
    }

    @Test(.timeLimit(.minutes(15)))
    func `R02 one household ten thousand times is told as often, and soon`() throws {
        var county = County()
        let batch = county.pay((0..<10_000).map { _ in Draft.Line(1, 1) })
        let list = try county.audited().list
        #expect(list.count == 9_999)
        #expect(list.first == "R02@\(batch + 2)")
        #expect(list.last == "R02@\(batch + 10_000)")
    }

    // MARK: - R04

    @Test func `R04 a payment is the batch's rate times persons, times days, to the fen`() throws {
        let cases: [(per: String, days: Int64?, due: Int64)] = [
            ("person", nil, 60), ("household", nil, 20), ("personDay", 7, 420),
        ]
        for row in cases {
            for difference: Int64 in [0, 1, -1] {
                var county = County()
                let lines = [
                    Draft.Line(1, row.due + difference, persons: 3),
                    Draft.Line(2, row.due, persons: 3),
                ]
                let batch = county.pay(lines, rate: (20, row.per), days: row.days)
                let audited = try county.audited()
                #expect(audited.words["R04"] == (difference == 0 ? "clean" : "fired"))
                guard difference != 0 else {
                    #expect(audited.list == [])
                    continue
                }
                audited.expectOnly(
                    "R04@\(batch + 1)", expected: .money(row.due),
                    actual: .money(row.due + difference), difference: difference)
            }
        }
    }

    @Test func `R04 takes the policy's rate where the batch has none`() throws {
        let cases: [(per: String, days: Int64?, purpose: String, due: Int64?)] = [
            ("person", nil, "P1", 60), ("household", nil, "P1", 20), ("personDay", 7, "P1", 420),
            ("person", nil, "P2", nil), ("personDay", nil, "P1", nil), ("person", 7, "P1", nil),
        ]
        for row in cases {
            var county = County(
                policy: Draft.spendingPolicy(rates: [("P1", 20, row.per)]), purpose: row.purpose)
            let amount = row.due.map { $0 + 1 } ?? 1
            let batch = county.pay([Draft.Line(1, amount, persons: 3)], days: row.days)
            let audited = try county.audited()
            if let due = row.due {
                audited.expectOnly(
                    "R04@\(batch + 1)", expected: .money(due), actual: .money(due + 1),
                    difference: 1)
            } else {
                #expect(audited.list == [])
                #expect(audited.words["R04"] == "notApplicable")
            }
        }
    }

    @Test func `R04 a batch whose rate is not the policy's is reported itself, once`() throws {
        for (rate, fires) in [(Int64(20), false), (21, true)] {
            var county = County(policy: Draft.spendingPolicy(rates: [("P1", 20, "person")]))
            let batch = county.pay(
                [Draft.Line(1, rate, persons: 1), Draft.Line(2, 3 * rate, persons: 3)],
                rate: (rate, "person"))
            let audited = try county.audited()
            guard fires else {
                #expect(audited.list == [])
                continue
            }
            audited.expectOnly(
                "R04@\(batch)", expected: .money(20), actual: .money(21), difference: 1)
        }
    }

    @Test func `R04 a rate per another base than the policy's is none of the policy's`() throws {
        var county = County(policy: Draft.spendingPolicy(rates: [("P1", 20, "person")]))
        let batch = county.pay([Draft.Line(1, 500)], rate: (500, "household"))
        try county.audited().expectOnly(
            "R04@\(batch)", expected: .text("person"), actual: .text("household"))
        // Another purpose has no rate, and a policy may have two bases.
        var other = County(
            policy: Draft.spendingPolicy(rates: [("P1", 20, "person")]), purpose: "P2")
        other.pay([Draft.Line(1, 500)], rate: (500, "household"))
        #expect(try other.audited().list == [])
        var both = County(
            policy: Draft.spendingPolicy(
                rates: [("P1", 20, "person"), ("P1", 500, "household")]))
        both.pay([Draft.Line(1, 500)], rate: (500, "household"))
        #expect(try both.audited().list == [])
    }

    @Test func `R04 a product beyond Int64 is a finding and no trap`() throws {
        var county = County()
        let batch = county.pay(
            [Draft.Line(1, 1, persons: 999)], rate: (9_007_199_254_740_991, "personDay"),
            days: 366)
        try county.audited().expectOnly(
            "R04@\(batch + 1)", expected: .money(.max), actual: .money(1),
            difference: 1 - .max)
    }
}

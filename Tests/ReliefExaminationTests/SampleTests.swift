// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerCrypto
import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefDisclosure
import Testing

@testable import ReliefExamination

@Suite struct SampleTests {
    private let nonce = [UInt8](repeating: 0xAB, count: 32)

    private func ledger(_ name: String) throws -> VerifiedLedger<BookHistory> {
        try UnverifiedLedger(path: Repository.ledger(name)).verify(folding: BookHistory())
    }

    private func plan(
        _ method: SamplePlan.Method, _ count: Int, _ kinds: Set<VoucherKind>,
        _ stratum: SamplePlan.Stratum? = nil
    ) throws -> SamplePlan {
        try #require(SamplePlan(method: method, count: count, kinds: kinds, stratum: stratum))
    }

    private func stream(_ label: String) throws -> HashStream {
        var digest = try RunningDigest()
        digest.update(Array(label.utf8).span)
        return try HashStream(seed: digest.finish(), suite: .sha256Ed25519)
    }

    private static let draws: [(SamplePlan.Method, Int, Set<VoucherKind>, SamplePlan.Stratum?)] = [
        (.monetary, 1, [.expense, .payment], nil), (.monetary, 40, [.expense, .payment], nil),
        (.monetary, 6, [.batch, .expense], nil), (.monetary, 9_000, [.payment], nil),
        (.stratified, 5, [.payment], .unit), (.stratified, 60, [.expense, .payment], .unit),
        (.stratified, 10, [.batch, .expense], .item), (.stratified, 33, [.payment], .amount),
    ]

    @Test(arguments: draws)
    func `a program written from the format page alone draws the same vouchers`(
        method: SamplePlan.Method, count: Int, kinds: Set<VoucherKind>,
        stratum: SamplePlan.Stratum?
    ) throws {
        let folder = try ScratchFolder()
        for name in ["linxiang-2023-illustrative", "conformance/good-spending"] {
            let plan = try plan(method, count, kinds, stratum)
            let sample = try #require(try Sample(ledger(name), plan: plan, nonce: nonce))
            let words = plan.line.split(separator: " ").map(String.init)
            let answer = try ProgramAnswer(
                Repository.path + "/scripts/repeat-sample",
                [Repository.ledger(name), sample.nonce] + words, in: folder.path)
            let seqs = sample.seqs.map { " \($0)" }.joined()
            #expect(
                answer.output == "plan \(plan.line)\nseed \(sample.seed.hex)\nseqs\(seqs)\n",
                "\(answer.errors)")
        }
    }

    @Test func `another nonce draws others, and another root too`() throws {
        let plan = try plan(.monetary, 20, [.payment])
        let ledger = try ledger("linxiang-2023-illustrative")
        let first = try #require(try Sample(ledger, plan: plan, nonce: nonce))
        let other = try #require(
            try Sample(ledger, plan: plan, nonce: nonce.dropLast() + [0xAC]))
        #expect(first.seqs != other.seqs)

        var forge = TracedCounty().forge
        func seed() throws -> Digest? {
            let ledger = try UnverifiedLedger(LedgerBytes(forge.bytes)).verify(
                folding: BookHistory())
            return try Sample(ledger, plan: plan, nonce: nonce)?.seed
        }
        let before = try seed()
        forge.post(by: .county, [Draft.event(name: "别的")])
        #expect(try before != seed())
    }

    @Test func `a broken ledger has no root to draw on`() throws {
        let plan = try plan(.monetary, 3, [.payment])
        #expect(try Sample(ledger("conformance/flipped-byte"), plan: plan, nonce: nonce) == nil)
    }

    @Test func `a commitment binds nonce and plan`() throws {
        let first = try plan(.monetary, 30, [.payment, .expense])
        #expect(first.line == "monetary 30 expense,payment -")
        let text =
            "relief-ledger/sample-commitment/v1\nmonetary 30 expense,payment -\n"
            + String(repeating: "ab", count: 32) + "\n"
        #expect(try first.commitment(to: nonce) == NaiveTree.digest(Array(text.utf8)))
        let others = [
            try plan(.monetary, 31, [.payment, .expense]), try plan(.monetary, 30, [.payment]),
            try plan(.stratified, 30, [.payment, .expense]),
        ]
        for other in others {
            #expect(try other.commitment(to: nonce) != first.commitment(to: nonce))
        }
    }

    @Test func `no plan counts money twice, draws nothing, or strata that the method has not`() {
        #expect(SamplePlan(method: .monetary, count: 3, kinds: [.batch, .payment]) == nil)
        #expect(SamplePlan(method: .monetary, count: 3, kinds: []) == nil)
        #expect(SamplePlan(method: .monetary, count: 0, kinds: [.payment]) == nil)
        #expect(SamplePlan(method: .monetary, count: 10_001, kinds: [.payment]) == nil)
        #expect(
            SamplePlan(method: .monetary, count: 3, kinds: [.payment], stratum: .unit) == nil)
        #expect(SamplePlan(method: .stratified, count: 3, kinds: [.payment])?.stratum == .unit)
    }

    @Test func `vouchers of at least the interval are always selected, and nothing twice`() throws {
        for seed in 0..<200 {
            var stream = try stream("certain \(seed)")
            // 1,000 in all, interval 250: 600 and then, of the rest 400 over 3, 300 are certain.
            let draw = MonetaryUnitDraw([600, 40, 300, 30, 20, 10], count: 4, stream: &stream)
            #expect(draw.choices.filter { $0.hit == nil }.map(\.index) == [0, 2])
            #expect(draw.hitCount == 2 && draw.remainder == 100)
            #expect(Set(draw.choices.map(\.index)).count == 4)
        }
    }

    @Test func `a voucher's chance is in proportion to its amount`() throws {
        var counts = Array(repeating: 0, count: 4)
        let amounts: [Int64] = [100, 200, 300, 400]
        var stream = try stream("chances")
        for _ in 0..<10_000 {
            let draw = MonetaryUnitDraw(amounts, count: 1, stream: &stream)
            counts[draw.choices[0].index] += 1
        }
        // Four standard deviations of a share of 1/2, the widest, are 200.
        for (count, amount) in zip(counts, amounts) { #expect(abs(count - Int(amount) * 10) < 200) }
    }

    @Test func `a hit lies in the voucher that it selects`() throws {
        let amounts: [Int64] = (1...400).map { $0 % 7 == 0 ? 13 : $0 % 50 + 1 }
        var stream = try stream("hits")
        let draw = MonetaryUnitDraw(amounts, count: 37, stream: &stream)
        #expect(draw.choices.count == 37)
        for choice in draw.choices {
            let hit = try #require(choice.hit)
            let before = amounts.prefix(choice.index).reduce(Int128(0)) { $0 + Int128($1) }
            #expect(hit >= before && hit < before + Int128(amounts[choice.index]))
        }
    }

    @Test func `numbers below a bound are equally likely, and repeat with the seed`() throws {
        var stream = try stream("uniform")
        var again = try self.stream("uniform")
        var counts = Array(repeating: 0, count: 7)
        for _ in 0..<14_000 {
            let number = stream.number(below: 7)
            #expect(number == again.number(below: 7))
            counts[Int(number)] += 1
        }
        for count in counts { #expect(abs(count - 2_000) < 200) }
        // Half of all 128-bit numbers lie beyond the one multiple of this bound.
        let bound = UInt128.max / 2 + 2
        for _ in 0..<50 { #expect(stream.number(below: bound) < bound) }
    }

    @Test func `every stratum gets one voucher first, then the one with most money for each`()
        throws
    {
        var stream = try stream("strata")
        let amounts: [Int64] = [900, 900, 900, 10, 10, 200, 200, 200]
        let draw = StratifiedDraw(
            amounts, groups: [[0, 1, 2], [3, 4], [5, 6, 7]], count: 5, stream: &stream)
        #expect(draw.strata.map(\.chosen.count) == [3, 1, 1])
        let two = StratifiedDraw(
            amounts, groups: [[0, 1, 2], [3, 4], [5, 6, 7]], count: 2, stream: &stream)
        #expect(two.strata.map(\.chosen.count) == [1, 0, 1])
        let all = StratifiedDraw(
            amounts, groups: [[0, 1, 2], [3, 4], [5, 6, 7]], count: 99, stream: &stream)
        #expect(all.strata.map(\.chosen) == [[0, 1, 2], [3, 4], [5, 6, 7]])
    }

    @Test func `the list names record, line, document and the files to be visited`() throws {
        var county = TracedCounty()
        let digest = String(repeating: "c5", count: 32)
        let evidence = JSONValue.array([
            .object(["bytes": .integer(9), "sha256": .string(digest), "title": .string("清单")])
        ])
        county.forge.post(by: .county, [Draft.amend(county.batch, ["evidence": evidence])])
        let sample = try #require(
            try Sample(county.verified(), plan: plan(.monetary, 99, [.payment]), nonce: nonce))
        let rows = sample.table(.zh).csv(.zh).split(separator: "\r\n").map(String.init)
        #expect(rows.count == 5)
        #expect(rows[1].hasPrefix("\(county.batch + 1),\(county.batch + 2),发放明细,2022-01-20,"))
        #expect(rows[1].hasSuffix(",5000.00,不小于间隔，必选,\(county.batch),,\(digest)"))
        #expect(
            sample.notes.contains { $0.en.hasPrefix("99 were asked for; there are 3") })
        let json = ReportJSON.document(sample.json(.en))
        #expect(json.contains("\"plan\": \"monetary 99 payment -\""))
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

/// The search for repeated values against a plain dictionary.
@Suite struct RepeatedTagsTests {
    private func plain(_ values: [UInt64]) -> Set<UInt64> {
        var counts: [UInt64: Int] = [:]
        for value in values { counts[value, default: 0] += 1 }
        return Set(counts.filter { $0.value > 1 }.keys)
    }

    /// As pages of uneven length.
    private func pages(_ values: [UInt64]) -> [ContiguousArray<UInt64>] {
        var pages: [ContiguousArray<UInt64>] = []
        var start = 0
        while start < values.count {
            let end = min(values.count, start + 1 + (start * 7 + 13) % 16_384)
            pages.append(ContiguousArray(values[start..<end]))
            start = end
        }
        return pages
    }

    private func check(_ values: [UInt64], _ what: String) {
        let isSame = RepeatedTags(pages(values)).values == plain(values)
        #expect(isSame, "\(what)")
    }

    @Test func `few values, all equal, zeros and ones`() {
        check([], "none")
        for value in [0, 1, 2, UInt64.max] {
            check([value], "one")
            check([value, value], "two")
            check(Array(repeating: value, count: 1_000), "all equal")
        }
        check([0, 1], "zero and one")
        check([0, 2, 1, 3], "zero and one")
        check([0, 2, 3], "one zero")
    }

    @Test func `random values of many sizes and ranges`() {
        for seed in 0..<120 {
            var random = HistoryGenerator(seed: UInt64(seed))
            let count = Int.random(in: 2...3_000, using: &random)
            let range = random.pick([1, 10, 1_000, 100_000, UInt64.max], or: 10)
            check(
                (0..<count).map { _ in UInt64.random(in: 0...range, using: &random) },
                "seed \(seed)")
        }
    }

    @Test(arguments: [131_071, 131_072, 131_073, 400_000])
    func `more values than one part holds`(count: Int) {
        var random = HistoryGenerator(seed: UInt64(count))
        var values = (0..<count).map { _ in random.next() }
        for _ in 0..<500 {
            values[Int.random(in: 0..<count, using: &random)] =
                values[Int.random(in: 0..<count, using: &random)]
        }
        values[5] = 0
        values[9] = 1
        check(values, "random")
        check(Array(repeating: 7, count: count), "all equal")
    }

    @Test(.timeLimit(.minutes(15)), arguments: [100_000, 300_000])
    func `chosen values that all fall in one part, or next to each other`(count: Int) {
        // The highest bits choose the part and the place in its table.
        let high = (0..<UInt64(count)).map { 0xABCD_EF01_0000_0000 | ($0 << 1) }
        check(high + [high[3], high[7]], "one place")
        let part = (0..<UInt64(count)).map { 0x3000_0000_0000_0000 | ($0 &* 0x9E37_79B9_7F4A >> 4) }
        check(part + [part[1]], "one part")
    }

    @Test func `lines of equal tags are grouped, in order of recording`() {
        var lines = PaymentLines()
        lines.begin(
            PaymentBatch(
                seq: 10, firstLine: 0, date: CivilDate(day: 19_000) ?? Self.day, account: 0,
                entitlement: 0, use: CeilingUse()))
        for tag: UInt64 in [5, 9, 5, 0, 7, 9, 0, 5, 1] { lines.append(amount: 1, tag: tag) }
        #expect(lines.repeatedLines() == [[0, 2, 7], [1, 5], [3, 6]])
    }

    private static let day: CivilDate = {
        guard let day = CivilDate(year: 2022, month: 1, day: 1) else {
            preconditionFailure("a date of the format")
        }
        return day
    }()

    @Test func `tags of equal payee and entitlement are equal, others nearly always differ`() {
        var random = HistoryGenerator(seed: 64)
        var seen: Set<UInt64> = []
        for payee in 0..<50_000 {
            // Near each other, and anywhere.
            let far = UInt128(random.next()) << 64 | UInt128(random.next())
            for payee in [UInt128(payee), far] {
                for entitlement: Int32 in [0, 1, 100_000] {
                    let tag = FundBook.tag(payee: payee, entitlement: entitlement)
                    if tag != FundBook.tag(payee: payee, entitlement: entitlement) {
                        Issue.record("\(payee)")
                    }
                    seen.insert(tag)
                }
            }
        }
        #expect(seen.count == 300_000)
    }
}

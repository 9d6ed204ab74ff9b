// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

@Suite struct `Amounts` {
    @Test func `sums, differences and products are exact`() throws {
        let sum = try Money(fen: 31_000_000).adding(Money(fen: 1))
        #expect(sum.fen == 31_000_001)
        #expect(try Money(fen: 1).subtracting(Money(fen: 3)).fen == -2)
        #expect(try Money(fen: 9_000).multiplied(by: 1_204).fen == 10_836_000)
        #expect(try Money(fen: -5).negated().fen == 5)
    }

    @Test func `what leaves Int64 is an error and no trap`() {
        let largest = Money(fen: .max)
        let smallest = Money(fen: .min)
        #expect(throws: MoneyError.overflow) { try largest.adding(Money(fen: 1)) }
        #expect(throws: MoneyError.overflow) { try smallest.subtracting(Money(fen: 1)) }
        #expect(throws: MoneyError.overflow) { try largest.multiplied(by: 2) }
        #expect(throws: MoneyError.overflow) { try smallest.negated() }
        #expect(throws: MoneyError.overflow) { try smallest.multiplied(by: -1) }
        #expect(MoneyError.overflow.message.zh.contains("请核对"))
        #expect(MoneyError.overflow.message.en.contains("check the unit"))
    }

    @Test func `an entry may state 1 to 2^53-1 fen`() {
        #expect(!Money.zero.isRecordable)
        #expect(Money(fen: 1).isRecordable)
        #expect(Money(fen: (1 << 53) - 1).isRecordable)
        #expect(!Money(fen: 1 << 53).isRecordable)
        #expect(!Money(fen: -1).isRecordable)
    }

    @Test func `a total holds more than an amount and narrows only where it fits`() throws {
        var total = MoneyTotal(Array(repeating: Money(fen: .max), count: 3))
        #expect(total.fen == Int128(Int64.max) * 3)
        #expect(throws: MoneyError.overflow) { try total.money() }
        #expect(total.text() == "276,701,161,105,643,274.21")
        total.subtract(Money(fen: .max))
        total.subtract(Money(fen: .max))
        #expect(try total.money() == Money(fen: .max))
        total.add(Money(fen: 1))
        #expect(throws: MoneyError.overflow) { try total.money() }
        #expect(MoneyTotal([]) < MoneyTotal([Money(fen: 1)]))
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

@Suite struct `Chinese numerals` {
    /// The examples of the rule for filling in bills (票据), and boundaries worked out by hand.
    static let table: [(Int64, String)] = [
        (0, "零元整"), (1, "壹分"), (5, "伍分"), (10, "壹角整"), (30, "叁角整"), (35, "叁角伍分"),
        (99, "玖角玖分"), (100, "壹元整"), (101, "壹元零壹分"), (110, "壹元壹角整"), (1_000, "壹拾元整"),
        (1_010, "壹拾元零壹角整"), (1_100, "壹拾壹元整"), (10_000, "壹佰元整"), (10_100, "壹佰零壹元整"),
        (11_000, "壹佰壹拾元整"), (100_100, "壹仟零壹元整"), (101_000, "壹仟零壹拾元整"),
        (32_504, "叁佰贰拾伍元零肆分"), (140_950, "壹仟肆佰零玖元伍角整"),
        (168_032, "壹仟陆佰捌拾元零叁角贰分"), (600_714, "陆仟零柒元壹角肆分"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"), (1_000_000, "壹万元整"), (1_000_100, "壹万零壹元整"),
        (10_001_000, "壹拾万零壹拾元整"), (10_700_053, "壹拾万柒仟元零伍角叁分"),
        (31_000_000, "叁拾壹万元整"), (100_000_005, "壹佰万元零伍分"), (100_000_000, "壹佰万元整"),
        (1_000_000_000, "壹仟万元整"), (10_000_000_000, "壹亿元整"), (10_000_000_100, "壹亿零壹元整"),
        (10_001_000_000, "壹亿零壹万元整"), (11_000_000_000, "壹亿壹仟万元整"),
        (10_000_100_000, "壹亿零壹仟元整"), (100_000_000_000_000, "壹万亿元整"),
        (100_000_000_000_100, "壹万亿零壹元整"), (101_000_000_000_000, "壹万零壹佰亿元整"),
        (
            9_007_199_254_740_991,
            "玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分"
        ),
    ]

    @Test(arguments: table)
    func `amounts are written as on vouchers`(fen: Int64, text: String) {
        #expect(ChineseNumeral.text(Money(fen: fen)) == text)
        #expect(ChineseNumeralReader.fen(text) == fen)
    }

    @Test func `a negative amount and one above the largest have no capital form`() {
        #expect(ChineseNumeral.text(Money(fen: -1)) == nil)
        #expect(ChineseNumeral.text(Money(fen: .min)) == nil)
        #expect(ChineseNumeral.text(Money(fen: 9_007_199_254_740_992)) == nil)
        #expect(ChineseNumeral.text(Money(fen: .max)) == nil)
    }

    @Test func `every amount reads back from its capital form`() throws {
        var generator = SeededGenerator(seed: 3)
        var samples = (0..<10_000).map { _ in generator.fen() }
        // Amounts with many zeros, where the rules of 零 lie.
        for _ in 0..<10_000 {
            var fen: Int64 = 0
            for _ in 0..<16 {
                let isZero = Int.random(in: 0..<3, using: &generator) > 0
                fen = fen * 10 + (isZero ? 0 : Int64.random(in: 1...9, using: &generator))
            }
            samples.append(fen % 9_007_199_254_740_992)
        }
        var power: Int64 = 1
        for _ in 0..<16 {
            samples += [power - 1, power, power + 1].filter { $0 <= 9_007_199_254_740_991 }
            power *= 10
        }
        for fen in samples {
            let text = try #require(ChineseNumeral.text(Money(fen: fen)))
            #expect(ChineseNumeralReader.fen(text) == fen, "\(fen) \(text)")
        }
    }

    @Test(arguments: [
        "", "元整", "壹", "壹元", "壹拾零元整", "壹佰壹元整", "壹佰零壹拾元整", "拾元整", "壹元零壹角整",
        "壹拾元壹角整", "壹元壹分", "壹万零壹仟元整", "壹分整", "贰佰叁佰元整", "零壹元整", "壹元整整", "1元整",
    ])
    func `the reader of these tests refuses every other spelling`(text: String) {
        #expect(ChineseNumeralReader.fen(text) == nil)
    }
}

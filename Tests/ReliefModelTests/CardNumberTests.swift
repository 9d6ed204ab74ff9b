// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

@Suite struct CardNumberTests {
    // Test numbers that card schemes publish, and one of 19 digits.
    @Test(arguments: [
        ("4111111111111111", "4111111111111111"), ("5555555555554444", "5555555555554444"),
        ("6212345678900000003", "6212345678900000003"),
        (" 4111 1111 1111 1111\n", "4111111111111111"), ("４１１１１１１１１１１１１１１１", "4111111111111111"),
    ])
    func `a card number is read as people paste it`(text: String, digits: String) throws {
        let number = try CardNumber(entered: text)
        #expect(String(decoding: number.clearDigitsForPayment, as: UTF8.self) == digits)
    }

    static let refused: [(String, CardNumberError)] = [
        ("", .empty), ("  ", .empty), ("411111111111111", .length(15)),
        ("41111111111111111111", .length(20)), ("4111111111111112", .checkDigit),
        ("4111  1111 1111 1111", .character(position: 6)),
        ("4111-1111-1111-1111", .character(position: 5)),
        ("411111111111111X", .character(position: 16)), ("卡4111", .character(position: 1)),
    ]

    @Test(arguments: refused)
    func `anything else is refused, in both languages, without the number`(
        text: String, error: CardNumberError
    ) {
        #expect(throws: error) { try CardNumber(entered: text) }
        let message = error.message
        #expect(message.zh.contains("应") && message.zh.contains("；请"))
        #expect(message.en.contains("expected") && message.en.contains("; "))
        #expect(!(message.zh + message.en + String(reflecting: error)).contains("4111"))
    }

    @Test func `no way of printing shows more than the last four digits`() throws {
        let number = try CardNumber(entered: "4111111111111111")
        var shown = "\(number) \(String(reflecting: number)) \([number])"
        dump(number, to: &shown)
        #expect("\(number)".hasPrefix("***…") && "\(number)".count == 8)
        #expect(!shown.contains("411111"))
    }

    @Test func `random numbers of every length are accepted, one changed digit is detected`() throws
    {
        var generator = SeededGenerator(seed: 84)
        for count in CardNumber.digitCounts {
            for _ in 0..<50 {
                let text = MadeUpNumber.randomCard(count: count, using: &generator)
                let number = try CardNumber(entered: text)
                #expect(String(decoding: number.clearDigitsForPayment, as: UTF8.self) == text)
                let characters = Array(text)
                for index in characters.indices {
                    for other in "0123456789" where other != characters[index] {
                        var changed = characters
                        changed[index] = other
                        #expect(throws: CardNumberError.checkDigit) {
                            try CardNumber(entered: String(changed))
                        }
                    }
                }
            }
        }
    }

    @Test func `exchanged neighbours are detected, except 0 and 9`() throws {
        var generator = SeededGenerator(seed: 85)
        for _ in 0..<2_000 {
            var characters = Array(MadeUpNumber.randomCard(count: 19, using: &generator))
            let index = Int.random(in: 0..<18, using: &generator)
            let pair: Set<Character> = [characters[index], characters[index + 1]]
            guard pair.count == 2, pair != ["0", "9"] else { continue }
            characters.swapAt(index, index + 1)
            #expect(throws: CardNumberError.checkDigit) {
                try CardNumber(entered: String(characters))
            }
        }
    }

    @Test func `19 nines and leading zeros keep their digits`() throws {
        for body in ["999999999999999999", "000000000000000"] {
            let text = (0...9).map { body + String($0) }
                .first { (try? CardNumber(entered: $0)) != nil }
            let number = try CardNumber(entered: try #require(text))
            #expect(String(decoding: number.clearDigitsForPayment, as: UTF8.self) == text)
        }
    }
}

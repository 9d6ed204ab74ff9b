// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

/// Codes computed on their own, straight from the formula of GB 32100-2015.
enum CodeOfFirm {
    static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")

    static func random(using generator: inout SeededGenerator) -> String {
        let body = (0..<17).map { _ in Int.random(in: 0..<31, using: &generator) }
        var power = 1
        var sum = 0
        for value in body {
            sum += value * (power % 31)
            power = power * 3 % 31
        }
        return String(body.map { alphabet[$0] }) + String(alphabet[(31 - sum % 31) % 31])
    }
}

@Suite struct UnifiedCodeTests {
    private func isCode(_ bytes: [UInt8]) -> Bool { UnifiedCode.isValid(bytes.span) }

    // The standard's own example, and codes that two companies publish.
    @Test(arguments: ["91350100M000100Y43", "9144030071526726XG", "91110000802100433B"])
    func `published codes are accepted`(text: String) throws {
        let code = try UnifiedCode(entered: text)
        #expect(code.description == text)
        #expect(UnifiedCode(Array(text.utf8).span) == code)
    }

    @Test(arguments: [
        "  91350100M000100Y43", "９１３５０１００Ｍ０００１００Ｙ４３", "91350100m000100y43\n",
        "\u{3000}91350100M000100Y43\u{A0}", "\u{FEFF}91350100M000100Y43",
    ])
    func `a code is read as people paste it, and has one spelling after that`(
        text: String
    ) throws {
        #expect(try UnifiedCode(entered: text).description == "91350100M000100Y43")
        #expect(UnifiedCode(Array(text.utf8).span) == nil)
    }

    static let refused: [(String, UnifiedCodeError)] = [
        ("", .empty), (" \u{3000}", .empty), ("91350100M000100Y4", .length(17)),
        ("91350100M000100Y433", .length(19)), ("91350100M000100Y44", .checkCharacter),
        ("91350100M000100Y34", .checkCharacter), ("9135O100M000100Y43", .character(position: 5)),
        ("I1350100M000100Y43", .character(position: 1)),
        ("91350100M000100Y4Z", .character(position: 18)),
        ("9135 0100M000100Y43", .character(position: 5)),
        ("91350100-M000100Y43", .character(position: 9)),
        ("统一91350100M000100", .character(position: 1)),
        ("91350100M000100Y4e\u{301}", .character(position: 18)),
    ]

    @Test(arguments: refused)
    func `anything else is refused for its reason`(text: String, error: UnifiedCodeError) {
        #expect(throws: error) { try UnifiedCode(entered: text) }
        #expect(UnifiedCode(Array(text.utf8).span) == nil)
    }

    @Test(arguments: refused)
    func `a refusal tells what, what is expected and what to do, without the code`(
        text: String, error: UnifiedCodeError
    ) {
        let message = error.message
        #expect(message.zh.contains("应") && message.zh.contains("；请"))
        #expect(message.en.contains("expected") && message.en.contains("; "))
        if text.count > 10 {
            #expect(!message.zh.contains(text) && !message.en.contains(text))
        }
    }

    @Test func `every random code is accepted and every one changed character detected`() {
        var generator = SeededGenerator(seed: 73)
        for _ in 0..<200 {
            let text = CodeOfFirm.random(using: &generator)
            let bytes = Array(text.utf8)
            #expect(UnifiedCode(bytes.span)?.description == text)
            for index in bytes.indices {
                for character in UInt8(0x20)...0x7E where character != bytes[index] {
                    var changed = bytes
                    changed[index] = character
                    #expect(!isCode(changed))
                }
            }
        }
    }

    @Test func `every exchange of two different neighbours is detected`() {
        var generator = SeededGenerator(seed: 74)
        for _ in 0..<500 {
            var bytes = Array(CodeOfFirm.random(using: &generator).utf8)
            let index = Int.random(in: 0..<17, using: &generator)
            guard bytes[index] != bytes[index + 1] else { continue }
            bytes.swapAt(index, index + 1)
            #expect(!isCode(bytes))
        }
    }

    @Test func `codes sort as their texts do`() {
        var generator = SeededGenerator(seed: 75)
        let texts = (0..<200).map { _ in CodeOfFirm.random(using: &generator) }
        let codes = texts.compactMap { UnifiedCode(Array($0.utf8).span) }
        #expect(codes.sorted().map(\.description) == texts.sorted())
    }
}

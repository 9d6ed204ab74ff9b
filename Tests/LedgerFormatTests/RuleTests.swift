// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@Suite struct RuleTests {
    @Test(arguments: [
        "a", "龙陵县 灾情", "a  b", "😀", String(repeating: "a", count: 20), "\u{A0}x\u{3000}",
    ])
    func `text is accepted`(text: String) {
        #expect(TextRule.problem(in: text, maximumByteCount: 20) == nil)
    }

    @Test(arguments: [
        "", " a", "a ", " ", String(repeating: "a", count: 21), "a\nb", "a\u{0}", "\u{7F}",
        "\u{9F}", "\u{200B}",
        "\u{200F}", "\u{2028}", "\u{202E}", "\u{2060}", "\u{2069}", "\u{FEFF}a",
    ])
    func `text is refused, with a reason in both languages`(text: String) throws {
        let problem = try #require(TextRule.problem(in: text, maximumByteCount: 20))
        #expect(
            !problem.text(.zh).isEmpty && !problem.text(.en).isEmpty && problem.zh != problem.en)
    }

    @Test func `bytes that are not UTF-8 are refused as text`() {
        let bytes: [UInt8] = [0x61, 0xED, 0xA0, 0x80]
        #expect(
            TextRule.problem(in: bytes.span, maximumByteCount: 20)?.en.contains("offset 1") == true)
    }

    @Test(arguments: ["LL-023", "ab", "Z.9_-", "a" + String(repeating: "0", count: 31)])
    func `an officer's number is read`(text: String) {
        #expect(PersonID(text)?.text == text)
    }

    @Test(arguments: [
        "", "a", "9a", "-a", "a b", "张三", "a" + String(repeating: "0", count: 32), "ab/",
    ])
    func `another officer's number is refused`(text: String) {
        #expect(PersonID(text) == nil)
    }

    @Test(arguments: [
        "longling.gov.cn/relief/2021", "a", "a-b.0", "a/B_~.-", "x.y/...",
        String(repeating: "a", count: 255),
    ])
    func `an origin is accepted`(text: String) {
        #expect(Origin.isValid(text))
    }

    @Test(arguments: [
        "", "A.cn", ".a", "a.", "a..b", "a/", "/a", "a//b", "a b", "a_b.cn", "a/b c", "a/é", "a./b",
        "x.y/..", "x.y/./z", "-a.cn", "a-.cn",
        "https://a.cn", String(repeating: "a", count: 256),
    ])
    func `another origin is refused`(text: String) {
        #expect(!Origin.isValid(text))
    }

    @Test func `the order of names is the order of their bytes`() throws {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<5_000 {
            let (left, right) = (generator.name(), generator.name())
            let names = (try #require(FieldName(left)), try #require(FieldName(right)))
            #expect((names.0 < names.1) == left.utf8.lexicographicallyPrecedes(right.utf8))
            #expect((names.0 == names.1) == (left == right))
            #expect(names.0.description == left)
        }
    }

    @Test(arguments: ["", "A", "1a", "a_", "aé", "a b", "abcdefghijklmnopq"])
    func `another name is refused`(text: String) {
        #expect(FieldName(text) == nil)
    }

    @Test func `a malformed name literal stops the program`() async {
        await #expect(processExitsWith: .failure) { _ = FieldName(stringLiteral: "A") }
    }

    @Test func `a message says where, what, what was expected and what is there`() {
        let error = FormatError(
            offset: 12, problem: .unexpectedByte(0x3B, expected: .commaOrCloseBrace))
        #expect(
            error.message.en == "byte offset 12: unexpected byte: expected , or }, found 0x3b (;)")
        #expect(error.message.zh == "字节偏移 12:字节不符合语法,应为「,」或「}」,实为 0x3b (;)")
        let invisible = FormatError(offset: 3, problem: .invisibleCharacter(0x200B)).message
        #expect(invisible.en.hasSuffix("expected visible text, found U+200B"))
        #expect(
            FormatError(offset: 0, problem: .controlCharacter(7)).message.zh.hasSuffix("U+0007"))
    }

    @Test(arguments: [
        FormatError.Problem.unexpectedEnd, .unexpectedByte(0, expected: .colon), .notUTF8,
        .controlCharacter(1), .invisibleCharacter(0xFEFF), .nonCanonicalEscape, .nonCanonicalNumber,
        .numberOutOfRange, .duplicateName("a"), .nameOutOfOrder, .badName, .tooDeep,
        .tooLong(byteCount: 2, maximum: 1), .tooManyFields, .trailingBytes, .nullNotAllowed,
    ])
    func `every problem has a sentence in both languages`(problem: FormatError.Problem) {
        let message = problem.message
        #expect(message.en.contains("expected") && message.en.contains("found"))
        #expect(message.zh.contains("应") && message.zh.contains("实为"))
    }
}

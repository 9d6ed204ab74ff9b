// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LedgerFormat

@Suite struct RecordScannerTests {
    private static let sample =
        Array(
            #"{"amount":-31000000,"document":{"date":"2021-12-29","number":"龙财建〔2021〕51号"},"#.utf8)
        + Array(
            #""final":true,"keys":[{"key":"aé"},[]],"memo":"a \"b\" \\ 😀","sixteenLetters16":"x"}"#
                .utf8)

    private func fault(_ bytes: [UInt8]) -> FormatError? {
        var table = FieldTable()
        do {
            try RecordScanner.scan(bytes.span, into: &table)
            return nil
        } catch {
            #expect(table.count == 0)
            return error
        }
    }

    private func fault(_ text: String) -> FormatError? { fault(Array(text.utf8)) }

    @Test func `the fields of a record are found at their places`() throws {
        let line = Self.sample
        var table = FieldTable()
        try RecordScanner.scan(line.span, into: &table)
        let names = (0..<table.count).map { table.name($0).description }
        #expect(names == ["amount", "document", "final", "keys", "memo", "sixteenLetters16"])
        let types = (0..<table.count).map { table.type($0) }
        #expect(types == [.integer, .object, .boolean, .array, .string, .string])
        let values = (0..<table.count).map {
            String(decoding: line[table.range($0)], as: UTF8.self)
        }
        #expect(
            values == [
                "-31000000", #"{"date":"2021-12-29","number":"龙财建〔2021〕51号"}"#, "true",
                #"[{"key":"aé"},[]]"#, #"a \"b\" \\ 😀"#, "x",
            ])
        #expect(
            (0..<table.count).map { table.hasEscapes($0) } == [
                false, false, false, false, true, false,
            ])
        #expect(table.integer(0) == -31_000_000)
        #expect(table.integer(2) == 1)
        #expect(table.text(4, in: line.span) == #"a "b" \ 😀"#)
        #expect(table.index(of: "memo") == 4)
        #expect(table.index(of: "none") == nil)
    }

    @Test func `the front of bytes is scanned as far as its record goes`() throws {
        var table = FieldTable()
        for rest in ["", "\n", "\n{}", "}", "x", "  and more than eight bytes"] {
            let bytes = Self.sample + Array(rest.utf8)
            let count = try RecordScanner.scan(frontOf: bytes.span, into: &table)
            #expect(count == Self.sample.count)
            #expect(table.count == 6)
            #expect(table.integer(0) == -31_000_000)
        }
        for count in 0..<Self.sample.count {
            // Cut off, and cut off by an LF with more behind it, which stands in no record.
            let cut = Array(Self.sample[..<count])
            for bytes in [cut, cut + [0x0A], cut + [0x0A] + Self.sample] {
                var isRefused = false
                do {
                    _ = try RecordScanner.scan(frontOf: bytes.span, into: &table)
                } catch {
                    isRefused = true
                }
                #expect(isRefused, "\(count)")
                #expect(table.count == 0)
            }
        }
    }

    @Test func `a table is filled anew by each line`() throws {
        var table = FieldTable()
        try RecordScanner.scan(Self.sample.span, into: &table)
        let small = Array(#"{"a":1}"#.utf8)
        try RecordScanner.scan(small.span, into: &table)
        #expect(table.count == 1)
        let empty = Array("{}".utf8)
        try RecordScanner.scan(empty.span, into: &table)
        #expect(table.count == 0)
    }

    @Test(arguments: [
        ("", 0, FormatError.Problem.unexpectedEnd), ("{", 1, .unexpectedEnd),
        (#"{"a"#, 3, .unexpectedEnd),
        (#"{"a":"#, 5, .unexpectedEnd), (#"{"a":"b"#, 7, .unexpectedEnd),
        (#"{"a":"b\"#, 8, .unexpectedEnd),
        (#"{"a":-"#, 6, .unexpectedEnd), (#"{"a":tr"#, 7, .unexpectedEnd),
        (#"{"a":[1"#, 7, .unexpectedEnd),
        ("[]", 0, .unexpectedByte(0x5B, expected: .openBrace)),
        ("{ }", 1, .unexpectedByte(0x20, expected: .name)),
        (#"{"a" :1}"#, 4, .unexpectedByte(0x20, expected: .colon)),
        (#"{"a": 1}"#, 5, .unexpectedByte(0x20, expected: .value)),
        (#"{"a":1 }"#, 6, .unexpectedByte(0x20, expected: .commaOrCloseBrace)),
        (#"{"a":[1 ]}"#, 7, .unexpectedByte(0x20, expected: .commaOrCloseBracket)),
        (#"{"a":tuue}"#, 6, .unexpectedByte(0x75, expected: .boolean)),
        ("{\"a\":\"\u{7F}\"}", 6, .controlCharacter(0x7F)),
        ("{\"a\":\"b\u{85}\"}", 7, .controlCharacter(0x85)),
        ("{\"a\":\"\u{1F}\"}", 6, .controlCharacter(0x1F)),
        ("{\"a\":\"\u{0}\"}", 6, .controlCharacter(0)),
        ("{\"a\":\"龙\u{202E}\"}", 9, .invisibleCharacter(0x202E)),
        (#"{"a":"\n"}"#, 6, .nonCanonicalEscape), (#"{"a":"\u0001"}"#, 6, .nonCanonicalEscape),
        (#"{"a":01}"#, 5, .nonCanonicalNumber), (#"{"a":-0}"#, 5, .nonCanonicalNumber),
        (#"{"a":1.5}"#, 5, .nonCanonicalNumber), (#"{"a":1E2}"#, 5, .nonCanonicalNumber),
        (#"{"a":9007199254740992}"#, 5, .numberOutOfRange),
        (#"{"a":10000000000000000000000}"#, 5, .numberOutOfRange),
        (#"{"a":1,"a":2}"#, 7, .duplicateName("a")), (#"{"b":1,"a":2}"#, 7, .nameOutOfOrder),
        (#"{"a":{"b":1,"b":2}}"#, 12, .duplicateName("b")),
        (#"{"a":{"c":1,"b":2}}"#, 12, .nameOutOfOrder),
        (#"{"":1}"#, 1, .badName), (#"{"A":1}"#, 1, .badName), (#"{"a_b":1}"#, 1, .badName),
        (#"{"a":{"é":1}}"#, 6, .badName), (#"{"abcdefghijklmnopq":1}"#, 1, .badName),
        (#"{"abcdefghi.":1}"#, 1, .badName),
        (#"{"a":1}x"#, 7, .trailingBytes), ("{}\n", 2, .trailingBytes),
        (#"{"a":null}"#, 5, .nullNotAllowed),
    ])
    func `a fault is named at its offset`(text: String, offset: Int, problem: FormatError.Problem) {
        #expect(fault(text) == FormatError(offset: offset, problem: problem))
    }

    @Test func `every character beyond ASCII is judged as the rule for text judges it`() {
        var table = FieldTable()
        for value: UInt32 in 0x80...0x10FFFF {
            // Whole planes of plain characters are sampled; the ranges with exceptions are not.
            if value > 0x3000 && value < 0xD700 && !value.isMultiple(of: 37) { continue }
            if value > 0x10100 && value < 0x10FF00 && !value.isMultiple(of: 4_099) { continue }
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = "a\(Character(scalar))b"
            let line = Array("{\"a\":\"\(text)\"}".utf8)
            let isScanned = (try? RecordScanner.scan(line.span, into: &table)) != nil
            let isText = TextRule.problem(in: text, maximumByteCount: 10) == nil
            #expect(isScanned == isText, "U+\(String(value, radix: 16))")
        }
    }

    @Test func `one to four bytes are UTF-8 exactly when the library says so`() {
        var generator = SeededGenerator(seed: 3)
        var accepted = 0
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                UInt8.random(in: 0x80...0xFF, using: &generator)
            }
            let line = Array(#"{"a":""#.utf8) + bytes + Array(#""}"#.utf8)
            let problem = fault(line)?.problem
            let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
            switch problem {
            case .notUTF8: #expect(!isUTF8)
            case nil:
                accepted += 1
                #expect(isUTF8)
            case .controlCharacter, .invisibleCharacter: break
            default: Issue.record("unexpected \(String(describing: problem))")
            }
        }
        #expect(accepted > 50)
    }

    @Test func `special bytes are seen at every place of a word`() {
        for length in 0...40 {
            for (special, problem) in [
                ("\u{1}", FormatError.Problem.controlCharacter(1)),
                ("\u{7F}", .controlCharacter(0x7F)),
                ("\\t", .nonCanonicalEscape), ("\u{200B}", .invisibleCharacter(0x200B)),
            ] {
                for filler: Character in ["a", " ", "!", "~", "]", "#"] {
                    let text = String(repeating: filler, count: length)
                    #expect(
                        fault("{\"a\":\"\(text)\(special)\(text)\"}")
                            == FormatError(offset: 6 + length, problem: problem))
                    #expect(fault("{\"a\":\"\(text)\"}") == nil)
                    #expect(fault("{\"a\":\"\(text)\\\"\(text)龙\(text)\"}") == nil)
                }
            }
        }
    }

    @Test func `eight levels are read and the ninth is refused at its bracket`() {
        let arrays = String(repeating: "[", count: 7) + String(repeating: "]", count: 7)
        #expect(fault("{\"a\":\(arrays)}") == nil)
        #expect(fault("{\"a\":[\(arrays)]}") == FormatError(offset: 12, problem: .tooDeep))
        let deep = String(repeating: #"{"a":"#, count: 8)
        #expect(fault(deep + "1" + String(repeating: "}", count: 8)) == nil)
        #expect(fault(deep + "{") == FormatError(offset: 40, problem: .tooDeep))
    }

    @Test func `the bounds on bytes and fields are exact`() {
        let text = String(repeating: "a", count: 65_527)
        #expect(fault("{\"a\":\"\(text)\"}") == nil)
        #expect(
            fault("{\"a\":\"\(text)b\"}")
                == FormatError(
                    offset: 65_535, problem: .tooLong(byteCount: 65_536, maximum: 65_535)))
        let names = (10..<43).map { "\"a\($0)\":1" }
        #expect(fault("{" + names.prefix(32).joined(separator: ",") + "}") == nil)
        let offset = 1 + 32 * 8
        #expect(
            fault("{" + names.joined(separator: ",") + "}")
                == FormatError(offset: offset, problem: .tooManyFields))
    }

    @Test func `what the scanner accepts is canonical, over random records and changes`() throws {
        var generator = SeededGenerator(seed: 4)
        var table = FieldTable()
        var accepted = 0
        let interesting = Array(#"{}[]",:\-01.eEtfn aA"#.utf8) + [0, 0x7F, 0x80, 0xE2, 0xFF]
        for _ in 0..<4_000 {
            let record = generator.record()
            let line = CanonicalJSON.encode(record)
            try RecordScanner.scan(line.span, into: &table)
            #expect(table.count == record.members?.count)
            for _ in 0..<8 {
                var mutated = line
                let index = Int.random(in: line.indices, using: &generator)
                let byte = interesting.randomElement(using: &generator) ?? 0
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: mutated[index] = byte
                case 1: mutated[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                case 2: mutated.insert(byte, at: index)
                default: mutated.remove(at: index)
                }
                try checkAgreement(mutated, &accepted)
            }
        }
        #expect(accepted > 1_000)
    }

    @Test func `any single byte of a record changed is refused or was canonical`() throws {
        var accepted = 0
        for index in Self.sample.indices {
            for byte in UInt8.min...UInt8.max {
                var mutated = Self.sample
                mutated[index] = byte
                try checkAgreement(mutated, &accepted)
            }
        }
        #expect(accepted > Self.sample.count)
    }

    /// Holds the scanner to the parser: it accepts no more, and less only for its own rules.
    private func checkAgreement(_ line: [UInt8], _ accepted: inout Int) throws {
        guard let error = fault(line) else {
            accepted += 1
            #expect(CanonicalJSON.encode(try CanonicalJSON.parse(line)) == line)
            return
        }
        guard (try? CanonicalJSON.parse(line)) != nil else { return }
        switch error.problem {
        case .badName, .controlCharacter, .invisibleCharacter, .nonCanonicalEscape: break
        // A record starts with a brace; the parser takes any value.
        case .unexpectedByte(_, expected: .openBrace): break
        default: Issue.record("scanner refused canonical bytes: \(error.message.en)")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerFormat
import Testing

@Suite struct CanonicalJSONTests {
    @Test func `an object has these canonical bytes`() throws {
        let value = JSONValue.object([
            "unit": "530523204000".json, "amount": .integer(31_000_000), "memo": nil,
            "flags": .array([.boolean(true), .boolean(false), .object([])]),
            "document": .object([("number", "龙财建〔2021〕51号".json), ("date", "2021-12-29".json)]),
        ])
        let golden =
            #"{"amount":31000000,"document":{"date":"2021-12-29","number":"龙财建〔2021〕51号"},"#
            + #""flags":[true,false,{}],"unit":"530523204000"}"#
        #expect(CanonicalJSON.encode(value) == Array(golden.utf8))
        #expect(try CanonicalJSON.parse(Array(golden.utf8)) == value)
        #expect(value["document"]?["date"]?.string == "2021-12-29")
        #expect(value["amount"]?.integer == 31_000_000)
        #expect(value["flags"]?.array?.first?.boolean == true)
        #expect(value["memo"] == nil)
    }

    // RFC 8785 §3.2.3: the names of its example, in the order that it demands.
    @Test func `names sort by UTF-16 code units`() throws {
        let names = ["\r", "1", "\u{80}", "\u{F6}", "\u{20AC}", "\u{1F600}", "\u{FB33}"]
        let value = JSONValue.object(names.reversed().map { ($0, .boolean(true)) })
        #expect(value.members?.map(\.name) == names)
        let bytes = CanonicalJSON.encode(value)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "{\"\\r\":true,\"1\":true,\"\u{80}\":true,\"ö\":true,\"€\":true,\"😀\":true,"
                + "\"\u{FB33}\":true}")
        #expect(try CanonicalJSON.parse(bytes) == value)
    }

    // RFC 8785 §3.2.2: the string of its example.
    @Test func `only controls, quote and backslash are escaped`() throws {
        let text = "\u{20AC}$\u{F}\nA'B\"\\\\\"/"
        let golden = #""€$\u000f\nA'B\"\\\\\"/""#
        #expect(CanonicalJSON.encode(.string(text)) == Array(golden.utf8))
        #expect(try CanonicalJSON.parse(Array(golden.utf8)) == .string(text))
        let controls = "\u{0}\u{8}\t\n\u{B}\u{C}\r\u{1F}\u{7F}"
        #expect(
            CanonicalJSON.encode(.string(controls))
                == Array("\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\u{7F}\"".utf8))
    }

    @Test func `text that only looks the same is not equal`() {
        #expect(JSONValue.string("é") != .string("e\u{301}"))
        let both = JSONValue.object([("é", .integer(1)), ("e\u{301}", .integer(2))])
        #expect(both["é"] == .integer(1))
        #expect((try? CanonicalJSON.parse(CanonicalJSON.encode(both))) == both)
    }

    @Test(arguments: [
        ("", 0, FormatError.Problem.unexpectedEnd), ("{", 1, .unexpectedEnd),
        (#"{"a":1"#, 6, .unexpectedEnd), (#""a"#, 2, .unexpectedEnd),
        (#""\u00"#, 5, .unexpectedEnd),
        ("-", 1, .unexpectedEnd), ("tru", 3, .unexpectedEnd), (#""\"#, 2, .unexpectedEnd),
        (" 1", 0, .unexpectedByte(0x20, expected: .value)),
        (#"{"a" :1}"#, 4, .unexpectedByte(0x20, expected: .colon)),
        (#"{a:1}"#, 1, .unexpectedByte(0x61, expected: .name)),
        (#"{"a":1;"#, 6, .unexpectedByte(0x3B, expected: .commaOrCloseBrace)),
        ("[1}", 2, .unexpectedByte(0x7D, expected: .commaOrCloseBracket)),
        ("[1,]", 3, .unexpectedByte(0x5D, expected: .value)),
        ("trux", 3, .unexpectedByte(0x78, expected: .boolean)),
        ("\"\n\"", 1, .controlCharacter(0x0A)), (#""a\/""#, 2, .nonCanonicalEscape),
        (#""\u000a""#, 1, .nonCanonicalEscape), (#""\u001F""#, 1, .nonCanonicalEscape),
        (#""\u0041""#, 1, .nonCanonicalEscape), (#""\ud800""#, 1, .nonCanonicalEscape),
        ("01", 0, .nonCanonicalNumber), ("-0", 0, .nonCanonicalNumber),
        ("[1.0]", 1, .nonCanonicalNumber),
        ("1e3", 0, .nonCanonicalNumber), ("-x", 0, .nonCanonicalNumber),
        ("9007199254740992", 0, .numberOutOfRange), ("-9007199254740992", 0, .numberOutOfRange),
        ("18446744073709551617", 0, .numberOutOfRange),
        (#"{"a":1,"a":2}"#, 7, .duplicateName("a")), (#"{"b":1,"a":2}"#, 7, .nameOutOfOrder),
        ("1 ", 1, .trailingBytes), ("{}{}", 2, .trailingBytes), ("[null]", 1, .nullNotAllowed),
    ])
    func `a fault is named at its offset`(text: String, offset: Int, problem: FormatError.Problem) {
        #expect(throws: FormatError(offset: offset, problem: problem)) {
            try CanonicalJSON.parse(Array(text.utf8))
        }
    }

    @Test(
        arguments: [
            [0x80], [0xC3], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80],
            [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
            [0xE9, 0xBE], [0xF0, 0x9F, 0x98],
        ] as [[UInt8]])
    func `bytes that are not shortest-form UTF-8 are refused`(bytes: [UInt8]) {
        let text = [0x22, 0x61] + bytes + [0x22]
        #expect(throws: FormatError(offset: 2, problem: .notUTF8)) { try CanonicalJSON.parse(text) }
    }

    @Test func `the largest integers are read`() throws {
        for number in [CanonicalJSON.maximumInteger, -CanonicalJSON.maximumInteger, 0] {
            #expect(try CanonicalJSON.parse(Array(String(number).utf8)) == .integer(number))
        }
    }

    @Test func `eight levels are read and the ninth is refused at its bracket`() throws {
        let eight = String(repeating: "[", count: 8) + String(repeating: "]", count: 8)
        #expect(
            CanonicalJSON.encode(try CanonicalJSON.parse(Array(eight.utf8))) == Array(eight.utf8))
        #expect(throws: FormatError(offset: 8, problem: .tooDeep)) {
            try CanonicalJSON.parse(Array("[\(eight)]".utf8))
        }
        // Deep nesting costs no stack: the refusal comes at the ninth bracket.
        #expect(throws: FormatError(offset: 8, problem: .tooDeep)) {
            try CanonicalJSON.parse([UInt8](repeating: 0x5B, count: 60_000))
        }
    }

    @Test func `the bound on bytes is exact`() throws {
        let fits = [0x22] + [UInt8](repeating: 0x61, count: 65_533) + [0x22]
        #expect(try CanonicalJSON.parse(fits).string?.utf8.count == 65_533)
        #expect(
            throws: FormatError(
                offset: 65_535, problem: .tooLong(byteCount: 65_536, maximum: 65_535))
        ) { try CanonicalJSON.parse([0x22] + fits) }
        #expect(
            try CanonicalJSON.parse([0x22] + fits.dropFirst(), maximumByteCount: 65_535).string
                != nil)
    }

    @Test func `values out of the restriction cannot be encoded`() async {
        await #expect(processExitsWith: .failure) {
            _ = CanonicalJSON.encode(.integer(9_007_199_254_740_992))
        }
        await #expect(processExitsWith: .failure) {
            _ = CanonicalJSON.encode(.object([("a", .integer(1)), ("a", .integer(2))]))
        }
        await #expect(processExitsWith: .failure) {
            _ = CanonicalJSON.encode((0..<9).reduce(.integer(1)) { value, _ in .array([value]) })
        }
    }

    @Test func `encoding, parsing and encoding again is the identity`() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<3_000 {
            let value = generator.value(depth: 0)
            let bytes = CanonicalJSON.encode(value)
            let parsed = try CanonicalJSON.parse(bytes)
            #expect(parsed == value)
            #expect(CanonicalJSON.encode(parsed) == bytes)
        }
    }

    @Test func `any single byte changed is refused or was canonical`() throws {
        let sample = Array(
            #"{"a":[-1,20,true],"b":{"c":"龙\"\\\n\u001f😀é","d":false},"e":9007199254740991}"#.utf8)
        var accepted = 0
        for index in sample.indices {
            for byte in UInt8.min...UInt8.max {
                var mutated = sample
                mutated[index] = byte
                guard let value = try? CanonicalJSON.parse(mutated) else { continue }
                accepted += 1
                #expect(CanonicalJSON.encode(value) == mutated)
            }
        }
        #expect(accepted > sample.count)
    }

    @Test(.enabled(if: Python.isPresent)) func `python writes the same bytes`() throws {
        var generator = SeededGenerator(seed: 2)
        let lines = (0..<300).map { _ in
            String(decoding: CanonicalJSON.encode(generator.record()), as: UTF8.self)
        }
        let output = try Python.run(
            """
            import json, sys
            for line in sys.stdin.buffer.read().decode().split("\\n")[:-1]:
                text = json.dumps(json.loads(line), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
                sys.stdout.buffer.write(text.encode() + b"\\n")
            """, input: lines.map { $0 + "\n" }.joined())
        let theirs = output.utf8.split(separator: 0x0A).map(Array.init)
        #expect(theirs == lines.map { Array($0.utf8) })
    }
}

extension String {
    /// The text as a JSON string.
    var json: JSONValue { .string(self) }
}

/// The independent oracle of some tests.
enum Python {
    static let isPresent = (try? run("print(1)", input: "")) == "1\n"

    static func run(_ program: String, input: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program]
        let source = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(input.utf8).write(to: source)
        defer { try? FileManager.default.removeItem(at: source) }
        process.standardInput = try FileHandle(forReadingFrom: source)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }
}

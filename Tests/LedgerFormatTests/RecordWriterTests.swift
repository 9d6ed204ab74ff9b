// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@Suite struct RecordWriterTests {
    @Test func `fields and objects come out as canonical JSON`() throws {
        let unit = try #require(UnitID("x-530523204000-hcb.g1"))
        let date = try #require(CivilDate("2021-12-29"))
        var writer = RecordWriter()
        writer.begin()
        writer.integer("amount", 31_000_000)
        writer.object("document") { document in
            document.date("date", date)
            document.text("number", "龙财建〔2021〕51号")
        }
        writer.boolean("no", false)
        writer.digits("payee", letter: 0x68, 0xABC)
        writer.unit("unit", unit)
        writer.boolean("yes", true)
        let byteCount = writer.end()
        let lineByteCount = writer.lineByteCount
        #expect(byteCount == lineByteCount)
        let expected =
            #"{"amount":31000000,"document":{"date":"2021-12-29","number":"龙财建〔2021〕51号"},"#
            + #""no":false,"payee":"h-00000000000000000000000000000abc","#
            + #""unit":"x-530523204000-hcb.g1","yes":true}"# + "\n"
        let bytes = writer.finish()
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    @Test(arguments: 0..<40)
    func `any fields give the bytes of the encoder`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            var names: Set<String> = []
            for _ in 0..<Int.random(in: 0...12, using: &random) { names.insert(random.name()) }
            let fields = names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
                .map { ($0, random.value(depth: 1)) }
            var writer = RecordWriter()
            writer.begin()
            for (name, value) in fields { Self.write(name, value, to: &writer) }
            writer.end()
            let encoded = CanonicalJSON.encode(.object(fields.map { ($0.0, Optional($0.1)) }))
            let bytes = writer.finish()
            #expect(bytes == encoded + [0x0A])
        }
    }

    /// Through the method of the value's own type, and objects through theirs.
    private static func write(_ name: String, _ value: JSONValue, to writer: inout RecordWriter) {
        let field = FieldName(stringLiteral: name)
        switch value {
        case .integer(let number): writer.integer(field, number)
        case .string(let text): writer.text(field, text)
        case .boolean(let flag): writer.boolean(field, flag)
        case .object, .array: writer.value(field, value)
        }
    }

    @Test(arguments: 0..<20)
    func `prev and seq fall into their places`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let leaf = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
            let seq = Int.random(in: 0...1_000_000_000, using: &random)
            var names: Set<String> = []
            for _ in 0..<Int.random(in: 0...6, using: &random) { names.insert(random.name()) }
            for name in ["a", "kind", "persons", "prevs", "pre", "sep", "seqs", "unit"]
            where Bool.random(using: &random) { names.insert(name) }
            names.subtract(["prev", "seq"])
            let ordered = names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
            var writer = RecordWriter()
            writer.begin(seq: seq, prev: leaf.span)
            for name in ordered {
                // Names inside an object have nothing to do with the chain.
                writer.object(FieldName(stringLiteral: name)) { $0.integer("zzz", 1) }
            }
            writer.end()
            let inner = JSONValue.object([("zzz", Optional(JSONValue.integer(1)))])
            let chain: [(String, JSONValue?)] = [
                ("seq", .integer(Int64(seq))), ("prev", .string(HexText.encode(leaf))),
            ]
            let encoded = CanonicalJSON.encode(.object(ordered.map { ($0, inner) } + chain))
            let line = writer.withLine { Self.bytes($0) }
            #expect(line == encoded)
        }
    }

    @Test(arguments: 0..<20)
    func `numbers, units, dates and digits are spelled as their descriptions`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let digits = Int.random(in: 1...16, using: &random)
            let limit = (0..<digits).reduce(Int64(1)) { power, _ in power * 10 }
            let maximum = CanonicalJSON.maximumInteger
            let number = Int64.random(
                in: -min(limit, maximum)...min(limit, maximum), using: &random)
            let day = Int32.random(in: -719_162...2_932_896, using: &random)
            let date = try #require(CivilDate(day: day))
            let text = Self.unit(&random)
            let unit = try #require(UnitID(text))
            let pseudonym = UInt128.random(in: 0...UInt128.max, using: &random)
            var writer = RecordWriter()
            writer.begin()
            writer.integer("a", number)
            writer.date("b", date)
            writer.unit("c", unit)
            writer.digits("d", letter: 0x68, pseudonym)
            writer.end()
            let hex = String(pseudonym, radix: 16)
            let payee = "h-" + String(repeating: "0", count: 32 - hex.count) + hex
            let expected = CanonicalJSON.encode(
                .object([
                    "a": .integer(number), "b": .string("\(date)"), "c": .string("\(unit)"),
                    "d": .string(payee),
                ]))
            let line = writer.withLine { Self.bytes($0) }
            #expect(line == expected)
        }
    }

    private static func unit(_ random: inout SeededGenerator) -> String {
        let code = String(Int.random(in: 0...999_999_999_999, using: &random))
        let official = String(repeating: "0", count: 12 - code.count) + code
        guard Bool.random(using: &random) else { return official }
        let slug = (1...Int.random(in: 1...14, using: &random)).map { _ in
            String("abcxyz0189".randomElement(using: &random) ?? "a")
        }
        return "x-\(official)-\(slug.joined())"
    }

    @Test func `a record can be taken back and one encoded elsewhere added`() {
        var writer = RecordWriter()
        writer.append(line: Array(#"{"a":1}"#.utf8))
        writer.begin()
        writer.text("long", String(repeating: "\"\u{1}字", count: 20_000))
        writer.end()
        let byteCount = writer.lineByteCount
        #expect(byteCount == 11 + 20_000 * 11)
        writer.dropLine()
        writer.begin()
        writer.end()
        let lines = writer.lines
        #expect(String(decoding: lines, as: UTF8.self) == "{\"a\":1}\n{}\n")
        let bytes = writer.finish()
        #expect(bytes == lines)
    }

    @Test func `what a caller may not do stops it`() async {
        await #expect(processExitsWith: .failure) {
            var writer = RecordWriter()
            writer.begin()
            writer.integer("b", 1)
            writer.integer("a", 1)
        }
        await #expect(processExitsWith: .failure) {
            var writer = RecordWriter()
            writer.begin()
            writer.integer("a", 1)
            writer.integer("a", 1)
        }
        await #expect(processExitsWith: .failure) {
            var writer = RecordWriter()
            writer.begin()
            // "A": a capital letter first.
            writer.integer(FieldName(high: 0x4100_0000_0000_0000), 1)
        }
        await #expect(processExitsWith: .failure) {
            var writer = RecordWriter()
            writer.begin()
            // "a", a zero, "b".
            writer.integer(FieldName(high: 0x6100_6200_0000_0000), 1)
        }
        await #expect(processExitsWith: .failure) {
            var writer = RecordWriter()
            writer.begin(seq: 1, prev: [UInt8](repeating: 0, count: 32).span)
            writer.text("prev", "x")
            writer.end()
        }
        await #expect(processExitsWith: .failure) {
            var writer = RecordWriter()
            writer.begin()
            writer.integer("a", CanonicalJSON.maximumInteger + 1)
        }
    }

    private static func bytes(_ span: Span<UInt8>) -> [UInt8] {
        span.indices.map { span[$0] }
    }
}

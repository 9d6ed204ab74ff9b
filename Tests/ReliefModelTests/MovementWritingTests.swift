// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import Testing

@Suite struct MovementWritingTests {
    @Test(arguments: 0..<40)
    func `a movement writes the bytes of its fields`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<250 {
            let kind = Movement.kinds.randomElement(using: &random) ?? .result
            let movement = Movement(
                kind: kind, grant: Int.random(in: 0...1_000_000_000, using: &random),
                target: random.maybe { Int.random(in: 0...1_000_000_000, using: &$0) },
                unit: try random.unit(),
                other: try random.maybe { try $0.unit() },
                amount: random.fen(), date: try random.date(),
                outcome: random.maybe { Movement.Outcome.allCases.randomElement(using: &$0) } ?? nil
            )
            let text = MovementText(
                document: Document(
                    number: random.maybe { $0.text() }, date: try random.maybe { try $0.date() }),
                reason: random.maybe { $0.text() }, memo: random.maybe { $0.text() })
            var writer = RecordWriter()
            writer.begin()
            movement.write(to: &writer, text)
            writer.end()
            let bytes = writer.finish()
            #expect(
                bytes == CanonicalJSON.encode(.object(movement.fields(text))) + [0x0A])
        }
    }

    @Test(arguments: 0..<40)
    func `a payment writes the bytes of its fields`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<250 {
            let payment = Payment(
                batch: Int.random(in: 0...1_000_000_000, using: &random),
                grant: Int.random(in: 0...1_000_000_000, using: &random),
                unit: try random.unit(), amount: random.fen(),
                pseudonym: UInt128.random(in: 0...UInt128.max, using: &random),
                persons: Int.random(in: 1...Payment.personCount, using: &random))
            let memo = random.maybe { $0.text() }
            var writer = RecordWriter()
            writer.begin()
            payment.write(to: &writer, memo: memo)
            writer.end()
            let bytes = writer.finish()
            #expect(
                bytes == CanonicalJSON.encode(.object(payment.fields(memo: memo))) + [
                    0x0A
                ])
        }
    }

    @Test func `a chained movement is decoded to what was written`() throws {
        let unit = try #require(UnitID("x-530523204000-hcb.g1"))
        let movement = Movement(
            kind: .allocation, seq: 12, grant: 3, unit: try #require(UnitID("530523204000")),
            other: unit, amount: 4_200, date: try #require(CivilDate("2022-02-03")))
        var writer = RecordWriter()
        writer.begin(seq: 12, prev: [UInt8](repeating: 7, count: 32).span)
        movement.write(to: &writer, MovementText(memo: "“引号”\"与\\反斜线"))
        writer.end()
        let line = Array(writer.finish().dropLast())
        #expect(CanonicalJSON.encode(try CanonicalJSON.parse(line)) == line)
        var table = FieldTable()
        try RecordScanner.scan(line.span, into: &table)
        #expect(
            try MovementDecoder.decode(line.span, table, kind: .allocation, seq: 12) == movement)
    }
}

extension SeededGenerator {
    fileprivate mutating func maybe<Value>(
        _ make: (inout SeededGenerator) throws -> Value
    ) rethrows -> Value? {
        Bool.random(using: &self) ? try make(&self) : nil
    }

    fileprivate mutating func unit() throws -> UnitID {
        let code = 100_000_000_000 + Int.random(in: 0..<899_999_999_999, using: &self)
        let slug = ["v1", "a", "abcdefghijklmn", "t12.v7", "0.9.z"].randomElement(using: &self)
        let text = Bool.random(using: &self) ? "\(code)" : "x-\(code)-\(slug ?? "v")"
        return try #require(UnitID(text))
    }

    fileprivate mutating func date() throws -> CivilDate {
        let day = Int32.random(in: -7_000...83_000, using: &self)
        return try #require(CivilDate(day: day))
    }

    /// Text with whatever a string can hold, escapes included.
    fileprivate mutating func text() -> String {
        let pieces = ["a", "财", "\"", "\\", "\n", "\u{1}", "\u{7F}", "😀", " ", "〔2021〕51号", "é"]
        return (0..<Int.random(in: 0...40, using: &self))
            .map { _ in pieces.randomElement(using: &self) ?? "" }.joined()
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

/// The decoder of movements against a slow one that reads the same fields with ``FieldReader``.
@Suite struct FundBookDecoderTests {
    @Test func `packed field names are their spelling`() {
        for field in MovementField.allCases {
            let name = FieldName("\(field)")
            #expect(name?.high == field.rawValue, "\(field)")
            #expect(name?.low == 0)
        }
    }

    /// Reads a movement as FORMAT.md §5 words it.
    private func slow(_ line: [UInt8]) -> (movement: Movement, text: MovementText)? {
        guard var fields = try? FieldReader(line: line.span),
            let kind = (try? fields.string("kind")).flatMap(EntryKind.init(rawValue:)),
            let seq = try? fields.integer("seq"), (try? fields.string("prev")) != nil
        else { return nil }
        do {
            let unit = try fields.word("unit", "", UnitID.init(_:))
            let amount = try fields.integer("amount")
            let grant = try fields.integer("grant")
            let date = try fields.word("date", "", CivilDate.init(_:))
            let document =
                fields.has("document") ? try Document(json: try fields.value("document")) : nil
            let memo = fields.has("memo") ? try fields.text("memo", maximumByteCount: 1000) : nil
            var other: UnitID?
            var target: Int64?
            switch kind {
            case .allocation: other = try fields.word("to", "", UnitID.init(_:))
            case .recall: other = try fields.word("from", "", UnitID.init(_:))
            case .return:
                other = fields.has("to") ? try fields.word("to", "", UnitID.init(_:)) : nil
            case .receipt: target = try fields.integer("target")
            default: return nil
            }
            try fields.finish()
            guard amount > 0, grant >= 0, target ?? 0 >= 0 else { return nil }
            return (
                Movement(
                    kind: kind, seq: Int(seq), grant: Int(grant), target: target.map { Int($0) },
                    unit: unit, other: other, amount: amount, date: date,
                    document: document?.stamp), MovementText(document: document, memo: memo)
            )
        } catch {
            return nil
        }
    }

    private func fast(_ line: [UInt8]) -> Entry? {
        var fields = FieldTable()
        guard (try? RecordScanner.scan(line.span, into: &fields)) != nil else { return nil }
        guard let index = fields.index(of: "kind"), fields.type(index) == .string,
            let name = FieldName(line.span.extracting(fields.range(index))),
            let kind = EntryDecoder.movementKind(name)
        else { return try? EntryDecoder.decodeRare(line.span, fields) }
        return (try? MovementDecoder.decode(line.span, fields, kind: kind, seq: 12))
            .map(Entry.movement)
    }

    private func compare(_ line: [UInt8]) -> Bool {
        var fields = FieldTable()
        // What the scanner refuses never reaches a decoder.
        guard (try? RecordScanner.scan(line.span, into: &fields)) != nil else { return false }
        let text = String(decoding: line, as: UTF8.self)
        switch (slow(line), fast(line)) {
        case (nil, nil): return false
        case (let slow?, .movement(let fast)?):
            #expect(slow.movement.document == fast.document, "\(text)")
            #expect(slow.movement.other == fast.other)
            #expect(slow.movement.unit == fast.unit)
            #expect(slow.movement.amount == fast.amount)
            #expect(slow.movement.date == fast.date)
            #expect(slow.movement.grant == fast.grant)
            #expect(slow.movement.target == fast.target)
            #expect((try? MovementText(line: line.span)) == slow.text)
            return true
        case (let slow, let fast):
            // A mutated kind may be one that is no movement.
            let isOther = fast.map { ![.allocation, .receipt, .recall, .return].contains($0.kind) }
            #expect(isOther == true && slow == nil, "\(text)")
            return false
        }
    }

    private func line(_ changes: [String: JSONValue?], kind: String = "allocation") -> [UInt8] {
        var fields: [String: JSONValue] = [
            "kind": .string(kind), "seq": .integer(12),
            "prev": .string(String(repeating: "0", count: 64)), "amount": .integer(5),
            "date": .string("2022-02-03"), "grant": .integer(7),
            "unit": .string("530523000000"),
        ]
        if kind == "recall" { fields["from"] = .string("530523204000") }
        if kind == "allocation" || kind == "return" { fields["to"] = .string("530523204000") }
        if kind == "receipt" { fields["target"] = .integer(7) }
        for (name, value) in changes { fields[name] = value }
        return CanonicalJSON.encode(.object(fields.map { ($0.key, $0.value) }))
    }

    @Test(arguments: ["allocation", "receipt", "recall", "return"])
    func `both accept the same shapes`(kind: String) {
        #expect(compare(line([:], kind: kind)))
        for name in ["amount", "date", "grant", "unit", "to", "from", "target", "memo", "x"] {
            _ = compare(line([name: nil], kind: kind))
            for value: JSONValue in [
                .string("530523204000"), .integer(0), .integer(-1), .integer(3), .boolean(true),
                .array([]), .object([]), .string(""), .string("2022-02-30"), .string(" x"),
            ] {
                _ = compare(line([name: value], kind: kind))
            }
        }
    }

    @Test func `both count the bytes of texts without their escapes`() {
        var accepted = 0
        for mark in ["x", "\"", "\\", "龙"] {
            for count in [0, 1, 65, 66, 67, 199, 200, 201, 333, 334, 999, 1000, 1001] {
                for edge in ["", " ", "\"", "\\"] {
                    let text = String(repeating: mark, count: count) + edge
                    if compare(line(["memo": .string(text)])) { accepted += 1 }
                    for date: JSONValue? in [nil, .string("2022-01-01"), .string("2022-13-01")] {
                        let document = JSONValue.object(["date": date, "number": .string(text)])
                        if compare(line(["document": document])) { accepted += 1 }
                    }
                }
            }
        }
        #expect(accepted > 100)
    }

    @Test func `both accept the same of thousands of mutated records`() {
        var accepted = 0
        var scanned = 0
        for seed in 0..<4000 {
            var random = HistoryGenerator(seed: UInt64(seed))
            let document = JSONValue.object([
                "date": Bool.random(using: &random) ? .string("2022-01-01") : nil,
                "number": .string(
                    random.pick(["unstated", "a\"b", "\\", "龙财建〔2021〕51号"], or: "1")),
            ])
            let kind = random.pick(["allocation", "receipt", "recall", "return"], or: "return")
            var bytes = line(["document": document, "memo": .string("a\\\"b")], kind: kind)
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                let other = bytes[Int.random(in: 0..<bytes.count, using: &random)]
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = other
                case 1: bytes.insert(other, at: place)
                default: bytes.remove(at: place)
                }
            }
            var fields = FieldTable()
            if (try? RecordScanner.scan(bytes.span, into: &fields)) != nil { scanned += 1 }
            if compare(bytes) { accepted += 1 }
        }
        #expect(scanned > 300)
        #expect(accepted > 150)
        #expect(accepted < scanned)
    }
}

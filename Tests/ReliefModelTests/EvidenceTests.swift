// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

/// The field `evidence` of FORMAT.md §5, in the fast decoders and in the slow ones.
@Suite struct EvidenceTests {
    private static let digest = String(repeating: "ab", count: 32)

    private static func file(_ more: [(String, JSONValue?)] = []) -> JSONValue {
        var fields: [(String, JSONValue?)] = [
            ("bytes", .integer(1)), ("sha256", .string(digest)),
        ]
        for (name, value) in more {
            fields.removeAll { $0.0 == name }
            fields.append((name, value))
        }
        return .object(fields)
    }

    private func decodes(_ kind: EntryKind, _ evidence: JSONValue?) -> Bool {
        var fields: [(String, JSONValue?)] = [
            ("kind", .string(kind.rawValue)), ("seq", .integer(12)),
            ("prev", .string(String(repeating: "0", count: 64))),
            ("unit", .string("530523000000")), ("grant", .integer(3)), ("amount", .integer(5)),
            ("evidence", evidence),
        ]
        switch kind {
        case .receipt:
            fields += [("target", .integer(3)), ("date", .string("2022-01-10"))]
        case .expense:
            fields += [
                ("item", .string("food")), ("payee", .string("o-P-1")),
                ("date", .string("2022-01-10")),
            ]
        case .payment:
            fields += [
                ("batch", .integer(8)), ("persons", .integer(2)),
                ("payee", .string("h-" + String(repeating: "0", count: 32))),
            ]
        default: return false
        }
        let line = CanonicalJSON.encode(.object(fields))
        var table = FieldTable()
        guard (try? RecordScanner.scan(line.span, into: &table)) != nil else { return false }
        switch kind {
        case .receipt:
            return (try? MovementDecoder.decode(line.span, table, kind: kind, seq: 12)) != nil
        case .payment: return (try? PaymentDecoder.decode(line.span, table, seq: 12)) != nil
        default: return (try? EntryDecoder.decodeRare(line.span, table)) != nil
        }
    }

    @Test(arguments: [EntryKind.receipt, .expense])
    func `an entry names one to sixteen files, each once and each in its form`(kind: EntryKind) {
        func other(_ number: Int) -> JSONValue {
            let digits = String(number, radix: 16)
            return Self.file([
                ("sha256", .string(String(repeating: "0", count: 64 - digits.utf8.count) + digits))
            ])
        }
        let good: [JSONValue] = [
            .array([Self.file()]), .array((0..<16).map(other)),
            .array([Self.file([("title", .string("收款收据")), ("number", .string("收字001"))])]),
        ]
        let bad: [JSONValue] = [
            .array([]), .array((0..<17).map(other)), .array([Self.file(), Self.file()]),
            Self.file(), .string(Self.digest), .array([.string(Self.digest)]),
            .array([Self.file([("bytes", .integer(0))])]),
            .array([Self.file([("bytes", .string("1"))])]), .array([Self.file([("bytes", nil)])]),
            .array([Self.file([("sha256", .string(Self.digest.uppercased()))])]),
            .array([Self.file([("sha256", .string(String(Self.digest.dropLast())))])]),
            .array([Self.file([("sha256", nil)])]),
            .array([Self.file([("title", .string(""))])]),
            .array([Self.file([("title", .string(String(repeating: "x", count: 201)))])]),
            .array([Self.file([("number", .integer(1))])]),
            .array([Self.file([("name", .string("scan.pdf"))])]),
        ]
        #expect(decodes(kind, nil))
        for evidence in good { #expect(decodes(kind, evidence)) }
        for evidence in bad { #expect(!decodes(kind, evidence), "\(evidence)") }
    }

    @Test func `a payment names no files`() {
        #expect(decodes(.payment, nil))
        #expect(!decodes(.payment, .array([Self.file()])))
    }

    @Test func `a file and what an amendment adds are read back from the record's bytes`() throws {
        let scan = Evidence(bytes: 7, sha256: Self.digest, title: "收据", number: "1")
        var changes = Amendment.Changes()
        changes.evidence = [scan]
        let fields = Amendment(target: 3, reason: "补附", changes: changes).fields
        let line = CanonicalJSON.encode(
            .object(
                fields + [
                    ("seq", .integer(12)), ("prev", .string(String(repeating: "0", count: 64))),
                ]))
        #expect(Evidence.named(in: line).added == [scan])
        #expect(Evidence.named(in: line).own.isEmpty)
        var table = FieldTable()
        _ = try RecordScanner.scan(line.span, into: &table)
        guard case .amend(let back) = try EntryDecoder.decodeRare(line.span, table) else {
            Issue.record("no amendment")
            return
        }
        #expect(back.changes == changes)
    }
}

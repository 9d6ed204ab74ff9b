// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefModel

/// What a township hands in: rows as `relief post` takes them, signed by its officer.
///
/// One canonical JSON object and LF:
/// ```
/// {"at":…,"by":KEY,"evidence":[…],"fingerprint":…,"format":"relief-ledger/draft/v1",
///  "origin":…,"person":…,"root":…,"sig":…,"size":…,"tables":[…],"unit":…}
/// ```
/// `size` and `root` are the ledger that the township knew. A table is an object `columns`, `lines`,
/// `name`, `rows`; an empty cell is an empty text. `sig` (base64) is the signature of the key `by`
/// over
/// ```
/// relief-ledger/draft/v1\n<fingerprint>\n<origin>\n<SHA-256 of the object without sig>\n
/// ```
/// It is not part of any ledger: what counts is the posting that accepts it.
struct DraftDocument {
    /// The rows of one file.
    struct TableRows {
        let name: String
        let columns: [EntryField]
        let lines: [Int]
        let rows: [[String]]
    }

    static let format = "relief-ledger/draft/v1"
    static let maximumByteCount = 16 << 20

    let at: Timestamp
    let by: KeyID
    let person: PersonID
    let unit: UnitID
    let fingerprint: Digest
    let origin: String
    let basis: Expectation
    let tables: [TableRows]
    let evidence: [Evidence]
    var signature: [UInt8] = []

    /// The object; without `sig` where that is to be computed.
    func json(isSigned: Bool) -> JSONValue {
        .object([
            "at": .string(at.description), "by": .string(by.description),
            "evidence": evidence.isEmpty ? nil : .array(evidence.map(\.json)),
            "fingerprint": .string(fingerprint.hex), "format": .string(Self.format),
            "origin": .string(origin), "person": .string(person.text),
            "root": .string(basis.root.base64),
            "sig": isSigned ? .string(Base64Text.encode(signature)) : nil,
            "size": .integer(Int64(basis.size)), "tables": .array(tables.map(\.json)),
            "unit": .string(unit.description),
        ])
    }

    /// The file's bytes.
    var bytes: [UInt8] { CanonicalJSON.encode(json(isSigned: true)) + [0x0A] }

    /// What the signature is over.
    func statement() throws(CommandFailure) -> [UInt8] {
        let digest = try TableFile.digest(of: CanonicalJSON.encode(json(isSigned: false)))
        let lines = [Self.format, fingerprint.hex, origin, digest.hex]
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    /// The rows as drafts of entries.
    var drafts: [EntryDraft] {
        tables.flatMap { table in
            zip(table.lines, table.rows).map { line, row in
                var values: [EntryField: String] = [:]
                for (column, text) in zip(table.columns, row) where !text.isEmpty {
                    values[column] = text
                }
                return EntryDraft(place: .row(path: table.name, line: line), values: values)
            }
        }
    }
}

extension DraftDocument.TableRows {
    /// The rows of a file that `relief post` takes.
    init(_ file: PostingFile, number: Int) {
        // The same label may stand in two files; their names keep them apart.
        let base = file.path.split(separator: "/").last.map(String.init) ?? file.path
        name = PersonalDataScan.masked("\(number):\(base)")
        let used = Set(file.drafts.flatMap(\.values.keys))
        let columns = EntryField.allCases.filter { used.contains($0) }
        self.columns = columns
        lines = file.drafts.map { $0.line ?? 0 }
        rows = file.drafts.map { draft in columns.map { draft.values[$0] ?? "" } }
    }

    fileprivate var json: JSONValue {
        .object([
            "columns": .array(columns.map { .string($0.rawValue) }),
            "lines": .array(lines.map { .integer(Int64($0)) }), "name": .string(name),
            "rows": .array(rows.map { .array($0.map(JSONValue.string)) }),
        ])
    }

    fileprivate init?(json: JSONValue) {
        guard json.members?.count == 4, let name = json["name"]?.string,
            let columns = json["columns"]?.array, let lines = json["lines"]?.array,
            let rows = json["rows"]?.array, lines.count == rows.count
        else { return nil }
        self.name = name
        self.columns = columns.compactMap { $0.string.flatMap { EntryField(rawValue: $0) } }
        self.lines = lines.compactMap { $0.integer.flatMap { Int(exactly: $0) } }
        self.rows = rows.compactMap { row in row.array?.compactMap(\.string) }
        guard self.columns.count == columns.count, Set(self.columns).count == columns.count,
            self.lines.count == lines.count, self.rows.count == rows.count,
            self.rows.allSatisfy({ $0.count == columns.count })
        else { return nil }
    }
}

extension DraftDocument {
    /// Reads exactly what ``bytes`` writes.
    init(_ bytes: [UInt8], path: String) throws(CommandFailure) {
        guard let draft = Self.read(bytes), draft.bytes == bytes else {
            throw CommandFailure(
                .usage, zh: "\(path)：不是草稿文件，或已损坏；请向乡镇重新索取",
                en: "\(path): no draft, or damaged; ask the township for it again")
        }
        self = draft
    }

    private static func read(_ bytes: [UInt8]) -> DraftDocument? {
        guard bytes.last == 0x0A,
            let value = try? CanonicalJSON.parse(
                Array(bytes.dropLast()), maximumByteCount: maximumByteCount),
            value["format"]?.string == format,
            let at = value["at"]?.string.flatMap({ Timestamp($0) }),
            let by = value["by"]?.string.flatMap({ KeyID($0) }),
            let person = value["person"]?.string.flatMap({ PersonID($0) }),
            let unit = value["unit"]?.string.flatMap({ UnitID($0) }),
            let fingerprint = value["fingerprint"]?.string.flatMap({ Digest(hex: $0) }),
            let origin = value["origin"]?.string,
            let root = value["root"]?.string.flatMap({ Digest(base64: $0) }),
            let size = value["size"]?.integer.flatMap({ Int(exactly: $0) }), size > 0,
            let signature = value["sig"]?.string.flatMap({ Base64Text.decode($0) }),
            let list = value["tables"]?.array
        else { return nil }
        let tables = list.compactMap { TableRows(json: $0) }
        let files = value["evidence"]?.array ?? []
        let evidence = files.compactMap { try? Evidence(json: $0, within: "evidence") }
        guard tables.count == list.count, evidence.count == files.count else { return nil }
        return DraftDocument(
            at: at, by: by, person: person, unit: unit, fingerprint: fingerprint, origin: origin,
            basis: Expectation(size: size, root: root), tables: tables, evidence: evidence,
            signature: signature)
    }
}

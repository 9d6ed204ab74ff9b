// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat
internal import LedgerLog
internal import ReliefAudit

/// The Frictionless Data Package: every table with types, constraints, keys, size and digest.
///
/// - Source: Data Package and Table Schema specifications, version 1 (frictionlessdata.io).
struct FrictionlessPackage {
    let statement: OpenDataStatement
    let tables: [DataTable]

    /// The descriptor.
    func text(_ hasher: inout Hasher) -> String {
        var resources: [ReportJSON.Value] = []
        for table in tables { resources.append(Self.resource(table, &hasher)) }
        // No `profile`: with one, a validator would fetch it from the network.
        return ReportJSON.document(
            .object(
                Self.head(statement, name: "relief-\(statement.unit.id)") + [
                    ("resources", .list(resources))
                ]))
    }

    /// What every package of this publication says first.
    static func head(
        _ statement: OpenDataStatement, name: String
    ) -> [(String, ReportJSON.Value?)] {
        [
            ("name", .text(name)),
            ("title", .text(statement.both(statement.title))),
            (
                "description",
                .text(
                    statement.both(
                        Message(
                            zh: "说明、局限、核验与引用见 README.zh-CN.md",
                            en: "for description, limits, checking and citation see README.md")))
            ),
            ("created", .text(statement.seal.sealedAt.description)),
            ("version", .text(String(statement.seal.expectation.size))),
            (
                "contributors",
                .list([
                    .object([
                        ("title", .text(statement.steward.name)), ("role", .text("publisher")),
                    ])
                ])
            ),
            ("reliefLedger", statement.properties),
        ]
    }

    /// One table with its schema.
    static func resource(_ table: DataTable, _ hasher: inout Hasher) -> ReportJSON.Value {
        let bytes = Array(table.file.text.utf8)
        return .object([
            ("name", .text(table.name)),
            ("path", .text(table.path)),
            ("title", .text("\(table.table.title.zh) / \(table.table.title.en)")),
            ("profile", .text("tabular-data-resource")),
            ("format", .text("csv")),
            ("mediatype", .text("text/csv")),
            ("encoding", .text("utf-8")),
            (
                "dialect",
                .object([
                    ("delimiter", .text(",")), ("lineTerminator", .text("\r\n")),
                    ("quoteChar", .text("\"")), ("doubleQuote", .flag(true)),
                    ("header", .flag(true)),
                ])
            ),
            ("bytes", .integer(Int64(bytes.count))),
            ("hash", .text("sha256:" + hasher.digest(bytes.span).hex)),
            ("rows", .integer(Int64(table.table.rows.count))),
            ("schema", schema(table)),
        ])
    }

    private static func schema(_ table: DataTable) -> ReportJSON.Value {
        let keys = table.fields.compactMap { field in
            field.reference.map { key(field, $0, own: table.name) }
        }
        return .object([
            ("fields", .list(table.fields.map(field))),
            (
                "primaryKey",
                table.primaryKey.isEmpty ? nil : .list(table.primaryKey.map { .text($0) })
            ),
            ("foreignKeys", keys.isEmpty ? nil : .list(keys)),
            ("missingValues", .list([.text("")])),
        ])
    }

    private static func key(
        _ field: DataField, _ reference: DataField.Reference, own: String
    ) -> ReportJSON.Value {
        .object([
            ("fields", .list([.text(field.name)])),
            (
                "reference",
                .object([
                    // The empty name is the table itself.
                    ("resource", .text(reference.table == own ? "" : reference.table)),
                    ("fields", .list([.text(reference.field)])),
                ])
            ),
        ])
    }

    private static func field(_ field: DataField) -> ReportJSON.Value {
        var form: [(String, ReportJSON.Value?)]
        var constraints: [(String, ReportJSON.Value?)] = [
            ("required", field.isRequired ? .flag(true) : nil)
        ]
        switch field.form {
        case .integer(let minimum, let maximum):
            form = [("type", .text("integer"))]
            constraints.append(("minimum", .integer(Int64(minimum))))
            constraints.append(("maximum", maximum.map { .integer(Int64($0)) }))
        case .date: form = [("type", .text("date")), ("format", .text("default"))]
        case .year: form = [("type", .text("year"))]
        case .yuan: form = [("type", .text("number")), ("decimalChar", .text("."))]
        case .flag:
            form = [
                ("type", .text("boolean")), ("trueValues", .list([.text("true")])),
                ("falseValues", .list([.text("false")])),
            ]
        case .word(let words):
            form = [("type", .text("string"))]
            constraints.append(("enum", .list(words.map { .text($0) })))
        case .code(let pattern):
            form = [("type", .text("string"))]
            constraints.append(("pattern", .text("^(\(pattern))$")))
        case .text: form = [("type", .text("string"))]
        }
        let stated = constraints.filter { $0.1 != nil }
        return .object(
            [
                ("name", .text(field.name)),
                ("title", .text("\(field.title.zh) / \(field.title.en)")),
            ]
                + form + [("constraints", stated.isEmpty ? nil : .object(stated))])
    }
}

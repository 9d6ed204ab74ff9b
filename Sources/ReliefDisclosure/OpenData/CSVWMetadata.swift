// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefAudit

/// CSV on the Web: the tables with datatypes, primary and foreign keys.
///
/// - Source: Metadata Vocabulary for Tabular Data, W3C Recommendation 2015-12-17.
struct CSVWMetadata {
    let statement: OpenDataStatement
    let tables: [DataTable]

    /// The metadata of the whole group of tables.
    var text: String {
        ReportJSON.document(
            .object([
                // A validator must find this very text and does not look it up.
                ("@context", .text("http://www.w3.org/ns/csvw")),
                ("dc:title", .text(statement.both(statement.title))),
                ("dc:publisher", .text(statement.steward.name)),
                ("dc:identifier", .text(statement.seal.expectation.description)),
                ("tables", .list(tables.map(table))),
            ]))
    }

    private func table(_ table: DataTable) -> ReportJSON.Value {
        // A validator in use takes an empty foreign key for a broken one.
        let keys = table.fields.filter(\.isRequired).compactMap { field in
            field.reference.map { key(field, $0) }
        }
        return .object([
            ("url", .text(table.path)),
            (
                "dialect",
                .object([
                    ("encoding", .text("utf-8")), ("delimiter", .text(",")),
                    ("header", .flag(true)),
                ])
            ),
            (
                "tableSchema",
                .object([
                    ("columns", .list(table.fields.map(column))),
                    (
                        "primaryKey",
                        table.primaryKey.isEmpty ? nil : .list(table.primaryKey.map { .text($0) })
                    ),
                    ("foreignKeys", keys.isEmpty ? nil : .list(keys)),
                ])
            ),
        ])
    }

    private func key(_ field: DataField, _ reference: DataField.Reference) -> ReportJSON.Value {
        .object([
            ("columnReference", .list([.text(field.name)])),
            (
                "reference",
                .object([
                    (
                        "resource",
                        .text(tables.first { $0.name == reference.table }?.path ?? reference.table)
                    ),
                    ("columnReference", .list([.text(reference.field)])),
                ])
            ),
        ])
    }

    private func column(_ field: DataField) -> ReportJSON.Value {
        .object([
            ("name", .text(field.name)),
            ("titles", .text(field.name)),
            ("dc:description", .text("\(field.title.zh) / \(field.title.en)")),
            ("required", .flag(field.isRequired)),
            ("datatype", Self.datatype(field.form)),
        ])
    }

    private static func datatype(_ form: DataField.Form) -> ReportJSON.Value {
        func formatted(_ base: String, _ format: String) -> ReportJSON.Value {
            .object([("base", .text(base)), ("format", .text(format))])
        }
        switch form {
        case .integer(let minimum, let maximum):
            return .object([
                ("base", .text("integer")), ("minimum", .integer(Int64(minimum))),
                ("maximum", maximum.map { .integer(Int64($0)) }),
            ])
        case .date: return formatted("date", "yyyy-MM-dd")
        case .year: return .text("gYear")
        case .yuan: return formatted("decimal", "0.00")
        case .flag: return formatted("boolean", "true|false")
        case .word(let words): return formatted("string", words.joined(separator: "|"))
        case .code(let pattern): return formatted("string", pattern)
        case .text: return .text("string")
        }
    }
}

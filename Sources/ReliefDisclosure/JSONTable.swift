// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import ReliefAudit
internal import ReliefModel

extension Table {
    /// The table as JSON: columns with kind and heading; rows and total as objects whose names are the
    /// English headings in every language, so that a program reads one form.
    ///
    /// Amounts are integers of fen whatever the table's unit; a sum beyond Int64 is a text. An empty
    /// cell is absent.
    public func json(_ language: Language) -> ReportJSON.Value {
        .object([
            ("title", .text(title.text(language))),
            (
                "columns",
                .list(
                    columns.map { column in
                        .object([
                            ("name", .text(column.header.en)),
                            ("heading", .text(column.header.text(language))),
                            ("kind", .text(column.kind.word)),
                        ])
                    })
            ),
            ("rows", .list(rows.map { Self.json($0, columns) })),
            ("total", total.map { Self.json($0, columns) }),
            ("notes", notes.isEmpty ? nil : .list(notes.map { .text($0.text(language)) })),
        ])
    }

    private static func json(
        _ row: [Cell], _ columns: [Column]
    ) -> ReportJSON.Value {
        .object(
            zip(columns, row).map { column, cell in
                (column.header.en, json(cell))
            })
    }

    private static func json(_ cell: Cell) -> ReportJSON.Value? {
        switch cell {
        case .empty: nil
        case .text(let text): .text(text)
        case .money(let amount): .integer(amount.fen)
        case .sum(let sum):
            Int64(exactly: sum.fen).map(ReportJSON.Value.integer) ?? .text(String(sum.fen))
        case .count(let number), .seq(let number): .integer(Int64(number))
        case .date(let date): .text(date.description)
        case .percent(let percentage): .text(percentage.description)
        }
    }
}

extension Table.Kind {
    /// The word of the JSON document.
    fileprivate var word: String {
        switch self {
        case .text: "text"
        case .money: "fen"
        case .count: "count"
        case .date: "date"
        case .seq: "seq"
        case .percent: "percent"
        }
    }
}

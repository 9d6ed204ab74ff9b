// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import Spreadsheet

/// The table of a file, in its first visible sheet that has the required columns.
struct ReconciledTable<Column: TableColumn> {
    let rows: [SheetTable<Column>.Row]
    let units: [Column: AmountUnit]
    /// What is wrong with its layout, each with its place.
    let problems: [Message]

    /// - Throws: Where no sheet has the columns.
    init(
        _ file: SpreadsheetFile, name: String, required: [Column]
    ) throws(ReconciliationFileError) {
        let visible = file.sheets.filter { !$0.isHidden }
        let tables = visible.map { SheetTable<Column>($0, required: required, quoting: false) }
        guard
            let table = tables.first(where: { table in required.allSatisfy(table.has) })
                ?? (tables.count == 1 ? tables[0] : nil)
        else {
            throw ReconciliationFileError([
                Message(
                    zh: "\(name)：没有一张工作表有所需的列（\(required.map(\.rawValue).joined(separator: "、"))）",
                    en: "\(name): no sheet has the columns that are needed ("
                        + required.map(\.rawValue).joined(separator: ", ") + ")")
            ])
        }
        rows = table.rows
        units = table.units
        problems = table.problems.map { problem in
            let place = problem.row.map { "\(name):\($0)" } ?? name
            return Message(
                zh: "\(place)：\(problem.message.zh)", en: "\(place): \(problem.message.en)")
        }
        if problems.isEmpty, rows.isEmpty {
            throw ReconciliationFileError([
                Message(zh: "\(name)：表头之下没有数据行", en: "\(name): no row below the header")
            ])
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// A table found in a sheet: its header, its rows, and everything about its layout that is wrong.
///
/// Above the header there may be title lines, below it a row of sums and lines for signatures;
/// empty rows and columns do not matter. The header may span rows where cells are merged.
public struct SheetTable<Column: TableColumn>: Sendable {
    /// One row of data.
    public struct Row: Sendable {
        /// Its number as people see it, from 1.
        public let number: Int
        /// The columns' values.
        public let cells: Cells
    }

    /// The cells of a row by their columns.
    public struct Cells: Sendable {
        fileprivate let cells: [SourceSheet.Cell]
        fileprivate let layout: Layout

        /// The cell of a column, unless it is empty or blank.
        public func cell(_ column: Column) -> SourceSheet.Cell? {
            guard let position = layout.positions[column] else { return nil }
            guard let cell = cells.first(where: { $0.column == position }) else { return nil }
            return EnteredCell.trim(cell.text).isEmpty && cell.kind == .text ? nil : cell
        }

        /// The text of a column's cell without the spaces around it; nil where it is empty.
        public subscript(_ column: Column) -> String? {
            cell(column).map { EnteredCell.text($0.text) }
        }

        /// Whether no column that the importer knows has a value, but for a running number.
        public var isEmpty: Bool {
            layout.positions.keys.allSatisfy { $0.isRunningNumber || cell($0) == nil }
        }
    }

    /// Where the columns are; shared by all rows.
    fileprivate final class Layout: Sendable {
        let positions: [Column: Int]
        init(_ positions: [Column: Int]) { self.positions = positions }
    }

    /// Something wrong with the layout or with a cell, whatever its value is to mean.
    public struct Problem: Sendable, Equatable {
        /// The row, from 1; nil for the whole sheet.
        public let row: Int?
        /// The column, from 0; nil for the whole row.
        public let column: Int?
        /// The column's heading, where it has a known one.
        public let heading: String?
        /// What was found, what is expected and what to do.
        public let message: Message
    }

    /// The sheet's name; nil for CSV.
    public let sheetName: String?
    /// The rows of data.
    public internal(set) var rows: [Row] = []
    /// The row of sums at the end.
    public internal(set) var totals: Row?
    /// Everything wrong with the layout.
    public internal(set) var problems: [Problem] = []
    /// The columns' headings as the file has them.
    public let headings: [Column: String]
    /// The units of the columns of amounts, where heading or title say one.
    public let units: [Column: AmountUnit]
    /// The number of the header's last row; nil where there is none.
    public let headerRow: Int?
    private let layout: Layout

    /// Whether the table has a column.
    public func has(_ column: Column) -> Bool { layout.positions[column] != nil }

    /// Where a column is, from 0.
    public func position(_ column: Column) -> Int? { layout.positions[column] }

    /// Reads the table of a sheet.
    ///
    /// - Parameters:
    ///   - sheet: The sheet.
    ///   - required: Columns that must be there; each is named where it is missing.
    ///   - quoting: Whether messages may repeat what a heading says that is not known. Not where
    ///     it may be a person's name.
    public init(_ sheet: SourceSheet, required: [Column] = [], quoting: Bool = true) {
        sheetName = sheet.name
        var header = HeaderSearch<Column>(sheet, required: required, quoting: quoting)
        header.find()
        headings = header.headings
        units = header.units
        headerRow = header.lastRow
        layout = Layout(header.positions)
        problems = header.problems
        guard problems.isEmpty, let last = header.lastRow else { return }
        read(sheet, below: last)
        checkMerges(sheet)
    }

    // MARK: - Rows

    private mutating func read(_ sheet: SourceSheet, below header: Int) {
        var footer: Int?
        for row in sheet.rows where row.number > header {
            let first = row.cells.first { !EnteredCell.trim($0.text).isEmpty }
            guard let first else { continue }
            if let footer {
                // Not more than a line of signatures may follow.
                let count = row.cells.count { layout.holds($0.column) }
                if count >= 3, !Heading.isFooter(first.text) {
                    note(row.number, nil, Self.afterEnd(footer))
                }
                continue
            }
            if Heading.isFooter(first.text) {
                footer = row.number
                continue
            }
            let data = Row(number: row.number, cells: Cells(cells: row.cells, layout: layout))
            if row.cells.contains(where: { Heading.isSubtotal($0.text) }) {
                note(
                    row.number, nil,
                    Message(
                        zh: "这是小计行，数据行之间不应有小计；请删除此行",
                        en: "a row of subtotals, expected none among the rows of data; remove it"))
                continue
            }
            if row.cells.contains(where: { $0.kind == .text && Heading.isTotal($0.text) }) {
                if let totals { note(row.number, nil, Self.afterEnd(totals.number)) }
                totals = data
                checkCells(data)
                continue
            }
            if data.cells.isEmpty { continue }
            if let totals {
                note(row.number, nil, Self.afterEnd(totals.number))
                continue
            }
            checkCells(data)
            rows.append(data)
        }
    }

    private static func afterEnd(_ row: Int) -> Message {
        Message(
            zh: "第 \(row) 行的合计或落款之后还有数据行，应在其之前；请移到合计行之前或删除",
            en:
                "a row of data below the totals or signatures of row \(row), expected above; move or "
                + "remove it")
    }

    /// Complains about cells that have no value to read.
    private mutating func checkCells(_ row: Row) {
        for (column, position) in layout.positions where column.isRead {
            guard let cell = row.cells.cells.first(where: { $0.column == position }) else {
                continue
            }
            switch cell.kind {
            case .error:
                // The codes of errors are a fixed few and tell nothing about anybody.
                note(
                    row.number, column,
                    Message(
                        zh: "单元格是 Excel 错误值 \(cell.text)，应有确定的值；请改正公式或直接填写",
                        en: "the cell shows the error \(cell.text), expected a value; correct the "
                            + "formula or enter the value"))
            case .uncalculated:
                note(
                    row.number, column,
                    Message(
                        zh: "公式没有计算结果，应有确定的值；请用 Excel 或 WPS 打开并保存一次，或直接填写数值",
                        en:
                            "the formula has no result in the file, expected a value; open and save "
                            + "the file in a spreadsheet program, or enter the value"))
            case .impossibleDate:
                note(
                    row.number, column,
                    Message(
                        zh: "日期格式的数字 \(cell.text) 不是任何一天，应为存在的日期；请重新填写",
                        en:
                            "the number \(cell.text), shown as a date, is no day; enter the date again"
                    ))
            default: break
            }
        }
    }

    /// A value that several rows show but only the first one holds.
    private mutating func checkMerges(_ sheet: SourceSheet) {
        guard let first = rows.first?.number, let last = rows.last?.number else { return }
        for range in sheet.merges
        where range.last.row + 1 >= first && range.first.row + 1 <= last {
            guard let column = layout.columns(in: range).first(where: \.isRead) else { continue }
            note(
                range.first.row + 1, column,
                Message(
                    zh: "单元格 \(range) 是合并的，每户每格应各有自己的值；请取消合并并逐格填写",
                    en: "the cells \(range) are merged, expected a value in each; unmerge them and "
                        + "fill in every one"))
        }
    }

    private mutating func note(_ row: Int, _ column: Column?, _ message: Message) {
        problems.append(
            Problem(
                row: row, column: column.flatMap { position($0) },
                heading: column.flatMap { headings[$0] }, message: message))
    }
}

extension SheetTable.Layout {
    func holds(_ position: Int) -> Bool { positions.values.contains(position) }

    func columns(in range: CellRange) -> [Column] {
        positions.filter { (range.first.column...range.last.column).contains($0.value) }
            .sorted { $0.value < $1.value }.map(\.key)
    }
}

/// The texts of cells as importers take them.
public enum EnteredCell {
    /// The heading of the column in which a report of faults says what is wrong; never read.
    public static let faultHeading = Message(zh: "错误说明", en: "what is wrong")

    /// A heading as importers compare it: without spaces, in plain small letters.
    public static func heading(_ text: String) -> String { Heading.plain(text) }

    /// Without the spaces around it; spreadsheets leave some, inside the ledger there are none.
    public static func trim(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        let isSpace = { (scalar: Unicode.Scalar) in
            switch scalar.value {
            case 0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x3000: true
            default: false
            }
        }
        while let first = scalars.first, isSpace(first) { scalars = scalars.dropFirst() }
        while let last = scalars.last, isSpace(last) { scalars = scalars.dropLast() }
        return String(scalars)
    }

    /// Trimmed, and without the apostrophe by which spreadsheets take digits for text (`'12345`).
    public static func text(_ text: String) -> String {
        let trimmed = trim(text)
        guard trimmed.utf8.count > 1, let mark = trimmed.first,
            mark == "'" || mark == "\u{2018}" || mark == "\u{2019}"
        else { return trimmed }
        let rest = trimmed.dropFirst()
        let isNumber = rest.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "0"..."9", ",", ".", "X", "x", "-", "/": true
            default: false
            }
        }
        return isNumber ? String(rest) : trimmed
    }
}

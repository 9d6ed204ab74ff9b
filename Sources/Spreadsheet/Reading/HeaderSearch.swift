// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// Finds the row that names the columns.
struct HeaderSearch<Column: TableColumn> {
    /// Rows with anything in them among which the header must be.
    private static var searchedRowCount: Int { 30 }

    private let sheet: SourceSheet
    private let required: [Column]
    private let quoting: Bool
    private let names: [String: Column]

    private(set) var positions: [Column: Int] = [:]
    private(set) var headings: [Column: String] = [:]
    private(set) var units: [Column: AmountUnit] = [:]
    private(set) var problems: [SheetTable<Column>.Problem] = []
    /// The number of the header's last row.
    private(set) var lastRow: Int?

    init(_ sheet: SourceSheet, required: [Column], quoting: Bool) {
        self.sheet = sheet
        self.required = required
        self.quoting = quoting
        var names: [String: Column] = [:]
        for column in Column.allCases {
            for name in [column.rawValue] + column.chineseNames {
                let plain = Heading.plain(name)
                if names[plain] == nil { names[plain] = column }
            }
        }
        self.names = names
    }

    /// How many known columns the best row names: how sure it is that the sheet is meant.
    static func matchCount(_ sheet: SourceSheet, required: [Column]) -> Int {
        let search = HeaderSearch(sheet, required: required, quoting: false)
        return search.best().map { search.known(in: $0.cells).count } ?? 0
    }

    mutating func find() {
        guard let best = best() else {
            note(
                nil, nil,
                Message(
                    zh: "没有表头，应有一行列名：\(list.zh)；请补上",
                    en: "no header row, expected one that names the columns (\(list.en)); add it"))
            return
        }
        let block = block(around: best.number)
        lastRow = block.upperBound
        let cells = headingCells(block)
        checkTitles(above: block.lowerBound, width: cells.count)
        for (cell, row) in cells { take(cell, row) }
        for column in required where positions[column] == nil {
            note(
                nil, nil,
                Message(
                    zh: "缺少列“\(Self.name(column).zh)”（\(column.rawValue)）；请补上",
                    en: "the column \(column.rawValue) is missing; add it"))
        }
        applyTableUnit(above: block.lowerBound)
    }

    /// The first row with every required column, else the one that names the most.
    private func best() -> SourceSheet.Row? {
        var best: (row: SourceSheet.Row, count: Int)?
        for row in sheet.rows.prefix(Self.searchedRowCount) {
            let known = known(in: row.cells)
            if !required.isEmpty, known.isSuperset(of: required) { return row }
            if best.map({ known.count > $0.count }) ?? true { best = (row, known.count) }
        }
        return best?.row
    }

    private func known(in cells: [SourceSheet.Cell]) -> Set<Column> {
        Set(cells.compactMap { column(Heading.plain($0.text))?.column })
    }

    /// The column that a heading names, and the unit it states.
    private func column(_ plain: String) -> (column: Column, unit: String?)? {
        if let column = names[plain] {
            return (column, Heading.split(plain)?.unit)
        }
        guard let (name, unit) = Heading.split(plain), let column = names[name] else { return nil }
        return (column, unit)
    }

    /// The header's rows: cells merged downwards make it more than one.
    private func block(around row: Int) -> ClosedRange<Int> {
        var block = row...row
        for range in sheet.merges where range.first.row < range.last.row {
            let rows = (range.first.row + 1)...(range.last.row + 1)
            if rows.contains(row), rows.count <= 5 {
                block =
                    min(
                        block.lowerBound, rows.lowerBound)...max(
                        block.upperBound, rows.upperBound)
            }
        }
        return block
    }

    /// The lowest text of the header in each column, from the left.
    private func headingCells(_ block: ClosedRange<Int>) -> [(cell: SourceSheet.Cell, row: Int)] {
        var cells: [Int: (cell: SourceSheet.Cell, row: Int)] = [:]
        for row in sheet.rows where block.contains(row.number) {
            for cell in row.cells where !EnteredCell.trim(cell.text).isEmpty {
                cells[cell.column] = (cell, row.number)
            }
        }
        return cells.values.sorted { $0.cell.column < $1.cell.column }
    }

    private mutating func take(_ cell: SourceSheet.Cell, _ row: Int) {
        // The star of a required column is ours, not the heading's.
        let shown = String(EnteredCell.trim(cell.text).drop { $0 == "*" })
        if Heading.isFaultColumn(Heading.plain(cell.text)) { return }
        guard let (column, unit) = column(Heading.plain(cell.text)) else {
            let quoted = quoting ? (zh: "“\(shown)”", en: " “\(shown)”") : (zh: "", en: "")
            return note(
                row, cell.column,
                Message(
                    zh: "不认识的列\(quoted.zh)，应为 \(list.zh) 之一；请改正，或删去该列",
                    en:
                        "unknown column\(quoted.en), expected one of \(list.en); correct it or remove "
                        + "the column"))
        }
        if positions[column] != nil {
            return note(
                row, cell.column,
                Message(
                    zh: "列“\(Self.name(column).zh)”重复，应只有一列；请删除一列",
                    en: "column \(column.rawValue) appears twice, expected once; remove one"))
        }
        positions[column] = cell.column
        headings[column] = shown
        if let own = column.ownUnit { units[column] = own }
        guard column.content == .amount, let unit else { return }
        guard let known = AmountUnit(rawValue: unit) else {
            return note(
                row, cell.column,
                Message(
                    zh: "金额单位“\(unit)”不接受，应为元或万元；请换算后改写列名",
                    en:
                        "the unit \(unit) is not accepted, expected 元 or 万元; convert the amounts and "
                        + "rename the column"))
        }
        units[column] = known
    }

    /// Titles are short; a row as full as the header would be data that nobody reads.
    private mutating func checkTitles(above first: Int, width: Int) {
        for row in sheet.rows where row.number < first {
            let count = row.cells.filter { !EnteredCell.trim($0.text).isEmpty }.count
            guard count > 3, count * 2 > width else { continue }
            note(
                row.number, nil,
                Message(
                    zh: "表头（第 \(first) 行）之上有数据行，只应有标题；请移到表头之下或删除",
                    en:
                        "a row of data above the header (row \(first)), expected only titles; move it "
                        + "below or remove it"))
        }
    }

    /// 单位：万元 above the header holds for the columns that say no unit themselves.
    private mutating func applyTableUnit(above first: Int) {
        for row in sheet.rows where row.number < first {
            for cell in row.cells {
                guard let unit = Heading.tableUnit(cell.text) else { continue }
                guard let known = AmountUnit(rawValue: unit) else {
                    note(
                        row.number, cell.column,
                        Message(
                            zh: "金额单位“\(unit)”不接受，应为元或万元；请换算后改写",
                            en: "the unit \(unit) is not accepted, expected 元 or 万元; convert the "
                                + "amounts and state it"))
                    continue
                }
                for column in positions.keys where column.content == .amount {
                    guard let own = units[column] else {
                        units[column] = known
                        continue
                    }
                    if own != known {
                        note(
                            row.number, cell.column,
                            Message(
                                zh:
                                    "标题写单位“\(unit)”，列“\(headings[column] ?? "")”却写“\(own.rawValue)”，"
                                    + "应一致；请改正其一",
                                en: "the title says \(unit) but the column "
                                    + "“\(headings[column] ?? "")” says \(own.rawValue); correct one"
                            ))
                    }
                }
            }
        }
    }

    private static func name(_ column: Column) -> Message {
        Message(zh: column.chineseNames.first ?? column.rawValue, en: column.rawValue)
    }

    private var list: Message {
        Message(
            zh: Column.allCases.map { "\(Self.name($0).zh)/\($0.rawValue)" }
                .joined(separator: "、"),
            en: Column.allCases.map(\.rawValue).joined(separator: ", "))
    }

    private mutating func note(_ row: Int?, _ column: Int?, _ message: Message) {
        problems.append(
            SheetTable<Column>.Problem(row: row, column: column, heading: nil, message: message))
    }
}

extension SheetTable {
    /// How many of its columns a sheet names: tells the sheet that is meant from others.
    public static func matchCount(_ sheet: SourceSheet, required: [Column] = []) -> Int {
        HeaderSearch<Column>.matchCount(sheet, required: required)
    }
}

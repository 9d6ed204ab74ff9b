// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import ReliefModel
import Spreadsheet

/// The table of a file: its rows, and what is wrong with their cells before any meaning.
struct ImportTable<Column: TableColumn>: Sendable {
    typealias Row = SheetTable<Column>.Row

    let path: String
    /// SHA-256 of the file.
    let digest: Digest
    /// What is wrong with single cells and rows; a header that is wrong is thrown instead.
    private(set) var complaints: [Complaint] = []
    private let table: SheetTable<Column>

    /// - Parameter quoting: Whether messages may repeat what stands in cells.
    init(
        _ file: TableFile, sheet name: String?, required: [Column] = [], quoting: Bool
    ) throws(CommandFailure) {
        path = file.path
        digest = file.digest
        let sheet = try file.sheet(name, required: required)
        guard !sheet.rows.isEmpty else {
            throw CommandFailure(
                .usage, zh: "\(path)：文件没有表头，应有一行列名；请补上",
                en: "\(path): no header row, expected one that names the columns; add it")
        }
        table = SheetTable(sheet, required: required, quoting: quoting)
        let problems = table.problems.map { problem in
            CellPlace(
                path: path, sheet: sheet.name, row: problem.row, column: problem.column,
                heading: problem.heading
            ).complaint(problem.message)
        }
        let isHeaderWrong = table.problems.contains { problem in
            problem.row.map { $0 <= table.headerRow ?? 0 } ?? true
        }
        if isHeaderWrong { throw CommandFailure(.usage, problems) }
        complaints = problems
        for row in table.rows { check(row, quoting) }
        checkTotals()
    }

    var rows: [Row] { table.rows }
    func has(_ column: Column) -> Bool { table.has(column) }

    /// The column's heading as the file has it.
    func heading(_ column: Column) -> String { table.headings[column] ?? column.rawValue }

    /// The unit of a column of amounts, as its heading or the title says; yuan where neither does.
    func unit(_ column: Column) -> MoneyUnit {
        table.units[column] == .wanYuan ? .wanYuan : .yuan
    }

    /// Where the columns are, from 0.
    var positions: [Column: Int] {
        Dictionary(
            uniqueKeysWithValues: Column.allCases.compactMap { column in
                table.position(column).map { (column, $0) }
            })
    }

    /// Where a row, or a cell of it, is.
    func place(_ line: Int, _ column: Column? = nil) -> CellPlace {
        CellPlace(
            path: path, sheet: table.sheetName, row: line,
            column: column.flatMap { table.position($0) },
            heading: column.map { heading($0) })
    }

    // MARK: - Cells

    private mutating func check(_ row: Row, _ quoting: Bool) {
        for column in Column.allCases where column.isRead {
            guard let cell = row.cells.cell(column) else { continue }
            guard let message = Self.problem(cell, column.content, quoting) else { continue }
            complaints.append(place(row.number, column).complaint(message))
        }
    }

    /// What is wrong with the kind of a cell, whatever its value.
    private static func problem(
        _ cell: SourceSheet.Cell, _ content: ColumnContent, _ quoting: Bool
    ) -> Message? {
        switch (content, cell.kind) {
        case (.text, .boolean):
            return Message(
                zh: "单元格是逻辑值（TRUE/FALSE），应为文字；请改为“是”或“否”等文字",
                en: "the cell holds TRUE or FALSE, expected text; enter words")
        case (.amount, .boolean), (.count, .boolean), (.digits, .boolean), (.date, .boolean):
            return Message(
                zh: "单元格是逻辑值（TRUE/FALSE），应为数值；请重新填写",
                en: "the cell holds TRUE or FALSE, expected a value; enter it again")
        case (.amount, .date), (.count, .date), (.digits, .date):
            return Message(
                zh: "单元格是日期格式，应为数字；请把单元格格式改为“数值”或“文本”后核对并重填",
                en: "the cell is formatted as a date, expected a number; format it as a number and "
                    + "check it")
        case (.digits, .number) where cell.text.utf8.count > 15:
            return Message(
                zh: "号码存成了数字，15 位以后的数字已经丢失，不能再用；请把该列设为“文本”格式，照证件或存折重新录入",
                en:
                    "the number is stored as a number, of which digits after the 15th are lost; format "
                    + "the column as text and enter it again from the paper")
        case (.date, .number), (.date, .text):
            let text = EnteredCell.text(cell.text)
            guard cell.kind == .number || isSerial(text) else { return nil }
            return Message(
                zh: "日期成了数字\(quoting ? " \(text)" : "")，应为日期，如 2022-02-03；请把单元格格式改为“日期”，核对后再导入",
                en:
                    "the date has become a number\(quoting ? " (\(text))" : ""), expected a date such "
                    + "as 2022-02-03; format the cell as a date and check it")
        default: return nil
        }
    }

    /// A serial number of the years 1970 to 2199, as a CSV file shows a date without its format.
    private static func isSerial(_ text: String) -> Bool {
        text.utf8.count >= 5 && text.utf8.count <= 6 && Int(text).map { $0 >= 25_569 } ?? false
    }

    // MARK: - Totals

    /// Compares the row of sums with the rows above, where all of them can be read.
    private mutating func checkTotals() {
        guard let totals = table.totals else { return }
        for column in Column.allCases where column.isRead {
            guard let stated = totals.cells[column] else { continue }
            switch column.content {
            case .amount: checkAmount(column, stated, totals.number)
            case .count: checkCount(column, stated, totals.number)
            default: continue
            }
        }
    }

    private mutating func checkAmount(_ column: Column, _ stated: String, _ line: Int) {
        let unit = unit(column)
        guard let total = try? Money(stated, in: unit).fen else {
            complaints.append(
                place(line, column).complaint(
                    Message(
                        zh: "合计不是准确金额，无法与各行相加的结果核对；请改正或清空",
                        en: "the total is no exact amount and cannot be compared with the rows; "
                            + "correct or clear it")))
            return
        }
        var sum: Int64 = 0
        for row in table.rows {
            guard let text = row.cells[column] else { continue }
            guard let fen = try? Money(text, in: unit).fen else { return }
            let (result, overflow) = sum.addingReportingOverflow(fen)
            if overflow { return }
            sum = result
        }
        guard sum != total else { return }
        let texts = [total, sum, abs(total - sum)].map { Money(fen: $0).text() }
        complaints.append(
            place(line, column).complaint(
                Message(
                    zh: "合计写 \(texts[0]) 元，各行相加为 \(texts[1]) 元，相差 \(texts[2]) 元；请核对各行和合计",
                    en: "the total says \(texts[0]) yuan, the rows come to \(texts[1]) yuan, "
                        + "difference \(texts[2]) yuan; check the rows and the total")))
    }

    private mutating func checkCount(_ column: Column, _ stated: String, _ line: Int) {
        var sum = 0
        for row in table.rows {
            guard let text = row.cells[column] else { continue }
            guard let count = Int(text), count.magnitude <= 1 << 40 else { return }
            sum += count
        }
        guard Int(stated) != sum else { return }
        complaints.append(
            place(line, column).complaint(
                Message(
                    zh: "合计与各行相加的 \(sum) 不同；请核对各行和合计",
                    en: "the total differs from the sum of the rows, \(sum); check both")))
    }
}

extension SheetTable.Row {
    /// The number of the row; for CSV the line of the file.
    var line: Int { number }
}

/// Dates as spreadsheets and people write them.
enum EnteredDate {
    /// `2022/2/3`, `2022.2.3` and `2022年2月3日` as `2022-02-03`; anything else as it is.
    ///
    /// Only what begins with a year of four digits: 3/2/2022 may be March or February.
    static func text(_ text: String) -> String {
        var parts: [Substring] = []
        for separators in ["/", ".", "-", "年月"] {
            let body = separators == "年月" && text.hasSuffix("日") ? text.dropLast() : text[...]
            parts = body.split(omittingEmptySubsequences: false) { separators.contains($0) }
            if parts.count == 3 { break }
        }
        guard parts.count == 3, parts[0].utf8.count == 4,
            parts.dropFirst().allSatisfy({ (1...2).contains($0.utf8.count) }),
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return text }
        return parts[0]
            + parts.dropFirst().map { ($0.utf8.count == 1 ? "-0" : "-") + $0 }.joined()
    }
}

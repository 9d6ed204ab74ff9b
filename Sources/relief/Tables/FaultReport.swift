// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import FoundationEssentials
import LedgerFormat
import Spreadsheet

/// `--errors`: the table given back with every fault marked where it is.
///
/// It holds what the table holds, persons' names and numbers too: only its owner may read it, and
/// it is refused where a ledger is published from.
struct FaultReport<Column: TableColumn> {
    private let options: TableOptions
    private let ledger: String

    init(_ options: TableOptions, _ ledger: String) {
        self.options = options
        self.ledger = ledger
    }

    /// Runs what imports a table, and reports its faults before they end the command.
    func reporting(
        _ paths: [String], _ body: () throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
        guard let target = options.errors, let path = paths.first else { return try body() }
        try checkPlace(target)
        do throws(CommandFailure) {
            try body()
        } catch {
            let marks = error.complaints.compactMap(\.mark).filter { $0.place.path == path }
            guard !marks.isEmpty else { throw error }
            let note = try write(marks, of: path, to: target)
            throw CommandFailure(
                error.status, error.complaints, note: error.note.map { $0.and(note) } ?? note)
        }
    }

    // MARK: - Place

    /// Refuses a place in the ledger's folder outside `private/`, and a file that exists.
    private func checkPlace(_ target: String) throws(CommandFailure) {
        let isLedger = FileManager.default.fileExists(atPath: ledger + "/ledger.jsonl")
        if isLedger, PersonalFile.isPublished(target, in: ledger) {
            throw CommandFailure(
                .usage,
                zh: "--errors：\(target) 在账本的公开目录里，而表格可能含有个人信息，不能写在那里；请写到账本目录以外",
                en:
                    "--errors: \(target) lies in the ledger's public folder, and the table may hold "
                    + "personal data; choose a place outside the ledger's folder")
        }
        if FileManager.default.fileExists(atPath: target) {
            throw CommandFailure(
                .usage, zh: "--errors：\(target) 已存在，不会被覆盖；请换一个文件名",
                en: "--errors: \(target) exists and is never overwritten; choose another name")
        }
    }

    // MARK: - Writing

    private func write(
        _ marks: [CellMark], of path: String, to target: String
    ) throws(CommandFailure) -> Complaint {
        let file = try TableFile(path, quietly: true)
        guard let source = file.sheets.first(where: { $0.name == marks[0].place.sheet }) else {
            preconditionFailure("FaultReport.write: a mark of no sheet")
        }
        let sheet = MarkedSheet(
            source, header: SheetTable<Column>(source, quoting: false).headerRow ?? 1, marks)
        let workbook = Workbook(
            title: sheet.sheet.name, created: try SystemClock.now(), sheets: [sheet.sheet])
        do throws(WorkbookError) {
            try workbook.write(to: target, isPrivate: true)
        } catch {
            throw CommandFailure(
                .incomplete, zh: "--errors：\(error.message.zh)", en: "--errors: \(error.message.en)"
            )
        }
        return Complaint(
            zh: "\(target)：已标出 \(marks.count) 处错误（仅本人可读，可能含个人信息，用后请删除）；改正后可直接导入",
            en: "\(target): \(marks.count) faults are marked (only you may read it; it may hold "
                + "personal data, remove it after use); correct them and import it")
    }
}

extension Complaint {
    /// Both as one.
    fileprivate func and(_ other: Complaint) -> Complaint {
        Complaint(message, details: details + [other.message], hint: hint)
    }
}

/// A table as it was, with its faults: a sheet to be written.
struct MarkedSheet {
    private(set) var sheet: Sheet
    private let header: Int
    private let width: Int

    init(_ source: SourceSheet, header: Int, _ marks: [CellMark]) {
        self.header = header
        let used = (source.rows.flatMap { $0.cells.map(\.column) }.max() ?? 0) + 1
        let marked = (marks.compactMap(\.place.column).max() ?? 0) + 1
        width = min(max(used, marked), CellReference.columnCount - 1)
        sheet = Sheet(
            name: source.name.flatMap { Sheet.isName($0) ? $0 : nil } ?? say("表格", "table"),
            columns: [])
        let rows = Dictionary(source.rows.map { ($0.number, $0) }) { first, _ in first }
        // Lines above the header keep their places, so that rows keep their numbers.
        sheet.titleLines = (1..<max(header, 1)).map { number in
            rows[number]?.cells.map(\.text).joined(separator: "  ") ?? ""
        }
        let headings = rows[header]?.cells ?? []
        sheet.columns = (0..<width).map { column in
            let text = headings.first { $0.column == column }?.text ?? ""
            return Sheet.Column(text, .text, width: 16)
        }
        sheet.columns.append(Sheet.Column(EnteredCell.faultHeading.said, .text, width: 60))
        let last = max(source.rows.last?.number ?? 0, marks.compactMap(\.place.row).max() ?? 0)
        for number in (header + 1)..<max(last + 1, header + 1) {
            sheet.rows.append(cells(rows[number]) + [.empty])
        }
        for mark in marks { add(mark) }
    }

    private func cells(_ row: SourceSheet.Row?) -> [Sheet.Cell] {
        var cells = [Sheet.Cell](repeating: .empty, count: width)
        for cell in row?.cells ?? [] where cell.column < width {
            cells[cell.column] = .text(cell.text)
        }
        return cells
    }

    /// Colours the cell and adds what is wrong to the row's last cell.
    private mutating func add(_ mark: CellMark) {
        let text = mark.message.said
        guard let row = mark.place.row, row > header,
            sheet.rows.indices.contains(row - header - 1)
        else {
            // Read as a line below the table, should the file come back.
            sheet.footLines.append("说明：" + mark.place.prefix + text)
            return
        }
        let index = row - header - 1
        let heading = mark.place.heading.map { $0 + "：" } ?? ""
        let before =
            if case .text(let text) = sheet.rows[index][width] { text + "\n" } else { "" }
        sheet.rows[index][width] = .text(before + heading + text)
        let column = mark.place.column ?? width
        if !sheet.marks.contains(where: { $0.row == index && $0.column == column }) {
            sheet.marks.append(Sheet.Mark(row: index, column: column, note: text))
        }
    }
}

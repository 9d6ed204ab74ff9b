// SPDX-License-Identifier: Apache-2.0

internal import CXLSXWriter
internal import LedgerFormat

/// A workbook that libxlsxwriter is putting together.
@safe final class WorkbookWriter {
    /// The hidden sheet that holds the values of drop-down lists, in lower case.
    static let choicesName = "选项"
    private static let memoryFolder = "/dev/shm"
    private static let textLength = 32_767
    /// Points that a row may be high.
    private static let rowHeight = 409

    // SAFETY: the book is this object's from its making to `close`, which ends it.
    private var book: UnsafeMutablePointer<lxw_workbook>?
    private var formats: CellFormats
    private var choices: UnsafeMutablePointer<lxw_worksheet>?
    private var choicesColumn = 0

    /// Begins a file at a path.
    init(path: String) throws(WorkbookError) {
        // SAFETY: the library copies both strings.
        guard let book = unsafe rl_workbook_new(path, Self.memoryFolder) else {
            throw .library(Int32(LXW_ERROR_MEMORY_MALLOC_FAILED.rawValue))
        }
        unsafe self.book = unsafe book
        formats = unsafe CellFormats(book)
    }

    deinit {
        // SAFETY: only a book that was never closed is left here.
        if let book = unsafe book { unsafe lxw_workbook_free(book) }
    }

    /// Puts a workbook's sheets into the file.
    func write(_ workbook: Workbook) throws(WorkbookError) {
        guard let book = unsafe book else { preconditionFailure("WorkbookWriter: closed") }
        // SAFETY: the book is open; the library copies the strings.
        try Self.require(
            unsafe rl_set_properties(
                book, workbook.title, workbook.author, workbook.created.seconds))
        var pages: [UnsafeMutablePointer<lxw_worksheet>] = unsafe []
        for sheet in workbook.sheets {
            guard let page = unsafe workbook_add_worksheet(book, sheet.name) else {
                throw .name(sheet.name)
            }
            unsafe pages.append(page)
        }
        for (index, sheet) in workbook.sheets.enumerated() {
            try unsafe write(sheet, on: pages[index])
        }
    }

    /// Completes the file.
    func close() throws(WorkbookError) {
        guard let book = unsafe book else { preconditionFailure("WorkbookWriter: closed") }
        unsafe self.book = nil
        // SAFETY: closing frees the book, which nobody has any more.
        try Self.require(unsafe workbook_close(book))
    }

    private func write(
        _ sheet: Sheet, on page: UnsafeMutablePointer<lxw_worksheet>
    ) throws(WorkbookError) {
        unsafe setUp(sheet, page)
        for (column, described) in sheet.columns.enumerated() {
            let format = try unsafe formats.format(.body, described.kind)
            // SAFETY: the page and the format are the open book's, here and below.
            try Self.require(
                unsafe rl_set_column(page, UInt16(column), Int32(described.width), nil))
            try unsafe writeHeader(described, column, sheet, page)
            for blank in 0..<sheet.blankRowCount {
                let row = UInt32(sheet.fileRow(sheet.rows.count + blank))
                try Self.require(unsafe worksheet_write_blank(page, row, UInt16(column), format))
            }
        }
        let headings = sheet.columns.map { Sheet.Cell.text($0.header) }
        try unsafe fitHeight(of: headings, sheet.headerRow, sheet, page)
        for (index, line) in sheet.titleLines.enumerated() {
            try unsafe writeLine(line, row: index, index == 0 ? .title : .subtitle, sheet, page)
        }
        var marked: [[Int]: String] = [:]
        for mark in sheet.marks {
            let known = marked[[mark.row, mark.column]].map { $0 + "\n" } ?? ""
            marked[[mark.row, mark.column]] = known + mark.note
        }
        for (index, row) in sheet.rows.enumerated() {
            for (column, cell) in row.enumerated() {
                let note = marked[[index, column]]
                let format = try unsafe formats.format(
                    .body, sheet.columns[column].kind, isMarked: note != nil)
                let place = CellReference(row: sheet.fileRow(index), column: column)
                try unsafe write(cell, at: place, format, sheet, page)
                if let note { try unsafe writeNote(note, at: place, page) }
            }
            try unsafe fitHeight(of: row, sheet.fileRow(index), sheet, page)
        }
        var next = sheet.fileRow(sheet.rows.count + sheet.blankRowCount)
        if let total = sheet.total {
            try unsafe fitHeight(of: total, next, sheet, page)
            for (column, cell) in total.enumerated() {
                let format = try unsafe formats.format(.total, sheet.columns[column].kind)
                let place = CellReference(row: next, column: column)
                try unsafe write(cell, at: place, format, sheet, page)
            }
            next += 1
        }
        for (index, line) in sheet.footLines.enumerated() {
            try unsafe writeLine(line, row: next + index, .foot, sheet, page)
        }
        guard sheet.unprintedColumnCount > 0 else { return }
        // SAFETY: as above.
        try Self.require(
            unsafe worksheet_print_area(
                page, 0, 0, UInt32(next + max(sheet.footLines.count, 1) - 1),
                UInt16(sheet.columns.count - sheet.unprintedColumnCount - 1)))
    }

    /// Makes a row as high as its longest text needs; programs differ in doing that by themselves.
    private func fitHeight(
        of cells: [Sheet.Cell], _ row: Int, _ sheet: Sheet,
        _ page: UnsafeMutablePointer<lxw_worksheet>
    ) throws(WorkbookError) {
        var lines = 1
        for (column, cell) in zip(sheet.columns, cells) {
            guard case .text(let text) = cell else { continue }
            lines = max(lines, Self.lineCount(text, width: column.width))
        }
        guard lines > 1 else { return }
        // SAFETY: the page is the open book's.
        try Self.require(
            unsafe rl_set_row(page, UInt32(row), Int32(min(lines * 14 + 2, Self.rowHeight))))
    }

    /// Paper, margins, repeated and frozen headings, page numbers.
    private func setUp(_ sheet: Sheet, _ page: UnsafeMutablePointer<lxw_worksheet>) {
        let print = sheet.page
        let header = UInt32(sheet.headerRow)
        // SAFETY: the page is the open book's; the library copies the strings. For the whole function.
        unsafe worksheet_set_paper(page, print.paper == .a4 ? 9 : 8)
        if print.isLandscape { unsafe worksheet_set_landscape(page) }
        unsafe rl_set_margins(page, 15, 15, 15, 18)
        unsafe worksheet_center_horizontally(page)
        unsafe worksheet_fit_to_pages(page, 1, 0)
        unsafe worksheet_repeat_rows(page, header, header)
        unsafe worksheet_freeze_panes(page, header + 1, UInt16(sheet.frozenColumnCount))
        let number = print.language == .zh ? "第 &P 页，共 &N 页" : "Page &P of &N"
        var foot = ""
        for character in print.foot.prefix(100) {
            foot += character == "&" ? "&&" : String(character)
        }
        unsafe worksheet_set_footer(page, (foot.isEmpty ? "" : "&L&8 \(foot)") + "&C" + number)
    }

    private func writeHeader(
        _ column: Sheet.Column, _ index: Int, _ sheet: Sheet,
        _ page: UnsafeMutablePointer<lxw_worksheet>
    ) throws(WorkbookError) {
        let place = CellReference(row: sheet.headerRow, column: index)
        let format = try unsafe formats.format(.header)
        try unsafe write(.text(column.header), at: place, format, sheet, page)
        if let note = column.note { try unsafe writeNote(note, at: place, page) }
        let last = sheet.fileRow(sheet.rows.count + sheet.blankRowCount) - 1
        guard !column.choices.isEmpty, last >= sheet.fileRow(0) else { return }
        let range = try listRange(column.choices, sheet)
        let isChinese = sheet.page.language == .zh
        // SAFETY: the page is the open book's; the library copies the strings.
        try Self.require(
            unsafe rl_add_choices(
                page, UInt32(sheet.fileRow(0)), UInt32(last), UInt16(index), range,
                isChinese ? "不在可选范围" : "Not in the list",
                isChinese ? "请从下拉列表中选择。" : "Choose from the list."))
    }

    /// Puts the values of a list into the hidden sheet, and names their range.
    private func listRange(_ values: [String], _ sheet: Sheet) throws(WorkbookError) -> String {
        guard let book = unsafe book else { preconditionFailure("WorkbookWriter: closed") }
        if unsafe choices == nil {
            // SAFETY: the book is open and owns the sheet.
            unsafe choices = unsafe workbook_add_worksheet(book, Self.choicesName)
        }
        guard let page = unsafe choices else { throw .name(Self.choicesName) }
        // SAFETY: as above.
        unsafe worksheet_hide(page)
        let format = try unsafe formats.format(.body)
        for (row, value) in values.enumerated() {
            let place = CellReference(row: row, column: choicesColumn)
            try unsafe write(.text(value), at: place, format, sheet, page)
        }
        let letters = CellReference.letters(ofColumn: choicesColumn)
        choicesColumn += 1
        return "=\(Self.choicesName)!$\(letters)$1:$\(letters)$\(values.count)"
    }

    /// A line over the whole width, as high as its text needs.
    private func writeLine(
        _ text: String, row: Int, _ role: CellFormats.Role, _ sheet: Sheet,
        _ page: UnsafeMutablePointer<lxw_worksheet>
    ) throws(WorkbookError) {
        let place = CellReference(row: row, column: 0)
        let format = try unsafe formats.format(role)
        let printed = sheet.columns.dropLast(sheet.unprintedColumnCount)
        let last = UInt16(printed.count - 1)
        if last > 0 {
            // SAFETY: the page and the format are the open book's, here and below.
            try Self.require(
                unsafe worksheet_merge_range(page, UInt32(row), 0, UInt32(row), last, "", format))
        }
        try unsafe write(.text(text), at: place, format, sheet, page)
        let isTitle = role == .title
        let width = printed.reduce(0) { $0 + $1.width } * 10 / (isTitle ? 17 : 10)
        let height = Self.lineCount(text, width: width) * (isTitle ? 26 : 16)
        try Self.require(unsafe rl_set_row(page, UInt32(row), Int32(min(height, Self.rowHeight))))
    }

    /// Lines that a text takes at a width; one Latin character less for the cell's edges.
    private static func lineCount(_ text: String, width: Int) -> Int {
        let width = max(1, width - 1)
        return text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) {
            $0 + max(1, (Self.width($1) + width - 1) / width)
        }
    }

    private func write(
        _ cell: Sheet.Cell, at place: CellReference, _ format: UnsafeMutablePointer<lxw_format>,
        _ sheet: Sheet, _ page: UnsafeMutablePointer<lxw_worksheet>
    ) throws(WorkbookError) {
        let row = UInt32(place.row)
        let column = UInt16(place.column)
        // SAFETY: the page and the format are the open book's; the library copies the strings.
        switch cell {
        case .empty:
            try Self.require(unsafe worksheet_write_blank(page, row, column, format))
        case .text(let text):
            let stored = CellText.stored(text)
            guard stored.utf16.count <= Self.textLength else {
                throw .tooLong(sheet: sheet.name, cell: place.description)
            }
            try Self.require(unsafe worksheet_write_string(page, row, column, stored, format))
        case .number(let units, let decimals):
            if let text = CellText.unkept(units: units, decimals: decimals) {
                try Self.require(unsafe worksheet_write_string(page, row, column, text, format))
            } else {
                try Self.require(
                    unsafe rl_write_number(page, row, column, units, Int32(decimals), format))
            }
        case .date(let date):
            // Day 25,569 of a spreadsheet is 1970-01-01.
            try Self.require(
                unsafe rl_write_number(page, row, column, Int64(date.day) + 25_569, 0, format))
        }
    }

    private func writeNote(
        _ note: String, at place: CellReference, _ page: UnsafeMutablePointer<lxw_worksheet>
    ) throws(WorkbookError) {
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) {
            $0 + 1 + Self.width($1) / 32
        }
        // SAFETY: the page is the open book's; the library copies the string.
        try Self.require(
            unsafe rl_write_note(
                page, UInt32(place.row), UInt16(place.column), CellText.stored(note), 240,
                UInt16(min(20 * lines + 20, 600))))
    }

    /// Latin characters that a text takes; a Chinese one counts as two.
    private static func width(_ text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2000 ? 1 : 2) }
    }

    private static func require(_ error: lxw_error) throws(WorkbookError) {
        guard error == LXW_NO_ERROR else { throw .library(Int32(error.rawValue)) }
    }
}

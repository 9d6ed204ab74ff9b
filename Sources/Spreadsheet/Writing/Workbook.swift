// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// An .xlsx file (ECMA-376) to be written: sheets, and what the file says about itself.
///
/// The same workbook gives the same bytes: the time it was made is part of it, not the clock's.
public struct Workbook: Sendable, Equatable {
    /// The file's title.
    public var title: String
    /// Who made it.
    public var author: String
    /// When it was made, as the file says.
    public var created: Timestamp
    /// The sheets, at least one.
    public var sheets: [Sheet]

    /// Describes a workbook.
    public init(title: String, author: String = "ReliefLedger", created: Timestamp, sheets: [Sheet])
    {
        self.title = title
        self.author = author
        self.created = created
        self.sheets = sheets
    }

    /// The file's bytes.
    ///
    /// They are put together in memory: the file under construction has no name in any folder. The
    /// library's parts lie in unlinked files of mode 0600, in memory (/dev/shm) where there is one.
    ///
    /// - Precondition: A sheet; rows and totals as long as the columns; marks within the rows.
    public func bytes() throws(WorkbookError) -> [UInt8] {
        try check()
        let file = try MemoryFile()
        let writer = try WorkbookWriter(path: file.path)
        try writer.write(self)
        try writer.close()
        return try file.read()
    }

    /// Writes the file beside its place under another name, waits for the disk, and renames it.
    ///
    /// - Parameters:
    ///   - isPrivate: Whether only its owner may read it (0600); else everybody may (0644).
    ///   - replacing: Whether a file of that name is replaced.
    /// - Throws: ``WorkbookError/exists(path:)`` where there is a file not to be replaced.
    public func write(
        to path: String, isPrivate: Bool = true, replacing: Bool = false
    ) throws(WorkbookError) {
        try WholeFile.write(
            try bytes(), to: path, mode: isPrivate ? 0o600 : 0o644, replacing: replacing)
    }

    private func check() throws(WorkbookError) {
        precondition(!sheets.isEmpty, "Workbook: no sheet")
        var names: Set<String> = [WorkbookWriter.choicesName]
        for sheet in sheets {
            guard Sheet.isName(sheet.name), names.insert(sheet.name.lowercased()).inserted else {
                throw .name(sheet.name)
            }
            let width = sheet.columns.count
            precondition(width > 0, "Workbook: sheet \(sheet.name) has no column")
            precondition(
                sheet.rows.allSatisfy { $0.count == width } && sheet.total?.count ?? width == width,
                "Workbook: a row of sheet \(sheet.name) is not as long as its columns")
            precondition(
                sheet.marks.allSatisfy {
                    sheet.rows.indices.contains($0.row) && sheet.columns.indices.contains($0.column)
                }, "Workbook: a mark outside the rows of sheet \(sheet.name)")
            let height =
                sheet.titleLines.count + sheet.rows.count + sheet.blankRowCount
                + sheet.footLines.count + 2
            guard height <= CellReference.rowCount, width <= CellReference.columnCount else {
                throw .tooLarge(sheet: sheet.name)
            }
        }
    }
}

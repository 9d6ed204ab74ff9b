// SPDX-License-Identifier: Apache-2.0

/// Reads .xlsx files (Office Open XML, ECMA-376), as Excel, WPS, LibreOffice and openpyxl write
/// them, Strict and Transitional.
///
/// The file is unpacked in memory part by part and read as a stream; what is kept are the cells.
/// Numbers are exact decimals (``ExactNumber``); of a formula the result that the file keeps is
/// read, nothing is calculated.
enum WorkbookReader {
    /// All sheets, in the workbook's order.
    static func sheets(_ bytes: [UInt8]) throws(SpreadsheetFault) -> [SourceSheet] {
        let package = try ZipPackage(bytes)
        guard package.has("_rels/.rels") else { throw .notWorkbook }
        let parts = try WorkbookParts(package)
        guard !parts.sheets.isEmpty else { throw .noSheet }
        var sheets: [SourceSheet] = []
        var cellCount = 0
        for entry in parts.sheets {
            let reader = SheetReader(part: entry.part, book: parts, cellCount: cellCount)
            try package.read(entry.part, with: reader)
            cellCount = reader.totalCellCount
            sheets.append(
                SourceSheet(
                    name: entry.name, isHidden: entry.isHidden, rows: reader.rows,
                    merges: reader.merges))
        }
        return sheets
    }
}

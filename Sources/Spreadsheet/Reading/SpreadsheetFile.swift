// SPDX-License-Identifier: Apache-2.0

/// A file with a table, .xlsx or CSV, read and nothing more: what it means is for others to say.
public struct SpreadsheetFile: Sendable {
    /// The largest file read, in bytes.
    public static let maximumByteCount = 64 << 20

    /// Its sheets; a CSV file has one, without name.
    public let sheets: [SourceSheet]
    /// How a CSV file stores its characters; nil for .xlsx.
    public let encoding: TextEncoding?

    /// Reads a file.
    ///
    /// In a CSV file lines that begin with `#` are comments, and empty lines are left out.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - name: Its name, which must agree with what it is.
    /// - Throws: ``SpreadsheetError`` with every fault that could be found.
    public init(_ bytes: [UInt8], name: String) throws(SpreadsheetError) {
        let text: (bytes: [UInt8], encoding: TextEncoding)?
        do throws(SpreadsheetFault) {
            switch try FileType(bytes, name: name) {
            case .workbook:
                sheets = try WorkbookReader.sheets(bytes)
                encoding = nil
                return
            case .text: text = TextEncoding.decode(bytes)
            }
        } catch {
            throw SpreadsheetError(faults: [error])
        }
        guard let text else { throw SpreadsheetError(faults: [.unknownEncoding]) }
        do throws(CSVError) {
            sheets = [SourceSheet(name: nil, rows: try CSVReader.sheetRows(text.bytes))]
            encoding = text.encoding
        } catch {
            throw SpreadsheetError(faults: error.problems.map { .csv($0) })
        }
    }
}

/// What a file is by its first bytes, which its name must not contradict.
private enum FileType {
    case workbook
    case text

    init(_ bytes: [UInt8], name: String) throws(SpreadsheetFault) {
        let base = name.split(separator: "/").last.map(String.init) ?? name
        let parts = base.split(separator: ".")
        let suffix = parts.count > 1 ? parts[parts.count - 1].lowercased() : ""
        if base.hasPrefix("~$") || base.hasPrefix(".~") { throw .lockFile }
        if bytes.isEmpty { throw .emptyFile }
        guard bytes.count <= SpreadsheetFile.maximumByteCount else {
            throw .tooLarge(bytes.count)
        }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            // An encrypted workbook is a compound file with this stream (MS-OFFCRYPTO, 2.3.4.4).
            throw Self.holds(Array("EncryptedPackage".utf16), in: bytes)
                ? .encryptedPackage : .oldWorkbook
        }
        let isPackage = bytes.starts(with: [0x50, 0x4B])
        let saysWorkbook = ["xlsx", "xlsm", "xltx", "xltm"].contains(suffix)
        if bytes.starts(with: Array("%PDF".utf8)) { throw .otherFile("PDF") }
        if Self.isMarkup(bytes) { throw .otherFile("HTML/XML") }
        if isPackage, suffix == "ods" { throw .otherFile("ODS") }
        if isPackage, !saysWorkbook, !suffix.isEmpty { throw .workbookNamedText(suffix) }
        if !isPackage, saysWorkbook {
            throw TextEncoding.decode(bytes) == nil || bytes.contains(0)
                ? .damagedPackage : .textNamedWorkbook(suffix)
        }
        self = isPackage ? .workbook : .text
    }

    /// Pages that web systems offer under the name of a spreadsheet.
    private static func isMarkup(_ bytes: [UInt8]) -> Bool {
        let start = bytes.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }.prefix(14)
        let text = String(decoding: start, as: UTF8.self).lowercased()
        return ["<html", "<!doctype", "<?xml", "<table", "<meta"].contains { text.hasPrefix($0) }
    }

    /// Whether the bytes hold a text in UTF-16, little-endian.
    private static func holds(_ text: [UInt16], in bytes: [UInt8]) -> Bool {
        let pattern = text.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        guard bytes.count >= pattern.count else { return false }
        for start in 0...(bytes.count - pattern.count) where bytes[start] == pattern[0] {
            if bytes[start..<(start + pattern.count)].elementsEqual(pattern) { return true }
        }
        return false
    }
}

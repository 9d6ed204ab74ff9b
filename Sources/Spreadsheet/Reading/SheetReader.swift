// SPDX-License-Identifier: Apache-2.0

/// Reads the cells of one worksheet part (ECMA-376 part 1, 18.3.1).
///
/// A `c` holds its value in `v` (a number, the index of a shared string, a formula's kept result)
/// or in `is` (inline text, in runs). Rows and cells may leave out where they are and then follow
/// the one before; where they say it, it must be ascending.
final class SheetReader: XMLHandler {
    /// Cells of all sheets of one file.
    static let maximumCellCount = 5_000_000
    /// Excel holds 32,767 characters in a cell.
    private static let maximumTextByteCount = 32_767 * 4

    private let part: String
    private let book: WorkbookParts
    private(set) var rows: [SourceSheet.Row] = []
    private(set) var merges: [CellRange] = []
    private var cellCount: Int

    private var isInSheetData = false
    private var rowNumber = 0
    private var column = -1
    private var cells: [SourceSheet.Cell] = []

    // The cell being read.
    private var isInCell = false
    private var type = ""
    private var style = 0
    private var hasFormula = false
    private var hasValue = false
    private var isInPhonetic = false
    private var isKeepingText = false
    private var content: [UInt8] = []

    init(part: String, book: WorkbookParts, cellCount: Int) {
        self.part = part
        self.book = book
        self.cellCount = cellCount
    }

    /// Cells read in this and the sheets before.
    var totalCellCount: Int { cellCount }

    override func start(_ name: String, _ attributes: XMLAttributes) {
        if isInCell { return startInCell(name) }
        switch name {
        case "sheetData": isInSheetData = true
        case "row" where isInSheetData: startRow(attributes["r"])
        case "c" where isInSheetData: startCell(attributes)
        case "mergeCell": merge(attributes["ref"] ?? "")
        default: break
        }
    }

    override func end(_ name: String) {
        switch name {
        case "v", "t":
            isKeepingText = false
        case "rPh":
            isInPhonetic = false
        case "c" where isInCell:
            isInCell = false
            endCell()
        case "row" where isInSheetData:
            if !cells.isEmpty { rows.append(SourceSheet.Row(number: rowNumber, cells: cells)) }
        case "sheetData":
            isInSheetData = false
        default: break
        }
    }

    override func text(_ bytes: Span<UInt8>) {
        guard isKeepingText else { return }
        guard content.count + bytes.count <= Self.maximumTextByteCount else {
            fault = .oversizedCell(part: part, cell: place)
            return
        }
        for index in bytes.indices { content.append(bytes[index]) }
    }

    private var place: String {
        CellReference(
            row: max(0, min(rowNumber, CellReference.rowCount) - 1),
            column: max(0, min(column, CellReference.columnCount - 1))
        ).description
    }

    private func startRow(_ text: String?) {
        var number = rowNumber + 1
        if let text {
            guard let given = Int(text), given >= number else {
                fault = .outOfOrder(part: part, found: text, after: "\(rowNumber)")
                return
            }
            number = given
        }
        guard number <= CellReference.rowCount else {
            fault = .outsideSheet(part: part, found: "\(number)")
            return
        }
        rowNumber = number
        column = -1
        cells = []
    }

    private func startCell(_ attributes: XMLAttributes) {
        if let text = attributes["r"] {
            guard let reference = CellReference(text.utf8) else {
                fault = .outsideSheet(part: part, found: text)
                return
            }
            guard reference.row + 1 == rowNumber, reference.column > column else {
                fault = .outOfOrder(part: part, found: text, after: place)
                return
            }
            column = reference.column
        } else {
            column += 1
            guard column < CellReference.columnCount else {
                fault = .outsideSheet(part: part, found: "\(column + 1)")
                return
            }
        }
        isInCell = true
        type = attributes["t"] ?? "n"
        style = attributes["s"].flatMap { Int($0) } ?? 0
        hasFormula = false
        hasValue = false
        content.removeAll(keepingCapacity: true)
    }

    private func startInCell(_ name: String) {
        switch name {
        case "f": hasFormula = true
        case "v":
            hasValue = true
            isKeepingText = true
        case "is": hasValue = true
        case "t": isKeepingText = !isInPhonetic
        case "rPh": isInPhonetic = true
        default: break
        }
    }

    private func merge(_ text: String) {
        guard let range = CellRange(text.utf8) else {
            fault = .outsideSheet(part: part, found: text)
            return
        }
        guard merges.count < CellReference.rowCount else {
            fault = .tooManyCells
            return
        }
        if range.first != range.last { merges.append(range) }
    }

    private func endCell() {
        guard hasValue || hasFormula else { return }
        // A formula that was never calculated has an empty result, while a text result says `str`.
        if hasFormula, content.isEmpty, type != "str" { return add(.uncalculated, "") }
        switch type {
        case "n": addNumber()
        case "s":
            guard let index = Int(String(decoding: content, as: UTF8.self)),
                book.sharedStrings.indices.contains(index)
            else {
                fault = .badValue(part: part, cell: place)
                return
            }
            if !book.sharedStrings[index].isEmpty { add(.text, book.sharedStrings[index]) }
        case "inlineStr", "str":
            guard let text = EscapedText.text(content) else {
                fault = .badValue(part: part, cell: place)
                return
            }
            if !text.isEmpty { add(.text, text) }
        case "b": add(.boolean, content == [0x30] ? "FALSE" : "TRUE")
        case "e": add(.error, String(decoding: content, as: UTF8.self))
        case "d": addISODate()
        default: fault = .badValue(part: part, cell: place)
        }
    }

    private func addNumber() {
        if content.isEmpty { return }
        guard let number = ExactNumber.text(content) else {
            fault = .badValue(part: part, cell: place)
            return
        }
        guard book.isDate(style: style) else { return add(.number, number) }
        if let date = SerialDate(is1904: book.is1904).text(number) {
            add(.date, date)
        } else {
            add(.impossibleDate, number)
        }
    }

    /// `2022-02-03T00:00:00`, a midnight without its time.
    private func addISODate() {
        let text = String(decoding: content, as: UTF8.self)
        let parts = text.split(separator: "T", maxSplits: 1)
        let time = parts.count == 2 ? parts[1].prefix { $0 != "." && $0 != "Z" } : ""
        let isMidnight = time.allSatisfy { $0 == "0" || $0 == ":" }
        add(.date, String(parts.first ?? "") + (isMidnight ? "" : " " + time))
    }

    private func add(_ kind: SourceSheet.Kind, _ text: String) {
        cellCount += 1
        guard cellCount <= Self.maximumCellCount else {
            fault = .tooManyCells
            return
        }
        cells.append(SourceSheet.Cell(column: column, kind: kind, text: text))
    }
}

/// Reads the strings that cells share (ECMA-376 part 1, 18.4).
final class SharedStringsReader: XMLHandler {
    private static let maximumCount = 2_000_000
    private static let maximumByteCount = 128 << 20

    private let part: String
    private(set) var strings: [String] = []
    private var byteCount = 0
    private var isInPhonetic = false
    private var isKeepingText = false
    private var content: [UInt8] = []

    init(part: String) { self.part = part }

    override func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "si": content.removeAll(keepingCapacity: true)
        case "t": isKeepingText = !isInPhonetic
        case "rPh": isInPhonetic = true
        default: break
        }
    }

    override func end(_ name: String) {
        switch name {
        case "t": isKeepingText = false
        case "rPh": isInPhonetic = false
        case "si":
            guard strings.count < Self.maximumCount else {
                fault = .tooManyCells
                return
            }
            guard let text = EscapedText.text(content) else {
                fault = .badValue(part: part, cell: "si \(strings.count)")
                return
            }
            strings.append(text)
        default: break
        }
    }

    override func text(_ bytes: Span<UInt8>) {
        guard isKeepingText else { return }
        byteCount += bytes.count
        guard byteCount <= Self.maximumByteCount else {
            fault = .oversizedText(part: part)
            return
        }
        for index in bytes.indices { content.append(bytes[index]) }
    }
}

/// `_x000D_` in texts: a character that XML cannot hold (ECMA-376 part 1, 22.9.2.19).
enum EscapedText {
    /// The text with its escapes undone; nil where it is no UTF-8 or an escape is no character.
    static func text(_ bytes: [UInt8]) -> String? {
        guard bytes.contains(0x5F) else { return String(validating: bytes, as: UTF8.self) }
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if let scalar = escape(bytes, at: index) {
                // A half of a surrogate pair has no character of its own; it stays as written.
                plain.append(contentsOf: String(scalar).utf8)
                index += 7
            } else {
                plain.append(bytes[index])
                index += 1
            }
        }
        return String(validating: plain, as: UTF8.self)
    }

    private static func escape(_ bytes: [UInt8], at index: Int) -> Unicode.Scalar? {
        guard index + 7 <= bytes.count, bytes[index] == 0x5F, bytes[index + 1] == 0x78,
            bytes[index + 6] == 0x5F
        else { return nil }
        var value: UInt32 = 0
        for byte in bytes[(index + 2)..<(index + 6)] {
            switch byte {
            case 0x30...0x39: value = value * 16 + UInt32(byte - 0x30)
            case 0x41...0x46: value = value * 16 + UInt32(byte - 0x37)
            case 0x61...0x66: value = value * 16 + UInt32(byte - 0x57)
            default: return nil
            }
        }
        return Unicode.Scalar(value)
    }
}

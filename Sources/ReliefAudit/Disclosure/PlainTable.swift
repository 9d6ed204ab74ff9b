// SPDX-License-Identifier: Apache-2.0

/// A CSV file in the one form in which a package's tables are written (RFC 4180): quotes only where
/// they are needed, lines that end alike, as many cells in each as headings.
struct PlainTable {
    /// The headings.
    let headings: [String]
    /// The lines below them, each with its number in the file.
    let lines: [(number: Int, cells: [String])]

    /// Nil where the bytes are no such table.
    init?(_ bytes: [UInt8]) {
        var bytes = bytes[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        var lines: [(number: Int, cells: [String])] = []
        var cells: [String] = []
        var cell = ""
        var (isQuoted, wasQuoted) = (false, false)
        var number = 1
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if isQuoted {
                guard scalar == "\"" else {
                    cell.unicodeScalars.append(scalar)
                    continue
                }
                if rest.first == "\"" {
                    rest.removeFirst()
                    cell.append("\"")
                } else {
                    isQuoted = false
                }
                continue
            }
            switch scalar {
            case "\"":
                guard cell.isEmpty, !wasQuoted else { return nil }
                (isQuoted, wasQuoted) = (true, true)
            case ",":
                cells.append(cell)
                (cell, wasQuoted) = ("", false)
            case "\r":
                guard rest.first == "\n" else { return nil }
            case "\n":
                lines.append((number, cells + [cell]))
                (cells, cell, wasQuoted) = ([], "", false)
                number += 1
            default:
                guard !wasQuoted else { return nil }
                cell.unicodeScalars.append(scalar)
            }
        }
        guard !isQuoted, cells.isEmpty, cell.isEmpty, let head = lines.first,
            lines.allSatisfy({ $0.cells.count == head.cells.count }),
            Set(head.cells).count == head.cells.count
        else { return nil }
        headings = head.cells
        self.lines = Array(lines.dropFirst())
    }
}

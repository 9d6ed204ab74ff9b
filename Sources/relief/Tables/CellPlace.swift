// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Spreadsheet

/// Where something stands in a table: `file.csv:12:金额`, or `file.xlsx:花名册!F12:金额`.
struct CellPlace: Hashable, Sendable {
    let path: String
    /// The sheet's name; nil for CSV.
    let sheet: String?
    /// The row from 1, for CSV the line of the file; nil for the whole table.
    var row: Int?
    /// The column from 0; nil for the whole row.
    var column: Int?
    /// The column's heading, where it has a known one.
    var heading: String?

    /// The place with a colon and a space after it.
    var prefix: String {
        var text = path
        let letters = column.map { CellReference.letters(ofColumn: $0) } ?? ""
        if let sheet {
            text += ":" + sheet
            if let row { text += "!\(letters)\(row)" }
        } else if let row {
            text += ":\(row)"
            if heading == nil, let column { text += ":\(column + 1)" }
        }
        if let heading { text += ":" + heading }
        return text + ": "
    }

    /// A complaint about what stands there.
    func complaint(_ message: Message) -> Complaint {
        var complaint = Complaint(zh: prefix + message.zh, en: prefix + message.en)
        complaint.mark = CellMark(place: self, message: message)
        return complaint
    }
}

/// A fault at a cell, for a report in the file itself.
struct CellMark: Equatable, Sendable {
    let place: CellPlace
    let message: Message
}

extension Complaint {
    /// The first complaints, and those of the others that are about other cells.
    ///
    /// A cell that shows `#REF!` is told once, not again as no amount. They come in the order of
    /// the rows, after those that are about no row.
    static func joined(_ first: [Complaint], _ others: [Complaint]) -> [Complaint] {
        if first.isEmpty { return others }
        let told = Set(first.compactMap { $0.mark?.place.cell })
        let all =
            first
            + others.filter { complaint in
                complaint.mark?.place.cell.map { !told.contains($0) } ?? true
            }
        guard Set(all.compactMap { $0.mark?.place.path }).count == 1 else { return all }
        return all.enumerated().sorted { left, right in
            let rows = (left.element.mark?.place.row ?? 0, right.element.mark?.place.row ?? 0)
            return rows.0 == rows.1 ? left.offset < right.offset : rows.0 < rows.1
        }.map(\.element)
    }
}

extension CellPlace {
    /// The cell alone; nil for whole rows and tables.
    fileprivate var cell: [String]? {
        guard let row, let column else { return nil }
        return [path, sheet ?? "", "\(row)", "\(column)"]
    }
}

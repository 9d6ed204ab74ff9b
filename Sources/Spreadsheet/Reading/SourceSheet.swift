// SPDX-License-Identifier: Apache-2.0

/// One sheet of a workbook, or a whole CSV file: what its cells say and where.
public struct SourceSheet: Equatable, Sendable {
    /// The sheet's name; nil for a CSV file, which has one sheet without name.
    public let name: String?
    /// Whether the workbook hides it.
    public let isHidden: Bool
    /// The rows that hold anything, from the top.
    public let rows: [Row]
    /// Ranges shown as one cell; the value stands in the first one.
    public let merges: [CellRange]

    /// A sheet of these rows.
    public init(name: String?, isHidden: Bool = false, rows: [Row], merges: [CellRange] = []) {
        self.name = name
        self.isHidden = isHidden
        self.rows = rows
        self.merges = merges
    }

    /// One row.
    public struct Row: Equatable, Sendable {
        /// Its number as people see it, from 1; for CSV the line of the file it begins on.
        public let number: Int
        /// The cells that hold anything, from the left.
        public let cells: [Cell]

        /// A row of these cells.
        public init(number: Int, cells: [Cell]) {
            self.number = number
            self.cells = cells
        }
    }

    /// One cell that holds something.
    public struct Cell: Equatable, Sendable {
        /// Its column, from 0.
        public let column: Int
        /// What the file says it is.
        public let kind: Kind
        /// What it says: for a number its exact decimal digits, for a date `2022-02-03` (with
        /// `10:30:00` after a space where it has a time), for an error its code.
        public let text: String

        /// A cell that says that.
        public init(column: Int, kind: Kind, text: String) {
            self.column = column
            self.kind = kind
            self.text = text
        }
    }

    /// What a cell is; all of a CSV file are texts.
    public enum Kind: UInt8, Equatable, Sendable {
        /// Text.
        case text
        /// A number, not shown as a date.
        case number
        /// A day, by the style of its number or as ISO 8601 text.
        case date
        /// `TRUE` or `FALSE`.
        case boolean
        /// `#REF!` and the like.
        case error
        /// A formula whose result the file does not hold.
        case uncalculated
        /// A serial number shown as a date that is none, such as 29 February 1900.
        case impossibleDate
    }
}

/// A rectangle of cells, both corners within.
public struct CellRange: Hashable, Sendable {
    /// The cell at the upper left.
    public let first: CellReference
    /// The cell at the lower right.
    public let last: CellReference

    /// Reads `A1:F1`, or `A1` for one cell; nil for anything else.
    public init?(_ text: some Collection<UInt8>) {
        let colon = text.firstIndex(of: 0x3A)
        guard let first = CellReference(text[..<(colon ?? text.endIndex)]) else { return nil }
        var last = first
        if let colon {
            guard let end = CellReference(text[text.index(after: colon)...]) else { return nil }
            last = end
        }
        guard first.row <= last.row, first.column <= last.column else { return nil }
        self.first = first
        self.last = last
    }
}

extension CellRange: CustomStringConvertible {
    /// As people name it, `A1:F1`.
    public var description: String { "\(first):\(last)" }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// One sheet to be written: a title, a heading row, typed rows, totals, and lines below.
///
/// ```
/// titleLines      each over the whole width, the first one large
/// columns         the heading row: frozen, and repeated on every printed page
/// rows            and as many blank rows of the same form
/// total
/// footLines       each over the whole width
/// ```
///
/// A text is written as text whatever it begins with: a cell never holds a formula.
public struct Sheet: Sendable, Equatable {
    /// What a column holds.
    public enum Kind: Sendable, Equatable {
        /// Words and codes; the column's cells are text also where a person fills them in, so that
        /// a long number keeps its digits.
        case text
        /// Amounts with so many decimals shown, and thousands separators.
        case amount(decimals: Int)
        /// Shares of a hundred with two decimals.
        case percent
        /// Numbers of things.
        case count
        /// Numbers that name something, such as records.
        case number
        /// Dates.
        case date
    }

    /// One column.
    public struct Column: Sendable, Equatable {
        /// Its heading.
        public var header: String
        /// What it holds.
        public var kind: Kind
        /// Its width in Latin characters; a Chinese one takes two.
        public var width: Int
        /// What to know when filling it in: a note at the heading.
        public var note: String?
        /// The only values that may be filled in; empty for any.
        public var choices: [String]

        /// Describes a column.
        public init(
            _ header: String, _ kind: Kind = .text, width: Int = 12, note: String? = nil,
            choices: [String] = []
        ) {
            self.header = header
            self.kind = kind
            self.width = width
            self.note = note
            self.choices = choices
        }
    }

    /// One cell.
    public enum Cell: Sendable, Equatable {
        /// Nothing.
        case empty
        /// Text, never a formula.
        case text(String)
        /// The number units / 10^decimals; fen are units of 2 decimals of yuan.
        ///
        /// With more than 15 digits, which a spreadsheet does not keep, it is written as text.
        case number(units: Int64, decimals: Int)
        /// A day.
        case date(CivilDate)

        /// A number of things.
        public static func count(_ count: Int) -> Cell { .number(units: Int64(count), decimals: 0) }
        /// An amount in yuan.
        public static func yuan(fen: Int64) -> Cell { .number(units: fen, decimals: 2) }
    }

    /// A cell that asks for attention: coloured, with a note.
    public struct Mark: Sendable, Equatable {
        /// Index into ``Sheet/rows``.
        public let row: Int
        /// Index into ``Sheet/columns``.
        public let column: Int
        /// What is to be said about the cell.
        public let note: String

        /// Marks a cell.
        public init(row: Int, column: Int, note: String) {
            self.row = row
            self.column = column
            self.note = note
        }
    }

    /// How the sheet is printed: fitted to the width of the page.
    public struct Page: Sendable, Equatable {
        /// Paper sizes.
        public enum Paper: Sendable { case a4, a3 }
        /// The paper.
        public var paper: Paper
        /// Whether the long side lies at the bottom.
        public var isLandscape: Bool
        /// What stands at the left of each page's foot, beside the page's number.
        public var foot: String
        /// The language of the page's number.
        public var language: Language

        /// Describes the print.
        public init(
            paper: Paper = .a4, isLandscape: Bool = false, foot: String = "",
            language: Language = .zh
        ) {
            self.paper = paper
            self.isLandscape = isLandscape
            self.foot = foot
            self.language = language
        }
    }

    /// The tab's name: 1 to 31 characters without `[ ] : * ? / \` and apostrophes.
    public var name: String
    /// Lines above the heading row.
    public var titleLines: [String]
    /// The columns.
    public var columns: [Column]
    /// The rows, each as long as ``columns``.
    public var rows: [[Cell]] = []
    /// Blank rows after the rows, ready to be filled in.
    public var blankRowCount = 0
    /// Totals, as long as ``columns``; nil for none.
    public var total: [Cell]?
    /// Lines below the table: sums in words, signatures, remarks.
    public var footLines: [String] = []
    /// Cells that ask for attention.
    public var marks: [Mark] = []
    /// How many columns at the left stay in view.
    public var frozenColumnCount = 0
    /// How it is printed.
    public var page: Page

    /// A sheet without rows.
    public init(
        name: String, titleLines: [String] = [], columns: [Column], page: Page = Page()
    ) {
        self.name = name
        self.titleLines = titleLines
        self.columns = columns
        self.page = page
    }

    /// The row of the headings in the file, from 0.
    public var headerRow: Int { titleLines.count }

    /// The row in the file of an index into ``rows``, from 0.
    public func fileRow(_ row: Int) -> Int { headerRow + 1 + row }

    /// Whether a text can be the name of a tab.
    public static func isName(_ text: String) -> Bool {
        (1...31).contains(text.utf16.count)
            && !text.utf16.contains { "[]:*?/\\'".utf16.contains($0) || $0 < 0x20 }
    }
}

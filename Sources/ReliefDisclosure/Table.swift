// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import ReliefModel

/// Rows and columns of typed cells: the one model behind every list that a command prints or exports.
public struct Table: Sendable, Equatable {
    /// What a column holds.
    public enum Kind: Sendable {
        /// Words and codes, to the left.
        case text
        /// Amounts, to the right.
        case money
        /// Numbers of things, to the right.
        case count
        /// Dates.
        case date
        /// Numbers of records, to the right.
        case seq
        /// Shares of a hundred, to the right.
        case percent

        /// Whether cells stand at the right edge of the column.
        public var isRightAligned: Bool {
            switch self {
            case .text, .date: false
            case .money, .count, .seq, .percent: true
            }
        }
    }

    /// One column.
    public struct Column: Sendable, Equatable {
        /// Its heading.
        public let header: Message
        /// What it holds.
        public let kind: Kind
        /// Its heading in data for programs, the same in every language; nil where it is for people.
        public let name: String?

        /// Names a column.
        public init(_ header: Message, _ kind: Kind = .text, name: String? = nil) {
            self.header = header
            self.kind = kind
            self.name = name
        }
    }

    /// One cell.
    public enum Cell: Sendable, Equatable {
        /// Nothing.
        case empty
        /// Words in the asked language.
        case text(String)
        /// An amount or balance; printed in the table's unit.
        case money(Money)
        /// A sum of amounts, which totals leave out.
        case sum(MoneyTotal)
        /// A number of things.
        case count(Int)
        /// A date.
        case date(CivilDate)
        /// A record.
        case seq(Int)
        /// A share of a hundred.
        case percent(Percentage)

        /// A text, or nothing.
        public init(_ text: String?) {
            self = text.map(Cell.text) ?? .empty
        }
    }

    /// What the table is.
    public let title: Message
    /// Its columns.
    public let columns: [Column]
    /// The unit of its amounts.
    public let moneyUnit: MoneyUnit
    /// Its rows, each as long as ``columns``.
    public private(set) var rows: [[Cell]] = []
    /// Totals, as long as ``columns``; nil for none.
    public private(set) var total: [Cell]?
    /// What has to be said about it.
    public var notes: [Message]
    /// How many columns at the right are too long to print, and for the screen only.
    public var unprintedColumnCount = 0

    /// A table without rows.
    public init(
        title: Message, columns: [Column], moneyUnit: MoneyUnit = .yuan, notes: [Message] = []
    ) {
        self.title = title
        self.columns = columns
        self.moneyUnit = moneyUnit
        self.notes = notes
    }

    /// Adds a row.
    ///
    /// - Precondition: It has a cell for every column.
    public mutating func add(_ row: [Cell]) {
        precondition(
            row.count == columns.count, "Table.add: \(row.count) of \(columns.count) cells")
        rows.append(row)
    }

    /// Adds the totals: the sums of the money columns under a word in the first column.
    ///
    /// - Parameters:
    ///   - summed: Which money and count columns are sums of their rows; nil for all of money.
    ///   - rowIndices: Which rows are summed; nil for all.
    public mutating func addTotal(
        _ word: String, summing summed: Set<Int>? = nil, over rowIndices: [Int]? = nil
    ) {
        let rows = rowIndices.map { $0.map { self.rows[$0] } } ?? rows
        var cells: [Cell] = []
        for index in columns.indices {
            if columns[index].kind == .count, summed?.contains(index) ?? false {
                let counts = rows.map { row in
                    if case .count(let count) = row[index] { count } else { 0 }
                }
                cells.append(.count(counts.reduce(0, +)))
                continue
            }
            guard columns[index].kind == .money, summed?.contains(index) ?? true else {
                cells.append(.empty)
                continue
            }
            var sum = MoneyTotal()
            for row in rows {
                if case .money(let amount) = row[index] { sum.add(amount) }
            }
            cells.append(.sum(sum))
        }
        if !cells.isEmpty { cells[0] = .text(word) }
        total = cells
    }

    /// Puts a share that is no sum of its column into the totals.
    ///
    /// - Precondition: There are totals, and a column of shares at that index.
    mutating func setTotal(_ percentage: Percentage?, column: Int) {
        precondition(
            total != nil && columns[column].kind == .percent, "Table.setTotal: column \(column)")
        total?[column] = percentage.map(Cell.percent) ?? .empty
    }

    /// Takes totals that are no sums of the rows at hand.
    ///
    /// - Precondition: It has a cell for every column.
    mutating func setTotal(_ cells: [Cell]) {
        precondition(cells.count == columns.count, "Table.setTotal: \(cells.count) cells")
        total = cells
    }

    /// The table without the columns that are empty in every row, and their headings.
    public func droppingEmptyColumns() -> (table: Table, dropped: [Message]) {
        let kept = columns.indices.filter { index in rows.contains { $0[index] != .empty } }
        let dropped = columns.indices.filter { !kept.contains($0) }.map { columns[$0].header }
        var table = Table(
            title: title, columns: kept.map { columns[$0] }, moneyUnit: moneyUnit, notes: notes)
        for row in rows { table.add(kept.map { row[$0] }) }
        table.total = total.map { total in kept.map { total[$0] } }
        table.unprintedColumnCount =
            kept.filter { $0 >= columns.count - unprintedColumnCount }.count
        return (table, dropped)
    }
}

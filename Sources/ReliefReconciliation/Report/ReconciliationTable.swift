// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import ReliefDisclosure

/// A table of a reconciliation, in both languages until it is printed in one.
public struct ReconciliationTable: Sendable {
    /// One cell.
    public enum Cell: Sendable, Equatable {
        /// Words, in the language of the print.
        case words(Message)
        /// What is the same in both.
        case plain(Table.Cell)

        /// Nothing.
        public static let empty = Cell.plain(.empty)
    }

    /// What it is.
    public let title: Message
    /// Its columns.
    public let columns: [Table.Column]
    /// Its rows, each as long as ``columns``.
    public internal(set) var rows: [[Cell]] = []
    /// What has to be said about it.
    public internal(set) var notes: [Message] = []

    init(title: Message, columns: [Table.Column]) {
        self.title = title
        self.columns = columns
    }

    /// The table in one language.
    public func table(_ language: Language) -> Table {
        var table = Table(title: title, columns: columns, notes: notes)
        for row in rows {
            table.add(
                row.map { cell in
                    switch cell {
                    case .words(let message): .text(message.text(language))
                    case .plain(let cell): cell
                    }
                })
        }
        return table
    }
}

extension Table.Column {
    init(zh: String, en: String, _ kind: Table.Kind = .text) {
        self.init(Message(zh: zh, en: en), kind)
    }
}

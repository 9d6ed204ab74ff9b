// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// A column of data for programs: its name and what a schema says of it.
struct DataField: Sendable {
    /// What its values look like.
    enum Form: Sendable {
        /// A whole number from … to.
        case integer(minimum: Int, maximum: Int? = nil)
        /// A date.
        case date
        /// A year of four digits.
        case year
        /// Yuan with two decimals, signed.
        case yuan
        /// Yes or no, written `true` and `false`.
        case flag
        /// One of some words.
        case word([String])
        /// A code that a regular expression matches.
        case code(String)
        /// Words for people.
        case text
    }

    /// Another table's key that its values are.
    struct Reference: Sendable {
        let table: String
        let field: String
    }

    let name: String
    let title: Message
    let form: Form
    let isRequired: Bool
    let reference: Reference?

    init(
        _ name: String, _ zh: String, _ en: String, _ form: Form, isRequired: Bool = true,
        in reference: (table: String, field: String)? = nil
    ) {
        self.name = name
        title = Message(zh: zh, en: en)
        self.form = form
        self.isRequired = isRequired
        self.reference = reference.map { Reference(table: $0.table, field: $0.field) }
    }

    fileprivate var column: Table.Column {
        let kind: Table.Kind =
            switch form {
            case .integer: .count
            case .date: .date
            case .yuan: .money
            case .year, .flag, .word, .code, .text: .text
            }
        return Table.Column(title, kind, name: name)
    }
}

/// A table of data for programs: the one model, with names, types and keys.
struct DataTable: Sendable {
    /// Its name in schemas.
    let name: String
    /// Its file, from the package's folder.
    let path: String
    let fields: [DataField]
    let primaryKey: [String]
    /// Title, columns and rows.
    private(set) var table: Table

    init(
        _ name: String, path: String, title: Message, fields: [DataField], primaryKey: [String]
    ) {
        self.name = name
        self.path = path
        self.fields = fields
        self.primaryKey = primaryKey
        table = Table(title: title, columns: fields.map(\.column))
    }

    mutating func add(_ row: [Table.Cell]) { table.add(row) }

    /// Its file.
    var file: OpenDataFile { OpenDataFile(name: path, text: table.dataCSV) }
}

/// One file of the package.
struct OpenDataFile: Sendable {
    let name: String
    let text: String
}

// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import ReliefModel
import Spreadsheet

/// A table with people's names and numbers: no message repeats what stands in its cells, not even
/// what stands where headings should.
struct PeopleTable<Column: TableColumn>: Sendable {
    typealias Row = SheetTable<Column>.Row

    let path: String
    /// SHA-256 of the file; it must not be recorded (``ReliefRoster/SeasonKey``).
    let digest: Digest
    /// What is wrong with single cells, whatever they are to mean.
    let complaints: [Complaint]
    private let table: ImportTable<Column>

    init(_ path: String, sheet: String?, required: [Column] = []) throws(CommandFailure) {
        let file = try TableFile(path)
        table = try ImportTable(file, sheet: sheet, required: required, quoting: false)
        self.path = path
        digest = file.digest
        complaints = table.complaints
        guard !table.rows.isEmpty else {
            throw CommandFailure(
                .usage, zh: "\(path)：表头之下没有记录，应至少一行；请补上",
                en: "\(path): no row below the header, expected at least one; add it")
        }
    }

    var rows: [Row] { table.rows }

    /// Whether the file has a column.
    func has(_ column: Column) -> Bool { table.has(column) }

    /// The column's heading as the file has it.
    func heading(_ column: Column) -> String { table.heading(column) }

    /// Where the column is, from 0.
    func position(_ column: Column) -> Int? { table.positions[column] }

    /// The unit of a column of amounts.
    func unit(_ column: Column) -> MoneyUnit { table.unit(column) }

    /// A row as the place of an entry.
    func entryPlace(_ row: Row) -> EntryDraft.Place { table.entryPlace(row) }

    /// The place of a cell with a colon and a space after it.
    func prefix(_ line: Int, _ column: Column) -> String { table.place(line, column).prefix }

    /// A complaint about one cell.
    func complaint(_ line: Int, _ column: Column, zh: String, en: String) -> Complaint {
        table.place(line, column).complaint(Message(zh: zh, en: en))
    }
}

/// Identity numbers as people enter them.
enum EnteredIdentity {
    /// Reads a number; the problem names it masked.
    static func read(_ text: String, notAfter date: CivilDate) -> Result<IdentityNumber, Problem> {
        do throws(IdentityNumberError) {
            return .success(try IdentityNumber(entered: text, notAfter: date))
        } catch {
            if text.isEmpty { return .failure(Problem(message: error.message)) }
            let mask = masked(text)
            return .failure(
                Problem(
                    message: Message(
                        zh: "“\(mask)”：\(error.message.zh)", en: "“\(mask)”: \(error.message.en)")))
        }
    }

    /// What is wrong with a number.
    struct Problem: Error {
        let message: Message
    }

    /// The first three and last two characters of what may be a number; nothing of anything else.
    private static func masked(_ text: String) -> String {
        let characters = Array(text)
        guard characters.count >= 15, characters.prefix(3).allSatisfy(\.isNumber) else {
            return "***"
        }
        return String(characters.prefix(3)) + "***…**" + String(characters.suffix(2))
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import ReliefModel

/// A column of a table about people; the raw value is its English heading.
protocol PeopleColumn: Hashable, CaseIterable, RawRepresentable<String>, Sendable {
    /// The headings of Chinese tables, the usual one first.
    var chineseNames: [String] { get }
}

/// A CSV file with people's names and numbers: no message repeats what stands in its cells, not
/// even what stands where headings should.
struct PeopleTable<Column: PeopleColumn>: Sendable {
    /// One row below the header.
    struct Row: Sendable {
        let line: Int
        let cells: [Column: String]
    }

    let path: String
    /// SHA-256 of the file; it must not be recorded (``ReliefRoster/SeasonKey``).
    let digest: Digest
    let rows: [Row]
    private let headings: [Column: String]

    init(_ path: String) throws(CommandFailure) {
        let bytes = try InputFile.read(path)
        self.path = path
        digest = try PostingFile.digest(of: bytes)
        let all = try PostingFile.rows(path, bytes)
        let columns = try Self.columns(path, all[0])
        headings = Dictionary(
            zip(columns, all[0].fields).compactMap { column, text in
                column.map { ($0, PostingFile.trim(text)) }
            }, uniquingKeysWith: { first, _ in first })
        rows = all.dropFirst().compactMap { row in
            var cells: [Column: String] = [:]
            for (column, text) in zip(columns, row.fields) {
                guard let column else { continue }
                let trimmed = PostingFile.trim(text)
                if !trimmed.isEmpty { cells[column] = trimmed }
            }
            return cells.isEmpty ? nil : Row(line: row.line, cells: cells)
        }
        guard !rows.isEmpty else {
            throw CommandFailure(
                .usage, zh: "\(path)：表头之下没有记录，应至少一行；请补上",
                en: "\(path): no row below the header, expected at least one; add it")
        }
    }

    /// Whether the file has a column.
    func has(_ column: Column) -> Bool { headings[column] != nil }

    /// `path:line:heading: `.
    func prefix(_ line: Int, _ column: Column) -> String {
        "\(path):\(line):\(heading(column)): "
    }

    /// The column's heading as the file has it.
    func heading(_ column: Column) -> String { headings[column] ?? column.rawValue }

    /// A complaint about one cell.
    func complaint(_ line: Int, _ column: Column, zh: String, en: String) -> Complaint {
        Complaint(zh: prefix(line, column) + zh, en: prefix(line, column) + en)
    }

    private static func columns(
        _ path: String, _ header: CSVRow
    ) throws(CommandFailure) -> [Column?] {
        let names = Column.allCases.map { "\($0.chineseNames[0])/\($0.rawValue)" }
            .joined(separator: say("、", ", "))
        var complaints: [Complaint] = []
        var seen: Set<Column> = []
        let columns = header.fields.enumerated().map { index, heading -> Column? in
            let text = EntryField.plainHeading(PostingFile.trim(heading))
            let column = Column.allCases.first {
                $0.rawValue == text.lowercased() || $0.chineseNames.contains(text)
            }
            let place = "\(path):\(header.line):\(index + 1): "
            if let column, !seen.insert(column).inserted {
                complaints.append(
                    Complaint(
                        zh: "\(place)列“\(column.chineseNames[0])”重复，应只有一列；请删除一列",
                        en: "\(place)column \(column.rawValue) appears twice, expected once; "
                            + "remove one"))
            } else if column == nil, !text.isEmpty {
                complaints.append(
                    Complaint(
                        zh: "\(place)不认识的列名，应为 \(names) 之一；请改正，或删去该列",
                        en: "\(place)unknown heading, expected one of \(names); correct it or "
                            + "remove the column"))
            }
            return column
        }
        guard complaints.isEmpty else { throw CommandFailure(.usage, complaints) }
        return columns
    }

    /// Complains about columns that the file lacks.
    func require(_ columns: [Column]) throws(CommandFailure) {
        let missing = columns.filter { !has($0) }
        guard missing.isEmpty else {
            throw CommandFailure(
                .usage,
                missing.map {
                    Complaint(
                        zh: "\(path)：缺少列“\($0.chineseNames[0])”（\($0.rawValue)）；请补上",
                        en: "\(path): the column \($0.rawValue) is missing; add it")
                })
        }
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

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// One administrative unit, as a divisions file lists it.
public struct Division: Equatable, Sendable {
    /// Its id.
    public let unit: UnitID
    /// Its name.
    public let name: String
    /// The unit above it.
    public let parent: UnitID
    /// Other names that papers use for it.
    public let aliases: [String]
    /// The line of the file, counted from 1.
    public let line: Int
}

/// The administrative units of a divisions file.
///
///     code,name_zh,level,parent,alias
///     530523204000,龙新乡,township,530523000000,
///     530523207000,木城彝族傈僳族乡,township,530523000000,木城乡
///
/// Lines that begin with `#` are comments. Several aliases are joined with `;`. A level is
/// `province`, `prefecture`, `county`, `township` or `village`, and for an `x-` unit `below`.
/// A parent in the same file stands before its children, as entries declare them.
public struct DivisionTable: Equatable, Sendable {
    /// The units, in the order of the file.
    public let divisions: [Division]

    /// The columns, in order.
    public static let header = ["code", "name_zh", "level", "parent", "alias"]

    /// One row below the header, its fields in the order of ``header``.
    public struct Row: Equatable, Sendable {
        /// The line of the file, or the row of the sheet, counted from 1.
        public let line: Int
        /// The fields, "" where one is empty.
        public let fields: [String]

        /// A row; it must have a field for each column.
        public init(line: Int, fields: [String]) {
            precondition(fields.count == DivisionTable.header.count, "DivisionTable.Row: fields")
            self.line = line
            self.fields = fields
        }
    }

    /// Reads the rows of a file.
    ///
    /// - Throws: ``DivisionError`` with every problem found.
    public init(rows: [Row]) throws(DivisionError) {
        var reader = DivisionReader(rows)
        let divisions = reader.read()
        if !reader.problems.isEmpty { throw DivisionError(problems: reader.problems) }
        self.divisions = divisions
    }
}

/// Everything that is wrong with a divisions file.
public struct DivisionError: Error, Equatable, Sendable {
    /// The problems, at least one, in the order of the file.
    public let problems: [Problem]

    /// One problem and its place.
    public struct Problem: Equatable, Sendable {
        /// The line of the file, counted from 1.
        public let line: Int
        /// The column, counted from 1.
        public let column: Int
        /// The problem without its place, for people.
        public let message: Message
    }
}

/// Turns rows into divisions and collects what is wrong.
private struct DivisionReader {
    private let rows: [DivisionTable.Row]
    private let lines: [UnitID: Int]
    var problems: [DivisionError.Problem] = []

    init(_ rows: [DivisionTable.Row]) {
        self.rows = rows
        // The first line of each code, to find children before parents and codes used twice.
        var lines: [UnitID: Int] = [:]
        for row in rows {
            guard let code = row.fields.first, let unit = UnitID(code) else { continue }
            if lines[unit] == nil { lines[unit] = row.line }
        }
        self.lines = lines
    }

    mutating func read() -> [Division] { rows.compactMap { division($0) } }

    private mutating func division(_ row: DivisionTable.Row) -> Division? {
        let unit = unit(row)
        let name = name(row.fields[1], row.line, 2)
        checkLevel(row, unit)
        let parent = parent(row, of: unit)
        let aliases = aliases(row, name: name)
        guard let unit, let name, let parent, let aliases else { return nil }
        return Division(unit: unit, name: name, parent: parent, aliases: aliases, line: row.line)
    }

    private mutating func unit(_ row: DivisionTable.Row) -> UnitID? {
        let code = row.fields[0]
        guard let unit = UnitID(code), unit != .state else {
            note(
                row.line, 1, zh: "“\(code)”不是单位代码，应为12位区划代码或 x- 编号；请改正",
                en: "“\(code)” is no unit id, expected 12 digits or an x- id; correct it")
            return nil
        }
        if let first = lines[unit], first != row.line {
            note(
                row.line, 1, zh: "代码 \(code) 在第\(first)行已出现，应各不相同；请删除或改正一行",
                en: "\(code) was listed on line \(first), expected once; remove or correct one")
        }
        return unit
    }

    private mutating func name(_ text: String, _ line: Int, _ column: Int) -> String? {
        guard let problem = TextRule.problem(in: text, maximumByteCount: 100) else { return text }
        note(line, column, zh: problem.zh, en: problem.en)
        return nil
    }

    private mutating func checkLevel(_ row: DivisionTable.Row, _ unit: UnitID?) {
        guard let unit else { return }
        let expected = Self.word(unit.level)
        if row.fields[2] == expected { return }
        note(
            row.line, 3, zh: "级别为“\(row.fields[2])”，按代码应为 \(expected)；请核对代码和级别",
            en: "found the level “\(row.fields[2])”, expected \(expected) by the code; "
                + "check the code and the level")
    }

    private mutating func parent(_ row: DivisionTable.Row, of unit: UnitID?) -> UnitID? {
        let code = row.fields[3]
        guard let parent = UnitID(code) else {
            note(
                row.line, 4, zh: "上级“\(code)”不是单位代码，应为12位区划代码或 x- 编号；请改正",
                en: "the parent “\(code)” is no unit id, expected 12 digits or an x- id; "
                    + "correct it")
            return nil
        }
        guard let unit else { return parent }
        if parent == unit || !parent.contains(unit) {
            note(
                row.line, 4, zh: "上级 \(code) 不包含 \(unit)，应为其上级单位；请改正",
                en: "the parent \(code) does not contain \(unit), expected a unit above it; "
                    + "correct it")
        } else if let line = lines[parent], line > row.line {
            note(
                row.line, 4, zh: "上级 \(code) 在第\(line)行，应列在下级之前；请调整顺序",
                en: "the parent \(code) stands on line \(line), expected before its children; "
                    + "move it up")
        }
        return parent
    }

    private mutating func aliases(_ row: DivisionTable.Row, name: String?) -> [String]? {
        let text = row.fields[4]
        if text.isEmpty { return [] }
        var aliases: [String] = []
        for part in text.split(separator: ";", omittingEmptySubsequences: false) {
            guard let alias = self.name(String(part), row.line, 5) else { return nil }
            if alias == name || aliases.contains(alias) {
                note(
                    row.line, 5, zh: "别名“\(alias)”与名称或另一别名相同；请删除",
                    en: "the alias “\(alias)” repeats the name or another alias; remove it")
            }
            aliases.append(alias)
        }
        if aliases.count > 16 {
            note(
                row.line, 5, zh: "有 \(aliases.count) 个别名，应不超过16个；请删减",
                en: "found \(aliases.count) aliases, expected at most 16; remove some")
        }
        return aliases
    }

    private mutating func note(_ line: Int, _ column: Int, zh: String, en: String) {
        problems.append(
            DivisionError.Problem(line: line, column: column, message: Message(zh: zh, en: en)))
    }

    private static func word(_ level: UnitID.Level) -> String {
        switch level {
        case .state: "state"
        case .province: "province"
        case .prefecture: "prefecture"
        case .county: "county"
        case .township: "township"
        case .village: "village"
        case .below: "below"
        }
    }
}

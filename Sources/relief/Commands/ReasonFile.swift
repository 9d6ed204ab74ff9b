// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefDisclosure
import ReliefModel
import Spreadsheet

/// Why grants are under 90 % received or expended, as an officer states it: a table.
struct ReasonFile {
    private enum Column: String, TableColumn {
        case unit, grant, reason

        var chineseNames: [String] {
            switch self {
            case .unit: ["单位"]
            case .grant: ["指标", "指标号"]
            case .reason: ["原因", "低于90%的原因"]
            }
        }

        var content: ColumnContent { .text }
    }

    private static let reasonByteCount = 1000

    let reasons: [ExecutionBook.Key: String]

    /// Reads a file; everything wrong in it is said at once.
    init(_ path: String, selection: Selection) throws(CommandFailure) {
        let table = try PeopleTable<Column>(path, sheet: nil, required: Column.allCases)
        var reasons: [ExecutionBook.Key: String] = [:]
        var complaints: [Complaint] = []
        func complain(_ line: Int, _ column: Column, _ message: Message) {
            complaints.append(table.complaint(line, column, zh: message.zh, en: message.en))
        }
        for row in table.rows {
            var values: [Column: String] = [:]
            for column in Column.allCases {
                guard let text = row.cells[column] else {
                    complain(row.number, column, Message(zh: "不能空着；请填写", en: "empty; fill it in"))
                    continue
                }
                values[column] = text
            }
            var unit: UnitID?
            var grant: Int?
            do throws(CommandFailure) {
                unit = try values[.unit].map { text throws(CommandFailure) in
                    try selection.unit(text, option: table.prefix(row.number, .unit))
                }
                grant = try values[.grant].map { text throws(CommandFailure) in
                    try selection.grant(text, option: table.prefix(row.number, .grant))
                }
            } catch {
                complaints += error.complaints
            }
            guard let reason = values[.reason] else { continue }
            if let problem = FreeText.problem(in: reason, maximumByteCount: Self.reasonByteCount) {
                complain(row.number, .reason, problem)
            }
            guard let unit, let grant else { continue }
            if reasons.updateValue(reason, forKey: .init(unit: unit, grant: grant)) != nil {
                complain(
                    row.number, .unit,
                    Message(
                        zh: "同一单位和指标已有一行，应只有一行；请删除一行",
                        en: "a second row for this unit and grant, expected one; remove one"))
            }
        }
        guard complaints.isEmpty else { throw CommandFailure(.usage, complaints) }
        self.reasons = reasons
    }
}

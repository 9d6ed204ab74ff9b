// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import Spreadsheet

/// The columns of a small importer.
private enum PayColumn: String, TableColumn {
    case name
    case number = "id_number"
    case persons, amount, date, note

    var chineseNames: [String] {
        switch self {
        case .name: ["姓名", "户主姓名"]
        case .number: ["身份证号"]
        case .persons: ["人数"]
        case .amount: ["金额"]
        case .date: ["日期"]
        case .note: ["备注"]
        }
    }

    var content: ColumnContent {
        switch self {
        case .number: .digits
        case .persons: .count
        case .amount: .amount
        case .date: .date
        default: .text
        }
    }

    var isRead: Bool { self != .note }
}

@Suite struct `Tables in sheets` {
    private func sheet(_ rows: [String], merges: [String] = []) -> SourceSheet {
        SourceSheet(
            name: "表",
            rows: rows.enumerated().map { index, row in
                let fields = row.split(separator: "|", omittingEmptySubsequences: false)
                return SourceSheet.Row(
                    number: index + 1,
                    cells: fields.enumerated().compactMap { column, text in
                        text.isEmpty
                            ? nil
                            : SourceSheet.Cell(column: column, kind: .text, text: String(text))
                    })
            }, merges: merges.compactMap { CellRange($0.utf8) })
    }

    private func table(
        _ rows: [String], merges: [String] = [], quoting: Bool = true
    ) -> SheetTable<PayColumn> {
        SheetTable(
            sheet(rows, merges: merges), required: [.number, .amount], quoting: quoting)
    }

    private func places(_ table: SheetTable<PayColumn>) -> [[Int?]] {
        table.problems.map { [$0.row, $0.column] }
    }

    @Test func `titles, empty rows and columns, signatures and totals stand around a table`() {
        let table = table(
            [
                "2022年花名册", "", "填报单位：甲||单位：元", "|姓 名||身份证号|金额（元）", "",
                "|甲||1|180", "||  |", "|乙||2|90", "|合 计|||270", "", "单位负责人：丙|填表人：丁",
            ], merges: ["A1:E1"])
        #expect(table.problems.isEmpty, "\(table.problems)")
        #expect(table.rows.map(\.number) == [6, 8])
        #expect(table.rows.map { $0.cells[.name] } == ["甲", "乙"])
        #expect(table.totals?.cells[.amount] == "270")
        #expect(table.units == [.amount: .yuan])
        #expect(table.headings[.name] == "姓 名")
    }

    @Test(arguments: [
        "身份证号|金额(万元)", "身份证号|金额（万元）", "身份证号|金额（ 万元 ）", "身份证号|金额【万元】",
        "身份证号|*金额(单位：万元)", "D03002身份证号|金额（万元）",
    ])
    func `a heading says the unit, however its brackets and spaces are`(heading: String) {
        let table = table([heading, "1|2"])
        #expect(table.problems.isEmpty, "\(table.problems)")
        #expect(table.units == [.amount: .wanYuan])
    }

    @Test func `the title's unit holds, and one that contradicts or is another is refused`() {
        #expect(table(["单位：万元", "身份证号|金额", "1|2"]).units == [.amount: .wanYuan])
        #expect(places(table(["单位：万元", "身份证号|金额(元)", "1|2"])) == [[1, 0]])
        #expect(places(table(["单位：亿元", "身份证号|金额", "1|2"])) == [[1, 0]])
        #expect(places(table(["身份证号|金额(千元)", "1|2"])) == [[1, 1]])
    }

    @Test func `unknown, doubled and missing columns are named with those that are known`() throws {
        let table = table(["姓名|户主姓名|身份证号|绿码", "甲|甲|1|x"])
        #expect(places(table) == [[1, 1], [1, 3], [nil, nil]])
        let unknown = table.problems[1].message
        #expect(unknown.zh.contains("“绿码”") && unknown.zh.contains("身份证号/id_number"))
        #expect(table.problems[2].message.zh.contains("金额"))
        let private_ = self.table(["张三|身份证号|金额", "甲|1|2"], quoting: false)
        #expect(places(private_) == [[1, 0]])
        #expect(!private_.problems[0].message.zh.contains("张三"))
    }

    @Test func `headings may span rows where their cells are merged`() {
        let table = table(
            ["姓名|身份证号|发放||备注", "||人数|金额(元)", "甲|1|2|180"],
            merges: ["A1:A2", "B1:B2", "C1:D1", "E1:E2"])
        #expect(table.problems.isEmpty, "\(table.problems)")
        #expect(table.rows.count == 1)
        #expect(table.rows.first?.cells[.amount] == "180")
        #expect(table.headings[.note] == "备注")
    }

    @Test func `merged data, subtotals and rows after the end are told where they are`() {
        let head = "姓名|身份证号|人数|金额|日期|备注"
        #expect(places(table([head, "甲|1|2|3", "甲|2||4"], merges: ["C2:C3"])) == [[2, 2]])
        // A column that is only known may be merged.
        #expect(places(table([head, "甲|1|2|3||x", "甲|2|1|4"], merges: ["F2:F3"])) == [])
        #expect(places(table([head, "甲|1|2|3", "小计||2|3", "乙|2|1|4"])) == [[3, nil]])
        #expect(places(table([head, "甲|1|2|3", "合计||2|3", "乙|2|1|4"])) == [[4, nil]])
        #expect(places(table([head, "甲|1|2|3", "填表人：丙", "乙|2|1|4"])) == [[4, nil]])
        #expect(
            places(table(["乙|2|1|4|2022-02-03|x", head, "甲|1|2|3"])) == [[1, nil]])
    }

    @Test func `cells with errors or without results are told, but not in columns only known`() {
        let kinds: [SourceSheet.Kind] = [.error, .uncalculated, .impossibleDate]
        for kind in kinds {
            for (column, count) in [(3, 1), (5, 0)] {
                var rows = sheet(["姓名|身份证号|人数|金额|日期|备注", "甲|1|2"]).rows
                let cell = SourceSheet.Cell(column: column, kind: kind, text: "#REF!")
                rows[1] = SourceSheet.Row(number: 2, cells: rows[1].cells + [cell])
                let table = SheetTable<PayColumn>(SourceSheet(name: nil, rows: rows))
                #expect(table.problems.count == count)
                #expect(table.problems.allSatisfy { $0.row == 2 && $0.column == 3 })
            }
        }
    }

    @Test(arguments: [
        (" '0012 ", "0012"), ("’123", "123"), ("\u{3000}甲 乙\u{A0}", "甲 乙"), ("'甲", "'甲"),
        ("'", "'"), ("'53052319500101001X", "53052319500101001X"),
    ])
    func `texts come without the spaces and the apostrophe of spreadsheets`(
        text: String, expected: String
    ) {
        #expect(EnteredCell.text(text) == expected)
    }

    @Test func `title lines of a CSV need no commas, and records of another length are told`()
        throws
    {
        let file = try SpreadsheetFile(
            Array("花名册\n单位：万元\n身份证号,金额\n1,2\n".utf8), name: "a.csv")
        let table = SheetTable<PayColumn>(file.sheets[0], required: [.number, .amount])
        #expect(table.problems.isEmpty && table.rows.map(\.number) == [4])
        #expect(table.units == [.amount: .wanYuan])
        let error = try #require(throws: SpreadsheetError.self) {
            try SpreadsheetFile(Array("花名册\na,b\n1\n2,3\n4,5,6\n".utf8), name: "a.csv")
        }
        #expect(error.faults.count == 2)
    }

    @Test func `the column of a report of faults is never read`() {
        let table = table(["身份证号|金额|错误说明", "1|2|有错"])
        #expect(table.problems.isEmpty)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerFormat
import ReliefReconciliation
import Spreadsheet
import Testing

@testable import relief

@Suite struct TemplateTests {
    /// Fills cells of the template's first empty row, by heading.
    private func fill(
        _ relief: ReliefProgram, _ name: String, _ values: [String: String]
    ) throws {
        let pairs = values.map { "'\($0)': \($1)" }.joined(separator: ", ")
        try relief.python(
            """
            book = openpyxl.load_workbook('\(name)'); ws = book.worksheets[0]
            places = {str(c.value).lstrip('*'): c.column for c in ws[3]}
            for heading, value in {\(pairs)}.items(): ws.cell(4, places[heading], value)
            book.save('filled-\(name)')
            """)
    }

    @Test(arguments: ["en", "zh"])
    func `every template is written in both forms, and never over a file`(language: String) throws {
        let relief = try ReliefProgram()
        let list = try relief.run("template", "--list", language: language)
        for template in Template.all {
            #expect(list.output.contains(template.name))
            let made = try relief.run("template", template.name, language: language)
            #expect(made.status == 0, "\(made.errors)")
            let csv = try relief.run(
                "template", template.name, "--out", "\(template.name).csv", language: language)
            #expect(csv.status == 0, "\(csv.errors)")
            #expect(try relief.run("template", template.name, language: language).status == 3)
        }
        #expect(try relief.run("template", "other", language: language).status == 64)
        #expect(try relief.run("template", "roster", "--out", "a.pdf").status == 64)
    }

    @Test(arguments: ["en", "zh"])
    func `every heading of a template is one that its importer knows`(language: String) throws {
        for template in Template.all {
            let language: Language = language == "zh" ? .zh : .en
            let text = template.csv(language)
            let file = try SpreadsheetFile(Array(text.utf8), name: "a.csv")
            let sheet = file.sheets[0]
            switch template.name {
            case "roster": expectKnown(sheet, RosterColumn.self, template)
            case "result": expectKnown(sheet, ResultColumn.self, template)
            case "statement": expectKnown(sheet, BankColumn.self, template)
            default: expectKnown(sheet, EntryField.self, template)
            }
        }
    }

    private func expectKnown<Column: TableColumn>(
        _ sheet: SourceSheet, _ columns: Column.Type, _ template: Template
    ) {
        #expect(SheetTable<Column>(sheet).problems.isEmpty, "\(template.name)")
        #expect(
            SheetTable<Column>.matchCount(sheet) == template.columns.count, "\(template.name)")
    }

    @Test func `templates filled in by another program are imported as they are`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending(language: "zh")
        for name in ["allocation", "roster", "result", "expense"] {
            #expect(try relief.run("template", name, language: "zh").status == 0)
        }
        try fill(
            relief, "allocation.xlsx",
            [
                "种类": "'分解下达'", "单位": "'龙陵县'", "接收单位": "'龙新乡'", "指标": "'\(seqs.grant)'",
                "金额(元)": "1000.5", "业务日期": "datetime.date(2022, 1, 6)",
            ])
        let posted = try relief.record("post", "filled-allocation.xlsx", language: "zh")
        #expect(posted.status == 0, "\(posted.errors)")
        try fill(
            relief, "expense.xlsx",
            [
                "种类": "'直接支出'", "单位": "'龙陵县'", "指标": "'\(seqs.grant)'", "支出项目": "'clothing'",
                "收款人": "'\(ReliefProgram.firm)'", "金额(元)": "20", "使用方案": "'\(seqs.plan)'",
                "业务日期": "datetime.date(2022, 1, 9)",
            ])
        let spent = try relief.record("post", "filled-expense.xlsx", language: "zh")
        #expect(spent.status == 0, "\(spent.errors)")
        try fill(
            relief, "roster.xlsx",
            [
                "户主姓名": "'王某'", "户主身份证号": "'\(ReliefProgram.identity(1))'", "需救助人口（人）": "2",
                "发放金额（元）": "180", "户主联系方式": "'13812345678'", "卡号": "'6228480400000000001'",
            ])
        let paid = try relief.pay(
            "filled-roster.xlsx", seqs, "--decision", "\(seqs.decision)", language: "zh")
        #expect(paid.status == 0, "\(paid.errors)")
        let batch = relief.lastSeq - 1
        try fill(
            relief, "result.xlsx",
            ["序号": "\(batch + 1)", "结果": "'已到账'", "金额": "180"])
        let settled = try relief.seal(
            ["result", "filled-result.xlsx", "--batch", "\(batch)", "--date", "2022-01-12"],
            language: "zh")
        #expect(settled.status == 0, "\(settled.errors)")
        #expect(try relief.verify().status == 0)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefDisclosure
import Spreadsheet
import Testing

@testable import ReliefExamination

@Suite struct PerformanceReportTests {
    private let county = SpendingCounty()

    private func report(
        _ language: Language = .en, unit: String? = nil, programmes: ProgrammeFile? = nil
    ) throws -> PerformanceReport {
        try #require(
            try PerformanceReport(
                county.examination(), year: 2022, unit: unit.flatMap { UnitID($0) },
                programmes: programmes, language: language))
    }

    private func table(_ identifier: String, in report: PerformanceReport) throws -> Table {
        try #require(report.parts.first { $0.identifier == identifier }).table
    }

    private func programmes(_ text: String) throws -> ProgrammeFile {
        try ProgrammeFile(try SpreadsheetFile(Array(text.utf8), name: "list.csv"))
    }

    /// The repository's root: this file lies two folders below it.
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    @Test
    func `the published list: two sections add up, the third is 3.0000 off and nobody guesses why`()
        throws
    {
        let path = Self.root.appendingPathComponent("Ledgers/linxiang-2023/programmes.csv")
        let list = try programmes(String(decoding: try Data(contentsOf: path), as: UTF8.self))
        let report = try report(programmes: list)
        let totals = try table("totals", in: report)
        #expect(try totals.column("sum of items") == ["629.91", "1450.95", "183.0728"])
        #expect(try totals.column("stated total") == ["629.91", "1450.95", "180.0728"])
        #expect(try totals.column("difference") == ["0", "0", "3"])
        #expect(try totals.column("items") == ["3", "12", "2"])
        #expect(
            try totals.column("result").last
                == "differs; these figures do not tell which one is wrong: look at the vouchers")
        let shares = try table("programmes", in: report)
        // 104 / 1450.95 = 7.16771… %
        #expect(try shares.column("share of section")[9] == "7.17%")
    }

    @Test func `without a list the programmes are said to be missing`() throws {
        let table = try table("programmes", in: try report(.zh))
        #expect(table.rows.isEmpty)
        #expect(table.notes.first?.zh.contains("本表缺") == true)
    }

    @Test func `a list in yuan without sections is read to the fen`() throws {
        let list = try programmes("序号,项目,金额（元）\n1,救灾,100.01\n2,演练,0.02\n合计,,100.04\n")
        #expect(list.sections.map(\.sum) == [10_003])
        #expect(list.sections.map(\.stated) == [10_004])
    }

    @Test func `every row of a list that cannot be read is named at once`() throws {
        let failure = #expect(throws: ProgrammeFile.Failure.self) {
            try programmes("项目,金额（万元）\n救灾,约100\n演练,\n物资,1.5\n")
        }
        #expect(failure?.messages.map(\.en).count == 2)
        #expect(failure?.messages.first?.en.hasPrefix("list of programmes, row 2: ") == true)
        let headless = #expect(throws: ProgrammeFile.Failure.self) {
            try programmes("项目,金额\n救灾,100\n")
        }
        #expect(headless?.messages.first?.zh.contains("金额（万元）") == true)
    }

    @Test func `each unit's own money adds up: received, passed down, given back, and where it is`()
        throws
    {
        let money = try table("money", in: try report())
        #expect(try money.column("unit").prefix(2) == ["单位523000000", "单位523204000"])
        #expect(try money.column("received") == ["1000000.00", "400000.00", "1000000.00", ""])
        #expect(try money.column("of it acknowledged") == ["1000000.00", "300000.00", "0.00", ""])
        #expect(try money.column("passed down") == ["300000.00", "0.00", "0.00", ""])
        #expect(try money.column("given back") == ["0.00", "100000.00", "0.00", ""])
        #expect(try money.column("paid") == ["31999.99", "5000.00", "0.00", "36999.99"])
        #expect(try money.column("under way") == ["0.00", "3000.00", "0.00", "3000.00"])
        #expect(
            try money.column("balance") == ["668000.01", "292000.00", "1000000.00", "1960000.01"])
        #expect(try money.column("township").prefix(2) == ["", "单位523204000"])
    }

    @Test func `rates are exact, and one under 90 % without a reason is marked`() throws {
        let execution = try table("execution", in: try report())
        #expect(try execution.column("received %").prefix(2) == ["100.00%", "75.00%"])
        #expect(try execution.column("reason under 90 %").first == "[NO REASON GIVEN]")
        let funds = try table("funds", in: try report())
        // 36,999.99 / 1,000,000.00
        #expect(try funds.column("rate").first == "3.70%")
        #expect(try funds.column("score").allSatisfy { ["[to be filled in]", ""].contains($0) })
    }

    @Test func `spending that reaches the threshold stands with its meeting or with none`() throws {
        let decisions = try table("decisions", in: try report())
        #expect(try decisions.column("meeting") == ["会〔2022〕1号", "none", ""])
        #expect(try decisions.column("amount") == ["12000.00", "10000.00", "22000.00"])
    }

    @Test func `the four agreements are not checked until outside records are there`() throws {
        let agreements = try table("agreements", in: try report())
        #expect(Set(try agreements.column("against outside records")) == ["not checked"])
        let known = try agreements.column("what the ledger itself tells")
        // The county's second grant and a quarter of what the township received.
        #expect(known[0].contains("1,100,000.00 yuan not"))
        #expect(known[2].contains("3,000.00 yuan not answered by the bank"))
        #expect(
            try agreements.column("compare with").allSatisfy {
                $0.hasPrefix("relief-audit reconcile ")
            })
    }

    @Test func `no violation is said only of rules that were tested`() throws {
        let violations = try table("violations", in: try report())
        let rules = try violations.column("rule")
        let results = try violations.column("result")
        let tested = try violations.column("tested")
        let at = try #require(rules.firstIndex { $0.hasPrefix("A01 ") })
        #expect(results[at] == "fired")
        for (result, isTested) in zip(results, tested) {
            #expect((isTested == "yes") == ["fired", "clean"].contains(result))
        }
    }

    @Test func `a scope of one township counts its own findings alone`() throws {
        let violations = try table("violations", in: try report(unit: Place.township))
        let at = try #require(try violations.column("rule").firstIndex { $0.hasPrefix("A01 ") })
        #expect(try violations.column("findings")[at] == "0")
        #expect(try violations.column("result")[at] == "clean")
    }

    @Test func `a township's notices are posted in part while one roster has none`() throws {
        let notices = try table("notices", in: try report())
        #expect(try notices.column("status") == ["no roster recorded", "posted in part", ""])
        #expect(try notices.column("households") == ["0", "3", "3"])
        let inspection = try table("inspection", in: try report())
        #expect(try inspection.column("notices (with files)") == ["0 (0)", "1 (0)"])
        #expect(try inspection.column("notice seen [inspector fills in]") == ["", ""])
    }

    @Test func `papers dated outside the year are listed`() throws {
        let period = try table("period", in: try report())
        #expect(try period.column("date") == ["2021-12-30"])
        #expect(try period.column("which date") == ["document date"])
    }

    @Test func `a broken ledger yields no performance report`() throws {
        let examination = try SpendingCounty.examination(county.broken)
        #expect(
            try PerformanceReport(
                examination, year: 2022, unit: nil, programmes: nil, language: .zh) == nil)
    }

    @Test func `page, workbook and Markdown hold every table, in both languages`() throws {
        for language in Language.allCases {
            let report = try report(language)
            let page = report.html()
            let markdown = report.markdown()
            for part in report.parts {
                #expect(page.contains("id=\"t-\(part.identifier)\""))
                #expect(markdown.contains("\n## \(Table.line(part.table.title.text(language)))\n"))
            }
            #expect(report.workbook().sheets.count == report.parts.count)
            #expect(try report.workbook().bytes() == report.workbook().bytes())
            #expect(markdown.contains(Table.line(Table.illustrative.text(language))))
        }
    }

    @Test func `Markdown keeps a cell on its line and a bar within its cell`() {
        #expect(Table.line("a|b\n<c> *d* `e`") == "a\\|b &lt;c&gt; \\*d\\* \\`e\\`")
    }
}

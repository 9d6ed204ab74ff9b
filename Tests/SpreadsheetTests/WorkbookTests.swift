// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerFormat
import Testing

@testable import Spreadsheet

@Suite struct WorkbookTests {
    private let created = Timestamp(seconds: 1_600_000_000)

    private func workbook(_ sheets: Sheet...) throws -> Workbook {
        Workbook(title: "台账", created: try #require(created), sheets: sheets)
    }

    private func sample() throws -> Sheet {
        var sheet = Sheet(
            name: "台账",
            titleLines: ["自然灾害救灾资金台账", "单位：龙陵县"],
            columns: [
                Sheet.Column("户主", width: 16, note: "填写户主编号"),
                Sheet.Column("金额（元）", .amount(decimals: 2), width: 14),
                Sheet.Column("到位率", .percent), Sheet.Column("人数", .count),
                Sheet.Column("日期", .date), Sheet.Column("类别", choices: ["冬春", "应急", "a,b\"c"]),
            ], page: Sheet.Page(isLandscape: true, foot: "指纹 A&B"))
        sheet.rows = [
            [
                .text("530523200001011234"), .yuan(fen: 123_456_789),
                .number(units: 9_950, decimals: 4), .count(3),
                .date(try #require(CivilDate("2022-02-03"))), .text("冬春"),
            ],
            [.text("x"), .yuan(fen: -5), .empty, .count(1_234), .empty, .text("应急")],
        ]
        sheet.blankRowCount = 3
        sheet.total = [.text("合计"), .yuan(fen: 123_456_784), .empty, .count(1_237), .empty, .empty]
        sheet.footLines = ["制表：        审核：        负责人：", "示例（illustrative）：不是真实资金"]
        sheet.marks = [Sheet.Mark(row: 1, column: 1, note: "应大于 0")]
        return sheet
    }

    @Test func `values come back as they were written, each of its type`() throws {
        let lines = try OpenPyXL.lines(
            try workbook(try sample()),
            """
            sheet = book["台账"]
            for row in (1, 2, 3, 4, 5, 9, 10, 11):
                print("|".join(repr(sheet.cell(row, column).value) for column in range(1, 7)))
            print(book.properties.title, book.properties.created)
            """)
        #expect(
            lines == [
                "'自然灾害救灾资金台账'|None|None|None|None|None", "'单位：龙陵县'|None|None|None|None|None",
                "'户主'|'金额（元）'|'到位率'|'人数'|'日期'|'类别'",
                "'530523200001011234'|1234567.89|0.995|3|datetime.datetime(2022, 2, 3, 0, 0)|'冬春'",
                "'x'|-0.05|None|1234|None|'应急'",
                "'合计'|1234567.84|None|1237|None|None",
                "'制表：        审核：        负责人：'|None|None|None|None|None",
                "'示例（illustrative）：不是真实资金'|None|None|None|None|None",
                "台账 2020-09-13 12:26:40",
            ])
    }

    @Test func `number formats, print set-up, frozen headings, notes and lists are in the file`()
        throws
    {
        let lines = try OpenPyXL.lines(
            try workbook(try sample()),
            """
            sheet = book["台账"]
            for row in (4, 6, 9):
                print("|".join(sheet.cell(row, column).number_format for column in range(1, 7)))
            print(sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.paperSize,
                  sheet.page_setup.orientation, sheet.page_setup.fitToWidth,
                  sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage)
            print(sheet.oddFooter.left.text, "/", sheet.oddFooter.center.text)
            print(sheet["A3"].comment.text, "/", sheet["B5"].comment.text,
                  sheet["B5"].fill.fgColor.rgb, sheet["A5"].fill.fill_type)
            for rule in sheet.data_validations.dataValidation:
                print(rule.sqref, rule.type, rule.formula1)
            choices = book["选项"]
            print(choices.sheet_state, [cell.value for cell in choices["A"]])
            print(sheet.column_dimensions["A"].width > sheet.column_dimensions["C"].width,
                  [str(merged) for merged in sheet.merged_cells.ranges])
            """)
        let row = "@|#,##0.00|0.00%|#,##0|yyyy-mm-dd|@"
        #expect(
            lines == [
                row, row, row, "A4 $3:$3 9 landscape None 0 True",
                "指纹 A&&B / 第 &P 页，共 &N 页", "填写户主编号 / 应大于 0 FFFFC7CE None",
                "F4:F8 list 选项!$A$1:$A$3", #"hidden ['冬春', '应急', 'a,b"c']"#,
                "True ['A1:F1', 'A2:F2', 'A10:F10', 'A11:F11']",
            ])
    }

    @Test(arguments: [
        "=1+1", "+cmd", "-cmd", "@SUM(A1)", "\tx", "=HYPERLINK(\"http://a\")", "{=A1}", "'=1",
        "http://example.org", "mailto:a@b", "123", "1E5", "TRUE", "_x0041_", "__x005F_", "a\nb",
        "a\u{1}b", "a&b<c>\"d\"'", " x ", "𠀀𠮷", "_x12_",
    ])
    func `a text stays a text whatever it looks like`(text: String) throws {
        var sheet = Sheet(name: "a", columns: [Sheet.Column("b", .amount(decimals: 2))])
        sheet.rows = [[.text(text)]]
        let lines = try OpenPyXL.lines(
            try workbook(sheet),
            """
            # Its own reading of escapes drops "x005F_" wherever it stands, so the stored text is
            # taken as the standard reads it.
            import re, zipfile
            from xml.etree import ElementTree
            cell = book["a"]["A2"]
            xml = zipfile.ZipFile(sys.argv[1]).read("xl/sharedStrings.xml")
            stored = ElementTree.fromstring(xml).findall(".//{*}t")[-1].text
            text = re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), stored)
            print(cell.data_type, text.encode().hex(), cell.hyperlink)
            """)
        let hex = text.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        #expect(lines == ["s \(hex.joined()) None"])
    }

    @Test func `every amount of up to 15 digits is read back to the fen, and a longer one is text`()
        throws
    {
        var generator = SystemRandomNumberGenerator()
        var amounts: [Int64] = [
            0, 1, -1, 5, 10, 99, 100, 101, 999_999_999_999_999, -999_999_999_999_999,
            1_000_000_000_000_000, 9_007_199_254_740_991, .max, .min,
        ]
        for digits in 1...15 {
            let limit = (0..<digits).reduce(Int64(1)) { limit, _ in limit * 10 }
            for _ in 0..<400 {
                amounts.append(Int64.random(in: limit / 10..<limit, using: &generator))
            }
        }
        for decimals in [2, 6] {
            var sheet = Sheet(
                name: "a", columns: [Sheet.Column("amount", .amount(decimals: 2)), .init("units")])
            sheet.rows = amounts.map {
                [.number(units: $0, decimals: decimals), .text(String($0))]
            }
            let lines = try OpenPyXL.lines(
                try workbook(sheet),
                """
                from decimal import Decimal
                wrong, texts, count = [], 0, 0
                for amount, units in book["a"].iter_rows(min_row=2):
                    exact = Decimal(units.value).scaleb(-\(decimals))
                    value = amount.value
                    texts += amount.data_type == "s"
                    count += 1
                    if Decimal(value if amount.data_type == "s" else repr(value)) != exact:
                        wrong.append(units.value)
                print(count, texts, wrong)
                """)
            #expect(lines == ["\(amounts.count) 4 []"])
        }
    }

    @Test func `the same workbook gives the same bytes`() throws {
        let first = try workbook(try sample()).bytes()
        let second = try workbook(try sample()).bytes()
        #expect(first == second)
        #expect(first.starts(with: [0x50, 0x4B, 3, 4]))
    }
}

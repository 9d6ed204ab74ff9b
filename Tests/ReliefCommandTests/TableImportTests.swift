// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

extension ReliefProgram {
    /// Runs Python with openpyxl in the scratch folder.
    @discardableResult
    func python(_ program: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", "import openpyxl, datetime\n" + program]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(program)")
        return text
    }

    /// A workbook whose only sheet has these rows, each a Python list.
    func workbook(_ name: String, _ rows: [String], _ more: String = "") throws {
        try python(
            "book = openpyxl.Workbook(); ws = book.active; ws.title = '花名册'\n"
                + rows.map { "ws.append(\($0))\n" }.joined() + more + "\nbook.save('\(name)')")
    }

    func read(_ name: String) -> Data? { FileManager.default.contents(atPath: folder + "/" + name) }
}

/// .xlsx and CSV files as officers have them, and what is wrong with them.
@Suite struct TableImportTests {
    private static let header = "['姓名','身份证号','人数','金额','备注']"

    private func row(_ number: Int, _ amount: String = "180", persons: String = "2") -> String {
        "['王某\(number)','\(ReliefProgram.identity(number))',\(persons),\(amount)]"
    }

    @Test func `a roster in .xlsx with titles, a unit, totals and signatures is paid`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.workbook(
            "roster.xlsx",
            [
                "['龙陵县冬春救助花名册']", "['填报单位：龙新乡',None,None,'单位：元']", "[]",
                "['户主姓名','户主身份证号','需救助人口（人）','发放金额（元）','备注','户主联系方式']",
                row(0), row(1, "'1,180.50'"), row(2, "'￥９０'"), row(3, "0.1+0.2"),
                "['合 计',None,8,'=SUM(D5:D8)']", "['填表人：丙']",
            ],
            "ws.merge_cells('A1:F1')\nws['D9'] = 1450.8\nws['F5'] = '13812345678'")
        let paid = try relief.pay("roster.xlsx", seqs, "--decision", "\(seqs.decision)")
        #expect(paid.status == 0, "\(paid.errors)")
        #expect(paid.output.contains("line 5–8 ↔ seq"), "\(paid.output)")
        #expect(paid.output.contains("1,450.80"))
        let again = try relief.pay("roster.xlsx", seqs, "--decision", "\(seqs.decision)")
        #expect(again.status == 0 && again.output.contains("already recorded"))
        #expect(!relief.everythingUnderLedger.contains("13812345678"))
    }

    @Test func `every fault of a workbook is told at its cell, without its value`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.workbook(
            "bad.xlsx",
            [
                Self.header, row(0, "'约180'"), row(1, "'1,23'"), row(2, "datetime.date(2022,2,3)"),
                row(3, "True"), row(4, "'=A1'"), row(5, "180.005"), row(6), row(7),
                "['王某8',\(ReliefProgram.identity(8).dropLast())0,2,180]", "['合计',None,None,9999]",
            ], "ws.merge_cells('C8:C9')\nws['D10'] = '#REF!'")
        for language in ["en", "zh"] {
            let answer = try relief.pay(
                "bad.xlsx", seqs, "--errors", "marked-\(language).xlsx", language: language)
            #expect(answer.status == 64)
            for place in [
                "D2:金额: ", "D3:金额: ", "D4:金额: ", "D5:金额: ", "D6:金额: ", "D7:金额: ", "C8:人数: ",
                "B10:身份证号: ", "D10:金额: ",
            ] {
                #expect(
                    answer.errors.contains("bad.xlsx:花名册!" + place), "\(place) \(answer.errors)")
            }
            #expect(!answer.errors.contains("王某"))
            for number in 0..<9 {
                #expect(!answer.errors.contains(ReliefProgram.identity(number).dropLast(1)))
            }
        }
        let attributes = try FileManager.default.attributesOfItem(
            atPath: relief.folder + "/marked-zh.xlsx")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let marked = try relief.python(
            """
            ws = openpyxl.load_workbook('marked-zh.xlsx').active
            print([c.coordinate for r in ws for c in r if c.comment])
            print(ws['F1'].value, '|', ws['F2'].value, '|', ws['A7'].value)
            """)
        #expect(marked.contains("'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'C8'"), "\(marked)")
        #expect(marked.contains("错误说明 | 金额：") && marked.contains("| 王某5"))
    }

    @Test func `totals that differ from the rows are refused with the difference`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.write(ReliefProgram.roster(0..<2) + "合计,,5,361,\n", to: "roster.csv")
        let answer = try relief.pay("roster.csv", seqs)
        #expect(answer.status == 64)
        #expect(answer.errors.contains("roster.csv:4:金额: "), "\(answer.errors)")
        #expect(answer.errors.contains("difference 1.00") && answer.errors.contains(":人数: "))
    }

    @Test func `a file with marks is mended and imported, and lies in no public folder`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.workbook("bad.xlsx", ["['花名册']", Self.header, row(0), row(1, "'约180'")])
        let inside = try relief.pay("bad.xlsx", seqs, "--errors", "L/marked.xlsx")
        #expect(inside.status == 64 && inside.errors.contains("public folder"))
        #expect(relief.read("L/marked.xlsx") == nil)
        #expect(try relief.pay("bad.xlsx", seqs, "--errors", "marked.xlsx").status == 64)
        let over = try relief.pay("bad.xlsx", seqs, "--errors", "marked.xlsx")
        #expect(over.status == 64 && over.errors.contains("never overwritten"))
        try relief.python(
            """
            book = openpyxl.load_workbook('marked.xlsx'); book.active['D4'] = 180
            book.save('mended.xlsx')
            """)
        let paid = try relief.pay("mended.xlsx", seqs, "--decision", "\(seqs.decision)")
        #expect(paid.status == 0, "\(paid.errors)")
        #expect(paid.output.contains("2 payments, 360.00"))
    }

    @Test func `several sheets: the one with the header, else the officer says which`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.workbook(
            "two.xlsx", [Self.header, row(0)],
            """
            other = book.create_sheet('说明'); other['A1'] = '填写要求'
            book.move_sheet('说明', -1)
            book.save('one.xlsx')
            other.append([]); other = book.create_sheet('第二批')
            for r in [\(Self.header), \(row(1))]: other.append(r)
            """)
        let one = try relief.pay("one.xlsx", seqs, "--dry-run")
        #expect(one.status == 0, "\(one.errors)")
        let two = try relief.pay("two.xlsx", seqs, "--dry-run")
        #expect(two.status == 64)
        #expect(two.errors.contains("“花名册”, “第二批”") && two.errors.contains("--sheet"))
        #expect(try relief.pay("two.xlsx", seqs, "--dry-run", "--sheet", "第二批").status == 0)
        let none = try relief.pay("two.xlsx", seqs, "--dry-run", "--sheet", "第三批")
        #expect(none.status == 64 && none.errors.contains("“说明”"))
    }

    @Test func `encodings and kinds of file are told apart, each with what to do`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.write(ReliefProgram.roster(0..<2), to: "roster.csv")
        try relief.python(
            """
            text = open('roster.csv', encoding='utf-8').read()
            open('gb.csv', 'wb').write(text.encode('gb18030'))
            open('broken.csv', 'wb').write(text.encode('gb18030')[:-20] + b'\\xff\\xff')
            open('old.xls', 'wb').write(bytes.fromhex('D0CF11E0A1B11AE1') + bytes(600))
            open('~$gb.csv', 'wb').write(b'x')
            open('empty.csv', 'wb')
            book = openpyxl.Workbook(); book.save('book.csv')
            open('text.xlsx', 'w').write('a,b')
            """)
        let gb = try relief.pay("gb.csv", seqs, "--dry-run")
        #expect(gb.status == 0, "\(gb.errors)")
        #expect(gb.errors.contains("GB18030") && gb.errors.contains("seems to be open"))
        for (name, word) in [
            ("broken.csv", "CSV UTF-8"), ("old.xls", "97-2003"), ("~$gb.csv", "lock file"),
            ("empty.csv", "empty"), ("book.csv", "rename it"), ("text.xlsx", "plain text"),
        ] {
            let answer = try relief.pay(name, seqs, "--dry-run")
            #expect(answer.status == 64)
            #expect(answer.errors.contains(word), "\(name): \(answer.errors)")
        }
    }

    @Test func `entries are posted from .xlsx, dates as dates, and a bare number is refused`()
        throws
    {
        let relief = try ReliefProgram()
        try relief.found()
        let grant = try relief.grant()
        let header = "['种类','单位','接收单位','指标','金额（万元）','业务日期']"
        let start = "['分解下达','龙陵县','龙新乡',\(grant),"
        try relief.workbook(
            "good.xlsx",
            [
                header, start + "1.5,datetime.date(2022,1,5)]",
                start + "'0.000001',datetime.datetime(2022,1,6)]", start + "2,'2022年1月7日']",
                start + "3,'2022/1/8']",
            ])
        let good = try relief.record("post", "good.xlsx")
        #expect(good.status == 0, "\(good.errors)")
        let entries = relief.records.filter { $0["kind"] as? String == "allocation" }
        #expect(entries.map { $0["amount"] as? Int } == [1_500_000, 1, 2_000_000, 3_000_000])
        #expect(
            entries.map { $0["date"] as? String } == [
                "2022-01-05", "2022-01-06", "2022-01-07", "2022-01-08",
            ])
        try relief.workbook(
            "bad.xlsx",
            [
                header, start + "1,44567]", start + "1,datetime.datetime(2022,1,6,10,30)]",
                start + "1,'3/1/2022']",
            ])
        let before = relief.ledger
        let bad = try relief.record("post", "bad.xlsx", language: "zh")
        #expect(bad.status == 64)
        for place in ["F2:业务日期: 日期成了数字", "F3:业务日期: ", "F4:业务日期: "] {
            #expect(bad.errors.contains("bad.xlsx:花名册!" + place), "\(bad.errors)")
        }
        #expect(relief.ledger == before)
    }

    @Test func `units come from .xlsx too`() throws {
        let relief = try ReliefProgram()
        try relief.python(
            """
            book = openpyxl.Workbook(); ws = book.active
            for line in open('divisions.csv', encoding='utf-8'):
                if line.strip() and not line.startswith('#'): ws.append(line.rstrip().split(','))
            book.save('divisions.xlsx')
            """)
        try FileManager.default.removeItem(atPath: relief.folder + "/divisions.csv")
        try FileManager.default.moveItem(
            atPath: relief.folder + "/divisions.xlsx", toPath: relief.folder + "/d.xlsx")
        let answer = try relief.run(
            "init", "L", "--origin", "reliefledger.example/test", "--steward", "530523000000",
            "--title", "测试账", "--divisions", "d.xlsx", "--root", "ROOT-1", "--root", "ROOT-2",
            "--passphrase-file", "secret")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(relief.records.filter { $0["kind"] as? String == "unit" }.count == 5)
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefDisclosure
import ReliefModel
import Spreadsheet
import Testing

@testable import ReliefExamination

@Suite struct AuditDocumentTests {
    private let county = SpendingCounty()

    private func document(_ language: Language = .en) throws -> AuditDocument {
        AuditDocument(try county.examination(), language: language, path: "a county/ledger.jsonl")
    }

    /// The words of a page without its markup.
    private func words(_ page: String) -> String {
        var text = ""
        var isInside = false
        for character in page {
            if character == "<" { isInside = true }
            if !isInside { text.append(character) }
            if character == ">" { isInside = false }
        }
        return text
    }

    @Test func `a finding says the unit's name, both figures, the clause and where to look`() throws
    {
        let page = words(try document().html())
        #expect(page.contains("A01"))
        #expect(page.contains("Record \(county.expenses[2]) · 单位523000000 · 2022-01-20"))
        #expect(page.contains("reaches the threshold of 10,000.00"))
        #expect(page.contains("read document 拨&lt;2022&gt;9号"))
        #expect(
            page.contains(
                "relief-audit trace &#39;a county/ledger.jsonl&#39; --payment \(county.expenses[2])"
            ))
        let chinese = words(try document(.zh).html())
        #expect(chinese.contains("第 \(county.expenses[2]) 条 · 单位523000000"))
        #expect(chinese.contains("查阅文件 拨&lt;2022&gt;9号"))
    }

    @Test func `the page asks for nothing, runs nothing, and says which language it is in`() throws
    {
        for language in Language.allCases {
            let page = try document(language).html()
            #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(HTMLText.tag(language))\">"))
            #expect(page.contains("content=\"default-src 'none'; style-src 'nonce-page'\""))
            for banned in ["<script", " src=", "url(", "@import", "<link", "href=\"h", "style=\""] {
                #expect(!page.contains(banned), "\(banned)")
            }
            for landmark in ["<header>", "<nav aria-label=", "<main id=\"main\">", "<footer>"] {
                #expect(page.contains(landmark))
            }
            #expect(page.contains("<th scope=\"col\""))
        }
    }

    @Test func `what a ledger says is never markup`() throws {
        var forge = county.forge
        forge.post(
            by: .county,
            [
                Draft.grant(
                    5_000, document: Draft.document("<img src=x onerror=\"a\">&'", nil),
                    purpose: "P1")
            ])
        let examination = try SpendingCounty.examination(forge.bytes)
        let page = AuditDocument(
            examination, language: .zh, path: "<script>alert(1)</script>"
        ).html()
        #expect(!page.contains("<script"))
        #expect(!page.contains("<img"))
        #expect(page.contains("&lt;script&gt;"))
    }

    @Test func `an English page marks every Chinese word as Chinese`() throws {
        let page = try document().html()
        let body = try #require(page.firstRange(of: "<body>").map { page[$0.upperBound...] })
        var rest = String(body)
        while let start = rest.firstRange(of: "lang=\"zh-Hans\">"),
            let end = rest[start.upperBound...].firstIndex(of: "<")
        {
            rest.replaceSubrange(start.upperBound..<end, with: "")
            rest.replaceSubrange(start, with: "")
        }
        for mark in ["<title", "<desc", "aria-label=\""] {
            rest = rest.components(after: mark)
        }
        #expect(!rest.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
    }

    @Test func `figures that are made up say so on the page, on paper and on every sheet`() throws {
        let document = try document()
        let mark = Table.illustrative.en
        let page = document.html()
        #expect(page.contains("<p class=\"nature\">\(mark)</p>"))
        #expect(page.contains("@top-center{content:\"\(mark)\""))
        let workbook = document.workbook()
        #expect(workbook.sheets.allSatisfy { $0.titleLines.contains(mark) })
        #expect(document.json().contains("\"nature\": \"illustrative\""))
    }

    @Test func `page, workbook and JSON have the same tables and the same bytes each time`() throws
    {
        let (first, second) = (try document(), try document())
        #expect(first.html() == second.html())
        #expect(try first.workbook().bytes() == second.workbook().bytes())
        let json = first.json()
        #expect(json == second.json())
        let keys = first.tables.map(\.key)
        #expect(first.workbook().sheets.count == keys.count)
        for key in keys { #expect(json.contains("\"\(key)\": {")) }
        for (_, _, table) in first.tables {
            #expect(
                words(first.html()).contains(table.title.en) || table.title.en == "All findings")
        }
    }

    @Test func `a broken ledger yields a report with its faults and what can still be trusted`()
        throws
    {
        let examination = try SpendingCounty.examination(county.broken)
        #expect(examination.report.exitCode == 2)
        let document = AuditDocument(examination, language: .en, path: "ledger.jsonl")
        let page = words(document.html())
        #expect(page.contains("BROKEN"))
        #expect(page.contains("What is broken"))
        #expect(page.contains("record \(county.expenses[0]) was altered"))
        #expect(page.contains("Records that can still be trusted"))
        #expect(document.json().contains("\"exitCode\": 2"))
        #expect(!(try document.workbook().bytes()).isEmpty)
    }

    @Test func `bytes that are no ledger yield a report all the same`() throws {
        let examination = try SpendingCounty.examination(Array("nothing\n".utf8), asOf: nil)
        let document = AuditDocument(examination, language: .zh, path: "x")
        #expect(document.html().contains("没有可信的记录"))
        #expect(!(try document.workbook().bytes()).isEmpty)
    }

    @Test func `what was proven depends on what was given`() throws {
        let alone = try document().proofs.proofs()
        #expect(try alone.column("conclusion").prefix(3) == ["Proven", "Not proven", "Not proven"])
        let seen = try SpendingCounty.examination(
            county.forge.bytes, expecting: [county.forge.expectation(24)])
        let table = AuditDocument(seen, language: .en, path: "x").proofs.proofs()
        #expect(try table.column("conclusion").prefix(2) == ["Proven", "Proven"])
        #expect(try table.column("basis or reason")[1].contains("24:"))
    }

    @Test func `amounts are held against the threshold to the fen`() throws {
        let table = ThresholdBands(try county.examination().history).table(.en)
        #expect(
            try table.column("amount in yuan") == [
                "\"below 5,000\"", "\"5,000 to below 8,000\"", "\"8,000 to below 9,000\"",
                "\"9,000 to below 10,000\"", "\"10,000 to below 20,000\"",
                "\"20,000 to below 50,000\"", "\"50,000 to below 100,000\"",
                "\"100,000 and more\"", "total",
            ])
        #expect(try table.column("entries") == ["0", "0", "1", "1", "2", "0", "0", "0", "4"])
        #expect(
            try table.column("of these citing one") == [
                "0", "0", "0", "0", "1", "0", "0", "0", "1",
            ])
    }

    @Test func `a grant that was passed on after its clock is shown late`() throws {
        let timeline = FundTimeline(try county.examination())
        #expect(timeline.lanes.map(\.grant.seq) == [17, 21])
        #expect(timeline.lanes[0].deadline == CivilDate("2022-02-09"))
        #expect(timeline.lanes[0].allocations.map(\.isLate) == [true])
        #expect(timeline.lanes[1].allocations.isEmpty)
        let table = timeline.table(.en)
        #expect(try table.column("due onward by") == ["2022-02-09", "2022-02-09", ""])
        #expect(try table.column("first paid") == ["2022-01-20", "", ""])
        #expect(try table.column("sent or spent") == ["39999.99", "0.00", "39999.99"])
    }

    @Test func `a record that several rules found counts once, by the largest amount`() throws {
        let examination = try county.examination()
        let history = examination.history
        let findings = examination.report.findings
        let atOne = findings.filter { $0.seq == county.expenses[2] }
        #expect(atOne.contains { $0.rule == .a01 })
        #expect(atOne.contains { $0.stake(history) == 1_000_000 })
        let most = try #require(atOne.compactMap { $0.stake(history) }.max())
        #expect(Stake(atOne + atOne, history).fen == Int128(most))
        #expect(Stake([], history).fen == nil)
    }

    @Test
    func `figures are said in words: kinds, items and units by name, days only between dates`()
        throws
    {
        let examination = try county.examination()
        let finding = try #require(
            examination.report.findings.first { $0.rule == .a01 && $0.seq == county.expenses[2] })
        let chinese = FindingWords(book: examination.history.book, language: .zh)
        #expect(chinese.figures(finding).map(\.text) == ["集体研究", "–"])
        let english = FindingWords(book: examination.history.book, language: .en)
        #expect(english.figures(finding).map(\.heading) == ["expected", "actual"])
        let late = try #require(examination.report.findings.first { $0.rule == .t01 })
        #expect(english.figures(late).last?.text.hasSuffix(" days") == true)
        #expect(english.figures(late).first?.text == "not after 2022-02-09")
        #expect(chinese.figures(late).first?.text == "不晚于 2022-02-09")
        let roster = examination.report.findings.first { $0.rule == .r05 && $0.difference != nil }
        #expect(roster.map { english.figures($0).last?.text.contains("day") } != true)
    }

    @Test func `a path is one word for the shell whatever it holds`() {
        #expect(Commands.quoted("Ledgers/a-1.jsonl") == "Ledgers/a-1.jsonl")
        #expect(Commands.quoted("账本/一") == "账本/一")
        #expect(Commands.quoted("it's here; rm") == "'it'\\''s here; rm'")
        #expect(Commands.quoted("") == "''")
    }
}

extension String {
    /// The text without what stands between a mark and the next end of an attribute or element.
    fileprivate func components(after mark: String) -> String {
        var text = self
        var start = text.startIndex
        while let found = text[start...].firstRange(of: mark) {
            let end =
                text[found.upperBound...].firstIndex { $0 == (mark.hasSuffix("\"") ? "\"" : "/") }
                ?? text.endIndex
            text.replaceSubrange(found.upperBound..<end, with: "")
            start = found.upperBound
        }
        return text
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefModel
import Spreadsheet
import Testing

@testable import ReliefDisclosure

@Suite struct NoticeTests {
    /// A township's month: money that came, and two payments, of which the second is a child's.
    private struct Township {
        let ledger: VerifiedLedger<BookHistory>
        let rows: DisclosureRows
        let entry: DisclosureEntry
        let people: DisclosedPeople
        let seal: NoticeSeal
        let state: SealLine
        let payments: [Int]

        init(
            lines: [Draft.Line] = [
                Draft.Line(1, 500_000, persons: 4), Draft.Line(2, 300_000, persons: 2),
            ], names: [String] = ["欧阳春花", "李小宝"], title: String = "款"
        ) throws {
            ledger = try BookLedger(title: title, lines: lines).verified()
            let book = ledger.fold.book
            let unit = try #require(UnitID(Place.township))
            let day = try #require(CivilDate("2022-02-10"))
            let first = try #require(CivilDate("2022-01-01"))
            let scope = DisclosureScope(
                unit: unit, from: first, until: day, before: ledger.size)
            rows = try DisclosureRows(scope, in: ledger, book: book)
            payments = rows.rows.filter { $0.kind == .payment }.map(\.seq)
            entry = DisclosureEntry(
                unit: unit, date: day, from: scope.from, until: scope.until, round: 12,
                profile: .masked, count: rows.count, amount: Int64(rows.amount),
                root: rows.root.base64, files: String(repeating: "5a", count: 32),
                document: Document(number: "例〔2022〕3号", date: nil))
            let village = try #require(UnitID(Place.village))
            people = DisclosedPeople(
                Dictionary(
                    uniqueKeysWithValues: zip(payments, names).enumerated().map { index, pair in
                        (
                            pair.0,
                            DisclosedPeople.Person(
                                name: pair.1, group: "三组", village: village, isChild: index == 1)
                        )
                    }))
            let last = try #require(ledger.fold.postings.last)
            let sealSeq = try #require(last.sealSeq)
            let tied = try NoticeSeal(ledger, of: last.opened, sealSeq: sealSeq)
            seal = try #require(tied)
            state = try #require(SealLine(ledger))
        }

        func notice(
            _ edition: DisclosureNotice.Edition, settings: NoticeSettings = NoticeSettings()
        ) -> DisclosureNotice {
            DisclosureNotice(
                entry, rows: rows, book: ledger.fold.book, people: people, edition: edition,
                settings: settings)
        }

        func page(
            _ edition: DisclosureNotice.Edition, _ language: Language = .zh, proof: String? = nil,
            settings: NoticeSettings = NoticeSettings()
        ) -> String {
            NoticePage(notice(edition, settings: settings), seal: seal, language: language)
                .html(part: 0, proof: proof)
        }
    }

    @Test func `the board shows names, the web masks them, and totals have none`() throws {
        let township = try Township()
        for language in Language.allCases {
            let board = township.page(.board, language)
            #expect(board.contains("欧阳春花") && board.contains("三组"))
            let masked = township.page(.masked, language)
            // An English page marks the Chinese of a name as such.
            let shown = masked.replacing(#"<span lang="zh-Hans">"#, with: "")
                .replacing("</span>", with: "")
            #expect(shown.contains("欧*") && masked.contains("三组"))
            #expect(!masked.contains("阳") && !masked.contains("春花"))
            let totals = township.page(.totals, language)
            for text in ["欧", "三组", "李", "*"] { #expect(!totals.contains(">\(text)<"), "\(text)") }
            for page in [board, masked, totals] {
                #expect(LeakScan().leaks(in: [("a.html", Array(page.utf8))]) == [])
            }
        }
    }

    @Test func `a child's row is shown to nobody, and stays in count, sum and total`() throws {
        let township = try Township()
        let child = township.payments[1]
        for edition in [DisclosureNotice.Edition.board, .masked] {
            let page = township.page(edition)
            #expect(!page.contains("data-seq=\"\(child)\"") && !page.contains("李"))
            #expect(page.contains("data-seq=\"\(township.payments[0])\""))
            #expect(
                page.contains(
                    "<td data-field=\"count\">1</td><td data-field=\"amount\">3,000.00</td>"))
            #expect(page.contains("<span data-total=\"amount\">8,000.00</span>"))
            #expect(page.contains("data-total=\"capitals\">捌仟元整<"))
            #expect(page.contains("<span data-total=\"count\">\(township.entry.count)</span>"))
        }
        // Without a name it is nobody's row.
        #expect(township.page(.totals).contains("data-seq=\"\(child)\""))
        #expect(!township.page(.totals).contains("data-withheld"))
        #expect(DisclosureNotice.withheldSeqs(township.people, .masked) == [child])
        #expect(DisclosureNotice.withheldSeqs(township.people, .totals) == [])
    }

    @Test func `the page states the seal that it is tied to, and what the office adds`() throws {
        let township = try Township()
        let settings = NoticeSettings(
            hotlines: ["县应急管理局 0875-6121234"], days: 7, address: "https://a.example/n")
        let page = township.page(.masked, settings: settings)
        let seal = township.seal
        for (field, value) in [
            ("origin", seal.origin), ("fingerprint", seal.fingerprint), ("size", "\(seal.size)"),
            ("root", seal.root), ("key", seal.keyFingerprint),
        ] {
            #expect(page.contains("data-statement=\"\(field)\">\(value)</dd>"), "\(field)")
        }
        for text in [
            "县应急管理局 0875-6121234", "2022-02-10 至 2022-02-16（共 7 天）", "例〔2022〕3号", "第十二榜",
            "索引号", "发布机构", "公开方式", "主动公开", "有效性", "填表人", "审核人", "负责人", "（公章）",
            "示例（illustrative）",
        ] {
            #expect(page.contains(text), "\(text)")
        }
        for text in [" src=", "url(", "@import", "http:", "https:", "style=\""] {
            // A name of XML is no address.
            let plain = page.replacing("xmlns=\"http://www.w3.org/2000/svg\"", with: "")
            #expect(!plain.contains(text), "\(text)")
        }
    }

    @Test func `only a page with data has a check, and its policy lets that one script run`() throws
    {
        let township = try Township()
        #expect(!township.page(.masked).contains("<script"))
        let page = township.page(.masked, proof: "{\"a\":\"</script><b>\"}")
        #expect(page.contains("script-src 'sha256-\(PageScripts.digest(PageScripts.verify))'"))
        #expect(page.contains("<script>\(PageScripts.verify)</script>"))
        #expect(page.contains("{\"a\":\"\\u003c/script>\\u003cb>\"}"))
        #expect(page.contains("id=\"check-run\" hidden"))
    }

    @Test func `what the ledger and the roster say cannot become part of the page's code`() throws {
        let township = try Township(
            names: ["<img src=x>\"", "b"], title: "<img src=x onerror='a'>")
        for edition in DisclosureNotice.Edition.allCases {
            #expect(!township.page(edition).contains("<img"))
        }
    }

    @Test func `rows over 500 are parts, which together have every row once`() throws {
        let lines = (1...1_201).map { Draft.Line($0, 100, persons: 1) }
        let township = try Township(lines: lines, names: ["甲", "乙"])
        let notice = township.notice(.masked)
        #expect(notice.partCount == 3)
        let page = NoticePage(notice, seal: township.seal, language: .zh)
        var seqs: [Int] = []
        var rows: [Int] = []
        for part in 0..<notice.partCount {
            let html = page.html(part: part, proof: nil)
            seqs += html.components(after: "data-seq=\"").compactMap { Int($0) }
            rows += Array(notice.ledgerRange(ofPart: part))
            #expect(html.contains("<tfoot>") == (part == 2))
            #expect(html.contains("data-withheld") == (part == 2))
        }
        let shown = township.rows.rows.map(\.seq).filter { $0 != township.payments[1] }
        #expect(seqs == shown)
        #expect(rows == Array(0..<township.entry.count))
    }

    @Test func `page, CSV and sheet have the same cells`() throws {
        let township = try Township()
        for edition in DisclosureNotice.Edition.allCases {
            for language in Language.allCases {
                let notice = township.notice(edition)
                let (table, fields) = notice.table(language)
                #expect(table.columns.count == fields.count)
                let lines = notice.csv(language).split(separator: "\r\n")
                #expect(lines.count == table.rows.count + 2)
                let sheet = notice.workbook(language, state: township.state).sheets[0]
                #expect(sheet.rows.count == table.rows.count)
                #expect(sheet.titleLines.contains(Table.illustrative.text(language)))
            }
        }
    }

    @Test func `people print and dump as nothing but how many they are`() throws {
        let township = try Township()
        var text = "\(township.people)"
        dump(township.people, to: &text)
        let person = try #require(township.people[township.payments[0]])
        dump(person, to: &text)
        #expect(!text.contains("欧阳") && !text.contains("三组"))
    }

    @Test func `the words of small numbers`() {
        let words = [1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九"]
        for (number, word) in words { #expect(ChineseOrdinal.text(number) == word) }
    }

    @Test
    func
        `a site of a ledger is the same twice, holds no number of a person, and its feed is dated by the ledger`()
        throws
    {
        let ledger = try BookLedger().verified()
        let made = try PublicSite(ledger, PublicSite.Content())
        let site = try #require(made)
        let files = try site.files()
        let second = try PublicSite(ledger, PublicSite.Content())
        let again = try #require(second).files()
        #expect(files.map(\.name) == again.map(\.name))
        #expect(zip(files, again).allSatisfy { $0.bytes == $1.bytes })
        #expect(LeakScan().leaks(in: files) == [])
        let names = files.map(\.name)
        for name in [
            "index.html", "en/index.html", "check.html", "search.html", "feed.xml", "about.html",
            "records/1.html", "units/530523204000.html",
        ] {
            #expect(names.contains(name), "\(name)")
        }
        let feed = try #require(files.first { $0.name == "feed.xml" })
        #expect(
            String(decoding: feed.bytes, as: UTF8.self).contains(
                "<updated>\(site.seal.sealedAt)</updated>"))
    }

    @Test
    func `the picture of a township begins with the paper and passes through the unit that gave`()
        throws
    {
        let history = try BookLedger().verified().fold
        var drawn = 0
        for unit in history.book.units where unit.id.level == .township {
            guard let flow = FundFlow.diagram(history, of: unit.id, name: unit.name) else {
                continue
            }
            drawn += 1
            let names = flow.nodes.map(\.name.zh)
            let own = try #require(names.firstIndex(of: unit.name))
            let inflows = flow.links.filter { $0.to == own }
            #expect(!inflows.isEmpty)
            for link in inflows {
                // The unit that gave, and before it the paper.
                #expect(flow.nodes[link.from].role == .unit)
                let papers = flow.links.filter { $0.to == link.from }
                #expect(papers.allSatisfy { flow.nodes[$0.from].role == .source })
                #expect(papers.reduce(0) { $0 + $1.fen } == link.fen)
            }
            #expect(
                inflows.reduce(0) { $0 + $1.fen }
                    == flow.links.filter { $0.from == own }.reduce(0) { $0 + $1.fen })
        }
        #expect(drawn > 0)
    }

    @Test func `the figures of a unit are those of the book`() throws {
        let ledger = try BookLedger().verified()
        let made = try PublicSite(ledger, PublicSite.Content())
        let site = try #require(made)
        for unit in site.units.ordered {
            var buckets = Array(repeating: Int128(0), count: Bucket.allCases.count)
            for account in ledger.fold.book.accounts where unit.id.contains(account.unit) {
                for bucket in Bucket.allCases {
                    buckets[bucket.rawValue] += Int128(account[bucket])
                }
            }
            #expect(unit.figures.buckets == buckets)
            // What came in and has not gone out again is somewhere in it.
            #expect(unit.figures.received == buckets.reduce(0, +), "\(unit.name)")
        }
    }
}

extension String {
    /// What follows each occurrence of a text, up to a quotation mark.
    fileprivate func components(after text: String) -> [String] {
        components(separatedBy: text).dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefAudit
import ReliefDisclosure
import ReliefModel
import Spreadsheet

/// `relief publish site`: a static site of the ledger, and on demand the sheets for the village
/// boards.
struct PublishSite: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "site", "生成公开网站（静态网页，可放在任何服务器或 U 盘上）。",
            "Make the public site: static pages for any server or a memory stick.",
            discussion: (
                """
                县、乡镇、村逐级进入，列资金来源与去向、进度、历次公示、逐笔记录、查询、订阅和独立核验页。\
                姓名按各次公开记录的方式显示（遮掩、不列或全名），须本机有名册和期间密钥；没有时不列姓名。
                写出前逐个文件检查证件号、卡号和手机号（规则 D03），发现即全部不写。目录从不覆盖。
                --board 另写村内张贴的公示表（含户主全名，权限 0600），不得写在网站目录或账本的公开部分里。
                """,
                """
                County, townships, villages; where the money came from and went, progress, all notices so \
                far, the records, a search, a feed and the standalone checker. Names are shown as each \
                disclosure has it (masked, none or in full) where the rosters and the keys of their periods \
                are on this machine, and not at all where they are not.
                Before anything is written every file is searched for numbers of persons, cards and phones \
                (rule D03). The folder is never written over.
                --board also writes the sheets for the village boards, with names in full (mode 0600); never \
                within the site or the public part of the ledger.
                """
            ))
    }

    /// In which languages.
    enum Pages: String, ExpressibleByArgument, CaseIterable {
        case zh, en, both

        var languages: [Language] {
            switch self {
            case .zh: [.zh]
            case .en: [.en]
            case .both: [.zh, .en]
            }
        }
    }

    @Option(help: help("写入的目录，须不存在。", "Folder to make.", "folder"))
    var out: String

    @Option(
        help: help("网页的语言：zh、en 或 both。", "Languages of the pages: zh, en or both.", "language"))
    var pages: Pages = .both

    @Option(help: help("网站名称；默认用账本名称。", "Name of the site; by default the ledger's.", "text"))
    var title: String?

    @Option(
        help: help(
            "另在此目录写村内张贴的公示表（含户主全名）。",
            "Also write the sheets for the village boards, with full names, into this folder.",
            "folder"))
    var board: String?

    @OptionGroup var notice: NoticeOptions
    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        if let board { try BoardFolder.require(board, outside: out, and: ledger.path) }
        let (people, households) = try paidPeople()
        let open = try ledger.open("publish site", folding: BookHistory())
        let content = PublicSite.Content(
            title: title, languages: pages.languages, settings: notice.settings, people: people)
        let site = try withReading { () throws(LedgerReadError) in
            try PublicSite(open.ledger, content) { households?.openings($0) ?? [] }
        }
        guard let site else {
            throw CommandFailure(
                .incomplete, zh: "账本还没有封存的记录，没有可公开的内容",
                en: "the ledger has no sealed posting: there is nothing to publish")
        }
        let scan = LeakScan(allowing: notice.hotline, keys: open.ledger.enrolledKeys)
        let files = try withWorkbookErrors { () throws(WorkbookError) in try site.files() }
        try scan.require(files)
        var sheets: [LeakScan.File] = []
        if board != nil {
            sheets = site.boardFiles(pages.languages[0])
            try scan.require(sheets)
        }
        try InputFile.createAll(files, in: out)
        if let board { try BoardFolder.write(sheets, to: board, outside: ledger.path) }
        if let remark = households?.notice { Terminal.complain(remark.text(Complaint.notice)) }
        if let note = open.ledger.natureNote {
            Terminal.complain(Complaint(note).text(Complaint.notice))
        }
        Terminal.show(
            say("\(out)：\(files.count) 个文件\n", "\(out): \(files.count) files\n"))
        if let board {
            Terminal.show(
                say(
                    "\(board)：\(sheets.count) 张公示表（含户主全名，只供村内张贴）\n",
                    "\(board): \(sheets.count) sheets for the board (full names; not for the web)\n"
                ))
        }
    }

    /// Who was paid, by the seq of each disclosure; the ledger is closed again afterwards.
    private func paidPeople() throws(CommandFailure) -> (
        [Int: DisclosedPeople], DisclosedHouseholds?
    ) {
        let open = try ledger.open("publish site")
        let disclosures = open.ledger.fold.book.disclosures
        guard disclosures.contains(where: { board != nil || $0.entry.profile != .totals }) else {
            return ([:], nil)
        }
        var households = DisclosedHouseholds(open.ledger, at: ledger.path)
        var people: [Int: DisclosedPeople] = [:]
        for (seq, entry) in disclosures {
            people[seq] = households.people(in: DisclosureScope(entry, seq: seq), on: entry.date)
        }
        return (people, households)
    }
}

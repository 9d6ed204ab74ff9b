// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
internal import ReliefAudit
internal import ReliefModel
public import Spreadsheet

/// A static site of a ledger: county, townships, villages, every notice so far, the records that
/// the figures come from, a search, a feed, the standalone checker.
///
/// One ledger and one set of people give the same bytes each time: every date is the ledger's.
public struct PublicSite: Sendable {
    /// What a site is made of besides the ledger.
    public struct Content: Sendable {
        /// What people call the site; nil for the ledger's title.
        public var title: String?
        /// Languages, the first at the top of the folder.
        public var languages: [Language]
        /// What the office adds to notices.
        public var settings: NoticeSettings
        /// Who was paid, by the seq of the disclosure; where nobody is known, no names are shown.
        public var people: [Int: DisclosedPeople]

        /// Names the parts.
        public init(
            title: String? = nil, languages: [Language] = [.zh, .en],
            settings: NoticeSettings = NoticeSettings(), people: [Int: DisclosedPeople] = [:]
        ) {
            self.title = title
            self.languages = languages
            self.settings = settings
            self.people = people
        }
    }

    /// The data of a part of a disclosure (`proof.json`): its seq, the rows that are withheld, the
    /// rows of the part by place among all that the disclosure has.
    public typealias ProofMaker = (_ seq: Int, _ withheld: Set<Int>, _ rows: Range<Int>) -> String?

    let content: Content
    let seal: NoticeSeal
    let history: BookHistory
    let units: SiteUnits
    let records: SiteRecords
    let notices: [SiteNotice]
    let proof: [String: String]

    /// Draws up a site.
    ///
    /// - Returns: Nil for a ledger that is broken or has no posting.
    /// - Throws: When the ledger's records cannot be read again.
    public init?(
        _ ledger: VerifiedLedger<BookHistory>, _ content: Content,
        proof: ProofMaker = { _, _, _ in nil }
    ) throws(LedgerReadError) {
        guard let genesis = ledger.genesis, let last = ledger.fold.lastSealed,
            let seal = try NoticeSeal(ledger, of: last.posting, sealSeq: last.sealSeq),
            let state = SealLine(ledger)
        else { return nil }
        self.content = content
        self.seal = seal
        history = ledger.fold
        records = try SiteRecords(ledger)
        notices = try Self.notices(ledger, content, state)
        units = SiteUnits(history, top: genesis.steward, notices: notices)
        var proofs: [String: String] = [:]
        for notice in notices {
            let withheld = Set(notice.withheldSeqs(content.people))
            for part in 0..<notice.notice.partCount {
                proofs["\(notice.seq)/\(part)"] = proof(
                    notice.seq, withheld, notice.notice.ledgerRange(ofPart: part))
            }
        }
        self.proof = proofs
    }

    private static func notices(
        _ ledger: VerifiedLedger<BookHistory>, _ content: Content, _ state: SealLine
    ) throws(LedgerReadError) -> [SiteNotice] {
        let book = ledger.fold.book
        var notices: [SiteNotice] = []
        for (seq, entry) in book.disclosures {
            guard
                let posting = ledger.fold.postings.first(where: {
                    $0.opened.seq < seq && seq < $0.sealSeq ?? -1
                }), let sealSeq = posting.sealSeq,
                let seal = try NoticeSeal(ledger, of: posting.opened, sealSeq: sealSeq)
            else { continue }
            let rows = try DisclosureRows(
                DisclosureScope(entry, seq: seq), in: ledger, book: book)
            let people = content.people[seq] ?? .unknown
            let notice = DisclosureNotice(
                entry, rows: rows, book: book, people: people,
                edition: people.isEmpty ? .totals : entry.profile, settings: content.settings)
            let board =
                people.isEmpty
                ? nil
                : DisclosureNotice(
                    entry, rows: rows, book: book, people: people, edition: .board,
                    settings: content.settings)
            notices.append(
                SiteNotice(
                    seq: seq, entry: entry, notice: notice, board: board, seal: seal,
                    state: state))
        }
        return notices
    }

    /// All files by path, in the order of paths.
    public func files() throws(WorkbookError) -> [LeakScan.File] {
        var files: [LeakScan.File] = [
            ("check.html", Array(PageScripts.checker().utf8))
        ]
        for (index, language) in content.languages.enumerated() {
            let pages = SitePages(
                site: self, language: language, folder: index == 0 ? "" : "\(language.rawValue)/",
                twinFolder: twinFolder(of: index))
            files += try pages.files()
        }
        return files.sorted { $0.name < $1.name }
    }

    /// Where the pages of the other language are; nil where there is none.
    private func twinFolder(of index: Int) -> String? {
        guard content.languages.count > 1 else { return nil }
        return index == 0 ? "\(content.languages[1].rawValue)/" : ""
    }
}

extension SiteNotice {
    fileprivate func withheldSeqs(_ people: [Int: DisclosedPeople]) -> [Int] {
        DisclosureNotice.withheldSeqs(people[seq] ?? .unknown, notice.edition)
    }
}

extension PublicSite {
    /// The sheets for the village boards: each disclosure whose people are known, with full names.
    ///
    /// - Parameter proof: The data of a part, with the opened rows of rosters.
    public func boardFiles(
        _ language: Language, proof: (_ seq: Int, _ part: Int) -> String? = { _, _ in nil }
    ) -> [LeakScan.File] {
        notices.flatMap { notice -> [LeakScan.File] in
            guard let board = notice.board else { return [] }
            let page = NoticePage(board, seal: notice.seal, language: language)
            return (0..<board.partCount).map { part in
                let ending = board.partCount > 1 ? "-\(part + 1)" : ""
                let name = "board-\(notice.seq)\(ending).html"
                return (name, Array(page.html(part: part, proof: proof(notice.seq, part)).utf8))
            }
        }
    }
}

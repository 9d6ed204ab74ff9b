// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
public import ReliefAudit
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

    /// The rows of rosters that payments went to, opened; for editions that show names in full.
    public typealias Opening = (_ payments: [Int]) -> [DisclosureProof.OpenedRoster]

    let content: Content
    let seal: NoticeSeal
    let history: BookHistory
    let units: SiteUnits
    let records: SiteRecords
    let notices: [SiteNotice]

    /// Draws up a site.
    ///
    /// - Returns: Nil for a ledger that is broken or has no posting.
    /// - Throws: When the ledger's records cannot be read again.
    public init?(
        _ ledger: VerifiedLedger<BookHistory>, _ content: Content,
        opening: Opening = { _ in [] }
    ) throws(LedgerReadError) {
        guard let genesis = ledger.genesis, let last = ledger.fold.lastSealed,
            let seal = try NoticeSeal(ledger, of: last.posting, sealSeq: last.sealSeq),
            let state = SealLine(ledger)
        else { return nil }
        self.content = content
        self.seal = seal
        history = ledger.fold
        records = try SiteRecords(ledger)
        notices = try Self.notices(ledger, content, state, opening)
        units = SiteUnits(history, top: genesis.steward, notices: notices)
    }

    private static func notices(
        _ ledger: VerifiedLedger<BookHistory>, _ content: Content, _ state: SealLine,
        _ opening: Opening
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
            let maker = try DisclosureProofMaker(
                of: (seq, entry), header: posting.opened.seq, sealSeq: sealSeq, in: ledger,
                book: book)
            let people = content.people[seq] ?? .unknown
            func edition(_ edition: DisclosureProfile) -> ProvenNotice {
                let notice = DisclosureNotice(
                    entry, rows: maker.rows, book: book, people: people, edition: edition,
                    settings: content.settings)
                return ProvenNotice(notice, maker, people, opening)
            }
            notices.append(
                SiteNotice(
                    seq: seq, entry: entry, web: edition(people.isEmpty ? .totals : entry.profile),
                    board: people.isEmpty ? nil : edition(.board), seal: seal, state: state))
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

extension PublicSite {
    /// The sheets for the village boards: each disclosure whose people are known, with full names.
    public func boardFiles(_ language: Language) -> [LeakScan.File] {
        notices.flatMap { notice -> [LeakScan.File] in
            guard let board = notice.board else { return [] }
            let page = NoticePage(board.notice, seal: notice.seal, language: language)
            return board.proofs.enumerated().map { part, proof in
                let ending = board.proofs.count > 1 ? "-\(part + 1)" : ""
                return (
                    "board-\(notice.seq)\(ending).html",
                    Array(page.html(part: part, proof: proof).utf8)
                )
            }
        }
    }
}

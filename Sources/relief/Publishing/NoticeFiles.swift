// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefDisclosure
import ReliefModel
import Spreadsheet

/// The notice among the files of a disclosure: `notice.xlsx`, which the entry's digest covers, and
/// the pages, which rest on the entry.
struct NoticeFiles {
    /// The payments that nobody is shown singly, by seq.
    let withheld: Set<Int>
    private let people: DisclosedPeople
    private let households: DisclosedHouseholds
    private let settings: NoticeSettings
    private let language = CommandLanguage.current

    /// Finds out who was paid, where the edition shows names.
    init(
        _ scope: DisclosureScope, on date: CivilDate, profile: DisclosureProfile,
        settings: NoticeSettings, of ledger: VerifiedLedger<Journal>, at path: String
    ) {
        var households = DisclosedHouseholds(ledger, at: path)
        people =
            profile == .totals ? .unknown : households.people(in: scope, on: date)
        self.households = households
        self.settings = settings
        withheld = Set(DisclosureNotice.withheldSeqs(people, profile))
    }

    /// What is to be said where names are not known.
    var remark: Complaint? { households.notice }

    private func notice(
        _ entry: DisclosureEntry, _ rows: DisclosureRows, _ book: FundBook
    ) -> DisclosureNotice {
        DisclosureNotice(
            entry, rows: rows, book: book, people: people,
            edition: people.isEmpty ? .totals : entry.profile, settings: settings)
    }

    /// `notice.xlsx`, as of the ledger before the entry; refuses numbers of persons in it and in the
    /// page that is to come.
    func sheet(
        _ entry: DisclosureEntry, _ rows: DisclosureRows, of ledger: VerifiedLedger<BookHistory>
    ) throws(CommandFailure) -> PackageFile {
        let notice = notice(entry, rows, ledger.fold.book)
        let seal = try withReading { () throws(LedgerReadError) -> NoticeSeal? in
            guard let last = ledger.fold.postings.last, let seq = last.sealSeq else { return nil }
            return try NoticeSeal(ledger, of: last.opened, sealSeq: seq)
        }
        guard let state = SealLine(ledger), let seal else {
            preconditionFailure("NoticeFiles: an intact ledger has a sealed posting")
        }
        let bytes = try withWorkbookErrors { () throws(WorkbookError) in
            try notice.workbook(language, state: state).bytes()
        }
        let page = NoticePage(notice, seal: seal, language: language)
        try LeakScan(allowing: settings.hotlines, keys: ledger.enrolledKeys).require(
            page.files { _ in nil } + [("notice.xlsx", bytes)])
        return PackageFile(name: "notice.xlsx", bytes: bytes)
    }

    /// `notice.html` and, where there are more rows than a page has, the pages after it.
    func pages(
        _ entry: DisclosureEntry, _ maker: DisclosureProofMaker, posting: Journal.Posting,
        sealSeq: Int, in ledger: VerifiedLedger<Journal>
    ) throws(CommandFailure) -> [PackageFile] {
        let notice = notice(entry, maker.rows, ledger.fold.book)
        let seal = try withReading { () throws(LedgerReadError) in
            try NoticeSeal(ledger, of: posting.opened, sealSeq: sealSeq)
        }
        guard let seal else { preconditionFailure("NoticeFiles: the entry's posting is sealed") }
        let proven = ProvenNotice(notice, maker, people) { households.openings($0) }
        let files = NoticePage(notice, seal: seal, language: language)
            .files { proven.proofs[$0] }
        try LeakScan(allowing: settings.hotlines, keys: ledger.enrolledKeys).require(files)
        return files.map { PackageFile(name: $0.name, bytes: $0.bytes) }
    }
}

// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefDisclosure
import ReliefModel

/// What a unit makes public, from its terms to the files: made and checked in memory, recorded, and
/// given to whoever writes them.
struct Publication {
    /// Whose money, of which days, and how it is published.
    struct Terms {
        let unit: UnitID
        let date: CivilDate
        let from: CivilDate
        let until: CivilDate
        let round: Int
        let profile: DisclosureProfile
        let document: Document?
        let memo: String?
    }

    private let terms: Terms
    /// The disclosure of that unit, period and round that is recorded already.
    private let recorded: (seq: Int, entry: DisclosureEntry)?
    private let package: DisclosurePackage
    private let entry: DisclosureEntry
    /// The notice among its files, and which rows nobody is shown singly.
    private let notices: NoticeFiles
    private var withheld: Set<Int> { notices.withheld }

    /// Makes the files of a disclosure, as of right before its posting.
    ///
    /// - Parameters:
    ///   - settings: What the office adds to the notice.
    ///   - path: The ledger's folder, where the private roster may be.
    init(
        _ terms: Terms, of ledger: VerifiedLedger<Journal>, settings: NoticeSettings,
        at path: String
    ) throws(CommandFailure) {
        self.terms = terms
        let book = ledger.fold.book
        recorded = book.disclosures.last {
            $0.entry.unit == terms.unit && $0.entry.from == terms.from
                && $0.entry.until == terms.until && $0.entry.round == terms.round
        }
        let size = recorded.flatMap { ledger.fold.posting(of: $0.seq)?.opened.seq } ?? ledger.size
        let scope = DisclosureScope(
            unit: terms.unit, from: terms.from, until: terms.until, before: size)
        notices = NoticeFiles(
            scope, on: terms.date, profile: terms.profile, settings: settings, of: ledger, at: path)
        let rows = try withReading { () throws(LedgerReadError) in
            try DisclosureRows(scope, in: ledger, book: book)
        }
        let draft = try Self.entry(
            terms, rows, notices.withheld, files: String(repeating: "0", count: 64))
        package = try Self.package(scope, ledger, notices, draft, rows)
        entry = try Self.entry(terms, rows, notices.withheld, files: package.digest)
    }

    /// Records it, unless it is recorded, and gives everything that is to be written.
    func record(in session: inout Recording) throws(CommandFailure) -> [PackageFile] {
        if let recorded {
            try requireUnchanged(recorded)
            Terminal.complain(
                Complaint(
                    zh: "第 \(recorded.seq) 条已公开同一期间的第 \(terms.round) 榜，内容没有变化；没有重复记账，只写出文件",
                    en: "record \(recorded.seq) is round \(terms.round) of this period, unchanged; "
                        + "nothing was recorded again, the files are written"
                ).text(Complaint.notice))
        } else {
            try session.record(entries: [entry.fields])
        }
        if let remark = notices.remark { Terminal.complain(remark.text(Complaint.notice)) }
        let ledger = session.ledger
        guard let own = recorded ?? ledger.fold.book.disclosures.last,
            let posting = ledger.fold.posting(of: own.seq), let seal = posting.sealSeq
        else { preconditionFailure("Publication: the ledger holds what was recorded") }
        let maker = try withReading { () throws(LedgerReadError) in
            try DisclosureProofMaker(
                of: own, header: posting.opened.seq, sealSeq: seal, in: ledger,
                book: ledger.fold.book)
        }
        let proof = PackageFile(
            name: DisclosurePackageNames.proof, bytes: maker.proof(withheld: withheld).bytes)
        let pages = try notices.pages(
            own.entry, maker, posting: posting, sealSeq: seal, in: ledger)
        let files = package.all(with: [proof] + pages)
        try Self.check(files)
        return files
    }

    /// Shows what would be recorded.
    func rehearse(on ledger: VerifiedLedger<Journal>) throws(CommandFailure) {
        if let recorded { try requireUnchanged(recorded) }
        let plan = PostingPlan(
            entries: recorded == nil ? [entry.fields] : [], on: ledger,
            header: try Recording.rehearsalHeader(for: ledger))
        try plan.requireClean()
        for warning in plan.warnings { Terminal.complain(warning.text(Complaint.warning)) }
        let amount = Money(fen: entry.amount).text()
        Terminal.show(
            say(
                "试算：\(entry.from) 至 \(entry.until)，第 \(entry.round) 榜，\(entry.count) 条，"
                    + "发放和支出 \(amount) 元；没有记录任何内容，也没有写出文件\n",
                "rehearsal: \(entry.from) to \(entry.until), round \(entry.round), \(entry.count) "
                    + "rows, \(amount) yuan paid and spent; nothing was recorded and no file written\n"
            ))
        for file in package.files { Terminal.show("  \(file.name)\n") }
    }

    /// A round that is recorded is written again as it was, or not at all.
    private func requireUnchanged(
        _ recorded: (seq: Int, entry: DisclosureEntry)
    ) throws(CommandFailure) {
        guard
            recorded.entry.files != entry.files || recorded.entry.root != entry.root
                || recorded.entry.withheld != entry.withheld
                || recorded.entry.profile != entry.profile
        else { return }
        let next = terms.round + 1
        throw CommandFailure(
            .usage,
            zh: "--round：第 \(recorded.seq) 条已公开同一期间的第 \(terms.round) 榜，现在的内容（语言、公开方式也算）与当时不同",
            en: "--round: record \(recorded.seq) is round \(terms.round) of this period, and what "
                + "would be published now differs from it (language and profile count too)",
            hint: Message(zh: "重新公开用 --round \(next)", en: "publish anew with --round \(next)"))
    }
}

// MARK: - Parts

extension Publication {
    /// The files, drawn up from the ledger as it was before the disclosure's posting.
    private static func package(
        _ scope: DisclosureScope, _ ledger: VerifiedLedger<Journal>, _ notices: NoticeFiles,
        _ draft: DisclosureEntry, _ rows: DisclosureRows
    ) throws(CommandFailure) -> DisclosurePackage {
        let language = CommandLanguage.current
        let (tables, history) = try withReading { () throws(LedgerReadError) in
            let past = UnverifiedLedger(try ledger.bytes(ofFirst: scope.before))
            let history = try past.verify(folding: UnitHistory(of: scope.unit))
            guard let tables = try Disclosure(history, language: language) else {
                preconditionFailure("Publication: an intact ledger has a sealed posting")
            }
            return (
                tables.files(language).map { PackageFile(name: $0.name, text: $0.text) },
                try past.verify(folding: BookHistory())
            )
        }
        let data = try openData(
            of: history,
            OpenDataScope(
                unit: scope.unit, from: scope.from, until: scope.until,
                withheld: notices.withheld),
            isDisclosed: true)
        let sheet = try notices.sheet(draft, rows, of: history)
        return DisclosurePackage(tables + data.packageFiles + [sheet])
    }

    private static func entry(
        _ terms: Terms, _ rows: DisclosureRows, _ withheld: Set<Int>, files: String
    ) throws(CommandFailure) -> DisclosureEntry {
        let hidden = rows.rows.filter { withheld.contains($0.seq) }
        guard rows.count <= DisclosureEntry.rowCount, let amount = Int64(exactly: rows.amount),
            Money.recordable.contains(max(1, amount))
        else {
            throw CommandFailure(
                .usage, zh: "--from：\(rows.count) 条多于一次公开的上限 \(DisclosureEntry.rowCount) 条；请缩短期间",
                en: "--from: \(rows.count) rows, more than the \(DisclosureEntry.rowCount) of one "
                    + "disclosure; shorten the period")
        }
        return DisclosureEntry(
            unit: terms.unit, date: terms.date, from: terms.from, until: terms.until,
            round: terms.round, profile: terms.profile, count: rows.count, amount: amount,
            root: rows.root.base64,
            withheld: hidden.isEmpty
                ? nil
                : DisclosureEntry.Withheld(
                    amount: hidden.reduce(0) { $0 + $1.amount }, count: hidden.count),
            files: files, document: terms.document, memo: terms.memo)
    }

    /// Holds what is to be written to the proof, as whoever gets it will.
    private static func check(_ files: [PackageFile]) throws(CommandFailure) {
        let bytes = Dictionary(files.map { ($0.name, $0.bytes) }, uniquingKeysWith: { $1 })
        let report = DisclosureReport(
            package: files.map(\.name), expecting: DisclosureExpectation(),
            read: { bytes[$0] })
        guard report.exitCode != 0 else { return }
        throw CommandFailure(
            .incomplete,
            report.faults.map {
                Complaint(zh: "公开资料：\($0.message.zh)", en: "the files: \($0.message.en)")
            })
    }
}

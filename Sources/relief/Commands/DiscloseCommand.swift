// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefAudit
import ReliefDisclosure
import ReliefModel

/// `relief disclose`: what a unit publishes of its money is recorded, and then written.
struct DiscloseCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "disclose", "公开一个单位（含下级）的收支：记入账本，再写出公开资料。",
            "Publish the money of a unit and those below it: record it, then write the files.",
            discussion: (
                """
                先在内存中生成并核对全部文件，再把条数、金额、各条的根和文件摘要记入账本，最后写入 --out 目录（从不覆盖）。\
                账本记下以后，少公开一条也会被核验发现（规则 D02）。
                期间、榜次相同的公开已经记账的，不重复记账，只重新写出文件；内容有变化的，请用下一榜 --round。
                不含农户姓名、证件号；收到资料的人用 relief-verify disclosure 目录 核对，不需要账本。
                """,
                """
                All files are made and checked in memory; then count, sum, root of the rows and digest \
                of the files are recorded, and only then the files are written into --out, never over \
                others. From then on a row that is left out shows (rule D02).
                A disclosure of that period and round which is recorded already is not recorded again, \
                its files are written anew; if anything has changed, use the next --round.
                No names and no identity numbers are in it. Whoever gets the files checks them with \
                relief-verify disclosure FOLDER, without the ledger.
                """
            ))
    }

    @Option(help: help("单位代码或名称。", "The unit, by code or name.", "unit"))
    var unit: String

    @Option(
        help: help(
            "期间的第一天；默认该单位最早一笔收支的日期。",
            "The first day; by default that of the unit's first money.", "date"))
    var from: String?

    @Option(
        help: help("期间的最后一天；默认公开日期。", "The last day; by default the day of publication.", "date"))
    var until: String?

    @Option(help: help("第几榜，1 至 99。", "Which disclosure of the period, 1 to 99.", "number"))
    var round = 1

    @Option(
        help: help(
            "网上对个人的公开方式：board 同公示榜、masked 姓名遮掩、totals 只列合计。",
            "How persons are shown on the web: board, masked or totals.", "profile"))
    var profile = "masked"

    @Option(
        help: help("公开日期；默认今天（北京时间）。", "The day of publication; by default today in China.", "date")
    )
    var date: String?

    @Option(help: help("写入的目录；没有则建立。", "Folder to write into; made where missing.", "folder"))
    var out: String

    @Flag(help: help("只检查并显示将要公开什么，不需要密钥。", "Only check and show what it would be; needs no key."))
    var dryRun = false

    @OptionGroup var notice: NoticeOptions
    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        if dryRun {
            let open = try recording.ledger.open("disclose --dry-run")
            let publication = try Publication(
                terms(on: open.ledger), of: open.ledger, settings: notice.settings,
                at: recording.ledger.path)
            try publication.rehearse(on: open.ledger)
            return
        }
        try InputFile.requireRoom(in: out)
        var session = try Recording(recording, command: "disclose")
        let publication = try Publication(
            terms(on: session.ledger), of: session.ledger, settings: notice.settings,
            at: recording.ledger.path)
        let files = try publication.record(in: &session)
        try InputFile.createAll(files.map { (name: $0.name, bytes: $0.bytes) }, in: out)
        for file in files { Terminal.show("\(out)/\(file.name)\n") }
    }

    /// The options as what they mean; the run ends with everything that is wrong with them.
    private func terms(
        on ledger: VerifiedLedger<Journal>
    ) throws(CommandFailure) -> Publication.Terms {
        let today = try SystemClock.today()
        let unit = try Selection(ledger).unit(unit)
        guard ledger.fold.book.unit(unit) != nil else {
            throw CommandFailure(
                .usage, zh: "--unit：\(unit) 未登记，应为账本中的单位；见 relief unit list",
                en: "--unit: \(unit) is not declared, expected a unit of the ledger; see relief "
                    + "unit list")
        }
        var reader = EntryReader(ledger, today: today)
        let values: [EntryField: String?] = document.values.merging([
            .date: date, .from: from, .until: until,
        ]) { $1 }
        let draft = EntryDraft(place: .options, values: values.compactMapValues(\.self))
        let published = date == nil ? today : reader.date(draft, .date)
        let last = until == nil ? published : reader.date(draft, .until)
        let paper = reader.document(draft)
        let first =
            from == nil
            ? last.flatMap { ledger.fold.book.firstDay(of: unit, until: $0) }
            : reader.date(draft, .from)
        var complaints = reader.complaints
        let profile = DisclosureProfile(rawValue: profile)
        if profile == nil {
            let words = DisclosureProfile.allCases.map(\.rawValue).joined(separator: " ")
            complaints.append(
                Complaint(
                    zh: "--profile：“\(self.profile)”不在可选值内，应为 \(words) 之一",
                    en: "--profile: “\(self.profile)”, expected one of \(words)"))
        }
        if !(1...DisclosureEntry.roundCount).contains(round) {
            complaints.append(
                Complaint(
                    zh: "--round：\(round) 应为 1 至 \(DisclosureEntry.roundCount)",
                    en: "--round: \(round), expected 1 to \(DisclosureEntry.roundCount)"))
        }
        guard complaints.isEmpty, let profile, let published, let last else {
            throw CommandFailure(.usage, complaints)
        }
        guard let first else {
            throw CommandFailure(
                .usage, zh: "--from：该单位到 \(last) 没有收支；要公开“没有收支”，请写明期间的第一天",
                en: "--from: the unit has no money until \(last); to publish just that, name the "
                    + "first day")
        }
        guard first <= last, last <= published else {
            throw CommandFailure(
                .usage, zh: "--until：期间 \(first) 至 \(last) 应不早于起日、不晚于公开日期 \(published)；请改正",
                en:
                    "--until: \(first) to \(last), expected an end not before the beginning and not "
                    + "after the publication on \(published); correct it")
        }
        return Publication.Terms(
            unit: unit, date: published, from: first, until: last, round: round, profile: profile,
            document: paper, memo: document.memo)
    }
}

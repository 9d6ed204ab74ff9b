// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefModel
import ReliefRoster
import Spreadsheet

/// `relief batch`: what goes to the bank, and what it answers.
struct BatchCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "batch", "银行批次：导出代发文件，读入银行回单。",
            "Bank batches: write the bank's file, read the bank's answer.",
            subcommands: [BatchExport.self, BatchResult.self, BatchProfile.self])
    }
}

/// Which bank.
struct BankProfileOptions: ParsableArguments {
    @Option(
        help: help(
            "银行方案：standard、gb18030 或方案文件；见 relief batch profile。",
            "The bank's profile: standard, gb18030 or a file; see relief batch profile.",
            "name|file"))
    var profile = "standard"

    /// Reads it.
    func read() throws(CommandFailure) -> BankProfile { try BankProfile(named: profile) }
}

extension BankProfile {
    /// The profile of that name that comes with the program, or the one in that file.
    init(named name: String) throws(CommandFailure) {
        try self.init(path: name, try Self.source(name))
    }

    private static func source(_ name: String) throws(CommandFailure) -> SourceSheet {
        guard let text = standing[name] else { return try TableFile(name).sheets[0] }
        do throws(SpreadsheetError) {
            return try SpreadsheetFile(Array(text.utf8), name: name + ".csv").sheets[0]
        } catch {
            preconditionFailure("BankProfile: the standing profile \(name) cannot be read")
        }
    }
}

/// A batch and its households.
struct BatchOptions: ParsableArguments {
    @Option(help: help("批次：序号。", "The batch, by seq.", "seq"))
    var batch: Int

    @Option(
        help: help(
            "发放时的花名册，列有 姓名、身份证号、卡号（可有开户行）。",
            "The roster that was paid, with the columns name, id_number, card_number and bank.",
            "file"))
    var roster: String?

    /// The batch's entry.
    func entry(in ledger: VerifiedLedger<Journal>) throws(CommandFailure) -> BatchEntry {
        guard case .batch(let entry) = ledger.fold.record(seq: batch)?.entry else {
            throw CommandFailure(
                .usage, zh: "--batch：第 \(batch) 条不是发放批次；请核对，见 relief register",
                en: "--batch: record \(batch) is no batch; check it, see relief register")
        }
        return entry
    }
}

/// `relief batch export`: the file by which the bank pays.
struct BatchExport: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "export", "导出代发文件：批次中待银行付款的全部明细。",
            "Write the bank's file: every payment of the batch that waits for the bank.",
            discussion: (
                """
                文件含姓名、身份证号和卡号，只有本人可读，不会写进账本目录的公开部分，也不会覆盖已有文件；\
                交给银行后请删除。重发的明细在重发记账后再次导出，卡号取花名册里更正后的。
                """,
                """
                The file holds names, identity numbers and cards: only you can read it, it is never \
                written into the public part of the ledger's folder nor over another file; delete it \
                when the bank has it. Payments sent again are exported anew, with the cards that the \
                roster has by then.
                """
            ))
    }

    @OptionGroup var batch: BatchOptions
    @OptionGroup var profile: BankProfileOptions

    @Option(help: help("写到哪个文件。", "The file to write.", "file"))
    var out: String

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let profile = try profile.read()
        let open = try ledger.open("batch export")
        let entry = try batch.entry(in: open.ledger)
        let history = PaymentHistory(batch: batch.batch, in: open.ledger.fold)
        let waiting = history.lines.filter { $0.position.state == .sent }
        guard !waiting.isEmpty else {
            throw CommandFailure(
                .refused, zh: "批次 \(batch.batch) 没有待银行付款的明细；没有写文件",
                en: "no payment of batch \(batch.batch) waits for the bank; no file was written",
                hint: Message(
                    zh: "失败的先重发：relief reissue", en: "send failed ones again with relief reissue"))
        }
        let households = try BankHouseholds.of(
            entry, from: batch.roster, in: open.ledger, at: open.path)
        let file = BankFile(
            profile, batch: batch.batch, payments: waiting.map { ($0.position, $0.payee) },
            households: households)
        guard file.missing.isEmpty else { throw missing(file.missing) }
        try write(file, ledger: open.path)
        Terminal.show(
            say(
                "已写 \(out)：\(file.rows.count) 笔，\(Money(fen: file.total).text()) 元\n",
                "\(out): \(file.rows.count) payments, \(Money(fen: file.total).text()) yuan\n"))
        if let note = open.ledger.natureNote { Terminal.show("  " + note.said + "\n") }
        Terminal.complain(
            Complaint(
                zh: "文件含个人信息，只能交给代发银行；交付后请删除",
                en: "the file holds personal data and is for the bank alone; delete it afterwards"
            ).text(Complaint.notice))
    }

    private func missing(_ payments: [PaymentPosition]) -> CommandFailure {
        let shown = payments.prefix(20).map { String($0.seq) }.joined(separator: say("、", ", "))
        return CommandFailure(
            .usage,
            zh: "花名册里没有 \(payments.count) 笔明细的收款人（第 \(shown) 条）；请用发放时的花名册，没有写文件",
            en: "the roster lacks the payees of \(payments.count) payments (seq \(shown)); use the "
                + "one that was paid. No file was written")
    }

    private func write(_ file: BankFile, ledger: String) throws(CommandFailure) {
        let bytes: [UInt8]? =
            switch file.profile.encoding {
            case .utf8: Array(("\u{FEFF}" + file.csv).utf8)
            case .gb18030, .utf16: GB18030.encode(file.csv)
            }
        guard let bytes else {
            throw CommandFailure(
                .incomplete, zh: "本机没有 GB18030 编码；请改用 UTF-8 的方案",
                en: "this machine lacks the encoding GB18030; use a profile in UTF-8")
        }
        try PersonalFile.create(out, bytes, outside: ledger)
    }
}

/// `relief batch result`: the bank's answer.
struct BatchResult: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "result", "读入银行回单：到账、失败、退汇，逐笔核对。",
            "Read the bank's answer: settled, failed and returned, line by line.",
            discussion: (
                """
                每行按序号（或身份证号、卡号）找到明细，核对金额和人，再与账上的状态比较：已记过的跳过，\
                不重复入账；付出后退回的记为事后退汇；矛盾的和认不出的全部列出，什么都不记录。
                """,
                """
                Each line is brought to its payment by number, identity number or card, its amount \
                and person are checked, and it is weighed against the ledger: what is recorded \
                already is passed over; what came back after being paid is a late return; whatever \
                contradicts the ledger or cannot be told is listed, and then nothing is recorded.
                """
            ))
    }

    @Argument(help: help("银行回单文件。", "The bank's answer.", "file"))
    var file: String

    @OptionGroup var batch: BatchOptions
    @OptionGroup var profile: BankProfileOptions

    @Option(
        help: help(
            "回单没有日期列时的业务日期；默认今天（北京时间）。",
            "The business date where the list has none; by default today in China.", "date"))
    var date: String?

    @Flag(
        name: .customLong("latest"),
        help: help(
            "回单说的都是最近一次发送的结果。", "The list is about the last sending of each payment."))
    var isLatest = false

    @Flag(help: help("只核对并列出将记的结果，不需要密钥。", "Only check and show; needs no key."))
    var dryRun = false

    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        let profile = try profile.read()
        let table = try TableFile(file)
        let source = table.sheets.first { !$0.isHidden } ?? table.sheets[0]
        if dryRun {
            let open = try recording.ledger.open("batch result --dry-run")
            let header = try Recording.rehearsalHeader(for: open.ledger)
            let answers = try answers(profile, source, in: open.ledger, at: open.path)
            let plan = PostingPlan(try drafts(answers), on: open.ledger, header: header)
            try plan.requireClean(besides: answers.complaints)
            return Terminal.show(summary(answers, left: waiting(plan.outcome)))
        }
        var session = try Recording(recording, command: "batch result")
        let header = try header(table.digest, in: session)
        if let posting = session.ledger.fold.posting(header.id) {
            let place = "\(posting.opened.seq)–\(posting.sealSeq ?? posting.opened.seq)"
            return Terminal.show(
                say(
                    "\(file)：已记入第 \(place) 条，本次没有重复记账\n",
                    "\(file): already recorded at seq \(place); nothing was recorded again\n"))
        }
        let answers = try answers(profile, source, in: session.ledger, at: session.path)
        let plan = PostingPlan(try drafts(answers), on: session.ledger, header: header)
        try plan.requireClean(besides: answers.complaints)
        if answers.news.isEmpty {
            return Terminal.show(summary(answers, left: waiting(session.ledger.fold)))
        }
        try session.commit(plan)
        Terminal.show(summary(answers, left: waiting(session.ledger.fold)))
    }

    private func answers(
        _ profile: BankProfile, _ source: SourceSheet, in ledger: VerifiedLedger<Journal>,
        at path: String
    ) throws(CommandFailure) -> BankAnswers {
        let entry = try batch.entry(in: ledger)
        var keys = BankAnswers.Keys()
        if batch.roster != nil {
            keys.households = try BankHouseholds.of(
                entry, from: batch.roster, in: ledger, at: path)
        } else if let known = try? BankHouseholds.of(entry, from: nil, in: ledger, at: path) {
            keys.households = known
        } else {
            Terminal.complain(
                Complaint(
                    zh: "本机没有这一批的花名册，未能核对户名和卡号；可用 --roster 给出",
                    en: "this machine lacks the batch's roster: names and cards are not checked; "
                        + "name it with --roster"
                ).text(Complaint.notice))
        }
        let today = try SystemClock.today()
        let identities = BankAnswers.identities(in: source, profile, today: today)
        if !identities.isEmpty,
            var key = try PeriodKey(entry.period, of: ledger, at: path).existing()
        {
            for identity in identities { keys.payees[identity] = key.pseudonym(of: identity) }
        }
        return BankAnswers(
            file, source, profile: profile,
            history: PaymentHistory(batch: batch.batch, in: ledger.fold), keys: keys,
            today: today, isLatest: isLatest)
    }

    /// The entries, with what is the same for every row.
    private func drafts(_ answers: BankAnswers) throws(CommandFailure) -> [EntryDraft] {
        var values: [EntryField: String] = [.kind: EntryKind.result.rawValue]
        for (field, text) in document.values {
            if let text { values[field] = text }
        }
        let today = try SystemClock.today()
        guard let date else { return answers.drafts(values, date: today) }
        guard let date = CivilDate(date), date <= today else {
            throw CommandFailure(
                .usage, zh: "--date：应为不晚于今天的日期，如 2023-01-14",
                en: "--date: expected a date such as 2023-01-14, today or earlier")
        }
        return answers.drafts(values, date: date)
    }

    /// The posting's id: the file's keyed digest, so that the same file is recognised and nobody
    /// can try out what it holds.
    private func header(
        _ digest: Digest, in session: borrowing Recording
    ) throws(CommandFailure) -> PostingHeader {
        let entry = try batch.entry(in: session.ledger)
        guard
            var key = try PeriodKey(entry.period, of: session.ledger, at: session.path).existing()
        else { preconditionFailure("BatchResult: a used period has a key or is refused") }
        guard let id = PostingID(bytes: key.postingID(ofFile: digest)) else {
            preconditionFailure("BatchResult: 16 bytes make an id")
        }
        return try session.header(id: id)
    }

    private func waiting(_ journal: Journal) -> Int {
        journal.book.payments(ofBatch: batch.batch).count { $0.state == .sent }
    }

    private func summary(_ answers: BankAnswers, left: Int) -> String {
        let count = { (outcome: Movement.Outcome) in
            answers.news.count { $0.outcome == outcome }
        }
        return say(
            "  回单    到账 \(count(.settled)) 笔，失败 \(count(.failed)) 笔，事后退汇 \(count(.returned)) 笔，"
                + "已记过 \(answers.knownCount) 笔\n  批次    第 \(batch.batch) 条，仍在银行 \(left) 笔\n",
            "  answer       \(count(.settled)) settled, \(count(.failed)) failed, "
                + "\(count(.returned)) returned late, \(answers.knownCount) known already\n"
                + "  batch        seq \(batch.batch), \(left) payments still with the bank\n")
    }
}

/// `relief batch profile`: what a bank's profile says, to start one's own from.
struct BatchProfile: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "profile", "显示自带的银行方案，或检查自己的方案文件。",
            "Show a profile that comes with the program, or check one's own.",
            discussion: (
                """
                方案是一张三列的表：类别、标题、内容。先用 relief batch profile standard > 某行.csv 取得底稿，\
                在 Excel 或 WPS 里按银行的要求改，再用 relief batch profile 某行.csv 检查。
                """,
                """
                A profile is a table of three columns: part, heading, content. Start with relief batch \
                profile standard > bank.csv, change it as the bank wants, and check it with relief \
                batch profile bank.csv.
                """
            ))
    }

    @Argument(help: help("standard、gb18030 或方案文件。", "standard, gb18030 or a file.", "name|file"))
    var profile: String?

    @OptionGroup var language: LanguageOptions

    func run() throws {
        guard let profile else {
            let names = BankProfile.standing.keys.sorted().joined(separator: "\n")
            return Terminal.show(names + "\n")
        }
        if let text = BankProfile.standing[profile] { return Terminal.show(text) }
        let read = try BankProfile(named: profile)
        Terminal.show(
            say(
                "\(profile)：方案“\(read.name)”没有错误，导出 \(read.exported.count) 列，\(read.encoding.rawValue)\n",
                "\(profile): the profile “\(read.name)” has no mistakes; \(read.exported.count) "
                    + "columns in \(read.encoding.rawValue)\n"))
    }
}

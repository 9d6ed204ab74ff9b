// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefModel
import ReliefRoster

/// `relief roster record`: totals and root of a list enter the ledger.
struct RecordRoster: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "record", "把名册的户数、人数、金额和根值记入账本；此后名册不可改。",
            "Record a list's totals and root in the ledger, which freezes it.")
    }

    @OptionGroup var which: RosterArgument
    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        var session = try Recording(
            recording.ledger, try recording.signer.prepare(), command: "roster record")
        let roster = try PrivateRoster(of: session.ledger, at: session.path)
        let list = try roster.current(which.list)
        // The root that is recorded must be that of rows which are there.
        _ = try roster.rows(of: list)
        // A crash after the appending, before the list's number was noted, is made good here.
        if let seq = list.seq ?? Self.seq(of: list, in: session.ledger) {
            try note(list, seq, roster)
            return Terminal.show(
                say(
                    "\(list.id) 号名册：已记入第 \(seq) 条，本次没有重复记账\n",
                    "list \(list.id): already recorded at seq \(seq); nothing was recorded again\n")
            )
        }
        let former = try formerSeq(list, roster)
        let entry = list.entry(
            replaces: former, document: try paper(on: session.ledger), memo: document.memo)
        try session.record(entries: [entry.fields])
        guard let seq = Self.seq(of: list, in: session.ledger) else {
            preconditionFailure("RecordRoster: the ledger holds what was recorded")
        }
        try note(list, seq, roster)
        Terminal.show(
            say(
                "  名册    \(list.id) 号 ↔ 第 \(seq) 条\n",
                "  stands for   list \(list.id) ↔ seq \(seq)\n"))
    }

    private func note(
        _ list: RosterList, _ seq: Int, _ roster: PrivateRoster
    ) throws(CommandFailure) {
        guard list.seq == nil else { return }
        try withRosterErrors { () throws(RosterError) in
            try roster.store.record(list.id, seq: seq)
        }
    }

    /// The entry of the newest earlier stage that has one.
    private func formerSeq(
        _ list: RosterList, _ roster: PrivateRoster
    ) throws(CommandFailure) -> Int? {
        var former = list.replaces
        while let id = former {
            let list = try roster.list(id)
            if let seq = list.seq { return seq }
            former = list.replaces
        }
        return nil
    }

    private func paper(
        on ledger: VerifiedLedger<Journal>
    ) throws(CommandFailure) -> Document? {
        var reader = EntryReader(ledger, today: try SystemClock.today())
        let values = document.values.compactMapValues(\.self)
        let paper = reader.document(EntryDraft(place: .options, values: values))
        guard reader.complaints.isEmpty else { throw CommandFailure(.usage, reader.complaints) }
        return paper
    }

    /// The entry of the ledger that is about a list.
    static func seq(of list: RosterList, in ledger: VerifiedLedger<Journal>) -> Int? {
        ledger.fold.book.rosters.last { list.isRecorded(as: $0.entry) }?.seq
    }
}

/// `relief roster pay`: a batch straight from an approved list.
struct PayRoster: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "pay", "按县定并已入账的名册发放；可用 --part 分村发放。",
            "Pay an approved and recorded list, or with --part a village of it.",
            discussion: (
                "单位、指标、项目、期间取自名册；只发给名册上的户。重复执行不会重复记账。",
                "Unit, grant, item and period are the list's, and only its households are paid. "
                    + "Running it again records nothing twice."
            ))
    }

    @OptionGroup var which: RosterArgument

    @Option(help: help("只发此单位（村）内的户。", "Only households of this village.", "unit"))
    var part: String?

    @Option(help: help("所依据的使用方案：序号。", "The plan it rests on, by seq.", "seq"))
    var plan: String?

    @Option(help: help("所依据的集体研究：序号。", "The decision it rests on, by seq.", "seq"))
    var decision: String?

    @Option(
        help: help(
            "标准：金额/人、/户 或 /人天。", "The rate: AMOUNT/person, /household or /personDay.", "rate"))
    var rate: String?

    @Option(help: help("天数，与按人天的标准一起写。", "Days, with a rate per person and day.", "count"))
    var days: String?

    @Option(
        help: help("业务日期；默认今天（北京时间）。", "The business date; by default today in China.", "date"))
    var date: String?

    @Flag(help: help("只检查并显示批次，不需要密钥。", "Only check and show the batch; needs no key."))
    var dryRun = false

    @OptionGroup var document: DocumentOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        if dryRun {
            let open = try recording.ledger.open("roster pay --dry-run")
            let payment = try payment(on: open.ledger, at: open.path)
            return try payment.rehearse(on: open.ledger, at: open.path)
        }
        var session = try Recording(
            recording.ledger, try recording.signer.prepare(), command: "roster pay")
        let payment = try payment(on: session.ledger, at: session.path)
        try payment.record(in: &session)
    }

    private func payment(
        on ledger: VerifiedLedger<Journal>, at path: String
    ) throws(CommandFailure) -> RosterPayment {
        let roster = try PrivateRoster(of: ledger, at: path)
        let list = try roster.current(which.list)
        let seq = try frozenSeq(list, on: ledger)
        let part = try part.map { text throws(CommandFailure) in
            try Selection(ledger).unit(text, option: "--part")
        }
        let rows = try roster.rows(of: list).filter { row in
            part.map { $0.contains(row.household.unit) } ?? true
        }
        guard !rows.isEmpty else {
            throw CommandFailure(
                .usage, zh: "--part：名册中没有此单位的户；请核对",
                en: "--part: the list has no household there; check it")
        }
        let name = say("\(list.id) 号名册", "list \(list.id)")
        let lines = rows.map { row in
            Roster.Line(
                line: row.ordinal, place: .row(path: name, line: row.ordinal),
                identity: row.household.identity,
                persons: row.household.persons, amount: row.household.amount, memo: nil)
        }
        let digest = try TableFile.digest(
            of: Array(
                "relief-ledger/roster-part/v1\n\(list.root)\n\(part?.description ?? "-")\n".utf8))
        let subject = list.subject
        let options: [EntryField: String?] = document.values.merging([
            .unit: subject.unit.description, .grant: "\(subject.grant)", .item: subject.item,
            .period: subject.season.text, .roster: "\(seq)", .plan: plan, .decision: decision,
            .rate: rate, .days: days, .date: date,
        ]) { first, _ in first }
        return RosterPayment(
            Roster(lines, of: name, digest: digest), options.compactMapValues(\.self),
            isFromList: true)
    }

    /// The entry that freezes a list which may be paid.
    private func frozenSeq(
        _ list: RosterList, on ledger: VerifiedLedger<Journal>
    ) throws(CommandFailure) -> Int {
        guard list.stage == .approved else {
            throw CommandFailure(
                .refused, zh: "\(list.id) 号名册为\(list.stage.name.zh)，应为县定后才能发放",
                en: "list \(list.id) is \(list.stage.name.en), expected approved before it is paid",
                hint: Message(
                    zh: "县定后：relief roster advance \(list.id) --stage approved",
                    en: "once approved: relief roster advance \(list.id) --stage approved"))
        }
        guard let seq = list.seq else {
            throw CommandFailure(
                .refused, zh: "\(list.id) 号名册尚未记入账本，应先入账再发放",
                en: "list \(list.id) is not in the ledger, expected it recorded before it is paid",
                hint: Message(
                    zh: "relief roster record \(list.id)", en: "relief roster record \(list.id)"))
        }
        guard let entry = ledger.fold.book.roster(seq: seq)?.entry, list.isRecorded(as: entry)
        else {
            throw CommandFailure(
                .refused, zh: "\(list.id) 号名册与账本第 \(seq) 条不一致；请核对：relief roster check \(list.id)",
                en: "list \(list.id) is not what record \(seq) says; run relief roster check "
                    + "\(list.id)")
        }
        return seq
    }
}

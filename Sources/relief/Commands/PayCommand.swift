// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefAudit
import ReliefDisclosure
import ReliefModel
import ReliefRoster

/// `relief pay`: a roster becomes a batch of payments.
struct PayCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "pay", "按花名册发放：一个 CSV 文件为一个批次。",
            "Pay the households of a roster: one CSV file is one batch.",
            discussion: (
                """
                列（中文或英文，次序不限）：姓名、身份证号、人数、金额（元），可加备注。姓名只读不存；\
                身份证号核对后换成本期假名，不进入账本、消息和任何文件。
                有一行错误就什么都不记录，并列出全部错误。再次导入同一文件不会重复记账。
                """,
                """
                Columns in any order, in English or Chinese: name, id_number, persons, amount (yuan), \
                and memo if wanted. Names are read and not stored. Identity numbers are checked and \
                turned into the period's pseudonyms; they enter no ledger, message or file.
                With one wrong row nothing is recorded, and every mistake is listed. Importing the \
                same file again records nothing twice.
                """
            ))
    }

    @Argument(help: help("花名册文件。", "The roster.", "file"))
    var file: String

    @Option(help: help("发放单位。", "The unit that pays.", "unit"))
    var unit: String?

    @Option(help: help("指标：序号或唯一的文号。", "The grant, by seq or its document number.", "grant"))
    var grant: String?

    @Option(
        help: help(
            "支出项目代码（见 relief policy show）。",
            "What it is for: an item's code, see relief policy show.",
            "item"))
    var item: String?

    @Option(
        help: help(
            "补助期间，每户每期一次；每次写法须相同。",
            "The period for which each household is paid once; write it the same every time.",
            "text"))
    var period: String?

    @Option(help: help("所依据的使用方案：序号。", "The plan it rests on, by seq.", "seq"))
    var plan: String?

    @Option(help: help("所依据的集体研究：序号。", "The decision it rests on, by seq.", "seq"))
    var decision: String?

    @Option(help: help("所发放的救助花名册：序号。", "The roster that it pays, by seq.", "seq"))
    var roster: String?

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
        let roster = try Roster(file, today: try SystemClock.today())
        if dryRun {
            let open = try recording.ledger.open("pay --dry-run")
            let header = try Recording.rehearsalHeader(for: open.ledger)
            return try rehearse(roster, on: open.ledger, at: open.path, header: header)
        }
        var session = try Recording(
            recording.ledger, try recording.signer.prepare(), command: "pay")
        let head = try head(roster, on: session.ledger, header: try session.header())
        let period = try PeriodKey(head.period, of: session.ledger, at: session.path)
        if var key = try period.existing() {
            let id = try postingID(roster, &key)
            if try isRecorded(roster, head, id, in: session.ledger) { return }
            return try record(roster, head, &key, id: id, in: &session)
        }
        // What the rules refuse must not leave a key behind.
        var passing = try period.passing()
        let trial = plan(roster, head, &passing, on: session.ledger, try session.header())
        try trial.requireClean()
        var key = try period.create()
        let id = try postingID(roster, &key)
        try record(roster, head, &key, id: id, in: &session)
        Terminal.complain(period.notice.text(Complaint.notice))
    }

    // MARK: - Steps

    /// The batch, checked but for what needs pseudonyms.
    private struct Head {
        let seq: Int
        let fields: EntryFields
        let draft: EntryDraft
        let facts: EntryFacts
        let period: String

        func value(_ name: String) -> JSONValue? {
            fields.first { $0.0 == name }?.1
        }
    }

    /// Checks options and rows together, so that all mistakes are told at once.
    private func head(
        _ roster: Roster, on ledger: VerifiedLedger<Journal>, header: PostingHeader
    ) throws(CommandFailure) -> Head {
        let builder = PostingBuilder(continuing: ledger, header: header)
        var reader = EntryReader(ledger, today: BusinessDay.of(header.at))
        var values: [EntryField: String] = [.kind: EntryKind.batch.rawValue]
        let options: [EntryField: String?] = document.values.merging([
            .unit: unit, .grant: grant, .item: item, .period: period, .plan: plan,
            .decision: decision, .roster: self.roster, .rate: rate, .days: days, .date: date,
        ]) { first, _ in first }
        for (field, text) in options {
            if let text { values[field] = text }
        }
        let draft = EntryDraft(place: .options, values: values)
        // Of a roster with mistakes the total is not known; the rest is checked all the same.
        let total = BatchTotal(count: roster.table.rows.count, amount: roster.total ?? 1)
        let fields = reader.read(batch: draft, total: total, seq: builder.nextSeq)
        let complaints = reader.complaints + roster.complaints
        guard complaints.isEmpty, let fields, let facts = reader.facts(of: builder.nextSeq),
            let period
        else { throw CommandFailure(.usage, complaints) }
        return Head(
            seq: builder.nextSeq, fields: fields, draft: draft, facts: facts, period: period)
    }

    private func plan(
        _ roster: Roster, _ head: Head, _ key: inout SeasonKey,
        on ledger: VerifiedLedger<Journal>, _ header: PostingHeader
    ) -> PostingPlan {
        let lines = roster.payments(batch: head.seq, of: head.facts, by: &key)
        return PostingPlan(
            planned: [(head.fields, head.draft)] + lines, on: ledger, header: header)
    }

    private func postingID(
        _ roster: Roster, _ key: inout SeasonKey
    ) throws(CommandFailure) -> PostingID {
        guard let id = PostingID(bytes: key.postingID(ofFile: roster.table.digest)) else {
            preconditionFailure("PayCommand.postingID: 16 bytes make an id")
        }
        return id
    }

    /// Whether the ledger holds the file; says where.
    private func isRecorded(
        _ roster: Roster, _ head: Head, _ id: PostingID, in ledger: VerifiedLedger<Journal>
    ) throws(CommandFailure) -> Bool {
        guard let posting = ledger.fold.posting(id) else { return false }
        let first = posting.opened.seq
        let place = "\(first)–\(posting.sealSeq ?? first)"
        let batch = ledger.fold.record(seq: first + 1)
            .flatMap { try? CanonicalJSON.parse($0.line) }
        for name in ["unit", "grant", "item", "plan", "decision", "roster", "rate", "days"]
        where batch?[name] != head.value(name) {
            throw CommandFailure(
                .refused,
                zh: "\(file)：此文件已记入第 \(place) 条，但当时的 \(name) 不同；同一花名册不再发放",
                en: "\(file): the file is recorded at seq \(place) already, with another \(name); "
                    + "a roster is not paid twice",
                hint: Message(
                    zh: "查看已记的批次：relief show \(first + 1)",
                    en: "look at the batch: relief show \(first + 1)"))
        }
        Terminal.show(
            say(
                "\(file)：已记入第 \(place) 条，本次没有重复记账\n",
                "\(file): already recorded at seq \(place); nothing was recorded again\n"))
        return true
    }

    private func record(
        _ roster: Roster, _ head: Head, _ key: inout SeasonKey, id: PostingID,
        in session: inout Recording
    ) throws(CommandFailure) {
        let header = try session.header(id: id)
        try session.commit(plan(roster, head, &key, on: session.ledger, header))
        Terminal.show(Self.places(roster, batch: head.seq))
    }

    /// Which records stand for which lines of the file.
    private static func places(_ roster: Roster, batch: Int) -> String {
        var text = say(
            "  批次    第 \(batch) 条，\(roster.lines.count) 笔，"
                + "\(Money(fen: roster.total ?? 0).text()) 元\n",
            "  batch        seq \(batch), \(roster.lines.count) payments, "
                + "\(Money(fen: roster.total ?? 0).text()) yuan\n")
        var start = 0
        for index in roster.lines.indices {
            let next = index + 1
            if next < roster.lines.count, roster.lines[next].line == roster.lines[index].line + 1 {
                continue
            }
            let lines = (roster.lines[start].line, roster.lines[index].line)
            let seqs = (batch + 1 + start, batch + 1 + index)
            text += say(
                "  对应    第 \(range(lines)) 行 ↔ 第 \(range(seqs)) 条\n",
                "  stands for   line \(range(lines)) ↔ seq \(range(seqs))\n")
            start = next
        }
        return text
    }

    private static func range(_ bounds: (Int, Int)) -> String {
        bounds.0 == bounds.1 ? "\(bounds.0)" : "\(bounds.0)–\(bounds.1)"
    }

    // MARK: - Rehearsal

    private func rehearse(
        _ roster: Roster, on ledger: VerifiedLedger<Journal>, at path: String,
        header: PostingHeader
    ) throws(CommandFailure) {
        let head = try head(roster, on: ledger, header: header)
        let period = try PeriodKey(head.period, of: ledger, at: path)
        let plan: PostingPlan
        if var key = try period.existing() {
            if try isRecorded(roster, head, try postingID(roster, &key), in: ledger) { return }
            plan = self.plan(roster, head, &key, on: ledger, header)
        } else {
            var key = try period.passing()
            plan = self.plan(roster, head, &key, on: ledger, header)
        }
        try plan.requireClean()
        for warning in plan.warnings { Terminal.complain(warning.text(Complaint.warning)) }
        var entries = EntryTable.table(plan.outcome, seqs: [head.seq])
        entries.notes.append(
            Message(
                zh: "试算：\(roster.lines.count) 笔明细没有错误，没有记录任何内容",
                en:
                    "Rehearsal: \(roster.lines.count) payments without mistakes; nothing was recorded"
            ))
        if let note = ledger.natureNote { entries.notes.append(note) }
        Terminal.show(entries.terminalText(CommandLanguage.current) + "\n")
        Terminal.show(
            BalanceTable(
                book: plan.outcome.book, grants: [head.facts.grant], subtree: nil, unit: .yuan
            ).table().terminalText(CommandLanguage.current))
    }
}

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

/// `relief result`: what the bank says of payments.
struct ResultCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "result", "记录银行的代发结果：到账、失败或退汇。",
            "Record what the bank says of payments: settled, failed or returned.",
            discussion: (
                """
                一笔：--target；整批其余都到账：--batch N --settled；文件：FILE.csv --batch N，\
                列为 序号 或 身份证号、结果（已到账、发放失败、事后退汇），以及 原因。
                身份证号只用来找到明细，不存储。
                """,
                """
                One payment: --target. All of a batch that are still with the bank: --batch N \
                --settled. A file: FILE.csv --batch N, with the columns seq or id_number, outcome \
                (settled, failed, returned) and reason. Identity numbers only serve to find the \
                payment and are not stored.
                """
            ))
    }

    @Argument(help: help("银行结果文件。", "The bank's answers.", "file"))
    var file: String?

    @Option(help: help("发放明细：序号。", "The payment, by seq.", "seq"))
    var target: String?

    @Option(help: help("批次：序号。", "The batch, by seq.", "seq"))
    var batch: Int?

    @Flag(help: help("批次中仍在银行的全部到账。", "All of the batch that are with the bank have settled."))
    var settled = false

    @Option(
        help: help("结果：settled failed returned。", "The outcome: settled failed returned.", "word"))
    var outcome: String?

    @Option(help: help("失败或退汇的原因。", "Why it failed or came back.", "text"))
    var reason: String?

    @Option(
        help: help("业务日期；默认今天（北京时间）。", "The business date; by default today in China.", "date"))
    var date: String?

    @OptionGroup var agreed: PaymentTargetOptions
    @OptionGroup var document: DocumentOptions
    @OptionGroup var tables: TableOptions
    @OptionGroup var recording: RecordingOptions

    func validate() throws {
        let forms = [
            file == nil && target != nil && batch == nil && !settled,
            file == nil && target == nil && batch != nil && settled && outcome == nil,
            file != nil && target == nil && batch != nil && !settled && outcome == nil,
        ]
        guard !forms.contains(true) else { return }
        throw ValidationError(
            say(
                "应为 --target N --outcome …，或 --batch N --settled，或 文件 --batch N",
                "expected --target N --outcome …, or --batch N --settled, or FILE --batch N"))
    }

    func run() throws {
        guard let file else { return try record() }
        let report = FaultReport<ResultColumn>(tables, recording.ledger.path)
        try report.reporting([file]) { () throws(CommandFailure) in try record() }
    }

    private func record() throws(CommandFailure) {
        if target != nil {
            return try recording.record(
                .result,
                document.values.merging([
                    .target: target, .outcome: outcome, .reason: reason, .date: date,
                ]) { first, _ in first }
                .merging(agreed.values) { first, _ in first }, command: "result")
        }
        guard let batch else { return }
        let table = try file.map { path throws(CommandFailure) in
            try PeopleTable<ResultColumn>(path, sheet: tables.sheet)
        }
        var session = try Recording(recording, command: "result")
        guard case .batch(let entry) = session.ledger.fold.record(seq: batch)?.entry else {
            throw CommandFailure(
                .usage, zh: "--batch：第 \(batch) 条不是发放批次；请核对，见 relief register",
                en: "--batch: record \(batch) is no batch; check it, see relief register")
        }
        guard let table else { return try settle(batch, in: &session) }
        try record(table, batch: batch, period: entry.period, in: &session)
    }

    /// What is the same for every row.
    private var common: [EntryField: String] {
        var values: [EntryField: String] = [.kind: EntryKind.result.rawValue]
        for (field, text) in document.values.merging(agreed.values, uniquingKeysWith: { $1 }) {
            if let text { values[field] = text }
        }
        if let date { values[.date] = date }
        return values
    }

    private func settle(_ batch: Int, in session: inout Recording) throws(CommandFailure) {
        let sent = session.ledger.fold.book.payments(ofBatch: batch).filter { $0.state == .sent }
        guard !sent.isEmpty else {
            throw CommandFailure(
                .refused, zh: "批次 \(batch) 没有仍在银行的明细；没有记录任何内容",
                en: "no payment of batch \(batch) is with the bank; nothing was recorded",
                hint: Message(zh: "查看：relief show \(batch)", en: "see relief show \(batch)"))
        }
        var values = common
        values[.outcome] = Movement.Outcome.settled.word
        let drafts = sent.map { payment in
            EntryDraft(
                place: .options,
                values: values.merging([.target: "\(payment.seq)"]) { first, _ in first })
        }
        // A date that is wrong is wrong once, not for every payment.
        try PostingPlan([drafts[0]], on: session.ledger, header: try session.header())
            .requireReadable()
        try session.record(drafts)
    }

    private func record(
        _ table: PeopleTable<ResultColumn>, batch: Int, period: String,
        in session: inout Recording
    ) throws(CommandFailure) {
        let header: PostingHeader
        let sheet: ResultSheet
        if table.has(.idNumber) || table.has(.name) {
            // The digest of such a file stands in no ledger.
            guard
                var key = try PeriodKey(period, of: session.ledger, at: session.path).existing()
            else { preconditionFailure("ResultCommand: a used period has a key or is refused") }
            guard let id = PostingID(bytes: key.postingID(ofFile: table.digest)) else {
                preconditionFailure("ResultCommand: 16 bytes make an id")
            }
            header = try session.header(id: id)
            sheet = ResultSheet(table, batch: batch, in: session.ledger.fold, on: try today()) {
                key.pseudonym(of: $0)
            }
        } else {
            guard let id = PostingID(bytes: Array(table.digest.bytes.prefix(16))) else {
                preconditionFailure("ResultCommand: 16 bytes make an id")
            }
            header = try session.header(id: id, source: table.digest)
            sheet = ResultSheet(table, batch: batch, in: session.ledger.fold, on: try today()) {
                _ in nil
            }
        }
        if let posting = session.ledger.fold.posting(header.id) {
            let place = "\(posting.opened.seq)–\(posting.sealSeq ?? posting.opened.seq)"
            return Terminal.show(
                say(
                    "\(table.path)：已记入第 \(place) 条，本次没有重复记账\n",
                    "\(table.path): already recorded at seq \(place); nothing was recorded again\n"
                ))
        }
        let drafts = sheet.drafts(common, date: try today())
        let plan = PostingPlan(
            drafts, on: session.ledger, header: header, evidence: session.evidence)
        try plan.requireClean(besides: Complaint.joined(table.complaints, sheet.complaints))
        try session.commit(plan)
        let left = session.ledger.fold.book.payments(ofBatch: batch).filter { $0.state == .sent }
        Terminal.show(
            say(
                "  批次    第 \(batch) 条，仍在银行 \(left.count) 笔\n",
                "  batch        seq \(batch), \(left.count) payments still with the bank\n"))
    }

    private func today() throws(CommandFailure) -> CivilDate { try SystemClock.today() }
}

/// The columns of a bank's answers.
enum ResultColumn: String, TableColumn {
    case seq
    case idNumber = "id_number"
    case name, amount, outcome, reason, card, bank

    var chineseNames: [String] {
        switch self {
        case .seq: ["序号", "明细序号"]
        case .idNumber: ["身份证号", "身份证号码", "公民身份号码"]
        case .name: ["姓名", "户名"]
        case .amount: ["金额", "金额(元)"]
        case .outcome: ["结果", "代发结果"]
        case .reason: ["原因", "失败原因"]
        case .card: ["卡号", "银行卡号", "银行账号", "账号"]
        case .bank: ["开户行", "开户银行"]
        }
    }

    var content: ColumnContent {
        switch self {
        case .idNumber, .card: .digits
        case .amount: .amount
        default: .text
        }
    }

    var isRead: Bool { self != .name && self != .card && self != .bank }
}

/// A bank's answers, each brought to its payment.
struct ResultSheet {
    private let table: PeopleTable<ResultColumn>
    private var targets: [(row: PeopleTable<ResultColumn>.Row, target: Int)] = []
    /// Everything wrong with the rows so far.
    private(set) var complaints: [Complaint] = []

    init(
        _ table: PeopleTable<ResultColumn>, batch: Int, in journal: Journal, on today: CivilDate,
        pseudonym: (IdentityNumber) -> PayeeID?
    ) {
        self.table = table
        guard table.has(.seq) || table.has(.idNumber) else {
            complaints.append(
                Complaint(
                    zh: "\(table.path)：缺少列“序号”（seq）或“身份证号”（id_number）；请补上一列",
                    en: "\(table.path): neither a column seq nor id_number; add one"))
            return
        }
        var payees: [PayeeID: Int] = [:]
        var seqs: Set<Int> = []
        for payment in journal.book.payments(ofBatch: batch) {
            seqs.insert(payment.seq)
            if case .payment(let entry) = journal.record(seq: payment.seq)?.entry {
                payees[entry.payee] = payment.seq
            }
        }
        var lines: [Int: Int] = [:]
        for row in table.rows {
            let found =
                row.cells[.idNumber].map { self.target($0, row, payees, batch, today, pseudonym) }
                ?? self.target(row, seqs, batch)
            guard let target = found else { continue }
            if let first = lines[target] {
                complain(
                    row, table.has(.idNumber) ? .idNumber : .seq,
                    zh: "与第 \(first) 行是同一笔明细（第 \(target) 条），应只有一行；请删去一行",
                    en: "the same payment (record \(target)) as in line \(first), expected one "
                        + "row; remove one")
                continue
            }
            lines[target] = row.line
            targets.append((row, target))
        }
    }

    private mutating func complain(
        _ row: PeopleTable<ResultColumn>.Row, _ column: ResultColumn, zh: String, en: String
    ) {
        complaints.append(table.complaint(row.line, column, zh: zh, en: en))
    }

    private mutating func target(
        _ row: PeopleTable<ResultColumn>.Row, _ seqs: Set<Int>, _ batch: Int
    ) -> Int? {
        if let text = row.cells[.seq], let seq = Int(text), seqs.contains(seq) { return seq }
        complain(
            row, .seq, zh: "应为批次 \(batch) 的明细序号，实为空或其他内容；请核对，见 relief show \(batch)",
            en: "expected the seq of a payment of batch \(batch), found nothing or something else; "
                + "check it, see relief show \(batch)")
        return nil
    }

    private mutating func target(
        _ number: String, _ row: PeopleTable<ResultColumn>.Row, _ payees: [PayeeID: Int],
        _ batch: Int, _ today: CivilDate, _ pseudonym: (IdentityNumber) -> PayeeID?
    ) -> Int? {
        switch EnteredIdentity.read(number, notAfter: today) {
        case .failure(let problem):
            complain(row, .idNumber, zh: problem.message.zh, en: problem.message.en)
            return nil
        case .success(let identity):
            if let payee = pseudonym(identity), let seq = payees[payee] { return seq }
            complain(
                row, .idNumber, zh: "批次 \(batch) 没有此人（\(identity)）；请核对批次和号码",
                en: "batch \(batch) pays no such person (\(identity)); check batch and number")
            return nil
        }
    }

    /// The answers as entries.
    func drafts(_ common: [EntryField: String], date: CivilDate) -> [EntryDraft] {
        let columns: [(ResultColumn, EntryField)] = [
            (.outcome, .outcome), (.reason, .reason), (.amount, .amount),
        ]
        let headings = Dictionary(
            columns.map { ($1, table.heading($0)) }, uniquingKeysWith: { first, _ in first })
        let positions = Dictionary(
            columns.compactMap { column, field in table.position(column).map { (field, $0) } },
            uniquingKeysWith: { first, _ in first })
        let isWan = table.unit(.amount) == .wanYuan
        return targets.map { row, target in
            var values = common
            values[.target] = "\(target)"
            if values[.date] == nil { values[.date] = "\(date)" }
            for (column, field) in columns {
                guard let text = row.cells[column] else { continue }
                values[field == .amount && isWan ? .amountWan : field] = text
            }
            return EntryDraft(
                place: table.entryPlace(row), values: values, headings: headings,
                positions: positions)
        }
    }
}

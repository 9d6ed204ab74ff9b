// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel
import Spreadsheet

/// `relief post`: tables of entries, each file one posting.
struct Post: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "post", "导入表格，每个文件为一批。", "Import tables; each file is one posting.",
            discussion: (
                """
                .xlsx 或 CSV，有一行列名（中文或英文，模板见 relief template）：\(EntryField.allCases.map { $0.chineseNames.first ?? "" }.joined(separator: " "))。
                以 # 开头的行和空行不读。指标等引用可写序号、文号、row:行号或同文件的标签。
                一格多项以 ; 隔开，项目与金额以 = 相连，如 food=200000;clothing=50000。
                发放批次之下紧接它的发放明细，合计和笔数可留空；有身份证号的花名册用 relief pay。
                先检查所有文件的所有行，列出全部错误；有一处错误就什么都不记录。
                再次导入同一文件不会重复记账。
                """,
                """
                .xlsx or CSV with a row that names the columns (see relief template): \
                \(EntryField.allCases.map(\.rawValue).joined(separator: " ")), or their Chinese names.
                Lines that begin with # and empty lines are skipped. A grant or another reference \
                is a seq, a document number, row:LINE or a label of the same file.
                Several parts of a cell are joined by ; and an item and its amount by =, as in \
                food=200000;clothing=50000.
                A batch is followed by its payments; its total and count may be left empty. Rosters \
                with identity numbers are for relief pay.
                All rows of all files are checked first and every mistake is listed; with one \
                mistake nothing is recorded. Importing the same file again records nothing twice.
                """
            ))
    }

    @Argument(help: help("表格文件。", "The tables.", "file"))
    var files: [String]

    @Flag(help: help("只显示将会记录什么，不需要密钥。", "Only show what would be recorded; needs no key."))
    var dryRun = false

    @Option(
        help: help(
            "批号（32位十六进制）；默认取自文件内容。", "The posting's id, 32 hex digits; by default the file's.", "id"
        ))
    var id: String?

    @Option(help: help("整批的备注。", "A remark on the posting.", "text"))
    var postingMemo: String?

    @OptionGroup var tables: TableOptions
    @OptionGroup var recording: RecordingOptions

    func validate() throws {
        if !recording.evidence.evidence.isEmpty, files.count != 1 {
            throw ValidationError(
                say("--evidence 只能用于一个文件", "--evidence goes with one file only"))
        }
        if tables.errors != nil, files.count != 1 {
            throw ValidationError(
                say("--errors 只能用于一个文件", "--errors goes with one file only"))
        }
        guard let id else { return }
        guard files.count == 1 else {
            throw ValidationError(say("--id 只能用于一个文件", "--id goes with one file only"))
        }
        guard PostingID(id) != nil else {
            throw ValidationError(
                say("--id 应为32位小写十六进制，实为 \(id)", "--id must be 32 lower-case hex digits, not \(id)")
            )
        }
    }

    func run() throws {
        let report = FaultReport<EntryField>(tables, recording.ledger.path)
        try report.reporting(files) { () throws(CommandFailure) in try post() }
    }

    private func post() throws(CommandFailure) {
        var files: [PostingFile] = []
        var complaints: [Complaint] = []
        var status = ExitStatus.usage
        for path in self.files {
            do throws(CommandFailure) {
                files.append(try PostingFile(path, sheet: tables.sheet))
            } catch {
                complaints += error.complaints
                status = error.status
            }
        }
        guard complaints.isEmpty else { throw CommandFailure(status, complaints) }
        if dryRun {
            let open = try recording.ledger.open("post --dry-run")
            return try rehearse(files, on: open.ledger)
        }
        var session = try Recording(recording, command: "post")
        let fresh = try unrecorded(files, in: session.ledger)
        if fresh.count > 1,
            fresh.reduce(0, { $0 + $1.drafts.count }) <= LedgerLimits.postingEntryCount
        {
            // Every file's mistakes at once, before the first is recorded.
            let all = PostingPlan(
                fresh.flatMap(\.drafts), on: session.ledger, header: try session.header())
            try all.requireClean(besides: fresh.flatMap(\.complaints))
        }
        for file in fresh {
            let header = try session.header(
                id: postingID(file), memo: postingMemo, source: file.digest)
            let plan = PostingPlan(
                file.drafts, on: session.ledger, header: header, evidence: session.evidence)
            try plan.requireClean(besides: file.complaints)
            try session.commit(plan)
        }
    }

    private func postingID(_ file: PostingFile) -> PostingID {
        id.flatMap { PostingID($0) } ?? file.id
    }

    /// The files that the ledger does not hold yet; says of the others where they stand.
    private func unrecorded(
        _ files: [PostingFile], in ledger: VerifiedLedger<Journal>
    ) throws(CommandFailure) -> [PostingFile] {
        var fresh: [PostingFile] = []
        var conflicts: [Complaint] = []
        for file in files {
            if fresh.contains(where: { postingID($0) == postingID(file) }) { continue }
            guard let posting = ledger.fold.posting(postingID(file)) else {
                if file.drafts.isEmpty {
                    conflicts.append(
                        Complaint(
                            zh: "\(file.path)：表头之下没有记录，应至少一行；请补上",
                            en:
                                "\(file.path): no row below the header, expected at least one; add it"
                        ))
                }
                fresh.append(file)
                continue
            }
            let place = "\(posting.opened.seq)–\(posting.sealSeq ?? posting.opened.seq)"
            if posting.opened.header.source == file.digest {
                Terminal.show(
                    say(
                        "\(file.path)：已记入第 \(place) 条，本次没有重复记账\n",
                        "\(file.path): already recorded at seq \(place); nothing was recorded again\n"
                    ))
            } else {
                conflicts.append(
                    Complaint(
                        zh: "\(file.path)：批号 \(postingID(file)) 已用于第 \(place) 条，内容不同；请换一个 --id",
                        en:
                            "\(file.path): the id \(postingID(file)) belongs to seq \(place) with other "
                            + "content; choose another --id"))
            }
        }
        guard conflicts.isEmpty else { throw CommandFailure(.refused, conflicts) }
        return fresh
    }

    /// Shows what the files would record, sealed by the officer key of the widest unit.
    private func rehearse(
        _ files: [PostingFile], on ledger: VerifiedLedger<Journal>
    ) throws(CommandFailure) {
        let fresh = try unrecorded(files, in: ledger)
        if fresh.isEmpty { return }
        let plan = PostingPlan(
            fresh.flatMap(\.drafts), on: ledger,
            header: try Recording.rehearsalHeader(for: ledger))
        try plan.requireClean(besides: fresh.flatMap(\.complaints))
        for warning in plan.warnings { Terminal.complain(warning.text(Complaint.warning)) }
        var entries = EntryTable.table(plan.outcome, seqs: Set(plan.rows.map(\.seq)))
        entries.notes.append(
            Message(zh: "试算：没有记录任何内容", en: "Rehearsal: nothing was recorded"))
        if let note = ledger.natureNote { entries.notes.append(note) }
        Terminal.show(entries.terminalText(CommandLanguage.current) + "\n")
        let touched = Set(plan.rows.compactMap { plan.outcome.record(seq: $0.seq)?.grant })
        let balances = BalanceTable(
            book: plan.outcome.book, grants: touched, subtree: nil, unit: .yuan)
        Terminal.show(balances.table().terminalText(CommandLanguage.current))
    }
}

extension Journal.Record {
    /// The grant whose balance the entry is about.
    var grant: Int? { entry.movesMoney ? entry.grant(seq: seq) : nil }
}

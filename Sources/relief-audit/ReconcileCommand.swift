// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import Glibc
import LedgerFormat
import LedgerLog
import ReliefDisclosure
import ReliefReconciliation
import Spreadsheet

/// `relief-audit reconcile`: a ledger against what others keep or state.
struct ReconcileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: say(
            "对账：账账、账表、账银、账证。",
            "Reconcile a ledger with another ledger, a report, bank statements, evidence files."),
        discussion: say(
            "只核对完整无损的账本。退出码：0 能核对的都相符；1 有不符；2 账本被改动或损坏；3 无法完成；64 用法错误。",
            "Only intact ledgers are reconciled. Exit codes: 0 all that could be compared agrees; "
                + "1 differences; 2 broken ledger; 3 could not complete; 64 usage."),
        subcommands: [
            ReconcileLedgers.self, ReconcileStatement.self, ReconcileBank.self,
            ReconcileVouchers.self,
        ])
}

/// How a reconciliation is printed.
struct ReconcileOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Option(help: help("报告格式。", "Form of the report."))
    var format = Format.text

    @Option(
        help: help(
            "另存为 .xlsx（不覆盖已有文件）。", "Also write the comparisons as .xlsx, a new file.", "file"))
    var xlsx: String?

    @OptionGroup var language: LanguageOptions

    func validate() throws {
        guard let xlsx, !xlsx.lowercased().hasSuffix(".xlsx") else { return }
        throw ValidationError(
            say("--xlsx 应为 .xlsx 文件，实为 \(xlsx)", "--xlsx must be an .xlsx file, not \(xlsx)"))
    }

    /// Prints the report and ends with its exit code.
    func finish(_ report: ReconciliationReport?) throws {
        guard let report else {
            Complaint.write(
                Message(zh: "账本没有任何一批记录，未作核对", en: "the ledger has no posting: nothing reconciled"))
            throw ExitCode(3)
        }
        let language = CommandLanguage.current
        if let xlsx {
            do throws(WorkbookError) {
                try report.workbook(language).write(to: xlsx)
            } catch {
                Complaint.write(
                    Message(
                        zh: "\(xlsx)：无法写入：\(error.message.zh)",
                        en: "\(xlsx): cannot be written: \(error.message.en)"))
                throw ExitCode(3)
            }
        }
        switch format {
        case .text: Terminal.show(report.text(language))
        case .json: Terminal.show(report.json(language))
        }
        if report.exitCode != 0 { throw ExitCode(report.exitCode) }
    }
}

/// `relief-audit reconcile statement`: 账表相符.
struct ReconcileStatement: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: say(
            "账表核对：报告所载数字与账本、与报告自身。",
            "Compare a report's stated figures with the ledger and with each other."),
        discussion: say(
            """
            文件（.xlsx 或 CSV）每行一个数字：编号、数值、单位、关系、账中口径、名称、原文（列名见 Ledgers/README.md）。
            关系如 a + b、a - b、a / b、<= a、>= a + b；账中口径如 granted(source=central)、spent()。
            数值留空表示报告没有写明；“约”“余”等约数照录，不作核对。
            """,
            """
            The file (.xlsx or CSV) has one figure in each row: id, value, unit, formula, ledger, name_zh, \
            name_en, quote (see Ledgers/README.md). A formula is such as a + b, a - b, a / b, <= a, \
            >= a + b; ledger such as granted(source=central), spent(). An empty value says that the \
            report does not state it; inexact words are copied and not compared.
            """))

    @Argument(help: help("账本文件 ledger.jsonl 或其目录。", "The ledger, or its folder.", "ledger"))
    var ledger: String

    @Argument(help: help("报告数字表（.xlsx 或 CSV）。", "The table of figures.", "file"))
    var file: String

    @OptionGroup var options: ReconcileOptions

    func run() throws {
        let verified = try Reconcile.verified(ledger)
        let bytes = try InputFile.read(file)
        let table = try InputFile.table(bytes, file)
        let sha256 = try InputFile.sha256(bytes)
        let statement = try Reconcile.checked { () throws(ReconciliationFileError) in
            try StatementFile(table, name: InputFile.name(file), sha256: sha256)
        }
        try options.finish(StatementReconciliation.report(verified, statement))
    }
}

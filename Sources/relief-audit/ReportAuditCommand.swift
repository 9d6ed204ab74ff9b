// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import ReliefAudit
import ReliefExamination

/// `relief-audit report audit`: everything that one verification found, as one page.
struct ReportAuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: say(
            "审计报告：一个网页文件，可离线打开、打印。", "The audit report: one page that opens offline and prints."),
        discussion: say(
            """
            网页不含脚本，不访问网络；A4 打印。电子表格和数据文件含同样的表。已有的文件不覆盖。
            账本损坏时也出报告，写明损坏之处和仍可信的范围。退出码与 relief-verify 相同。
            """,
            """
            The page has no script and asks nothing of the network; it prints on A4. The workbook and \
            the data file hold the same tables. No file is written over another.
            A broken ledger yields a report as well: what is broken, and what can still be trusted. \
            Exit codes as of relief-verify.
            """))

    @OptionGroup var verification: ReportedLedgerOptions

    @Option(help: help("写入此网页文件（.html）。", "Write the page to this file (.html).", "file"))
    var out: String

    @Option(help: help("另存电子表格（.xlsx）。", "Write the tables as a workbook (.xlsx) too.", "file"))
    var xlsx: String?

    @Option(help: help("另存数据文件（.json）。", "Write the tables as JSON too.", "file"))
    var json: String?

    @OptionGroup var language: LanguageOptions

    func run() throws {
        let examination = try verification.examination()
        let document = AuditDocument(
            examination, language: CommandLanguage.current, path: verification.ledger)
        var files = ReportFiles()
        files.add(out, document.html())
        try files.add(xlsx, document.workbook())
        files.add(json, document.json())
        try files.write()
        Terminal.show(examination.report.verdict.said + "\n")
        throw ExitCode(examination.report.exitCode)
    }
}

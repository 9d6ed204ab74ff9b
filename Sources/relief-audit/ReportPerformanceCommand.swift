// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefDisclosure
import ReliefExamination
import ReliefModel
import Spreadsheet

/// `relief-audit report performance`: the tables of a yearly self-evaluation.
struct ReportPerformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "performance",
        abstract: say(
            "绩效自评：一个预算年度的全部表格。", "Performance: the tables of a budget year's self-evaluation."),
        discussion: say(
            """
            账本里有的照账填写；没有的（目标值、分值、满意度、项目清单）留空并标明，不代为编造。
            --programmes 给出部门的项目清单（.xlsx 或 CSV，列为 类别、序号、项目、金额（万元）、备注）。
            不写输出文件时，以 Markdown 列在标准输出。账本损坏时不出表（退出码 2）。
            """,
            """
            What the ledger holds is filled in; what it does not (targets, weights, satisfaction, the \
            list of programmes) is left open and marked, never made up.
            --programmes takes the office's list (.xlsx or CSV: section, no, name, amount (10,000 yuan), \
            note). Without an output file the tables go to standard output as Markdown. A broken ledger \
            yields none (exit code 2).
            """))

    @OptionGroup var verification: ReportedLedgerOptions

    @Option(help: help("预算年度。", "The budget year.", "year"))
    var year: Int

    @Option(help: help("只看此单位及其下级：代码。", "This unit and those below only, by code.", "code"))
    var unit: String?

    @Option(
        help: help("部门的项目清单（.xlsx、CSV）。", "The office's list of programmes (.xlsx, CSV).", "file"))
    var programmes: String?

    @Option(help: help("写入网页文件（.html）。", "Write a page (.html).", "file"))
    var html: String?

    @Option(help: help("写入电子表格（.xlsx）。", "Write a workbook (.xlsx).", "file"))
    var xlsx: String?

    @Option(help: help("写入 Markdown 文件（.md）。", "Write Markdown (.md).", "file"))
    var markdown: String?

    @OptionGroup var language: LanguageOptions

    func validate() throws {
        if let unit, UnitID(unit) == nil {
            throw ValidationError(
                say(
                    "--unit 应为 12 位统计用区划代码或 x- 编号，实为 \(unit)",
                    "--unit must be a 12-digit division code or an x- id, not \(unit)"))
        }
        guard CivilDate.years.contains(year) else {
            throw ValidationError(
                say("--year 应为四位年份，实为 \(year)", "--year must be a year such as 2023, not \(year)"))
        }
    }

    func run() throws {
        let examination = try verification.examination()
        let report = try report(examination)
        var files = ReportFiles()
        files.add(html, report.html())
        try files.add(xlsx, report.workbook())
        files.add(markdown, report.markdown())
        try files.write()
        if html == nil, xlsx == nil, markdown == nil { Terminal.show(report.markdown()) }
        throw ExitCode(examination.report.exitCode)
    }

    private func report(_ examination: Examination) throws -> PerformanceReport {
        let chosen = unit.flatMap { UnitID($0) }
        if let chosen, examination.history.book.unit(chosen) == nil {
            throw ValidationError(
                say(
                    "--unit：账上没有单位 \(chosen)，请核对代码",
                    "--unit: the ledger has no unit \(chosen); check the code"))
        }
        let list = try programmes.map(Self.programmeFile)
        let drawn: PerformanceReport?
        do throws(LedgerReadError) {
            drawn = try PerformanceReport(
                examination, year: year, unit: chosen, programmes: list,
                language: CommandLanguage.current)
        } catch {
            throw Complaint.unreadable(error)
        }
        guard let report = drawn else {
            Terminal.complain(
                say("relief-audit: 错误：", "relief-audit: error: ")
                    + examination.report.verdict.said
                    + say(
                        "\nrelief-audit: 提示：先用 relief-audit report audit 查看损坏之处\n",
                        "\nrelief-audit: hint: see what is broken with relief-audit report audit\n")
            )
            throw ExitCode(2)
        }
        guard !report.isEmpty else {
            let years = Set(examination.history.book.grants.map(\.terms.year)).sorted()
                .map(String.init).joined(separator: say("、", ", "))
            throw ValidationError(
                say(
                    "--year：账上没有 \(year) 预算年度的指标；有的年度：\(years.isEmpty ? "无" : years)",
                    "--year: the ledger has no grant of \(year); it has \(years.isEmpty ? "none" : years)"
                ))
        }
        return report
    }

    /// Reads the office's list; ends the run with everything that is wrong with it.
    private static func programmeFile(_ path: String) throws -> ProgrammeFile {
        let file = try InputFile.table(InputFile.read(path), path)
        do throws(ProgrammeFile.Failure) {
            return try ProgrammeFile(file)
        } catch {
            for message in error.messages {
                Complaint.write(
                    Message(zh: "\(path)：\(message.zh)", en: "\(path): \(message.en)"))
            }
        }
        throw ExitCode(64)
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import ReliefDisclosure
import Spreadsheet

/// `relief template`: an empty table to fill in.
struct TemplateCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "template", "生成可填写的空表（.xlsx 或 .csv）。",
            "Write an empty table to fill in, .xlsx or .csv.",
            discussion: (
                "各表：\(Template.all.map { "\($0.name) \($0.title.zh)" }.joined(separator: "、"))。"
                    + "填好后直接导入；.xlsx 附“填写说明”和下拉选项。",
                "Tables: \(Template.all.map { "\($0.name) (\($0.title.en))" }.joined(separator: ", ")). "
                    + "Filled in, they are imported as they are; the .xlsx explains its columns and "
                    + "offers lists of values."
            ))
    }

    @Argument(help: help("表的名称，见 --list。", "Which table, see --list.", "name"))
    var name: String?

    @Option(
        help: help(
            "写入的文件（.xlsx 或 .csv，不覆盖）；默认为 名称.xlsx。",
            "The file, .xlsx or .csv, never over another; by default NAME.xlsx.", "file"))
    var out: String?

    @Flag(help: help("列出各表及其用途。", "List the tables and what they are for."))
    var list = false

    @OptionGroup var language: LanguageOptions

    func validate() throws {
        if list { return }
        let names = Template.all.map(\.name).joined(separator: " ")
        guard let name, Template.all.contains(where: { $0.name == name }) else {
            throw ValidationError(
                say(
                    "表的名称应为 \(names) 之一，实为 \(name ?? "空")",
                    "the table must be one of \(names), not \(name ?? "nothing")"))
        }
        guard let out else { return }
        let suffix = out.lowercased()
        guard suffix.hasSuffix(".xlsx") || suffix.hasSuffix(".csv") else {
            throw ValidationError(
                say(
                    "--out 应以 .xlsx 或 .csv 结尾，实为 \(out)",
                    "--out must end in .xlsx or .csv, not \(out)")
            )
        }
    }

    func run() throws {
        if list { return Terminal.show(Self.list.terminalText(CommandLanguage.current)) }
        guard let template = Template.all.first(where: { $0.name == name }) else { return }
        let path = out ?? template.name + ".xlsx"
        let language = CommandLanguage.current
        if path.lowercased().hasSuffix(".csv") {
            try InputFile.create(path, template.csv(language))
        } else {
            let workbook = template.workbook(language, created: try SystemClock.now())
            do throws(WorkbookError) {
                try workbook.write(to: path, isPrivate: false)
            } catch {
                throw CommandFailure(.incomplete, zh: error.message.zh, en: error.message.en)
            }
        }
        Terminal.show(
            say(
                "\(path)：\(template.title.zh)，\(template.columns.count) 列；填好后 \(template.use.zh)\n",
                "\(path): \(template.title.en), \(template.columns.count) columns; then "
                    + "\(template.use.en)\n"))
    }

    private static var list: Table {
        var table = Table(
            title: Message(zh: "表格模板", en: "Templates"),
            columns: [
                Table.Column(Message(zh: "名称", en: "name")),
                Table.Column(Message(zh: "表", en: "table")),
                Table.Column(Message(zh: "用途", en: "for")),
                Table.Column(Message(zh: "列", en: "columns")),
            ])
        for template in Template.all {
            table.add([
                .text(template.name), .text(template.title.said), .text(template.use.said),
                .text("\(template.columns.count)"),
            ])
        }
        return table
    }
}

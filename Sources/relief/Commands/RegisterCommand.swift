// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure

/// `relief register`: the 台账.
struct RegisterCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "register", "台账：每笔资金一行。", "The register (台账): one row per movement of money.",
            discussion: (
                "终端表格略去各行都空的列；CSV 含全部列，以 UTF-8（带 BOM）写出，可用 Excel 或 WPS 打开。",
                "On the terminal, columns that are empty in every row are left out; the CSV has them "
                    + "all, in UTF-8 with a mark that Excel and WPS recognise."
            ))
    }

    @Option(
        help: help(
            "写入此 CSV 文件（不覆盖）；- 为标准输出。",
            "Write this CSV file, never over another; - for standard output.", "file"))
    var csv: String?

    @Option(help: help("只看涉及此单位及其下级的。", "Only what concerns this unit and those below.", "unit"))
    var unit: String?

    @Option(help: help("业务日期自此日起。", "From this business date.", "date"))
    var from: String?

    @Option(help: help("业务日期至此日止。", "Up to this business date.", "date"))
    var to: String?

    @OptionGroup var ledger: LedgerOptions

    func validate() throws {
        for (name, text) in [("--from", from), ("--to", to)] {
            guard let text, CivilDate(text) == nil else { continue }
            throw ValidationError(
                say(
                    "\(name) 应为 年-月-日，实为 \(text)",
                    "\(name) must be a date such as 2022-02-03, not \(text)"))
        }
    }

    func run() throws {
        let open = try ledger.open("register", folding: BookHistory())
        let verified = open.ledger
        let selection = Selection(verified.fold.book)
        let subtree = try unit.map { text throws(CommandFailure) in try selection.unit(text) }
        let full = try BookShelf.register(
            verified, scope: BookScope(unit: subtree, in: verified.fold.book),
            from: from.flatMap { CivilDate($0) }, to: to.flatMap { CivilDate($0) })
        guard let csv else {
            var (table, dropped) = full.droppingEmptyColumns()
            if let note = Table.note(ofDropped: dropped), !full.rows.isEmpty {
                table.notes.append(note)
            }
            if let note = verified.natureNote { table.notes.append(note) }
            return Terminal.show(
                (full.rows.isEmpty ? full : table).terminalText(CommandLanguage.current))
        }
        if csv == "-" { return Terminal.show(full.csv(CommandLanguage.current)) }
        try InputFile.create(csv, full.csv(CommandLanguage.current, byteOrderMark: true))
        Terminal.show(say("\(csv)：\(full.rows.count) 行\n", "\(csv): \(full.rows.count) rows\n"))
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefAudit
import ReliefDisclosure
import ReliefModel

/// `relief disclose`: what a unit publishes of its money, as tables and data.
struct DiscloseCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "disclose", "导出一个单位（含下级）的公开资料。",
            "Write what a unit and those below it publish of their money.",
            discussion: (
                """
                在 --out 目录写入四个文件（从不覆盖）：movements.csv 收支明细、grants.csv 各项指标的来源与去向、\
                statement.csv 合计（含大写）、来源文件、账本性质和封条信息、disclosure.json 全部数据。
                明细各行与各列的合计互相勾稽，并与账面余额一致。不含农户姓名、证件号和逐户明细。
                """,
                """
                Writes four files into --out, never over others: movements.csv, grants.csv (where each \
                grant's money came from and is), statement.csv (totals, also in capitals, source \
                documents, nature, seal line) and disclosure.json, which holds all of it.
                Rows and columns cross-foot and agree with the books. No names, identity numbers or \
                single households are in it.
                """
            ))
    }

    @Option(help: help("单位代码或名称。", "The unit, by code or name.", "unit"))
    var unit: String

    @Option(help: help("写入的目录；没有则建立。", "Folder to write into; made where missing.", "folder"))
    var out: String

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        // The names of units are in the ledger, so a name takes one reading more than a code.
        var id = UnitID(unit)
        if id == nil {
            let named = try ledger.open("disclose")
            id = try Selection(named.ledger).unit(unit)
        }
        guard let id else { return }
        let open = try ledger.open("disclose", folding: UnitHistory(of: id))
        guard open.ledger.fold.audit.book.unit(id) != nil else {
            throw CommandFailure(
                .usage, zh: "--unit：\(id) 未登记，应为账本中的单位；见 relief unit list",
                en:
                    "--unit: \(id) is not declared, expected a unit of the ledger; see relief unit list"
            )
        }
        let language = CommandLanguage.current
        guard let disclosure = try Self.disclosure(open.ledger, language) else {
            throw CommandFailure(
                .incomplete, zh: "账本还没有封存的记录，没有可公开的内容",
                en: "the ledger has no sealed posting: there is nothing to disclose")
        }
        let files = disclosure.files(language)
        try InputFile.createAll(files, in: out)
        for file in files { Terminal.show("\(out)/\(file.name)\n") }
        Terminal.show(disclosure.statement.terminalText(language))
    }

    private static func disclosure(
        _ ledger: VerifiedLedger<UnitHistory>, _ language: Language
    ) throws(CommandFailure) -> Disclosure? {
        do throws(LedgerReadError) {
            return try Disclosure(ledger, language: language)
        } catch {
            throw CommandFailure(
                .incomplete, zh: "\(error.path)：\(error.call) 失败（errno \(error.code)）",
                en: "\(error.path): \(error.call) failed (errno \(error.code))")
        }
    }
}

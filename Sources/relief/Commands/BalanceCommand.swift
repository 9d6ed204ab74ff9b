// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel

/// `relief balance`: what each unit holds of each grant.
struct BalanceCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "balance", "余额：单位（树形）× 指标。", "Balances: the tree of units by grants.")
    }

    @Option(help: help("只看一笔指标：序号或唯一的文号。", "One grant only, by seq or document number.", "grant"))
    var grant: String?

    @Option(help: help("只看此单位及其下级。", "This unit and those below only.", "unit"))
    var unit: String?

    @Flag(help: help("以万元列示。", "In 10,000 yuan."))
    var wan = false

    @Flag(help: help("输出 CSV。", "As CSV."))
    var csv = false

    @Option(help: help("截至此条记录。", "As of this record.", "seq"))
    var asOfSeq: Int?

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let open = try ledger.open("balance", through: asOfSeq)
        let verified = open.ledger
        if let asOfSeq, !(0..<verified.size).contains(asOfSeq) {
            throw CommandFailure(
                .usage, zh: "--as-of-seq：第 \(asOfSeq) 条不存在，应为 0 至 \(verified.size - 1)",
                en: "--as-of-seq: no record \(asOfSeq), expected 0 to \(verified.size - 1)")
        }
        let selection = Selection(verified)
        let grants = try grant.map { text throws(CommandFailure) in [try selection.grant(text)] }
        let subtree = try unit.map { text throws(CommandFailure) in try selection.unit(text) }
        let book = verified.fold.book
        var table = BalanceTable(
            book: book, grants: Set(grants ?? book.grants.map(\.seq)), subtree: subtree,
            unit: wan ? .wanYuan : .yuan
        ).table(asRows: csv)
        table.notes.append(
            asOfSeq.map { Message(zh: "截至第 \($0) 条", en: "As of record \($0)") }
                ?? Message(
                    zh: "截至第 \(verified.size - 1) 条", en: "As of record \(verified.size - 1)"))
        if let note = verified.natureNote { table.notes.append(note) }
        guard csv else {
            return Terminal.show(table.terminalText(CommandLanguage.current))
        }
        Terminal.show(table.csv(CommandLanguage.current))
        if let note = verified.natureNote {
            Terminal.complain(Complaint(note).text(Complaint.notice))
        }
    }
}

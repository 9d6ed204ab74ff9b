// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel

/// `relief list`: the entries of one kind with their numbers, for whoever has to cite one.
struct ListCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "list", "按种类列出记录和序号：方案、花名册、公示、异议、集体研究、批次等。",
            "List the entries of a kind with their numbers: plans, rosters, notices, decisions …")
    }

    @Argument(
        help: help(
            "记录种类，如 plan roster notice objection decision batch，或其中文名。",
            "A kind, such as plan roster notice objection decision batch.", "kind"))
    var kind: String

    @Option(help: help("只列此单位及其下级的。", "Only of this unit and those below.", "unit"))
    var unit: String?

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let open = try ledger.open("list")
        guard
            let kind = EntryKind.allCases.first(where: {
                $0.rawValue == kind || $0.title.zh == kind
            })
        else {
            let kinds = EntryKind.allCases
            throw CommandFailure(
                .usage,
                zh: "“\(kind)”不是记录种类，应为 "
                    + kinds.map { "\($0.title.zh) \($0.rawValue)" }.joined(separator: "、") + " 之一",
                en: "“\(kind)” is no kind, expected one of "
                    + kinds.map(\.rawValue).joined(separator: ", "))
        }
        let within = try unit.map { text throws(CommandFailure) in
            try Selection(open.ledger).unit(text, option: "--unit")
        }
        let records = open.ledger.fold.records.filter { record in
            record.entry.kind == kind
                && within.map { within in record.entry.unit.map { within.contains($0) } ?? false }
                    ?? true
        }
        var table = EntryTable.table(
            open.ledger.fold, seqs: Set(records.map(\.seq)), title: kind.title)
        if let note = open.ledger.natureNote { table.notes.append(note) }
        Terminal.show(table.terminalText(CommandLanguage.current))
    }
}

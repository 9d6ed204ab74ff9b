// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel
import ReliefRoster

/// `relief roster`: the lists of households, which stay in the county's private folder.
struct RosterCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "roster", "救助花名册：导入、评审、入账、发放、核对、销毁。",
            "Lists of households: import, advance, record, pay, check, erase.",
            discussion: (
                """
                农户数据加密存于账本目录的 private/roster/，从不进入账本；账本只记户数、人数、金额和根值。\
                密钥在 private/roster-keys/，与名册库分开保管，两者都要备份。工作结束后用 relief roster erase 销毁。
                """,
                """
                Household data stay encrypted in private/roster/ of the ledger's folder and never enter \
                the ledger, which gets totals and a root. Their keys lie apart in private/roster-keys/; \
                back up both, and destroy them with relief roster erase when the work ends.
                """
            ),
            subcommands: [
                ImportRoster.self, ListRosters.self, ShowRoster.self, AdvanceRoster.self,
                RecordRoster.self, PayRoster.self, CardsOfRoster.self, CheckRoster.self,
                ExportRoster.self,
                EraseRoster.self,
            ])
    }
}

/// Which list.
struct RosterArgument: ParsableArguments {
    @Argument(
        help: help(
            "名册编号，见 relief roster list。", "The list's number, see relief roster list.", "list"))
    var list: Int64
}

/// `relief roster list`.
struct ListRosters: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration("list", "列出全部名册。", "Show every list.")
    }

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let open = try ledger.open("roster list")
        let roster = try PrivateRoster(of: open.ledger, at: open.path)
        let lists = try withRosterErrors { () throws(RosterError) in try roster.store.lists() }
        var table = Table(
            title: Message(zh: "救助花名册", en: "Lists of households"),
            columns: [
                Table.Column(Message(zh: "编号", en: "list"), .count),
                Table.Column(Message(zh: "单位", en: "unit")),
                Table.Column(Message(zh: "指标", en: "grant"), .seq),
                Table.Column(Message(zh: "项目", en: "item")),
                Table.Column(Message(zh: "期间", en: "period")),
                Table.Column(Message(zh: "阶段", en: "stage")),
                Table.Column(Message(zh: "日期", en: "date"), .date),
                Table.Column(Message(zh: "户数", en: "households"), .count),
                Table.Column(Message(zh: "人数", en: "persons"), .count),
                Table.Column(Message(zh: "金额", en: "amount"), .money),
                Table.Column(Message(zh: "入账", en: "recorded"), .seq),
                Table.Column(Message(zh: "状态", en: "state")),
            ])
        for list in lists {
            let subject = list.subject
            table.add([
                .count(Int(list.id)),
                .text(open.ledger.fold.book.unit(subject.unit)?.name ?? "\(subject.unit)"),
                .seq(subject.grant), .text(subject.item), .text(subject.season.text),
                .text(list.stage.name.said), .date(list.date), .count(list.count),
                .count(list.persons), .money(Money(fen: list.amount)),
                list.seq.map(Table.Cell.seq) ?? .empty, .text(Self.state(list)),
            ])
        }
        if let note = open.ledger.natureNote { table.notes.append(note) }
        Terminal.show(table.terminalText(CommandLanguage.current))
    }

    private static func state(_ list: RosterList) -> String {
        if let erasure = list.erasure {
            return say("\(erasure.date) 已销毁", "erased on \(erasure.date)")
        }
        if let next = list.replacedBy {
            return say("由 \(next) 号取代", "replaced by \(next)")
        }
        return say("现行", "in force")
    }
}

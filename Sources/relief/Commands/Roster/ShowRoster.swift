// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel
import ReliefRoster

/// The rows of a list as a table, in clear or masked.
enum HouseholdTable {
    static func table(
        _ list: RosterList, _ rows: [RosterRow], on ledger: VerifiedLedger<Journal>,
        masked: Bool, withSalts: Bool = false
    ) -> Table {
        var columns = [
            Table.Column(Message(zh: "序号", en: "ordinal"), .count),
            Table.Column(Message(zh: "村", en: "village")),
            Table.Column(Message(zh: "组", en: "group")),
            Table.Column(Message(zh: "户主姓名", en: "name")),
            Table.Column(Message(zh: "身份证号", en: "id_number")),
            Table.Column(Message(zh: "联系方式", en: "phone")),
            Table.Column(Message(zh: "家庭类型", en: "category")),
            Table.Column(Message(zh: "家庭人口", en: "size"), .count),
            Table.Column(Message(zh: "家庭住址", en: "address")),
            Table.Column(Message(zh: "人数", en: "persons"), .count),
            Table.Column(Message(zh: "金额", en: "amount"), .money),
            Table.Column(Message(zh: "物资折款", en: "goods"), .money),
            Table.Column(Message(zh: "发放形式", en: "form")),
            Table.Column(Message(zh: "开户行", en: "bank")),
            Table.Column(Message(zh: "银行卡号", en: "card")),
            Table.Column(Message(zh: "救助原因", en: "reason")),
        ]
        if withSalts {
            columns.append(Table.Column(Message(zh: "盐", en: "salt")))
            columns.append(Table.Column(Message(zh: "证件盐", en: "identity_salt")))
        }
        var table = Table(
            title: Message(
                zh: "\(list.id) 号名册，\(list.subject.season)，\(list.stage.name.zh)，\(list.date)",
                en: "List \(list.id), \(list.subject.season), \(list.stage.name.en), \(list.date)"),
            columns: columns)
        for row in rows {
            let salts: [Table.Cell] = [
                .text(HexText.encode(row.salt)), .text(HexText.encode(row.identitySalt)),
            ]
            table.add(cells(row, on: ledger, masked) + (withSalts ? salts : []))
        }
        return table
    }

    private static func cells(
        _ row: RosterRow, on ledger: VerifiedLedger<Journal>, _ masked: Bool
    ) -> [Table.Cell] {
        let household = row.household
        let hidden = { (text: String?) in
            Table.Cell(masked ? text.map { _ in "***" } : text)
        }
        let card = household.card.map { card in
            masked
                ? card.description : String(decoding: card.clearDigitsForPayment, as: UTF8.self)
        }
        let identity =
            masked
            ? household.identity.description
            : String(decoding: household.identity.clearDigitsForPseudonym, as: UTF8.self)
        return [
            .count(row.ordinal),
            .text(ledger.fold.book.unit(household.unit)?.name ?? household.unit.description),
            Table.Cell(household.group),
            .text(masked ? household.name.prefix(1) + "**" : household.name), .text(identity),
            hidden(household.phone), Table.Cell(household.category),
            household.size.map(Table.Cell.count) ?? .empty, hidden(household.address),
            .count(household.persons), .money(Money(fen: household.amount)),
            household.goods.map { .money(Money(fen: $0)) } ?? .empty, Table.Cell(household.form),
            Table.Cell(household.bank), Table.Cell(card), hidden(household.reason),
        ]
    }
}

/// `relief roster show`.
struct ShowRoster: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "show", "查看一份名册；姓名、证件号、卡号、电话、住址默认隐去。",
            "Show a list; names, numbers and addresses are hidden unless asked for.")
    }

    @OptionGroup var which: RosterArgument

    @Flag(help: help("显示完整信息；屏幕和记录请注意保密。", "Show everything; mind who sees the screen."))
    var reveal = false

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let open = try ledger.open("roster show")
        let roster = try PrivateRoster(of: open.ledger, at: open.path)
        let list = try roster.list(which.list)
        let rows = try roster.rows(of: list)
        var (table, _) = HouseholdTable.table(list, rows, on: open.ledger, masked: !reveal)
            .droppingEmptyColumns()
        table.addTotal(say("合计", "total"))
        var key = try roster.key(of: list.subject.season)
        let removals = try withRosterErrors { () throws(RosterError) in
            try roster.store.removals(of: list, key: &key)
        }
        for (former, reason) in removals.sorted(by: { $0.key < $1.key }) {
            let reason = reveal ? reason : PersonalDataScan.masked(reason)
            table.notes.append(
                Message(
                    zh: "未列入：原名册第 \(former) 行，\(reason)",
                    en: "left out: row \(former) of the former list, \(reason)"))
        }
        if let note = open.ledger.natureNote { table.notes.append(note) }
        Terminal.show(table.terminalText(CommandLanguage.current))
    }
}

/// `relief roster export`.
struct ExportRoster: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "export", "导出一份名册的全部农户数据（CSV，仅本人可读）。",
            "Write all household data of a list to a CSV file that only its owner may read.",
            discussion: (
                "含每行的盐，凭以核对根值（Ledgers/FORMAT.md §5.2）。导出的文件不受 relief roster erase 管辖，用毕自行销毁。",
                "With the salts of every row, by which the root is checked (Ledgers/FORMAT.md §5.2). "
                    + "relief roster erase does not reach the file: destroy it after use."
            ))
    }

    @OptionGroup var which: RosterArgument

    @Option(help: help("写入的文件；从不覆盖。", "The file to write; never over another.", "file"))
    var out: String

    @Flag(help: help("确认导出完整的个人信息。", "Yes, write personal data in full."))
    var reveal = false

    @OptionGroup var ledger: LedgerOptions

    func validate() throws {
        guard !reveal else { return }
        throw ValidationError(
            say(
                "导出的是完整的个人信息，须加 --reveal 确认",
                "this writes personal data in full; confirm it with --reveal"))
    }

    func run() throws {
        let open = try ledger.open("roster export")
        let roster = try PrivateRoster(of: open.ledger, at: open.path)
        let list = try roster.list(which.list)
        let rows = try roster.rows(of: list)
        let table = HouseholdTable.table(
            list, rows, on: open.ledger, masked: false, withSalts: true)
        try PersonalFile.create(
            out, Array(table.csv(CommandLanguage.current, byteOrderMark: true).utf8),
            outside: open.path)
        Terminal.show(
            say(
                "\(out)：\(rows.count) 户；仅本人可读，用毕请销毁\n",
                "\(out): \(rows.count) households; yours alone to read, destroy it after use\n"))
    }
}

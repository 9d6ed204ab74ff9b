// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefModel
import ReliefRoster
import Spreadsheet

/// `relief roster cards`: other cards for households that the bank could not pay.
struct CardsOfRoster: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "cards", "更正名册中的卡号；不改变名册的根值，也不记账。",
            "Correct the cards of a list; its root stays, and nothing is recorded.",
            discussion: (
                """
                表格列有 序号 或 身份证号、卡号，可有 开户行。银行退回的先在这里更正卡号，再用 relief reissue \
                重发，然后重新导出银行文件。
                """,
                """
                The file has the columns ordinal or id_number, card and, if wanted, bank. What the bank \
                sent back is corrected here, sent again with relief reissue, and exported anew.
                """
            ))
    }

    @OptionGroup var which: RosterArgument

    @Argument(help: help("更正的卡号。", "The corrected cards.", "file"))
    var file: String

    @OptionGroup var tables: TableOptions
    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let open = try ledger.open("roster cards")
        let report = FaultReport<HouseholdColumn>(tables, open.path)
        try report.reporting([file]) { () throws(CommandFailure) in
            try correct(PrivateRoster(of: open.ledger, at: open.path))
        }
    }

    private func correct(_ roster: PrivateRoster) throws(CommandFailure) {
        let list = try roster.current(which.list)
        let rows = try roster.rows(of: list)
        let cards = try cards(for: rows)
        var key = try roster.key(of: list.subject.season)
        try withRosterErrors { () throws(RosterError) in
            try roster.store.replaceCards(of: list, with: cards, key: &key)
        }
        Terminal.show(
            say(
                "\(list.id) 号名册：更正了 \(cards.count) 户的卡号\n",
                "list \(list.id): the cards of \(cards.count) households were corrected\n"))
    }

    private func cards(for rows: [RosterRow]) throws(CommandFailure) -> [Int: PaymentCard] {
        let table = try PeopleTable<HouseholdColumn>(
            file, sheet: tables.sheet, required: [.card])
        let ordinals = Dictionary(
            rows.map { ($0.household.identity, $0.ordinal) },
            uniquingKeysWith: { first, _ in first })
        let today = try SystemClock.today()
        var complaints: [Complaint] = []
        var cards: [Int: PaymentCard] = [:]
        for row in table.rows {
            var ordinal: Int?
            if let text = row.cells[.ordinal] {
                ordinal = Int(text).flatMap { (1...rows.count).contains($0) ? $0 : nil }
            } else if case .success(let identity) = EnteredIdentity.read(
                row.cells[.idNumber] ?? "", notAfter: today)
            {
                ordinal = ordinals[identity]
            }
            let card = try? CardNumber(entered: row.cells[.card] ?? "")
            if ordinal == nil {
                complaints.append(
                    table.complaint(
                        row.number, table.has(.ordinal) ? .ordinal : .idNumber,
                        zh: "名册里没有这一户，应为 1 至 \(rows.count) 的序号，或名册里的身份证号；请核对",
                        en:
                            "no household of the list, expected an ordinal from 1 to \(rows.count) or "
                            + "an identity number that it has; check it"))
            }
            if card == nil {
                complaints.append(
                    table.complaint(
                        row.number, .card, zh: "不是卡号，应为 16 至 19 位数字且校验位正确；请核对",
                        en: "no card number, expected 16 to 19 digits with the right check digit; "
                            + "check it"))
            }
            guard let ordinal, let card else { continue }
            let new = PaymentCard(number: card, bank: row.cells[.bank])
            if cards.updateValue(new, forKey: ordinal) != nil {
                complaints.append(
                    table.complaint(
                        row.number, .card, zh: "此户在前面已有一行，应只有一行；请删去一行",
                        en: "a second row for the household, expected one; remove one"))
            }
        }
        complaints = Complaint.joined(table.complaints, complaints)
        guard complaints.isEmpty else { throw CommandFailure(.usage, complaints) }
        return cards
    }
}

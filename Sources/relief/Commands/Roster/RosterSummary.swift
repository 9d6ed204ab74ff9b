// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefDisclosure
import ReliefModel
import ReliefRoster

/// What a list comes to, village by village and for the priority groups; nothing of single
/// households.
enum RosterSummary {
    private struct Sum {
        var households = 0
        var persons = 0
        var amount = MoneyTotal()

        mutating func add(_ household: Household) {
            households += 1
            persons += household.persons
            amount.add(Money(fen: household.amount))
        }
    }

    static func table(
        _ title: Message, _ households: [Household], on ledger: VerifiedLedger<Journal>
    ) -> Table {
        var table = Table(
            title: title,
            columns: [
                Table.Column(Message(zh: "村", en: "village")),
                Table.Column(Message(zh: "户数", en: "households"), .count),
                Table.Column(Message(zh: "人数", en: "persons"), .count),
                Table.Column(Message(zh: "金额", en: "amount"), .money),
            ])
        var villages: [UnitID: Sum] = [:]
        var groups: [PriorityGroup: Sum] = [:]
        var whole = Sum()
        for household in households {
            villages[household.unit, default: Sum()].add(household)
            whole.add(household)
            for group in household.priorities { groups[group, default: Sum()].add(household) }
        }
        for (unit, sum) in villages.sorted(by: { $0.key < $1.key }) {
            let name = ledger.fold.book.unit(unit)?.name ?? unit.description
            table.add([.text(name), .count(sum.households), .count(sum.persons), .sum(sum.amount)])
        }
        if villages.count > 1 {
            table.add([
                .text(say("合计", "total")), .count(whole.households), .count(whole.persons),
                .sum(whole.amount),
            ])
        }
        for group in PriorityGroup.allCases {
            guard let sum = groups[group] else { continue }
            let amount = sum.amount.text(in: .yuan)
            table.notes.append(
                Message(
                    zh: "其中\(group.name.zh)：\(sum.households) 户 \(sum.persons) 人 \(amount) 元",
                    en: "Of them \(group.name.en): \(sum.households) households, \(sum.persons) "
                        + "persons, \(amount) yuan"))
        }
        if let note = ledger.natureNote { table.notes.append(note) }
        return table
    }

    /// What a list is, and what to do next.
    static func receipt(_ list: RosterList) -> String {
        say(
            "  名册    \(list.id) 号，\(list.stage.name.zh)，\(list.count) 户 \(list.persons) 人\n"
                + "  根值    \(Base64Text.encode(list.root.bytes))\n"
                + "  下一步  relief roster record \(list.id)（记入账本），或 relief roster advance \(list.id)\n",
            "  list     \(list.id), \(list.stage.name.en), \(list.count) households, "
                + "\(list.persons) persons\n"
                + "  root     \(Base64Text.encode(list.root.bytes))\n"
                + "  next     relief roster record \(list.id), or relief roster advance \(list.id)\n"
        )
    }
}

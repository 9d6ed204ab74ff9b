// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefDisclosure
internal import ReliefModel

/// The programmes with their shares, and whether their stated totals are their sums.
struct ProgrammeTables {
    let file: ProgrammeFile?
    let language: Language

    private static let missing = Message(
        zh: "没有给出项目清单（--programmes 文件）：账本只记救灾资金，部门的全部项目从账上看不出来，本表缺。",
        en:
            "No list of programmes was given (--programmes FILE): the ledger holds relief money, and "
            + "says nothing of the office's other programmes; this table is missing.")

    func shares() -> Table {
        var table = Table(
            title: Message(zh: "项目支出构成", en: "Programmes and their shares"),
            columns: [
                Table.Column(Message(zh: "类别", en: "section")),
                Table.Column(Message(zh: "序号", en: "no")),
                Table.Column(Message(zh: "项目", en: "programme")),
                Table.Column(Message(zh: "金额", en: "amount"), .money),
                Table.Column(Message(zh: "占本类比例", en: "share of section"), .percent),
                Table.Column(Message(zh: "备注", en: "note")),
            ], moneyUnit: file?.unit ?? .yuan)
        guard let file else {
            table.notes = [Self.missing]
            return table
        }
        for section in file.sections {
            for item in section.items {
                table.add([
                    Table.Cell(section.name), Table.Cell(item.number), .text(item.name),
                    .money(Money(fen: item.amount)),
                    Percentage(Int128(item.amount), of: section.sum).map(Table.Cell.percent)
                        ?? .empty, Table.Cell(item.note),
                ])
            }
        }
        return table
    }

    func crossFoot() -> Table {
        var table = Table(
            title: Message(zh: "项目合计核对", en: "Stated totals against the sums"),
            columns: [
                Table.Column(Message(zh: "类别", en: "section")),
                Table.Column(Message(zh: "项数", en: "items"), .count),
                Table.Column(Message(zh: "各项之和", en: "sum of items"), .money),
                Table.Column(Message(zh: "所列合计", en: "stated total"), .money),
                Table.Column(Message(zh: "相差", en: "difference"), .money),
                Table.Column(Message(zh: "结论", en: "result")),
            ], moneyUnit: file?.unit ?? .yuan)
        guard let file else {
            table.notes = [Self.missing]
            return table
        }
        for section in file.sections where !section.items.isEmpty {
            let difference = section.stated.map { section.sum - Int128($0) }
            table.add([
                Table.Cell(section.name), .count(section.items.count), .fen(section.sum),
                section.stated.map { .money(Money(fen: $0)) } ?? .empty,
                difference.map(Table.Cell.fen) ?? .empty, .text(result(difference)),
            ])
        }
        return table
    }

    private func result(_ difference: Int128?) -> String {
        switch difference {
        case nil: language.say("没有所列合计，无从核对", "no stated total to check against")
        case 0: language.say("相符", "agrees")
        default:
            language.say(
                "不符；从这些数字看不出哪一个有误，请查原始凭证",
                "differs; these figures do not tell which one is wrong: look at the vouchers")
        }
    }
}

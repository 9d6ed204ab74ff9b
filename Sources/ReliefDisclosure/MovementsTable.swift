// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefAudit
internal import ReliefModel

/// Every movement of a unit's money: what, why, how much, and what it changed.
struct MovementsTable {
    let history: UnitHistory
    /// The papers and reasons of the entries, by seq.
    let texts: [Int: MovementText]
    let language: Language

    private var book: FundBook { history.audit.book }

    func table() -> Table {
        var table = Table(
            title: Message(zh: "救灾资金收支明细", en: "Relief money: every movement"),
            columns: [
                Table.Column(Message(zh: "序号", en: "seq"), .seq),
                Table.Column(Message(zh: "至", en: "to seq"), .seq),
                Table.Column(Message(zh: "业务日期", en: "date"), .date),
                Table.Column(Message(zh: "种类", en: "kind")),
                Table.Column(Message(zh: "单位", en: "unit")),
                Table.Column(Message(zh: "对方单位", en: "other unit")),
                Table.Column(Message(zh: "指标号", en: "grant"), .seq),
                Table.Column(Message(zh: "上级文号", en: "source document")),
                Table.Column(Message(zh: "用途", en: "purpose")),
                Table.Column(Message(zh: "支出项目", en: "item")),
                Table.Column(Message(zh: "收款单位", en: "payee")),
                Table.Column(Message(zh: "对应记录", en: "target"), .seq),
                Table.Column(Message(zh: "文号", en: "document")),
                Table.Column(Message(zh: "说明", en: "reason")),
                Table.Column(Message(zh: "户（笔）数", en: "households"), .count),
                Table.Column(Message(zh: "人数", en: "persons"), .count),
                Table.Column(Message(zh: "金额", en: "amount"), .money),
            ]
                + Bucket.allCases.map { bucket in
                    Table.Column(
                        Message(zh: "\(bucket.title.zh)增减", en: "\(bucket.title.en) +/−"), .money)
                } + [Table.Column(Message(zh: "净收入", en: "net in"), .money)])
        for row in history.rows { table.add(cells(row)) }
        let width = table.columns.count
        table.addTotal(
            Message(zh: "合计", en: "total").text(language),
            summing: Set(width - Bucket.allCases.count - 1..<width))
        return table
    }

    private func cells(_ row: UnitHistory.Row) -> [Table.Cell] {
        let terms = book.grant(seq: row.grant)?.terms
        let text = texts[row.seq]
        let kind = row.outcome?.title ?? row.kind.title
        let identity: [Table.Cell] = [
            .seq(row.seq), row.lastSeq == row.seq ? .empty : .seq(row.lastSeq), .date(row.date),
            .text(kind.text(language)), .text(name(row.unit)), Table.Cell(row.other.map(name)),
            .seq(row.grant), Table.Cell(terms?.document.number),
        ]
        let what: [Table.Cell] = [
            Table.Cell(terms.map { purpose($0.purpose) }), Table.Cell(row.item.map(item)),
            Table.Cell(row.payee?.description), row.target.map(Table.Cell.seq) ?? .empty,
            Table.Cell(text?.document?.number), Table.Cell(text?.reason ?? text?.memo),
            row.count > 0 ? .count(row.count) : .empty,
            row.persons > 0 ? .count(row.persons) : .empty,
        ]
        let money = [row.amount] + row.changes + [row.net]
        return identity + what + money.map(Table.Cell.fen)
    }

    private func name(_ unit: UnitID) -> String { book.unit(unit)?.name ?? unit.description }

    private func purpose(_ code: String) -> String {
        let name = book.policy?.policy.purposeName(code) ?? Policy.standingPurposeName(code)
        return name.map { "\(code) \($0.text(language))" } ?? code
    }

    private func item(_ code: String) -> String {
        book.policy?.policy.item(code)?.name.text(language) ?? code
    }
}

extension Table.Cell {
    /// Fen as an amount, or as a sum where that leaves the range.
    public static func fen(_ fen: Int128) -> Table.Cell {
        .money(Money(fen: Int64(clamping: fen)))
    }
}

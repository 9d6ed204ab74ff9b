// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefDisclosure
import ReliefModel

/// Entries as a short table: what, who, to whom, how much, when.
enum EntryTable {
    static func table(_ journal: Journal, seqs: Set<Int>) -> Table {
        var table = Table(
            title: Message(zh: "拟记录", en: "To be recorded"),
            columns: [
                Table.Column(Message(zh: "序号", en: "seq"), .seq),
                Table.Column(Message(zh: "种类", en: "kind")),
                Table.Column(Message(zh: "单位", en: "unit")),
                Table.Column(Message(zh: "对方", en: "other unit")),
                Table.Column(Message(zh: "指标", en: "grant"), .seq),
                Table.Column(Message(zh: "金额", en: "amount"), .money),
                Table.Column(Message(zh: "业务日期", en: "date"), .date),
                Table.Column(Message(zh: "文号", en: "document")),
                Table.Column(Message(zh: "说明", en: "text")),
            ])
        for record in journal.records where seqs.contains(record.seq) {
            table.add(row(record, journal.book))
        }
        return table
    }

    private static func row(_ record: Journal.Record, _ book: FundBook) -> [Table.Cell] {
        let text = record.text
        let head: [Table.Cell] = [.seq(record.seq), .text(record.entry.kind.title.said)]
        let tail: [Table.Cell] = [Table.Cell(text.document?.number), Table.Cell(text.memo)]
        switch record.entry {
        case .movement(let movement):
            return head + [
                .text(book.name(movement.unit)), Table.Cell(movement.other.map { book.name($0) }),
                .seq(movement.grant), .money(Money(fen: movement.amount)), .date(movement.date),
            ] + tail
        case .grant(let terms):
            return head + [
                .text(book.name(terms.unit)), .empty, .seq(record.seq),
                .money(Money(fen: terms.amount)), .date(terms.date),
                Table.Cell(terms.document.number), .text(terms.title),
            ]
        case .event(let event):
            return head + [
                .text(book.name(event.unit)), .empty, .empty, .empty, .date(event.date),
                Table.Cell(event.document?.number), .text(event.name),
            ]
        case .unit(let unit):
            return head + [
                .text(book.name(unit.unit)), .text(book.name(unit.parent)), .empty, .empty, .empty,
            ] + tail
        case .amend(let amendment):
            return head + [
                .text(say("第 \(amendment.target) 条", "seq \(amendment.target)")), .empty, .empty,
                .empty, .empty, Table.Cell(amendment.changes.document?.number),
                .text(amendment.reason),
            ]
        case .policy:
            return head + [.empty, .empty, .empty, .empty, .empty] + tail
        case .payment, .plan, .decision, .override, .batch, .expense, .irregular:
            return head + [
                Table.Cell(record.entry.unit.map { book.name($0) }), .empty,
                record.entry.grant(seq: record.seq).map { .seq($0) } ?? .empty,
                record.entry.amount.map { .money(Money(fen: $0)) } ?? .empty,
                record.entry.date.map { .date($0) } ?? .empty,
            ] + tail
        }
    }
}

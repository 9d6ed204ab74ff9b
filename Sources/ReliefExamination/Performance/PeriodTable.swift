// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefDisclosure
internal import ReliefModel

/// Entries about the year's money whose own dates, or whose papers' dates, lie outside the year.
enum PeriodTable {
    static func table(
        _ history: BookHistory, scope: BookScope, year: Int, language: Language
    ) -> Table {
        var table = Table(
            title: Message(zh: "期间核对：日期不在 \(year) 年的记录", en: "Period: dates outside \(year)"),
            columns: [
                Table.Column(Message(zh: "记录", en: "seq"), .seq),
                Table.Column(Message(zh: "种类", en: "kind")),
                Table.Column(Message(zh: "单位", en: "unit")),
                Table.Column(Message(zh: "指标号", en: "grant"), .seq),
                Table.Column(Message(zh: "哪个日期", en: "which date")),
                Table.Column(Message(zh: "日期", en: "date"), .date),
                Table.Column(Message(zh: "文号", en: "document")),
                Table.Column(Message(zh: "金额", en: "amount"), .money),
            ])
        var count = 0
        for record in history.records {
            guard let grant = record.grant, scope.shows(grant: grant), let unit = record.entry.unit,
                scope.shows(unit)
            else { continue }
            count += 1
            let document = record.entry.document
            let dates = [
                (language.say("业务日期", "business date"), record.entry.date),
                (
                    language.say("文件日期", "document date"),
                    document?.date ?? record.movement?.document?.date
                ),
            ]
            for (name, date) in dates {
                guard let date, date.year != year else { continue }
                table.add([
                    .seq(record.seq), .text(record.entry.kind.title.text(language)),
                    .text(history.book.plainName(unit)), .seq(grant), .text(name), .date(date),
                    Table.Cell(document?.number),
                    record.entry.amount.map { .money(Money(fen: $0)) } ?? .empty,
                ])
            }
        }
        table.notes = [
            Message(
                zh: "查了 \(year) 预算年度指标的 \(count) 条记录（发放明细随批次）。在此列出的须说明理由，例如上年末提前下达、次年结清。",
                en: "\(count) records about grants of \(year) were looked at (payments with their "
                    + "batch). What is listed here asks for a reason, such as a grant issued ahead at "
                    + "the end of the year before, or settled in the next.")
        ]
        return table
    }
}

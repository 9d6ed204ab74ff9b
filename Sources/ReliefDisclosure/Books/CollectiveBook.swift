// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import ReliefModel

/// Every expense and batch that reaches the policy's threshold for a collective decision (集体研究),
/// with its meeting, or with the word that there is none.
public enum CollectiveBook {
    /// The book as a table, by the policy in force when each entry was recorded.
    public static func table(
        _ history: BookHistory, scope: BookScope, language: Language
    ) -> Table {
        let book = history.book
        var table = Table(
            title: Message(zh: "达到集体研究限额的支出", en: "Spending that needs a collective decision"),
            columns: columns)
        var hasThreshold = false
        for record in history.records {
            guard let spending = record.spending, scope.shows(grant: spending.grant),
                scope.shows(spending.unit),
                let threshold = book.policy(inForceAt: record.seq)?.threshold(.collective)
            else { continue }
            hasThreshold = true
            guard
                threshold.applies(
                    to: Money(fen: spending.amount),
                    of: record.entry.kind == .batch ? .batch : .expense)
            else { continue }
            table.add(row(record, spending, book, language))
        }
        table.addTotal(Message(zh: "合计", en: "total").text(language))
        for (seq, policy) in book.policies {
            guard let threshold = policy.threshold(.collective) else { continue }
            let amount = threshold.amount.text()
            table.notes.append(
                Message(
                    zh: "限额（第 \(seq) 条政策）：\(threshold.isInclusive ? "不低于" : "超过") \(amount) 元，"
                        + "\(threshold.citation)",
                    en: "Threshold (policy, record \(seq)): "
                        + "\(threshold.isInclusive ? "from" : "above") \(amount) yuan, "
                        + threshold.citation))
        }
        if !hasThreshold, table.notes.isEmpty {
            table.notes.append(
                Message(
                    zh: "账本的政策没有集体研究限额，本表不适用。",
                    en: "The ledger's policy sets no threshold: this book does not apply."))
        }
        return table
    }

    private static let columns: [Table.Column] = [
        Table.Column(Message(zh: "序号", en: "seq"), .seq),
        Table.Column(Message(zh: "业务日期", en: "date"), .date),
        Table.Column(Message(zh: "种类", en: "kind")),
        Table.Column(Message(zh: "单位", en: "unit")),
        Table.Column(Message(zh: "指标号", en: "grant"), .seq),
        Table.Column(Message(zh: "支出项目", en: "item")),
        Table.Column(Message(zh: "收款方", en: "payee")),
        Table.Column(Message(zh: "金额", en: "amount"), .money),
        Table.Column(Message(zh: "研究记录", en: "decision"), .seq),
        Table.Column(Message(zh: "会议", en: "meeting")),
        Table.Column(Message(zh: "会议日期", en: "held"), .date),
        Table.Column(Message(zh: "到会人员", en: "attendees")),
        Table.Column(Message(zh: "回避", en: "recused")),
        Table.Column(Message(zh: "纪要摘要", en: "minutes SHA-256")),
    ]

    private static func row(
        _ record: BookHistory.Record, _ spending: Spending, _ book: FundBook, _ language: Language
    ) -> [Table.Cell] {
        let payee: String? =
            if case .batch(let batch) = record.entry {
                Message(zh: "\(batch.count) 笔", en: "\(batch.count) payments").text(language)
            } else {
                record.payee?.description
            }
        let head: [Table.Cell] = [
            .seq(record.seq), .date(spending.date),
            .text(record.entry.kind.title.text(language)),
            .text(book.plainName(spending.unit)), .seq(spending.grant),
            .text(book.itemName(spending.item, language)), Table.Cell(payee),
            .money(Money(fen: spending.amount)),
        ]
        guard let decision = spending.decision.flatMap({ book.decision(seq: $0) }) else {
            return head + [
                .empty, .text(Message(zh: "无", en: "none").text(language)), .empty, .empty,
                .empty, .empty,
            ]
        }
        let mark = Message(zh: "、", en: ", ").text(language)
        let entry = decision.entry
        return head + [
            .seq(decision.seq), .text(entry.meeting), .date(entry.date),
            .text(entry.attendees.map(\.text).joined(separator: mark)),
            entry.recused.isEmpty
                ? .empty : .text(entry.recused.map(\.text).joined(separator: mark)),
            .text(entry.minutes),
        ]
    }
}

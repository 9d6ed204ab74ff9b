// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import ReliefModel

/// What was sent to households, for each unit that paid it and each grant: batches, households,
/// persons, and where the money is.
public enum VillageBook {
    private struct Figures {
        var batchCount = 0
        var count = 0
        var persons = 0
        /// Fen by ``PaymentState`` raw value.
        var states = [Int128](repeating: 0, count: PaymentState.allCases.count)
        var amount: Int128 = 0
    }

    /// The book as a table.
    ///
    /// - Precondition: The payments of each row come to its batches; those under way and those that
    ///   wait come to what the unit has promised.
    public static func table(
        _ history: BookHistory, scope: BookScope, language: Language
    ) -> Table {
        let book = history.book
        var rows: [ExecutionBook.Key: Figures] = [:]
        for record in history.records {
            guard case .batch(let batch) = record.entry, scope.shows(batch.spending.unit),
                scope.shows(grant: batch.spending.grant)
            else { continue }
            let key = ExecutionBook.Key(unit: batch.spending.unit, grant: batch.spending.grant)
            var figures = rows[key] ?? Figures()
            figures.batchCount += 1
            figures.count += batch.count
            figures.persons += record.persons
            figures.amount += Int128(batch.spending.amount)
            for payment in book.payments(ofBatch: record.seq) {
                figures.states[Int(payment.state.rawValue)] += Int128(payment.amount)
            }
            rows[key] = figures
        }
        var table = Table(
            title: Message(zh: "分单位发放汇总表", en: "Payments to households, by unit"),
            columns: columns)
        for (key, figures) in rows.sorted(by: {
            ($0.key.unit, $0.key.grant) < ($1.key.unit, $1.key.grant)
        }) {
            requireCrossFooting(key, figures, book)
            table.add(
                [
                    .text(book.plainName(key.unit)), .text(key.unit.description),
                    .seq(key.grant), Table.Cell(book.grant(seq: key.grant)?.terms.title),
                    .count(figures.batchCount), .count(figures.count), .count(figures.persons),
                    .fen(figures.amount),
                ] + order.map { .fen(figures.states[Int($0.rawValue)]) })
        }
        table.addTotal(
            Message(zh: "合计", en: "total").text(language), summing: Set(4..<columns.count))
        return table
    }

    private static let order: [PaymentState] = [.settled, .sent, .failed, .cancelled]

    private static let columns: [Table.Column] = [
        Table.Column(Message(zh: "单位", en: "unit")),
        Table.Column(Message(zh: "代码", en: "code")),
        Table.Column(Message(zh: "指标号", en: "grant"), .seq),
        Table.Column(Message(zh: "指标名称", en: "title")),
        Table.Column(Message(zh: "批次数", en: "batches"), .count),
        Table.Column(Message(zh: "户（笔）数", en: "payments"), .count),
        Table.Column(Message(zh: "人数", en: "persons"), .count),
        Table.Column(Message(zh: "发放金额", en: "sent"), .money),
        Table.Column(Message(zh: "其中：已到账", en: "settled"), .money),
        Table.Column(Message(zh: "在银行", en: "sent"), .money),
        Table.Column(Message(zh: "待处理", en: "failed"), .money),
        Table.Column(Message(zh: "已取消", en: "cancelled"), .money),
    ]

    private static func requireCrossFooting(
        _ key: ExecutionBook.Key, _ figures: Figures, _ book: FundBook
    ) {
        precondition(
            figures.states.reduce(0, +) == figures.amount,
            "VillageBook: the payments of grant \(key.grant) at \(key.unit) do not add up")
        let promised = book.account(grant: key.grant, unit: key.unit)?[.committed] ?? 0
        precondition(
            figures.states[Int(PaymentState.sent.rawValue)]
                + figures.states[Int(PaymentState.failed.rawValue)] == Int128(promised),
            "VillageBook: grant \(key.grant) at \(key.unit) does not agree with the balance")
    }
}

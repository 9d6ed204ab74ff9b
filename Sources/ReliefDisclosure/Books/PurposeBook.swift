// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import ReliefModel

/// What the money was used for: for each purpose and item, what is promised, expended, and owed back.
///
/// Every movement is put down to the item of the spending that it answers or undoes, so that the
/// columns come to the balances by construction; the book holds to that.
public enum PurposeBook {
    private struct Key: Hashable, Comparable {
        let purpose: String
        let item: String

        static func < (left: Key, right: Key) -> Bool {
            (left.purpose, left.item) < (right.purpose, right.item)
        }
    }

    private struct Figures {
        var entryCount = 0
        /// Fen by ``Bucket`` raw value.
        var buckets = [Int128](repeating: 0, count: Bucket.allCases.count)
    }

    private static let shown: [Bucket] = [.committed, .expended, .recoverable]

    /// The book as a table.
    ///
    /// - Precondition: Each column's sum is the balance of its bucket.
    public static func table(
        _ history: BookHistory, scope: BookScope, language: Language
    ) -> Table {
        let book = history.book
        var rows: [Key: Figures] = [:]
        for record in history.records {
            guard let grant = record.grant, scope.shows(grant: grant),
                let amount = record.entry.amount,
                let purpose = book.grant(seq: grant)?.terms.purpose
            else { continue }
            let ends = [(record.from, -Int128(amount)), (record.to, Int128(amount))]
            for (place, change) in ends {
                guard let place, place.bucket != .available, scope.shows(place.unit) else {
                    continue
                }
                let item = item(of: record, history) ?? ""
                rows[Key(purpose: purpose, item: item), default: Figures()]
                    .buckets[place.bucket.rawValue] += change
            }
            if let spending = record.spending, scope.shows(spending.unit) {
                rows[Key(purpose: purpose, item: spending.item), default: Figures()].entryCount += 1
            }
        }
        requireCrossFooting(rows, book, scope)
        return table(rows, book, language)
    }

    private static func table(
        _ rows: [Key: Figures], _ book: FundBook, _ language: Language
    ) -> Table {
        var table = Table(
            title: Message(zh: "分用途、分项目支出汇总表", en: "Spending by purpose and item"),
            columns: [
                Table.Column(Message(zh: "资金用途", en: "purpose")),
                Table.Column(Message(zh: "支出项目", en: "item")),
                Table.Column(Message(zh: "笔（批）数", en: "entries"), .count),
            ] + shown.map { Table.Column($0.title, .money) }
                + [Table.Column(Message(zh: "金额", en: "amount"), .money)],
            notes: [
                Message(
                    zh: "已冲正、取消、追回的金额不再计入；“未列项目”为补录的违规支出。",
                    en: "What was reversed, cancelled or recovered no longer counts; “no item” is "
                        + "money that left irregularly.")
            ])
        let none = Message(zh: "未列项目", en: "no item").text(language)
        for (key, figures) in rows.sorted(by: { $0.key < $1.key }) {
            let amounts = shown.map { figures.buckets[$0.rawValue] }
            guard figures.entryCount > 0 || amounts.contains(where: { $0 != 0 }) else { continue }
            table.add(
                [
                    .text(book.purposeText(key.purpose, language)),
                    .text(key.item.isEmpty ? none : book.itemName(key.item, language)),
                    .count(figures.entryCount),
                ] + (amounts + [amounts.reduce(0, +)]).map(Table.Cell.fen))
        }
        table.addTotal(Message(zh: "合计", en: "total").text(language), summing: Set(2..<7))
        return table
    }

    /// What a movement was for: its own item, or that of what it answers or undoes.
    private static func item(of record: BookHistory.Record, _ history: BookHistory) -> String? {
        var next: BookHistory.Record? = record
        // A reversal of a recovery of a recoverable of a payment is the longest way there is.
        for _ in 0..<5 {
            guard let current = next else { return nil }
            if let spending = current.spending { return spending.item }
            guard let target = current.movement?.target else { return nil }
            next = history.record(seq: history.book.payment(seq: target)?.batch ?? target)
        }
        return nil
    }

    private static func requireCrossFooting(
        _ rows: [Key: Figures], _ book: FundBook, _ scope: BookScope
    ) {
        for bucket in shown {
            let booked = book.accounts.filter { scope.shows($0, in: book) }
                .reduce(Int128(0)) { $0 + Int128($1[bucket]) }
            let listed = rows.values.reduce(Int128(0)) { $0 + $1.buckets[bucket.rawValue] }
            precondition(
                booked == listed, "PurposeBook: \(bucket.title.en) does not cross-foot")
        }
    }
}

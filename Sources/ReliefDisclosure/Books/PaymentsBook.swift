// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
internal import ReliefModel

/// The payments of one batch, by pseudonym: who they are is in nobody's ledger.
public enum PaymentsBook {
    /// The book as a table; nil where the record is no batch.
    ///
    /// - Throws: When the payments cannot be read again.
    /// - Precondition: The payments come to the batch.
    public static func table(
        _ ledger: VerifiedLedger<BookHistory>, batch seq: Int, language: Language
    ) throws(LedgerReadError) -> Table? {
        let book = ledger.fold.book
        guard case .batch(let batch)? = ledger.fold.record(seq: seq)?.entry else { return nil }
        let payments = book.payments(ofBatch: seq)
        let lines = try ledger.records(Set(payments.map(\.seq)))
        let spending = batch.spending
        let unit = book.plainName(spending.unit)
        let item = book.itemName(spending.item, language)
        var table = Table(
            title: Message(
                zh: "发放明细（第 \(seq) 条批次）：\(unit)，\(item)，\(batch.period)",
                en: "Payments of batch \(seq): \(unit), \(item), \(batch.period)"),
            columns: [
                Table.Column(Message(zh: "序号", en: "seq"), .seq),
                Table.Column(Message(zh: "户编号", en: "household")),
                Table.Column(Message(zh: "人数", en: "persons"), .count),
                Table.Column(Message(zh: "金额", en: "amount"), .money),
                Table.Column(Message(zh: "状态", en: "state")),
                Table.Column(Message(zh: "取消记录", en: "cancelled by"), .seq),
            ],
            notes: [
                Message(
                    zh: "户编号为假名，账本中没有姓名、证件号和卡号。",
                    en:
                        "Households are pseudonyms; the ledger holds no names or numbers of persons."
                )
            ])
        for payment in payments {
            let value = lines[payment.seq].flatMap { try? CanonicalJSON.parse($0) }
            let persons = value?["persons"].flatMap { json -> Int? in
                if case .integer(let count) = json { Int(count) } else { nil }
            }
            table.add([
                .seq(payment.seq), Table.Cell(value?["payee"]?.string),
                persons.map(Table.Cell.count) ?? .empty, .money(Money(fen: payment.amount)),
                .text(payment.state.title.text(language)),
                payment.cancelledBy.map(Table.Cell.seq) ?? .empty,
            ])
        }
        precondition(
            payments.reduce(Int128(0)) { $0 + Int128($1.amount) } == Int128(spending.amount),
            "PaymentsBook: batch \(seq) does not add up")
        table.addTotal(Message(zh: "合计", en: "total").text(language), summing: [2, 3])
        return table
    }
}

extension PaymentState {
    /// What people call it.
    var title: Message {
        switch self {
        case .sent: Message(zh: "在银行", en: "sent")
        case .settled: Message(zh: "已到账", en: "settled")
        case .failed: Message(zh: "待处理", en: "failed")
        case .cancelled: Message(zh: "已取消", en: "cancelled")
        }
    }
}

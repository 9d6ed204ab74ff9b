// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefDisclosure
internal import ReliefModel

/// One voucher that may be drawn.
struct Voucher: Sendable, Equatable {
    let seq: Int
    let kind: VoucherKind
    let unit: UnitID
    let grant: Int
    let item: String
    let date: CivilDate
    /// Fen, above 0, as recorded: what was reversed or cancelled later is still a voucher.
    let amount: Int64
    /// The batch of a payment, by seq.
    let batch: Int?

    /// Every voucher of some kinds, in the order of recording.
    static func all(_ kinds: [VoucherKind], in history: BookHistory) -> [Voucher] {
        var vouchers: [Voucher] = []
        for record in history.records {
            switch record.entry {
            case .expense(let expense) where kinds.contains(.expense):
                vouchers.append(Voucher(record.seq, .expense, expense.spending))
            case .batch(let batch):
                if kinds.contains(.batch) {
                    vouchers.append(Voucher(record.seq, .batch, batch.spending))
                }
                guard kinds.contains(.payment) else { continue }
                for payment in history.book.payments(ofBatch: record.seq) {
                    vouchers.append(Voucher(payment, of: batch.spending))
                }
            default: continue
            }
        }
        return vouchers
    }

    private init(_ seq: Int, _ kind: VoucherKind, _ spending: Spending) {
        self.seq = seq
        self.kind = kind
        unit = spending.unit
        grant = spending.grant
        item = spending.item
        date = spending.date
        amount = spending.amount
        batch = nil
    }

    private init(_ payment: PaymentPosition, of spending: Spending) {
        seq = payment.seq
        kind = .payment
        unit = payment.unit
        grant = payment.grant
        item = spending.item
        date = spending.date
        amount = payment.amount
        batch = payment.batch
    }

    /// The decimal digits of the amount in fen.
    var digitCount: Int { String(amount).utf8.count }
}

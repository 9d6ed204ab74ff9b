// SPDX-License-Identifier: Apache-2.0

internal import ReliefDisclosure
internal import ReliefModel

/// Sums of fen as people read them.
enum Fen {
    /// Yuan with two decimals and thousands separators.
    static func text(_ fen: Int128) -> String { total(fen).text() }

    /// A cell of a column of money.
    static func cell(_ fen: Int128) -> ReconciliationTable.Cell { .plain(.sum(total(fen))) }

    private static func total(_ fen: Int128) -> MoneyTotal {
        // Sums of at most as many amounts as a ledger has entries; the parts fit Int64.
        var total = MoneyTotal()
        var rest = fen
        while rest != 0 {
            let part = Int64(clamping: rest)
            total.add(Money(fen: part))
            rest -= Int128(part)
        }
        return total
    }
}

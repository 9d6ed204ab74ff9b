// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// Whose money is published, and of which days.
public struct OpenDataScope: Sendable {
    /// The unit, with those in it.
    public let unit: UnitID
    /// First business day; nil for the ledger's first.
    public let from: CivilDate?
    /// Last business day; nil for the ledger's last.
    public let until: CivilDate?
    /// Payments that are published in sum and not singly, by seq.
    public let withheld: Set<Int>

    /// Names what is published.
    public init(
        unit: UnitID, from: CivilDate? = nil, until: CivilDate? = nil, withheld: Set<Int> = []
    ) {
        self.unit = unit
        self.from = from
        self.until = until
        self.withheld = withheld
    }

    /// Whether it takes in all days, so that its sums are the book's.
    var isWhole: Bool { from == nil && until == nil }

    func shows(_ date: CivilDate) -> Bool {
        if let from, date < from { return false }
        if let until, date > until { return false }
        return true
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// One batch as the book has it: what became of its payments.
public struct BatchPosition: Sendable, Equatable {
    /// The record.
    public let seq: Int
    /// The unit that pays.
    public let unit: UnitID
    /// The grant it is paid from, by seq.
    public let grant: Int
    /// Business date.
    public let date: CivilDate
    /// The purpose of the grant.
    public let purpose: String
    /// The time for which it entitles.
    public let period: String
    /// Payments.
    public let count: Int
    /// Payments that are neither settled nor cancelled.
    public let openCount: Int
    /// The latest business date of a result that settled one; nil for none.
    public let lastSettled: CivilDate?
}

extension FundBook {
    /// Every batch, in the order of recording.
    public var batches: [BatchPosition] {
        payments.batches.map { batch in
            let account = accounts[Int(batch.account)]
            let entitlement = entitlements[Int(batch.entitlement)]
            return BatchPosition(
                seq: batch.seq, unit: account.unit, grant: grants[account.grant].seq,
                date: batch.date, purpose: entitlement.purpose, period: entitlement.period,
                count: Int(batch.lineCount), openCount: Int(batch.lineCount - batch.closedCount),
                lastSettled: CivilDate(day: batch.lastSettledDay))
        }
    }
}

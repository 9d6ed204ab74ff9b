// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// One payment as the book has it.
public struct PaymentPosition: Sendable, Equatable {
    /// The record.
    public let seq: Int
    /// Its batch, by seq.
    public let batch: Int
    /// The unit that pays.
    public let unit: UnitID
    /// The grant it is paid from, by seq.
    public let grant: Int
    /// Fen.
    public let amount: Int64
    /// Where it stands.
    public let state: PaymentState
    /// The purpose of the grant: with the period and the payee, what is paid once.
    public let purpose: String
    /// The time for which it entitles.
    public let period: String
    /// The record that gave it up, if any.
    public let cancelledBy: Int?
}

/// A payment that failed or came back and waits for a reissue or a cancellation.
public struct WaitingPayment: Sendable, Equatable {
    /// The payment.
    public let payment: PaymentPosition
    /// The business date of the result that said so.
    public let since: CivilDate
    /// That result, by seq.
    public let result: Int
}

/// Money that left wrongly and has not come back.
public struct OwedBack: Sendable, Equatable {
    /// The irregular or recoverable.
    public let seq: Int
    /// Which of the two.
    public let kind: EntryKind
    /// The unit that lacks the money.
    public let unit: UnitID
    /// The grant, by seq.
    public let grant: Int
    /// Fen still owed.
    public let amount: Int64
}

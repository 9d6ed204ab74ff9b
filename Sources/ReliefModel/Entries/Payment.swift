// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// One line of a batch: what one household gets (FORMAT.md §5, payment).
///
/// A plain value, because payments come by the million; its money moves with the batch.
public struct Payment: Sendable, Equatable {
    /// Heads of a household, at most.
    public static let personCount = 999

    /// The record's number.
    public let seq: Int
    /// The batch it belongs to, by seq.
    public let batch: Int
    /// The batch's grant, by seq.
    public let grant: Int
    /// The batch's unit.
    public let unit: UnitID
    /// Fen, above 0.
    public let amount: Int64
    /// The household's pseudonym: the digits of its `h-` id, the highest first.
    public let pseudonym: UInt128
    /// Heads that the amount is for.
    public let persons: Int

    /// Assembles a payment; `seq` is 0 until it is recorded.
    public init(
        seq: Int = 0, batch: Int, grant: Int, unit: UnitID, amount: Int64, pseudonym: UInt128,
        persons: Int
    ) {
        self.seq = seq
        self.batch = batch
        self.grant = grant
        self.unit = unit
        self.amount = amount
        self.pseudonym = pseudonym
        self.persons = persons
    }

    /// The household.
    public var payee: PayeeID { PayeeID(pseudonym: pseudonym) }

    /// The record's own fields.
    public func fields(memo: String? = nil) -> EntryFields {
        [
            ("kind", .string(EntryKind.payment.rawValue)), ("unit", .string(unit.description)),
            ("grant", .integer(Int64(grant))), ("batch", .integer(Int64(batch))),
            ("amount", .integer(amount)), ("payee", .string(payee.description)),
            ("persons", .integer(Int64(persons))), ("memo", memo.map(JSONValue.string)),
        ]
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// An entry of a kind that comes by the million: one amount, one grant, one or two units.
///
/// A plain value without text, so that a verifier decodes and applies it without allocating;
/// the texts stay in the record and are read from there by ``MovementText``.
public struct Movement: Sendable, Equatable {
    /// `allocation`, `receipt`, `recall` or `return`.
    public let kind: EntryKind
    /// The record's number.
    public let seq: Int
    /// The grant it moves, by seq.
    public let grant: Int
    /// The receipt's grant or allocation, by seq.
    public let target: Int?
    /// The acting unit.
    public let unit: UnitID
    /// `to` of an allocation or return, `from` of a recall.
    public let other: UnitID?
    /// Fen, above 0.
    public let amount: Int64
    /// Business date.
    public let date: CivilDate
    /// What the paper states.
    public let document: DocumentStamp?

    /// Assembles a movement; `seq` is 0 until it is recorded.
    public init(
        kind: EntryKind, seq: Int = 0, grant: Int, target: Int? = nil, unit: UnitID,
        other: UnitID? = nil, amount: Int64, date: CivilDate, document: DocumentStamp? = nil
    ) {
        self.kind = kind
        self.seq = seq
        self.grant = grant
        self.target = target
        self.unit = unit
        self.other = other
        self.amount = amount
        self.date = date
        self.document = document
    }
}

/// The texts of a movement, for people.
public struct MovementText: Sendable, Equatable {
    /// The paper, as stated.
    public let document: Document?
    /// A remark.
    public let memo: String?

    /// Joins the texts.
    public init(document: Document? = nil, memo: String? = nil) {
        self.document = document
        self.memo = memo
    }

    /// Reads the texts of a record that has been decoded already.
    public init(line: Span<UInt8>) throws(RecordFault) {
        let value: JSONValue
        do {
            value = try CanonicalJSON.parse(line)
        } catch {
            throw .format(error)
        }
        memo = value["memo"]?.string
        if let json = value["document"] {
            document = try Document(json: json)
        } else {
            document = nil
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// An entry of a kind that comes by the million: one amount, one grant, one or two units.
///
/// A plain value without text, so that a verifier decodes and applies it without allocating;
/// the texts stay in the record and are read from there by ``MovementText``. The largest fields come
/// first and optional ones are stored without their flag where a value is free, because chunks of
/// them travel between threads.
public struct Movement: Sendable, Equatable {
    /// What a bank says of a payment (FORMAT.md §5, result).
    public enum Outcome: UInt8, Sendable, CaseIterable {
        /// The money is with the payee.
        case settled
        /// The bank could not pay.
        case failed
        /// It was paid and came back later.
        case returned
    }

    /// The acting unit.
    public let unit: UnitID
    @usableFromInline let otherUnit: UnitID
    /// The record's number.
    public let seq: Int
    /// The grant it moves, by seq.
    public let grant: Int
    @usableFromInline let targetSeq: Int
    /// Fen, above 0.
    public let amount: Int64
    /// What the paper states.
    public let document: DocumentStamp?
    /// Business date.
    public let date: CivilDate
    /// One of ``kinds``.
    public let kind: EntryKind
    /// The bank's word, of a result.
    public let outcome: Outcome?
    @usableFromInline let hasOther: Bool

    /// The entry that it answers, continues or undoes, by seq.
    @inlinable public var target: Int? { targetSeq < 0 ? nil : targetSeq }
    /// `to` of an allocation or return, `from` of a recall.
    @inlinable public var other: UnitID? { hasOther ? otherUnit : nil }

    /// The kinds that are movements.
    public static let kinds: [EntryKind] = [
        .allocation, .receipt, .recall, .return, .result, .reissue, .cancel, .reversal,
        .recoverable, .recovery,
    ]

    /// Assembles a movement; `seq` is 0 until it is recorded.
    public init(
        kind: EntryKind, seq: Int = 0, grant: Int, target: Int? = nil, unit: UnitID,
        other: UnitID? = nil, amount: Int64, date: CivilDate, outcome: Outcome? = nil,
        document: DocumentStamp? = nil
    ) {
        self.kind = kind
        self.seq = seq
        self.grant = grant
        targetSeq = target ?? -1
        self.unit = unit
        otherUnit = other ?? .state
        hasOther = other != nil
        self.amount = amount
        self.date = date
        self.outcome = outcome
        self.document = document
    }

    /// The record's own fields, with the texts that the plain value does not hold.
    public func fields(_ text: MovementText) -> EntryFields {
        [
            ("kind", .string(kind.rawValue)), ("unit", .string(unit.description)),
            (kind == .recall ? "from" : "to", other.map { .string($0.description) }),
            ("grant", .integer(Int64(grant))), ("target", target.map { .integer(Int64($0)) }),
            ("amount", .integer(amount)), ("date", .string("\(date)")),
            ("outcome", outcome.map { .string($0.word) }),
            ("reason", text.reason.map(JSONValue.string)), ("document", text.document?.json),
            ("memo", text.memo.map(JSONValue.string)),
        ]
    }
}

extension Movement.Outcome {
    /// The wire name.
    public var word: String {
        switch self {
        case .settled: "settled"
        case .failed: "failed"
        case .returned: "returned"
        }
    }

    /// What people call it.
    public var title: Message {
        switch self {
        case .settled: Message(zh: "已到账", en: "settled")
        case .failed: Message(zh: "发放失败", en: "failed")
        case .returned: Message(zh: "事后退汇", en: "returned late")
        }
    }
}

/// The texts of a movement, for people.
public struct MovementText: Sendable, Equatable {
    /// The paper, as stated.
    public let document: Document?
    /// Why, where the kind says why.
    public let reason: String?
    /// A remark.
    public let memo: String?

    /// Joins the texts.
    public init(document: Document? = nil, reason: String? = nil, memo: String? = nil) {
        self.document = document
        self.reason = reason
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
        reason = value["reason"]?.string
        if let json = value["document"] {
            document = try Document(json: json)
        } else {
            document = nil
        }
    }
}

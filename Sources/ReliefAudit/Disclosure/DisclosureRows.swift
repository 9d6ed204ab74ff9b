// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
public import LedgerFormat
public import LedgerLog
public import ReliefModel

/// One record of a unit's money as a disclosure shows it.
public struct DisclosureRow: Sendable, Equatable {
    /// The record.
    public let seq: Int
    /// Its leaf hash, in the ledger's tree and in the disclosure's.
    public let leaf: Digest
    /// Its own fields, as they stand in the ledger.
    public let record: JSONValue
    /// One of ``FundBook/disclosedKinds``.
    public let kind: EntryKind
    /// The business date; a payment has its batch's.
    public let date: CivilDate
    /// The unit that acted.
    public let unit: UnitID
    /// Whose money became less; nil where it came from outside the units.
    public let giver: UnitID?
    /// Whose money became more; nil where it left the units.
    public let receiver: UnitID?
    /// The grant, by seq; a grant is its own.
    public let grant: Int
    /// Fen, above 0.
    public let amount: Int64
    /// Who was paid.
    public let payee: PayeeID?
    /// Heads that a payment is for.
    public let persons: Int?
    /// The batch of a payment, by seq.
    public let batch: Int?
    /// The entry that it continues or undoes, by seq.
    public let target: Int?
    /// What it buys; a payment has its batch's.
    public let item: String?

    /// The record's line, without LF.
    public var line: [UInt8] { CanonicalJSON.encode(record) }

    /// Whether it counts toward the sum of a disclosure: money that went to somebody.
    public var isPaidOut: Bool { kind == .payment || kind == .expense }
}

/// The rows of a disclosure, as the ledger has them.
public struct DisclosureRows: Sendable {
    /// What they are the rows of.
    public let scope: DisclosureScope
    /// The rows, in order of seq.
    public let rows: [DisclosureRow]
    /// The `batch` records that payments among the rows belong to, by seq.
    public let batches: [Int: JSONValue]
    /// Fen of the payments and expenses among them.
    public let amount: Int128
    /// The Merkle root over their leaf hashes.
    public let root: Digest

    /// How many.
    public var count: Int { rows.count }

    /// Reads the rows of a scope.
    ///
    /// - Parameters:
    ///   - ledger: An intact one.
    ///   - book: The book of its whole fold.
    /// - Throws: When the bytes cannot be read again.
    /// - Precondition: The ledger is intact and the book is its own.
    public init<Fold>(
        _ scope: DisclosureScope, in ledger: VerifiedLedger<Fold>, book: FundBook
    ) throws(LedgerReadError) {
        guard ledger.integrity.isIntact, let genesis = ledger.genesis else {
            preconditionFailure("DisclosureRows.init: the ledger is broken")
        }
        self.scope = scope
        let found = book.disclosed(scope)
        let seqs = found.seqs
        var named: [Int: JSONValue] = [:]
        for (seq, line) in try ledger.records(Set(seqs)) { named[seq] = Self.parse(line) }
        let more = Set(seqs.compactMap { named[$0].flatMap(Self.reference) })
            .subtracting(named.keys)
        for (seq, line) in try ledger.records(more) { named[seq] = Self.parse(line) }
        let leaves = try ledger.leaves(of: found.ranges)
        var reader = DisclosureRowReader(records: named)
        rows = zip(seqs, leaves).map { reader.row(seq: $0, leaf: $1) }
        batches = reader.batches
        amount = found.amount
        root = MerkleRoot.of(leaves, suite: genesis.suite)
    }

    private static func parse(_ line: [UInt8]) -> JSONValue {
        guard let record = try? CanonicalJSON.parse(line) else {
            preconditionFailure("DisclosureRows: a verified record is canonical")
        }
        return record
    }

    /// The record without which a row cannot be read: a payment's batch, what a reversal undoes.
    private static func reference(_ record: JSONValue) -> Int? {
        switch record["kind"]?.string {
        case EntryKind.payment.rawValue: record["batch"]?.integer.map { Int($0) }
        case EntryKind.reversal.rawValue: record["target"]?.integer.map { Int($0) }
        default: nil
        }
    }
}

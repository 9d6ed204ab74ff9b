// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// Entries decoded from consecutive records, off the main thread, and kept until they are applied.
///
/// Called a record at a time but dispatched to a concrete type once a chunk, so that the generic
/// boundary between this module and the model costs no allocation a record.
public protocol EntryBatch: Sendable {
    /// An empty batch.
    init()
    /// How many entries it holds.
    var count: Int { get }
    /// Forgets the entries and keeps the memory.
    mutating func removeAll()
    /// Decodes one record that is canonical and is not a governance record of the log's own.
    ///
    /// - Parameters:
    ///   - line: The record's bytes without LF.
    ///   - fields: Its top-level fields, already scanned.
    ///   - kind: The value of its `kind`.
    ///   - seq: Its number.
    /// - Throws: When the kind is unknown or a field is missing, unknown or ill-formed.
    mutating func append(
        _ line: Span<UInt8>, fields: borrowing FieldTable, kind: FieldName, seq: Int
    ) throws(RecordFault)
}

/// A state that is folded over the records of a ledger in order, while they are verified.
///
/// The verifier hands a fold only records that are in place; the fold's value is released to the
/// caller only inside a ``VerifiedLedger``, and there only as of the trusted prefix.
public protocol LedgerFold: Sendable {
    /// What the records decode to.
    associatedtype Batch: EntryBatch
    /// The ledger begins.
    mutating func begin(_ genesis: Genesis)
    /// A posting begins; its seal is checked by the log.
    mutating func open(_ posting: OpenPosting)
    /// Applies entries of the open posting; a fault is a record that cannot be applied at all.
    mutating func apply(
        _ batch: borrowing Batch, _ entries: Range<Int>, faults: inout [(seq: Int, RecordFault)])
    /// A key entry of the open posting was applied, or had no right to take effect.
    mutating func observe(_ entry: KeyEntry, seq: Int, refusal: Message?)
    /// The posting is sealed; a fault is a record that needed more records than the posting has.
    mutating func close(
        _ posting: OpenPosting, sealSeq: Int, faults: inout [(seq: Int, RecordFault)])
}

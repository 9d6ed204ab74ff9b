// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
internal import ReliefModel

/// Entries of consecutive records, decoded off the main thread by the model's decoder.
public struct DecodedEntries: EntryBatch {
    /// One entry and its number.
    struct Numbered: Sendable {
        let seq: Int
        let entry: Entry
    }

    private(set) var entries: ContiguousArray<Numbered> = []

    /// An empty batch.
    public init() {}

    /// How many entries it holds.
    public var count: Int { entries.count }

    /// Forgets the entries and keeps the memory.
    public mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
    }

    /// Decodes one record.
    public mutating func append(
        _ line: Span<UInt8>, fields: borrowing FieldTable, seq: Int
    ) throws(RecordFault) {
        entries.append(
            Numbered(seq: seq, entry: try EntryDecoder.decode(line, fields, seq: seq)))
    }
}

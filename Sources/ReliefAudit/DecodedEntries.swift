// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
public import ReliefModel

/// Entries of consecutive records, decoded off the main thread by the model's decoder.
///
/// Movements and payments, which come by the million, lie side by side as plain values; the few others are
/// kept apart, so that no copy of a movement costs a reference count.
public struct DecodedEntries: EntryBatch {
    /// One entry in its place.
    enum Slot: Sendable {
        case movement(Movement)
        case payment(Payment)
        /// An index into ``rare``.
        case rare(Int)
    }

    private(set) var slots: ContiguousArray<Slot> = []
    private(set) var rare: [(seq: Int, entry: Entry)] = []

    /// An empty batch.
    public init() {}

    /// How many entries it holds.
    public var count: Int { slots.count }

    /// One entry with its number.
    public func entry(at index: Int) -> (seq: Int, entry: Entry) {
        switch slots[index] {
        case .movement(let movement): (movement.seq, .movement(movement))
        case .payment(let payment): (payment.seq, .payment(payment))
        case .rare(let place): rare[place]
        }
    }

    /// Forgets the entries and keeps the memory.
    public mutating func removeAll() {
        slots.removeAll(keepingCapacity: true)
        rare.removeAll(keepingCapacity: true)
    }

    /// Decodes one record.
    public mutating func append(
        _ line: Span<UInt8>, fields: borrowing FieldTable, kind: FieldName, seq: Int
    ) throws(RecordFault) {
        if let kind = EntryDecoder.movementKind(kind) {
            slots.append(.movement(try MovementDecoder.decode(line, fields, kind: kind, seq: seq)))
        } else if EntryDecoder.isPayment(kind) {
            slots.append(.payment(try PaymentDecoder.decode(line, fields, seq: seq)))
        } else {
            rare.append((seq, try EntryDecoder.decodeRare(line, fields)))
            slots.append(.rare(rare.count - 1))
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
public import ReliefModel

/// Entries of consecutive records, decoded off the main thread by the model's decoder.
///
/// Movements and payments, which come by the million, lie side by side as plain values, each in an
/// array of its own, so that none takes more room than it needs; the few others are kept apart, so
/// that no copy of a movement costs a reference count.
public struct DecodedEntries: EntryBatch {
    /// One entry's array and its index there; a batch is of one chunk of the ledger.
    enum Slot: Sendable {
        case movement(Int32)
        case payment(Int32)
        case rare(Int32)
    }

    private(set) var slots: ContiguousArray<Slot> = []
    private(set) var movements: ContiguousArray<Movement> = []
    private(set) var payments: ContiguousArray<Payment> = []
    private(set) var rare: [(seq: Int, entry: Entry)] = []
    private var recent = RecentFields()

    /// An empty batch.
    public init() {}

    /// How many entries it holds.
    public var count: Int { slots.count }

    /// One entry with its number.
    public func entry(at index: Int) -> (seq: Int, entry: Entry) {
        switch slots[index] {
        case .movement(let place):
            (movements[Int(place)].seq, .movement(movements[Int(place)]))
        case .payment(let place): (payments[Int(place)].seq, .payment(payments[Int(place)]))
        case .rare(let place): rare[Int(place)]
        }
    }

    /// Forgets the entries and keeps the memory.
    public mutating func removeAll() {
        slots.removeAll(keepingCapacity: true)
        movements.removeAll(keepingCapacity: true)
        payments.removeAll(keepingCapacity: true)
        rare.removeAll(keepingCapacity: true)
    }

    /// Decodes one record.
    public mutating func append(
        _ line: Span<UInt8>, fields: borrowing FieldTable, kind: FieldName, seq: Int
    ) throws(RecordFault) {
        if let kind = EntryDecoder.movementKind(kind) {
            movements.append(
                try MovementDecoder.decode(
                    line, fields, kind: kind, seq: seq, recent: &recent))
            slots.append(.movement(Int32(truncatingIfNeeded: movements.count - 1)))
        } else if EntryDecoder.isPayment(kind) {
            payments.append(
                try PaymentDecoder.decode(line, fields, seq: seq, recent: &recent))
            slots.append(.payment(Int32(truncatingIfNeeded: payments.count - 1)))
        } else {
            rare.append((seq, try EntryDecoder.decodeRare(line, fields)))
            slots.append(.rare(Int32(truncatingIfNeeded: rare.count - 1)))
        }
    }
}

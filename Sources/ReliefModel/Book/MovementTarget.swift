// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// An entry that later ones may name: to acknowledge it, undo it, or get its money back.
///
/// A plain value of 56 bytes, for allocations come by the hundred thousand.
struct MovementTarget: Sendable {
    /// Account index where the source stands.
    static let source: Int32 = -1

    /// The record.
    let seq: Int
    /// Fen that nothing has undone, reclaimed or recovered yet.
    var left: Int64
    /// Fen of a grant or an allocation that receipts have acknowledged.
    var received: Int64 = 0
    /// The accounts it moved money between, as indices; ``source`` outside.
    let from: Int32
    let to: Int32
    /// The business date.
    let businessDay: Int32
    /// The stated date of its paper; `Int32.max` for none.
    let documentDay: Int32
    /// The ceilings that it uses, or gave free.
    let use: CeilingUse
    let kind: EntryKind

    /// The account of the unit that acted, as an index.
    var acting: Int32 {
        switch kind {
        case .recall, .grant: to
        default: from
        }
    }
}

/// Where a recoverable or a recovery took its amount from, so that a reversal can give it back.
enum MovementOrigin: Sendable {
    /// A payment, by line.
    case line(Int)
    /// Another target, by index.
    case target(Int)
}

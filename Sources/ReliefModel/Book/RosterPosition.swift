// SPDX-License-Identifier: Apache-2.0

/// One roster as the book has it: what was announced and paid of it.
public struct RosterPosition: Sendable {
    /// The record.
    public let seq: Int
    @usableFromInline let storedEntry: Shared<RosterEntry>
    /// The roster that took its place, by seq.
    public internal(set) var replacedBy: Int?
    /// Its notices, in the order of recording.
    public internal(set) var notices: [NoticePosition] = []
    /// Payments of the batches that cite it, without the cancelled ones.
    public internal(set) var paidCount = 0
    /// Fen of them.
    public internal(set) var paidAmount: Int128 = 0
    /// Persons of them.
    public internal(set) var paidPersons = 0

    init(seq: Int, entry: RosterEntry) {
        self.seq = seq
        storedEntry = Shared(entry)
    }

    /// What it says.
    @inlinable public var entry: RosterEntry { storedEntry.value }
    /// Objections to any of its notices.
    public var objections: [ObjectionPosition] { notices.flatMap(\.objections) }
}

/// One notice of a roster, with what was objected.
public struct NoticePosition: Sendable, Equatable {
    /// The record.
    public let seq: Int
    /// What it says.
    public let entry: NoticeEntry
    /// Objections to it, in the order of recording.
    public internal(set) var objections: [ObjectionPosition] = []
}

/// One objection, and how it ended.
public struct ObjectionPosition: Sendable, Equatable {
    /// The record.
    public let seq: Int
    /// What it says.
    public let entry: ObjectionEntry
    /// The record that ended it, and how; nil while it is open.
    public internal(set) var end: End?

    /// The end of an objection.
    public struct End: Sendable, Equatable {
        /// The record.
        public let seq: Int
        /// How.
        public let outcome: ObjectionEntry.Outcome
    }
}

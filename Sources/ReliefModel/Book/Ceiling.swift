// SPDX-License-Identifier: Apache-2.0

/// The most that spending on one line of a plan, or one item of a decision, may come to.
public struct Ceiling: Sendable, Equatable {
    /// Fen.
    public internal(set) var limit: Int64
    /// Fen spent or promised under it so far.
    public internal(set) var used: Int64 = 0

    /// Fen above the limit; 0 while it is kept.
    public var excess: Int64 {
        let (over, isTooMuch) = used.subtractingReportingOverflow(limit)
        return isTooMuch ? .max : max(0, over)
    }
}

/// Under which ceilings money was spent; indices into ``FundBook/ceilings``, −1 for none.
struct CeilingUse: Sendable, Equatable {
    var plan: Int32 = -1
    var decision: Int32 = -1
}

/// What is used of the ceilings of a spending once it, or its undoing, is applied.
struct CeilingChange {
    let use: CeilingUse
    /// Fen used of the plan's line, where there is one.
    var plan: Int64 = 0
    /// Fen used of the decision's item, where there is one.
    var decision: Int64 = 0
}

/// A plan, and whether it is still in force.
public struct Plan: Sendable {
    /// The record.
    public let seq: Int
    @usableFromInline var storedEntry: Shared<PlanEntry>
    /// The ceiling of each line, in the order of the lines.
    let ceilings: [Int32]
    /// The plans that follow one another, as an index into ``FundBook/planFamilies``.
    let family: Int
    /// The plan that took its place, by seq.
    public internal(set) var replacedBy: Int?

    init(seq: Int, entry: PlanEntry, ceilings: [Int32], family: Int) {
        self.seq = seq
        storedEntry = Shared(entry)
        self.ceilings = ceilings
        self.family = family
    }

    /// What it says, as last corrected.
    @inlinable public internal(set) var entry: PlanEntry {
        get { storedEntry.value }
        set { storedEntry = Shared(newValue) }
    }

    /// The ceiling of an item.
    func ceiling(of item: String) -> Int32? {
        entry.lines.firstIndex { $0.item == item }.map { ceilings[$0] }
    }
}

/// A decision, with what has been spent under it.
public struct Decision: Sendable {
    /// The record.
    public let seq: Int
    @usableFromInline let storedEntry: Shared<DecisionEntry>
    /// The ceiling of each item, in the order of the items.
    let ceilings: [Int32]

    init(seq: Int, entry: DecisionEntry, ceilings: [Int32]) {
        self.seq = seq
        storedEntry = Shared(entry)
        self.ceilings = ceilings
    }

    /// What it says.
    @inlinable public var entry: DecisionEntry { storedEntry.value }

    /// The ceiling for an item: the one that names the payee, else the one for anybody.
    func ceiling(of item: String, payee: PayeeID?) -> Int32? {
        let own = payee.flatMap { payee in
            entry.items.firstIndex { $0.item == item && $0.payee == payee }
        }
        return (own ?? entry.items.firstIndex { $0.item == item && $0.payee == nil })
            .map { ceilings[$0] }
    }
}

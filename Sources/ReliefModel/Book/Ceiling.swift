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

/// A plan, and whether it is still in force.
public struct Plan: Sendable {
    /// The record.
    public let seq: Int
    /// What it says.
    public internal(set) var entry: PlanEntry
    /// The ceiling of each line, in the order of the lines.
    let ceilings: [Int32]
    /// The plans that follow one another, as an index into ``FundBook/planFamilies``.
    let family: Int
    /// The plan that took its place, by seq.
    public internal(set) var replacedBy: Int?

    /// The ceiling of an item.
    func ceiling(of item: String) -> Int32? {
        entry.lines.firstIndex { $0.item == item }.map { ceilings[$0] }
    }
}

/// A decision, with what has been spent under it.
public struct Decision: Sendable {
    /// The record.
    public let seq: Int
    /// What it says.
    public let entry: DecisionEntry
    /// The ceiling of each item, in the order of the items.
    let ceilings: [Int32]

    /// The ceiling for an item: the one that names the payee, else the one for anybody.
    func ceiling(of item: String, payee: PayeeID?) -> Int32? {
        let own = payee.flatMap { payee in
            entry.items.firstIndex { $0.item == item && $0.payee == payee }
        }
        return (own ?? entry.items.firstIndex { $0.item == item && $0.payee == nil })
            .map { ceilings[$0] }
    }
}

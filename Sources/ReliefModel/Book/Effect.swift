// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// What an entry did, for the rules that look at it.
///
/// Made for every record and handed on by the million, so its optional parts are stored in small
/// words: −1 stands for nothing.
public struct Effect: Sendable {
    @usableFromInline var fromIndex: Int32 = -1
    @usableFromInline var toIndex: Int32 = -1
    @usableFromInline var grantIndex: Int32 = -1
    @usableFromInline var citedIndex: Int32 = -1
    @usableFromInline var planIndex: Int32 = -1
    @usableFromInline var decisionIndex: Int32 = -1
    @usableFromInline var left: Int64 = 0
    @usableFromInline var hasLeft = false
    /// The giver's bucket.
    public internal(set) var fromBucket = Bucket.available
    /// The receiver's bucket.
    public internal(set) var toBucket = Bucket.available
    /// The earliest date of a paper on which the entry rests.
    public internal(set) var restsOn: CivilDate?
    /// `available` of the giver before the move.
    public internal(set) var availableBefore: Int64 = 0

    init() {}

    /// The account that gave, if any, as an index into ``FundBook/accounts``.
    @inlinable public internal(set) var from: Int? {
        get { Self.index(fromIndex) }
        set { fromIndex = Int32(newValue ?? -1) }
    }

    /// The account that received, if any.
    @inlinable public internal(set) var to: Int? {
        get { Self.index(toIndex) }
        set { toIndex = Int32(newValue ?? -1) }
    }

    /// The grant, as an index into ``FundBook/grants``.
    @inlinable public internal(set) var grant: Int? {
        get { Self.index(grantIndex) }
        set { grantIndex = Int32(newValue ?? -1) }
    }

    /// The grant of the entry's target or batch where that is another one, as an index.
    @inlinable public internal(set) var citedGrant: Int? {
        get { Self.index(citedIndex) }
        set { citedIndex = Int32(newValue ?? -1) }
    }

    /// The plan's ceiling that covers the spending, as an index into ``FundBook/ceilings``.
    @inlinable public internal(set) var planCeiling: Int? {
        get { Self.index(planIndex) }
        set { planIndex = Int32(newValue ?? -1) }
    }

    /// The decision's ceiling that covers the spending.
    @inlinable public internal(set) var decisionCeiling: Int? {
        get { Self.index(decisionIndex) }
        set { decisionIndex = Int32(newValue ?? -1) }
    }

    /// Fen of the target that this kind of entry could still take; nil for entries that take none.
    @inlinable public internal(set) var leftBefore: Int64? {
        get { hasLeft ? left : nil }
        set {
            hasLeft = newValue != nil
            left = newValue ?? 0
        }
    }

    /// Whether the entry takes from somebody's `available`.
    @inlinable public var takesAvailable: Bool { fromIndex >= 0 && fromBucket == .available }

    @inlinable
    static func index(_ index: Int32) -> Int? { index < 0 ? nil : Int(index) }
}

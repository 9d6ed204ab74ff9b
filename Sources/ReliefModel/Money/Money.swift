// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// An amount of money, or a balance, in whole fen (0.01 yuan).
///
/// A recorded amount lies in ``recordable``; a balance may be any Int64, negative too, because a
/// verifier states what faulty entries add up to. Arithmetic is checked and never traps.
public struct Money: Hashable, Comparable, Sendable {
    /// The number of fen.
    public let fen: Int64

    /// Nothing.
    public static let zero = Money(fen: 0)

    /// The fen that an entry may state, 1 to 2^53−1 (FORMAT.md §2, money).
    public static let recordable: ClosedRange<Int64> = 1...9_007_199_254_740_991

    /// An amount or balance of so many fen.
    @inlinable
    public init(fen: Int64) {
        self.fen = fen
    }

    /// Whether an entry may state this amount.
    public var isRecordable: Bool { Self.recordable.contains(fen) }

    /// Whether an amount is smaller than another.
    @inlinable
    public static func < (left: Money, right: Money) -> Bool { left.fen < right.fen }

    /// The sum.
    ///
    /// - Throws: ``MoneyError/overflow`` where it leaves Int64.
    public func adding(_ other: Money) throws(MoneyError) -> Money {
        try Self.checked(fen.addingReportingOverflow(other.fen))
    }

    /// The difference, negative where the other is larger.
    ///
    /// - Throws: ``MoneyError/overflow`` where it leaves Int64.
    public func subtracting(_ other: Money) throws(MoneyError) -> Money {
        try Self.checked(fen.subtractingReportingOverflow(other.fen))
    }

    /// The amount times a count, of persons or days.
    ///
    /// - Throws: ``MoneyError/overflow`` where it leaves Int64.
    public func multiplied(by count: Int64) throws(MoneyError) -> Money {
        try Self.checked(fen.multipliedReportingOverflow(by: count))
    }

    /// The amount with the other sign.
    ///
    /// - Throws: ``MoneyError/overflow`` for the smallest Int64.
    public func negated() throws(MoneyError) -> Money {
        try Money.zero.subtracting(self)
    }

    private static func checked(
        _ result: (partialValue: Int64, overflow: Bool)
    ) throws(MoneyError) -> Money {
        if result.overflow { throw .overflow }
        return Money(fen: result.partialValue)
    }
}

/// A sum of any number of amounts, in whole fen.
///
/// Int128 holds 2^64 amounts of any size, more than there can be.
public struct MoneyTotal: Hashable, Comparable, Sendable {
    /// The number of fen.
    public private(set) var fen: Int128

    /// A total of nothing.
    public init() {
        fen = 0
    }

    /// A total of so many fen.
    public init(fen: Int128) {
        self.fen = fen
    }

    /// The total of some amounts.
    public init(_ amounts: some Sequence<Money>) {
        self.init()
        for amount in amounts { add(amount) }
    }

    /// Adds an amount.
    public mutating func add(_ amount: Money) {
        fen += Int128(amount.fen)
    }

    /// Takes an amount off.
    public mutating func subtract(_ amount: Money) {
        fen -= Int128(amount.fen)
    }

    /// The total as an amount.
    ///
    /// - Throws: ``MoneyError/overflow`` where it leaves Int64.
    public func money() throws(MoneyError) -> Money {
        guard let narrow = Int64(exactly: fen) else { throw .overflow }
        return Money(fen: narrow)
    }

    /// Whether a total is smaller than another.
    public static func < (left: MoneyTotal, right: MoneyTotal) -> Bool { left.fen < right.fen }
}

/// Arithmetic that leaves what can be held.
public enum MoneyError: Error, Equatable, Sendable {
    /// The result is no Int64.
    case overflow

    /// What happened and what to do, for people.
    public var message: Message {
        switch self {
        case .overflow:
            Message(
                zh: "金额计算超出可表示的范围（应在 ±92,233,720,368,547,758.07 元之内），请核对各笔金额的单位",
                en: "the computed amount leaves ±92,233,720,368,547,758.07 yuan; "
                    + "check the unit of each amount")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// The values that one movement or payment after another repeats.
public struct RecentFields: Sendable {
    private var unitText = RecentText()
    private var unit: UnitID?
    private var dateText = RecentText()
    private var date: CivilDate?

    /// Of nothing yet.
    public init() {}

    /// The unit that a text names, or nil.
    @inline(__always)
    mutating func unit(_ text: Span<UInt8>) -> UnitID? {
        if !unitText.repeats(text) { unit = UnitID(text) }
        return unit
    }

    /// The date that a text names, or nil.
    @inline(__always)
    mutating func date(_ text: Span<UInt8>) -> CivilDate? {
        if !dateText.repeats(text) { date = CivilDate(text) }
        return date
    }
}

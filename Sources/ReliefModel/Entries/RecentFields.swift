// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// The values that one movement or payment after another repeats.
public struct RecentFields: Sendable {
    private var unitText = RecentText()
    private var unit: UnitID?
    private var dateText = RecentText()
    private var date: CivilDate?
    private var documentText = RecentPassage()
    private var document: DocumentStamp?

    /// Of nothing yet.
    public init() {}

    /// The unit that a text names, or nil.
    @inline(__always)
    mutating func unit(_ text: Span<UInt8>) -> UnitID? {
        if !unitText.repeats(text) { unit = UnitID(text) }
        return unit
    }

    /// What a canonical object says of a paper, or nil.
    @inline(__always)
    mutating func document(_ object: Span<UInt8>) throws(RecordFault) -> DocumentStamp? {
        if documentText.repeats(object) { return document }
        do {
            document = try DocumentStamp(canonical: object)
        } catch {
            documentText = RecentPassage()
            throw error
        }
        return document
    }

    /// The date that a text names, or nil.
    @inline(__always)
    mutating func date(_ text: Span<UInt8>) -> CivilDate? {
        if !dateText.repeats(text) { date = CivilDate(text) }
        return date
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// The fields that many kinds share (FORMAT.md §2 and §5).
extension FieldReader {
    mutating func memo() throws(RecordFault) -> String? {
        has("memo") ? try text("memo", maximumByteCount: 1000) : nil
    }

    mutating func document() throws(RecordFault) -> Document? {
        has("document") ? try Document(json: try value("document")) : nil
    }

    mutating func unit(_ name: FieldName) throws(RecordFault) -> UnitID {
        try word(name, "unit", UnitID.init(_:))
    }

    mutating func date(_ name: FieldName) throws(RecordFault) -> CivilDate {
        try word(name, "YYYY-MM-DD", CivilDate.init(_:))
    }

    mutating func payee(_ name: FieldName) throws(RecordFault) -> PayeeID {
        try word(name, "payee", PayeeID.init(_:))
    }

    mutating func person(_ name: FieldName) throws(RecordFault) -> PersonID {
        try word(name, "person", PersonID.init(_:))
    }

    /// Fen, above 0.
    mutating func amount() throws(RecordFault) -> Int64 {
        let amount = try integer("amount")
        guard amount > 0 else { throw bad("amount", expected: "≥ 1") }
        return amount
    }

    /// Fen, at least 0: a balance may be nothing.
    mutating func balance(_ name: FieldName) throws(RecordFault) -> Int64 {
        let amount = try integer(name)
        guard amount >= 0 else { throw bad(name, expected: "≥ 0") }
        return amount
    }

    mutating func reference(_ name: FieldName) throws(RecordFault) -> Int {
        let value = try integer(name)
        guard value >= 0 else { throw bad(name, expected: "seq ≥ 0") }
        return Int(value)
    }

    mutating func optionalReference(_ name: FieldName) throws(RecordFault) -> Int? {
        has(name) ? try reference(name) : nil
    }

    /// A count within a range.
    mutating func count(_ name: FieldName, in range: ClosedRange<Int>) throws(RecordFault) -> Int {
        let value = try integer(name)
        guard let count = Int(exactly: value), range.contains(count) else {
            throw bad(name, expected: "\(range.lowerBound)…\(range.upperBound)")
        }
        return count
    }

    /// The code of an item: a policy's, 1 to 16 letters and digits, a lower-case letter first.
    mutating func item() throws(RecordFault) -> String {
        try word("item", "item code") { FieldName($0) == nil ? nil : $0 }
    }

    /// An array of 1 to `maximum` elements.
    mutating func list<Element>(
        _ name: FieldName, maximum: Int,
        _ read: (JSONValue, _ place: String) throws(RecordFault) -> Element
    ) throws(RecordFault) -> [Element] {
        let values = try array(name)
        guard (1...maximum).contains(values.count) else {
            throw bad(name, expected: "1…\(maximum)")
        }
        var elements: [Element] = []
        for (index, value) in values.enumerated() {
            elements.append(try read(value, "\(name)[\(index)]"))
        }
        return elements
    }
}

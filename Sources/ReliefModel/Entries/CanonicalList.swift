// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// Reads the arrays of plans and decisions where they stand in a line that is known to be canonical.
///
/// Canonical order leaves each element one spelling, so that its names need no search. Nil is
/// whatever is not simply right; ``FieldReader`` then says what is wrong.
enum CanonicalList {
    private static let amountOpening = Array(#"{"amount":"#.utf8)
    private static let itemOpening = Array(#","item":""#.utf8)
    private static let payeeOpening = Array(#","payee":""#.utf8)

    /// `[{"amount":…,"item":"…"},…]`, each element perhaps with a payee; 1 to 100 of them.
    static func ceilings(
        _ line: Span<UInt8>, _ table: borrowing FieldTable, _ index: Int
    ) -> [DecisionEntry.Item]? {
        guard table.type(index) == .array else { return nil }
        var cursor = Cursor(table.range(index))
        var items: [DecisionEntry.Item] = []
        repeat {
            guard items.count < DecisionEntry.listCount,
                let item = ceiling(line, &cursor)
            else { return nil }
            items.append(item)
        } while cursor.take(UInt8(ascii: ","), of: line)
        return cursor.isAtEnd ? items : nil
    }

    private static func ceiling(
        _ line: Span<UInt8>, _ cursor: inout Cursor
    ) -> DecisionEntry.Item? {
        guard cursor.take(amountOpening, of: line), let amount = cursor.amount(of: line),
            cursor.take(itemOpening, of: line)
        else { return nil }
        let code = cursor.string(of: line)
        guard FieldName(line.extracting(code)) != nil else { return nil }
        var payee: PayeeID?
        if cursor.take(payeeOpening, of: line) {
            payee = PayeeID(line.extracting(cursor.string(of: line)))
            guard payee != nil else { return nil }
        }
        guard cursor.take(UInt8(ascii: "}"), of: line),
            let valid = try? UTF8Span(validating: line.extracting(code))
        else { return nil }
        return DecisionEntry.Item(item: String(copying: valid), amount: amount, payee: payee)
    }

    /// `["…",…]`, 1 to 100 persons, each once.
    static func persons(
        _ line: Span<UInt8>, _ table: borrowing FieldTable, _ index: Int
    ) -> [PersonID]? {
        guard table.type(index) == .array else { return nil }
        var cursor = Cursor(table.range(index))
        var persons: [PersonID] = []
        repeat {
            guard persons.count < DecisionEntry.listCount,
                cursor.take(UInt8(ascii: "\""), of: line),
                let person = PersonID(line.extracting(cursor.string(of: line))),
                !persons.contains(person)
            else { return nil }
            persons.append(person)
        } while cursor.take(UInt8(ascii: ","), of: line)
        return cursor.isAtEnd ? persons : nil
    }

    /// A place between the brackets of an array.
    private struct Cursor {
        private var at: Int
        private let end: Int

        init(_ array: Range<Int>) {
            at = array.lowerBound + 1
            end = array.upperBound - 1
        }

        var isAtEnd: Bool { at == end }

        /// Passes a byte where it stands next.
        mutating func take(_ byte: UInt8, of line: Span<UInt8>) -> Bool {
            guard at < end, line[at] == byte else { return false }
            at += 1
            return true
        }

        /// Passes a text where it stands next.
        mutating func take(_ text: [UInt8], of line: Span<UInt8>) -> Bool {
            guard at + text.count <= end else { return false }
            for index in text.indices where line[at + index] != text[index] { return false }
            at += text.count
            return true
        }

        /// Reads fen, above 0; the scanner has checked the spelling.
        mutating func amount(of line: Span<UInt8>) -> Int64? {
            var value: Int64 = 0
            while at < end, case let digit = line[at] &- 0x30, digit < 10 {
                value = value &* 10 &+ Int64(digit)
                at += 1
            }
            return value > 0 ? value : nil
        }

        /// The place of a string's bytes, from after its opening quote; passes the closing one.
        mutating func string(of line: Span<UInt8>) -> Range<Int> {
            let start = at
            while at < end, line[at] != 0x22 { at += 1 }
            defer { at = min(at + 1, end) }
            return start..<at
        }
    }
}

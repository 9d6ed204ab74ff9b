// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// Reads the arrays of plans and decisions, and the rate of a batch, where they stand in a line that
/// is known to be canonical.
///
/// Canonical order leaves each element one spelling, so that its names need no search. Nil is
/// whatever is not simply right; ``FieldReader`` then says what is wrong.
enum CanonicalParts {
    private static let amountOpening = Array(#"{"amount":"#.utf8)
    private static let itemOpening = Array(#","item":""#.utf8)
    private static let payeeOpening = Array(#","payee":""#.utf8)
    private static let rateOpening = Array(#""amount":"#.utf8)
    private static let perOpening = Array(#","per":""#.utf8)

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

    /// `{"amount":…,"per":"…"}`.
    static func rate(
        _ line: Span<UInt8>, _ table: borrowing FieldTable, _ index: Int
    ) -> BatchEntry.Rate? {
        guard table.type(index) == .object else { return nil }
        var cursor = Cursor(table.range(index))
        guard cursor.take(rateOpening, of: line), let amount = cursor.amount(of: line),
            cursor.take(perOpening, of: line),
            let word = FieldName(line.extracting(cursor.string(of: line))), cursor.isAtEnd,
            let base = rateBase(word)
        else { return nil }
        return BatchEntry.Rate(amount: amount, per: base)
    }

    /// The base that a packed word names.
    private static func rateBase(_ word: FieldName) -> Policy.RateBase? {
        switch (word.high, word.low) {
        case (0x7065_7273_6F6E_0000, 0): .person
        case (0x686F_7573_6568_6F6C, 0x6400_0000_0000_0000): .household
        case (0x7065_7273_6F6E_4461, 0x7900_0000_0000_0000): .personDay
        default: nil
        }
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

    /// A place between the brackets of an array or an object.
    private struct Cursor {
        private var at: Int
        private let end: Int

        init(_ whole: Range<Int>) {
            at = whole.lowerBound + 1
            end = whole.upperBound - 1
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
            guard at + text.count <= end, line.hasPrefix(text.span, at: at) else { return false }
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

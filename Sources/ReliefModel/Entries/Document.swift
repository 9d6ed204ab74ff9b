// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// What a paper states of itself (FORMAT.md §2, document).
public struct Document: Sendable, Equatable {
    /// The word for "the source does not say".
    public static let unstated = "unstated"
    /// Bytes of a document number, at most.
    public static let numberByteCount = 200

    /// Its number, or ``unstated``; nil for a paper that bears none.
    public let number: String?
    /// Its date.
    public let date: CivilDate?

    /// Nil when it states nothing at all.
    public init?(number: String?, date: CivilDate?) {
        guard number != nil || date != nil else { return nil }
        self.number = number
        self.date = date
    }

    /// The canonical object.
    public var json: JSONValue {
        .object(["number": number.map(JSONValue.string), "date": date.map { .string("\($0)") }])
    }

    /// Reads the object strictly.
    public init(json: JSONValue) throws(RecordFault) {
        var fields = try FieldReader(value: json, within: "document")
        number =
            fields.has("number")
            ? try fields.text("number", maximumByteCount: Self.numberByteCount) : nil
        date = fields.has("date") ? try fields.word("date", "date", CivilDate.init(_:)) : nil
        try fields.finish()
        guard number != nil || date != nil else {
            throw fields.bad("number", expected: "number|date")
        }
    }

    /// Reads an object that is known to be canonical.
    ///
    /// - Returns: Nil when it is no document, or when its number has escapes.
    init?(canonical object: Span<UInt8>) throws(RecordFault) {
        guard let parts = try DocumentStamp.parts(of: object) else { return nil }
        date = parts.date
        guard let range = parts.number else {
            number = nil
            return
        }
        let text = object.extracting(range)
        for index in text.indices where text[index] == UInt8(ascii: "\\") { return nil }
        guard let valid = try? UTF8Span(validating: text) else { return nil }
        number = String(copying: valid)
    }

    /// What rules compare, without the text.
    public var stamp: DocumentStamp {
        guard let number else { return DocumentStamp(date: date, number: nil) }
        return DocumentStamp(date: date, number: number.utf8Span.span)
    }
}

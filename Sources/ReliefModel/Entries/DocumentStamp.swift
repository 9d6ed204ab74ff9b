// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// The part of a document that rules compare, as a plain value.
public struct DocumentStamp: Sendable, Hashable {
    /// Its date, where stated.
    public let date: CivilDate?
    /// Whether the number is recorded as not stated (E07).
    public let isNumberUnstated: Bool
    /// Tells numbers apart when findings are grouped; never decides one.
    public let tag: UInt64

    private static let dateOpening = Array(#"{"date":""#.utf8)
    private static let numberOpening = Array(#""number":""#.utf8)
    private static let unstated = Array(Document.unstated.utf8)

    /// Takes the number's text, or its JSON spelling where `isEscaped`.
    init(date: CivilDate?, number: Span<UInt8>?, isEscaped: Bool = false) {
        self.date = date
        guard let number else {
            isNumberUnstated = false
            tag = 0
            return
        }
        isNumberUnstated =
            number.count == Self.unstated.count && number.hasPrefix(Self.unstated.span, at: 0)
        tag = Self.tag(number, isEscaped: isEscaped)
    }

    /// Reads an object that is known to be canonical, without allocating.
    ///
    /// - Returns: Nil when it is no document.
    init?(canonical object: Span<UInt8>) throws(RecordFault) {
        guard let parts = try Self.parts(of: object) else { return nil }
        guard let number = parts.number else {
            self.init(date: parts.date, number: nil)
            return
        }
        self.init(date: parts.date, number: object.extracting(number), isEscaped: true)
    }

    /// The date and the place of the number in a canonical object.
    ///
    /// Canonical order leaves three shapes: `{"date":…}`, `{"date":…,"number":…}` and
    /// `{"number":…}`.
    ///
    /// - Returns: Nil when it is none of them.
    static func parts(
        of object: Span<UInt8>
    ) throws(RecordFault) -> (date: CivilDate?, number: Range<Int>?)? {
        let end = object.count - 2
        guard end > 0, object[end] == UInt8(ascii: "\"") else { return nil }
        var date: CivilDate?
        var at = 1
        if object.hasPrefix(dateOpening.span, at: 0) {
            guard object.count >= 21, let read = CivilDate(object.extracting(9..<19)),
                object[19] == UInt8(ascii: "\"")
            else { return nil }
            date = read
            at = 20
            if object.count == 21 { return (date, nil) }
            guard object[20] == UInt8(ascii: ",") else { return nil }
            at = 21
        }
        guard object.hasPrefix(numberOpening.span, at: at), at + 10 <= end,
            try isText(object.extracting(at + 10..<end))
        else { return nil }
        return (date, at + 10..<end)
    }

    /// Whether the bytes are the inside of one string, and text of the allowed length.
    private static func isText(_ number: Span<UInt8>) throws(RecordFault) -> Bool {
        var index = 0
        var escapes = 0
        while index < number.count {
            switch number[index] {
            case UInt8(ascii: "\""): return false
            case UInt8(ascii: "\\"):
                escapes += 1
                index += 2
            default: index += 1
            }
        }
        guard number.count - escapes <= Document.numberByteCount else { return false }
        let problem = TextRule.problem(
            in: number, maximumByteCount: Document.numberByteCount + escapes)
        if let problem {
            throw .malformed(
                Message(zh: "document.number：\(problem.zh)", en: "document.number: \(problem.en)"))
        }
        return true
    }

    /// FNV-1a of the number's bytes; an escape counts as the character that it stands for.
    static func tag(_ bytes: Span<UInt8>, isEscaped: Bool = false) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var index = 0
        while index < bytes.count {
            if isEscaped, bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count { index += 1 }
            hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3
            index += 1
        }
        return hash
    }
}

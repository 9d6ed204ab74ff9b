// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// Who is paid, as the chain's field `payee` names him: never by a name or an identity number.
///
/// | form | payee |
/// |---|---|
/// | `h-` and 32 lower-case hex digits | a household or person, by a keyed pseudonym |
/// | `f-` and 18 characters | a firm or body, by its 统一社会信用代码 with a correct check character |
/// | `o-` and an officer's number | an officer, by the id that keys are enrolled under |
///
/// Each payee has one spelling. The value packs the form's letter and up to 32 characters of 7 bits
/// each into 32 bytes, so that it copies without reference counting and compares as two integers;
/// it sorts as its text does.
public struct PayeeID: Hashable, Comparable, Sendable, CustomStringConvertible {
    // The form's letter in bits 112 to 118, then 16 characters, the first highest, 0 for none.
    @usableFromInline let high: UInt128
    // The other 16 characters.
    @usableFromInline let low: UInt128

    /// Length of the longest text in bytes.
    public static let maximumByteCount = 34

    private static let charactersPerWord = 16
    private static let bitsPerCharacter = 7

    /// What kind of payee an id names; the raw value is the letter it begins with.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// A household or person, `h-`.
        case household = 0x68
        /// A firm or other body with a 统一社会信用代码, `f-`.
        case firm = 0x66
        /// An officer, `o-`.
        case officer = 0x6F

        /// The name for people.
        public var name: Message {
            switch self {
            case .household: Message(zh: "农户或个人", en: "household or person")
            case .firm: Message(zh: "单位", en: "firm or body")
            case .officer: Message(zh: "工作人员", en: "officer")
            }
        }
    }

    /// Reads an id, or gives nil.
    ///
    /// - Complexity: constant, no allocation.
    public init?(_ text: Span<UInt8>) {
        guard (4...Self.maximumByteCount).contains(text.count), text[1] == 0x2D,
            let kind = Kind(rawValue: text[0]),
            Self.isName(text.extracting(2..<text.count), of: kind)
        else { return nil }
        var high = UInt128(kind.rawValue)
        var low: UInt128 = 0
        for index in 2..<Self.maximumByteCount {
            let byte = index < text.count ? UInt128(text[index]) : 0
            if index < 2 + Self.charactersPerWord {
                high = high << UInt128(Self.bitsPerCharacter) | byte
            } else {
                low = low << UInt128(Self.bitsPerCharacter) | byte
            }
        }
        self.high = high
        self.low = low
    }

    /// Reads an id, or gives nil.
    public init?(_ text: String) {
        self.init(Array(text.utf8).span)
    }

    /// The id of a household or person whose pseudonym is a number of 128 bits, the highest first.
    public init(pseudonym: UInt128) {
        var digits: [UInt8] = [Kind.household.rawValue, 0x2D]
        for place in 0..<32 {
            let value = UInt8(truncatingIfNeeded: pseudonym >> UInt128(124 - 4 * place) & 0xF)
            digits.append(value < 10 ? 0x30 + value : 0x61 + value - 10)
        }
        self.init(checked: digits)
    }

    /// The id of a firm or other body.
    public init(firm: UnifiedCode) {
        self.init(checked: [Kind.firm.rawValue, 0x2D] + Array(firm.description.utf8))
    }

    /// The id of an officer.
    public init(officer: PersonID) {
        self.init(checked: [Kind.officer.rawValue, 0x2D] + Array(officer.text.utf8))
    }

    private init(checked text: [UInt8]) {
        guard let id = PayeeID(text.span) else {
            preconditionFailure("PayeeID: a checked part made no id")
        }
        self = id
    }

    /// What kind of payee this is.
    public var kind: Kind {
        let letter = UInt8(truncatingIfNeeded: high >> 112)
        guard let kind = Kind(rawValue: letter) else {
            preconditionFailure("PayeeID: no kind \(letter)")
        }
        return kind
    }

    /// The code of a firm or other body, or nil.
    public var firm: UnifiedCode? { kind == .firm ? UnifiedCode(name.span) : nil }

    /// The number of an officer, or nil.
    public var officer: PersonID? { kind == .officer ? PersonID(name.span) : nil }

    /// The id as text.
    public var description: String {
        String(decoding: [kind.rawValue, 0x2D] + name, as: UTF8.self)
    }

    /// Whether the ids are the same.
    @inlinable
    public static func == (left: PayeeID, right: PayeeID) -> Bool {
        left.high == right.high && left.low == right.low
    }

    /// Whether an id sorts before another, as their texts do.
    @inlinable
    public static func < (left: PayeeID, right: PayeeID) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }

    /// Feeds the id to a hasher.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        hasher.combine(high)
        hasher.combine(low)
    }

    /// What follows the hyphen.
    private var name: [UInt8] {
        (0..<2 * Self.charactersPerWord).compactMap { index in
            let word = index < Self.charactersPerWord ? high : low
            let place = Self.charactersPerWord - 1 - index % Self.charactersPerWord
            let byte = UInt8(truncatingIfNeeded: word >> UInt128(Self.bitsPerCharacter * place))
            return byte & 0x7F == 0 ? nil : byte & 0x7F
        }
    }

    /// Whether the bytes may follow the hyphen.
    private static func isName(_ text: Span<UInt8>, of kind: Kind) -> Bool {
        switch kind {
        case .household: isPseudonym(text)
        case .firm: UnifiedCode.isValid(text)
        case .officer: isOfficer(text)
        }
    }

    private static func isPseudonym(_ text: Span<UInt8>) -> Bool {
        guard text.count == 32 else { return false }
        for index in text.indices {
            guard (0x30...0x39).contains(text[index]) || (0x61...0x66).contains(text[index]) else {
                return false
            }
        }
        return true
    }

    /// The rule of ``LedgerFormat/PersonID``, whose initialiser allocates: 2 to 32 of
    /// `A–Z a–z 0–9 . _ -`, starting with a letter.
    private static func isOfficer(_ text: Span<UInt8>) -> Bool {
        guard (2...32).contains(text.count), isLetter(text[0]) else { return false }
        for index in text.indices {
            switch text[index] {
            case 0x30...0x39, 0x2D, 0x2E, 0x5F: continue
            default: guard isLetter(text[index]) else { return false }
            }
        }
        return true
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}

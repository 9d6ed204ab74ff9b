// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// The code of a firm or other body (统一社会信用代码).
///
/// 18 of `0–9 A–Z` without `I O S V Z`; the last is a check character, which shows every single
/// wrong character and every exchange of two different neighbours. The structure inside the code
/// (registering authority, division) is not looked at: codes were given out that deviate from it.
///
/// - Source: GB 32100-2015, clauses 4 and 5.
public struct UnifiedCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    // 18 values of 5 bits each, the first highest; the values ascend with the characters.
    private let packed: UInt128

    /// Length of every code, in characters and bytes.
    public static let byteCount = 18

    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
    private static let modulus: UInt32 = 31

    /// Reads a code in its one spelling, or gives nil.
    public init?(_ text: Span<UInt8>) {
        guard Self.isValid(text) else { return nil }
        var packed: UInt128 = 0
        for index in text.indices {
            packed = packed << 5 | UInt128(Self.value(of: text[index]) ?? 0)
        }
        self.packed = packed
    }

    /// Reads a code as people type and paste it.
    ///
    /// Full-width characters, small letters and spaces around the code are put right.
    ///
    /// - Throws: ``UnifiedCodeError`` for the first thing wrong from the left.
    public init(entered text: String) throws(UnifiedCodeError) {
        let characters = EnteredText.characters(of: text)
        guard !characters.isEmpty else { throw .empty }
        var bytes: [UInt8] = []
        for (index, character) in characters.enumerated() {
            guard let byte = character.asciiValue, Self.value(of: byte) != nil else {
                throw .character(position: index + 1)
            }
            bytes.append(byte)
        }
        guard bytes.count == Self.byteCount else { throw .length(bytes.count) }
        guard let code = UnifiedCode(bytes.span) else { throw .checkCharacter }
        self = code
    }

    /// Whether the bytes are a code in its one spelling.
    ///
    /// - Complexity: constant, no allocation.
    public static func isValid(_ text: Span<UInt8>) -> Bool {
        guard text.count == byteCount else { return false }
        var sum: UInt32 = 0
        var weight: UInt32 = 1
        for index in text.indices {
            guard let value = value(of: text[index]) else { return false }
            // The check character counts with weight 1: it makes the sum a multiple of 31.
            sum += value * (index == byteCount - 1 ? 1 : weight)
            weight = weight * 3 % modulus
        }
        return sum.isMultiple(of: modulus)
    }

    /// The 18 characters.
    public var description: String {
        let characters = (0..<Self.byteCount).map { index in
            Self.alphabet[Int(packed >> UInt128(5 * (Self.byteCount - 1 - index)) & 0x1F)]
        }
        return String(decoding: characters, as: UTF8.self)
    }

    /// Whether a code sorts before another, as their texts do.
    public static func < (left: UnifiedCode, right: UnifiedCode) -> Bool {
        left.packed < right.packed
    }

    /// The value of a character, 0 to 30, or nil.
    private static func value(of character: UInt8) -> UInt32? {
        switch character {
        case 0x30...0x39: UInt32(character - 0x30)  // 0–9
        case 0x41...0x48: UInt32(character - 0x41) + 10  // A–H
        case 0x4A...0x4E: UInt32(character - 0x4A) + 18  // J–N
        case 0x50...0x52: UInt32(character - 0x50) + 23  // P–R
        case 0x54...0x55: UInt32(character - 0x54) + 26  // T, U
        case 0x57...0x59: UInt32(character - 0x57) + 28  // W–Y
        default: nil
        }
    }
}

/// Why a text is no 统一社会信用代码; never carries the text, which may be another number by mistake.
public enum UnifiedCodeError: Error, Equatable, Sendable {
    /// Nothing but spaces.
    case empty
    /// A character, counted from 1, that no code has.
    case character(position: Int)
    /// Not 18 characters.
    case length(Int)
    /// The last character does not fit the others.
    case checkCharacter

    /// What was found, what is expected and what to do, for people.
    public var message: Message {
        switch self {
        case .empty:
            Message(
                zh: "统一社会信用代码为空，应为18位；请照营业执照或登记证填写",
                en: "the unified social credit code is empty, expected 18 characters; "
                    + "copy it from the licence or certificate")
        case .character(let position):
            Message(
                zh: "统一社会信用代码第\(position)位不是可用的字符，"
                    + "应为数字或除 I、O、S、V、Z 外的大写字母；请核对是否误用了形近字母",
                en: "unified social credit code: character \(position) is none that codes have, "
                    + "expected a digit or a letter other than I, O, S, V, Z; "
                    + "check for letters that look alike")
        case .length(let count):
            Message(
                zh: "统一社会信用代码有\(count)位，应为18位；请照营业执照或登记证补全或更正",
                en: "the unified social credit code has \(count) characters, expected 18; "
                    + "complete or correct it from the licence or certificate")
        case .checkCharacter:
            Message(
                zh: "统一社会信用代码的校验位不符，应与前17位相符，至少有一位有误；请照营业执照或登记证逐位核对",
                en: "the check character of the unified social credit code does not fit, expected "
                    + "it to follow from the other 17, so at least one is wrong; "
                    + "compare it with the licence or certificate")
        }
    }
}

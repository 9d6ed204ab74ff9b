// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// The number of a bank card: 16 to 19 digits, the last a check digit; shows itself masked only.
///
/// Nothing that prints, dumps or interpolates the value shows more than its last four digits;
/// ``clearDigitsForPayment`` is the only way to the whole.
///
/// - Source: ISO/IEC 7812-1, annex B (the Luhn formula).
public struct CardNumber: Hashable, Sendable {
    private let value: UInt64
    private let count: UInt8

    /// How many digits a number may have.
    public static let digitCounts = 16...19

    /// Reads a number as people type and paste it.
    ///
    /// Full-width digits, spaces around the number, and single spaces between digits are put right.
    ///
    /// - Throws: ``CardNumberError`` for the first thing wrong from the left.
    public init(entered text: String) throws(CardNumberError) {
        let characters = EnteredText.characters(of: text)
        guard !characters.isEmpty else { throw .empty }
        var digits: [UInt8] = []
        for (index, character) in characters.enumerated() {
            if let byte = character.asciiValue, (0x30...0x39).contains(byte) {
                digits.append(byte - 0x30)
            } else if character != " " || characters[index - 1] == " " {
                throw .character(position: index + 1)
            }
        }
        guard Self.digitCounts.contains(digits.count) else { throw .length(digits.count) }
        guard Self.isChecked(digits) else { throw .checkDigit }
        // 19 digits stay below 10^19, which 64 bits hold.
        value = digits.reduce(0) { $0 * 10 + UInt64($1) }
        count = UInt8(digits.count)
    }

    /// The digits in clear, as ASCII bytes, for the file that the bank gets and for nothing else.
    ///
    /// They must never reach the ledger, a message or a log.
    public var clearDigitsForPayment: [UInt8] {
        var digits = [UInt8](repeating: 0x30, count: Int(count))
        var rest = value
        for index in digits.indices.reversed() {
            digits[index] += UInt8(rest % 10)
            rest /= 10
        }
        return digits
    }

    /// Whether the digits, as numbers 0 to 9, obey the Luhn formula.
    static func isChecked(_ digits: [UInt8]) -> Bool {
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            // Every second digit from the right is doubled, and 9 cast out.
            let value = place.isMultiple(of: 2) ? Int(digit) : Int(digit) * 2
            sum += value > 9 ? value - 9 : value
        }
        return sum.isMultiple(of: 10)
    }
}

// MARK: - CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable

extension CardNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The last four digits, as banks name a card to its holder: `***…1234`.
    public var description: String {
        "***…" + String(decoding: clearDigitsForPayment.suffix(4), as: UTF8.self)
    }

    /// The masked number too.
    public var debugDescription: String { description }

    /// The masked number without parts, so that `dump` shows no more.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a text is no bank card number; never carries the text or a part of it.
public enum CardNumberError: Error, Equatable, Sendable {
    /// Nothing but spaces.
    case empty
    /// A character, counted from 1, that may not stand there.
    case character(position: Int)
    /// Not 16 to 19 digits.
    case length(Int)
    /// The last digit does not fit the others.
    case checkDigit

    /// What was found, what is expected and what to do, for people.
    public var message: Message {
        switch self {
        case .empty:
            Message(
                zh: "银行卡号为空，应为16至19位数字；请照银行卡填写",
                en: "the card number is empty, expected 16 to 19 digits; copy it from the card")
        case .character(let position):
            Message(
                zh: "银行卡号第\(position)个字符不可用，应为数字；请照银行卡逐位核对",
                en: "card number: character \(position) may not stand there, expected a digit; "
                    + "compare it with the card")
        case .length(let count):
            Message(
                zh: "银行卡号有\(count)位，应为16至19位；请照银行卡补全或更正（存折账号不是卡号）",
                en: "the card number has \(count) digits, expected 16 to 19; complete or correct "
                    + "it from the card (the account number of a passbook is no card number)")
        case .checkDigit:
            Message(
                zh: "银行卡号的校验位不符，应与其余各位相符，至少有一位有误；请照银行卡逐位核对",
                en: "the card number's check digit does not fit, expected it to follow from the "
                    + "others, so at least one is wrong; compare it with the card")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// A resident identity number (公民身份号码) of 18 characters; shows itself masked only.
///
/// Six digits of a division, eight of the birth date, three of a sequence, and a check character.
/// Of the division only the province is checked: lists of counties change, numbers stay. The
/// residence permits of people from Hong Kong, Macao and Taiwan (81, 82, 83) have such numbers too.
///
/// Nothing that prints, dumps or interpolates the value shows more than its first three and last
/// two characters; ``clearDigitsForPseudonym`` is the only way to the whole.
///
/// KNOWN GAP: the numbers of foreigners' permanent residence cards begin with 9 and are refused.
///
/// - Source: GB 11643-1999.
public struct IdentityNumber: Hashable, Sendable {
    // The first 17 digits as one number; the check character follows from them.
    private let body: UInt64

    /// Length of every number, in characters.
    public static let characterCount = 18

    /// The earliest birth year that is taken for one.
    static let firstBirthYear = 1900

    /// Reads a number as people type and paste it.
    ///
    /// Full-width digits, a small `x` and spaces around the number are put right.
    ///
    /// - Parameters:
    ///   - text: The number.
    ///   - date: The last possible birth date, today as a rule.
    /// - Throws: ``IdentityNumberError`` for the first thing wrong from the left.
    public init(
        entered text: String, notAfter date: CivilDate
    ) throws(IdentityNumberError) {
        let characters = EnteredText.characters(of: text)
        guard !characters.isEmpty else { throw .empty }
        var digits: [UInt8] = []
        for (index, character) in characters.enumerated() {
            if let byte = character.asciiValue, (0x30...0x39).contains(byte) {
                digits.append(byte - 0x30)
            } else if index == Self.characterCount - 1 && character == "X" {
                digits.append(10)
            } else {
                throw .character(position: index + 1)
            }
        }
        guard digits.count == Self.characterCount else { throw .length(digits.count) }
        guard Self.isRegion(digits) else { throw .region }
        guard let birthDay = Self.birthDay(digits[6..<14]) else { throw .birthDate }
        let (year, month, day) = date.parts
        guard birthDay <= year * 10_000 + month * 100 + day else { throw .bornAfter(date) }
        guard Self.isChecked(digits) else { throw .checkCharacter }
        body = digits.prefix(17).reduce(0) { $0 * 10 + UInt64($1) }
    }

    /// The 18 characters in clear, as ASCII bytes, for computing a pseudonym and for nothing else.
    ///
    /// They must never reach the ledger, a message or a log.
    public var clearDigitsForPseudonym: [UInt8] {
        var digits = [UInt8](repeating: 0, count: 17)
        var rest = body
        for index in digits.indices.reversed() {
            digits[index] = UInt8(rest % 10)
            rest /= 10
        }
        let check = Self.checkValue(digits[...])
        return digits.map { 0x30 + $0 } + [check == 10 ? 0x58 : 0x30 + check]
    }

    /// Whether the person has not completed so many years of life on a day.
    ///
    /// A year is completed on the day after the birthday; on the birthday a child still is one.
    ///
    /// - Source: 最高人民法院法释〔2006〕1号第2条: “周岁”从周岁生日的第二天起算.
    public func isUnder(_ age: Int, on date: CivilDate) -> Bool {
        let birthDay = Int(body / 1_000 % 100_000_000)
        let (year, month, day) = date.parts
        return year * 10_000 + month * 100 + day <= birthDay + age * 10_000
    }

    /// Whether the first two digits are a province's, or those of a residence permit (81 to 83).
    static func isRegion(_ digits: [UInt8]) -> Bool {
        switch digits[0] * 10 + digits[1] {
        case 11...15, 21...23, 31...37, 41...46, 50...54, 61...65, 71, 81...83: true
        default: false
        }
    }

    /// The number `YYYYMMDD` that eight digits spell, if it is a day of the calendar from 1900 on.
    ///
    /// Not a ``LedgerFormat/CivilDate``: those of the ledger begin in 1949, its payees do not.
    static func birthDay(_ digits: some Collection<UInt8>) -> Int? {
        let number = digits.reduce(0) { $0 * 10 + Int($1) }
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
        let isLeap =
            year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let length =
            switch month {
            case 2: isLeap ? 29 : 28
            case 4, 6, 9, 11: 30
            case 1...12: 31
            default: 0
            }
        return (firstBirthYear...CivilDate.years.upperBound).contains(year)
            && day >= 1 && day <= length ? number : nil
    }

    /// Whether the last of 18 values (10 for `X`) is the check character of the others.
    static func isChecked(_ digits: [UInt8]) -> Bool {
        checkValue(digits[..<17]) == digits[17]
    }

    /// The check value of 17 digits, 10 for `X`.
    ///
    /// - Source: GB 11643-1999 clause 4.2.4; ISO/IEC 7064 MOD 11-2.
    private static func checkValue(_ digits: ArraySlice<UInt8>) -> UInt8 {
        let product = digits.reduce(UInt32(0)) { ($0 + UInt32($1)) * 2 % 11 }
        return UInt8((12 - product) % 11)
    }
}

// MARK: - CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable

extension IdentityNumber: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The number with all but its first three and last two characters hidden: `430***…**1X`.
    public var description: String {
        let clear = clearDigitsForPseudonym
        return String(decoding: clear.prefix(3), as: UTF8.self) + "***…**"
            + String(decoding: clear.suffix(2), as: UTF8.self)
    }

    /// The masked number too.
    public var debugDescription: String { description }

    /// The masked number without parts, so that `dump` shows no more.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a text is no resident identity number; never carries the text or a part of it.
public enum IdentityNumberError: Error, Equatable, Sendable {
    /// Nothing but spaces.
    case empty
    /// A character, counted from 1, that may not stand there.
    case character(position: Int)
    /// Not 18 characters.
    case length(Int)
    /// The first two digits are no province's.
    case region
    /// The digits 7 to 14 are no day of the calendar from 1900 on.
    case birthDate
    /// The birth date lies after the date given.
    case bornAfter(CivilDate)
    /// The last character does not fit the others.
    case checkCharacter

    /// What was found, what is expected and what to do, for people.
    public var message: Message {
        switch self {
        case .empty:
            Message(
                zh: "身份证号为空，应为18位；请照证件填写",
                en: "the identity number is empty, expected 18 characters; copy it from the card")
        case .character(let position):
            Message(
                zh: "身份证号第\(position)位不是可用的字符，应为数字（第18位可为 X）；请照证件逐位核对",
                en: "identity number: character \(position) may not stand there, expected a digit "
                    + "(or X as the 18th); compare it with the card")
        case .length(15):
            Message(
                zh: "身份证号有15位，应为18位（15位旧号码已停用）；请照现行证件填写",
                en: "the identity number has 15 characters, expected 18 (the old numbers of 15 are "
                    + "out of use); copy it from the present card")
        case .length(let count):
            Message(
                zh: "身份证号有\(count)位，应为18位；请照证件补全或更正",
                en: "the identity number has \(count) characters, expected 18; "
                    + "complete or correct it from the card")
        case .region:
            Message(
                zh: "身份证号前两位应为省级代码，实为不存在的代码；请照证件逐位核对",
                en: "the identity number's first two digits are no province, expected the code of "
                    + "one; compare it with the card")
        case .birthDate:
            Message(
                zh: "身份证号第7至14位应为1900年以来的出生日期，实为不存在的日期；请照证件逐位核对",
                en: "the identity number's digits 7 to 14 are no date, expected a birth date from "
                    + "1900 on; compare it with the card")
        case .bornAfter(let date):
            Message(
                zh: "身份证号中的出生日期晚于 \(date)，应不晚于该日；请照证件逐位核对",
                en: "the identity number's birth date lies after \(date), expected none later; "
                    + "compare it with the card")
        case .checkCharacter:
            Message(
                zh: "身份证号的校验位不符，应与前17位相符，至少有一位有误；请照证件逐位核对",
                en: "the identity number's check character does not fit, expected it to follow "
                    + "from the other 17, so at least one is wrong; compare it with the card")
        }
    }
}

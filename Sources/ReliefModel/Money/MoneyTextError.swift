// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// Why a text is no amount.
public struct MoneyTextError: Error, Equatable, Sendable {
    /// The character at fault, counted from 1.
    public let position: Int
    /// What is wrong there.
    public let problem: Problem

    /// What is wrong with a text.
    public enum Problem: Equatable, Sendable {
        /// No number where one should be.
        case empty
        /// A word or sign that makes the amount inexact.
        case inexact(String)
        /// A sign or an accountant's bracket.
        case sign(Character)
        /// The amount 0.
        case zero
        /// A 0 before the first digit.
        case leadingZero
        /// A thousands separator out of its place.
        case separator
        /// A point without a digit after it.
        case noDecimals
        /// More decimals than the unit has down to one fen.
        case tooManyDecimals(found: Int, unit: MoneyUnit)
        /// An exponent, as spreadsheets show large numbers.
        case exponent(Character)
        /// A unit other than 元 and 万元.
        case unitUnclear(String)
        /// More than 2^53−1 fen.
        case tooLarge(String)
        /// Any other character.
        case unexpected(Character)
    }

    /// What was found, where, what is expected and what to do, for people.
    public var message: Message {
        let (zh, en) = wording
        return Message(zh: "第\(position)个字符：" + zh, en: "character \(position): " + en)
    }

    private var wording: (zh: String, en: String) {
        switch problem {
        case .empty:
            (
                "此处应有数字，实为空；请填写准确金额，如 310,000.00",
                "expected a number, found none; enter the exact amount, such as 310,000.00"
            )
        case .inexact(let word):
            (
                "“\(word)”不是准确金额，应为确定的数；请按凭证填写准确金额",
                "“\(word)” is not exact, expected a definite number; "
                    + "enter the exact amount of the voucher"
            )
        case .sign(let sign):
            (
                "出现“\(Self.shown(sign))”，金额应为不带符号的正数；退回、收回或冲正请另行登记",
                "found “\(Self.shown(sign))”, expected a positive amount without sign; "
                    + "record a return, recall or reversal as its own entry"
            )
        case .zero:
            (
                "金额为零，应大于零；请填写准确金额，或不登记此行",
                "the amount is zero, expected more; enter the exact amount or omit the line"
            )
        case .leadingZero:
            (
                "数字以多余的“0”开头，应以非零数字开头（不足一元写作 0.50）；请核对后去掉多余的零",
                "found a leading “0”, expected none (below one: 0.50); check and remove it"
            )
        case .separator:
            (
                "千分位逗号位置不对，整数部分应每三位一个，如 1,234,567.80；请更正或去掉逗号",
                "found a misplaced comma, expected as in 1,234,567.80; correct or remove it"
            )
        case .noDecimals:
            (
                "小数点后没有数字，应有数字；请补全或去掉小数点",
                "found no digit after the point, expected one; complete or remove it"
            )
        case .tooManyDecimals(let found, let unit):
            (
                "以\(unit.name.zh)为单位有\(found)位小数，应不超过\(unit.decimals)位（精确到分）；请填写准确金额",
                "found \(found) decimals of \(unit.name.en), expected at most \(unit.decimals) "
                    + "(whole fen); enter the exact amount"
            )
        case .exponent(let character):
            (
                "出现“\(character)”，不接受科学计数法，应写出全部数字；请把单元格设为文本或数值格式后重填",
                "found “\(character)”, expected all digits and no exponent; "
                    + "format the cell as text or number and enter the amount again"
            )
        case .unitUnclear(let unit):
            (
                "单位“\(unit)”不明确，应为“元”或“万元”；请写明单位",
                "found the unit “\(unit)”, expected 元 (yuan) or 万元 (10,000 yuan); state the unit"
            )
        case .tooLarge(let number):
            (
                "“\(number)”过大，应不超过 90,071,992,547,409.91 元；请核对金额和单位",
                "“\(number)” is too large, expected at most 90,071,992,547,409.91 yuan; "
                    + "check the amount and its unit"
            )
        case .unexpected(let character):
            (
                "出现“\(Self.shown(character))”，应为数字、千分位逗号、小数点或单位（元、万元）；请填写准确金额",
                "found “\(Self.shown(character))”, expected digits, separators, a point or "
                    + "the unit 元 or 万元; enter the exact amount"
            )
        }
    }

    /// A character as itself, or as its code points where it would not be seen.
    private static func shown(_ character: Character) -> String {
        let isVisible = character.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator,
                .nonspacingMark, .enclosingMark, .unassigned, .privateUse, .surrogate:
                false
            default: true
            }
        }
        if isVisible { return String(character) }
        return character.unicodeScalars.map { scalar in
            let hex = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - hex.utf8.count)) + hex
        }.joined(separator: " ")
    }
}

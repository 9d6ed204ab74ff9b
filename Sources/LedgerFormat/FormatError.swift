// SPDX-License-Identifier: Apache-2.0

/// Why some bytes are not the one accepted spelling, and where.
public struct FormatError: Error, Sendable, Equatable {
    /// The byte offset inside the parsed bytes, from 0; the count of bytes where they end too early.
    public let offset: Int
    /// What is wrong there.
    public let problem: Problem

    /// Locates a problem.
    public init(offset: Int, problem: Problem) {
        self.offset = offset
        self.problem = problem
    }

    /// The kinds of malformed input.
    public enum Problem: Sendable, Equatable {
        /// The bytes end inside a value.
        case unexpectedEnd
        /// A byte stands where the grammar wants something else.
        case unexpectedByte(UInt8, expected: Token)
        /// A byte sequence is not UTF-8 in its shortest form; located at its first byte.
        case notUTF8
        /// A control character (its code point) stands in a string.
        case controlCharacter(UInt32)
        /// An invisible character or direction mark (its code point) stands in a string.
        case invisibleCharacter(UInt32)
        /// An escape is not the canonical one for its character; located at the backslash.
        case nonCanonicalEscape
        /// A number is not a plain integer in its shortest spelling; located at its start.
        case nonCanonicalNumber
        /// An integer lies outside ±(2^53−1); located at its start.
        case numberOutOfRange
        /// A name stands twice in one object; located at the second one's quote.
        case duplicateName(String)
        /// A name should stand before its predecessor; located at its quote.
        case nameOutOfOrder
        /// A name is not 1 to 16 ASCII letters and digits, lower-case letter first; at its quote.
        case badName
        /// Nesting exceeds 8; located at the bracket that goes too deep.
        case tooDeep
        /// There are more bytes than allowed; located at the first one too many.
        case tooLong(byteCount: Int, maximum: Int)
        /// A record has more than 32 fields; located at the first name too many.
        case tooManyFields
        /// Bytes follow the end of the value.
        case trailingBytes
        /// A `null` stands in the place of a value.
        case nullNotAllowed
    }

    /// What the grammar wants where an unexpected byte stands.
    public enum Token: Sendable, Equatable {
        /// `{`, the start of a record.
        case openBrace
        /// A quoted name.
        case name
        /// `:` after a name.
        case colon
        /// Any value.
        case value
        /// The rest of `true` or `false`.
        case boolean
        /// `,` or `}`.
        case commaOrCloseBrace
        /// `,` or `]`.
        case commaOrCloseBracket
    }

    /// The sentence for people, with the offset.
    public var message: Message {
        let what = problem.message
        return Message(zh: "字节偏移 \(offset):\(what.zh)", en: "byte offset \(offset): \(what.en)")
    }
}

extension FormatError.Problem {
    /// What is wrong, what was expected and what is there, without the place.
    public var message: Message {
        switch self {
        case .unexpectedByte(let byte, let expected):
            let found = Self.describe(byte)
            return Message(
                zh: "字节不符合语法,应为\(expected.message.zh),实为 \(found)",
                en: "unexpected byte: expected \(expected.message.en), found \(found)")
        case .controlCharacter(let scalar):
            return Message(
                zh: "字符串含控制字符,应为可见文字,实为 \(Self.codePoint(scalar))",
                en: "control character in a string: expected visible text, found "
                    + Self.codePoint(scalar))
        case .invisibleCharacter(let scalar):
            return Message(
                zh: "字符串含不可见字符,应为可见文字,实为 \(Self.codePoint(scalar))",
                en: "invisible character in a string: expected visible text, found "
                    + Self.codePoint(scalar))
        case .duplicateName(let name):
            return Message(
                zh: "名称重复,同一对象内应各不相同,实为再次出现 \(name)",
                en: "name given twice: expected each name once in an object, found \(name) again")
        case .tooLong(let count, let maximum):
            return Message(
                zh: "字节过多,应不超过 \(maximum) 字节,实为 \(count) 字节",
                en: "too long: expected at most \(maximum) bytes, found \(count)")
        default:
            return plainMessage
        }
    }

    /// The message of the problems that carry no value.
    private var plainMessage: Message {
        switch self {
        case .unexpectedEnd:
            Message(
                zh: "数据提前结束,应为完整的值,实为末尾",
                en: "unexpected end: expected a whole value, found the end of the bytes")
        case .notUTF8:
            Message(
                zh: "不是 UTF-8,应为最短形式的 UTF-8,实为无效字节序列",
                en:
                    "not UTF-8: expected the shortest form of a character, found an invalid sequence"
            )
        case .nonCanonicalEscape:
            Message(
                zh: "转义写法不规范,应为规范 JSON 的唯一写法,实为另一种",
                en: "escape not canonical: expected the one spelling of RFC 8785, found another")
        case .nonCanonicalNumber:
            Message(
                zh: "数字写法不规范,应为无前导零、小数和指数的整数,实为另一种",
                en: "number not canonical: expected an integer without leading zero, fraction or "
                    + "exponent, found another spelling")
        case .numberOutOfRange:
            Message(
                zh: "整数超出范围,应在 ±9007199254740991 之内,实为更大",
                en: "integer out of range: expected within ±9007199254740991, found a larger one")
        case .nameOutOfOrder:
            Message(
                zh: "名称次序不对,应按升序排列,实为小于前一个名称",
                en: "name out of order: expected ascending names, found one below the name before")
        case .badName:
            Message(
                zh: "名称不合规定,应为 1 至 16 个字母或数字且以小写字母开头,实为另一种",
                en:
                    "bad name: expected 1 to 16 ASCII letters and digits, a lower-case letter first, "
                    + "found another spelling")
        case .tooDeep:
            Message(
                zh: "嵌套过深,应不超过 8 层,实为第 9 层",
                en: "nested too deep: expected at most 8 levels, found a ninth")
        case .tooManyFields:
            Message(
                zh: "字段过多,应不超过 32 个,实为第 33 个",
                en: "too many fields: expected at most 32 in a record, found another")
        case .trailingBytes:
            Message(
                zh: "值后有多余字节,应在此结束,实为还有字节",
                en: "trailing bytes: expected the end after the value, found more")
        case .nullNotAllowed:
            Message(
                zh: "不允许 null,缺失的值应省略字段,实为 null",
                en: "null not allowed: expected the field to be left out, found null")
        case .unexpectedByte, .controlCharacter, .invisibleCharacter, .duplicateName, .tooLong:
            message
        }
    }

    /// The byte in hexadecimal, with its character where it is printable ASCII.
    private static func describe(_ byte: UInt8) -> String {
        let hex = "0x" + HexText.encode(CollectionOfOne(byte))
        guard (0x21...0x7E).contains(byte) else { return hex }
        return "\(hex) (\(Character(Unicode.Scalar(byte))))"
    }

    /// The code point in the notation of Unicode, `U+200B`.
    static func codePoint(_ scalar: UInt32) -> String {
        let digits = String(scalar, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}

extension FormatError.Token {
    /// The name of the expected thing.
    public var message: Message {
        switch self {
        case .openBrace: Message(zh: "「{」", en: "{")
        case .name: Message(zh: "带引号的名称", en: "a quoted name")
        case .colon: Message(zh: "「:」", en: ":")
        case .value: Message(zh: "值", en: "a value")
        case .boolean: Message(zh: "true 或 false", en: "true or false")
        case .commaOrCloseBrace: Message(zh: "「,」或「}」", en: ", or }")
        case .commaOrCloseBracket: Message(zh: "「,」或「]」", en: ", or ]")
        }
    }
}

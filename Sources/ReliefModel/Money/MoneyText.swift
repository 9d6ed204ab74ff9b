// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// The unit in which an amount is written.
public enum MoneyUnit: Sendable, CaseIterable {
    /// 元, yuan: up to 2 decimals.
    case yuan
    /// 万元, ten thousand yuan: up to 6 decimals.
    case wanYuan

    /// How many decimals make one fen.
    public var decimals: Int {
        switch self {
        case .yuan: 2
        case .wanYuan: 6
        }
    }

    /// The fen in one unit.
    public var fen: Int64 {
        switch self {
        case .yuan: 100
        case .wanYuan: 1_000_000
        }
    }

    /// The unit's name.
    public var name: Message {
        switch self {
        case .yuan: Message(zh: "元", en: "yuan")
        case .wanYuan: Message(zh: "万元", en: "10,000 yuan")
        }
    }
}

// MARK: - Printing

extension Money {
    /// The amount as exact decimal text, without the unit's name.
    ///
    /// 元 has two decimals and thousands separators, `310,000.00`; 万元 has as many decimals as are
    /// needed and no separators, `31`, `150.6728`.
    public func text(in unit: MoneyUnit = .yuan) -> String {
        DecimalText.text(fen: Int128(fen), in: unit)
    }
}

extension MoneyTotal {
    /// The total as exact decimal text, without the unit's name, as ``Money/text(in:)``.
    public func text(in unit: MoneyUnit = .yuan) -> String {
        DecimalText.text(fen: fen, in: unit)
    }
}

/// Fen as decimal text.
private enum DecimalText {
    static func text(fen: Int128, in unit: MoneyUnit) -> String {
        let scale = UInt128(unit.fen)
        let whole = String(fen.magnitude / scale)
        let rest = String(fen.magnitude % scale)
        var fraction = String(repeating: "0", count: unit.decimals - rest.utf8.count) + rest
        let sign = fen < 0 ? "-" : ""
        switch unit {
        case .yuan:
            return sign + grouped(whole) + "." + fraction
        case .wanYuan:
            while fraction.last == "0" { fraction.removeLast() }
            return sign + whole + (fraction.isEmpty ? "" : "." + fraction)
        }
    }

    /// The digits with a comma before each three of them.
    private static func grouped(_ digits: String) -> String {
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.utf8.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }
}

// MARK: - Reading

extension Money {
    /// Reads an amount as an officer writes or pastes it.
    ///
    ///     amount = [¥] number [元 | 万元]        spaces around each part
    ///     number = whole [. decimals]            1 to 2 decimals of 元, 1 to 6 of 万元
    ///     whole  = digits without a leading zero, with all thousands separators or none
    ///
    /// Full-width digits, commas and points (１２，３４５．６０, also 。) are read as their ASCII
    /// forms. What is inexact (约, 余, 以上 …), signed, zero or above 2^53−1 fen is refused.
    ///
    /// - Parameters:
    ///   - text: The text of the field.
    ///   - unit: The unit meant where the text names none; a named one wins.
    /// - Throws: ``MoneyTextError``: the first thing wrong and its place.
    public init(_ text: String, in unit: MoneyUnit = .yuan) throws(MoneyTextError) {
        if let inexact = Inexactness.find(in: text) { throw inexact }
        var scanner = MoneyScanner(text)
        self = try scanner.amount(in: unit)
    }
}

/// Words and signs by which a text says that its amount is not exact.
private enum Inexactness {
    // Longer words first, so that the whole word is quoted.
    static let words = [
        "大约", "将近", "接近", "左右", "上下", "以上", "以下", "以内", "不足", "超过", "不少于", "不超过",
        "约", "余", "多", "近", "逾", "超", "几", "数", "~", "～", "〜", "≈", "≥", "≤", ">", "<", "＞", "＜",
    ]

    private static let firsts = Set(words.compactMap(\.first))

    static func find(in text: String) -> MoneyTextError? {
        let characters = Array(text)
        for start in characters.indices where firsts.contains(characters[start]) {
            for word in words where characters[start...].starts(with: word) {
                return MoneyTextError(position: start + 1, problem: .inexact(word))
            }
        }
        return nil
    }
}

/// Reads one amount, character by character.
private struct MoneyScanner {
    private let characters: [Character]
    private var index = 0

    init(_ text: String) {
        characters = Array(text)
    }

    mutating func amount(in unit: MoneyUnit) throws(MoneyTextError) -> Money {
        skipSpaces()
        if peek == "¥" || peek == "￥" {
            index += 1
            skipSpaces()
        }
        guard peek != nil else { throw error(.empty) }
        if let sign = peek, Self.signs.contains(sign) { throw error(.sign(sign)) }
        let start = index
        var digits = try whole()
        let pointIndex = index
        let decimals = try fraction()
        let end = index
        let unit = try suffix() ?? unit
        if decimals.count > unit.decimals {
            throw error(
                .tooManyDecimals(found: decimals.count, unit: unit),
                at: pointIndex + 1 + unit.decimals)
        }
        digits += decimals
        digits += Array(repeating: 0, count: unit.decimals - decimals.count)
        return try money(digits, written: String(characters[start..<end]), at: start)
    }

    /// The digits before the point.
    private mutating func whole() throws(MoneyTextError) -> [UInt8] {
        let start = index
        var digits: [UInt8] = []
        var group = 0
        var isGrouped = false
        while let character = peek {
            if let digit = Self.digit(character) {
                digits.append(digit)
                group += 1
            } else if character == "," || character == "，" {
                guard isGrouped ? group == 3 : (1...3).contains(group) else {
                    throw error(.separator)
                }
                isGrouped = true
                group = 0
            } else {
                break
            }
            index += 1
        }
        if digits.isEmpty { throw unexpected() }
        if isGrouped && group != 3 { throw error(.separator, at: index - group - 1) }
        if digits.count > 1 && digits[0] == 0 { throw error(.leadingZero, at: start) }
        return digits
    }

    /// The digits after the point, none where there is no point.
    private mutating func fraction() throws(MoneyTextError) -> [UInt8] {
        guard let point = peek, Self.points.contains(point) else { return [] }
        index += 1
        var digits: [UInt8] = []
        while let character = peek, let digit = Self.digit(character) {
            digits.append(digit)
            index += 1
        }
        if digits.isEmpty { throw error(.noDecimals, at: index - 1) }
        if peek == "," || peek == "，" { throw error(.separator) }
        return digits
    }

    /// The unit written after the number, if any, and the end of the text.
    private mutating func suffix() throws(MoneyTextError) -> MoneyUnit? {
        if let character = peek, Self.exponents.contains(character) {
            throw error(.exponent(character))
        }
        skipSpaces()
        var unit: MoneyUnit?
        if peek == "元" {
            unit = .yuan
            index += 1
        } else if peek == "万" {
            guard index + 1 < characters.count, characters[index + 1] == "元" else {
                throw error(.unitUnclear("万"))
            }
            unit = .wanYuan
            index += 2
        }
        skipSpaces()
        guard peek == nil else { throw unexpected() }
        return unit
    }

    private func money(
        _ digits: [UInt8], written: String, at start: Int
    ) throws(MoneyTextError) -> Money {
        var fen: Int64 = 0
        for digit in digits {
            // Below 2^53 before each step, so the step stays below 2^57.
            fen = fen * 10 + Int64(digit)
            if fen > Money.recordable.upperBound {
                // Whole where it could be an amount, cut where it could not.
                let shown = written.count > 32 ? String(written.prefix(32)) + "…" : written
                throw error(.tooLarge(shown), at: start)
            }
        }
        if fen == 0 { throw error(.zero, at: start) }
        return Money(fen: fen)
    }

    private var peek: Character? { index < characters.count ? characters[index] : nil }

    private mutating func skipSpaces() {
        while let character = peek, Self.spaces.contains(character) { index += 1 }
    }

    private func unexpected() -> MoneyTextError {
        guard let character = peek else { return error(.empty) }
        return error(.unexpected(character))
    }

    private func error(_ problem: MoneyTextError.Problem, at index: Int? = nil) -> MoneyTextError {
        MoneyTextError(position: (index ?? self.index) + 1, problem: problem)
    }

    private static let spaces: Set<Character> = [" ", "\t", "\u{A0}", "\u{3000}"]
    private static let signs: Set<Character> = [
        "-", "+", "－", "＋", "\u{2212}", "\u{2013}", "\u{2014}", "(", "（", "负", "▲", "△",
    ]
    private static let points: Set<Character> = [".", "．", "。"]
    private static let exponents: Set<Character> = ["e", "E", "ｅ", "Ｅ"]

    private static func digit(_ character: Character) -> UInt8? {
        let scalars = character.unicodeScalars
        guard let scalar = scalars.first, scalars.count == 1 else { return nil }
        switch scalar.value {
        case 0x30...0x39: return UInt8(scalar.value - 0x30)
        case 0xFF10...0xFF19: return UInt8(scalar.value - 0xFF10)
        default: return nil
        }
    }
}

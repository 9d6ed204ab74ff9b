// SPDX-License-Identifier: Apache-2.0

/// Reads capital numerals strictly, by their places rather than by writing them again.
///
/// Each place must be smaller than the one before within its section of four; 零 must stand
/// exactly where the house form of `ChineseNumeral` has it.
struct ChineseNumeralReader {
    private let characters: [Character]
    private var index = 0

    static func fen(_ text: String) -> Int64? {
        var reader = ChineseNumeralReader(characters: Array(text))
        return reader.fen()
    }

    private init(characters: [Character]) {
        self.characters = characters
    }

    private static let digits: [Character: Int64] = [
        "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
    ]
    private static let places: [(Character, Int64)] = [("仟", 1_000), ("佰", 100), ("拾", 10)]

    private var peek: Character? { index < characters.count ? characters[index] : nil }

    private mutating func take(_ character: Character) -> Bool {
        guard peek == character else { return false }
        index += 1
        return true
    }

    private mutating func digit() -> Int64? {
        guard let character = peek, let digit = Self.digits[character] else { return nil }
        index += 1
        return digit
    }

    private mutating func fen() -> Int64? {
        if String(characters) == "零元整" { return 0 }
        var yuan: Int64 = 0
        if let split = characters.firstIndex(of: "元") {
            guard let whole = Self.whole(Array(characters[..<split])) else { return nil }
            yuan = whole
            index = split + 1
            if take("整") { return index == characters.count ? yuan * 100 : nil }
        }
        let hasZero = take("零")
        var jiao: Int64 = 0
        var fen: Int64 = 0
        guard let first = digit() else { return nil }
        if take("角") {
            jiao = first
            if !take("整") {
                guard let second = digit(), take("分") else { return nil }
                fen = second
            }
        } else {
            guard take("分") else { return nil }
            fen = first
        }
        guard index == characters.count else { return nil }
        let needsZero = yuan > 0 && (jiao == 0 || yuan % 10 == 0)
        return hasZero == needsZero ? yuan * 100 + jiao * 10 + fen : nil
    }

    /// A whole number, split at 亿 and at 万.
    private static func whole(_ characters: [Character]) -> Int64? {
        for (mark, base) in [("亿" as Character, Int64(100_000_000)), ("万", 10_000)] {
            guard let split = characters.lastIndex(of: mark) else { continue }
            guard let high = whole(Array(characters[..<split])) else { return nil }
            var rest = Array(characters[(split + 1)...])
            if rest.isEmpty { return high * base }
            let hasZero = rest[0] == "零"
            if hasZero { rest.removeFirst() }
            guard let low = whole(rest), low < base, hasZero == (low < base / 10) else {
                return nil
            }
            return high * base + low
        }
        return section(characters)
    }

    /// A number below ten thousand.
    private static func section(_ characters: [Character]) -> Int64? {
        var reader = ChineseNumeralReader(characters: characters)
        var value: Int64 = 0
        var last: Int64 = 10_000
        while reader.peek != nil {
            let hasZero = reader.take("零")
            guard let digit = reader.digit() else { return nil }
            let place = Self.places.first { reader.peek == $0.0 }
            if place != nil { reader.index += 1 }
            let weight = place?.1 ?? 1
            let skips = value > 0 && weight < last / 10
            guard weight < last, hasZero == skips else { return nil }
            value += digit * weight
            last = weight
        }
        return value > 0 ? value : nil
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerFormat

/// SplitMix64, seeded, so that a failing case can be run again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension SeededGenerator {
    /// A value for canonical JSON: any text, any nesting that is allowed.
    mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth < CanonicalJSON.maximumDepth ? 7 : 4), using: &self) {
        case 0: return .boolean(Bool.random(using: &self))
        case 1: return .integer(number())
        case 2, 3: return .string(text(from: Self.alphabet))
        case 4:
            return .array(
                (0..<Int.random(in: 0...3, using: &self)).map { _ in value(depth: depth + 1) })
        default:
            return object(depth: depth) { $0.text(from: Self.alphabet) }
        }
    }

    /// A value that may stand in a record.
    mutating func recordValue(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth < CanonicalJSON.maximumDepth ? 7 : 4), using: &self) {
        case 0: return .boolean(Bool.random(using: &self))
        case 1: return .integer(number())
        case 2, 3: return .string(text(from: Self.visible))
        case 4:
            return .array(
                (0..<Int.random(in: 0...3, using: &self)).map { _ in recordValue(depth: depth + 1) }
            )
        default: return record(depth: depth)
        }
    }

    /// An object with the names of a record.
    mutating func record(depth: Int = 0) -> JSONValue {
        var pairs: [String: JSONValue] = [:]
        for _ in 0..<Int.random(in: 0...6, using: &self) {
            pairs[name()] = recordValue(depth: depth + 1)
        }
        return .object(pairs.map { ($0.key, $0.value) })
    }

    /// A name of 1 to 16 letters and digits.
    mutating func name() -> String {
        let rest = Array("abzABZ019")
        var name = String("amz".randomElement(using: &self) ?? "a")
        for _ in 0..<Int.random(in: 0...15, using: &self) {
            name.append(rest.randomElement(using: &self) ?? "a")
        }
        return name
    }

    private mutating func object(
        depth: Int, name: (inout SeededGenerator) -> String
    ) -> JSONValue {
        var names: Set<[UInt8]> = []
        var pairs: [(String, JSONValue?)] = []
        for _ in 0..<Int.random(in: 0...4, using: &self) {
            let name = name(&self)
            guard names.insert(Array(name.utf8)).inserted else { continue }
            pairs.append((name, value(depth: depth + 1)))
        }
        return .object(pairs)
    }

    private mutating func number() -> Int64 {
        let limit = CanonicalJSON.maximumInteger
        let bits = Int64.random(in: 0...53, using: &self)
        let number = Int64.random(in: -limit...limit, using: &self)
        return bits == 53 ? (number < 0 ? -limit : limit) : number >> (53 - bits)
    }

    private mutating func text(from alphabet: [Unicode.Scalar]) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...20, using: &self) {
            text.append(alphabet.randomElement(using: &self) ?? "a")
        }
        return String(text)
    }

    /// Characters of every length and every kind of escape.
    private static let alphabet: [Unicode.Scalar] =
        visible + [
            "\u{0}", "\u{8}", "\t", "\n", "\u{C}", "\r", "\u{1F}", "\u{7F}", "\u{FEFF}", "\u{200B}",
        ]

    /// Characters that a record may hold.
    private static let visible: [Unicode.Scalar] = [
        "a", "Z", "0", " ", "~", "\"", "\\", "/", "é", "\u{301}", "龙", "灾", "\u{E000}", "\u{FFFD}",
        "\u{FFFF}", "😀", "\u{10FFFF}", "\u{A0}", "\u{2030}", "\u{3000}", "\u{D7FF}",
    ]
}

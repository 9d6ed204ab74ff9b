// SPDX-License-Identifier: Apache-2.0

/// The rule for text that people write (FORMAT.md §2, text).
///
/// 1 to n bytes of UTF-8, no space (U+0020) at either end, and none of the control and invisible
/// characters U+0000–001F, U+007F–009F, U+200B–200F, U+2028–202E, U+2060–2069 and U+FEFF.
public enum TextRule {
    /// What keeps a text from being accepted, or nil.
    public static func problem(in text: String, maximumByteCount: Int) -> Message? {
        problem(in: Array(text.utf8).span, maximumByteCount: maximumByteCount)
    }

    /// What keeps the bytes of a text from being accepted, or nil.
    ///
    /// - Parameters:
    ///   - text: The text itself, its JSON escapes resolved.
    ///   - maximumByteCount: How many bytes it may have.
    public static func problem(in text: Span<UInt8>, maximumByteCount: Int) -> Message? {
        guard text.count > 0 else {
            return Message(
                zh: "文字为空,应至少 1 字节,实为 0 字节", en: "text: expected at least 1 byte, found none")
        }
        guard text.count <= maximumByteCount else {
            return Message(
                zh: "文字过长,应不超过 \(maximumByteCount) 字节,实为 \(text.count) 字节",
                en: "text: expected at most \(maximumByteCount) bytes, found \(text.count)")
        }
        var at = 0
        while at < text.count {
            let word = text.word(at: at)
            let rest = min(text.count - at, 8)
            let hits = Lanes.special(word) & Lanes.below(rest)
            if hits == 0 {
                at += rest
                continue
            }
            at += hits.trailingZeroBitCount >> 3
            if Lanes.isPlainTriple(word >> UInt64(hits.trailingZeroBitCount & ~7)) {
                at += 3
                continue
            }
            guard let scalar = UTF8Scalar(in: text, at: at) else {
                return FormatError(offset: at, problem: .notUTF8).message
            }
            if scalar.isControl {
                return FormatError(offset: at, problem: .controlCharacter(scalar.value)).message
            }
            if scalar.isInvisible {
                return FormatError(offset: at, problem: .invisibleCharacter(scalar.value)).message
            }
            at += scalar.byteCount
        }
        if text[0] == 0x20 {
            return Message(
                zh: "文字开头应无空格,实为空格", en: "text, first byte: expected no space, found one")
        }
        if text[text.count - 1] == 0x20 {
            return Message(
                zh: "文字末尾应无空格,实为空格", en: "text, last byte: expected no space, found one")
        }
        return nil
    }
}

/// An officer's number, never a name or an identity number (FORMAT.md §2, person).
public struct PersonID: Hashable, Sendable, CustomStringConvertible {
    /// 2 to 32 of `A–Z a–z 0–9 . _ -`, starting with a letter.
    public let text: String

    /// Reads a number, or gives nil.
    public init?(_ text: Span<UInt8>) {
        guard (2...32).contains(text.count), ASCII.isLetter(text[0]) else { return nil }
        for index in text.indices {
            switch text[index] {
            case 0x2D, 0x2E, 0x5F: continue
            case let byte where ASCII.isLetter(byte) || ASCII.isDigit(byte): continue
            default: return nil
            }
        }
        guard let valid = try? UTF8Span(validating: text) else { return nil }
        self.text = String(copying: valid)
    }

    /// Reads a number, or gives nil.
    public init?(_ text: String) {
        self.init(Array(text.utf8).span)
    }

    /// The number as text.
    public var description: String { text }
}

/// The rule for the origin of a ledger (FORMAT.md §4, genesis).
///
/// Labels of `a–z 0–9 -` joined by `.`, then path parts of `A–Z a–z 0–9 . _ ~ -` joined by `/`,
/// 1 to 255 bytes in all: `longling.gov.cn/relief/2021`.
public enum Origin {
    /// Whether the text is an origin.
    public static func isValid(_ text: String) -> Bool {
        isValid(Array(text.utf8).span)
    }

    /// Whether the bytes are an origin.
    public static func isValid(_ text: Span<UInt8>) -> Bool {
        guard (1...255).contains(text.count) else { return false }
        var isPath = false
        var start = 0
        for index in 0...text.count {
            let byte = index < text.count ? text[index] : 0x2F
            guard byte == 0x2F || (byte == 0x2E && !isPath) else { continue }
            let part = text.extracting(start..<index)
            guard isPath ? isPathPart(part) : isLabel(part) else { return false }
            if byte == 0x2F { isPath = true }
            start = index + 1
        }
        return true
    }

    /// Letters and digits with hyphens between them, as in a host name.
    private static func isLabel(_ part: Span<UInt8>) -> Bool {
        guard let last = part.indices.last, part[0] != 0x2D, part[last] != 0x2D else {
            return false
        }
        for index in part.indices {
            let byte = part[index]
            guard (0x61...0x7A).contains(byte) || ASCII.isDigit(byte) || byte == 0x2D else {
                return false
            }
        }
        return true
    }

    /// Unreserved characters of RFC 3986 §2.3; never `.` or `..`, which would be a step, not a name.
    private static func isPathPart(_ part: Span<UInt8>) -> Bool {
        var isDots = true
        for index in part.indices {
            let byte = part[index]
            guard
                ASCII.isLetter(byte) || ASCII.isDigit(byte)
                    || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
            else { return false }
            if byte != 0x2E { isDots = false }
        }
        return !part.isEmpty && !(isDots && part.count <= 2)
    }
}

/// The classes of ASCII characters that ids are made of.
enum ASCII {
    /// Whether the byte is `A–Z` or `a–z`.
    static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    /// Whether the byte is `0–9`.
    static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte)
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The recursive reader behind ``CanonicalJSON``; it holds only its place in the bytes.
struct JSONParser {
    /// The offset of the next byte.
    private(set) var at = 0

    /// Reads the value that starts here, inside `depth` objects and arrays.
    mutating func value(_ bytes: Span<UInt8>, depth: Int) throws(FormatError) -> JSONValue {
        guard at < bytes.count else { throw error(.unexpectedEnd) }
        switch bytes[at] {
        case 0x7B: return try object(bytes, depth: depth + 1)
        case 0x5B: return try array(bytes, depth: depth + 1)
        case 0x22: return .string(try string(bytes))
        case 0x2D, 0x30...0x39: return .integer(try integer(bytes))
        case 0x74:
            try literal("true", bytes)
            return .boolean(true)
        case 0x66:
            try literal("false", bytes)
            return .boolean(false)
        case 0x6E: throw error(.nullNotAllowed)
        default: throw unexpected(.value, bytes)
        }
    }

    private mutating func object(_ bytes: Span<UInt8>, depth: Int) throws(FormatError) -> JSONValue
    {
        guard depth <= CanonicalJSON.maximumDepth else { throw error(.tooDeep) }
        at += 1
        if skip(0x7D, bytes) { return .object([]) }
        var members: [JSONValue.Member] = []
        while true {
            let start = at
            guard at < bytes.count, bytes[at] == 0x22 else { throw unexpected(.name, bytes) }
            let name = try string(bytes)
            if let last = members.last {
                try checkOrder(last.name, name, at: start)
            }
            guard skip(0x3A, bytes) else { throw unexpected(.colon, bytes) }
            members.append(JSONValue.Member(name: name, value: try value(bytes, depth: depth)))
            if skip(0x7D, bytes) { return .object(members) }
            guard skip(0x2C, bytes) else { throw unexpected(.commaOrCloseBrace, bytes) }
        }
    }

    private func checkOrder(
        _ last: String, _ name: String, at start: Int
    ) throws(FormatError) {
        if last.utf16.lexicographicallyPrecedes(name.utf16) { return }
        let isSame = last.utf8.elementsEqual(name.utf8)
        throw FormatError(offset: start, problem: isSame ? .duplicateName(name) : .nameOutOfOrder)
    }

    private mutating func array(_ bytes: Span<UInt8>, depth: Int) throws(FormatError) -> JSONValue {
        guard depth <= CanonicalJSON.maximumDepth else { throw error(.tooDeep) }
        at += 1
        if skip(0x5D, bytes) { return .array([]) }
        var elements: [JSONValue] = []
        while true {
            elements.append(try value(bytes, depth: depth))
            if skip(0x5D, bytes) { return .array(elements) }
            guard skip(0x2C, bytes) else { throw unexpected(.commaOrCloseBracket, bytes) }
        }
    }

    private mutating func string(_ bytes: Span<UInt8>) throws(FormatError) -> String {
        at += 1
        var text: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            switch byte {
            case 0x22:
                at += 1
                return String(decoding: text, as: UTF8.self)
            case 0x5C:
                text.append(try escape(bytes))
            case 0..<0x20:
                throw error(.controlCharacter(UInt32(byte)))
            case 0x20..<0x80:
                text.append(byte)
                at += 1
            default:
                guard let scalar = UTF8Scalar(in: bytes, at: at) else { throw error(.notUTF8) }
                for _ in 0..<scalar.byteCount {
                    text.append(bytes[at])
                    at += 1
                }
            }
        }
        throw error(.unexpectedEnd)
    }

    /// Reads an escape, which must be the one that encoding writes for its character.
    private mutating func escape(_ bytes: Span<UInt8>) throws(FormatError) -> UInt8 {
        let start = at
        guard start + 1 < bytes.count else { throw ends(bytes) }
        let letter = bytes[start + 1]
        if letter != 0x75 {
            for byte: UInt8 in [0x08, 0x09, 0x0A, 0x0C, 0x0D, 0x22, 0x5C]
            where CanonicalJSON.shortEscape(byte) == letter {
                at += 2
                return byte
            }
            throw error(.nonCanonicalEscape)
        }
        var value: UInt32 = 0
        for index in start + 2..<start + 6 {
            guard index < bytes.count else { throw ends(bytes) }
            guard let digit = HexText.value(bytes[index]) else { throw error(.nonCanonicalEscape) }
            value = value << 4 | UInt32(digit)
        }
        guard value < 0x20, CanonicalJSON.shortEscape(UInt8(value)) == nil else {
            throw error(.nonCanonicalEscape)
        }
        at += 6
        return UInt8(value)
    }

    private mutating func integer(_ bytes: Span<UInt8>) throws(FormatError) -> Int64 {
        let start = at
        let isNegative = skip(0x2D, bytes)
        let first = at
        var magnitude: Int64 = 0
        while at < bytes.count, (0x30...0x39).contains(bytes[at]) {
            // Seventeen digits fit in 64 bits and are out of range already.
            if at - first < 17 { magnitude = magnitude * 10 + Int64(bytes[at] - 0x30) }
            at += 1
        }
        guard at > first else {
            if at == bytes.count { throw error(.unexpectedEnd) }
            throw FormatError(offset: start, problem: .nonCanonicalNumber)
        }
        let isLeadingZero = bytes[first] == 0x30 && (at - first > 1 || isNegative)
        let isFraction = at < bytes.count && [0x2E, 0x45, 0x65].contains(bytes[at])
        if isLeadingZero || isFraction {
            throw FormatError(offset: start, problem: .nonCanonicalNumber)
        }
        guard at - first <= 16, magnitude <= CanonicalJSON.maximumInteger else {
            throw FormatError(offset: start, problem: .numberOutOfRange)
        }
        return isNegative ? -magnitude : magnitude
    }

    private mutating func literal(_ text: String, _ bytes: Span<UInt8>) throws(FormatError) {
        for byte in text.utf8 {
            guard skip(byte, bytes) else { throw unexpected(.boolean, bytes) }
        }
    }

    /// Steps over the byte if it stands here.
    private mutating func skip(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    private func error(_ problem: FormatError.Problem) -> FormatError {
        FormatError(offset: at, problem: problem)
    }

    private func ends(_ bytes: Span<UInt8>) -> FormatError {
        FormatError(offset: bytes.count, problem: .unexpectedEnd)
    }

    private func unexpected(_ token: FormatError.Token, _ bytes: Span<UInt8>) -> FormatError {
        guard at < bytes.count else { return ends(bytes) }
        return error(.unexpectedByte(bytes[at], expected: token))
    }
}

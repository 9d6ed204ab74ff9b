// SPDX-License-Identifier: Apache-2.0

/// Checks the bytes of one record and finds its fields, in one pass and without allocating.
///
/// A line is accepted if and only if it is a canonical JSON object as FORMAT.md §1 demands: what
/// ``CanonicalJSON`` parses, with the names of fields at every level and without control or
/// invisible characters.
public enum RecordScanner {
    /// How many bytes a record may have, without its LF.
    public static let maximumByteCount = 65_535

    /// Checks a line and fills the table with its top-level fields.
    ///
    /// - Parameters:
    ///   - line: The bytes of one record, without LF.
    ///   - table: Receives the fields; empty after an error.
    /// - Throws: A ``FormatError`` for the first byte that no writer would have written there.
    /// - Complexity: O(*n*) in the count of bytes; no allocation unless it throws.
    public static func scan(
        _ line: Span<UInt8>, into table: inout FieldTable
    ) throws(FormatError) {
        table.filled = 0
        guard line.count <= maximumByteCount else {
            throw FormatError(
                offset: maximumByteCount,
                problem: .tooLong(byteCount: line.count, maximum: maximumByteCount))
        }
        let end = try scan(frontOf: line, into: &table)
        guard end == line.count else {
            table.filled = 0
            throw FormatError(offset: end, problem: .trailingBytes)
        }
    }

    /// Checks the record that the bytes begin with, and fills the table with its top-level fields.
    ///
    /// Finds the record's end by itself, so that the line need not be searched for its LF first.
    ///
    /// - Parameters:
    ///   - bytes: At least one record.
    ///   - table: Receives the fields; empty after an error.
    /// - Returns: How many bytes the record has; the caller checks their count and what follows.
    /// - Throws: A ``FormatError`` for the first byte that no writer would have written there.
    /// - Complexity: O(*n*) in the count of the record's bytes; no allocation unless it throws.
    package static func scan(
        frontOf bytes: Span<UInt8>, into table: inout FieldTable
    ) throws(FormatError) -> Int {
        table.filled = 0
        // SAFETY: the source borrows initialised bytes and does not leave the closure; its two
        // loads check their bounds; bytes have no alignment and no invalid values.
        return try unsafe bytes.withUnsafeBytes {
            (bytes: UnsafeRawBufferPointer) throws(FormatError) in
            guard let base = bytes.baseAddress else {
                throw FormatError(offset: 0, problem: .unexpectedEnd)
            }
            let source = unsafe ByteSource(base: base, count: bytes.count)
            // One span for the whole record, so that the buffer is asked once whether it is shared.
            var fields = table.fields.mutableSpan
            let record = try source.record(into: &fields)
            table.filled = record.fieldCount
            return record.end
        }
    }
}

/// The bytes of a line, read with checked bounds: zeros, which stand in no record, follow the end.
@safe
private struct ByteSource {
    private let base: UnsafeRawPointer
    let count: Int

    /// - Precondition: `count` initialised bytes at `base` outlive this value.
    @unsafe
    init(base: UnsafeRawPointer, count: Int) {
        unsafe self.base = base
        self.count = count
    }

    /// The byte at an offset, or 0 past the end.
    @inline(__always)
    func byte(_ offset: Int) -> UInt8 {
        guard UInt(bitPattern: offset) < UInt(bitPattern: count) else { return 0 }
        // SAFETY: 0 ≤ offset < count, and `init` promises `count` living, initialised bytes.
        return unsafe base.load(fromByteOffset: offset, as: UInt8.self)
    }

    /// The eight bytes at an offset, the first in the lowest place, with zeros past the end.
    @inline(__always)
    func word(_ offset: Int) -> UInt64 {
        guard offset >= 0, offset <= count - 8 else { return lastWord(offset) }
        // SAFETY: 0 ≤ offset ≤ count − 8, so all eight bytes lie inside; the load is unaligned.
        let word = unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        return UInt64(littleEndian: word)
    }

    @inline(never)
    private func lastWord(_ offset: Int) -> UInt64 {
        if count >= 8, offset > count - 8 {
            // What the line's last eight bytes hold of it.
            let missing = UInt64(offset - (count - 8))
            return missing < 8 ? word(count - 8) >> (8 * missing) : 0
        }
        var word: UInt64 = 0
        for index in 0..<8 {
            word |= UInt64(byte(offset + index)) << UInt64(8 * index)
        }
        return word
    }
}

/// A name and the offset after its colon.
private struct ScannedName {
    let name: FieldName
    let end: Int
}

/// A string's end (the offset of its closing quote) and whether it has escapes.
private struct ScannedString {
    let end: Int
    let hasEscapes: Bool
}

/// A record's end (the offset after its closing brace) and its count of fields.
private struct ScannedRecord {
    let end: Int
    let fieldCount: Int
}

/// An integer and the offset after it.
private struct ScannedInteger {
    let value: Int64
    let end: Int
}

extension ByteSource {
    /// Checks one record and stores its fields.
    @inline(__always)
    fileprivate func record(
        into fields: inout MutableSpan<FieldTable.Field>
    ) throws(FormatError) -> ScannedRecord {
        guard byte(0) == 0x7B else { throw unexpected(0, .openBrace) }
        var at = 1
        var filled = 0
        if byte(1) == 0x7D {
            at = 2
        } else {
            var last = FieldName(high: 0, low: 0)
            while true {
                let start = at
                let name = try self.name(start)
                guard last < name.name else { throw misplaced(start, last, name.name) }
                guard filled < FieldTable.capacity else {
                    throw error(start, .tooManyFields)
                }
                last = name.name
                at = try field(name, into: &fields[filled])
                filled += 1
                let next = byte(at)
                at += 1
                if next == 0x2C { continue }
                guard next == 0x7D else { throw unexpected(at - 1, .commaOrCloseBrace) }
                break
            }
        }
        return ScannedRecord(end: at, fieldCount: filled)
    }

    /// Checks the value after a top-level name and stores its place; returns the offset after it.
    @inline(__always)
    private func field(
        _ name: ScannedName, into field: inout FieldTable.Field
    ) throws(FormatError) -> Int {
        let start = name.end
        var lower = start
        var upper: Int
        var end: Int
        var integer: Int64 = 0
        var hasEscapes = false
        let type: ValueType
        switch byte(start) {
        case 0x22:
            let string = try self.string(start + 1)
            lower = start + 1
            upper = string.end
            end = upper + 1
            hasEscapes = string.hasEscapes
            type = .string
        case 0x2D, 0x30...0x39:
            let number = try self.integer(start)
            end = number.end
            upper = end
            integer = number.value
            type = .integer
        case 0x7B:
            end = try object(start, depth: 2)
            upper = end
            type = .object
        case 0x5B:
            end = try array(start, depth: 2)
            upper = end
            type = .array
        default:
            end = try literal(start)
            upper = end
            integer = byte(start) == 0x74 ? 1 : 0
            type = .boolean
        }
        field = FieldTable.Field(
            name: name.name, integer: integer, lower: UInt32(truncatingIfNeeded: lower),
            upper: UInt32(truncatingIfNeeded: upper), type: type, hasEscapes: hasEscapes)
        return end
    }

    /// Checks a value inside another; returns the offset after it.
    private func value(_ start: Int, depth: Int) throws(FormatError) -> Int {
        switch byte(start) {
        case 0x22: try string(start + 1).end + 1
        case 0x2D, 0x30...0x39: try integer(start).end
        case 0x7B: try object(start, depth: depth + 1)
        case 0x5B: try array(start, depth: depth + 1)
        default: try literal(start)
        }
    }

    private func object(_ start: Int, depth: Int) throws(FormatError) -> Int {
        guard depth <= CanonicalJSON.maximumDepth else { throw error(start, .tooDeep) }
        var at = start + 1
        if byte(at) == 0x7D { return at + 1 }
        var last = FieldName(high: 0, low: 0)
        while true {
            let name = try self.name(at)
            guard last < name.name else { throw misplaced(at, last, name.name) }
            last = name.name
            at = try value(name.end, depth: depth)
            let next = byte(at)
            if next == 0x7D { return at + 1 }
            guard next == 0x2C else { throw unexpected(at, .commaOrCloseBrace) }
            at += 1
        }
    }

    private func array(_ start: Int, depth: Int) throws(FormatError) -> Int {
        guard depth <= CanonicalJSON.maximumDepth else { throw error(start, .tooDeep) }
        var at = start + 1
        if byte(at) == 0x5D { return at + 1 }
        while true {
            at = try value(at, depth: depth)
            let next = byte(at)
            if next == 0x5D { return at + 1 }
            guard next == 0x2C else { throw unexpected(at, .commaOrCloseBracket) }
            at += 1
        }
    }

    /// Reads a name with its quotes and colon.
    @inline(__always)
    private func name(_ start: Int) throws(FormatError) -> ScannedName {
        guard byte(start) == 0x22 else { throw unexpected(start, .name) }
        let first = word(start + 1)
        guard UInt8(truncatingIfNeeded: first) &- 0x61 < 26 else { throw badName(start) }
        let firstQuote = Lanes.equal(first, 0x22)
        var high = first
        var low: UInt64 = 0
        var length: Int
        if firstQuote != 0 {
            length = firstQuote.trailingZeroBitCount >> 3
            let kept = Lanes.below(length)
            guard ~Lanes.alphanumeric(first) & kept & Lanes.highBits == 0 else {
                throw badName(start)
            }
            high = first & kept
        } else {
            low = word(start + 9)
            let secondQuote = Lanes.equal(low, 0x22)
            let secondLength = secondQuote == 0 ? 8 : secondQuote.trailingZeroBitCount >> 3
            let kept = Lanes.below(secondLength)
            length = 8 + secondLength
            let bad = ~Lanes.alphanumeric(first) | ~Lanes.alphanumeric(low) & kept
            guard bad & Lanes.highBits == 0, byte(start + 1 + length) == 0x22 else {
                throw badName(start)
            }
            low &= kept
        }
        guard byte(start + 2 + length) == 0x3A else { throw unexpected(start + 2 + length, .colon) }
        return ScannedName(
            name: FieldName(high: high.byteSwapped, low: low.byteSwapped), end: start + 3 + length)
    }

    /// Checks a string from the byte after its opening quote.
    @inline(__always)
    private func string(_ start: Int) throws(FormatError) -> ScannedString {
        var at = start
        var hasEscapes = false
        while true {
            let word = self.word(at)
            let hits = Lanes.special(word)
            if hits == 0 {
                at += 8
                continue
            }
            let hit = hits.trailingZeroBitCount & ~7
            at += hit >> 3
            let byte = UInt8(truncatingIfNeeded: word >> UInt64(hit))
            if byte == 0x22 { return ScannedString(end: at, hasEscapes: hasEscapes) }
            if byte >= 0x80 {
                at = try multibyte(at)
            } else if byte == 0x5C {
                let escaped = self.byte(at + 1)
                guard escaped == 0x22 || escaped == 0x5C else { throw badEscape(at) }
                hasEscapes = true
                at += 2
            } else {
                throw control(at)
            }
        }
    }

    /// Checks a run of characters beyond ASCII; returns the offset of the next ASCII byte.
    @inline(__always)
    private func multibyte(_ start: Int) throws(FormatError) -> Int {
        var at = start
        var word = self.word(at)
        repeat {
            at += Lanes.isPlainTriple(word) ? 3 : try anyScalar(at)
            word = self.word(at)
        } while word & 0x80 != 0
        return at
    }

    /// Checks one character of any length; returns its count of bytes.
    @inline(never)
    private func anyScalar(_ at: Int) throws(FormatError) -> Int {
        let front = UInt32(truncatingIfNeeded: word(at)).byteSwapped
        guard let scalar = UTF8Scalar(front: front) else { throw error(at, .notUTF8) }
        if scalar.isControl { throw error(at, .controlCharacter(scalar.value)) }
        if scalar.isInvisible { throw error(at, .invisibleCharacter(scalar.value)) }
        return scalar.byteCount
    }

    /// Reads an integer in its one spelling.
    @inline(__always)
    private func integer(_ start: Int) throws(FormatError) -> ScannedInteger {
        let isNegative = byte(start) == 0x2D
        let first = isNegative ? start + 1 : start
        var at = first
        var magnitude: Int64 = 0
        while true {
            let digit = byte(at) &- 0x30
            guard digit < 10 else { break }
            // After 18 digits the value may wrap; the length alone refuses it.
            magnitude = magnitude &* 10 &+ Int64(digit)
            at += 1
        }
        let next = byte(at)
        guard at > first, at - first <= 16, magnitude <= CanonicalJSON.maximumInteger,
            byte(first) != 0x30 || (at - first == 1 && !isNegative),
            next != 0x2E, next | 0x20 != 0x65
        else { throw badNumber(start, first, at) }
        return ScannedInteger(value: isNegative ? -magnitude : magnitude, end: at)
    }

    /// Checks `true` or `false`; returns the offset after it.
    private func literal(_ start: Int) throws(FormatError) -> Int {
        let word = self.word(start)
        if word & 0xFFFF_FFFF == 0x6575_7274 { return start + 4 }
        if word & 0xFF_FFFF_FFFF == 0x65_736C_6166 { return start + 5 }
        throw badLiteral(start)
    }
}

// The errors are built out of line, so that the path of good records stays short.
extension ByteSource {
    @inline(never)
    private func error(_ offset: Int, _ problem: FormatError.Problem) -> FormatError {
        FormatError(offset: offset, problem: problem)
    }

    @inline(never)
    private func unexpected(_ offset: Int, _ token: FormatError.Token) -> FormatError {
        guard offset < count else { return error(count, .unexpectedEnd) }
        return error(offset, .unexpectedByte(byte(offset), expected: token))
    }

    @inline(never)
    private func misplaced(_ start: Int, _ last: FieldName, _ name: FieldName) -> FormatError {
        error(start, last == name ? .duplicateName(name.description) : .nameOutOfOrder)
    }

    @inline(never)
    private func badName(_ start: Int) -> FormatError {
        for at in start + 1..<start + 18 {
            switch byte(at) {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: continue
            default:
                if at >= count { return error(count, .unexpectedEnd) }
                return error(start, .badName)
            }
        }
        return error(start, .badName)
    }

    @inline(never)
    private func badEscape(_ at: Int) -> FormatError {
        at + 1 < count ? error(at, .nonCanonicalEscape) : error(count, .unexpectedEnd)
    }

    @inline(never)
    private func control(_ at: Int) -> FormatError {
        at < count ? error(at, .controlCharacter(UInt32(byte(at)))) : error(count, .unexpectedEnd)
    }

    @inline(never)
    private func badNumber(_ start: Int, _ first: Int, _ end: Int) -> FormatError {
        if end == first {
            return end < count ? error(start, .nonCanonicalNumber) : error(count, .unexpectedEnd)
        }
        let next = byte(end)
        let isLeadingZero = byte(first) == 0x30 && (end - first > 1 || first > start)
        let isFraction = next == 0x2E || next | 0x20 == 0x65
        return error(start, isLeadingZero || isFraction ? .nonCanonicalNumber : .numberOutOfRange)
    }

    @inline(never)
    private func badLiteral(_ start: Int) -> FormatError {
        let expected: [UInt8]
        switch byte(start) {
        case 0x74: expected = [0x74, 0x72, 0x75, 0x65]
        case 0x66: expected = [0x66, 0x61, 0x6C, 0x73, 0x65]
        case 0x6E: return error(start, .nullNotAllowed)
        default: return unexpected(start, .value)
        }
        var at = start
        for letter in expected {
            guard byte(at) == letter else { break }
            at += 1
        }
        return unexpected(at, .boolean)
    }
}

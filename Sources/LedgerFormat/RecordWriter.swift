// SPDX-License-Identifier: Apache-2.0

/// Writes records straight into bytes, one line each, in their one spelling.
///
/// For the kinds that come by the million, where a tree of ``JSONValue`` would cost more than all
/// hashing: fields are given in ascending order of their names and written as they come. What comes
/// out is what ``CanonicalJSON/encode(_:)`` writes of the same fields. `prev` and `seq`, which
/// belong to the chain and not to the entry, are given first and put in their places.
///
/// ```swift
/// writer.begin(seq: 12, prev: leaf)
/// writer.integer("amount", 31_000_000)
/// writer.unit("unit", unit)
/// writer.end()
/// ```
public struct RecordWriter: ~Copyable {
    /// Which fields of the chain are still to come.
    private enum Chain { case nothing, seq, prevAndSeq }

    private static let prevName = FieldName(high: 0x7072_6576_0000_0000)
    private static let seqName = FieldName(high: 0x7365_7100_0000_0000)
    private static let noName = FieldName(high: 0)
    /// Names, numbers, dates and ids take less than this, punctuation included.
    private static let fieldByteCount = 96

    /// Bytes beyond `count` are scratch, so that eight can be stored at once.
    private var bytes: [UInt8]
    private var count = 0
    private var lineStart = 0
    private var depth = 0
    /// The last name of the innermost open object.
    private var last = noName
    private var chain = Chain.nothing
    private var seq = 0
    /// The bytes of `prev`, eight in a word, the first in the lowest place.
    private var prev: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// A writer of no lines yet.
    public init() {
        bytes = [UInt8](repeating: 0, count: 4_096)
    }

    // MARK: - Lines

    /// Begins a record that is no link of a chain.
    public mutating func begin() {
        precondition(depth == 0, "RecordWriter.begin: a record is open")
        lineStart = count
        chain = .nothing
        openObject()
    }

    /// Begins a record of a chain.
    ///
    /// - Parameters:
    ///   - seq: Its number, at least 0.
    ///   - prev: The 32 bytes of the leaf hash before it.
    public mutating func begin(seq: Int, prev: Span<UInt8>) {
        precondition(prev.count == 32 && seq >= 0, "RecordWriter.begin: \(seq), \(prev.count)")
        begin()
        self.seq = seq
        self.prev = (
            prev.eightBytes(at: 0), prev.eightBytes(at: 8), prev.eightBytes(at: 16),
            prev.eightBytes(at: 24)
        )
        chain = .prevAndSeq
    }

    /// Ends the record.
    ///
    /// - Returns: Its bytes, without the LF that follows them.
    @discardableResult
    public mutating func end() -> Int {
        precondition(depth == 1, "RecordWriter.end: \(depth) objects are open")
        if chain != .nothing { writeChain(before: nil) }
        reserve(Self.fieldByteCount)
        closeObject()
        put(0x0A, 1)
        return lineByteCount
    }

    /// The length of the last record, without LF.
    public var lineByteCount: Int { count - lineStart - 1 }

    /// Lends the bytes of the last record, without LF.
    public borrowing func withLine<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(bytes.span.extracting(lineStart..<count - 1))
    }

    /// Takes back the last record.
    public mutating func dropLine() {
        count = lineStart
    }

    /// Adds a record that was encoded elsewhere.
    public mutating func append(line: [UInt8]) {
        precondition(depth == 0, "RecordWriter.append: a record is open")
        lineStart = count
        put(line)
        put(0x0A, 1)
    }

    /// All lines so far.
    public var lines: [UInt8] { Array(bytes[..<count]) }

    /// All lines.
    public consuming func finish() -> [UInt8] {
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    // MARK: - Fields

    /// Writes a number within ±(2^53−1).
    public mutating func integer(_ name: FieldName, _ value: Int64) {
        precondition(
            value.magnitude <= CanonicalJSON.maximumInteger.magnitude,
            "RecordWriter.integer: \(value)")
        open(name)
        if value < 0 { put(0x2D, 1) }
        put(number: value.magnitude)
    }

    /// Writes a number: a seq or a count.
    public mutating func integer(_ name: FieldName, _ value: Int) {
        integer(name, Int64(value))
    }

    /// Writes `true` or `false`.
    public mutating func boolean(_ name: FieldName, _ value: Bool) {
        open(name)
        if value { put(0x6575_7274, 4) } else { put(0x65_736C_6166, 5) }
    }

    /// Writes a text, escaped where it must be.
    public mutating func text(_ name: FieldName, _ value: String) {
        open(name)
        put(quoted: value)
    }

    /// Writes a unit's id.
    public mutating func unit(_ name: FieldName, _ value: UnitID) {
        open(name)
        let code = UInt64(truncatingIfNeeded: value.packed >> 84)
        if value.isOfficial {
            put(0x22, 1)
            put(code: code)
        } else {
            put(0x2D_7822, 3)
            put(code: code)
            put(0x2D, 1)
            put(slug: value.packed)
        }
        put(0x22, 1)
    }

    /// Writes a date.
    public mutating func date(_ name: FieldName, _ value: CivilDate) {
        open(name)
        let (year, month, day) = value.parts
        let digits = DecimalDigits.eight(UInt64(year * 10_000 + month * 100 + day))
        put(0x22, 1)
        put(digits & 0xFFFF_FFFF | 0x2D << 32 | (digits >> 32 & 0xFFFF) << 40 | 0x2D << 56, 8)
        put(digits >> 48 | 0x22 << 16, 3)
    }

    /// Writes 32 hex digits, the highest first, after a letter and a hyphen.
    ///
    /// - Precondition: The letter is one of `a–z`.
    public mutating func digits(_ name: FieldName, letter: UInt8, _ value: UInt128) {
        precondition((0x61...0x7A).contains(letter), "RecordWriter.digits: letter \(letter)")
        open(name)
        put(0x2D_0022 | UInt64(letter) << 8, 3)
        put(hex: UInt64(truncatingIfNeeded: value >> 64).byteSwapped)
        put(hex: UInt64(truncatingIfNeeded: value).byteSwapped)
        put(0x22, 1)
    }

    /// Writes any value.
    public mutating func value(_ name: FieldName, _ value: JSONValue) {
        open(name)
        var encoded: [UInt8] = []
        CanonicalJSON.append(value, depth: depth, to: &encoded)
        put(encoded)
    }

    /// Writes an object, whose fields the body writes in their own order.
    public mutating func object<Failure: Error>(
        _ name: FieldName, _ body: (inout RecordWriter) throws(Failure) -> Void
    ) throws(Failure) {
        open(name)
        let outer = last
        openObject()
        try body(&self)
        reserve(Self.fieldByteCount)
        closeObject()
        last = outer
    }

    // MARK: - Names and punctuation

    private mutating func open(_ name: FieldName) {
        precondition(depth > 0, "RecordWriter: no record is open")
        if depth == 1, chain != .nothing { writeChain(before: name) }
        write(name)
    }

    private mutating func writeChain(before name: FieldName?) {
        if chain == .prevAndSeq {
            if let name, name < Self.prevName { return }
            write(Self.prevName)
            put(0x22, 1)
            put(hex: prev.0)
            put(hex: prev.1)
            put(hex: prev.2)
            put(hex: prev.3)
            put(0x22, 1)
            chain = .seq
        }
        if let name, name < Self.seqName { return }
        write(Self.seqName)
        put(number: UInt64(seq))
        chain = .nothing
    }

    private mutating func write(_ name: FieldName) {
        precondition(last < name, "RecordWriter: \(name) does not come after \(last)")
        let highCount = 8 - name.high.trailingZeroBitCount >> 3
        let lowCount = name.low == 0 ? 0 : 8 - name.low.trailingZeroBitCount >> 3
        let (high, low) = (name.high.byteSwapped, name.low.byteSwapped)
        let bad =
            ~Lanes.alphanumeric(high) & Lanes.below(highCount)
            | ~Lanes.alphanumeric(low) & Lanes.below(lowCount)
        precondition(
            bad & Lanes.highBits == 0 && UInt8(truncatingIfNeeded: high) &- 0x61 < 26
                && (lowCount == 0 || highCount == 8),
            "RecordWriter: malformed name \(name)")
        reserve(Self.fieldByteCount)
        if last == Self.noName { put(0x22, 1) } else { put(0x222C, 2) }
        put(high, highCount)
        if lowCount > 0 { put(low, lowCount) }
        put(0x3A22, 2)
        last = name
    }

    private mutating func openObject() {
        precondition(depth < CanonicalJSON.maximumDepth, "RecordWriter: nested too deep")
        reserve(Self.fieldByteCount)
        put(0x7B, 1)
        depth += 1
        last = Self.noName
    }

    private mutating func closeObject() {
        put(0x7D, 1)
        depth -= 1
    }

    // MARK: - Bytes

    /// Makes room for so many bytes, and eight more.
    private mutating func reserve(_ more: Int) {
        let missing = count + more + 8 - bytes.count
        guard missing > 0 else { return }
        bytes.append(contentsOf: repeatElement(0, count: max(missing, bytes.count)))
    }

    /// Stores the lowest bytes of a word; room has been made for them.
    @inline(__always)
    private mutating func put(_ word: UInt64, _ byteCount: Int) {
        let start = count
        var span = bytes.mutableSpan
        // Constant indices into eight bytes: the compiler makes one store of it.
        var eight = span._mutatingExtracting(start..<start + 8)
        eight[0] = UInt8(truncatingIfNeeded: word)
        eight[1] = UInt8(truncatingIfNeeded: word >> 8)
        eight[2] = UInt8(truncatingIfNeeded: word >> 16)
        eight[3] = UInt8(truncatingIfNeeded: word >> 24)
        eight[4] = UInt8(truncatingIfNeeded: word >> 32)
        eight[5] = UInt8(truncatingIfNeeded: word >> 40)
        eight[6] = UInt8(truncatingIfNeeded: word >> 48)
        eight[7] = UInt8(truncatingIfNeeded: word >> 56)
        count += byteCount
    }

    private mutating func put(_ encoded: [UInt8]) {
        reserve(encoded.count + Self.fieldByteCount)
        let span = encoded.span
        for at in stride(from: 0, to: span.count, by: 8) {
            put(span.word(at: at), min(8, span.count - at))
        }
    }

    private mutating func put(quoted text: String) {
        let span = text.utf8.span
        // An escape takes six bytes at most.
        reserve(span.count * 6 + Self.fieldByteCount)
        put(0x22, 1)
        for at in stride(from: 0, to: span.count, by: 8) {
            let word = span.word(at: at)
            let byteCount = min(8, span.count - at)
            if Lanes.escaped(word) & Lanes.below(byteCount) == 0 {
                put(word, byteCount)
            } else {
                for index in at..<at + byteCount { put(escaped: span[index]) }
            }
        }
        put(0x22, 1)
    }

    private mutating func put(escaped byte: UInt8) {
        if let letter = CanonicalJSON.shortEscape(byte) {
            put(0x5C | UInt64(letter) << 8, 2)
        } else if byte < 0x20 {
            let digits = UInt64(HexText.digit(byte >> 4)) | UInt64(HexText.digit(byte & 0xF)) << 8
            put(0x3030_755C | digits << 32, 6)
        } else {
            put(UInt64(byte), 1)
        }
    }

    /// Stores a number up to 16 digits long, without leading zeros.
    private mutating func put(number: UInt64) {
        guard number >= 100_000_000 else { return put(shortened: DecimalDigits.eight(number)) }
        put(shortened: DecimalDigits.eight(number / 100_000_000))
        put(DecimalDigits.eight(number % 100_000_000), 8)
    }

    private mutating func put(shortened digits: UInt64) {
        // 0x30 is the zero that goes; the last digit always stays.
        let leading = min((digits ^ 0x3030_3030_3030_3030).trailingZeroBitCount >> 3, 7)
        put(digits >> UInt64(8 * leading), 8 - leading)
    }

    /// Stores twelve digits.
    private mutating func put(code: UInt64) {
        put(DecimalDigits.eight(code / 100_000_000) >> 32, 4)
        put(DecimalDigits.eight(code % 100_000_000), 8)
    }

    /// Stores the characters of an `x-` unit's slug, six bits each in 84.
    private mutating func put(slug packed: UInt128) {
        var rest = packed << 44
        while rest != 0 {
            let value = UInt8(truncatingIfNeeded: rest >> 122)
            put(UInt64(UnitID.unpack(value)), 1)
            rest <<= 6
        }
    }

    /// Stores sixteen hex digits: those of the lowest byte first.
    private mutating func put(hex word: UInt64) {
        put(HexText.digits(of: UInt32(truncatingIfNeeded: word)), 8)
        put(HexText.digits(of: UInt32(truncatingIfNeeded: word >> 32)), 8)
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The id of an administrative unit (FORMAT.md §2, unit).
///
/// Either an official 12-digit statistical division code, `430682001000`, or the id of a unit
/// below it that has no code of its own, `x-430682001000-v1.g2`: the code, then a slug of 1 to 14
/// of `a–z 0–9 .`, where `.` separates levels.
///
/// The value packs the code into 40 bits and each character of the slug into 6, so that it takes
/// 16 bytes, compares as one integer, and sorts an official unit before those under its code.
public struct UnitID: Hashable, Comparable, Sendable, CustomStringConvertible {
    // Bits 84 to 123: the code. Bits 0 to 83: 14 characters, the first highest, 0 for none.
    @usableFromInline let packed: UInt128

    /// The state, `000000000000`, which contains every unit.
    public static let state = UnitID(packed: 0)

    private static let slugMask = (UInt128(1) << 84) - 1

    private init(packed: UInt128) {
        self.packed = packed
    }

    /// Reads an id, or gives nil.
    public init?(_ text: Span<UInt8>) {
        if text.count == 12 {
            guard let code = DecimalDigits.twelve(text, at: 0) else { return nil }
            self.init(packed: UInt128(code) << 84)
            return
        }
        // "x-", 12 digits, "-", slug
        guard (16...29).contains(text.count), text[0] == 0x78, text[1] == 0x2D, text[14] == 0x2D,
            let code = DecimalDigits.twelve(text, at: 2)
        else { return nil }
        var slug: UInt128 = 0
        var isLevelStart = true
        for index in 15..<text.count {
            guard let value = Self.pack(text[index]) else { return nil }
            let isDot = value == 1
            if isDot && isLevelStart { return nil }
            isLevelStart = isDot
            slug = slug << 6 | UInt128(value)
        }
        if isLevelStart { return nil }
        self.init(packed: UInt128(code) << 84 | slug << UInt128(6 * (29 - text.count)))
    }

    /// Reads an id, or gives nil.
    public init?(_ text: String) {
        self.init(Array(text.utf8).span)
    }

    /// Whether the id is an official code.
    public var isOfficial: Bool { packed & Self.slugMask == 0 }

    /// The 12 digits; of an `x-` unit, the code it lies under.
    public var officialCode: String { DecimalDigits.text(Int(code), 12) }

    /// The slug of an `x-` unit, or nil.
    public var slug: String? {
        isOfficial ? nil : String(decoding: slugBytes, as: UTF8.self)
    }

    /// The id as text.
    public var description: String {
        guard let slug else { return officialCode }
        return "x-\(officialCode)-\(slug)"
    }

    /// Whether this unit is the other or lies above it, by the ids alone (FORMAT.md §2).
    public func contains(_ other: UnitID) -> Bool {
        if isOfficial {
            // This code is a multiple of the divisor: it and the next `divisor` − 1 begin alike.
            return other.code &- code < Self.divisor(code)
        }
        guard other.code == code else { return false }
        if self == other { return true }
        // The other slug must continue this one with a dot.
        let length = slugLength
        guard length < 14 else { return false }
        let shift = UInt128(84 - 6 * length)
        let start = other.packed & Self.slugMask
        return start >> shift == (packed & Self.slugMask) >> shift
            && start >> (shift - 6) & 0x3F == 1
    }

    /// Whether the ids are the same.
    @inlinable
    public static func == (left: UnitID, right: UnitID) -> Bool { left.packed == right.packed }

    /// Whether an id sorts before another: by code, then by slug.
    @inlinable
    public static func < (left: UnitID, right: UnitID) -> Bool { left.packed < right.packed }

    /// Feeds the id to a hasher.
    @inlinable
    public func hash(into hasher: inout Hasher) { hasher.combine(packed) }

    /// The 12 digits as a number.
    private var code: UInt64 { UInt64(truncatingIfNeeded: packed >> 84) }

    private var slugLength: Int {
        let slug = packed & Self.slugMask
        return slug == 0 ? 0 : 14 - slug.trailingZeroBitCount / 6
    }

    private var slugBytes: [UInt8] {
        (0..<slugLength).map { index in
            Self.unpack(UInt8(truncatingIfNeeded: packed >> UInt128(78 - 6 * index) & 0x3F))
        }
    }

    /// The character of a slug's six bits.
    static func unpack(_ value: UInt8) -> UInt8 {
        switch value {
        case 1: 0x2E
        case 2...11: 0x30 + (value - 2)
        default: 0x61 + (value - 12)
        }
    }

    /// The six bits of a slug's character, in ASCII order from 1, or nil.
    private static func pack(_ character: UInt8) -> UInt8? {
        switch character {
        case 0x2E: 1
        case 0x30...0x39: character - 0x30 + 2
        case 0x61...0x7A: character - 0x61 + 12
        default: nil
        }
    }

    /// The unit of a level, county for example, that this one is or lies in, by its id alone; nil
    /// where it lies above that level.
    public func enclosing(_ level: Level) -> UnitID? {
        guard self.level >= level else { return nil }
        if level == .below { return self }
        let divisor = Self.divisor(level)
        return UnitID(packed: UInt128(code / divisor * divisor) << 84)
    }

    /// The power of ten that cuts the trailing zero groups (2, 2, 2, 3 and 3 digits) off a code.
    private static func divisor(_ code: UInt64) -> UInt64 { divisor(level(code)) }

    private static func divisor(_ level: Level) -> UInt64 {
        switch level {
        case .state: 1_000_000_000_000
        case .province: 10_000_000_000
        case .prefecture: 100_000_000
        case .county: 1_000_000
        case .township: 1_000
        case .village, .below: 1
        }
    }

    private static func level(_ code: UInt64) -> Level {
        if code == 0 { return .state }
        if code.isMultiple(of: 10_000_000_000) { return .province }
        if code.isMultiple(of: 100_000_000) { return .prefecture }
        if code.isMultiple(of: 1_000_000) { return .county }
        return code.isMultiple(of: 1_000) ? .township : .village
    }
}

extension UnitID {
    /// The level of administration that an id's significant digits show.
    public enum Level: Int, Comparable, Sendable, CaseIterable {
        /// The state.
        case state
        /// A province, 2 digits.
        case province
        /// A prefecture, 4 digits.
        case prefecture
        /// A county, 6 digits.
        case county
        /// A township, 9 digits.
        case township
        /// A village, 12 digits.
        case village
        /// A unit without a code of its own, `x-`.
        case below

        /// Whether a level is nearer to the state than another.
        public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }

        /// The name for people.
        public var name: Message {
            switch self {
            case .state: Message(zh: "国家", en: "state")
            case .province: Message(zh: "省级", en: "province")
            case .prefecture: Message(zh: "地级", en: "prefecture")
            case .county: Message(zh: "县级", en: "county")
            case .township: Message(zh: "乡级", en: "township")
            case .village: Message(zh: "村级", en: "village")
            case .below: Message(zh: "村级以下", en: "below village")
            }
        }
    }

    /// The level of this unit.
    public var level: Level { isOfficial ? Self.level(code) : .below }
}

// SPDX-License-Identifier: Apache-2.0

/// A day of the Gregorian calendar, written `YYYY-MM-DD`.
///
/// Text holds the years 1949 to 2199 (FORMAT.md §2). Arithmetic may leave them, up to the years
/// 1 and 9999, so that a deadline after a late date is still a date.
public struct CivilDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let day: Int32

    /// The years that text may hold.
    public static let years = 1949...2199

    /// The days of the years 1 to 9999.
    private static let days: ClosedRange<Int32> = -719_162...2_932_896

    /// A day counted from 1970-01-01, or nil outside the years 1 to 9999.
    public init?(day: Int32) {
        guard Self.days.contains(day) else { return nil }
        self.day = day
    }

    /// A day of the calendar, or nil where there is none or its year is outside 1949 to 2199.
    public init?(year: Int, month: Int, day: Int) {
        guard Self.years.contains(year), (1...12).contains(month), day >= 1,
            day <= Self.length(year: year, month: month)
        else { return nil }
        self.day = Self.count(year: year, month: month, day: day)
    }

    /// Reads `YYYY-MM-DD`, years 1949 to 2199, or gives nil.
    public init?(_ text: Span<UInt8>) {
        guard text.count == 10 else { return nil }
        // "YYYY-MM-" and "YY-MM-DD" overlap; the hyphens are the bytes 4 and 7.
        let front = text.eightBytes(at: 0)
        let back = text.eightBytes(at: 2)
        guard front & 0xFF00_00FF_0000_0000 == 0x2D00_002D_0000_0000,
            let digits = DecimalDigits.value(
                front & 0xFFFF_FFFF | (front >> 40 & 0xFFFF) << 32 | (back >> 48) << 48)
        else { return nil }
        self.init(year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
    }

    /// Reads `YYYY-MM-DD`, years 1949 to 2199, or gives nil.
    public init?(_ text: String) {
        self.init(Array(text.utf8).span)
    }

    private init(unchecked day: Int32) {
        self.day = day
    }

    /// The year.
    public var year: Int { parts.year }

    /// The month, 1 to 12.
    public var month: Int { parts.month }

    /// The day of the month, 1 to 31.
    public var dayOfMonth: Int { parts.day }

    /// The day of the week.
    public var weekday: Weekday {
        // 1970-01-01 was a Thursday, the fourth day.
        let index = (Int(day) + 3) % 7
        let number = (index + 7) % 7 + 1
        guard let weekday = Weekday(rawValue: number) else {
            preconditionFailure("no weekday \(number)")
        }
        return weekday
    }

    /// The date a number of days later, or earlier where negative.
    ///
    /// - Precondition: The result lies in the years 1 to 9999.
    public func advanced(by days: Int) -> CivilDate {
        let (sum, isOver) = Int(day).addingReportingOverflow(days)
        precondition(
            !isOver && sum >= Int(Self.days.lowerBound) && sum <= Int(Self.days.upperBound),
            "date out of the years 1 to 9999: \(description) and \(days) days")
        return CivilDate(unchecked: Int32(sum))
    }

    /// The date as `YYYY-MM-DD`.
    public var description: String {
        let parts = parts
        return DecimalDigits.text(parts.year, 4) + "-" + DecimalDigits.text(parts.month, 2) + "-"
            + DecimalDigits.text(parts.day, 2)
    }

    /// Whether the days are the same.
    @inlinable
    public static func == (left: CivilDate, right: CivilDate) -> Bool { left.day == right.day }

    /// Whether a day comes before another.
    @inlinable
    public static func < (left: CivilDate, right: CivilDate) -> Bool { left.day < right.day }

    /// The year, month and day.
    ///
    /// - Source: H. Hinnant, chrono-Compatible Low-Level Date Algorithms, `civil_from_days`.
    public var parts: (year: Int, month: Int, day: Int) {
        let shifted = Int(day) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth)
    }

    /// The days from 1970-01-01 to a date of a positive year.
    ///
    /// - Source: H. Hinnant, chrono-Compatible Low-Level Date Algorithms, `days_from_civil`.
    private static func count(year: Int, month: Int, day: Int) -> Int32 {
        // Years begin in March, so that the leap day is the last.
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(era * 146_097 + dayOfEra - 719_468)
    }

    private static func length(year: Int, month: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: return 30
        case 2:
            let isLeap =
                year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
            return isLeap ? 29 : 28
        default: return 31
        }
    }
}

/// A day of the week, numbered as in ISO 8601.
public enum Weekday: Int, Sendable, CaseIterable {
    /// Monday, 1.
    case monday = 1
    /// Tuesday, 2.
    case tuesday
    /// Wednesday, 3.
    case wednesday
    /// Thursday, 4.
    case thursday
    /// Friday, 5.
    case friday
    /// Saturday, 6.
    case saturday
    /// Sunday, 7.
    case sunday

    /// Whether it is a Saturday or Sunday.
    public var isWeekend: Bool { self == .saturday || self == .sunday }
}

/// Decimal digits of fixed width.
enum DecimalDigits {
    /// The number that all bytes of the range spell, or nil where one is no digit.
    static func value(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var value = 0
        for index in range {
            guard (0x30...0x39).contains(text[index]) else { return nil }
            value = value * 10 + Int(text[index] - 0x30)
        }
        return value
    }

    /// The number that eight digits spell, the first in the lowest place, or nil where one is none.
    ///
    /// Below 0x30 a byte loses a borrow, above 0x39 the sum reaches 0x80; the lowest byte that is no
    /// digit is always seen, because digits below it neither borrow nor carry.
    @inline(__always)
    static func value(_ word: UInt64) -> Int? {
        let digits = word &- 0x3030_3030_3030_3030
        guard ((word &+ 0x4646_4646_4646_4646) | digits) & Lanes.highBits == 0 else { return nil }
        // Neighbours are joined: digits to pairs, pairs to fours, fours to the whole.
        let pairs = (digits &* 10 &+ (digits >> 8)) & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* 100 &+ (pairs >> 16)) & 0x0000_FFFF_0000_FFFF
        return Int((fours &* 10_000 &+ (fours >> 32)) & 0xFFFF_FFFF)
    }

    /// The number that twelve digits from an offset spell, or nil where one is none.
    ///
    /// - Precondition: The twelve bytes lie inside.
    static func twelve(_ text: Span<UInt8>, at offset: Int) -> UInt64? {
        guard let front = value(text.eightBytes(at: offset)),
            let back = value(text.eightBytes(at: offset + 4) & ~0xFFFF_FFFF | 0x3030_3030)
        else { return nil }
        return UInt64(front) * 10_000 + UInt64(back)
    }

    /// Eight digits that spell a number below 100,000,000, the first in the lowest place.
    ///
    /// The reverse of `value(_:)`: the whole is split into fours, pairs and digits, all lanes at
    /// once. 5,243 / 2^19 and 103 / 2^10 are close enough to a hundredth and a tenth for that.
    @inline(__always)
    static func eight(_ value: UInt64) -> UInt64 {
        let fours = value / 10_000 | (value % 10_000) << 32
        let hundreds = (fours &* 5_243) >> 19 & 0x0000_007F_0000_007F
        let pairs = hundreds | (fours &- hundreds &* 100) << 16
        let tens = (pairs &* 103) >> 10 & 0x000F_000F_000F_000F
        return (tens | (pairs &- tens &* 10) << 8) | 0x3030_3030_3030_3030
    }

    /// The number with leading zeros up to the width.
    static func text(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

// SPDX-License-Identifier: Apache-2.0

/// A second of UTC, written `YYYY-MM-DDThh:mm:ssZ`; there are no leap seconds.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Seconds since 1970-01-01T00:00:00Z.
    public let seconds: Int64

    /// The seconds of the years 1949 to 2199.
    private static let range: ClosedRange<Int64> = -662_688_000...7_258_118_399

    /// A second counted from 1970-01-01T00:00:00Z, or nil outside the years 1949 to 2199.
    public init?(seconds: Int64) {
        guard Self.range.contains(seconds) else { return nil }
        self.seconds = seconds
    }

    /// Reads `YYYY-MM-DDThh:mm:ssZ`, years 1949 to 2199, or gives nil.
    public init?(_ text: Span<UInt8>) {
        guard text.count == 20, let date = CivilDate(text.extracting(0..<10)), text[10] == 0x54,
            text[13] == 0x3A, text[16] == 0x3A, text[19] == 0x5A,
            let hour = DecimalDigits.value(text, 11..<13), hour < 24,
            let minute = DecimalDigits.value(text, 14..<16), minute < 60,
            let second = DecimalDigits.value(text, 17..<19), second < 60
        else { return nil }
        seconds = Int64(date.day) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
    }

    /// Reads `YYYY-MM-DDThh:mm:ssZ`, years 1949 to 2199, or gives nil.
    public init?(_ text: String) {
        self.init(Array(text.utf8).span)
    }

    /// The date at a place whose clock is so many seconds ahead of UTC; China's is 28,800.
    ///
    /// - Precondition: The offset is at most a day.
    public func date(offsetSeconds: Int) -> CivilDate {
        precondition(
            (-86_400...86_400).contains(offsetSeconds), "offset above a day: \(offsetSeconds) s")
        let local = seconds + Int64(offsetSeconds)
        let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        guard let date = CivilDate(day: Int32(day)) else {
            preconditionFailure("no date for day \(day)")
        }
        return date
    }

    /// The time as `YYYY-MM-DDThh:mm:ssZ`.
    public var description: String {
        let date = date(offsetSeconds: 0)
        let second = Int(seconds - Int64(date.day) * 86_400)
        let clock = [second / 3_600, second / 60 % 60, second % 60]
        return date.description + "T"
            + clock.map { DecimalDigits.text($0, 2) }.joined(separator: ":") + "Z"
    }

    /// Whether the seconds are the same.
    @inlinable
    public static func == (left: Timestamp, right: Timestamp) -> Bool {
        left.seconds == right.seconds
    }

    /// Whether a time comes before another.
    @inlinable
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.seconds < right.seconds
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerFormat

/// The day that a workbook's serial number stands for (ECMA-376 part 1, 18.17.4.1).
///
/// In the 1900 system day 1 is 1 January 1900, and day 60 is 29 February 1900, a day that never
/// was, kept since Lotus 1-2-3. In the 1904 system day 0 is 1 January 1904.
struct SerialDate {
    /// Whether the workbook counts from 1904.
    let is1904: Bool

    /// Days from 1970-01-01 to 1899-12-30, and to 1904-01-01.
    private static let origin1900 = -25_569
    private static let origin1904 = -24_107

    /// `2022-02-03`, with the time after a space where there is one; nil for a day that is none.
    ///
    /// - Parameter text: The exact decimal text of the serial number.
    func text(_ text: String) -> String? {
        let parts = text.split(separator: ".", maxSplits: 1)
        guard let whole = parts.first.flatMap({ Int($0) }), whole >= 0 else { return nil }
        var day: Int
        if is1904 {
            day = whole + Self.origin1904
        } else {
            guard whole >= 1, whole != 60 else { return nil }
            day = whole + Self.origin1900 + (whole < 60 ? 1 : 0)
        }
        var seconds = parts.count == 2 ? Self.seconds(parts[1]) : 0
        if seconds == 86_400 {
            day += 1
            seconds = 0
        }
        // CivilDate knows the years to 9999, as spreadsheets do.
        guard let date = Int32(exactly: day).flatMap({ CivilDate(day: $0) }) else { return nil }
        if seconds == 0 { return date.description }
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { Self.padded($0, 2) }
        return "\(date) " + time.joined(separator: ":")
    }

    /// Seconds of a day from the decimals of a serial number, to the nearest one.
    private static func seconds(_ decimals: Substring) -> Int {
        var nano = 0
        var scale = 1
        for digit in decimals.utf8.prefix(10) {
            nano = nano * 10 + Int(digit - 0x30)
            scale *= 10
        }
        return (nano * 86_400 + scale / 2) / scale
    }

    private static func padded(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
}

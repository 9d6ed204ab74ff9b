// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// Which days are working days: Monday to Friday, less a list of holidays.
///
/// KNOWN GAP: the State Council also declares weekend days to be worked (调休). FORMAT.md §6 lists
/// holidays only, so such a day counts as free, and a deadline falls a day later, never earlier.
public struct WorkingCalendar: Sendable, Equatable {
    /// The holidays from Monday to Friday, ascending, each once, as ``CivilDate/day``.
    private let holidays: [Int32]

    /// A calendar with holidays besides Saturdays and Sundays, in any order.
    public init(holidays: some Sequence<CivilDate> = []) {
        let onWeekdays = holidays.filter { !$0.weekday.isWeekend }.map(\.day)
        self.holidays = Set(onWeekdays).sorted()
    }

    /// Whether the day is a working day.
    public func isWorkingDay(_ date: CivilDate) -> Bool {
        if date.weekday.isWeekend { return false }
        let index = holidaysBefore(Int(date.day))
        return index == holidays.count || holidays[index] != date.day
    }

    /// The working days after the start up to and including the end; 0 where the end is not later.
    ///
    /// - Complexity: O(log *h*) in the number of holidays, whatever the span.
    public func workingDays(after start: CivilDate, through end: CivilDate) -> Int {
        if end <= start { return 0 }
        let first = Int(start.day) + 1
        let last = Int(end.day) + 1
        let weekdays = Self.weekdaysBefore(last) - Self.weekdaysBefore(first)
        return weekdays - (holidaysBefore(last) - holidaysBefore(first))
    }

    /// The last day of a term of working days that begins on the day after the start.
    ///
    /// - Parameters:
    ///   - count: The number of working days; 0 gives the start.
    ///   - start: The day of the event that starts the term.
    /// - Returns: nil where the day lies beyond the year 9999.
    /// - Precondition: The count is not negative.
    /// - Complexity: O(log *h* · log *n*).
    public func date(workingDays count: Int, after start: CivilDate) -> CivilDate? {
        precondition(count >= 0, "date(workingDays:after:): negative count \(count)")
        if count == 0 { return start }
        guard count <= 3_000_000 else { return nil }
        // The smallest day by which so many have passed: at most all holidays and two days of
        // each week begun lie between.
        var low = Int(start.day) + count
        var high = Int(start.day) + count + holidays.count + (count + holidays.count) / 5 * 2 + 2
        let first = Int(start.day) + 1
        let before = Self.weekdaysBefore(first) - holidaysBefore(first)
        while low < high {
            let middle = low + (high - low) / 2
            let passed = Self.weekdaysBefore(middle + 1) - holidaysBefore(middle + 1) - before
            if passed >= count { high = middle } else { low = middle + 1 }
        }
        return Int32(exactly: low).flatMap { CivilDate(day: $0) }
    }

    /// How many of the holidays come before a day.
    private func holidaysBefore(_ day: Int) -> Int {
        var low = 0
        var high = holidays.count
        while low < high {
            let middle = low + (high - low) / 2
            if Int(holidays[middle]) < day { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Mondays to Fridays before a day, counted from Monday 1970-01-05; negative before that.
    private static func weekdaysBefore(_ day: Int) -> Int {
        let shifted = day - 4
        let week = shifted >= 0 ? shifted / 7 : (shifted - 6) / 7
        return week * 5 + min(shifted - week * 7, 5)
    }
}

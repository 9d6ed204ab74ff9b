// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

@Suite struct `Working days` {
    private func date(_ text: String) throws -> CivilDate {
        try #require(CivilDate(text))
    }

    @Test func `Monday to Friday are working days unless they are holidays`() throws {
        let calendar = WorkingCalendar(holidays: [try date("2021-10-01"), try date("2021-10-02")])
        #expect(calendar.isWorkingDay(try date("2021-09-30")))
        #expect(!calendar.isWorkingDay(try date("2021-10-01")))
        #expect(!calendar.isWorkingDay(try date("2021-10-02")))
        #expect(!calendar.isWorkingDay(try date("2021-10-03")))
        #expect(calendar.isWorkingDay(try date("2021-10-04")))
    }

    @Test func `the start is not counted and the end is`() throws {
        let calendar = WorkingCalendar()
        let friday = try date("2021-12-31")
        #expect(calendar.workingDays(after: friday, through: try date("2022-01-02")) == 0)
        #expect(calendar.workingDays(after: friday, through: try date("2022-01-03")) == 1)
        #expect(calendar.workingDays(after: friday, through: friday) == 0)
        #expect(calendar.workingDays(after: friday, through: try date("2021-12-01")) == 0)
    }

    @Test func `a term of ten working days over the New Year ends on the day counted by hand`()
        throws
    {
        // 2021-12-29 is a Wednesday; 30, 31, then 4–7 and 10–13 January: the 3rd is a holiday.
        let calendar = WorkingCalendar(holidays: [try date("2022-01-03"), try date("2022-01-01")])
        let end = calendar.date(workingDays: 10, after: try date("2021-12-29"))
        #expect(end?.description == "2022-01-13")
    }

    @Test func `counts agree with counting day by day`() throws {
        var generator = SeededGenerator(seed: 4)
        let base = try date("1968-06-01")
        let holidays = (0..<200).map { _ in
            base.advanced(by: Int.random(in: 0..<2_000, using: &generator))
        }
        let calendar = WorkingCalendar(holidays: holidays + holidays)
        for _ in 0..<300 {
            let start = base.advanced(by: Int.random(in: -50..<1_900, using: &generator))
            let length = Int.random(in: 0..<150, using: &generator)
            let end = start.advanced(by: length)
            let counted = (0..<length).count { calendar.isWorkingDay(start.advanced(by: $0 + 1)) }
            #expect(calendar.workingDays(after: start, through: end) == counted)
            let reached = try #require(calendar.date(workingDays: counted, after: start))
            #expect(reached <= end)
            #expect(calendar.workingDays(after: start, through: reached) == counted)
            #expect(counted == 0 ? reached == start : calendar.isWorkingDay(reached))
        }
    }

    @Test func `long spans agree with single days over two hundred years`() throws {
        let first = try date("1949-01-01")
        let calendar = WorkingCalendar()
        var expected = 0
        for day in 1...91_000 {
            let date = first.advanced(by: day)
            if calendar.isWorkingDay(date) { expected += 1 }
            if day.isMultiple(of: 997) {
                #expect(calendar.workingDays(after: first, through: date) == expected)
            }
        }
    }

    @Test func `a term beyond the year 9999 has no end`() throws {
        let calendar = WorkingCalendar()
        #expect(calendar.date(workingDays: 2_900_000, after: try date("2199-12-31")) == nil)
        #expect(calendar.date(workingDays: .max, after: try date("2199-12-31")) == nil)
    }
}

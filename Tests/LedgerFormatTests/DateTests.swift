// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@Suite struct DateTests {
    @Test(.enabled(if: Python.isPresent))
    func `every day has the date and weekday that python gives it`()
        throws
    {
        let output = try Python.run(
            """
            import datetime
            day = datetime.date(1949, 1, 1)
            while day.year < 2200:
                print(day.toordinal() - 719163, day.isoformat(), day.isoweekday())
                day += datetime.timedelta(days=1)
            """, input: "")
        let lines = output.split(separator: "\n")
        #expect(lines.count == 91_676)
        for line in lines {
            let parts = line.split(separator: " ").map(String.init)
            let date = try #require(CivilDate(parts[1]))
            #expect(String(date.day) == parts[0])
            #expect(date.description == parts[1])
            #expect(String(date.weekday.rawValue) == parts[2])
        }
    }

    @Test(.enabled(if: Python.isPresent)) func `sampled times are those of python`() throws {
        var generator = SeededGenerator(seed: 6)
        let seconds =
            [-662_688_000, 7_258_118_399, -1, 0, 951_782_400]
            + (0..<500).map { _ in Int64.random(in: -662_688_000...7_258_118_399, using: &generator)
            }
        let output = try Python.run(
            """
            import datetime, sys
            epoch = datetime.datetime(1970, 1, 1)
            for line in sys.stdin:
                time = epoch + datetime.timedelta(seconds=int(line))
                print(time.isoformat() + "Z", (time + datetime.timedelta(hours=8)).date())
            """, input: seconds.map { "\($0)\n" }.joined())
        for (second, line) in zip(seconds, output.split(separator: "\n")) {
            let parts = line.split(separator: " ").map(String.init)
            let time = try #require(Timestamp(parts[0]))
            #expect(time.seconds == second)
            #expect(time.description == parts[0])
            #expect(Timestamp(seconds: second) == time)
            #expect(time.date(offsetSeconds: 28_800).description == parts[1])
        }
    }

    @Test(arguments: [
        "1948-12-31", "2200-01-01", "2021-02-29", "2100-02-29", "2022-04-31", "2022-00-10",
        "2022-13-01",
        "2022-01-00", "2022-1-01", "2022-01-1", "2022/01/01", "+022-01-01", "2022-01-01 ",
        "２022-01-01", "",
    ])
    func `other dates are refused`(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test(arguments: [
        "2026-11-23T24:00:00Z", "2026-11-23T08:60:00Z", "2016-12-31T23:59:60Z",
        "2026-11-23 08:00:00Z",
        "2026-11-23T08:00:00z", "2026-11-23T08:00:00", "2026-11-23T08:00:00+08:00",
        "2026-11-23T8:00:00Z",
        "2026-02-30T08:00:00Z", "2026-11-23T08:00:00.0Z", "2026-11-23T08-00:00Z",
    ])
    func `other times are refused`(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func `the bounds of counted days and seconds are exact`() {
        #expect(CivilDate(day: -719_162)?.description == "0001-01-01")
        #expect(CivilDate(day: -719_163) == nil)
        #expect(CivilDate(day: 2_932_896)?.description == "9999-12-31")
        #expect(CivilDate(day: 2_932_897) == nil)
        #expect(Timestamp(seconds: -662_688_001) == nil)
        #expect(Timestamp(seconds: 7_258_118_400) == nil)
    }

    @Test func `days are added over leap days and years`() throws {
        let date = try #require(CivilDate("2024-02-28"))
        #expect(date.advanced(by: 1).description == "2024-02-29")
        #expect(date.advanced(by: 366).description == "2025-02-28")
        #expect(date.advanced(by: -59).description == "2023-12-31")
        #expect(date < date.advanced(by: 1))
        #expect([date.year, date.month, date.dayOfMonth] == [2024, 2, 28])
        #expect(date.weekday == .wednesday)
        #expect(date.advanced(by: 3).weekday.isWeekend)
    }
}

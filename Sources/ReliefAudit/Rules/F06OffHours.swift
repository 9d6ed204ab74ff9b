// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// F06 非工作时间: an officer records at night and on holidays.
struct F06OffHours: Sendable {
    static let info = RuleInfo(
        code: .f06, severity: .lead, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "非工作时间记账", en: "recorded off hours"),
        citation: Message(
            zh: "审计线索；钟点和比例为默认值，法规没有",
            en: "a lead for auditors; hours and share are defaults, no law sets any"),
        documentation: Message(
            zh: "一人封签至少20批，其中超过10%的记账时间（at 换算为北京时间）在22时至次日6时，或在政策所列假日（周末不算），"
                + "即提示其最后一批。应急期间夜间记账本属常事，只是线索，不是认定。",
            en:
                "Fires where one person has sealed at least 20 postings, more than 10 % of them at (in "
                + "Beijing time) between 22:00 and 06:00 or on a holiday of the policy (weekends do "
                + "not count), at the last of these. In an emergency people do work at night: a "
                + "lead, no verdict."))

    private static let leastCount = 20

    /// Whether a posting was recorded at night or on a holiday that falls on a weekday.
    static func isOffHours(_ time: Timestamp, _ calendar: WorkingCalendar?) -> Bool {
        let local = time.seconds + Int64(BusinessDay.offsetSeconds)
        let second = ((local % 86_400) + 86_400) % 86_400
        if second < 6 * 3_600 || second >= 22 * 3_600 { return true }
        guard let calendar else { return false }
        let date = BusinessDay.of(time)
        return !date.weekday.isWeekend && !calendar.isWorkingDay(date)
    }

    func conclude(_ signers: Signers, into findings: inout [Finding]) {
        for person in signers.people
        where person.postingCount >= Self.leastCount
            && person.offHoursCount * 10 > person.postingCount
        {
            findings.append(
                Finding(
                    Self.info, seq: person.lastOffHours, unit: nil,
                    Message(
                        zh:
                            "\(person.id.text) 封签的 \(person.postingCount) 批中有 \(person.offHoursCount) 批"
                            + "在夜间或假日记账",
                        en: "\(person.offHoursCount) of \(person.postingCount) postings of "
                            + "\(person.id.text) were recorded at night or on holidays"),
                    expected: .text("≤ 10%"),
                    actual: .text("\(person.offHoursCount)/\(person.postingCount)")))
        }
    }

    func silence(_ signers: Signers) -> RuleStatus {
        signers.people.contains { $0.postingCount >= Self.leastCount }
            ? .clean
            : .notApplicable(
                Message(zh: "没有人封签满 20 批", en: "nobody has sealed 20 postings"))
    }
}

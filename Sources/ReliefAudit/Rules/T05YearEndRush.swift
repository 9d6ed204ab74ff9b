// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// T05 年末突击: a year's money goes out on its last days.
struct T05YearEndRush: Rule {
    static let info = RuleInfo(
        code: .t05, severity: .lead, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "年末突击", en: "year-end rush"),
        citation: Message(
            zh: "审计线索；比例为默认值，法规没有",
            en: "a lead for auditors; the shares are defaults, no law sets any"),
        documentation: Message(
            zh: "一个县（含其乡镇、村）最后五个工作日发放和支出的金额超过全年的25%，且这几天中有支出之日的日均"
                + "超过全年有支出之日日均的3倍，即提示其中最后一条。按批次和直接支出的业务日期计，"
                + "不剔除其后失败、取消或冲正的；只看报告所示日期以前已经结束的年度。",
            en:
                "Fires, at the last of them, where a county with all below it spends more than 25 % "
                + "of a year's payments and expenses on the last five working days, and on those of "
                + "them with spending more than 3 times as much a day as on the year's days with "
                + "spending. By the business dates of batches and expenses, also of those that later "
                + "failed, were cancelled or reversed; only years that have ended by the date that "
                + "the report prints."))

    private static let workingDayCount = 5
    private var spent: [(unit: UnitID, date: CivilDate, amount: Int64, seq: Int, grant: Int)] = []

    mutating func observe(
        _ recorded: RecordedSpending, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        let spending = recorded.spending
        spent.append(
            (
                spending.unit.enclosing(.county) ?? spending.unit, spending.date, spending.amount,
                recorded.seq, spending.grant
            ))
    }

    private struct YearKey: Hashable {
        let unit: UnitID
        let year: Int
    }

    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {
        guard let policy = book.policy?.policy else { return }
        var years: [YearKey: [Int]] = [:]
        for (index, item) in spent.enumerated() {
            years[YearKey(unit: item.unit, year: item.date.year), default: []].append(index)
        }
        for (key, indices) in years {
            guard let end = CivilDate(year: key.year, month: 12, day: 31), end <= asOf else {
                continue
            }
            let first = Self.start(of: end, policy.calendar)
            check(key, indices, from: first, book, &findings)
        }
    }

    private func check(
        _ key: YearKey, _ indices: [Int], from first: CivilDate, _ book: borrowing FundBook,
        _ findings: inout [Finding]
    ) {
        var (total, late) = (Int128(0), Int128(0))
        var days: Set<CivilDate> = []
        var lateDays: Set<CivilDate> = []
        var last = -1
        for index in indices {
            let item = spent[index]
            total += Int128(item.amount)
            days.insert(item.date)
            guard item.date >= first else { continue }
            late += Int128(item.amount)
            lateDays.insert(item.date)
            last = index
        }
        // late / lateDays > 3 · total / days, without a division.
        guard last >= 0, late * 4 > total,
            late * Int128(days.count) > 3 * total * Int128(lateDays.count)
        else { return }
        let share = Money(fen: Int64(clamping: late)).text()
        findings.append(
            Finding(
                Self.info, seq: spent[last].seq, unit: key.unit, grant: spent[last].grant,
                Message(
                    zh: "\(book.name(key.unit)) \(key.year) 年自 \(first) 起支出 \(share) 元，"
                        + "占全年 \(Money(fen: Int64(clamping: total)).text()) 元的 \(late * 100 / total)%",
                    en:
                        "\(book.name(key.unit)) spent \(share) yuan from \(first) on, \(late * 100 / total) "
                        + "% of the \(Money(fen: Int64(clamping: total)).text()) of \(key.year)"),
                expected: .money(Int64(clamping: total / 4)),
                actual: .money(Int64(clamping: late)),
                difference: Int64(clamping: late - total / 4)))
    }

    /// The first of the last five working days up to a date.
    private static func start(of end: CivilDate, _ calendar: WorkingCalendar) -> CivilDate {
        var day = end.advanced(by: 1)
        var count = 0
        while count < workingDayCount {
            day = day.advanced(by: -1)
            if calendar.isWorkingDay(day) { count += 1 }
        }
        return day
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        spent.isEmpty || book.policy == nil
            ? .notApplicable(Message(zh: "没有支出", en: "no spending")) : .clean
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// F02 阈值堆积: more amounts just below the limit than just above it, by more than chance.
struct F02BelowThreshold: Sendable {
    static let info = RuleInfo(
        code: .f02, severity: .lead, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "限额下堆积", en: "heaped below the limit"),
        citation: Message(
            zh: "政策的集体研究限额；二项检验（精确），百分之一的界限为默认值，法规没有",
            en:
                "the policy's threshold for collective decisions; an exact binomial test, one per cent "
                + "is a default, no law sets any"),
        documentation: Message(
            zh: "一个单位一年（按业务日期）的直接支出中，金额在限额90%至110%的有10笔以上，其中未达限额的之多，"
                + "在上下机会均等时出现的概率小于1%，即提示其中最后一条。已全部冲正的不计。只是线索，不是认定。",
            en:
                "Fires, at the last of them, where of a unit's expenses in a year (by business date) "
                + "at least 10 lie between 90 and 110 % of the limit, and so many of these below it "
                + "as would happen with a probability of less than 1 % were both sides equally "
                + "likely. Expenses wholly reversed do not count. A lead, no verdict."))

    private static let leastCount = 10

    private struct UnitYear: Hashable {
        let unit: UnitID
        let year: Int
    }

    /// - Parameter expenses: Those that are not wholly undone.
    func conclude(
        _ book: borrowing FundBook, _ expenses: [ExpensePosition], into findings: inout [Finding]
    ) {
        var near: [UnitYear: [(expense: ExpensePosition, isBelow: Bool)]] = [:]
        for expense in expenses {
            guard let threshold = book.policy(inForceAt: expense.seq)?.threshold(.collective),
                threshold.covers.contains(.expense)
            else { continue }
            let (amount, limit) = (Int128(expense.amount) * 10, Int128(threshold.amount.fen))
            guard amount >= limit * 9, amount <= limit * 11 else { continue }
            let key = UnitYear(unit: expense.spending.unit, year: expense.date.year)
            let reaches = threshold.applies(to: Money(fen: expense.amount), of: .expense)
            near[key, default: []].append((expense, !reaches))
        }
        for (key, expenses) in near where expenses.count >= Self.leastCount {
            let below = expenses.filter(\.isBelow)
            guard let last = below.last?.expense,
                BinomialTail.isRare(atLeast: below.count, of: expenses.count)
            else { continue }
            findings.append(
                Finding(
                    Self.info, seq: last.seq, unit: key.unit, grant: last.spending.grant,
                    Message(
                        zh: "\(book.name(key.unit)) \(key.year) 年金额在限额上下一成的支出 \(expenses.count) 笔，"
                            + "\(below.count) 笔恰在限额以下，机会均等时概率小于1%",
                        en:
                            "of \(expenses.count) expenses of \(book.name(key.unit)) in \(key.year) within a tenth "
                            + "of the limit, \(below.count) are below it; by chance less than 1 %"),
                    expected: .text("≈ \(expenses.count / 2)"), actual: .text("\(below.count)")))
        }
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        book.expenses.isEmpty
            ? .notApplicable(Message(zh: "没有直接支出", en: "no expense")) : .clean
    }
}

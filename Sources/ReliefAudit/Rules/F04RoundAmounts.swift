// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// F04 整数偏多: one unit pays round thousands far more often than its peers.
struct F04RoundAmounts: Sendable {
    static let info = RuleInfo(
        code: .f04, severity: .lead, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "整数偏多", en: "too many round amounts"),
        citation: Message(
            zh: "审计线索；笔数和倍数为默认值，法规没有",
            en: "a lead for auditors; the numbers are defaults, no law sets any"),
        documentation: Message(
            zh: "至少有30笔直接支出的单位中，某单位1,000元整数倍的比例为其他单位中位数的3倍以上（偶数个取较大的），"
                + "且整数的至少10笔，即提示其最后一笔。至少要有三个这样的单位；已全部冲正的不计。只是线索，不是认定。",
            en:
                "Among units with at least 30 expenses: fires, at the last of them, where a unit's "
                + "share of multiples of 1,000 yuan is at least 3 times the median of the others "
                + "(the larger one of two) and there are at least 10. At least three such units are "
                + "needed; expenses wholly reversed do not count. A lead, no verdict."))

    private static let leastCount = 30
    private static let leastRoundCount = 10
    private static let leastUnitCount = 3
    private static let roundFen: Int64 = 100_000

    private struct Share {
        let unit: UnitID
        var count = 0
        var roundCount = 0
        var lastRound: ExpensePosition?

        static func isLess(_ left: Share, _ right: Share) -> Bool {
            left.roundCount * right.count < right.roundCount * left.count
        }
    }

    /// - Parameter expenses: Those that are not wholly undone.
    func conclude(
        _ book: borrowing FundBook, _ expenses: [ExpensePosition], into findings: inout [Finding]
    ) {
        let shares = Self.shares(expenses)
        guard shares.count >= Self.leastUnitCount else { return }
        for share in shares where share.roundCount >= Self.leastRoundCount {
            let peers = shares.filter { $0.unit != share.unit }.sorted(by: Share.isLess)
            let median = peers[peers.count / 2]
            guard share.roundCount * median.count >= 3 * median.roundCount * share.count,
                let last = share.lastRound
            else { continue }
            findings.append(
                Finding(
                    Self.info, seq: last.seq, unit: share.unit, grant: last.spending.grant,
                    Message(
                        zh:
                            "\(book.name(share.unit)) 的支出 \(share.count) 笔中有 \(share.roundCount) 笔是 1,000 元的整数倍；"
                            + "其他单位的中位数为 \(median.count) 笔中 \(median.roundCount) 笔",
                        en:
                            "\(share.roundCount) of \(share.count) expenses of \(book.name(share.unit)) are multiples of "
                            + "1,000 yuan; the median of the others is \(median.roundCount) of "
                            + "\(median.count)"),
                    expected: .text("< 3 × \(median.roundCount)/\(median.count)"),
                    actual: .text("\(share.roundCount)/\(share.count)")))
        }
    }

    private static func shares(_ expenses: [ExpensePosition]) -> [Share] {
        var shares: [UnitID: Share] = [:]
        for expense in expenses {
            let unit = expense.spending.unit
            var share = shares[unit] ?? Share(unit: unit)
            share.count += 1
            if expense.amount.isMultiple(of: roundFen) {
                share.roundCount += 1
                share.lastRound = expense
            }
            shares[unit] = share
        }
        return shares.values.filter { $0.count >= leastCount }.sorted { $0.unit < $1.unit }
    }

    func silence(_ expenses: [ExpensePosition]) -> RuleStatus {
        Self.shares(expenses).count >= Self.leastUnitCount
            ? .clean
            : .notApplicable(
                Message(
                    zh: "有30笔以上直接支出的单位不足三个",
                    en: "fewer than three units with at least 30 expenses"))
    }
}

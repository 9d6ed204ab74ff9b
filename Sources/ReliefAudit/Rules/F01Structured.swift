// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// F01 拆分规避: one purchase in parts, each below the limit for a collective decision.
struct F01Structured: Sendable {
    static let info = RuleInfo(
        code: .f01, severity: .lead, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "拆分规避", en: "split below the limit"),
        citation: Message(
            zh: "政策的集体研究限额；14天和一半限额为默认值，法规没有",
            en:
                "the policy's threshold for collective decisions; 14 days and half of it are defaults, "
                + "no law sets any"),
        documentation: Message(
            zh: "同一收款人、同一项目，14天内有两笔以上直接支出，每笔都未达集体研究限额，合计达到，至少一笔达到限额的一半，"
                + "且不是都引用同一集体研究，即提示其中最后一条；跨单位、跨指标合并计算，已全部冲正的不计。"
                + "合同和发票号的词干不比较：账内没有合同。只是线索，不是认定。",
            en:
                "Fires, at the last of them, where one payee gets two or more expenses for one item "
                + "within 14 days, each below the threshold for a collective decision, together not "
                + "below it, at least one of half of it, and they do not all cite one decision; "
                + "across units and grants, without those wholly reversed. Stems of contract "
                + "numbers are not compared, as the ledger holds no contract. A lead, no verdict."))

    private static let dayCount = 14

    private struct Key: Hashable {
        let payee: PayeeID
        let item: String
    }

    /// - Parameter expenses: Those that are not wholly undone.
    func conclude(
        _ book: borrowing FundBook, _ expenses: [ExpensePosition], into findings: inout [Finding]
    ) {
        var groups: [Key: [ExpensePosition]] = [:]
        for expense in expenses {
            guard let threshold = Self.threshold(book, expense.seq),
                !threshold.applies(to: Money(fen: expense.amount), of: .expense)
            else { continue }
            groups[Key(payee: expense.payee, item: expense.spending.item), default: []]
                .append(expense)
        }
        for group in groups.values where group.count > 1 {
            check(group.sorted { ($0.date, $0.seq) < ($1.date, $1.seq) }, book, &findings)
        }
    }

    private func check(
        _ expenses: [ExpensePosition], _ book: borrowing FundBook, _ findings: inout [Finding]
    ) {
        var (start, end) = (0, 0)
        while start < expenses.count {
            while end < expenses.count,
                Int(expenses[end].date.day - expenses[start].date.day) < Self.dayCount
            { end += 1 }
            guard end > start + 1, let found = finding(expenses[start..<end], book) else {
                start += 1
                continue
            }
            findings.append(found)
            start = end
        }
    }

    private func finding(
        _ set: ArraySlice<ExpensePosition>, _ book: borrowing FundBook
    ) -> Finding? {
        guard let first = set.first else { return nil }
        var (last, largest, sum) = (first, first.amount, Int128(0))
        for expense in set {
            if expense.seq > last.seq { last = expense }
            largest = max(largest, expense.amount)
            sum += Int128(expense.amount)
        }
        guard let threshold = Self.threshold(book, last.seq) else { return nil }
        let total = Int64(clamping: sum)
        let decision = first.spending.decision
        guard threshold.applies(to: Money(fen: total), of: .expense),
            largest >= threshold.amount.fen - largest,
            decision == nil || set.contains(where: { $0.spending.decision != decision })
        else { return nil }
        let seqs = set.map(\.seq).sorted()
        return Finding(
            Self.info, seq: last.seq, unit: last.spending.unit, grant: last.spending.grant,
            Message(
                zh: "\(last.payee) 的“\(last.spending.item)”自 \(first.date) 起 14 天内 \(set.count) 笔"
                    + "（第 \(seqs.map(String.init).joined(separator: "、")) 条），合计 \(Money(fen: total).text()) 元，"
                    + "每笔都低于限额 \(threshold.amount.text()) 元；请看是否同一采购",
                en:
                    "\(set.count) expenses to \(last.payee) for “\(last.spending.item)” within 14 days "
                    + "of \(first.date) (seq \(seqs.map(String.init).joined(separator: ", "))) come to "
                    + "\(Money(fen: total).text()) yuan, each below the limit of "
                    + "\(threshold.amount.text()); see whether they are one purchase"),
            expected: .money(threshold.amount.fen), actual: .money(total),
            difference: total - threshold.amount.fen)
    }

    private static func threshold(
        _ book: borrowing FundBook, _ seq: Int
    ) -> Policy.Threshold? {
        guard let threshold = book.policy(inForceAt: seq)?.threshold(.collective),
            threshold.covers.contains(.expense)
        else { return nil }
        return threshold
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        let isLimited = book.expenses.contains { Self.threshold(book, $0.seq) != nil }
        return isLimited
            ? .clean
            : .notApplicable(
                Message(
                    zh: "没有直接支出，或政策没有对其规定集体研究限额",
                    en: "no expense, or the policy sets no threshold for one"))
    }
}

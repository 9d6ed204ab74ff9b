// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// F07 冲正异常: what is undone comes back under another name, or one officer undoes a great deal.
struct F07OddReversal: Rule {
    static let info = RuleInfo(
        code: .f07, severity: .warning, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "冲正异常", en: "odd reversals"),
        citation: Message(
            zh: "会计法第15条（更正方法）；天数和倍数为默认值，法规没有",
            en:
                "Accounting Law Art. 15 (how errors are corrected); days and multiples are defaults, no "
                + "law sets any"),
        documentation: Message(
            zh: "直接支出冲正后7天内（按业务日期），同一单位又记同样金额的直接支出，收款人或用途不同的，提示后一笔；"
                + "封签至少20批的各人中，冲正至少5条、每批冲正条数超过其他人中位数3倍的，提示其最后一条。"
                + "批次的明细用取消，不用冲正。",
            en:
                "Fires where, within 7 days of an expense's reversal (by business date), the same unit "
                + "records an expense of the same amount to another payee or for another purpose, at "
                + "that one; and, among people who have sealed at least 20 postings, where one has "
                + "at least 5 reversals and more than 3 times the median of the others for each "
                + "posting, at the last. Payments of batches are cancelled, not reversed."))

    private static let dayCount = 7
    private static let leastPostingCount = 20
    private static let leastCount = 5
    private var reversals: [Movement] = []

    /// Notes a reversal; movements of other kinds never come here.
    mutating func note(reversal: Movement) { reversals.append(reversal) }

    func conclude(
        _ book: borrowing FundBook, signers: Signers, into findings: inout [Finding]
    ) {
        guard !reversals.isEmpty else { return }
        reentries(book, &findings)
        rates(signers, &findings)
    }

    // MARK: - The same money again

    private struct Key: Hashable {
        let unit: UnitID
        let amount: Int64
    }

    private func reentries(_ book: borrowing FundBook, _ findings: inout [Finding]) {
        var later: [Key: [ExpensePosition]] = [:]
        for reversal in reversals where reversal.kind == .reversal {
            guard let target = reversal.target, book.expense(seq: target) != nil else { continue }
            later[Key(unit: reversal.unit, amount: reversal.amount)] = []
        }
        guard !later.isEmpty else { return }
        for expense in book.expenses {
            let key = Key(unit: expense.spending.unit, amount: expense.amount)
            // `later[key]?.append` costs two allocations where nothing is there.
            if let place = later.index(forKey: key) { later.values[place].append(expense) }
        }
        var reported: Set<Int> = []
        for reversal in reversals {
            guard let undone = reversal.target.flatMap({ book.expense(seq: $0) }) else { continue }
            let again = later[Key(unit: undone.spending.unit, amount: reversal.amount)]?.first {
                $0.seq > reversal.seq && !reported.contains($0.seq)
                    && abs(Int($0.date.day) - Int(reversal.date.day)) <= Self.dayCount
                    && ($0.payee != undone.payee || purpose($0, book) != purpose(undone, book))
            }
            guard let again else { continue }
            reported.insert(again.seq)
            findings.append(
                Finding(
                    Self.info, seq: again.seq, unit: again.spending.unit,
                    grant: again.spending.grant,
                    Message(
                        zh:
                            "第 \(undone.seq) 条付给 \(undone.payee) 的 \(Money(fen: reversal.amount).text()) 元于"
                            + " \(reversal.date) 冲正，本条又以同样金额付给 \(again.payee)；请说明原因",
                        en: "\(Money(fen: reversal.amount).text()) yuan to \(undone.payee) (record "
                            + "\(undone.seq)) were reversed on \(reversal.date), and this pays the "
                            + "same amount to \(again.payee); say why"),
                    expected: .text("\(undone.payee)"), actual: .text("\(again.payee)")))
        }
    }

    private func purpose(_ expense: ExpensePosition, _ book: borrowing FundBook) -> String? {
        book.grant(seq: expense.spending.grant)?.terms.purpose
    }

    // MARK: - Who reverses

    private func rates(_ signers: Signers, _ findings: inout [Finding]) {
        var counts: [PersonID: (count: Int, last: Movement)] = [:]
        for reversal in reversals {
            guard let person = signers.posting(of: reversal.seq)?.person else { continue }
            counts[person] = ((counts[person]?.count ?? 0) + 1, reversal)
        }
        let people = signers.people.filter { $0.postingCount >= Self.leastPostingCount }
        guard people.count >= 3 else { return }
        for person in people {
            guard let (count, last) = counts[person.id], count >= Self.leastCount else { continue }
            let others = people.filter { $0.id != person.id }
                .map { (reversals: counts[$0.id]?.count ?? 0, postings: $0.postingCount) }
                .sorted { $0.reversals * $1.postings < $1.reversals * $0.postings }
            let median = others[others.count / 2]
            guard count * median.postings > 3 * median.reversals * person.postingCount else {
                continue
            }
            findings.append(
                Finding(
                    Self.info, seq: last.seq, unit: last.unit, grant: last.grant,
                    Message(
                        zh: "\(person.id.text) 封签 \(person.postingCount) 批，冲正 \(count) 条；"
                            + "其他人的中位数为 \(median.postings) 批 \(median.reversals) 条",
                        en:
                            "\(person.id.text) sealed \(person.postingCount) postings with \(count) "
                            + "reversals; the median of the others is \(median.reversals) in "
                            + "\(median.postings)"),
                    expected: .text("≤ 3 × \(median.reversals)/\(median.postings)"),
                    actual: .text("\(count)/\(person.postingCount)")))
        }
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        reversals.isEmpty
            ? .notApplicable(Message(zh: "没有冲正", en: "no reversal")) : .clean
    }
}

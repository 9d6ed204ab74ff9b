// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// F09 供应商集中: one supplier gets most of what several townships spend on an item.
struct F09OneSupplier: Sendable {
    static let info = RuleInfo(
        code: .f09, severity: .lead, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "供应商集中", en: "one supplier for many"),
        citation: Message(
            zh: "审计线索；比例和乡镇数为默认值，法规没有",
            en: "a lead for auditors; the share and number are defaults, no law sets any"),
        documentation: Message(
            zh: "同一收款人在三个以上乡镇（含其村），对同一项目的直接支出都占一半以上，即提示其中最后一笔；"
                + "县级自己的支出和已全部冲正的不计。注册时间、与干部的关系要靠账外名单，账内没有，不检查。",
            en:
                "Fires, at the last of them, where one payee gets more than half of what each of at "
                + "least three townships with their villages spends on one item by expense; without "
                + "a county's own and those wholly reversed. When a firm was registered and to whom "
                + "it is related stands in lists outside the ledger and is not checked."))

    private static let townshipCount = 3

    private struct Market: Hashable {
        let township: UnitID
        let item: String
    }

    private struct Supplier: Hashable {
        let payee: PayeeID
        let item: String
    }

    /// - Parameter expenses: Those that are not wholly undone.
    func conclude(
        _ book: borrowing FundBook, _ expenses: [ExpensePosition], into findings: inout [Finding]
    ) {
        var markets: [Market: [PayeeID: Int128]] = [:]
        var last: [Supplier: ExpensePosition] = [:]
        for expense in expenses {
            guard let township = expense.spending.unit.enclosing(.township) else { continue }
            let item = expense.spending.item
            markets[Market(township: township, item: item), default: [:]][
                expense.payee, default: 0] += Int128(expense.amount)
            last[Supplier(payee: expense.payee, item: item)] = expense
        }
        var held: [Supplier: [UnitID]] = [:]
        for (market, payees) in markets {
            let total = payees.values.reduce(0, +)
            guard let (payee, most) = payees.max(by: { $0.value < $1.value }), most * 2 > total
            else { continue }
            held[Supplier(payee: payee, item: market.item), default: []].append(market.township)
        }
        for (supplier, townships) in held where townships.count >= Self.townshipCount {
            guard let expense = last[supplier] else { continue }
            let names = townships.sorted().map { book.name($0) }
            findings.append(
                Finding(
                    Self.info, seq: expense.seq, unit: expense.spending.unit,
                    grant: expense.spending.grant,
                    Message(
                        zh:
                            "\(supplier.payee) 在 \(townships.count) 个乡镇的“\(supplier.item)”支出中都占一半以上："
                            + names.joined(separator: "、"),
                        en: "\(supplier.payee) gets more than half of the spending on "
                            + "“\(supplier.item)” in \(townships.count) townships: "
                            + names.joined(separator: ", ")),
                    expected: .text("< \(Self.townshipCount)"),
                    actual: .text("\(townships.count)")))
        }
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        book.expenses.contains { $0.spending.unit.enclosing(.township) != nil }
            ? .clean
            : .notApplicable(
                Message(zh: "没有乡镇或村的直接支出", en: "no expense of a township or village"))
    }
}

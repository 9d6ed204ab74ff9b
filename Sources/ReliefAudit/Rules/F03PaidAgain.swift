// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// F03 重复付款: one bill is paid twice.
struct F03PaidAgain: Sendable {
    static let info = RuleInfo(
        code: .f03, severity: .violation, isOverridable: true, isRefusedByWriter: false,
        title: Message(zh: "重复付款", en: "one bill paid twice"),
        citation: Message(
            zh: "预算法第95条（二）、处罚处分条例第6条（一）（虚报）；7天为默认值，法规没有",
            en:
                "Budget Law Art. 95(2), Regulations on Penalties for Fiscal Violations Art. 6(1) (false "
                + "claims); 7 days are a default, no law sets any"),
        documentation: Message(
            zh: "一笔直接支出与此前记账的另一笔：收款人和金额相同，业务日期相差不超过7天；或所记凭证编号都是同一发票号码"
                + "（8至20位数字），且收款人不同或金额相同（同一发票向同一人分次付不同金额的不算）；或引用同一凭证文件"
                + "（摘要值相同，含补充的）；即报告后一笔，每笔一次。跨单位、跨指标比较；已全部冲正的不计；户的发放归 R02。"
                + "确属两次采购的，可事后例外批准。",
            en:
                "Fires at an expense that, like one recorded before it, pays the same amount to the "
                + "same payee no more than 7 days apart; or bears the same invoice number (8 to 20 "
                + "digits) and pays another payee or the same amount (parts of one invoice to one "
                + "payee in other amounts do not count); or cites a file of evidence with the same "
                + "digest, also one added later; each once. Across units and grants, without those "
                + "wholly reversed; payments to households are R02's. Two purchases indeed may be "
                + "admitted by an override, also afterwards."))

    private static let dayCount = 7

    private struct Bill: Hashable {
        let payee: PayeeID
        let amount: Int64
    }

    /// What an expense has in common with an earlier one.
    private enum Likeness {
        case bill, number(String), file(String)
    }

    /// - Parameter expenses: Those that are not wholly undone.
    func conclude(
        _ book: borrowing FundBook, _ expenses: [ExpensePosition], into findings: inout [Finding]
    ) {
        guard expenses.count > 1 else { return }
        // The last expense of each bill, and for each expense the one of the same bill before it.
        var bills: [Bill: Int] = [:]
        var earlier: [Int?] = []
        var numbers: [String: [ExpensePosition]] = [:]
        var files: [String: ExpensePosition] = [:]
        bills.reserveCapacity(expenses.count)
        earlier.reserveCapacity(expenses.count)
        for (index, expense) in expenses.enumerated() {
            var found: (ExpensePosition, Likeness)?
            for file in expense.evidence {
                if let first = files[file], first.seq != expense.seq {
                    found = (first, .file(file))
                } else {
                    files[file] = expense
                }
            }
            if let number = expense.number, Self.isInvoiceNumber(number) {
                let first = numbers[number]?.first {
                    $0.payee != expense.payee || $0.amount == expense.amount
                }
                if let first { found = (first, .number(number)) }
                numbers[number, default: []].append(expense)
            }
            let bill = Bill(payee: expense.payee, amount: expense.amount)
            earlier.append(bills.updateValue(index, forKey: bill))
            var near = earlier[index]
            while let place = near,
                abs(Int(expenses[place].date.day) - Int(expense.date.day)) > Self.dayCount
            { near = earlier[place] }
            if let near { found = (expenses[near], .bill) }
            if let (first, likeness) = found {
                findings.append(finding(expense, first, likeness))
            }
        }
    }

    /// Invoices have 8 digits, electronic ones up to 20; contracts and documents have other signs.
    static func isInvoiceNumber(_ text: String) -> Bool {
        (8...20).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private func finding(
        _ expense: ExpensePosition, _ first: ExpensePosition, _ likeness: Likeness
    ) -> Finding {
        let amount = Money(fen: expense.amount).text()
        let message: Message
        switch likeness {
        case .bill:
            message = Message(
                zh: "\(first.date) 已由第 \(first.seq) 条付给 \(expense.payee) \(amount) 元，"
                    + "本条 \(expense.date) 又付同样金额；误付的请冲正，确属两次采购的由另一人例外批准",
                en: "record \(first.seq) of \(first.date) paid \(amount) yuan to \(expense.payee) "
                    + "already, and this of \(expense.date) pays the same again; reverse it, or let "
                    + "another person admit two purchases")
        case .number(let number):
            message = Message(
                zh: "发票 \(number) 已由第 \(first.seq) 条付过，本条又付 \(amount) 元；误付的请冲正",
                en: "invoice \(number) was paid by record \(first.seq) already, and this pays "
                    + "\(amount) yuan on it; reverse it if it is a mistake")
        case .file(let digest):
            message = Message(
                zh: "凭证 \(digest.prefix(16))… 已用于第 \(first.seq) 条，本条又据以支付 \(amount) 元；误付的请冲正",
                en:
                    "the file \(digest.prefix(16))… bears out record \(first.seq) already, and this "
                    + "pays \(amount) yuan on it; reverse it if it is a mistake")
        }
        return Finding(
            Self.info, seq: expense.seq, unit: expense.spending.unit,
            grant: expense.spending.grant, message,
            expected: .money(0), actual: .money(expense.amount), difference: expense.amount,
            breach: Finding.Breach(
                amount: expense.amount, payee: expense.payee, date: expense.date,
                isConcluded: true))
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        book.expenses.isEmpty
            ? .notApplicable(Message(zh: "没有直接支出", en: "no expense")) : .clean
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefDisclosure

/// From the book's balance to the bank's (余额调节表): every step named, nothing left over.
///
/// ```
///   book's balance on the statements' last day
/// − received in the book, not at the bank      + paid in the book, not at the bank
/// + received at the bank, not in the book      − paid at the bank, not in the book
/// + what the bank has already and the book dates later
/// − by how much the book was ahead of the bank before the statements begin
/// + breaks of the running balance
/// = bank's balance
/// ```
struct BankBridge: Sendable, Equatable {
    let end: CivilDate
    let book: Int128
    let bookReceiptsOpen: Int128
    let bookPaymentsOpen: Int128
    let bankReceiptsOpen: Int128
    let bankPaymentsOpen: Int128
    let datedLater: Int128
    let openingGap: Int128
    let breaks: Int128
    let bank: Int128

    init(
        items: [CashItem], statements: BankSequence, matching: BankMatching
    ) {
        let (start, end) = (statements.firstDate, statements.lastDate)
        self.end = end
        func sum(_ indices: some Sequence<Int>, _ fits: (CashItem) -> Bool) -> Int128 {
            indices.reduce(0) { fits(items[$1]) ? $0 + Int128(items[$1].amount) : $0 }
        }
        let matched = matching.matches.flatMap(\.items)
        let open = matching.openItems
        book = sum(items.indices) { $0.date <= end }
        bookReceiptsOpen = sum(open) { $0.date >= start && $0.date <= end && $0.amount > 0 }
        bookPaymentsOpen = sum(open) { $0.date >= start && $0.date <= end && $0.amount < 0 }
        datedLater = sum(matched) { $0.date > end }
        let bookBefore = sum(items.indices) { $0.date < start }
        openingGap =
            bookBefore - sum(matched) { $0.date < start } - Int128(statements.opening)
        let lines = matching.openLines.map { Int128(statements.lines[$0].amount) }
        bankReceiptsOpen = lines.filter { $0 > 0 }.reduce(0, +)
        bankPaymentsOpen = lines.filter { $0 < 0 }.reduce(0, +)
        breaks =
            Int128(statements.closing) - Int128(statements.opening)
            - statements.lines.reduce(0) { $0 + Int128($1.amount) }
        bank = Int128(statements.closing)
    }

    /// What the steps come to; the bank's balance, whatever the books say.
    var computed: Int128 {
        book - bookReceiptsOpen - bookPaymentsOpen + bankReceiptsOpen + bankPaymentsOpen
            + datedLater - openingGap + breaks
    }

    /// Whether book and bank have the same on that day, with nothing to explain.
    var isEven: Bool {
        [
            bookReceiptsOpen, bookPaymentsOpen, bankReceiptsOpen, bankPaymentsOpen, datedLater,
            openingGap, breaks,
        ].allSatisfy { $0 == 0 }
    }

    var table: ReconciliationTable {
        var table = ReconciliationTable(
            title: Message(zh: "余额调节表（截至 \(end)）", en: "Bridge from book to bank, as of \(end)"),
            columns: [
                Table.Column(zh: "项目", en: "step"), Table.Column(zh: "金额", en: "amount", .money),
            ])
        let steps: [(Message, Int128)] = [
            (Message(zh: "账面余额", en: "balance in the book"), book),
            (
                Message(zh: "减：账上已收、银行未收", en: "less: received in the book, not at the bank"),
                -bookReceiptsOpen
            ),
            (
                Message(zh: "加：账上已付、银行未付", en: "plus: paid in the book, not at the bank"),
                -bookPaymentsOpen
            ),
            (
                Message(zh: "加：银行已收、账上未收", en: "plus: received at the bank, not in the book"),
                bankReceiptsOpen
            ),
            (
                Message(zh: "减：银行已付、账上未付", en: "less: paid at the bank, not in the book"),
                bankPaymentsOpen
            ),
            (
                Message(
                    zh: "加：银行已入、账上日期在后", en: "plus: at the bank already, dated later in the book"),
                datedLater
            ),
            (
                Message(
                    zh: "减：对账单开始前账面多于银行", en: "less: book ahead of the bank before the statements"),
                -openingGap
            ),
            (Message(zh: "加：对账单余额中断", en: "plus: breaks of the bank's running balance"), breaks),
            (Message(zh: "银行余额", en: "balance at the bank"), bank),
        ]
        for (index, step) in steps.enumerated() {
            let isEnd = index == 0 || index == steps.count - 1
            if isEnd || step.1 != 0 { table.rows.append([.words(step.0), Fen.cell(step.1)]) }
        }
        return table
    }
}

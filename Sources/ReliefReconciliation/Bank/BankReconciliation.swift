// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
public import ReliefDisclosure
internal import ReliefModel

/// 账银核对: bank statements against the cash that the ledger's entries move.
public struct BankReconciliation {
    /// Days that a date in the book and one at the bank may lie apart, unless asked otherwise.
    public static let defaultWindow = 15

    private let items: [CashItem]
    private let sequence: BankSequence
    private let matching: BankMatching
    private let bridge: BankBridge
    private let window: Int
    private let debit: BatchDebit
    private var findings: [ReconciliationFinding] = []

    /// Compares statements of one account with the book of a unit.
    ///
    /// - Parameters:
    ///   - ledger: The ledger.
    ///   - unit: Whose account it is; nil for the ledger's steward.
    ///   - includesBelow: Whether the account also holds the money of the units below.
    ///   - statements: At least one, in any order.
    ///   - debit: When the bank takes a batch's money.
    ///   - window: Days that the two dates of one payment may lie apart.
    /// - Returns: Nil where the ledger is not intact or holds nothing.
    public static func report(
        _ ledger: VerifiedLedger<BookHistory>, unit: UnitID?, includesBelow: Bool,
        statements: [BankStatement], debit: BatchDebit = .settled, window: Int = defaultWindow
    ) -> ReconciliationReport? {
        guard let seal = SealLine(ledger), let steward = ledger.genesis?.steward else {
            return nil
        }
        let unit = unit ?? steward
        let items = CashItem.items(in: ledger.fold, debit: debit) { other in
            includesBelow ? unit.contains(other) : other == unit
        }
        var reconciliation = BankReconciliation(
            items, statements, debit: debit, window: window)
        reconciliation.find()
        let name = ledger.fold.book.name(unit)
        return ReconciliationReport(
            kind: "bank", title: Message(zh: "账银核对", en: "Bank statements against the ledger"),
            sources: [
                .init(role: Message(zh: "账本", en: "ledger"), name: seal.sourceName),
                .init(
                    role: Message(zh: "账户", en: "account"),
                    name: includesBelow
                        ? Message(zh: "\(name)及其下级", en: "\(name) and the units below")
                        : .same(name)),
            ]
                + statements.map {
                    .init(
                        role: Message(zh: "对账单", en: "statement"),
                        name: .same("\($0.name), SHA-256 \($0.sha256)"))
                },
            seal: seal, findings: reconciliation.findings,
            tables: [reconciliation.bridge.table, reconciliation.matchTable],
            notes: reconciliation.notes)
    }

    private init(
        _ items: [CashItem], _ statements: [BankStatement], debit: BatchDebit, window: Int
    ) {
        self.items = items
        self.debit = debit
        self.window = window
        sequence = BankSequence(statements)
        matching = BankMatching(items, sequence.lines, window: window)
        bridge = BankBridge(items: items, statements: sequence, matching: matching)
    }

    private mutating func find() {
        for gap in sequence.breaks { findings.append(finding(gap)) }
        for line in sequence.repeated { findings.append(repeated(line)) }
        noteOpenItems()
        for index in matching.openLines { findings.append(openLine(index)) }
        noteOpening()
        noteMatches()
        noteBalance()
    }

    // MARK: - The bank's own

    private func finding(_ gap: BankSequence.Break) -> ReconciliationFinding {
        let amount = Fen.text(gap.gap)
        let sides = Message(
            zh:
                "上一行（\(gap.previous.place)，\(gap.previous.date)）余额 \(Fen.text(Int128(gap.previous.balance))) 元，"
                + "本行发生 \(Fen.text(Int128(gap.next.amount))) 元后余额 \(Fen.text(Int128(gap.next.balance))) 元，"
                + "中断 \(amount) 元",
            en: "the line before (\(gap.previous.place), \(gap.previous.date)) leaves "
                + "\(Fen.text(Int128(gap.previous.balance))) yuan, this one moves "
                + "\(Fen.text(Int128(gap.next.amount))) and leaves "
                + "\(Fen.text(Int128(gap.next.balance))): \(amount) yuan are missing between them")
        let ends =
            gap.isBetween
            ? Message(
                zh: "；\(gap.previous.date) 至 \(gap.next.date) 之间可能缺一份对账单",
                en: "; a statement between \(gap.previous.date) and \(gap.next.date) may be missing"
            )
            : Message(
                zh: "；对账单缺行或被改过，请向银行索取原件",
                en: "; a line is missing or was changed, ask the bank for the original")
        return ReconciliationFinding(
            .differs, gap.isBetween ? "period" : "balance", at: .same(gap.next.place),
            gap.isBetween
                ? Message(zh: "对账单之间不相接", en: "statements do not join")
                : Message(zh: "余额不连续", en: "the running balance breaks"),
            Message(zh: sides.zh + ends.zh, en: sides.en + ends.en), difference: amount)
    }

    private func repeated(_ line: BankLine) -> ReconciliationFinding {
        ReconciliationFinding(
            .remark, "repeated", at: .same(line.place), Self.words(line),
            Message(
                zh: "前一份对账单已有同一行，只算一次",
                en: "an earlier statement has the same line; it is counted once"))
    }

    // MARK: - Open on either side

    private mutating func noteOpenItems() {
        var later: [CashItem] = []
        for index in matching.openItems {
            let item = items[index]
            if item.date < sequence.firstDate { continue }
            if item.date > sequence.lastDate {
                later.append(item)
                continue
            }
            findings.append(openItem(index))
        }
        guard let first = later.first else { return }
        let sum = later.reduce(Int128(0)) { $0 + Int128($1.amount) }
        findings.append(
            ReconciliationFinding(
                .notEvaluable, "after", at: nil,
                Message(zh: "对账单之后的账", en: "entries after the statements"),
                Message(
                    zh: "对账单止于 \(sequence.lastDate)，其后自 \(first.date) 起账上还有 \(later.count) 项，"
                        + "合计 \(Fen.text(sum)) 元，未核对；请补对账单",
                    en:
                        "the statements end on \(sequence.lastDate); from \(first.date) on the book has "
                        + "\(later.count) more, in sum \(Fen.text(sum)) yuan, not compared: get the next "
                        + "statement")))
    }

    private func openItem(_ index: Int) -> ReconciliationFinding {
        let item = items[index]
        let amount = Fen.text(abs(Int128(item.amount)))
        let isAmbiguous = matching.ambiguous.contains { !$0.isLine && $0.index == index }
        let words =
            item.amount > 0
            ? Message(
                zh: "账上 \(item.date) 收 \(amount) 元，银行没有对应的收款",
                en: "the book receives \(amount) yuan on \(item.date), the bank does not")
            : Message(
                zh: "账上 \(item.date) 付 \(amount) 元，银行没有对应的付款",
                en: "the book pays \(amount) yuan on \(item.date), the bank does not")
        return ReconciliationFinding(
            .differs, "bookOnly", at: item.name,
            item.amount > 0
                ? Message(zh: "账上已收、银行未收", en: "received in the book, not at the bank")
                : Message(zh: "账上已付、银行未付", en: "paid in the book, not at the bank"),
            ending(words, isAmbiguous), stated: Fen.text(Int128(item.amount)))
    }

    private func openLine(_ index: Int) -> ReconciliationFinding {
        let line = sequence.lines[index]
        let isAmbiguous = matching.ambiguous.contains { $0.isLine && $0.index == index }
        return ReconciliationFinding(
            .differs, "bankOnly", at: .same(line.place),
            line.amount > 0
                ? Message(zh: "银行已收、账上未收", en: "received at the bank, not in the book")
                : Message(zh: "银行已付、账上未付", en: "paid at the bank, not in the book"),
            ending(
                Message(
                    zh: "\(Self.words(line).zh)，账上没有对应的记录",
                    en: "\(Self.words(line).en): the book has nothing for it"), isAmbiguous),
            computed: Fen.text(Int128(line.amount)))
    }

    private func ending(_ words: Message, _ isAmbiguous: Bool) -> Message {
        guard isAmbiguous else { return words }
        return Message(
            zh: words.zh + "；有几种合并方式都能凑成，无法判断是哪一种，请人工核对",
            en: words.en
                + "; several combinations of the other side come to it, and which one it is "
                + "cannot be told: look at the vouchers")
    }

    private static func words(_ line: BankLine) -> Message {
        let amount = Fen.text(abs(Int128(line.amount)))
        return line.amount > 0
            ? Message(zh: "\(line.date) 收 \(amount) 元", en: "\(line.date), \(amount) yuan in")
            : Message(zh: "\(line.date) 付 \(amount) 元", en: "\(line.date), \(amount) yuan out")
    }

    private mutating func noteOpening() {
        guard bridge.openingGap != 0 else { return }
        let gap = Fen.text(bridge.openingGap)
        findings.append(
            ReconciliationFinding(
                .unexplained, "opening", at: nil,
                Message(zh: "对账单开始前的差额", en: "the difference before the statements"),
                Message(
                    zh:
                        "对账单始于 \(sequence.firstDate)，期初银行余额 \(Fen.text(Int128(sequence.opening))) 元，"
                        + "账面比它多 \(gap) 元（负为少）；此前的对账单未提供，不能说明",
                    en: "the statements begin on \(sequence.firstDate) with "
                        + "\(Fen.text(Int128(sequence.opening))) yuan at the bank; the book has \(gap) more "
                        + "(below zero: less); without the statements before it cannot be explained"
                ),
                difference: gap))
    }

    private mutating func noteMatches() {
        let several = matching.matches.count { $0.items.count + $0.lines.count > 2 }
        guard !matching.matches.isEmpty else { return }
        findings.append(
            ReconciliationFinding(
                .agrees, "matched", at: nil, Message(zh: "对上的收付", en: "what was matched"),
                Message(
                    zh: "对上 \(matching.matches.count) 组，其中 \(several) 组是几笔合并对上的",
                    en: "\(matching.matches.count) matched, of which \(several) by joining several")
            ))
    }

    private mutating func noteBalance() {
        let (book, bank) = (Fen.text(bridge.book), Fen.text(bridge.bank))
        let gap = Fen.text(bridge.book - bridge.bank)
        findings.append(
            ReconciliationFinding(
                bridge.book == bridge.bank ? .agrees : .differs, "closing", at: nil,
                Message(zh: "\(bridge.end) 余额", en: "the balance on \(bridge.end)"),
                bridge.book == bridge.bank
                    ? Message(
                        zh: "账面与银行都是 \(book) 元" + (bridge.isEven ? "" : "，但其中有互相抵消的差异"),
                        en: "\(book) yuan in the book and at the bank"
                            + (bridge.isEven ? "" : ", but with differences that cancel each other")
                    )
                    : Message(
                        zh: "账面 \(book) 元，银行 \(bank) 元，相差 \(gap) 元，见余额调节表",
                        en:
                            "\(book) yuan in the book, \(bank) yuan at the bank, difference \(gap) yuan; "
                            + "see the bridge"),
                stated: book, computed: bank,
                difference: bridge.book == bridge.bank ? nil : gap))
    }

    private var matchTable: ReconciliationTable {
        var table = ReconciliationTable(
            title: Message(zh: "对上的收付", en: "What was matched"),
            columns: [
                Table.Column(zh: "银行", en: "bank"), Table.Column(zh: "日期", en: "date", .date),
                Table.Column(zh: "金额", en: "amount", .money),
                Table.Column(zh: "账上", en: "book"),
            ])
        for match in matching.matches {
            let lines = match.lines.map { sequence.lines[$0] }
            let entries = match.items.map { items[$0].name }
            table.rows.append([
                .plain(.text(lines.map(\.place).joined(separator: " + "))),
                .plain(.date(lines[0].date)),
                Fen.cell(lines.reduce(0) { $0 + Int128($1.amount) }),
                .words(
                    Message(
                        zh: entries.map(\.zh).joined(separator: " + "),
                        en: entries.map(\.en).joined(separator: " + "))),
            ])
        }
        return table
    }

    /// Where answers of the bank stay open, the other way of debiting may be meant.
    private var hint: [Message] {
        let isOpen = matching.openItems.contains { items[$0].kind == .result }
        guard debit == .settled, isOpen else { return [] }
        return [
            Message(
                zh: "有代发结果没有对上：如果银行是整批扣款、失败的再退回，请加 --debit sent 重新核对。",
                en: "Results of batches stay open: where the bank debits a batch whole and credits "
                    + "failures back, compare again with --debit sent.")
        ]
    }

    private var notes: [Message] {
        hint + [
            debit == .settled
                ? Message(
                    zh: "账面余额是各指标的可用与已承诺之和，即发放到账时才从账户支出（--debit settled）。",
                    en:
                        "The book's balance is what is available and committed of all grants: money "
                        + "leaves when a payment arrives (--debit settled).")
                : Message(
                    zh: "账面余额是各指标的可用，加上失败、退回而待重发的：整批送出时支出，失败的退回（--debit sent）。",
                    en:
                        "The book's balance is what is available of all grants, and what failed or came "
                        + "back and waits: a batch leaves whole when it is sent (--debit sent)."),
            Message(
                zh: "两边日期相差不超过 \(window) 天才能对上，"
                    + "先一对一，再连续至多 \(BankMatching.runLength) 笔，再至多 \(BankMatching.setSize) 笔"
                    + "（从最近的 \(BankMatching.candidateCount) 笔中找），有几种凑法的不算对上。",
                en:
                    "The book's balance is what is available and committed of all grants. Dates of one "
                    + "payment may lie \(window) days apart; first one to one, then runs of up to "
                    + "\(BankMatching.runLength), then sets of up to \(BankMatching.setSize) of the "
                    + "\(BankMatching.candidateCount) nearest; where several fit, none is taken."),
            Message(
                zh: "只读对账单的日期、金额、余额和流水号，不读、不显示对方户名和账号。",
                en:
                    "Of a statement only date, amounts, balance and the bank's number are read; names and "
                    + "accounts of others are neither read nor shown."),
        ]
    }
}

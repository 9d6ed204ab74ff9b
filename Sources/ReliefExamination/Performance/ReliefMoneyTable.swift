// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefDisclosure
internal import ReliefModel

/// Relief money by source, document, purpose and unit, and how far it has come.
///
/// ```
/// received − passed down − given back = balance + under way + paid + owed back
/// ```
/// Each row is one unit's own part of one grant, so that rows add up and nothing counts twice.
struct ReliefMoneyTable {
    private struct Flow {
        let received: Int128
        let acknowledged: Int128
        let passedDown: Int128
        let givenBack: Int128
    }

    private let history: BookHistory
    private let scope: BookScope
    private let language: Language
    private let paths: MoneyPaths
    private let acknowledged: [AccountKey: Int128]

    /// - Precondition: The movements come to the balances (``MoneyPaths``).
    init(_ history: BookHistory, scope: BookScope, language: Language) {
        self.history = history
        self.scope = scope
        self.language = language
        paths = MoneyPaths(history)
        var acknowledged: [AccountKey: Int128] = [:]
        for record in history.records {
            let isReversal = record.entry.kind == .reversal
            let said =
                isReversal
                ? record.movement?.target.flatMap { history.record(seq: $0) } : record
            guard let said, said.entry.kind == .receipt, let unit = said.entry.unit,
                let grant = said.grant, let amount = record.entry.amount
            else { continue }
            acknowledged[AccountKey(grant: grant, unit: unit), default: 0] +=
                Int128(isReversal ? -amount : amount)
        }
        self.acknowledged = acknowledged
    }

    /// Fen received from other units but not acknowledged, over the scope.
    var unacknowledged: Int128 {
        shown.reduce(0) { sum, account in
            let flow = flow(account)
            return sum + max(0, flow.received - flow.acknowledged)
        }
    }

    /// Fen received and acknowledged, over the scope.
    var totals: (received: Int128, acknowledged: Int128) {
        shown.reduce((0, 0)) { sum, account in
            let flow = flow(account)
            return (sum.0 + flow.received, sum.1 + flow.acknowledged)
        }
    }

    private var shown: [Account] {
        history.book.accounts.filter { account in
            scope.shows(account.unit) && scope.shows(grant: history.book.grants[account.grant].seq)
        }.sorted { ($0.grant, $0.unit) < ($1.grant, $1.unit) }
    }

    private func flow(_ account: Account) -> Flow {
        let key = AccountKey(grant: history.book.grants[account.grant].seq, unit: account.unit)
        let flow = paths.flows[key] ?? AccountFlow()
        return Flow(
            received: flow[.granted] + flow[.received] + flow[.movedIn],
            // What another grant gave is with the unit already.
            acknowledged: (acknowledged[key] ?? 0) + flow[.movedIn],
            passedDown: flow[.handedOn] - flow[.recalledFromBelow] - flow[.returnedFromBelow],
            givenBack: flow[.returned] + flow[.recalledFromAbove] + flow[.movedOut])
    }

    func table() -> Table {
        var table = Table(
            title: Message(
                zh: "救灾资金：来源、文号、用途、单位与状态",
                en: "Relief money by source, document, purpose, unit and status"),
            columns: Self.columns,
            notes: [
                Message(
                    zh:
                        "每行是一个单位自己的部分，不含下级：收到 − 转下级 − 缴回 = 结余 + 在途 + 已支付 + 应追回。“缴回”含调整用途和结转转出。收到、转下级逐级重复，不合计。",
                    en:
                        "Each row is a unit's own part, without the units below: received − passed down "
                        + "− given back = balance + under way + paid + owed back. Given back includes "
                        + "what a change of purpose or carry-over took. Received and passed down recur at "
                        + "each level and are not summed.")
            ])
        let book = history.book
        for account in shown {
            let terms = book.grants[account.grant].terms
            let flow = flow(account)
            table.add([
                .text(terms.source.name.text(language)), Table.Cell(document(terms.document)),
                .text(book.purposeText(terms.purpose, language)),
                Table.Cell(book.township(of: account.unit).map(book.plainName)),
                .text(book.plainName(account.unit)), .fen(flow.received), .fen(flow.acknowledged),
                .fen(flow.passedDown), .fen(flow.givenBack),
                .money(Money(fen: account[.expended])), .money(Money(fen: account[.committed])),
                .money(Money(fen: account[.recoverable])), .money(Money(fen: account[.available])),
            ])
        }
        // What is received and passed down counts at every level, and has no sum.
        table.addTotal(language.say("合计", "total"), summing: Set(9..<Self.columns.count))
        return table
    }

    private func document(_ document: Document) -> String? {
        guard document.number != Document.unstated else { return language.say("未说明", "not stated") }
        return document.number
    }

    private static let columns: [Table.Column] = [
        Table.Column(Message(zh: "来源", en: "source")),
        Table.Column(Message(zh: "上级文号", en: "document")),
        Table.Column(Message(zh: "用途", en: "purpose")),
        Table.Column(Message(zh: "乡镇", en: "township")),
        Table.Column(Message(zh: "单位", en: "unit")),
        Table.Column(Message(zh: "收到", en: "received"), .money),
        Table.Column(Message(zh: "其中确认到账", en: "of it acknowledged"), .money),
        Table.Column(Message(zh: "转下级", en: "passed down"), .money),
        Table.Column(Message(zh: "缴回", en: "given back"), .money),
        Table.Column(Message(zh: "已支付", en: "paid"), .money),
        Table.Column(Message(zh: "在途", en: "under way"), .money),
        Table.Column(Message(zh: "应追回", en: "owed back"), .money),
        Table.Column(Message(zh: "结余", en: "balance"), .money),
    ]
}

extension FundBook {
    /// The township that a unit is or lies in; nil above townships.
    func township(of unit: UnitID) -> UnitID? {
        var next: UnitID? = unit
        for _ in 0..<32 {
            guard let id = next else { return nil }
            if id.level == .township { return id }
            guard id.level > .township, let parent = self.unit(id)?.parent, parent != id else {
                return nil
            }
            next = parent
        }
        return nil
    }
}

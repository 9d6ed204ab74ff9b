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
    private struct Key: Hashable {
        let unit: UnitID
        let grant: Int
    }

    private struct Flow {
        var received: Int128 = 0
        var acknowledged: Int128 = 0
        var passedDown: Int128 = 0
        var givenBack: Int128 = 0
    }

    private let history: BookHistory
    private let scope: BookScope
    private let language: Language
    private var flows: [Key: Flow] = [:]

    init(_ history: BookHistory, scope: BookScope, language: Language) {
        self.history = history
        self.scope = scope
        self.language = language
        for record in history.records { add(record) }
    }

    /// Puts a record down to both its ends; a reversal takes back what its target did.
    private mutating func add(_ record: BookHistory.Record) {
        guard let amount = record.entry.amount else { return }
        var kind = record.entry.kind
        var (giver, receiver) = (record.from, record.to)
        var fen = Int128(amount)
        if kind == .reversal {
            guard let target = record.movement?.target.flatMap({ history.record(seq: $0) }) else {
                return
            }
            kind = target.entry.kind
            (giver, receiver) = (record.to, record.from)
            fen = -fen
        }
        if kind == .receipt, let unit = record.entry.unit, let grant = record.grant {
            flows[Key(unit: unit, grant: grant), default: Flow()].acknowledged += fen
            return
        }
        guard giver?.unit != receiver?.unit || giver?.grant != receiver?.grant else { return }
        let goesBack = kind == .return || kind == .recall
        let isBetweenGrants = giver != nil && receiver != nil && giver?.grant != receiver?.grant
        if let giver {
            let key = Key(unit: giver.unit, grant: giver.grant)
            if goesBack || isBetweenGrants {
                flows[key, default: Flow()].givenBack += fen
            } else {
                flows[key, default: Flow()].passedDown += fen
            }
        }
        if let receiver {
            let key = Key(unit: receiver.unit, grant: receiver.grant)
            if goesBack {
                flows[key, default: Flow()].passedDown -= fen
            } else {
                flows[key, default: Flow()].received += fen
                if isBetweenGrants { flows[key, default: Flow()].acknowledged += fen }
            }
        }
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
        flows[Key(unit: account.unit, grant: history.book.grants[account.grant].seq)] ?? Flow()
    }

    /// Rows whose two sides differ; none in a book whose every movement is seen.
    var unbalanced: Int {
        shown.count { account in
            let flow = flow(account)
            let held = Bucket.allCases.reduce(Int128(0)) { $0 + Int128(account[$1]) }
            return flow.received - flow.passedDown - flow.givenBack != held
        }
    }

    func table() -> Table {
        var table = Table(
            title: Message(
                zh: "救灾资金：来源、文号、用途、单位与状态",
                en: "Relief money by source, document, purpose, unit and status"),
            columns: Self.columns,
            notes: [
                Message(
                    zh: "每行是一个单位自己的部分，不含下级：收到 − 转下级 − 缴回 = 结余 + 在途 + 已支付 + 应追回。“缴回”含调整用途和结转转出。",
                    en: "Each row is a unit's own part, without the units below: received − passed down "
                        + "− given back = balance + under way + paid + owed back. Given back includes "
                        + "what a change of purpose or carry-over took.")
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
        table.addTotal(language.say("合计", "total"))
        if unbalanced > 0 {
            table.notes.append(
                Message(
                    zh: "有 \(unbalanced) 行两边不等：账上有本表不认识的变动，请用 relief-verify 查看。",
                    en: "\(unbalanced) rows do not balance: the ledger holds movements that this table "
                        + "does not know; look with relief-verify."))
        }
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

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefDisclosure
internal import ReliefModel

/// A sentence put together from parts in both languages.
struct Phrase {
    private var zh: [String] = []
    private var en: [String] = []

    mutating func add(_ zh: String, _ en: String) {
        self.zh.append(zh)
        self.en.append(en)
    }

    mutating func add(_ message: Message?) {
        if let message { add(message.zh, message.en) }
    }

    mutating func add(_ text: String) { add(text, text) }

    /// `head：a，b` and `head: a, b`.
    func after(_ head: Message) -> Message {
        zh.isEmpty
            ? head
            : Message(
                zh: head.zh + "：" + zh.joined(separator: "，"),
                en: head.en + ": " + en.joined(separator: ", "))
    }
}

/// What records are called in a trace.
struct TraceWords {
    let history: BookHistory
    let texts: VoucherTexts
    private var book: FundBook { history.book }

    init(_ history: BookHistory, _ texts: VoucherTexts) {
        self.history = history
        self.texts = texts
    }

    static func yuan(_ fen: Int128) -> String { MoneyTotal(fen: fen).text() }

    static func amount(_ fen: Int128) -> Message {
        Message(zh: "\(yuan(fen)) 元", en: "\(yuan(fen)) yuan")
    }

    /// `第 35 条分解下达` and `seq 35, allocation`.
    static func head(_ seq: Int, _ title: Message) -> Message {
        Message(zh: "第 \(seq) 条\(title.zh)", en: "seq \(seq), \(title.en)")
    }

    /// What any record says, in one line.
    func node(_ record: BookHistory.Record, _ children: [TraceNode] = []) -> TraceNode {
        let entry = record.entry
        var phrase = Phrase()
        phrase.add(ends(record))
        if let amount = entry.amount { phrase.add(Self.amount(Int128(amount))) }
        if let date = entry.date { phrase.add("\(date)") }
        details(entry, &phrase)
        phrase.add(paper(record.seq))
        for text in [texts.text(record.seq, "reason"), texts.text(record.seq, "memo")] {
            if let text { phrase.add(text) }
        }
        phrase.add(corrections(record.seq))
        return TraceNode(
            entry.kind.rawValue, seq: record.seq, unit: entry.unit,
            fen: entry.amount.map { Int128($0) },
            phrase.after(Self.head(record.seq, entry.kind.title)), children)
    }

    /// Between whom, where that is not one account.
    private func ends(_ record: BookHistory.Record) -> Message? {
        let (from, to) = (record.from, record.to)
        if let from, let to, from.grant != to.grant {
            return Message(
                zh: "第 \(from.grant) 条指标 → 第 \(to.grant) 条指标",
                en: "grant \(from.grant) → grant \(to.grant)")
        }
        guard from?.unit != to?.unit else { return nil }
        let (giver, taker) = (from.map { book.name($0.unit) }, to.map { book.name($0.unit) })
        return Message(
            zh: "\(giver ?? "上级") → \(taker ?? "上级")",
            en: "\(giver ?? "the source") → \(taker ?? "the source")")
    }

    private func details(_ entry: Entry, _ phrase: inout Phrase) {
        switch entry {
        case .grant(let grant):
            phrase.add(grant.title)
        case .expense(let expense):
            spending(expense.spending, &phrase)
            phrase.add("收款人 \(expense.payee)", "to \(expense.payee)")
        case .batch(let batch):
            spending(batch.spending, &phrase)
            phrase.add(
                "\(batch.period)，\(batch.count) 笔", "\(batch.period), \(batch.count) payments")
            if let roster = batch.roster { phrase.add("花名册第 \(roster) 条", "roster \(roster)") }
        case .irregular(let irregular):
            let rules = irregular.rules
            phrase.add(
                "违反 \(rules.joined(separator: "、"))", "against \(rules.joined(separator: ", "))")
            phrase.add(irregular.finding)
            if let payee = irregular.payee { phrase.add("收款人 \(payee)", "to \(payee)") }
        case .movement(let movement):
            if let outcome = movement.outcome { phrase.add(outcome.title) }
            if let target = movement.target { phrase.add("对第 \(target) 条", "of seq \(target)") }
        case .repurpose(let repurpose):
            phrase.add(
                "\(repurpose.level.name.zh)批准", "approved at level \(repurpose.level.name.en)")
        default: break
        }
    }

    private func spending(_ spending: Spending, _ phrase: inout Phrase) {
        phrase.add(book.itemTitle(spending.item))
        if let plan = spending.plan { phrase.add("方案第 \(plan) 条", "plan \(plan)") }
        if let decision = spending.decision {
            phrase.add("决议第 \(decision) 条", "decision \(decision)")
        }
    }

    /// The paper, and which amendment last corrected it.
    func paper(_ seq: Int) -> Message? {
        guard let paper = texts.paper(seq) else { return nil }
        var phrase = Phrase()
        switch paper.document.number {
        case Document.unstated?: phrase.add("文号未说明", "number not stated")
        case let number?: phrase.add("文号 \(number)", "document \(number)")
        case nil: phrase.add("无文号", "no number")
        }
        if let date = paper.document.date { phrase.add("文件日期 \(date)", "dated \(date)") }
        if let corrected = paper.correctedBy {
            phrase.add("经第 \(corrected) 条更正", "corrected by seq \(corrected)")
            let original = texts.value(seq, "document")?["number"]?.string
            if let original { phrase.add("原记 \(original)", "recorded as \(original)") }
        }
        return phrase.joined
    }

    private func corrections(_ seq: Int) -> Message? {
        let seqs = texts.corrections(seq).map(String.init)
        guard !seqs.isEmpty, texts.paper(seq)?.correctedBy == nil else { return nil }
        return Message(
            zh: "见第 \(seqs.joined(separator: "、")) 条更正",
            en: "see amendment \(seqs.joined(separator: ", "))")
    }
}

extension Phrase {
    /// The parts alone.
    var joined: Message {
        Message(zh: zh.joined(separator: "，"), en: en.joined(separator: ", "))
    }
}

extension PaymentState {
    /// What people call it.
    var name: Message {
        switch self {
        case .sent: Message(zh: "在银行", en: "at the bank")
        case .settled: Message(zh: "已到账", en: "settled")
        case .failed: Message(zh: "待处理", en: "failed and waiting")
        case .cancelled: Message(zh: "已取消", en: "cancelled")
        }
    }
}

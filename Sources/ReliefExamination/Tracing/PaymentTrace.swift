// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
public import LedgerLog
public import ReliefDisclosure
internal import ReliefModel

/// One payment up to the papers and the grants that it rests on (资金追踪，自下而上).
///
/// Money has no serial number: within one unit's account of one grant no fen can be told from
/// another. So the way up is not one allocation but all that had come to the account by then, each
/// with its amount.
public struct PaymentTrace: Sendable {
    /// The payment, with what it rests on below it.
    public let root: TraceNode

    /// Traces a payment, a direct payment or a recorded misuse.
    ///
    /// - Parameter seq: The record.
    /// - Returns: Nil where the record is none of the three.
    /// - Throws: When the records cannot be read again.
    /// - Precondition: The movements come to the balances.
    public init?(
        _ ledger: VerifiedLedger<BookHistory>, seq: Int
    ) throws(LedgerReadError) {
        let history = ledger.fold
        let payment = history.book.payment(seq: seq)
        guard let record = history.record(seq: payment?.batch ?? seq),
            [.batch, .expense, .irregular].contains(record.entry.kind)
        else { return nil }
        let answers = history.records.filter { other in
            guard case .movement(let movement) = other.entry else { return false }
            return movement.target == seq
        }
        let ways = SourceWays(MoneyPaths(history))
        var seqs = Set(answers.map(\.seq) + [seq, record.seq])
        let account = record.from.map(AccountKey.init)
        if let account { seqs.formUnion(ways.seqs(of: account, before: record.seq)) }
        seqs.formUnion(Self.papers(record, history))
        let words = TraceWords(history, try VoucherTexts(ledger, seqs))
        var money: [TraceNode] = []
        if let account { money = [ways.node(account, before: record.seq, words)] }
        let rests = Self.rests(record, words) + money
        let answered = answers.map { words.node($0) }
        root =
            payment.map { words.payment($0, answered + [words.node(record, rests)]) }
            ?? words.node(record, answered + rests)
    }

    /// The records behind plan, decision and rosters, for their papers.
    private static func papers(
        _ record: BookHistory.Record, _ history: BookHistory
    ) -> [Int] {
        let chain = rosters(record, history.book)
        return [record.planAndDecision.plan, record.planAndDecision.decision].compactMap { $0 }
            + chain.map(\.seq) + chain.flatMap { $0.notices.map(\.seq) }
    }

    /// The roster that a batch pays and those of the earlier stages, newest first.
    private static func rosters(
        _ record: BookHistory.Record, _ book: FundBook
    ) -> [RosterPosition] {
        guard case .batch(let batch) = record.entry else { return [] }
        var chain: [RosterPosition] = []
        var next = batch.roster
        while let seq = next, let roster = book.roster(seq: seq) {
            chain.append(roster)
            next = roster.entry.replaces
        }
        return chain
    }

    /// What the spending rests on; said also where it rests on nothing.
    private static func rests(
        _ record: BookHistory.Record, _ words: TraceWords
    ) -> [TraceNode] {
        let book = words.history.book
        let named = record.planAndDecision
        let none = { (zh: String, en: String) in TraceNode("note", Message(zh: zh, en: en)) }
        guard record.entry.kind != .irregular else {
            return [none("违规支出没有依据", "a misuse rests on nothing")]
        }
        let decision =
            named.decision.flatMap { book.decision(seq: $0) }.map(words.decision)
            ?? none("没有引用集体研究", "no decision is cited")
        let plan =
            named.plan.flatMap { book.plan(seq: $0) }.map(words.plan)
            ?? none("没有引用使用方案", "no plan is cited")
        guard record.entry.kind == .batch else { return [decision, plan] }
        let rosters = rosters(record, book).map(words.roster)
        return [decision, plan]
            + (rosters.isEmpty ? [none("没有引用救助花名册", "no roster is cited")] : rosters)
    }
}

extension BookHistory.Record {
    /// The plan and the decision that a spending cites, by seq.
    fileprivate var planAndDecision: (plan: Int?, decision: Int?) {
        switch entry {
        case .batch(let batch): (batch.spending.plan, batch.spending.decision)
        case .expense(let expense): (expense.spending.plan, expense.spending.decision)
        default: (nil, nil)
        }
    }
}

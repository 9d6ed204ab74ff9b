// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefDisclosure
internal import ReliefModel

/// By what money had come to an account up to some record, back to the grants' papers.
struct SourceWays {
    private let paths: MoneyPaths

    init(_ paths: MoneyPaths) { self.paths = paths }

    /// Every record on the ways to an account.
    func seqs(of account: AccountKey, before seq: Int) -> Set<Int> {
        var found: Set<Int> = []
        var seen: Set<AccountKey> = []
        collect(account, seq, &seen, &found)
        return found
    }

    private func collect(
        _ account: AccountKey, _ seq: Int, _ seen: inout Set<AccountKey>, _ found: inout Set<Int>
    ) {
        guard seen.insert(account).inserted else { return }
        found.insert(account.grant)
        let legs = paths.arrivals(account).filter { $0.seq < seq }
        found.formUnion(legs.map(\.seq))
        for giver in givers(legs) { collect(giver.account, giver.last, &seen, &found) }
    }

    /// Who gave, each once, with the last record by which it did.
    private func givers(_ legs: [MoneyPaths.Leg]) -> [(account: AccountKey, last: Int)] {
        var last: [(account: AccountKey, last: Int)] = []
        for leg in legs where leg.fen > 0 {
            guard let giver = leg.giver else { continue }
            if let place = last.firstIndex(where: { $0.account == giver }) {
                last[place].last = leg.seq
            } else {
                last.append((giver, leg.seq))
            }
        }
        return last
    }

    /// An account with all that had come to it before a record, each giver's account below its legs.
    func node(_ account: AccountKey, before seq: Int, _ words: TraceWords) -> TraceNode {
        var seen: Set<AccountKey> = []
        return node(account, seq, words, &seen)
    }

    private func node(
        _ account: AccountKey, _ seq: Int, _ words: TraceWords, _ seen: inout Set<AccountKey>
    ) -> TraceNode {
        let isNew = seen.insert(account).inserted
        let legs = paths.arrivals(account).filter { $0.seq < seq }
        let fen = legs.reduce(Int128(0)) { $0 + $1.fen }
        guard isNew else {
            return TraceNode(
                "account", unit: account.unit, fen: fen,
                Message(
                    zh: "\(words.history.book.name(account.unit))：见上",
                    en: "\(words.history.book.name(account.unit)): see above"))
        }
        var children: [TraceNode] = []
        for leg in legs {
            guard let record = words.history.record(seq: leg.seq) else { continue }
            children.append(words.node(record))
        }
        for giver in givers(legs) {
            children.append(node(giver.account, giver.last, words, &seen))
        }
        return TraceNode(
            "account", unit: account.unit, fen: fen, sentence(account, legs, fen, words), children)
    }

    private func sentence(
        _ account: AccountKey, _ legs: [MoneyPaths.Leg], _ fen: Int128, _ words: TraceWords
    ) -> Message {
        let book = words.history.book
        let name = book.name(account.unit)
        let title = book.grant(seq: account.grant)?.terms.title ?? ""
        let head = Message(
            zh: "资金：\(name)，第 \(account.grant) 条指标（\(title)）",
            en: "money: \(name), grant \(account.grant) (\(title))")
        let sum = TraceWords.yuan(fen)
        let count = legs.filter { $0.fen > 0 }.count
        switch count {
        case 0:
            return Message(
                zh: "\(head.zh)：此前没有收入", en: "\(head.en): nothing had come before")
        case 1:
            return Message(
                zh: "\(head.zh)：此前收入 \(sum) 元，只有一笔",
                en: "\(head.en): \(sum) yuan had come before, all at once")
        default:
            return Message(
                zh: "\(head.zh)：此前收入 \(sum) 元，共 \(count) 笔；同一指标内的资金不可区分，"
                    + "出自其中哪一笔无法认定，故全部列出",
                en:
                    "\(head.en): \(sum) yuan had come before, \(count) times; money of one grant cannot "
                    + "be told apart, so which of them paid cannot be known and all are shown")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefDisclosure
internal import ReliefModel

/// What each unit received of a grant and what it did with it.
struct UnitTraces {
    let grant: Int
    let words: TraceWords
    let paths: MoneyPaths
    let tree: UnitTree
    let eachHousehold: Bool
    /// Of each unit, what was recorded, in that order.
    private let records: [UnitID: [BookHistory.Record]]
    /// Receipts, reversals and the like, by the record that they name.
    private let answers: [Int: [BookHistory.Record]]

    init(
        grant: Int, words: TraceWords, paths: MoneyPaths, tree: UnitTree,
        records: [BookHistory.Record], eachHousehold: Bool
    ) {
        self.grant = grant
        self.words = words
        self.paths = paths
        self.tree = tree
        self.eachHousehold = eachHousehold
        var own: [UnitID: [BookHistory.Record]] = [:]
        var answers: [Int: [BookHistory.Record]] = [:]
        for record in records {
            if let unit = record.entry.unit { own[unit, default: []].append(record) }
            guard case .movement(let movement) = record.entry, let target = movement.target,
                ![.result, .reissue, .cancel].contains(movement.kind)
            else { continue }
            answers[target, default: []].append(record)
        }
        self.records = own
        self.answers = answers
    }

    /// A unit and those below it.
    func node(_ unit: UnitID) -> TraceNode {
        let key = AccountKey(grant: grant, unit: unit)
        let flow = paths.flows[key] ?? AccountFlow()
        let arrivals = paths.arrivals(key).filter { $0.fen > 0 }
        let departures = paths.departures(key).filter { $0.fen > 0 && $0.kind != .allocation }
        return TraceNode(
            "account", unit: unit, fen: flow.inflow, sentence(unit, flow),
            arrivals.compactMap { leg($0.seq) } + papers(unit) + spending(unit)
                + departures.compactMap { leg($0.seq) } + tree.below(unit).map(node))
    }

    /// Both sides of the account, which are equal.
    private func sentence(_ unit: UnitID, _ flow: AccountFlow) -> Message {
        var (come, gone) = (Phrase(), Phrase())
        for way in AccountFlow.Way.allCases where flow[way] != 0 {
            let fen = TraceWords.yuan(flow[way])
            let part = Message(zh: "\(way.title.zh) \(fen)", en: "\(way.title.en) \(fen)")
            if way.isInflow { come.add(part) } else { gone.add(part) }
        }
        for bucket in Bucket.allCases where flow[bucket] != 0 || bucket == .available {
            let fen = TraceWords.yuan(flow[bucket])
            gone.add("\(bucket.title.zh) \(fen)", "\(bucket.title.en) \(fen)")
        }
        let name = words.history.book.name(unit)
        let total = TraceWords.yuan(flow.inflow)
        let (left, right) = (come.joined, gone.joined)
        return Message(
            zh: "\(name)：收入 \(total) 元\(left.zh.isEmpty ? "" : "（\(left.zh)）")＝\(right.zh)",
            en: "\(name): in \(total) yuan\(left.en.isEmpty ? "" : " (\(left.en))") = \(right.en)")
    }

    /// A movement with what answers it.
    private func leg(_ seq: Int) -> TraceNode? {
        words.history.record(seq: seq).map { words.node($0, answered(seq)) }
    }

    private func answered(_ seq: Int) -> [TraceNode] {
        (answers[seq] ?? []).map { words.node($0, answered($0.seq)) }
    }

    /// Plans, meetings and rosters of the unit.
    private func papers(_ unit: UnitID) -> [TraceNode] {
        let book = words.history.book
        return (records[unit] ?? []).compactMap { record in
            switch record.entry {
            case .plan: book.plan(seq: record.seq).map(words.plan)
            case .decision: book.decision(seq: record.seq).map(words.decision)
            case .roster: book.roster(seq: record.seq).map(words.roster)
            default: nil
            }
        }
    }

    /// Batches, direct payments and misuses of the unit.
    private func spending(_ unit: UnitID) -> [TraceNode] {
        (records[unit] ?? []).compactMap { record in
            switch record.entry {
            case .expense, .irregular: return words.node(record, answered(record.seq))
            case .batch:
                let owed = words.history.book.payments(ofBatch: record.seq)
                    .flatMap { answered($0.seq) }
                return words.node(
                    record, words.payments(record, eachHousehold: eachHousehold) + owed)
            default: return nil
            }
        }
    }
}

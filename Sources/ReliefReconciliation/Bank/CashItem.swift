// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefDisclosure
internal import ReliefModel

/// What the book says went into or out of the account of some units: one entry, or the answers of
/// one batch on one day together.
///
/// The ledger keeps no cash of its own. What a unit may spend and what it has promised
/// (`available` and `committed`) is what lies in its account; so an entry moves cash where it
/// changes the sum of the two over the units.
struct CashItem: Sendable, Equatable {
    /// The entries, by seq.
    var seqs: [Int]
    let kind: EntryKind
    let date: CivilDate
    /// Fen, what came in above zero, what went out below.
    var amount: Int64

    /// The items of some units, by date and then in the order of recording.
    static func items(
        in history: BookHistory, isOwn: (UnitID) -> Bool
    ) -> [CashItem] {
        var items: [CashItem] = []
        var places: [Group: Int] = [:]
        for record in history.records {
            guard let date = record.entry.date, let fen = record.entry.amount else { continue }
            let into = record.to.map { isOwn($0.unit) && isCash($0.bucket) } ?? false
            let out = record.from.map { isOwn($0.unit) && isCash($0.bucket) } ?? false
            guard into != out else { continue }
            let amount = into ? fen : -fen
            if let group = Group(record, history.book) {
                if let place = places[group] {
                    items[place].seqs.append(record.seq)
                    items[place].amount += amount
                    continue
                }
                places[group] = items.count
            }
            items.append(
                CashItem(seqs: [record.seq], kind: record.entry.kind, date: date, amount: amount))
        }
        // Stable: items of one day stay in the order of recording.
        return items.enumerated()
            .sorted { ($0.element.date, $0.offset) < ($1.element.date, $1.offset) }
            .map(\.element)
    }

    private static func isCash(_ bucket: Bucket) -> Bool {
        bucket == .available || bucket == .committed
    }

    /// The answers to one batch of one day and outcome.
    private struct Group: Hashable {
        let batch: Int
        let date: CivilDate
        let outcome: Movement.Outcome?

        init?(_ record: BookHistory.Record, _ book: FundBook) {
            guard case .movement(let movement) = record.entry, movement.kind == .result,
                let batch = movement.target.flatMap({ book.payment(seq: $0)?.batch })
            else { return nil }
            self.batch = batch
            date = movement.date
            outcome = movement.outcome
        }
    }

    /// Which entries, for people.
    var name: Message {
        let shown = seqs.count > 3 ? "\(seqs[0])–\(seqs[seqs.count - 1])" : Self.list(seqs)
        let count = seqs.count > 1 ? Message(zh: "（\(seqs.count) 笔）", en: " (\(seqs.count))") : nil
        return Message(
            zh: "第 \(shown) 条\(kind.title.zh)\(count?.zh ?? "")",
            en: "seq \(shown), \(kind.title.en)\(count?.en ?? "")")
    }

    private static func list(_ seqs: [Int]) -> String {
        seqs.map(String.init).joined(separator: ", ")
    }
}

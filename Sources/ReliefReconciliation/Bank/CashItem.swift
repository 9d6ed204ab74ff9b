// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefDisclosure
internal import ReliefModel

/// When the bank takes the money of a batch from the account.
public enum BatchDebit: String, Sendable, CaseIterable {
    /// When a payment arrives: what failed never left.
    case settled
    /// When the batch is sent, all of it; what fails is credited back, what is sent again debited anew.
    case sent
}

/// What the book says went into or out of the account of some units: one entry, or the payments of
/// one batch that arrived on one day together.
///
/// The ledger keeps no cash of its own. With ``BatchDebit/settled``, what a unit may spend and what
/// it has promised (`available` and `committed`) is what lies in its account, so an entry moves cash
/// where it changes the sum of the two over the units. With ``BatchDebit/sent`` it is `available`,
/// and what failed or came back and waits; both come to the same once every payment is answered.
struct CashItem: Sendable, Equatable {
    /// The entries, by seq.
    var seqs: [Int]
    let kind: EntryKind
    let date: CivilDate
    /// Fen, what came in above zero, what went out below.
    var amount: Int64

    /// The items of some units, by date and then in the order of recording.
    static func items(
        in history: BookHistory, debit: BatchDebit, isOwn: (UnitID) -> Bool
    ) -> [CashItem] {
        var items: [CashItem] = []
        var places: [Group: Int] = [:]
        for record in history.records {
            guard let date = record.entry.date,
                let amount = amount(of: record, debit: debit, isOwn: isOwn)
            else { continue }
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

    /// Fen that an entry moves into the account, or out of it below zero; nil where it moves none.
    private static func amount(
        of record: BookHistory.Record, debit: BatchDebit, isOwn: (UnitID) -> Bool
    ) -> Int64? {
        guard let fen = record.entry.amount else { return nil }
        if debit == .sent, case .movement(let movement) = record.entry, isOwn(movement.unit) {
            switch movement.kind {
            case .result: return movement.outcome == .settled ? nil : fen
            case .reissue: return -fen
            // It was credited back when it failed.
            case .cancel: return nil
            default: break
            }
        }
        let into = record.to.map { isOwn($0.unit) && isCash($0.bucket, debit) } ?? false
        let out = record.from.map { isOwn($0.unit) && isCash($0.bucket, debit) } ?? false
        return into == out ? nil : into ? fen : -fen
    }

    private static func isCash(_ bucket: Bucket, _ debit: BatchDebit) -> Bool {
        bucket == .available || bucket == .committed && debit == .settled
    }

    /// The payments of one batch that arrived on one day; what fails or comes back does so one by one.
    private struct Group: Hashable {
        let batch: Int
        let date: CivilDate

        init?(_ record: BookHistory.Record, _ book: FundBook) {
            guard case .movement(let movement) = record.entry, movement.kind == .result,
                movement.outcome == .settled,
                let batch = movement.target.flatMap({ book.payment(seq: $0)?.batch })
            else { return nil }
            self.batch = batch
            date = movement.date
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

// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import LedgerLog
import ReliefModel

/// What a ledger offers as an answer to a question, given the answers so far.
struct Choices {
    let ledger: VerifiedLedger<Journal>
    let task: NewTask
    /// The unit answered, where it names one.
    let unit: UnitID?
    /// The grant answered.
    let grant: Grant?

    private var book: FundBook { ledger.fold.book }

    /// The choices for a field; none where it is free text.
    func choices(for field: EntryField) -> [Choice] {
        switch field {
        case .unit: units
        case .to: receivers
        case .grant: grants
        case .item: items
        case .plan:
            book.plans.filter { $0.entry.grant == grant?.seq && covers($0.entry.unit) }.map {
                choice($0.seq, $0.entry.title, $0.entry.date)
            }
        case .decision:
            book.decisions.filter { $0.entry.grant == grant?.seq && covers($0.entry.unit) }.map {
                choice($0.seq, $0.entry.meeting, $0.entry.date)
            }
        case .roster: rosters
        case .target: deliveries
        case .purpose:
            (book.policy?.policy.purposes ?? []).map {
                Choice(value: $0.code, label: "\($0.code) \($0.name.said)")
            }
        case .source: SourceLevel.allCases.map { Choice(value: $0.rawValue, label: $0.name.said) }
        case .cause: Cause.allCases.map { Choice(value: $0.rawValue, label: $0.name.said) }
        default: []
        }
    }

    /// Where money is to be taken, units that have some; where it arrives, all.
    private var units: [Choice] {
        let holders = Set(
            book.accounts.filter { $0[.available] > 0 }.map(\.unit))
        return book.units.filter { [.grant, .receipt].contains(task) || holders.contains($0.id) }
            .map {
                Choice(value: $0.id.description, label: "\($0.name) \($0.id)")
            }
    }

    private var receivers: [Choice] {
        guard let unit else { return [] }
        return book.units.filter { $0.id != unit && unit.contains($0.id) }.map {
            Choice(value: $0.id.description, label: "\($0.name) \($0.id)")
        }
    }

    private var grants: [Choice] {
        guard let unit else { return [] }
        return book.accounts.filter { $0.unit == unit && $0[.available] > 0 }.map { account in
            let grant = book.grants[account.grant]
            let number = grant.terms.document.number ?? Document.unstated
            let left = Money(fen: account[.available]).text()
            return Choice(
                value: "\(grant.seq)",
                label: CommandInterface.say(
                    "第 \(grant.seq) 条 \(grant.terms.title)，\(number)，可用 \(left) 元",
                    "seq \(grant.seq) \(grant.terms.title), \(number), \(left) yuan available"))
        }
    }

    private var items: [Choice] {
        guard let policy = book.policy?.policy, let grant,
            let purpose = policy.purpose(grant.terms.purpose)
        else { return [] }
        return purpose.buys.compactMap { policy.item($0) }.map {
            Choice(value: $0.code, label: "\($0.code) \($0.name.said)")
        }
    }

    /// Rosters that the county has approved and none has replaced.
    private var rosters: [Choice] {
        book.rosters.filter { roster in
            roster.entry.grant == grant?.seq && covers(roster.entry.unit)
                && roster.entry.stage == .approved && roster.replacedBy == nil
        }
        .map { roster in
            let entry = roster.entry
            let amount = Money(fen: entry.amount).text()
            return Choice(
                value: "\(roster.seq)",
                label: CommandInterface.say(
                    "第 \(roster.seq) 条 \(book.name(entry.unit))，\(entry.period)，\(entry.count) 户 "
                        + "\(amount) 元",
                    "seq \(roster.seq) \(book.name(entry.unit)), \(entry.period), \(entry.count) "
                        + "households, \(amount) yuan"))
        }
    }

    /// The latest grants and allocations first.
    private var deliveries: [Choice] {
        ledger.fold.records.reversed().compactMap { record in
            switch record.entry {
            case .grant(let terms):
                return delivery(record.seq, to: terms.unit, terms.amount, terms.date)
            case .movement(let movement) where movement.kind == .allocation:
                guard let receiver = movement.other else { return nil }
                return delivery(record.seq, to: receiver, movement.amount, movement.date)
            default: return nil
            }
        }
    }

    private func delivery(
        _ seq: Int, to receiver: UnitID, _ amount: Int64, _ date: CivilDate
    ) -> Choice? {
        guard unit == nil || unit == receiver else { return nil }
        let money = Money(fen: amount).text()
        return Choice(
            value: "\(seq)",
            label: CommandInterface.say(
                "第 \(seq) 条 \(date) 给\(book.name(receiver)) \(money) 元",
                "seq \(seq), \(date), \(money) yuan to \(book.name(receiver))"))
    }

    private func choice(_ seq: Int, _ title: String, _ date: CivilDate) -> Choice {
        Choice(
            value: "\(seq)",
            label: CommandInterface.say(
                "第 \(seq) 条 \(title) \(date)", "seq \(seq) \(title) \(date)"))
    }

    private func covers(_ other: UnitID) -> Bool { unit.map { other.contains($0) } ?? true }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// One transaction of an activity, as IATI counts them: who gave what to whom, when.
struct MoneyFlow: Sendable, Equatable {
    /// What it is; the raw value is IATI's code (TransactionType 2.03).
    enum Kind: Int, Sendable {
        /// Money arrived from the source: a grant's receipt.
        case incomingFunds = 1
        /// Authority passed on: 本级下达.
        case outgoingCommitment = 2
        /// Money passed on: an allocation's receipt.
        case disbursement = 3
        /// Money paid: 发放与支出.
        case expenditure = 4
        /// Money that came back: 退汇与追回.
        case reimbursement = 7
        /// Authority received: 上级下达.
        case incomingCommitment = 11
    }

    /// Who gives or receives.
    enum Party: Sendable, Equatable {
        case unit(UnitID)
        /// The level that a grant comes from, seen from who received it.
        case source(SourceLevel, of: UnitID)
        case firm(PayeeID)
        /// Households or persons, never by name or pseudonym.
        case persons
    }

    let kind: Kind
    let grant: Int
    /// The record, or the first of several that are told as one.
    let seq: Int
    let date: CivilDate
    /// What it is called.
    let title: Message
    let provider: Party
    let receiver: Party
    /// Below zero where it takes back an earlier flow.
    var fen: Int128

    /// Of the same activity in the order of dates, as IATI asks, then of recording.
    static func precedes(_ left: MoneyFlow, _ right: MoneyFlow) -> Bool {
        (left.date, left.seq, left.kind.rawValue) < (right.date, right.seq, right.kind.rawValue)
    }

    fileprivate func replaced(seq: Int, date: CivilDate, title: Message, fen: Int128) -> MoneyFlow {
        MoneyFlow(
            kind: kind, grant: grant, seq: seq, date: date, title: title, provider: provider,
            receiver: receiver, fen: fen)
    }
}

/// Every flow of a publication.
///
/// Two tracks stand beside each other and are not to be added: authority (11 and 2) and money (1, 3,
/// 4 and 7). What is taken back is a flow of the same kind below zero. A batch is one flow, whatever
/// its households; payments that were given up are told by batch and day.
struct MoneyFlows {
    let history: BookHistory
    let scope: OpenDataScope

    private var book: FundBook { history.book }

    /// All of them, in the order of recording.
    func all() -> [MoneyFlow] {
        var flows: [MoneyFlow] = []
        var cancelled: [Cancelled: Int] = [:]
        for record in history.records {
            guard let date = record.entry.date, scope.shows(date), isOwn(record) else { continue }
            if record.entry.kind == .cancel {
                guard let flow = cancellation(record, date) else { continue }
                let key = Cancelled(batch: batch(of: record), date: date)
                if let index = cancelled[key] {
                    flows[index].fen += flow.fen
                } else {
                    cancelled[key] = flows.count
                    flows.append(flow)
                }
                continue
            }
            flows += self.flows(of: record, date)
        }
        return flows
    }

    private struct Cancelled: Hashable {
        let batch: Int
        let date: CivilDate
    }

    private func batch(of record: BookHistory.Record) -> Int {
        record.movement?.target.flatMap { book.payment(seq: $0)?.batch } ?? record.seq
    }

    /// Whether one of its ends lies in the publication; a receipt has the ends of what it answers.
    private func isOwn(_ record: BookHistory.Record) -> Bool {
        if record.entry.kind == .receipt {
            let giver = target(of: record)?.from?.unit
            return [record.entry.unit, giver].contains { $0.map(scope.unit.contains) ?? false }
        }
        return [record.from, record.to].contains {
            $0.map { scope.unit.contains($0.unit) } ?? false
        }
    }

    private func target(of record: BookHistory.Record) -> BookHistory.Record? {
        record.movement?.target.flatMap { history.record(seq: $0) }
    }

    private func source(ofGrant seq: Int) -> MoneyFlow.Party {
        guard let terms = book.grant(seq: seq)?.terms else { return .source(.unstated, of: .state) }
        return .source(terms.source, of: terms.unit)
    }

    private func cancellation(_ record: BookHistory.Record, _ date: CivilDate) -> MoneyFlow? {
        guard let place = record.to else { return nil }
        return MoneyFlow(
            kind: .reimbursement, grant: place.grant, seq: record.seq, date: date,
            title: record.entry.kind.title, provider: .persons, receiver: .unit(place.unit),
            fen: Int128(record.entry.amount ?? 0))
    }

    private func flows(of record: BookHistory.Record, _ date: CivilDate) -> [MoneyFlow] {
        guard record.entry.kind == .reversal else { return forward(record, date) }
        guard let target = target(of: record), let amount = record.entry.amount,
            let undone = target.entry.date
        else { return [] }
        return flows(of: target, undone).map { flow in
            flow.replaced(
                seq: record.seq, date: date, title: record.entry.kind.title,
                fen: flow.fen < 0 ? Int128(amount) : -Int128(amount))
        }
    }

    /// The flows of what is no reversal.
    private func forward(_ record: BookHistory.Record, _ date: CivilDate) -> [MoneyFlow] {
        func flow(
            _ kind: MoneyFlow.Kind, _ grant: Int?, from provider: MoneyFlow.Party,
            to receiver: MoneyFlow.Party, isTakenBack: Bool = false
        ) -> [MoneyFlow] {
            guard let grant, let amount = record.entry.amount else { return [] }
            return [
                MoneyFlow(
                    kind: kind, grant: grant, seq: record.seq, date: date,
                    title: record.entry.kind.title, provider: provider, receiver: receiver,
                    fen: isTakenBack ? -Int128(amount) : Int128(amount))
            ]
        }
        /// A change of what a source has promised in a grant.
        func promise(_ place: BookHistory.Place?, isTakenBack: Bool) -> [MoneyFlow] {
            guard let place else { return [] }
            return flow(
                .incomingCommitment, place.grant, from: source(ofGrant: place.grant),
                to: .unit(place.unit), isTakenBack: isTakenBack)
        }
        let (from, to) = (record.from, record.to)
        switch record.entry.kind {
        case .grant: return promise(to, isTakenBack: false)
        case .receipt:
            guard let unit = record.entry.unit else { return [] }
            guard let giver = target(of: record)?.from?.unit else {
                return flow(
                    .incomingFunds, record.grant,
                    from: record.grant.map { source(ofGrant: $0) } ?? .persons,
                    to: .unit(unit))
            }
            return flow(.disbursement, record.grant, from: .unit(giver), to: .unit(unit))
        case .allocation:
            guard let from, let to else { return [] }
            return flow(
                .outgoingCommitment, from.grant, from: .unit(from.unit), to: .unit(to.unit))
        case .recall, .return:
            guard let from else { return [] }
            guard let to else { return promise(from, isTakenBack: true) }
            return flow(
                .outgoingCommitment, from.grant, from: .unit(to.unit), to: .unit(from.unit),
                isTakenBack: true)
        case .batch, .expense, .irregular:
            return from.map {
                flow(.expenditure, $0.grant, from: .unit($0.unit), to: payee(of: record))
            } ?? []
        case .recovery:
            return to.map {
                flow(
                    .reimbursement, $0.grant, from: payee(of: owed(by: record)),
                    to: .unit($0.unit))
            } ?? []
        case .repurpose, .carryover, .settlement:
            return promise(from, isTakenBack: true) + promise(to, isTakenBack: false)
        default: return []
        }
    }

    /// Whom it was paid to: firms by their public code, nobody else.
    private func payee(of record: BookHistory.Record?) -> MoneyFlow.Party {
        record?.payee.flatMap { $0.kind == .firm ? .firm($0) : nil } ?? .persons
    }

    /// The spending whose money a recovery brings back.
    private func owed(by record: BookHistory.Record) -> BookHistory.Record? {
        let claim = target(of: record)
        return claim?.entry.kind == .recoverable ? claim.flatMap(target) : claim
    }
}

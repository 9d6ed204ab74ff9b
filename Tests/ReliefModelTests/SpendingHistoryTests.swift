// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

/// Random histories of every kind of entry, against ``NaiveBook``.
@Suite struct SpendingHistoryTests {
    private static let units: [UnitID] = [
        SpendingHistory.county, SpendingHistory.township, SpendingHistory.village,
    ]

    @Test(arguments: 0..<10)
    func `random histories agree with the naive book after every entry`(part: Int) throws {
        var accepted: [EntryKind: Int] = [:]
        var refused: [EntryKind: Int] = [:]
        var broken = 0
        for seed in part * 50..<(part + 1) * 50 {
            var history = SpendingHistory(seed: UInt64(seed))
            var book = try SpendingHistory.founded()
            var naive = NaiveBook(units: Set(Self.units))
            for seq in 3..<203 {
                let place = "seed \(seed), record \(seq)"
                let entry = history.next(seq)
                if history.breaksBatch {
                    let missing = naive.endBatch()
                    #expect((book.endBatch() != nil) == missing, "\(place)")
                    if missing { broken += 1 }
                }
                let before = BookPicture(book)
                let isGood = naive.apply(entry, seq: seq)
                do {
                    let effect = try book.apply(entry, seq: seq)
                    #expect(isGood, "\(place): \(entry)")
                    #expect(effect.leftBefore.map { Int128($0) } == naive.leftBefore, "\(place)")
                    accepted[entry.kind, default: 0] += 1
                } catch {
                    #expect(!isGood, "\(place): \(entry) \(error.message.en)")
                    #expect(BookPicture(book) == before, "\(place)")
                    refused[entry.kind, default: 0] += 1
                }
                book.checkInvariants()
                if let difference = difference(book, naive) {
                    Issue.record("\(place): \(entry.kind) \(difference)")
                    return
                }
            }
        }
        // The histories are worth something: every kind occurs, done and refused.
        let kinds = EntryKind.allCases.filter { ![.unit, .policy, .event, .amend].contains($0) }
        for kind in kinds {
            #expect(accepted[kind, default: 0] > 5, "\(kind)")
            #expect(refused[kind, default: 0] > 0, "\(kind)")
        }
        #expect(broken > 0)
    }

    /// The first figure that differs.
    private func difference(_ book: FundBook, _ naive: NaiveBook) -> String? {
        guard book.grants.count == naive.granted.count else { return "number of grants" }
        for grant in book.grants {
            guard Int128(grant.granted) == naive.granted[grant.seq],
                Int128(grant.returned) == naive.returned[grant.seq],
                Int128(grant.movedIn) == naive.movedIn[grant.seq] ?? 0,
                Int128(grant.movedOut) == naive.movedOut[grant.seq] ?? 0,
                grant.terms.purpose == naive.purposes[grant.seq],
                grant.terms.year == naive.years[grant.seq]
            else { return "totals of grant \(grant.seq)" }
            var sum: Int128 = 0
            for unit in Self.units {
                let account = book.account(grant: grant.seq, unit: unit)
                for bucket in Bucket.allCases {
                    let key = NaiveBook.Where(grant: grant.seq, unit: unit, bucket: "\(bucket)")
                    let fen = Int128(account?[bucket] ?? 0)
                    sum += fen
                    guard fen == naive.fen[key] ?? 0 else {
                        return "\(bucket) of \(unit): \(fen), \(naive.fen[key] ?? 0)"
                    }
                }
            }
            guard
                sum == Int128(grant.granted) - Int128(grant.returned) + Int128(grant.movedIn)
                    - Int128(grant.movedOut),
                sum == naive.held(grant.seq)
            else { return "grant \(grant.seq) is not conserved" }
        }
        return differenceOfCeilings(book, naive) ?? differenceOfTargets(book, naive)
            ?? differenceOfRosters(book, naive) ?? differenceOfCash(book, naive)
            ?? differenceOfAudit(book, naive)
    }

    /// Cash by account, at the end of a day in the middle and of the last.
    private func differenceOfCash(_ book: FundBook, _ naive: NaiveBook) -> String? {
        for (index, account) in book.accounts.enumerated() {
            let grant = book.grants[account.grant].seq
            let flows =
                naive.audit.cash[NaiveAudit.Holder(grant: grant, unit: account.unit)] ?? []
            for day in [Int32(19_015), 19_030] {
                let due = flows.reduce(Int128(0)) { $1.date.day <= day ? $0 + $1.amount : $0 }
                let cash = book.cashDays(of: index).reduce(Int128(0)) {
                    $1.date.day <= day ? $0 + $1.net : $0
                }
                guard cash == due else {
                    return "cash of \(grant) at \(account.unit): \(cash), \(due)"
                }
            }
        }
        for delivery in book.deliveries {
            guard Int128(delivery.received) == naive.audit.received[delivery.seq] ?? 0 else {
                return "received of \(delivery.seq)"
            }
        }
        return nil
    }

    private func differenceOfAudit(_ book: FundBook, _ naive: NaiveBook) -> String? {
        guard book.bankAccounts.map(\.seq) == naive.audit.accounts.keys.sorted(),
            book.bankAccounts.allSatisfy({
                ($0.closed != nil) == naive.audit.accounts[$0.seq]?.isClosed
            })
        else { return "bank accounts" }
        let statements = book.bankAccounts.flatMap(\.statements)
        guard statements.map(\.seq).sorted() == naive.audit.statements.keys.sorted(),
            statements.allSatisfy({
                $0.reconciliations.count == naive.audit.reconciliations[$0.seq] ?? 0
            })
        else { return "statements" }
        guard
            book.findings.allSatisfy({
                $0.resolutions.last?.entry.outcome == naive.audit.findings[$0.seq]?.outcome
            }), book.findings.count == naive.audit.findings.count
        else { return "findings" }
        for promise in book.cofunds {
            let paid = promise.contributions.reduce(Int128(0)) { $0 + Int128($1.amount) }
            guard paid == naive.audit.contributed[promise.seq]?.values.reduce(0, +) ?? 0 else {
                return "promise \(promise.seq)"
            }
        }
        for unit in Self.units {
            guard book.closing(of: unit)?.until == naive.closed(unit) else {
                return "closing of \(unit)"
            }
        }
        return nil
    }

    private func differenceOfRosters(_ book: FundBook, _ naive: NaiveBook) -> String? {
        guard book.rosters.map(\.seq) == naive.lists.keys.sorted() else { return "rosters" }
        for (seq, list) in naive.lists {
            guard let roster = book.roster(seq: seq),
                (roster.replacedBy != nil) == list.isReplaced,
                roster.notices.map(\.seq) == list.notices,
                (roster.paidCount, roster.paidAmount, roster.paidPersons) == naive.paid(seq)
            else { return "roster \(seq)" }
        }
        for (seq, entry) in naive.objections {
            guard let (objection, notice) = book.objection(seq: seq),
                objection.end?.outcome == naive.ends[seq], notice.seq == entry.target
            else { return "objection \(seq)" }
        }
        return nil
    }

    private func differenceOfCeilings(_ book: FundBook, _ naive: NaiveBook) -> String? {
        guard book.plans.map(\.seq) == naive.plans.keys.sorted() else { return "plans" }
        for (seq, sheet) in naive.plans {
            guard (book.plan(seq: seq)?.replacedBy != nil) == sheet.isReplaced else {
                return "plan \(seq) in force"
            }
            for (item, ceiling) in book.ceilings(ofPlan: seq) {
                let name = "plan/\(sheet.first)/\(item)"
                guard Int128(ceiling.limit) == naive.limits[name],
                    Int128(ceiling.used) == naive.used[name] ?? 0
                else { return "\(name): \(ceiling)" }
            }
        }
        guard book.decisions.map(\.seq) == naive.decisions.keys.sorted() else {
            return "decisions"
        }
        for seq in naive.decisions.keys {
            for (place, (_, ceiling)) in book.ceilings(ofDecision: seq).enumerated() {
                let name = "decision/\(seq)/\(place)"
                guard Int128(ceiling.limit) == naive.limits[name],
                    Int128(ceiling.used) == naive.used[name] ?? 0
                else { return "\(name): \(ceiling)" }
            }
        }
        return nil
    }

    private func differenceOfTargets(_ book: FundBook, _ naive: NaiveBook) -> String? {
        for (seq, thing) in naive.things where thing.kind != .receipt {
            guard book.left(ofTarget: seq).map({ Int128($0) }) == thing.left else {
                return "left of \(seq)"
            }
        }
        let owed = naive.things.filter {
            [.irregular, .recoverable].contains($0.value.kind) && $0.value.left > 0
        }
        guard book.owedBack.map(\.seq) == owed.keys.sorted(),
            book.owedBack.allSatisfy({ Int128($0.amount) == owed[$0.seq]?.left })
        else { return "owed back" }
        guard book.paymentCount == naive.lines.count else { return "number of payments" }
        for (seq, line) in naive.lines {
            guard let position = book.payment(seq: seq), "\(position.state)" == line.state,
                Int128(position.amount) == line.amount, position.batch == line.batch,
                position.grant == line.grant, position.unit == line.unit
            else { return "payment \(seq)" }
        }
        let failed = naive.lines.filter { $0.value.state == "failed" }.keys.sorted()
        guard book.waitingPayments.map(\.payment.seq) == failed else { return "waiting" }
        return nil
    }
}

/// Everything that an entry could change.
struct BookPicture: Equatable {
    struct AccountPicture: Equatable {
        let grant: Int
        let unit: UnitID
        let balances: InlineBalances
        let date: CivilDate?
        let wentNegative: Bool
    }

    let accounts: [AccountPicture]
    let totals: [[Int64]]
    let units: [Unit]
    let flows: [ContiguousArray<DayFlow>]
    let ceilings: ContiguousArray<Ceiling>
    let payments: [[PaymentPosition]]
    let targets: [[Int64]]
    let waiting: [WaitingPayment]
    let owed: [OwedBack]
    let plans: [[Int]]
    let decisions: [Int]
    let overrides: [Int]
    let open: [Int64]
    let reclaimed: [Int: Int64]
    let rosters: [[Int]]
    let objections: [[ObjectionPosition]]
    let cash: [[Int128]]
    let bank: [[Int]]
    let audit: [[Int]]

    init(_ book: FundBook) {
        accounts = book.accounts.map {
            AccountPicture(
                grant: $0.grant, unit: $0.unit, balances: $0.balances,
                date: $0.sourceDocumentDate, wentNegative: $0.wentNegative)
        }
        totals = book.grants.map {
            [Int64($0.seq), $0.granted, $0.returned, $0.movedIn, $0.movedOut, $0.held]
        }
        units = book.units
        flows = book.accounts.indices.map { book.flows(of: $0) }
        ceilings = book.ceilings
        payments = book.payments.batches.map { book.payments(ofBatch: $0.seq) }
        targets = book.targets.map {
            [
                Int64($0.seq), $0.left, Int64($0.from), Int64($0.to), Int64($0.documentDay),
                $0.received,
            ]
        }
        waiting = book.waitingPayments
        owed = book.owedBack
        plans = book.plans.map { [$0.seq, $0.replacedBy ?? -1, $0.family] }
        decisions = book.decisions.map(\.seq)
        overrides = book.overrides.map(\.seq)
        open =
            book.lastBatch.map {
                [Int64($0.seq), Int64($0.linesLeft), $0.amountLeft, Int64($0.lineCount)]
            } ?? []
        reclaimed = book.reclaimed
        rosters = book.rosters.map {
            [$0.seq, $0.replacedBy ?? -1, $0.paidCount, Int($0.paidAmount), $0.paidPersons]
                + $0.notices.map(\.seq)
        }
        objections = book.rosters.map(\.objections)
        cash = book.accounts.indices.map { book.cashDays(of: $0).map(\.net) }
        bank = book.bankAccounts.map { account in
            [account.seq, Int(account.closed?.day ?? 0)]
                + account.statements.flatMap { [$0.seq] + $0.reconciliations.map(\.seq) }
        }
        audit =
            book.findings.map { [$0.seq] + $0.resolutions.map(\.seq) }
            + book.cofunds.map { [$0.seq] + $0.contributions.map(\.seq) }
            + [[Int(book.lastClosedDay)], book.reconciliations.map(\.seq)]
    }
}

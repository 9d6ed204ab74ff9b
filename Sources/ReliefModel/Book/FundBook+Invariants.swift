// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

extension FundBook {
    /// Recomputes from the accounts what the book keeps as totals, and stops on any difference.
    ///
    /// Called by the writer before and after every posting, and by tests after every entry.
    ///
    /// - Precondition: For every grant, the sum over all units and buckets is what was granted
    ///   less what was returned, plus what was moved in, less what was moved out; all that was
    ///   moved in was moved out; of every roster the lines that are not cancelled are what is
    ///   counted as paid; for every account, `available` is what its flows sum to; for every grant,
    ///   the cash of all units is what was received of it and is neither returned, moved nor with
    ///   payees.
    /// - Complexity: O(accounts × business dates).
    public func checkInvariants() {
        var held = Array(repeating: Int128(0), count: grants.count)
        for account in accounts {
            for bucket in Bucket.allCases {
                held[account.grant] += Int128(account[bucket])
            }
        }
        for (index, grant) in grants.enumerated() {
            precondition(
                held[index] == Int128(grant.granted) - Int128(grant.returned)
                    + Int128(grant.movedIn) - Int128(grant.movedOut),
                "FundBook: grant \(grant.seq) holds \(held[index])")
            precondition(
                held[index] == Int128(grant.held), "FundBook: grant \(grant.seq) total differs")
        }
        let moved = grants.reduce(Int128(0)) { $0 + Int128($1.movedIn) - Int128($1.movedOut) }
        precondition(moved == 0, "FundBook: \(moved) fen moved in came from nowhere")
        checkRosters()
        checkCash()
        for index in accounts.indices {
            let net = flows[index].reduce(Int128(0)) {
                $0 + Int128($1.inflow) - Int128($1.outflow)
            }
            precondition(
                net == Int128(accounts[index][.available]),
                "FundBook: account \(index) differs from its flows")
            let dates = flows[index].map(\.date)
            precondition(dates == dates.sorted(), "FundBook: account \(index) flows out of order")
        }
    }

    private func checkCash() {
        var due = grants.map {
            Int128($0.movedIn) - Int128($0.movedOut) - Int128($0.returned)
        }
        for target in targets where target.kind == .grant {
            due[accounts[Int(target.to)].grant] += Int128(target.received)
        }
        var cash = Array(repeating: Int128(0), count: grants.count)
        for (index, account) in accounts.enumerated() {
            due[account.grant] -= Int128(account[.expended]) + Int128(account[.recoverable])
            cash[account.grant] += cashFlows[index].reduce(Int128(0)) { $0 + $1.net }
            let dates = cashFlows[index].map(\.date)
            precondition(dates == dates.sorted(), "FundBook: account \(index) cash out of order")
        }
        for (index, grant) in grants.enumerated() {
            precondition(
                cash[index] == due[index],
                "FundBook: grant \(grant.seq) has \(cash[index]) in cash, not \(due[index])")
        }
    }

    private func checkRosters() {
        var paid = Array(repeating: (count: 0, amount: Int128(0)), count: rosterPositions.count)
        for batch in payments.batches where batch.roster >= 0 {
            let lines = batch.firstLine..<batch.firstLine + Int(batch.lineCount)
            for line in lines where payments[line] != .cancelled {
                paid[Int(batch.roster)].count += 1
                paid[Int(batch.roster)].amount += Int128(payments.amount(line))
            }
        }
        for (index, roster) in rosterPositions.enumerated() {
            // Lines that never came are counted with their batch, and are a fault of it.
            let (count, amount) = paid[index]
            precondition(
                roster.paidCount >= count && roster.paidAmount >= amount,
                "FundBook: roster \(roster.seq) counts less than its batches pay")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

extension FundBook {
    /// Recomputes from the accounts what the book keeps as totals, and stops on any difference.
    ///
    /// Called by the writer before and after every posting, and by tests after every entry.
    ///
    /// - Precondition: For every grant, the sum over all units and buckets is what was granted
    ///   less what was returned; for every account, `available` is what its flows sum to.
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
                held[index] == Int128(grant.granted) - Int128(grant.returned),
                "FundBook: grant \(grant.seq) holds \(held[index])")
            precondition(
                held[index] == Int128(grant.held), "FundBook: grant \(grant.seq) total differs")
        }
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
}

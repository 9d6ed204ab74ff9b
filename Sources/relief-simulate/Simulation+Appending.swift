// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import LedgerLog
import ReliefModel
import ReliefSimulation

// Postings of a given size, to time how long it takes to make them durable.
extension Simulation {
    /// One large grant.
    mutating func grantPosting() throws -> (posting: Posting, grant: Int) {
        let officer = officers.deciders[0]
        var pen = try pen(for: officer)
        let grant = try pen.write(
            .grant,
            GrantEntry(
                unit: region.steward, amount: CanonicalJSON.maximumInteger, cause: .flood,
                date: date,
                document: try Document(number: "模拟〔\(date.year)〕1号", date: date).orMalformed(
                    "document"),
                expiry: nil, function: nil, purpose: "H1", scope: region.steward,
                source: .central, title: "模拟资金", type: .regular, year: date.year
            ).fields)
        return (try seal(pen, by: officer), grant)
    }

    /// So many allocations out of it.
    mutating func allocationPosting(grant: Int, count: Int) throws -> Posting {
        let officer = officers.deciders[0]
        var pen = try pen(for: officer)
        for _ in 0..<count {
            try pen.write(
                .allocation, grant: grant, unit: region.steward,
                other: draw.pick(region.counties[0].townships).unit,
                amount: Int64(1 + draw.below(1_000_000)))
        }
        return try seal(pen, by: officer)
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import LedgerLog
import ReliefModel

/// What was written: posting sizes and kinds.
struct Tally {
    private var sizes: [Int] = []
    private var counts = KindCounts()

    mutating func add(_ posting: Simulation.Posting) {
        sizes.append(posting.sealed.entrySeqs.count)
        counts += posting.counts
    }

    /// The report; its first word is the number of records.
    func report(_ end: Expectation, through date: CivilDate) -> String {
        let sorted = sizes.sorted()
        func quantile(_ percent: Int) -> Int { sorted[(sorted.count - 1) * percent / 100] }
        let figures = [
            ("min", 0), ("quartile", 25), ("median", 50), ("quartile", 75), ("p95", 95),
            ("max", 100),
        ]
        let sizes = figures.map { "\($0.0) \(quantile($0.1))" }.joined(separator: ", ")
        let kinds = counts.listed.map { "\($0.kind.rawValue) \($0.count)" }
        return """
            \(end.size) records in \(sorted.count) postings, through \(date)
            entries in a posting: \(sizes)
            entries: \(kinds.joined(separator: ", "))
            --expect \(end)
            """
    }
}

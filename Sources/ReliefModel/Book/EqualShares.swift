// SPDX-License-Identifier: Apache-2.0

/// A roster whose households got nearly all the same although they are not alike.
public struct EqualShares: Sendable, Equatable {
    /// The last roster of its line, by seq.
    public let roster: Int
    /// Households of the first roster of its line: those who applied, where that is recorded.
    public let appliedCount: Int
    /// Payments to households that were not cancelled.
    public let paidCount: Int
    /// The amount that most of them got, in fen.
    public let amount: Int64
    /// How many got it.
    public let equalCount: Int
}

extension FundBook {
    /// Payments of a roster, at least, for a share of equal ones to mean anything.
    private static let leastPaidCount = 10

    /// The rosters of which at least 95 % of the applicants were paid, at least 90 % of those by
    /// the same amount, while fewer than 90 % of the households have the same number of persons.
    ///
    /// - Complexity: O(*n*) in the payments of such rosters; others are given up at the first tenth
    ///   that differs.
    public var equalShares: [EqualShares] {
        var batches = [[PaymentBatch]](repeating: [], count: rosterPositions.count)
        for batch in payments.batches where batch.roster >= 0 && !batch.isPerHousehold {
            batches[Int(batch.roster)].append(batch)
        }
        return batches.indices.compactMap { equalShares(rosterPositions[$0], batches[$0]) }
    }

    private func equalShares(
        _ roster: RosterPosition, _ batches: [PaymentBatch]
    ) -> EqualShares? {
        let applied = applicantCount(roster)
        guard roster.paidCount >= Self.leastPaidCount, roster.paidCount * 100 >= applied * 95,
            let (amount, count) = prevailing(
                in: batches, of: roster.paidCount, { line, _ in payments.amount(line) }),
            prevailing(in: batches, of: roster.paidCount, persons) == nil
        else { return nil }
        return EqualShares(
            roster: roster.seq, appliedCount: applied, paidCount: roster.paidCount,
            amount: amount, equalCount: count)
    }

    private func applicantCount(_ roster: RosterPosition) -> Int {
        var first = roster
        while let earlier = first.entry.replaces.flatMap({ self.roster(seq: $0) }) {
            first = earlier
        }
        return first.entry.count
    }

    private func persons(_ line: Int, _ batch: PaymentBatch) -> Int64 {
        Int64(rosterPersons[batch.firstPerson + line - batch.firstLine])
    }

    /// The value that at least nine tenths of the lines have, with their number.
    ///
    /// Boyer and Moore's vote over the first fifth names the only candidate: at most half of that
    /// fifth can differ. The count then stops at the first tenth that does.
    private func prevailing(
        in batches: [PaymentBatch], of count: Int, _ value: (Int, PaymentBatch) -> Int64
    ) -> (value: Int64, count: Int)? {
        var candidate: Int64 = 0
        var lead = 0
        var votes = count / 5 + 1
        visit(batches) { line, batch in
            let value = value(line, batch)
            if lead == 0 { candidate = value }
            lead += value == candidate ? 1 : -1
            votes -= 1
            return votes > 0
        }
        var others = 0
        visit(batches) { line, batch in
            if value(line, batch) != candidate { others += 1 }
            return others * 10 <= count
        }
        return others * 10 <= count ? (candidate, count - others) : nil
    }

    /// Visits the lines that are not cancelled, until the visitor has seen enough.
    private func visit(_ batches: [PaymentBatch], _ goesOn: (Int, PaymentBatch) -> Bool) {
        for batch in batches {
            for line in batch.firstLine..<batch.firstLine + Int(batch.lineCount)
            where payments[line] != .cancelled {
                guard goesOn(line, batch) else { return }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

public import ReliefModel

/// What speaks against the rows of a list, looked at together.
public enum RosterFinding: Sendable, Equatable {
    /// Two rows are of one person; the indices of this row and of the first.
    case samePerson(row: Int, first: Int)
    /// Two households have one card.
    case sharedCard(row: Int, first: Int)
    /// More are helped than belong to the household.
    case beyondSize(row: Int, persons: Int, size: Int)
    /// The amount is not what the rate comes to; nil where that is beyond all amounts.
    case notAtRate(row: Int, amount: Int64, due: Int64?)

    /// Whether it is only to be looked into: families may share a card, as they may not be one.
    public var isWarning: Bool {
        if case .sharedCard = self { true } else { false }
    }

    /// Finds all of it, in the order of the rows.
    ///
    /// - Parameters:
    ///   - rate: What one person or household gets; nil where it differs.
    ///   - days: What a rate per person and day is multiplied by.
    public static func all(
        in households: [Household], rate: BatchEntry.Rate? = nil, days: Int = 1
    ) -> [RosterFinding] {
        var findings: [RosterFinding] = []
        var people: [IdentityNumber: Int] = [:]
        var cards: [CardNumber: Int] = [:]
        people.reserveCapacity(households.count)
        for (row, household) in households.enumerated() {
            if let first = people[household.identity] {
                findings.append(.samePerson(row: row, first: first))
            } else {
                people[household.identity] = row
            }
            if let card = household.card {
                if let first = cards[card] {
                    findings.append(.sharedCard(row: row, first: first))
                } else {
                    cards[card] = row
                }
            }
            if let size = household.size, household.persons > size {
                findings.append(.beyondSize(row: row, persons: household.persons, size: size))
            }
            if let rate {
                let due = due(rate, household.persons, days)
                if due != household.amount {
                    findings.append(.notAtRate(row: row, amount: household.amount, due: due))
                }
            }
        }
        return findings
    }

    private static func due(_ rate: BatchEntry.Rate, _ persons: Int, _ days: Int) -> Int64? {
        let factor: Int
        switch rate.per {
        case .household: factor = 1
        case .person: factor = persons
        case .personDay: factor = persons * days
        }
        let (product, overflow) = rate.amount.multipliedReportingOverflow(by: Int64(factor))
        return overflow ? nil : product
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// One expense as the book has it, for what only shows when many are compared.
///
/// A class, so that sorting and grouping them copies no texts.
public final class ExpensePosition: Sendable {
    /// The record.
    public let seq: Int
    /// Unit, grant, amount, date, item, decision, paper.
    public let spending: Spending
    /// Who is paid.
    public let payee: PayeeID
    /// SHA-256 of the files that bear it out, in hex, also of those added later.
    public let evidence: [String]

    init(seq: Int, spending: Spending, payee: PayeeID, evidence: [String]) {
        self.seq = seq
        self.spending = spending
        self.payee = payee
        self.evidence = evidence
    }

    /// Fen.
    public var amount: Int64 { spending.amount }
    /// Business date.
    public var date: CivilDate { spending.date }
    /// The number of its paper, where one is stated.
    public var number: String? {
        spending.document?.number.flatMap { $0 == Document.unstated ? nil : $0 }
    }
}

extension FundBook {
    /// The expense that a record made.
    public func expense(seq: Int) -> ExpensePosition? {
        expenseIndex(seq: seq).map { expenses[$0] }
    }

    /// The expenses that are not wholly undone, in the order of recording.
    public var standingExpenses: [ExpensePosition] {
        expenses.filter { (left(ofTarget: $0.seq) ?? 0) > 0 }
    }

    func expenseIndex(seq: Int) -> Int? {
        let next = expenses.firstIndex(upperBoundOf: { $0.seq <= seq })
        return next > 0 && expenses[next - 1].seq == seq ? next - 1 : nil
    }
}

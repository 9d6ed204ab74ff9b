// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// The statements of one account in their order, as one run of lines, and where it is broken.
struct BankSequence: Sendable {
    /// Where the balance does not go on.
    struct Break: Sendable {
        let previous: BankLine
        let next: BankLine
        /// Whether it lies between two statements: a period may be missing.
        let isBetween: Bool

        /// By how much the balance jumps.
        var gap: Int128 {
            Int128(next.balance) - Int128(next.amount) - Int128(previous.balance)
        }
    }

    private(set) var lines: [BankLine] = []
    private(set) var breaks: [Break] = []
    /// Lines that an earlier statement has as well, left out here.
    private(set) var repeated: [BankLine] = []

    /// - Precondition: At least one statement.
    init(_ statements: [BankStatement]) {
        precondition(!statements.isEmpty, "BankSequence: no statement")
        let ordered = statements.sorted {
            ($0.firstDate, $0.lastDate, $0.name) < ($1.firstDate, $1.lastDate, $1.name)
        }
        var earlier: Set<BankLine.Content> = []
        for statement in ordered {
            var isFirst = true
            for line in statement.lines {
                if earlier.contains(line.content) {
                    repeated.append(line)
                    continue
                }
                if let last = lines.last, !BankStatement.follows(last.balance, line) {
                    breaks.append(Break(previous: last, next: line, isBetween: isFirst))
                }
                lines.append(line)
                isFirst = false
            }
            earlier.formUnion(statement.lines.map(\.content))
        }
    }

    var opening: Int64 { lines[0].balance - lines[0].amount }
    var closing: Int64 { lines[lines.count - 1].balance }
    var firstDate: CivilDate { lines.map(\.date).min() ?? lines[0].date }
    var lastDate: CivilDate { lines.map(\.date).max() ?? lines[0].date }
}

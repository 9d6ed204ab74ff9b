// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

/// Every way that a payment can go, six steps far, against an automaton written from FORMAT.md §5,
/// "A payment's way".
@Suite struct PaymentPathTests {
    enum Step: Hashable, CaseIterable {
        case settled, failed, returned, reissue, cancel
        /// Another payment of the same entitlement, on which the further steps act.
        case second
    }

    /// One line in the automaton.
    struct Line {
        var state = "sent"
        var wasCancelled = false
        /// Whether it was paid while another was not given up.
        var repeats = false
    }

    /// The automaton: where each line stands, where the money is, and what is to be reported.
    struct Automaton {
        var lines = [Line()]
        var available: Int64 = 900
        var committed: Int64 = 100
        var expended: Int64 = 0
        /// Steps that somebody must be told of.
        var reports = 0

        /// Takes a step with one line; whether it is to be reported.
        mutating func take(_ step: Step, _ place: Int) -> Bool {
            let isWrong: Bool
            switch step {
            case .settled:
                isWrong = lines[place].state != "sent"
                lines[place].state = "settled"
                (committed, expended) = (committed - 100, expended + 100)
            case .failed:
                isWrong = lines[place].state != "sent"
                lines[place].state = "failed"
            case .returned:
                isWrong = lines[place].state != "settled"
                lines[place].state = "failed"
                (committed, expended) = (committed + 100, expended - 100)
            case .reissue:
                isWrong = lines[place].state != "failed"
                lines[place].state = "sent"
            case .cancel:
                isWrong = lines[place].state != "failed"
                lines[place].state = "cancelled"
                lines[place].wasCancelled = true
                (committed, available) = (committed - 100, available + 100)
            case .second:
                isWrong = lines.contains { !$0.wasCancelled }
                lines.append(Line(repeats: isWrong))
                (committed, available) = (committed + 100, available - 100)
            }
            if isWrong { reports += 1 }
            return isWrong
        }

        var settledCount: Int { lines.count { $0.state == "settled" } }
    }

    /// A path in the making: both books, and the records of the payments.
    struct Path {
        var book: FundBook
        var automaton = Automaton()
        var payments: [Int]
        var next: Int
        var steps: [Step] = []
    }

    private let date = CivilDate(year: 2022, month: 1, day: 10)

    private func pay(_ book: inout FundBook, at seq: Int) throws {
        let date = try #require(date)
        _ = try book.apply(
            .batch(
                BatchEntry(
                    spending: Spending(
                        unit: SpendingHistory.county, grant: 3, amount: 100, date: date,
                        item: "food"), count: 1, period: "一月")), seq: seq)
        _ = try book.apply(
            Payment(
                seq: seq + 1, batch: seq, grant: 3, unit: SpendingHistory.county, amount: 100,
                pseudonym: 7, persons: 1))
    }

    private func begin() throws -> Path {
        var book = try SpendingHistory.founded()
        let date = try #require(date)
        let document = try #require(Document(number: "1", date: nil))
        _ = try book.apply(
            .grant(
                GrantEntry(
                    unit: SpendingHistory.county, amount: 1000, cause: .flood, date: date,
                    document: document, expiry: nil, function: nil, purpose: "G0",
                    scope: SpendingHistory.county, source: .central, title: "款", type: .regular,
                    year: 2022)), seq: 3)
        try pay(&book, at: 4)
        return Path(book: book, payments: [5], next: 6)
    }

    /// Takes one more step in the book and the automaton, and compares them.
    private func extend(_ path: Path, _ step: Step, _ place: Int) throws -> Path {
        var path = path
        path.steps.append(step)
        let isWrong = path.automaton.take(step, place)
        if step == .second {
            try pay(&path.book, at: path.next)
            path.payments.append(path.next + 1)
            path.next += 2
        } else {
            let (kind, outcome): (EntryKind, Movement.Outcome?) =
                switch step {
                case .settled: (.result, .settled)
                case .failed: (.result, .failed)
                case .returned: (.result, .returned)
                case .reissue: (.reissue, nil)
                case .cancel, .second: (.cancel, nil)
                }
            let effect = try path.book.apply(
                Movement(
                    kind: kind, seq: path.next, grant: 3, target: path.payments[place],
                    unit: SpendingHistory.county, amount: 100, date: try #require(date),
                    outcome: outcome), seq: path.next)
            path.next += 1
            // What B08 reports.
            if (effect.leftBefore == 100) == isWrong { Issue.record("\(path.steps)") }
        }
        compare(path)
        return path
    }

    /// What R02 reports of each payment, now and ever after.
    private func repetitions(_ path: Path) -> [Bool] {
        let group = path.book.possibleRepetitions().first ?? []
        return path.payments.map { seq in
            group.contains { earlier in
                earlier.seq < seq && (earlier.cancelledBy.map { $0 >= seq } ?? true)
            }
        }
    }

    private func compare(_ path: Path) {
        let account = path.book.account(grant: 3, unit: SpendingHistory.county)
        let states = path.payments.map { path.book.payment(seq: $0).map { "\($0.state)" } ?? "" }
        let automaton = path.automaton
        let isSame =
            states == automaton.lines.map(\.state) && account?[.available] == automaton.available
            && account?[.committed] == automaton.committed
            && account?[.expended] == automaton.expended && account?[.recoverable] == 0
            && repetitions(path) == automaton.lines.map(\.repeats)
        let isConserved =
            automaton.available + automaton.committed + automaton.expended == 1000
        // The proof: where nothing is reported, the household has the money once at most.
        let isOnce = automaton.reports > 0 || automaton.settledCount <= 1
        // Nor is more money out than lines that are not given up.
        let live = automaton.lines.count { $0.state != "cancelled" }
        let isCovered =
            automaton.reports > 0 || automaton.available == 1000 - 100 * Int64(live)
        if !(isSame && isConserved && isOnce && isCovered) {
            Issue.record("\(path.steps): \(states), \(automaton)")
        }
        if path.steps.count == 6 { path.book.checkInvariants() }
    }

    @Test func `all paths of six steps: one live settled payment, or somebody is told`() throws {
        var count = 0
        var silent = 0
        func visit(_ path: Path) throws {
            count += 1
            if path.automaton.reports == 0 { silent += 1 }
            guard path.steps.count < 6 else { return }
            for step in Step.allCases {
                try visit(try extend(path, step, path.payments.count - 1))
            }
        }
        try visit(try begin())
        // 1 + 6 + 36 + … + 6⁶.
        #expect(count == 55_987)
        #expect(silent > 50)
        #expect(silent < 500)
    }

    @Test func `all paths of five steps of two payments whose steps are taken in any order`() throws
    {
        var count = 0
        func visit(_ path: Path) throws {
            count += 1
            guard path.steps.count < 5 else { return }
            for step in Step.allCases {
                let places = step == .second ? [0] : Array(path.payments.indices.prefix(2))
                for place in places { try visit(try extend(path, step, place)) }
            }
        }
        try visit(try begin())
        #expect(count > 20_000)
    }
}

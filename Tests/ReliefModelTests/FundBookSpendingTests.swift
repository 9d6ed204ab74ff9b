// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

/// The moves of spending one by one, what is refused, and what is large.
@Suite struct FundBookSpendingTests {
    static let most: Int64 = 9_007_199_254_740_991
    private let county = SpendingHistory.county
    private let township = SpendingHistory.township
    private let date: CivilDate
    private let document: Document

    init() throws {
        date = try #require(CivilDate(year: 2022, month: 1, day: 10))
        document = try #require(Document(number: "1", date: nil))
    }

    private func grant(_ amount: Int64) -> Entry {
        .grant(
            GrantEntry(
                unit: county, amount: amount, cause: .flood, date: date, document: document,
                expiry: nil, function: nil, purpose: "G0", scope: county, source: .central,
                title: "款", type: .regular, year: 2022))
    }

    private func spending(
        _ amount: Int64, plan: Int? = nil, decision: Int? = nil, unit: UnitID? = nil,
        grant: Int = 3, item: String = "food"
    ) -> Spending {
        Spending(
            unit: unit ?? county, grant: grant, amount: amount, date: date, item: item, plan: plan,
            decision: decision)
    }

    private func batch(_ amount: Int64, _ count: Int, plan: Int? = nil, grant: Int = 3) -> Entry {
        .batch(
            BatchEntry(
                spending: spending(amount, plan: plan, grant: grant), count: count, period: "一月"))
    }

    private func line(
        _ seq: Int, of batch: Int, _ amount: Int64, unit: UnitID? = nil, payee: UInt128 = 1,
        grant: Int = 3
    ) -> Entry {
        .payment(
            Payment(
                seq: seq, batch: batch, grant: grant, unit: unit ?? county, amount: amount,
                pseudonym: payee, persons: 1))
    }

    private func expense(_ amount: Int64, plan: Int? = nil, decision: Int? = nil) -> Entry {
        .expense(
            ExpenseEntry(
                spending: spending(amount, plan: plan, decision: decision),
                payee: PayeeID(pseudonym: 1)))
    }

    private func misuse(_ amount: Int64) -> Entry {
        .irregular(
            IrregularEntry(
                unit: county, grant: 3, amount: amount, date: date, rules: ["E03"], finding: "挪用"))
    }

    private func move(
        _ kind: EntryKind, _ target: Int?, _ amount: Int64, _ outcome: Movement.Outcome? = nil,
        unit: UnitID? = nil, other: UnitID? = nil, grant: Int = 3
    ) -> Entry {
        .movement(
            Movement(
                kind: kind, grant: grant, target: target, unit: unit ?? county, other: other,
                amount: amount, date: date, outcome: outcome))
    }

    private func plan(_ lines: [(String, Int64)], replaces: Int? = nil, unit: UnitID? = nil)
        -> Entry
    {
        .plan(
            PlanEntry(
                unit: unit ?? county, grant: 3, title: "案", date: date,
                lines: lines.map { PlanEntry.Line(item: $0.0, amount: $0.1) }, replaces: replaces))
    }

    /// A book whose grant of 1,000 stands at 3, with the entries from 4 on.
    private func book(_ granted: Int64 = 1000, _ entries: [Entry] = []) throws -> FundBook {
        var book = try SpendingHistory.founded()
        for (place, entry) in ([grant(granted)] + entries).enumerated() {
            _ = try book.apply(entry, seq: 3 + place)
        }
        return book
    }

    private func buckets(_ book: FundBook, _ unit: UnitID? = nil) -> [Int64] {
        let account = book.account(grant: 3, unit: unit ?? county)
        return Bucket.allCases.map { account?[$0] ?? 0 }
    }

    @Test func `every row of the table of moves, with what it leaves in each bucket`() throws {
        var book = try book()
        // The entry, and available, committed, expended, recoverable after it.
        let rows: [(Entry, [Int64])] = [
            (batch(300, 2), [700, 300, 0, 0]), (line(5, of: 4, 100), [700, 300, 0, 0]),
            (line(6, of: 4, 200), [700, 300, 0, 0]),
            (move(.result, 5, 100, .settled), [700, 200, 100, 0]),
            (move(.result, 6, 200, .failed), [700, 200, 100, 0]),
            (move(.reissue, 6, 200), [700, 200, 100, 0]),
            (move(.result, 6, 200, .settled), [700, 0, 300, 0]),
            (move(.result, 6, 200, .returned), [700, 200, 100, 0]),
            (move(.cancel, 6, 200), [900, 0, 100, 0]), (expense(50), [850, 0, 150, 0]),
            (misuse(40), [810, 0, 150, 40]),
            (move(.recoverable, 5, 30), [810, 0, 120, 70]),
            (move(.recoverable, 13, 20), [810, 0, 100, 90]),
            (move(.recovery, 14, 10), [820, 0, 100, 80]),
            (move(.recovery, 15, 30), [850, 0, 100, 50]),
            (move(.reversal, 18, 5), [845, 0, 100, 55]),
            (move(.reversal, 16, 20), [845, 0, 120, 35]),
            (move(.reversal, 13, 30), [875, 0, 90, 35]),
            (move(.reversal, 14, 30), [905, 0, 90, 5]),
            (move(.allocation, nil, 100, other: township), [805, 0, 90, 5]),
            (move(.reversal, 23, 60), [865, 0, 90, 5]),
            (move(.recall, nil, 10, other: township), [875, 0, 90, 5]),
            (move(.reversal, 25, 10), [865, 0, 90, 5]),
            (move(.return, nil, 65), [800, 0, 90, 5]),
            (move(.reversal, 27, 15), [815, 0, 90, 5]),
        ]
        for (place, (entry, expected)) in rows.enumerated() {
            _ = try book.apply(entry, seq: 4 + place)
            #expect(buckets(book) == expected, "record \(4 + place): \(entry.kind)")
            book.checkInvariants()
        }
        #expect(buckets(book, township) == [40, 0, 0, 0])
        let totals = try #require(book.grant(seq: 3))
        #expect([totals.granted, totals.returned, totals.held] == [1000, 50, 950])
    }

    // MARK: - Refusals

    @Test func `what names nothing that it could is refused and changes nothing`() throws {
        var book = try book(
            1000,
            [
                batch(100, 1), line(5, of: 4, 100), expense(50), misuse(40),
                plan([("food", 100)]), move(.allocation, nil, 10, other: township),
                grant(1000), batch(70, 1, grant: 10), line(12, of: 11, 70, grant: 10),
                plan([("food", 90)], replaces: 8), move(.result, 12, 70, .failed, grant: 10),
            ])
        let before = BookPicture(book)
        let stranger = SpendingHistory.stranger
        let wrong: [Entry] = [
            // Targets of the wrong kind, or none.
            move(.result, 4, 100, .settled), move(.result, 6, 50, .settled),
            move(.result, 99, 100, .settled), move(.result, 0, 100, .failed),
            move(.result, nil, 100, .failed), move(.reissue, 4, 100), move(.cancel, 7, 40),
            move(.reversal, 4, 1), move(.reversal, 5, 1), move(.reversal, 3, 1),
            move(.reversal, 8, 1), move(.reversal, 14, 1), move(.reversal, nil, 1),
            move(.recoverable, 4, 1), move(.recoverable, 7, 1), move(.recoverable, 9, 1),
            move(.recovery, 5, 1), move(.recovery, 6, 1), move(.recovery, 99, 1),
            // In part.
            move(.result, 5, 99, .settled), move(.result, 5, 101, .failed),
            move(.cancel, 12, 69, grant: 10), move(.reissue, 12, 71, grant: 10),
            // Another unit, grant or item.
            move(.result, 5, 100, .settled, unit: township),
            move(.reversal, 6, 1, unit: township), move(.reversal, 9, 1, unit: township),
            move(.recovery, 7, 1, unit: township), move(.recoverable, 6, 1, unit: stranger),
            move(.result, 5, 100, .settled, grant: 4), move(.reversal, 6, 1, grant: 99),
            batch(10, 1, plan: 4), batch(10, 1, plan: 99), batch(10, 1, grant: 4),
            expense(10, plan: 3), expense(10, decision: 8),
            .batch(BatchEntry(spending: spending(1, unit: stranger), count: 1, period: "一月")),
            // Plans that are none, that were replaced, or of another unit.
            plan([("food", 1)], replaces: 4), plan([("food", 1)], replaces: 8),
            plan([("food", 1)], replaces: 13, unit: township), plan([("food", 1)], unit: stranger),
            // A line without its batch.
            line(15, of: 11, 70, grant: 10), line(15, of: 14, 70),
        ]
        for entry in wrong {
            #expect(throws: RecordFault.self, "\(entry)") { try book.apply(entry, seq: 15) }
            #expect(BookPicture(book) == before, "\(entry)")
            book.checkInvariants()
        }
        // Each was refused for that alone: the right one is taken.
        for (place, entry) in [
            move(.result, 5, 100, .settled), move(.reversal, 6, 1),
            move(.cancel, 12, 70, grant: 10),
            plan([("food", 1)], replaces: 13),
        ].enumerated() {
            _ = try book.apply(entry, seq: 15 + place)
        }
    }

    // MARK: - The grammar of batches

    @Test func `a batch takes its lines at once, in their number and sum, and nothing else`() throws
    {
        let open = try book(1000, [batch(100, 2)])
        let wrong: [Entry] = [
            line(5, of: 4, 100), line(5, of: 4, 101), line(5, of: 4, 99, unit: township),
            line(6, of: 4, 60), line(5, of: 3, 60), line(5, of: 4, 60, grant: 99),
            expense(1), move(.allocation, nil, 1, other: township), batch(1, 1), misuse(1),
            plan([("food", 1)]), grant(1),
        ]
        for entry in wrong {
            var book = open
            let before = BookPicture(book)
            let seq = if case .payment(let payment) = entry { payment.seq } else { 5 }
            #expect(throws: RecordFault.self) { try book.apply(entry, seq: seq) }
            #expect(BookPicture(book) == before, "\(entry)")
        }
        var book = open
        _ = try book.apply(line(5, of: 4, 60), seq: 5)
        for amount: Int64 in [39, 41] {
            #expect(throws: RecordFault.self) { try book.apply(line(6, of: 4, amount), seq: 6) }
        }
        let halfway = book
        _ = try book.apply(line(6, of: 4, 40), seq: 6)
        #expect(book.endBatch() == nil)
        #expect(throws: RecordFault.self) { try book.apply(line(7, of: 4, 40), seq: 7) }
        _ = try book.apply(expense(1), seq: 7)
        // Ended early: said once, and the lines that came stay payments.
        var early = halfway
        #expect(early.endBatch()?.seq == 4)
        #expect(early.endBatch() == nil)
        #expect(throws: RecordFault.self) { try early.apply(line(6, of: 4, 40), seq: 6) }
        _ = try early.apply(batch(50, 1), seq: 7)
        _ = try early.apply(line(8, of: 7, 50), seq: 8)
        #expect(early.payments(ofBatch: 4).map(\.seq) == [5])
        #expect(early.payments(ofBatch: 7).map(\.seq) == [8])
        #expect(early.payment(seq: 6) == nil)
        early.checkInvariants()
    }

    @Test func `a batch without any line leaves the next one's lines in their place`() throws {
        var book = try book(1000, [batch(100, 2)])
        #expect(book.endBatch()?.seq == 4)
        _ = try book.apply(batch(50, 1), seq: 5)
        _ = try book.apply(line(6, of: 5, 50), seq: 6)
        _ = try book.apply(move(.result, 6, 50, .failed), seq: 7)
        #expect(book.payments(ofBatch: 4).isEmpty)
        #expect(book.waitingPayments.map(\.payment.batch) == [5])
        #expect(book.waitingPayments.map(\.payment.seq) == [6])
    }

    // MARK: - Large

    @Test func `amounts around 2 to the 30th are kept to the fen, in every state`() throws {
        let edge: Int64 = 1 << 30
        let amounts = [1, edge - 2, edge - 1, edge, edge + 1, 4 * edge, Self.most / 2]
        var book = try book(Self.most, [batch(amounts.reduce(0, +), amounts.count)])
        for (place, amount) in amounts.enumerated() {
            _ = try book.apply(line(5 + place, of: 4, amount), seq: 5 + place)
        }
        #expect(book.payments(ofBatch: 4).map(\.amount) == amounts)
        var seq = 5 + amounts.count
        for outcome in [Movement.Outcome.settled, .returned] {
            for (place, amount) in amounts.enumerated() {
                _ = try book.apply(move(.result, 5 + place, amount, outcome), seq: seq)
                seq += 1
            }
            #expect(book.payments(ofBatch: 4).map(\.amount) == amounts)
        }
        for (place, amount) in amounts.enumerated() {
            _ = try book.apply(move(.cancel, 5 + place, amount), seq: seq)
            seq += 1
        }
        #expect(book.payments(ofBatch: 4).map(\.amount) == amounts)
        #expect(book.payments(ofBatch: 4).allSatisfy { $0.state == .cancelled })
        #expect(buckets(book) == [Self.most, 0, 0, 0])
    }

    @Test func `payments are found among many batches in any order`() throws {
        var random = HistoryGenerator(seed: 30)
        var book = try book(Self.most)
        var amounts: [Int: Int64] = [:]
        var seq = 4
        for _ in 0..<2_000 {
            let lines = (0..<Int.random(in: 1...30, using: &random)).map { _ in
                Int64.random(in: 1...1_000, using: &random)
            }
            let batch = seq
            _ = try book.apply(self.batch(lines.reduce(0, +), lines.count), seq: batch)
            for (place, amount) in lines.enumerated() {
                _ = try book.apply(
                    line(batch + 1 + place, of: batch, amount), seq: batch + 1 + place)
                amounts[batch + 1 + place] = amount
            }
            // Records of other kinds lie between.
            seq += 1 + lines.count + Int.random(in: 0...3, using: &random)
        }
        let places = Array(0..<seq + 5).shuffled(using: &random)
        for place in places {
            if book.payment(seq: place)?.amount != amounts[place] { Issue.record("\(place)") }
        }
        for place in places {
            guard let amount = amounts[place] else { continue }
            _ = try book.apply(move(.result, place, amount, .settled), seq: seq)
            seq += 1
        }
        #expect(buckets(book)[2] == amounts.values.reduce(0, +))
        #expect(buckets(book)[1] == 0)
        #expect(book.paymentCount > 16_384)
    }

    @Test func `totals beyond Int64 are a fault, never a trap, whichever they are`() throws {
        let most = Self.most
        // Each is repeated until something is full; one of them keeps the buckets level.
        let loops: [[Entry]] = [
            // What is left of one target, and what is used of its ceiling.
            [misuse(most), move(.recovery, 5, most)],
            [expense(most, plan: 4), move(.recoverable, 6, most)],
            [expense(most, plan: 4), move(.reversal, 6, most)],
            // What is reclaimed of a payment.
            [expense(most), move(.recoverable, 8, most)],
            // What was returned and what is held.
            [move(.reversal, 9, most), move(.allocation, nil, most, other: township)],
            // A day's turnover.
            [
                move(.allocation, nil, most, other: township),
                move(.recall, nil, most, other: township),
            ],
            // A payment that is given up again and again.
            [move(.cancel, 8, most), move(.allocation, nil, most, other: township)],
            [
                move(.cancel, 8, most), expense(most),
                move(.result, 8, most, .returned),
            ],
            // A recovery that is undone again and again.
            [move(.reversal, 10, most), move(.recovery, 5, most)],
            [move(.recovery, 5, most), expense(most, plan: 4), move(.recoverable, 6, most)],
        ]
        for (number, loop) in loops.enumerated() {
            var book = try book(
                most,
                [
                    plan([("food", 1)]), misuse(1), expense(1, plan: 4), batch(most, 1, plan: 4),
                    line(8, of: 7, most), move(.return, nil, 1), move(.recovery, 5, 1),
                ])
            var faults = 0
            for seq in 11..<6_000 {
                do {
                    _ = try book.apply(loop[seq % loop.count], seq: seq)
                } catch {
                    faults += 1
                }
            }
            #expect(faults > 0, "loop \(number)")
            book.checkInvariants()
        }
    }

    @Test func `a plan's title can be amended, a payment's paper cannot`() throws {
        var book = try book(1000, [plan([("food", 1)]), batch(5, 1), line(6, of: 5, 5)])
        var title = Amendment.Changes()
        title.title = "新"
        var paper = Amendment.Changes()
        paper.document = document
        func amend(_ target: Int, _ changes: Amendment.Changes) -> Entry {
            .amend(Amendment(target: target, reason: "误", changes: changes))
        }
        _ = try book.apply(amend(4, title), seq: 7)
        #expect(book.plan(seq: 4)?.entry.title == "新")
        _ = try book.apply(amend(4, paper), seq: 8)
        _ = try book.apply(amend(5, paper), seq: 9)
        for (target, changes) in [(5, title), (6, title), (6, paper)] {
            #expect(throws: RecordFault.self) { try book.apply(amend(target, changes), seq: 10) }
        }
    }
}

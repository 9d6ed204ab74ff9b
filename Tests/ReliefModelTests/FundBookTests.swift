// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

private func unit(_ text: String) -> UnitID { UnitID(text) ?? .state }
private func day(_ text: String) -> CivilDate? { CivilDate(text) }

private let county = unit("530523000000")
private let township = unit("530523204000")
private let village = unit("530523204001")
private let stranger = unit("530524000000")

@Suite struct FundBookTests {
    let date = CivilDate(year: 2022, month: 1, day: 10)

    private func founded() throws -> FundBook {
        var book = FundBook()
        for (seq, entry) in [
            UnitEntry(unit: county, parent: .state, name: "县"),
            UnitEntry(unit: township, parent: county, name: "乡"),
            UnitEntry(unit: village, parent: township, name: "村"),
        ].enumerated() {
            _ = try book.apply(.unit(entry), seq: seq)
        }
        return book
    }

    private func grant(_ amount: Int64, to unit: UnitID = county, purpose: String = "G0") throws
        -> Entry
    {
        .grant(
            GrantEntry(
                unit: unit, amount: amount, cause: .flood, date: try #require(date),
                document: try #require(Document(number: "1", date: nil)), expiry: nil,
                function: nil, purpose: purpose, scope: unit, source: .central, title: "款",
                type: .regular, year: 2022))
    }

    private func move(
        _ kind: EntryKind, _ unit: UnitID, _ other: UnitID?, _ amount: Int64, grant: Int = 3,
        target: Int? = nil
    ) throws -> Entry {
        .movement(
            Movement(
                kind: kind, grant: grant, target: target, unit: unit, other: other,
                amount: amount, date: try #require(date)))
    }

    private func available(_ book: FundBook, _ unit: UnitID, grant: Int = 3) -> Int64? {
        book.account(grant: grant, unit: unit)?[.available]
    }

    @Test func `every row of the table of moves`() throws {
        var book = try founded()
        _ = try book.apply(try grant(1000), seq: 3)
        #expect(available(book, county) == 1000)
        _ = try book.apply(try move(.allocation, county, township, 600), seq: 4)
        #expect(available(book, county) == 400)
        #expect(available(book, township) == 600)
        _ = try book.apply(try move(.receipt, township, nil, 600, target: 4), seq: 5)
        #expect(available(book, township) == 600)
        _ = try book.apply(try move(.recall, county, township, 100), seq: 6)
        #expect(available(book, county) == 500)
        #expect(available(book, township) == 500)
        _ = try book.apply(try move(.return, township, county, 50), seq: 7)
        #expect(available(book, county) == 550)
        #expect(available(book, township) == 450)
        _ = try book.apply(try move(.return, county, nil, 550), seq: 8)
        #expect(available(book, county) == 0)
        let totals = try #require(book.grant(seq: 3))
        #expect(totals.granted == 1000)
        #expect(totals.returned == 550)
        #expect(totals.held == 450)
        for kind in EntryKind.allCases {
            let moves = [
                .grant, .allocation, .recall, .return, .batch, .cancel, .expense, .irregular,
                .recoverable, .recovery, .repurpose, .carryover, .settlement,
            ].contains(kind)
            #expect((Move.of(kind) != nil) == moves, "\(kind)")
        }
        for bucket in Bucket.allCases.dropFirst() {
            #expect(book.accounts.allSatisfy { $0[bucket] == 0 })
        }
        book.checkInvariants()
    }

    @Test func `a violating entry is applied all the same`() throws {
        var book = try founded()
        _ = try book.apply(try grant(10), seq: 3)
        let effect = try book.apply(try move(.allocation, county, township, 25), seq: 4)
        #expect(effect.availableBefore == 10)
        #expect(available(book, county) == -15)
        #expect(available(book, township) == 25)
        #expect(book.account(grant: 3, unit: county)?.wentNegative == true)
        book.checkInvariants()
    }

    @Test func `a unit that gives to itself has no more than before`() throws {
        for kind in [EntryKind.allocation, .recall, .return] {
            var book = try founded()
            _ = try book.apply(try grant(10), seq: 3)
            _ = try book.apply(try move(kind, county, county, 4), seq: 4)
            #expect(available(book, county) == 10)
            book.checkInvariants()
        }
    }

    @Test func `what refers to nothing is refused and changes nothing`() throws {
        var book = try founded()
        _ = try book.apply(try grant(1000), seq: 3)
        _ = try book.apply(try move(.allocation, county, township, 600), seq: 4)
        let before = Picture(book)
        let wrong: [Entry] = [
            try move(.allocation, county, stranger, 1), try move(.allocation, stranger, county, 1),
            try move(.allocation, county, village, 1, grant: 4),
            try move(.allocation, county, village, 1, grant: 99),
            try move(.recall, village, stranger, 1), try move(.return, village, stranger, 1),
            try move(.receipt, county, nil, 1, target: 4),
            try move(.receipt, village, nil, 1, target: 4),
            try move(.receipt, township, nil, 1, target: 3),
            try move(.receipt, township, nil, 1, target: 99),
            try grant(1, to: stranger), try grant(1, purpose: "P1"),
            .unit(UnitEntry(unit: township, parent: county, name: "又")),
            .unit(UnitEntry(unit: unit("530524001000"), parent: stranger, name: "外")),
        ]
        for entry in wrong {
            #expect(throws: RecordFault.self) { try book.apply(entry, seq: 5) }
            #expect(Picture(book) == before, "\(entry)")
            book.checkInvariants()
        }
    }

    /// Everything that an entry could change.
    struct Picture: Equatable {
        var accounts: [String]
        var grants: [String]
        var units: [Unit]
        var flows: [ContiguousArray<DayFlow>]

        init(_ book: FundBook) {
            accounts = book.accounts.map { "\($0)" }
            grants = book.grants.map { "\($0.seq) \($0.granted) \($0.returned) \($0.held)" }
            units = book.units
            flows = book.accounts.indices.map { book.flows(of: $0) }
        }
    }

    @Test func `totals beyond Int64 are a fault, never a trap, and change nothing`() throws {
        var book = try founded()
        let most: Int64 = 9_007_199_254_740_991
        _ = try book.apply(try grant(most), seq: 3)
        var faults = 0
        for seq in 4..<2004 {
            let before = book.accounts.map { "\($0)" }
            do {
                _ = try book.apply(try move(.allocation, county, township, most), seq: seq)
            } catch {
                faults += 1
                #expect(book.accounts.map { "\($0)" } == before)
            }
        }
        // 2^63 / (2^53 − 1) is a little above 1024.
        #expect(faults == 2000 - 1024)
        book.checkInvariants()
        var returned = try founded()
        _ = try returned.apply(try grant(most), seq: 3)
        faults = 0
        for seq in 4..<2004 {
            do {
                _ = try returned.apply(try move(.return, county, nil, most), seq: seq)
            } catch {
                faults += 1
            }
        }
        #expect(faults > 0)
        returned.checkInvariants()
    }

    @Test(arguments: 0..<10)
    func `random histories agree with squared paper after every entry`(part: Int) throws {
        for seed in part * 50..<(part + 1) * 50 {
            var random = HistoryGenerator(seed: UInt64(seed))
            var book = try founded()
            var paper = SquaredPaper(units: [county, township, village])
            for seq in 3..<63 {
                let entry = try randomEntry(seq, &random)
                let before = Picture(book)
                let isGood = paper.apply(entry, seq: seq)
                do {
                    _ = try book.apply(entry, seq: seq)
                    #expect(isGood, "seed \(seed), record \(seq)")
                } catch {
                    #expect(!isGood, "seed \(seed), record \(seq): \(error.message.en)")
                    #expect(Picture(book) == before, "seed \(seed), record \(seq)")
                }
                book.checkInvariants()
                compare(book, paper, "seed \(seed), record \(seq)")
            }
        }
    }

    private func compare(_ book: FundBook, _ paper: SquaredPaper, _ place: String) {
        #expect(book.grants.count == paper.granted.count)
        for (grant, units) in paper.available {
            for (unit, fen) in units {
                #expect(Int128(available(book, unit, grant: grant) ?? 0) == fen, "\(place)")
            }
            #expect(Int128(book.grant(seq: grant)?.returned ?? -1) == paper.returned[grant] ?? 0)
        }
    }

    private func randomEntry(_ seq: Int, _ random: inout HistoryGenerator) throws -> Entry {
        let units = [county, township, village, county, township, village, stranger]
        let kinds: [EntryKind] = [.grant, .allocation, .allocation, .recall, .return, .receipt]
        let kind = seq == 3 ? .grant : random.pick(kinds, or: .grant)
        let acting = random.pick(units, or: county)
        let amount = Int64.random(in: 1...1000, using: &random)
        guard kind != .grant else {
            return try grant(
                amount, to: acting, purpose: random.pick(["G0", "U0", "P1"], or: "G0"))
        }
        let isUp = kind == .return && Bool.random(using: &random)
        let other = kind == .receipt || isUp ? nil : random.pick(units, or: county)
        let earlier = Int.random(in: 3..<seq, using: &random)
        return .movement(
            Movement(
                kind: kind, grant: Bool.random(using: &random) ? 3 : earlier,
                target: kind == .receipt ? Int.random(in: 3..<seq, using: &random) : nil,
                unit: acting, other: other, amount: amount,
                date: try #require(
                    CivilDate(day: Int32.random(in: 19_000...19_030, using: &random)))))
    }
}

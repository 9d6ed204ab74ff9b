// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefDisclosure

@Suite struct BookTests {
    private let county = BookLedger()

    private func scope(
        _ history: BookHistory, unit: String? = nil, grant: Int? = nil, year: Int? = nil
    ) -> BookScope {
        BookScope(unit: unit.flatMap { UnitID($0) }, grant: grant, year: year, in: history.book)
    }

    @Test func `rates are of a unit with those below it, and totals count each grant once`() throws
    {
        let history = try county.verified().fold
        let book = ExecutionBook(history, scope: scope(history))
        let table = book.table(.en)
        #expect(try table.column("grant") == ["17", "17", "21", ""])
        #expect(
            try table.column("code") == [
                Place.county, Place.township, Place.county, "",
            ])
        #expect(
            try table.column("allocated") == [
                "1000000.00", "400000.00", "1000000.00", "2000000.00",
            ])
        #expect(
            try table.column("received") == ["1000000.00", "300000.00", "0.00", "1000000.00"])
        #expect(try table.column("given back") == ["0.00", "100000.00", "0.00", "0.00"])
        #expect(try table.column("expended") == ["30000.00", "5000.00", "0.00", "30000.00"])
        #expect(try table.column("received %") == ["100.00%", "75.00%", "0.00%", "50.00%"])
        #expect(try table.column("expended %") == ["3.00%", "2.50%", "", "3.00%"])
    }

    @Test func `a row under 90 % without a reason is marked and named, one with a reason is not`()
        throws
    {
        let history = try county.verified().fold
        let book = ExecutionBook(history, scope: scope(history))
        #expect(book.asking.count == 3)
        let key = book.asking[1]
        let table = book.table(.en, reasons: [key: "roads were cut"])
        #expect(
            try table.column("reason under 90 %") == [
                "[NO REASON GIVEN]", "roads were cut", "[NO REASON GIVEN]", "",
            ])
        #expect(book.complaint(key).en.contains("received 75.00%, expended 2.50%"))
        #expect(book.complaint(book.asking[2]).en.contains("received 0.00%, expended –"))
    }

    @Test func `a scope of one township holds its money alone`() throws {
        let history = try county.verified().fold
        let scope = scope(history, unit: Place.township)
        let table = ExecutionBook(history, scope: scope).table(.en)
        #expect(try table.column("code") == [Place.township, ""])
        #expect(try table.column("expended %") == ["2.50%", "2.50%"])
        let purposes = PurposeBook.table(history, scope: scope, language: .en)
        #expect(try purposes.column("expended") == ["5000.00", "5000.00"])
    }

    @Test func `a year without grants has no rows, and a grant's scope has its own alone`() throws {
        let history = try county.verified().fold
        let none = ExecutionBook(history, scope: scope(history, year: 2021)).table(.en)
        #expect(none.rows.isEmpty)
        let other = ExecutionBook(history, scope: scope(history, grant: 21, year: 2022)).table(.en)
        #expect(try other.column("grant") == ["21", ""])
    }

    @Test func `spending from the threshold on is listed with its meeting, or with none`() throws {
        let history = try county.verified().fold
        let table = CollectiveBook.table(history, scope: scope(history), language: .en)
        #expect(
            try table.column("seq") == [
                "\(county.expenses[1])", "\(county.expenses[2])", "total",
            ])
        #expect(try table.column("amount") == ["12000.00", "10000.00", "22000.00"])
        #expect(try table.column("decision") == ["\(county.meeting)", "", ""])
        #expect(try table.column("meeting") == ["会〔2022〕1号", "none", ""])
        #expect(try table.text(0, "attendees") == "\"P-chair, P-one, P-two\"")
        #expect(try table.text(0, "minutes SHA-256") == String(repeating: "5e", count: 32))
        #expect(table.notes.contains { $0.en.contains("from 10,000.00 yuan") })
    }

    @Test func `payments are summed by the unit that pays, and by what became of them`() throws {
        let history = try county.verified().fold
        let table = VillageBook.table(history, scope: scope(history), language: .en)
        #expect(try table.column("code") == [Place.township, ""])
        #expect(try table.column("payments") == ["2", "2"])
        #expect(try table.column("persons") == ["6", "6"])
        #expect(try table.column("sent").first == "8000.00")
        #expect(try table.column("settled").last == "5000.00")
        #expect(try table.column("failed").last == "3000.00")
    }

    @Test func `what was reversed no longer counts, and a misuse stands under no item`() throws {
        let history = try county.verified().fold
        let table = PurposeBook.table(history, scope: scope(history), language: .en)
        #expect(try table.column("item") == ["no item", "food food", "heating heating", ""])
        #expect(try table.column("expended") == ["0.00", "20000.00", "10000.00", "30000.00"])
        #expect(try table.column("committed") == ["0.00", "3000.00", "0.00", "3000.00"])
        #expect(try table.column("recoverable") == ["500.00", "0.00", "0.00", "500.00"])
    }

    @Test func `a batch's payments show pseudonyms and states, and nothing else is a batch`() throws
    {
        let ledger = try county.verified()
        let table = try #require(
            try PaymentsBook.table(ledger, batch: county.batch, language: .en))
        #expect(
            try table.column("household") == [Draft.household(1), Draft.household(2), ""])
        #expect(try table.column("state") == ["settled", "failed", ""])
        #expect(try table.column("persons") == ["4", "2", "6"])
        #expect(try table.column("amount") == ["5000.00", "3000.00", "8000.00"])
        #expect(try PaymentsBook.table(ledger, batch: county.grant, language: .en) == nil)
    }

    @Test func `the register has one row a movement, with hash and the hash before it`() throws {
        let ledger = try county.verified()
        let register = try #require(
            try RegisterBook(ledger, scope: scope(ledger.fold), language: .en))
        let table = try register.table()
        let row = try #require(
            table.rows.firstIndex { $0[0] == .seq(county.expenses[1]) })
        #expect(try table.text(row, "paid") == "12000.00")
        #expect(try table.text(row, "hash") == county.forge.leaves[county.expenses[1]].hex)
        #expect(
            try table.text(row, "previous hash") == county.forge.leaves[county.expenses[1] - 1].hex)
        let batch = try #require(table.rows.firstIndex { $0[0] == .seq(county.batch) })
        #expect(try table.text(batch, "persons") == "6")
        #expect(!table.rows.contains { $0[0] == .seq(county.batch + 1) })
    }
}

@Suite struct PercentageTests {
    @Test(arguments: [
        // Yunnan 2022: 9265.353442 of 10441 (万元), stated as 88.74 %.
        (92_653_534_42, 104_410_000_00, "88.74%"), (1, 3, "33.33%"), (2, 3, "66.67%"),
        (1, 20_000, "0.01%"), (1, 20_001, "0.00%"), (0, 5, "0.00%"), (7, 7, "100.00%"),
        (3, 2, "150.00%"), (99_995, 1_000_000, "10.00%"),
    ])
    func `a share is rounded half up from whole numbers`(
        part: Int64, whole: Int64, expected: String
    ) {
        #expect(Percentage(Int128(part), of: Int128(whole))?.description == expected)
    }

    @Test func `there is no share of nothing, nor of less, nor beyond what a number holds`() {
        #expect(Percentage(1, of: 0) == nil)
        #expect(Percentage(1, of: -1) == nil)
        #expect(Percentage(-1, of: 1) == nil)
        #expect(Percentage(.max, of: 1) == nil)
        #expect(Percentage(Int128(Int64.max), of: Int128(Int64.max))?.hundredths == 10_000)
    }
}

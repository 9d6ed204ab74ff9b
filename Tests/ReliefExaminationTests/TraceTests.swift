// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefDisclosure
import ReliefModel
import Testing

@testable import ReliefExamination

@Suite struct TraceTests {
    private let county = TracedCounty()

    private func unit(_ text: String) throws -> UnitID { try #require(UnitID(text)) }

    @Test func `both sides of every unit's account are told, and are equal`() throws {
        let trace = try #require(try GrantTrace(county.verified(), grant: county.grant)).root
        let accounts = trace.all.filter { $0.kind == "account" }
        #expect(
            accounts.map(\.text.en) == [
                "单位523000000（530523000000）: in 1,010,000.00 yuan (granted 1,000,000.00, given back from "
                    + "below 10,000.00) = handed on 380,000.00, available 625,500.00, expended 3,500.00, "
                    + "recoverable 1,000.00",
                "单位523204000（530523204000）: in 380,000.00 yuan (received from above 380,000.00) = given "
                    + "back 10,000.00, moved to other grants 50,000.00, available 314,000.00, committed "
                    + "1,000.00, expended 5,000.00",
            ])
    }

    @Test func `a township stands below the county that gave, with all that was recorded there`()
        throws
    {
        let trace = try #require(try GrantTrace(county.verified(), grant: county.grant)).root
        let top = try #require(trace.children.first)
        let township = try #require(top.children.last)
        #expect(township.unit == UnitID(Place.township))
        #expect(
            township.children.map(\.kind) == [
                "allocation", "allocation", "plan", "decision", "roster", "batch", "return",
                "carryover",
            ])
        let batch = try #require(township.children.first { $0.kind == "batch" })
        #expect(
            batch.children.map(\.text.en) == [
                "at the bank: 1 payment, 1,000.00 yuan", "settled: 1 payment, 5,000.00 yuan",
                "cancelled: 1 payment, 3,000.00 yuan",
            ])
    }

    @Test func `reversal, receipt, recovery and misuse stand below what they are about`() throws {
        let trace = try #require(try GrantTrace(county.verified(), grant: county.grant)).root
        func children(_ seq: Int) -> [String] {
            trace.all.first { $0.seq == seq }?.children.map(\.kind) ?? []
        }
        #expect(children(county.allocations[0]) == ["receipt"])
        #expect(children(county.allocations[1]) == ["reversal"])
        #expect(children(county.expense) == ["recoverable"])
        let misuse = try #require(trace.all.first { $0.seq == county.irregular })
        #expect(misuse.text.zh.contains("违规支出补录：700.00 元，2022-01-20，违反 E03，挪用"))
    }

    @Test func `a corrected document is shown with what was recorded first`() throws {
        let trace = try #require(try GrantTrace(county.verified(), grant: county.grant)).root
        let node = try #require(trace.all.first { $0.seq == county.allocations[0] })
        #expect(node.text.en.contains("document 分〔2022〕2号, corrected by seq"))
        #expect(node.text.en.hasSuffix("recorded as 分〔2022〕1号"))
    }

    @Test func `households are listed by pseudonym only when asked for`() throws {
        let ledger = try county.verified()
        let short = try #require(try GrantTrace(ledger, grant: county.grant)).root
        let long = try #require(
            try GrantTrace(ledger, grant: county.grant, eachHousehold: true)
        ).root
        #expect(!short.text(.en).contains("h-"))
        let payments = long.all.filter { $0.kind == "payment" }
        #expect(payments.count == 3)
        #expect(
            payments[1].text.en.contains("\(Draft.household(1)), 4 persons, 5,000.00 yuan, settled")
        )
    }

    @Test func `a trace of one unit holds it and what it handed on, and of a stranger nothing`()
        throws
    {
        let ledger = try county.verified()
        let part = try #require(
            try GrantTrace(ledger, grant: county.grant, unit: unit(Place.township))
        ).root
        #expect(part.children.map(\.unit) == [UnitID(Place.township)])
        #expect(
            try GrantTrace(ledger, grant: county.grant, unit: unit(Place.sibling)) == nil)
        #expect(try GrantTrace(ledger, grant: 18) == nil)
    }

    @Test func `money that was carried over is the next grant's, and says from where it came`()
        throws
    {
        let trace = try #require(try GrantTrace(county.verified(), grant: county.carryover)).root
        #expect(trace.text.en.contains("opened from grant 17"))
        #expect(trace.children[0].text.en.contains("(moved in from other grants 50,000.00)"))
    }

    @Test func `a payment leads up to decision, plan, roster, notice, allocations and grant`()
        throws
    {
        let trace = try #require(try PaymentTrace(county.verified(), seq: county.batch + 1)).root
        #expect(trace.children.map(\.kind) == ["result", "batch"])
        let batch = trace.children[1]
        #expect(batch.children.map(\.kind) == ["decision", "plan", "roster", "account"])
        #expect(batch.children[2].children.map(\.kind) == ["notice"])
        let money = batch.children[3]
        #expect(
            money.children.map(\.kind) == ["allocation", "allocation", "reversal", "account"])
        #expect(money.children[3].children.map(\.kind) == ["grant"])
    }

    @Test func `where money came more than once, no single allocation is claimed to have paid`()
        throws
    {
        let trace = try #require(try PaymentTrace(county.verified(), seq: county.batch + 1)).root
        let accounts = trace.all.filter { $0.kind == "account" }
        #expect(accounts[0].text.en.contains("380,000.00 yuan had come before, 2 times"))
        #expect(accounts[0].text.en.contains("which of them paid cannot be known"))
        #expect(accounts[1].text.en.contains("1,000,000.00 yuan had come before, all at once"))
    }

    @Test func `what came after a payment is not on its way up`() throws {
        var county = county
        let ledger = try county.verified()
        let before = try #require(try PaymentTrace(ledger, seq: county.batch + 1)).root
        county.post(Draft.allocation(grant: county.grant, 77))
        let after = try #require(
            try PaymentTrace(county.verified(), seq: county.batch + 1)
        ).root
        #expect(before == after)
    }

    @Test func `a direct payment and a misuse lead up too, and a result does not`() throws {
        let ledger = try county.verified()
        let expense = try #require(try PaymentTrace(ledger, seq: county.expense)).root
        #expect(
            expense.children.map(\.kind) == ["recoverable", "note", "plan", "account"])
        let misuse = try #require(try PaymentTrace(ledger, seq: county.irregular)).root
        #expect(misuse.children[0].text.zh == "违规支出没有依据")
        #expect(try PaymentTrace(ledger, seq: county.allocations[0]) == nil)
        #expect(try PaymentTrace(ledger, seq: 99_999) == nil)
    }

    @Test func `a payee's payments are found by pseudonym and by a firm's code`() throws {
        let bytes = LedgerBytes(county.forge.bytes)
        func seqs(_ payee: String) throws -> [Int] {
            try UnverifiedLedger(bytes).verify(folding: PayeeSearch(#require(PayeeID(payee)))).fold
                .seqs
        }
        #expect(try seqs(Draft.household(2)) == [county.batch + 2])
        #expect(try seqs(Draft.firm) == [county.expense])
        #expect(try seqs(Draft.household(9)) == [])
    }

    @Test func `every account of every ledger in the repository cross-foots, faulty ones too`()
        throws
    {
        let ledgers = Repository.ledgers
        try #require(ledgers.count > 100)
        for path in ledgers {
            let ledger = try UnverifiedLedger(path: path).verify(folding: BookHistory())
            for grant in ledger.fold.book.grants {
                #expect(try GrantTrace(ledger, grant: grant.seq) != nil)
                #expect(GrantFlow(ledger.fold, grant: grant.seq) != nil)
            }
            for record in ledger.fold.records where record.entry.kind == .batch {
                let payment = ledger.fold.book.payments(ofBatch: record.seq).first
                if let payment { #expect(try PaymentTrace(ledger, seq: payment.seq) != nil) }
            }
        }
    }
}

extension TracedCounty {
    fileprivate mutating func post(_ entry: RecordFields) {
        forge.post(by: .county, [entry])
    }
}

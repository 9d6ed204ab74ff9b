// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

extension County {
    /// The county's grants of 1,000,000.00 yuan each have arrived, on 11 January.
    mutating func receiveGrants() {
        record(
            Draft.receipt(of: 17, grant: 17, 100_000_000),
            Draft.receipt(of: 21, grant: 21, 100_000_000))
    }

    /// The same, and an account for relief money whose January ends with `closing`; the seqs of
    /// the account and of the statement.
    mutating func bank(_ closing: Int64) -> (account: Int, statement: Int) {
        receiveGrants()
        let account = record(Draft.account())
        let out = 200_000_000 - closing
        let statement = record(
            Draft.statement(
                of: account, in: 200_000_000 - min(out, 0), out: max(out, 0), closing: closing))
        return (account, statement)
    }
}

/// C03, C04 and E05: what the bank says.
@Suite struct BankRuleTests {
    // MARK: - C03

    @Test(arguments: [(Int64(0), false), (1, true), (-1, true)])
    func `C03 wants the bank to have what the ledger says, to the fen`(
        off: Int64, fires: Bool
    ) throws {
        var county = County()
        let seq = county.bank(200_000_000 + off).statement
        let audited = try county.audited()
        #expect(audited.words["C03"] == (fires ? "fired" : "clean"))
        guard fires else {
            #expect(audited.list == [])
            return
        }
        audited.expectOnly(
            "C03@\(seq)", expected: .money(200_000_000 + off), actual: .money(200_000_000),
            difference: -off)
    }

    @Test func `C03 accepts a difference that is listed, whole and on the right side`() throws {
        for (listed, side, fires) in [
            (Int64(700), "book", false), (699, "book", true), (700, "stated", true),
        ] {
            var county = County()
            let (_, statement) = county.bank(199_999_300)
            let seq = county.record(
                Draft.reconciliation(
                    of: statement, book: 200_000_000, stated: 199_999_300,
                    items: [Draft.outstanding(listed, side: side)]))
            let audited = try county.audited()
            #expect(
                audited.list == (fires ? ["C03@\(statement)", "C03@\(seq)"] : []),
                "\(listed) \(side)")
        }
    }

    @Test func `C03 the last reconciliation of a statement counts`() throws {
        var county = County()
        let (_, statement) = county.bank(199_999_300)
        for amount in [Int64(1), 700] {
            county.record(
                Draft.reconciliation(
                    of: statement, book: 200_000_000, stated: 199_999_300,
                    items: [Draft.outstanding(amount, side: "book")]))
        }
        #expect(try county.audited().list == [])
    }

    @Test func `C03 wants a reconciliation to state its statement's closing`() throws {
        var county = County()
        let (_, statement) = county.bank(200_000_000)
        let seq = county.record(
            Draft.reconciliation(of: statement, book: 200_000_001, stated: 200_000_001))
        try county.audited().expectOnly(
            "C03@\(seq)", expected: .money(200_000_000), actual: .money(200_000_001),
            difference: 1)
    }

    @Test(arguments: [("2022-01-02", false), ("2022-01-01", true)])
    func `C03 lets an item be outstanding for thirty days`(since: String, fires: Bool) throws {
        var county = County()
        let (_, statement) = county.bank(199_999_300)
        let seq = county.record(
            Draft.reconciliation(
                of: statement, book: 200_000_000, stated: 199_999_300,
                items: [Draft.outstanding(700, side: "book", since: since)]))
        let audited = try county.audited()
        guard fires else {
            #expect(audited.list == [])
            return
        }
        audited.expectOnly(
            "C03@\(seq)", expected: .days(30), actual: .days(31), difference: 1)
    }

    @Test func `C03 follows the cash of every entry that moves any`() throws {
        var county = County()
        county.receiveGrants()
        let account = county.record(Draft.account())
        var cash: Int64 = 200_000_000
        // To the township, which acknowledges 40 of 50; 10 are still on their way.
        let allocation = county.record(Draft.allocation(grant: 17, 50_000, date: "2022-01-15"))
        county.record(
            Draft.receipt(Place.township, of: allocation, grant: 17, 50_000, date: "2022-01-16"))
        cash -= 50_000
        county.record(
            Draft.movement("recall", Place.county, Place.township, grant: 17, 10_000),
            Draft.movement("return", Place.township, Place.county, grant: 17, 5_000),
            Draft.movement("return", Place.county, grant: 17, 1_000))
        cash += 10_000 + 5_000 - 1_000
        let expense = county.spend(3_000)
        county.record(
            Draft.undo("reversal", expense, grant: 17, 2_000),
            Draft.undo("recoverable", expense, grant: 17, 500))
        cash -= 1_000
        let batch = county.pay([Draft.Line(1, 400), Draft.Line(2, 500), Draft.Line(3, 600)])
        county.record(
            Draft.result("settled", of: batch + 1, grant: 17, 400),
            Draft.result("settled", of: batch + 2, grant: 17, 500),
            Draft.result("returned", of: batch + 2, grant: 17, 500),
            Draft.result("failed", of: batch + 3, grant: 17, 600),
            Draft.undo("cancel", batch + 3, grant: 17, 600))
        cash -= 400
        let misuse = county.record(Draft.irregular(grant: 17, 900))
        county.record(Draft.recovery(misuse, grant: 17, 300))
        cash -= 600
        county.record(Draft.repurpose(grant: 17, 7_000, into: 21))
        let statement = county.record(
            Draft.statement(of: account, until: "2022-03-31", in: cash, closing: cash))
        let audited = try county.audited(asOf: "2022-04-01")
        #expect(!audited.list.contains("C03@\(statement)"), "\(audited.list)")
        #expect(audited.words["C03"] == "clean")
    }

    @Test func `C03 what an allocation brought goes back when it is reversed`() throws {
        var county = County()
        county.receiveGrants()
        let account = county.record(Draft.account())
        let allocation = county.record(Draft.allocation(grant: 17, 50_000, date: "2022-01-15"))
        county.record(
            Draft.receipt(Place.township, of: allocation, grant: 17, 50_000, date: "2022-01-16"),
            Draft.undo("reversal", allocation, grant: 17, 20_000, date: "2022-01-20"))
        county.record(Draft.statement(of: account, in: 199_970_000))
        let audited = try county.audited()
        #expect(audited.list == [])
        #expect(audited.words["C01"] == "clean" && audited.words["C03"] == "clean")
    }

    @Test func `C03 says what it lacks`() throws {
        #expect(try County().audited().words["C03"] == "notApplicable")
        var silent = County()
        let account = silent.record(Draft.account())
        #expect(try silent.audited(asOf: "2022-01-20").words["C03"] == "notApplicable")
        silent.record(Draft.statement(of: account, in: 5))
        // Money that was granted and never acknowledged: the cash is not known.
        let unknown = try silent.audited()
        #expect(unknown.list == [] && unknown.words["C03"] == "notEvaluable")
        // A second account without a statement of that day.
        var two = County()
        _ = two.bank(150_000_000)
        two.record(Draft.account(ending: "0043"))
        #expect(try two.audited(asOf: "2022-02-01").words["C03"] == "notEvaluable")
        // An account for other money is not looked at.
        var other = County()
        _ = other.bank(200_000_000)
        other.record(Draft.account(isRelief: false, ending: "0043"))
        let audited = try other.audited(asOf: "2022-02-01")
        #expect(audited.list == [] && audited.words["C03"] == "clean")
    }

    @Test func `C03 takes the accounts of a unit together`() throws {
        for (second, fires) in [(Int64(50_000_000), false), (50_000_001, true)] {
            var county = County()
            _ = county.bank(150_000_000)
            let other = county.record(Draft.account(ending: "0043"))
            let seq = county.record(Draft.statement(of: other, in: second))
            #expect(try county.audited().list == (fires ? ["C03@\(seq)"] : []))
        }
    }

    @Test(arguments: ["C01", "C03", "C04", "E05", "B07"])
    func `nobody may override what the bank or the books say`(rule: String) throws {
        var county = County()
        let override = county.override(rule, 100)
        let seq = county.bank(200_000_001).statement
        #expect(try county.audited().list == ["A07@\(override)", "C03@\(seq)"])
    }

    // MARK: - C04

    @Test(
        arguments: [
            ("2022-02-01", Int64(0), nil), ("2022-02-02", 1, "a gap"),
            ("2022-01-31", -1, "an overlap"),
        ] as [(String, Int64, String?)])
    func `C04 wants statements to follow one another`(
        from: String, days: Int64, word: String?
    ) throws {
        var county = County()
        let account = county.bank(200_000_000).account
        let seq = county.record(
            Draft.statement(of: account, from: from, until: "2022-02-28", opening: 200_000_000))
        let audited = try county.audited()
        guard let word else {
            #expect(audited.list == [] && audited.words["C04"] == "clean")
            return
        }
        audited.expectOnly(
            "C04@\(seq)", expected: .text("2022-02-01"), actual: .text(from), difference: days)
        #expect(audited.findings[0].message.en.contains(word))
    }

    @Test func `C04 wants an opening that is the closing before`() throws {
        var county = County()
        let account = county.bank(200_000_000).account
        let seq = county.record(
            Draft.statement(
                of: account, from: "2022-02-01", until: "2022-02-28", opening: 199_999_999, in: 1))
        try county.audited().expectOnly(
            "C04@\(seq)", expected: .money(200_000_000), actual: .money(199_999_999),
            difference: -1)
    }

    @Test func `C04 and C03 take the later of two statements of the same days`() throws {
        var county = County()
        let (account, wrong) = county.bank(200_000_001)
        #expect(try county.audited().list == ["C03@\(wrong)"])
        county.record(Draft.statement(of: account, in: 200_000_000))
        county.record(
            Draft.statement(
                of: account, from: "2022-02-01", until: "2022-02-28", opening: 200_000_000))
        let audited = try county.audited()
        #expect(audited.list == [])
        #expect(audited.words["C03"] == "clean" && audited.words["C04"] == "clean")
    }

    @Test func `C04 wants a statement that adds up`() throws {
        var county = County()
        county.receiveGrants()
        let account = county.record(Draft.account())
        let seq = county.record(
            Draft.statement(of: account, in: 199_999_999, closing: 200_000_000))
        try county.audited().expectOnly(
            "C04@\(seq)", expected: .money(199_999_999), actual: .money(200_000_000),
            difference: 1)
    }

    @Test func `C04 wants the next statement within 35 days`() throws {
        var county = County()
        let (account, statement) = county.bank(200_000_000)
        #expect(try county.audited(asOf: "2022-03-07").list == [])
        try county.audited(asOf: "2022-03-08").expectOnly(
            "C04@\(statement)", expected: .days(35), actual: .days(36), difference: 1)
        county.record(Draft.closing(of: account))
        #expect(try county.audited(asOf: "2022-03-08").list == [])
        var bare = County()
        let opened = bare.record(Draft.account())
        #expect(try bare.audited(asOf: "2022-02-05").list == [])
        #expect(try bare.audited(asOf: "2022-02-06").list == ["C04@\(opened)"])
        #expect(try County().audited().words["C04"] == "notApplicable")
    }

    // MARK: - E05

    @Test(arguments: [(false, Int64(5), true), (true, 5, false), (false, 0, false)])
    func `E05 no relief money lies in an account that is not registered for it`(
        isRelief: Bool, book: Int64, fires: Bool
    ) throws {
        var county = County()
        let account = county.record(Draft.account(isRelief: isRelief))
        let statement = county.record(Draft.statement(of: account, in: 5))
        let seq = county.record(
            Draft.reconciliation(
                of: statement, book: book, stated: 5,
                items: book == 0 ? [Draft.outstanding(5, side: "stated")] : []))
        let audited = try county.audited()
        guard fires else {
            #expect(audited.list == [])
            return
        }
        audited.expectOnly(
            "E05@\(seq)", expected: .money(0), actual: .money(book), difference: book)
    }

    @Test func `E05 one grant does not pay for another`() throws {
        for (amount, fires) in [(Int64(1_000), false), (1_001, true)] {
            var county = County()
            // Of the first grant 10.00 yuan have come, of the second all.
            county.record(
                Draft.receipt(of: 17, grant: 17, 1_000),
                Draft.receipt(of: 21, grant: 21, 100_000_000))
            let seq = county.spend(amount)
            let audited = try county.audited()
            guard fires else {
                #expect(audited.list == [] && audited.words["E05"] == "clean")
                continue
            }
            audited.expectOnly(
                "E05@\(seq)", expected: .money(0), actual: .money(-1), difference: 1)
            #expect(audited.findings[0].message.en.contains("money of grant 21"))
        }
    }

    @Test func `E05 names the days and the most that was owed`() throws {
        var county = County()
        county.record(
            Draft.receipt(of: 17, grant: 17, 1_000),
            Draft.receipt(of: 21, grant: 21, 100_000_000))
        let seq = county.spend(1_500, date: "2022-01-20")
        county.spend(300, date: "2022-01-25")
        county.record(Draft.receipt(of: 17, grant: 17, 5_000, date: "2022-02-01"))
        let audited = try county.audited()
        let finding = try #require(audited.only("E05@\(seq)"))
        #expect(finding.difference == 800)
        #expect(finding.message.en.contains("from 2022-01-20 to 2022-01-25"))
    }

    @Test func `E05 needs another grant that had the money, and receipts of both`() throws {
        // Nobody has any: that is no loan.
        var poor = County()
        poor.record(
            Draft.receipt(of: 17, grant: 17, 1_000), Draft.receipt(of: 21, grant: 21, 10))
        poor.spend(2_000)
        #expect(try poor.audited().list == [])
        // The other grant's receipts are missing: nothing is known of it.
        var silent = County()
        silent.record(Draft.receipt(of: 17, grant: 17, 1_000))
        silent.spend(2_000)
        #expect(try silent.audited().list == [])
        #expect(try County().audited().words["E05"] == "notApplicable")
    }
}

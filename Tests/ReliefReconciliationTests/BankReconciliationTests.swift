// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefDisclosure
import ReliefModel
import Testing

@testable import ReliefReconciliation

/// A county with two grants of 1,000,000.00 yuan on 2022-01-10, one expense of 4,000.00 and a batch
/// of three households, 5,000.00, 3,000.00 and 2,000.00, of which the last fails.
@Suite struct BankReconciliationTests {
    private func ledger() throws -> VerifiedLedger<BookHistory> {
        var forge = Forge.spending()
        forge.post(by: .county, [Draft.expense(grant: 17, 400_000, plan: 18, date: "2022-01-20")])
        let batch = forge.count + 1
        forge.post(
            by: .county,
            Draft.batch(
                at: batch, grant: 17,
                [Draft.Line(1, 500_000), Draft.Line(2, 300_000), Draft.Line(3, 200_000)], plan: 18,
                date: "2022-01-22"))
        forge.post(
            by: .county,
            [
                Draft.result("settled", of: batch + 1, grant: 17, 500_000),
                Draft.result("settled", of: batch + 2, grant: 17, 300_000),
                Draft.result("failed", of: batch + 3, grant: 17, 200_000),
            ])
        return try forge.verified()
    }

    private func statement(_ rows: String..., name: String = "b.csv") throws -> BankStatement {
        let text =
            "date,reference,money_in,money_out,balance\n"
            + rows.map { $0 + "\n" }.joined()
        return try BankStatement(sheet(text), name: name, sha256: "0")
    }

    private func report(
        _ statements: [BankStatement], debit: BatchDebit = .settled, window: Int = 15
    ) throws -> ReconciliationReport {
        try #require(
            BankReconciliation.report(
                try ledger(), unit: nil, includesBelow: false, statements: statements,
                debit: debit, window: window))
    }

    private func checks(_ report: ReconciliationReport) -> [String] {
        report.findings.map { "\($0.status.rawValue) \($0.check)" }
    }

    private static let grants = [
        "2022-01-11,1,1000000.00,,1000000.00", "2022-01-11,2,1000000.00,,2000000.00",
    ]

    @Test func `a batch's settled payments go against one debit, and the balances are even`() throws
    {
        let report = try report([
            statement(
                Self.grants[0], Self.grants[1], "2022-01-20,3,,4000.00,1996000.00",
                "2022-01-25,4,,8000.00,1988000.00")
        ])
        #expect(checks(report) == ["agrees matched", "agrees closing"])
        #expect(report.contains("1,988,000.00"))
        #expect(report.exitCode == 0)
    }

    @Test func `a batch debited whole and its failure credited back are one match`() throws {
        let report = try report([
            statement(
                Self.grants[0], Self.grants[1], "2022-01-20,3,,4000.00,1996000.00",
                "2022-01-22,4,,10000.00,1986000.00", "2022-01-25,5,2000.00,,1988000.00")
        ])
        #expect(checks(report) == ["agrees matched", "agrees closing"])
        #expect(report.contains("of which 1 by joining several"))
    }

    @Test func `where the bank takes a batch when it is sent, no lines have to be joined`() throws {
        let rows = try statement(
            Self.grants[0], Self.grants[1], "2022-01-20,3,,4000.00,1996000.00",
            "2022-01-22,4,,10000.00,1986000.00", "2022-01-25,5,2000.00,,1988000.00")
        let sent = try report([rows], debit: .sent)
        #expect(checks(sent) == ["agrees matched", "agrees closing"])
        #expect(sent.contains("of which 0 by joining several"))
        let unanswered = try statement(
            Self.grants[0], Self.grants[1], "2022-01-20,3,,4000.00,1996000.00",
            "2022-01-22,4,,10000.00,1986000.00")
        #expect(
            try report([unanswered], debit: .sent).findings("closing").map(\.status) == [.agrees])
    }

    @Test func `one item may be several lines of the bank`() throws {
        let report = try report([
            statement(
                Self.grants[0], Self.grants[1], "2022-01-20,3,,4000.00,1996000.00",
                "2022-01-25,4,,5000.00,1991000.00", "2022-01-25,5,,3000.00,1988000.00")
        ])
        #expect(checks(report) == ["agrees matched", "agrees closing"])
    }

    @Test func `two grants may come in one credit`() throws {
        let report = try report([
            statement(
                "2022-01-11,1,2000000.00,,2000000.00", "2022-01-20,3,,4000.00,1996000.00",
                "2022-01-25,4,,8000.00,1988000.00")
        ])
        #expect(checks(report) == ["agrees matched", "agrees closing"])
    }

    @Test func `what only one side has is open, and the bridge explains the balance`() throws {
        let report = try report([
            statement(
                Self.grants[0], Self.grants[1], "2022-01-25,4,,8000.00,1992000.00",
                "2022-01-26,5,,33.00,1991967.00", "2022-01-27,6,1.50,,1991968.50")
        ])
        #expect(
            checks(report) == [
                "differs bookOnly", "differs bankOnly", "differs bankOnly", "differs closing",
                "agrees matched",
            ])
        // 1,988,000.00 + 4,000.00 − 33.00 + 1.50
        let bridge = try #require(report.tables.first).table(.en)
        #expect(bridge.rows.count == 5)
        #expect(report.contains("plus: paid in the book, not at the bank"))
        #expect(report.contains("1,991,968.50"))
    }

    @Test func `an amount one fen apart, or a date outside the window, does not match`() throws {
        let fen = try report([
            statement(
                Self.grants[0], Self.grants[1], "2022-01-20,3,,4000.01,1995999.99",
                "2022-01-25,4,,8000.00,1987999.99")
        ])
        #expect(fen.findings("bookOnly").count == 1)
        let days = try report(
            [
                statement(
                    Self.grants[0], Self.grants[1], "2022-01-25,4,,8000.00,1992000.00",
                    "2022-01-26,3,,4000.00,1988000.00")
            ], window: 5)
        #expect(checks(days).contains("differs bookOnly"))
        #expect(checks(days).contains("agrees closing"))
        #expect(days.contains("differences that cancel each other"))
    }

    @Test func `a changed balance is found at its line`() throws {
        let report = try report([
            statement(
                Self.grants[0], Self.grants[1], "2022-01-20,3,,4000.00,1996500.00",
                "2022-01-25,4,,8000.00,1988500.00")
        ])
        let gap = try #require(report.findings("balance").first)
        #expect(gap.place == .same("b.csv:4"))
        #expect(gap.difference == "500.00")
        #expect(report.contains("breaks of the bank's running balance"))
    }

    @Test func `a missing statement shows where two do not join`() throws {
        let first = try statement(Self.grants[0], Self.grants[1], name: "1.csv")
        let third = try statement("2022-01-25,4,,8000.00,1988000.00", name: "3.csv")
        let report = try report([third, first])
        let gap = try #require(report.findings("period").first)
        #expect(gap.message.en.contains("between 2022-01-11 and 2022-01-25 may be missing"))
        #expect(report.findings("bookOnly").count == 1)
    }

    @Test func `a line that two statements have counts once, and newest first is read as well`()
        throws
    {
        let first = try statement(
            "2022-01-20,3,,4000.00,1996000.00", Self.grants[1], Self.grants[0], name: "1.csv")
        let second = try statement(
            "2022-01-20,3,,4000.00,1996000.00", "2022-01-25,4,,8000.00,1988000.00",
            name: "2.csv")
        #expect(
            checks(try report([first, second])) == [
                "remark repeated", "agrees matched", "agrees closing",
            ])
    }

    @Test func `what lies before and after the statements is said and not guessed`() throws {
        let before = try report([
            statement("2022-01-20,3,,4000.00,1995000.00", "2022-01-25,4,,8000.00,1987000.00")
        ])
        // The bank had 1,999,000.00, the book 2,000,000.00.
        #expect(before.findings("opening").map(\.difference) == ["1,000.00"])
        let after = try report([statement(Self.grants[0], Self.grants[1])])
        #expect(checks(after).contains("notEvaluable after"))
        #expect(after.exitCode == 0)
    }

    @Test func `where several combinations fit none is taken`() {
        let items = [1, 1, 2, 2].enumerated().map { index, amount in
            CashItem(
                seqs: [index], kind: .expense, date: CivilDate("2022-01-1\(index)") ?? .earliest,
                amount: -Int64(amount))
        }
        func matching(_ amount: Int64) -> BankMatching {
            let line = BankLine(
                place: "b:1", date: CivilDate("2022-01-12") ?? .earliest, amount: amount,
                balance: 0, reference: nil)
            return BankMatching(items, [line], window: 15)
        }
        // Of neighbours only the second and third come to 3; to 4 the first three, or the last two.
        #expect(matching(-3).matches == [.init(items: [1, 2], lines: [0])])
        #expect(matching(-4).matches == [])
        #expect(matching(-4).ambiguous.contains { $0.isLine && $0.index == 0 })
    }

    @Test func `matching is the same whatever the order of equal ones`() {
        let items = (0..<40).map { index in
            CashItem(
                seqs: [index], kind: .expense, date: CivilDate("2022-01-10") ?? .earliest,
                amount: -100)
        }
        let lines = (0..<40).map { index in
            BankLine(
                place: "b:\(index)", date: CivilDate("2022-01-12") ?? .earliest, amount: -100,
                balance: 0, reference: nil)
        }
        let matching = BankMatching(items, lines, window: 15)
        #expect(matching.matches == (0..<40).map { .init(items: [$0], lines: [$0]) })
    }

    @Test func `names and accounts are neither read nor shown`() throws {
        let text = """
            交易日期,流水号,收入金额(元),支出金额(元),余额(元),对方户名,对方账号
            2022-01-11,1,"1,000,000.00",,"1,000,000.00",赵某某,6217000010001234567

            """
        let statement = try BankStatement(sheet(text), name: "b.csv", sha256: "0")
        let report = try report([statement])
        for language in Language.allCases {
            #expect(!report.text(language).contains("赵"))
            #expect(!report.json(language).contains("6217"))
        }
        for finding in report.findings { #expect(chinese(finding.message.en) == "") }
    }

    @Test func `everything wrong with a statement is said at once`() {
        do {
            _ = try statement(
                "x,1,1.00,,1.00", "2022-01-11,2,1.00,1.00,1.00", "2022-01-11,3,1.001,,1")
            Issue.record("read")
        } catch let error as ReconciliationFileError {
            #expect(error.problems.count == 3)
        } catch {
            Issue.record(error)
        }
    }
}

extension CivilDate {
    fileprivate static let earliest = CivilDate("1949-10-01") ?? CivilDate.of1949
    private static var of1949: CivilDate { preconditionFailure("1949-10-01 is a day") }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerFormat
import LedgerLog
import ReliefDisclosure
import Spreadsheet
import Testing

@testable import ReliefReconciliation

/// The report that the project grew from, as its published figures state it.
@Suite struct StatementCaseTests {
    private let report: ReconciliationReport

    init() throws {
        let folder = repository.appendingPathComponent("Ledgers/linxiang-2023")
        let ledger = try UnverifiedLedger(path: folder.path).verify(folding: BookHistory())
        let path = folder.appendingPathComponent("statement.csv")
        let file = try SpreadsheetFile(
            [UInt8](Data(contentsOf: path)), name: path.lastPathComponent)
        let statement = try StatementFile(
            file, name: "statement.csv", sha256: String(repeating: "0", count: 64))
        report = try #require(StatementReconciliation.report(ledger, statement))
    }

    @Test(arguments: Language.allCases)
    func `every finding has exactly the wording that was reviewed`(language: Language) throws {
        let golden = repository.appendingPathComponent(
            "Tests/ReliefReconciliationTests/Golden/linxiang-2023.\(language.rawValue).txt")
        let text = report.text(language)
        if ProcessInfo.processInfo.environment["BLESS"] == "1" {
            try Data(text.utf8).write(to: golden)
        }
        let expected = try String(contentsOf: golden, encoding: .utf8)
        #expect(text == expected)
    }

    @Test func `the total that its parts do not make is found, and no side is taken`() throws {
        let sums = report.findings("sum").filter { $0.status == .differs }
        let finding = try #require(sums.first)
        #expect(sums.count == 1)
        #expect(finding.stated == "180.0728")
        #expect(finding.computed == "183.0728")
        #expect(finding.difference == "3.0000")
        #expect(finding.message.zh.contains("相差 3.0000 万元"))
        #expect(finding.message.zh.contains("不能判断错在合计还是其中某一项"))
        #expect(finding.message.en.contains("cannot tell whether the total or one of its parts"))
    }

    @Test(arguments: [
        ("1450.95", "sum"), ("629.91", "sum"), ("85.76", "ratio"), ("96", "sum"), ("25", "sum"),
        ("47", "sum"), ("104", "ledger"),
    ])
    func `what holds is confirmed`(stated: String, check: String) {
        #expect(
            report.findings(check).contains { $0.status == .agrees && $0.stated == stated })
    }

    @Test func `the shares of the twelve items come to a hundred`() throws {
        let project = try #require(
            report.findings("sum").first { $0.stated == "1450.95" && $0.status == .agrees })
        #expect(project.message.zh.contains("相加为 100.00%"))
        #expect(report.contains("7.17%"))
    }

    @Test func `claims without base, line, number or split are not evaluated`() {
        let open = report.findings.filter { $0.status == .notEvaluable }
        #expect(open.contains { $0.check == "base" && $0.stated == "58" })
        #expect(open.contains { $0.check == "line" && $0.stated == "90" })
        #expect(open.contains { $0.check == "parts" && $0.stated == "104" })
        #expect(open.contains { $0.message.zh.contains("账中集体研究记录数为 0 次") })
        #expect(open.contains { $0.message.zh.contains("= 2080.86 万元") })
        #expect(open.allSatisfy { $0.status.word.zh == "无法核对" })
    }

    @Test func `penalties, fines and years that cannot all be right are named`() {
        let among = report.findings("among")
        #expect(among.contains { $0.status == .differs && $0.difference == "586" })
        #expect(among.contains { $0.status == .unexplained && $0.difference == "130.7928" })
        #expect(among.contains { $0.status == .unexplained && $0.difference == "794" })
        #expect(report.findings("period").count { $0.status == .differs } == 2)
        #expect(report.findings("day").map(\.status) == [.remark])
    }

    @Test func `the two different 96s are never taken for one`() throws {
        let chance = report.findings("coincidence")
        #expect(chance.count == 1)
        #expect(try #require(chance.first).message.zh.contains("443 − 347，一个是 674 − 578，不是同一批"))
        #expect(!report.findings.contains { $0.status == .differs && $0.stated == "96" })
    }

    @Test func `its exit code says that there are differences`() {
        #expect(report.exitCode == 1)
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import Spreadsheet
import Testing

@testable import ReliefReconciliation

/// Rows of made-up figures against a county with grants of 1,000,000.00 yuan each.
@Suite struct StatementCheckTests {
    private func report(
        _ rows: String..., forge: Forge = .spending()
    ) throws -> ReconciliationReport {
        let text =
            "id,value,unit,formula,ledger,name_zh,name_en\n"
            + rows.map { $0 + "\n" }.joined()
        let file = try StatementFile(sheet(text), name: "t.csv", sha256: "0")
        return try #require(StatementReconciliation.report(forge.verified(), file))
    }

    private func statuses(_ report: ReconciliationReport, _ check: String) -> [String] {
        report.findings(check).map(\.status.rawValue)
    }

    private func problems(_ rows: String...) -> [String] {
        let text =
            "id,value,unit,formula,ledger,name_zh,name_en\n"
            + rows.map { $0 + "\n" }.joined()
        do throws(ReconciliationFileError) {
            _ = try StatementFile(
                SpreadsheetFile(unchecked: text), name: "t.csv", sha256: "0")
            return []
        } catch {
            return error.problems.map(\.en)
        }
    }

    @Test func `a sum is exact to the last decimal, also across units of money`() throws {
        let right = try report(
            "s,1.000001,万元,= a + b,,和,sum", "a,10000,元,,,甲,A", "b,0.01,元,,,乙,B")
        #expect(statuses(right, "sum") == ["agrees"])
        let wrong = try report(
            "s,1.000002,万元,= a + b,,和,sum", "a,10000,元,,,甲,A", "b,0.01,元,,,乙,B")
        #expect(wrong.findings("sum").map(\.difference) == ["0.000001"])
    }

    @Test func `binary noise is none: ten times 0.1 is 1`() throws {
        let parts = (0..<10).map { "p\($0),0.1,万元,,,项,p" }.joined(separator: "\n")
        let formula = (0..<10).map { "p\($0)" }.joined(separator: "+")
        #expect(statuses(try report("s,1,万元,\(formula),,和,sum", parts), "sum") == ["agrees"])
    }

    @Test(arguments: [
        ("85.76", "agrees"), ("85.75", "differs"), ("85.8", "agrees"), ("86", "agrees"),
        ("85.7567", "agrees"), ("85.7566", "differs"),
    ])
    func `a percentage is rounded as finely as it is stated`(stated: String, status: String) throws
    {
        let report = try report(
            "r,\(stated),%,part / whole,,率,rate", "part,578,条,,,部分,part",
            "whole,674,条,,,全部,whole")
        #expect(statuses(report, "ratio") == [status])
    }

    @Test func `a ratio to nothing is not evaluated`() throws {
        let report = try report(
            "r,50,%,part / whole,,率,rate", "part,5,条,,,部分,part", "whole,0,条,,,全部,whole")
        #expect(statuses(report, "parts") == ["notEvaluable"])
    }

    @Test(arguments: [("<= b", 4, "agrees"), ("<= b", 6, "differs"), (">= b", 6, "unexplained")])
    func `a part is no more than its whole`(formula: String, value: Int, status: String) throws {
        let report = try report("a,\(value),家,\(formula),,甲,A", "b,5,家,,,乙,B")
        #expect(report.findings.map(\.status.rawValue) == [status])
    }

    @Test func `what must be among a figure is not more than it`() throws {
        let report = try report("a,225,家,>= b,,甲,A", "b,811,起,,,乙,B")
        #expect(report.findings("among").map(\.difference) == ["586"])
        #expect(report.exitCode == 1)
    }

    @Test func `equal figures without a relation are not compared`() throws {
        let report = try report("a,96,条,,,甲,A", "b,96,项,,,乙,B")
        #expect(report.findings == [])
        #expect(report.exitCode == 0)
    }

    @Test(arguments: ["约400余", "90余", "5万多", "近100"])
    func `an inexact figure is never compared`(value: String) throws {
        let report = try report("a,\(value),次,= b,,甲,A", "b,90,次,,,乙,B")
        #expect(statuses(report, "exact") == ["notEvaluable"])
        #expect(report.exitCode == 0)
    }

    @Test func `a figure that is not stated is not evaluated, and what it would be is said`() throws
    {
        let report = try report(
            "t,,万元,= a + b,granted(),总数,total figure", "a,1,万元,,,甲,A", "b,2,万元,,,乙,B")
        let finding = try #require(report.findings("stated").first)
        #expect(finding.message.en.contains("A 1 + B 2 = 3 (amounts in 10,000 yuan)"))
        #expect(finding.message.en.contains("granted in the ledger: 200 "))
    }

    @Test func `money in no line is named, money in a line is not`() throws {
        let report = try report(
            "s,3,万元,= a + b,,和,sum", "a,1,万元,,,甲,A", "b,2,万元,,,乙,B", "c,9,万元,,,丙,C")
        #expect(report.findings("line").map(\.stated) == ["9"])
    }

    @Test func `the ledger is asked by a fixed few words`() throws {
        var forge = Forge.spending()
        forge.post(by: .chair, [Draft.decision(grant: 17, [("food", 3_000_000, nil)])])
        forge.post(by: .county, [Draft.expense(grant: 17, 400_000, plan: 18)])
        forge.post(by: .county, [Draft.allocation(grant: 17, 10_000_000)])
        let report = try report(
            "a,200,万元,,granted(),甲,A", "b,100,万元,,granted(document=1),乙,B",
            "c,0.4,万元,,spent(),丙,C", "d,1,次,,decisions(purpose=P1),丁,D",
            "e,10,万元,,allocated(year=2022),戊,E", "f,2,个,,units(level=township),己,F",
            "g,10,万元,,available(unit=530523204000),庚,G", "h,2,笔,,grants(source=central),辛,H",
            "i,0,元,,committed(),壬,I", "j,0,元,,returned(source=donation),癸,J",
            forge: forge)
        let differing = report.findings.filter { $0.status != .agrees }.map(\.message.en)
        // Both grants bear the number 1.
        #expect(
            differing == [
                "states 100, but granted in the ledger: 200 (seq 17, 21), difference 100 (amounts in "
                    + "10,000 yuan)"
            ])
    }

    @Test func `one fen apart from the ledger is a difference`() throws {
        let report = try report("a,2000000.01,元,,granted(),甲,A")
        #expect(report.findings("ledger").map(\.difference) == ["0.01"])
    }

    @Test func `a year differs, a day may be spelled two ways`() throws {
        let report = try report(
            "y,2023,年,,,所属期,period", "z,2022,年,= y,,依据,evidence", "d,9.06,月日,,,事件,event",
            "e,9.6,月日,= d,,事件二,event two", "f,9.7,月日,= d,,事件三,event three")
        #expect(statuses(report, "period") == ["differs"])
        #expect(Set(statuses(report, "day")) == ["remark", "differs"])
    }

    @Test func `everything wrong with a file is said at once, with its place`() {
        let problems = problems(
            "A,1,元,,,甲,A", "b,1e5,元,,,乙,B", "c,1,元,= x,,丙,C", "d,1,元,= c *2,,丁,D",
            "e,1,元,,paid(),戊,E", "f,1,家,= c,,己,F", "c,2,元,,,庚,G")
        #expect(problems.count == 7)
        #expect(problems.allSatisfy { $0.hasPrefix("t.csv:") })
        for word in ["id “A”", "“1e5” is no number", "names x", "“= c *2”", "“paid()”", "already"] {
            #expect(problems.contains { $0.contains(word) }, "\(word)")
        }
    }

    @Test func `counts are not compared with money`() {
        #expect(problems("a,1,元,= b,,甲,A", "b,1,家,,,乙,B").count == 1)
        #expect(problems("a,1,家,,granted(),甲,A").count == 1)
        #expect(problems("a,1,家,b / c,,甲,A", "b,1,家,,,乙,B", "c,1,家,,,丙,C").count == 1)
    }

    @Test func `English texts hold no Chinese of their own, and the JSON is one document`() throws {
        let report = try report(
            "a,1,元,= b,granted(),甲,A", "b,2,元,,,乙,B", "c,,家,,units(level=county),丙,C",
            "d,约3,次,,,丁,D", "e,4,%,,,戊,E", "f,5,万元,,,己,F")
        for finding in report.findings { #expect(chinese(finding.text(.en)) == "") }
        #expect(report.json(.en).hasPrefix("{\n"))
        #expect(report.json(.en).contains("\"status\": \"differs\""))
        #expect(try report.workbook(.zh).bytes().count > 1_000)
    }
}

extension SpreadsheetFile {
    /// A CSV file that is known to be one.
    fileprivate init(unchecked text: String) {
        guard let file = try? SpreadsheetFile(Array(text.utf8), name: "t.csv") else {
            preconditionFailure("no CSV")
        }
        self = file
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

/// Part of Longling County's tree (National Bureau of Statistics codes, cut-off 2023-06-30), with
/// two villages under ids of our own.
let longling = """
    # Villages have no code here.
    code,name_zh,level,parent,alias
    530000000000,云南省,province,000000000000,
    530500000000,保山市,prefecture,530000000000,
    530523000000,龙陵县,county,530500000000,
    530523101000,龙山镇,township,530523000000,
    530523204000,龙新乡,township,530523000000,
    530523207000,木城彝族傈僳族乡,township,530523000000,木城乡;木城
    x-530523204000-lx,龙新,below,530523204000,
    x-530523101000-lx,龙新,below,530523101000,龙山龙新
    """

extension DivisionTable {
    /// Reads the plain CSV of these tests: no quotes, `#` for comments.
    init(csv text: String) throws(DivisionError) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.element.hasPrefix("#") && !$0.element.isEmpty }
        try self.init(
            rows: lines.dropFirst().map { index, line in
                Row(
                    line: index + 1,
                    fields: line.split(separator: ",", omittingEmptySubsequences: false)
                        .map(String.init))
            })
    }
}

@Suite struct `Divisions files` {
    private func lines(_ text: String) -> [[Int]] {
        do {
            _ = try DivisionTable(csv: text)
            return []
        } catch {
            return error.problems.map { [$0.line, $0.column] }
        }
    }

    private func table(_ rows: String...) -> String {
        "code,name_zh,level,parent,alias\n" + rows.joined(separator: "\n")
    }

    @Test func `a county's tree is read with names, parents, aliases and lines`() throws {
        let table = try DivisionTable(csv: longling)
        #expect(table.divisions.count == 8)
        let muCheng = table.divisions[5]
        #expect(muCheng.unit == UnitID("530523207000"))
        #expect(muCheng.name == "木城彝族傈僳族乡")
        #expect(muCheng.parent == UnitID("530523000000"))
        #expect(muCheng.aliases == ["木城乡", "木城"])
        #expect(muCheng.line == 8)
        #expect(table.divisions[6].unit.isOfficial == false)
    }

    @Test(arguments: [
        ("53052,x,county,530500000000,", [[2, 1]]),
        ("000000000000,x,state,000000000000,", [[2, 1]]),
        ("530523000000,,county,530500000000,", [[2, 2]]),
        ("530523000000, x,county,530500000000,", [[2, 2]]),
        ("530523000000,x,township,530500000000,", [[2, 3]]),
        ("530523000000,x,县,530500000000,", [[2, 3]]),
        ("530523000000,x,county,5305,", [[2, 4]]),
        ("530523000000,x,county,530523000000,", [[2, 4]]),
        ("530523000000,x,county,430600000000,", [[2, 4]]),
        ("530523000000,x,county,530523101000,", [[2, 4]]),
        ("530523000000,x,county,530500000000,x", [[2, 5]]),
        ("530523000000,x,county,530500000000,a;a", [[2, 5]]),
        ("530523000000,x,county,530500000000,a;;b", [[2, 5]]),
        ("530523000000,x,city,99,", [[2, 3], [2, 4]]),
    ])
    func `a fault is refused at its line and column`(row: String, expected: [[Int]]) {
        #expect(lines(table(row)) == expected)
    }

    @Test func `the faults of all rows are told at once, in both languages`() throws {
        let text = table(
            "530523000000,龙陵县,county,530500000000,", "53,x,county,530500000000,",
            "530523000000,龙陵县,county,530500000000,", "530523101000,,village,530523000000,")
        let error = try #require(throws: DivisionError.self) {
            try DivisionTable(csv: text)
        }
        #expect(
            error.problems.map { [$0.line, $0.column] } == [[3, 1], [4, 1], [5, 2], [5, 3]])
        #expect(
            error.problems[1].message.zh == "代码 530523000000 在第2行已出现，应各不相同；请删除或改正一行")
        #expect(
            error.problems[1].message.en == "530523000000 was listed on line 2, "
                + "expected once; remove or correct one")
    }

    @Test func `a parent stands before its children`() {
        let text = table(
            "530523101000,龙山镇,township,530523000000,",
            "530523000000,龙陵县,county,530500000000,")
        #expect(lines(text) == [[2, 4]])
    }

    @Test func `seventeen aliases are too many`() {
        let aliases = (1...17).map { "a\($0)" }
        let row = "530523000000,x,county,530500000000," + aliases.joined(separator: ";")
        #expect(lines(table(row)) == [[2, 5]])
        let fewer =
            "530523000000,x,county,530500000000," + aliases.dropLast().joined(separator: ";")
        #expect(lines(table(fewer)) == [])
    }
}

@Suite struct `Unit names` {
    private let names: UnitNames
    private let county: UnitID
    private let township: UnitID

    init() throws {
        names = UnitNames(try DivisionTable(csv: longling))
        county = try #require(UnitID("530523000000"))
        township = try #require(UnitID("530523204000"))
    }

    @Test(arguments: [
        ("530523207000", "530523207000"), ("木城彝族傈僳族乡", "530523207000"),
        ("木城乡", "530523207000"), ("木城", "530523207000"), ("龙新乡", "530523204000"),
        ("x-530523204000-lx", "x-530523204000-lx"), ("龙山龙新", "x-530523101000-lx"),
    ])
    func `a code, a name or an alias names one unit`(text: String, unit: String) throws {
        #expect(try names.resolve(text, within: county) == UnitID(unit))
    }

    @Test func `a name of two units is refused with both, and told apart in a subtree`() throws {
        let error = try #require(throws: UnitNameError.self) {
            try names.resolve("龙新", within: county)
        }
        guard case .ambiguous(_, let candidates) = error else {
            Issue.record("expected an ambiguity, found \(error)")
            return
        }
        #expect(
            candidates.map(\.description) == ["x-530523101000-lx 龙新", "x-530523204000-lx 龙新"])
        #expect(error.message.zh == "“龙新”可指 x-530523101000-lx 龙新、x-530523204000-lx 龙新；请改写代码")
        #expect(error.message.en.contains("x-530523101000-lx 龙新, x-530523204000-lx 龙新"))
        let inside = try names.resolve("龙新", within: township)
        #expect(inside == UnitID("x-530523204000-lx"))
    }

    @Test(arguments: ["龙新镇", "龙新 乡", "", "530523999000"])
    func `a name or code of no unit is refused`(text: String) throws {
        let error = try #require(throws: UnitNameError.self) {
            try names.resolve(text, within: county)
        }
        let subtree = UnitNameError.Candidate(unit: county, name: "龙陵县")
        #expect(error == .unknown(text: text, subtree: subtree))
    }

    @Test(arguments: ["保山市", "530500000000", "龙山镇"])
    func `a unit outside the subtree is refused`(text: String) throws {
        let error = try #require(throws: UnitNameError.self) {
            try names.resolve(text, within: township)
        }
        guard case .outside = error else {
            Issue.record("expected a unit outside, found \(error)")
            return
        }
        #expect(error.message.zh.contains("530523204000 龙新乡"))
    }

    @Test func `a new name is shown and the old one still finds the unit`() throws {
        var names = names
        names.insert(township, name: "龙新镇", aliases: ["龙新乡", "龙新镇"])
        #expect(names.name(of: township) == "龙新镇")
        #expect(try names.resolve("龙新镇", within: county) == township)
        #expect(try names.resolve("龙新乡", within: county) == township)
    }
}

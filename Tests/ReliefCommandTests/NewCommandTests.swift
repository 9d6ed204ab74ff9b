// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import relief

@Suite struct NewCommandTests {
    static let allocation = [
        "allocation", "龙陵县", "1", "龙新", "12345.67", "2022-01-05", "龙财建〔2022〕1号", "",
    ]

    @Test func `answers become the entry that the shown command would record`() throws {
        let guided = try ReliefProgram()
        try guided.found()
        let grant = try guided.grant()
        let answer = try guided.answer(Self.allocation + ["y"], ["new"])
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(
            answer.errors.contains(
                "relief allocate --unit=530523000000 --grant=\(grant) --to=530523204000 "
                    + "--amount=12345.67 --date=2022-01-05 '--document-number=龙财建〔2022〕1号'"),
            "\(answer.errors)")
        let entry = try #require(guided.lastEntries.last)
        #expect(entry["kind"] as? String == "allocation")
        #expect(entry["amount"] as? Int == 1_234_567)
        #expect(entry["to"] as? String == "530523204000")
        #expect(try guided.verify().status == 0)
    }

    @Test func `a wrong answer is asked again at once, in Chinese too`() throws {
        let relief = try ReliefProgram()
        try relief.found()
        try relief.grant()
        let answer = try relief.answer(
            [
                "allocation", "没有的县", "龙陵县", "1", "龙新", "约3万", "1,2", "12345.67",
                "2022-02-30", "2022-01-05", "", "", "是",
            ], ["new"], language: "zh")
        #expect(answer.status == 0, "\(answer.errors)")
        for word in ["没有的县", "约3万", "“2022-02-30”不是日期"] {
            #expect(answer.errors.contains(word), "\(word): \(answer.errors)")
        }
    }

    @Test func `what a rule refuses is mended in place, or given up with nothing recorded`() throws
    {
        let relief = try ReliefProgram()
        try relief.found()
        try relief.grant()
        let before = relief.ledger
        var answers = Self.allocation
        answers[4] = "310001"
        let given = try relief.answer(answers + [""], ["new"])
        #expect(given.status == 1)
        #expect(given.errors.contains("rule B03"))
        #expect(relief.ledger == before)
        let mended = try relief.answer(answers + ["4", "310000", "y"], ["new"])
        #expect(mended.status == 0, "\(mended.errors)")
        #expect(relief.lastEntries.last?["amount"] as? Int == 31_000_000)
    }

    @Test(arguments: [0, 1, 3, 7, 8])
    func `answers that end early record nothing`(count: Int) throws {
        let relief = try ReliefProgram()
        try relief.found()
        try relief.grant()
        let before = relief.ledger
        let answer = try relief.answer(Array(Self.allocation.prefix(count)), ["new"])
        #expect(answer.status == 3)
        #expect(answer.errors.contains("nothing was recorded"))
        #expect(relief.ledger == before)
    }

    @Test func `without a yes nothing is recorded, with --yes no question is asked`() throws {
        let relief = try ReliefProgram()
        try relief.found()
        try relief.grant()
        let before = relief.ledger
        #expect(try relief.answer(Self.allocation + [""], ["new"]).status == 1)
        #expect(relief.ledger == before)
        #expect(try relief.answer(Self.allocation, ["new", "--yes"]).status == 0)
        #expect(relief.ledger != before)
    }

    @Test func `money that arrived is acknowledged by answers`() throws {
        let relief = try ReliefProgram()
        try relief.found()
        let grant = try relief.grant()
        let answer = try relief.answer(
            ["receipt", "龙陵县", "1", "310000", "2022-01-05", "", "", "y"], ["new"])
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(relief.lastEntries.last?["target"] as? Int == grant)
        let listed = try relief.run("list", "receipt", "--ledger", "L", "--unit", "龙陵县")
        #expect(listed.status == 0 && listed.output.contains("310,000.00"), "\(listed.output)")
        #expect(try relief.run("list", "nothing", "--ledger", "L").status == 64)
    }

    @Test func `a step back forgets only the last answer`() throws {
        let relief = try ReliefProgram()
        try relief.found()
        try relief.grant()
        let answer = try relief.answer(
            ["allocation", "龙陵县", "1", "象达", "<", "龙新", "100", "2022-01-05", "", "", "y"],
            ["new"])
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(relief.lastEntries.last?["to"] as? String == "530523204000")
    }

    @Test func `a roster is paid by answers, and its mistakes are all told first`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.write(
            "姓名,身份证号,人数,金额\n张三,\(ReliefProgram.identity(2)),2,600\n李四,,x,1\n", to: "bad.csv")
        try relief.write(
            "姓名,身份证号,人数,金额\n张三,\(ReliefProgram.identity(1)),2,600\n", to: "roster.csv")
        let answer = try relief.answer(
            [
                "payment", "bad.csv", "roster.csv", "龙陵县", "1", "food", ReliefProgram.period,
                "300/person", "\(seqs.roster)",
                "\(seqs.plan)", "", "2022-01-10", "", "", "y",
            ], ["new"])
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.errors.contains("bad.csv"))
        #expect(relief.lastEntries.compactMap { $0["kind"] as? String } == ["batch", "payment"])
    }

    @Test func `words for the shell are quoted as a shell reads them`() throws {
        for word in [
            "plain", "--a=b", "示例〔2023〕1号", "it's", "", "a b", "$(x)", "`x`", "\\", "\"", "*",
        ] {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", "printf %s " + NewCommand.quoted(word)]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let output = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(String(decoding: output, as: UTF8.self) == word)
        }
    }
}

extension ReliefProgram {
    /// The entries of the last posting.
    fileprivate var lastEntries: [[String: Any]] {
        let records = (ledger ?? Data()).split(separator: 0x0A).compactMap {
            (try? JSONSerialization.jsonObject(with: Data($0))) as? [String: Any]
        }
        guard let opened = records.lastIndex(where: { $0["kind"] as? String == "posting" }) else {
            return []
        }
        return Array(records[(opened + 1)...].dropLast())
    }
}

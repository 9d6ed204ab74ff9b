// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite struct BookCommandTests {
    private func program() throws -> (relief: ReliefProgram, seqs: SpendingSeqs) {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        let paid = try relief.expense(
            seqs, "food", "12000", "--plan", "\(seqs.plan)", "--decision", "\(seqs.decision)")
        try #require(paid.status == 0, "\(paid.errors)")
        return (relief, seqs)
    }

    private func book(
        _ relief: ReliefProgram, _ arguments: String..., language: String = "en"
    ) throws -> ReliefProgram.Answer {
        try relief.run(["book"] + arguments + ["--ledger", "L"], language: language)
    }

    @Test func `the list names every book, and each name is one`() throws {
        let (relief, _) = try program()
        let names = try relief.run(["book", "--list"]).output.split(separator: "\n")
            .compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(names.count == 7)
        for name in names where name != "payments" {
            #expect(try book(relief, name).status == 0, "\(name)")
        }
    }

    @Test func `a rate under 90 % without a reason is named on standard error and marked`() throws {
        let (relief, seqs) = try program()
        let bare = try book(relief, "execution")
        #expect(bare.status == 0)
        #expect(bare.output.contains("[NO REASON GIVEN]"))
        #expect(bare.errors.contains("under 90 %"))
        try relief.write(
            "unit,grant,reason\n龙陵县,\(seqs.grant),snow on the roads\n", to: "why.csv")
        let stated = try book(relief, "execution", "--reasons", "why.csv")
        #expect(stated.output.contains("snow on the roads"))
        #expect(!stated.output.contains("[NO REASON GIVEN]"))
        #expect(stated.errors == "")
    }

    @Test func `a file of reasons is refused with everything that is wrong in it`() throws {
        let (relief, seqs) = try program()
        let number = ReliefProgram.identity(1)
        try relief.write(
            """
            unit,grant,reason
            nowhere,\(seqs.grant),a
            龙陵县,999,b
            龙陵县,\(seqs.grant),
            龙陵县,\(seqs.grant),paid to \(number)
            龙陵县,\(seqs.grant),again

            """, to: "why.csv")
        let answer = try book(relief, "execution", "--reasons", "why.csv")
        #expect(answer.status == 64)
        #expect(answer.output == "")
        for line in 2...6 { #expect(answer.errors.contains("why.csv:\(line):"), "\(line)") }
        #expect(!answer.errors.contains(number))
    }

    @Test func `the file's name says the format, and no file is written over`() throws {
        let (relief, _) = try program()
        for name in ["b.csv", "b.json", "b.xlsx"] {
            let answer = try book(relief, "balances", "--out", name)
            #expect(answer.status == 0, "\(answer.errors)")
            let before = try Data(contentsOf: URL(fileURLWithPath: relief.folder + "/" + name))
            #expect(before.count > 100)
            let again = try book(relief, "balances", "--out", name)
            #expect(again.status == 3)
            #expect(again.errors.contains(name))
            #expect(
                try Data(contentsOf: URL(fileURLWithPath: relief.folder + "/" + name)) == before)
        }
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: relief.folder + "/b.xlsx"))
                .starts(with: [0x50, 0x4B]))
    }

    @Test func `all writes every book twice into a new folder, or nothing`() throws {
        let (relief, _) = try program()
        let answer = try book(relief, "all", "--out", "books")
        #expect(answer.status == 0, "\(answer.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: relief.folder + "/books")
        #expect(
            Set(names)
                == Set(
                    ["register", "balances", "execution", "collective", "villages", "purposes"]
                        .flatMap { [$0 + ".csv", $0 + ".xlsx"] }))
        let again = try book(relief, "all", "--out", "books")
        #expect(again.status == 3)
    }

    @Test func `what cannot be meant is a usage error that says what to write`() throws {
        let (relief, _) = try program()
        for arguments in [
            ["novel"], ["all"], ["payments"], ["balances", "--batch", "3"],
            ["balances", "--format", "xlsx"], ["balances", "--grant", "999"],
            ["balances", "--year", "1999"], ["balances", "--unit", "nowhere"],
            ["payments", "--batch", "2"],
        ] {
            let answer = try relief.run(["book"] + arguments + ["--ledger", "L"])
            #expect(answer.status == 64, "\(arguments)")
            #expect(answer.output == "", "\(arguments)")
            #expect(answer.errors.hasPrefix("relief: error: "), "\(answer.errors)")
        }
    }

    @Test func `slip prints the last posting or the one that is asked for, and never overwrites`()
        throws
    {
        let (relief, seqs) = try program()
        let last = try relief.run(["slip", "--ledger", "L", "--out", "a.html"])
        #expect(last.status == 0, "\(last.errors)")
        let page = try String(contentsOfFile: relief.folder + "/a.html", encoding: .utf8)
        #expect(page.contains("12,000.00") && page.contains("壹万贰仟元整"))
        let grant = try relief.run(["slip", "\(seqs.grant)", "--ledger", "L", "--out", "b.html"])
        #expect(grant.status == 0)
        #expect(
            !(try String(contentsOfFile: relief.folder + "/b.html", encoding: .utf8))
                .contains("12,000.00"))
        #expect(try relief.run(["slip", "--ledger", "L", "--out", "a.html"]).status == 3)
        #expect(try relief.run(["slip", "9999", "--ledger", "L", "--out", "c.html"]).status == 64)
        #expect(
            try relief.run(["slip", "--posting", "00", "--ledger", "L", "--out", "c.html"]).status
                == 64)
        #expect(!FileManager.default.fileExists(atPath: relief.folder + "/c.html"))
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Notices and objections, changes of purpose and carry-overs, as an officer records them.
@Suite struct LifecycleTests {
    @Test(arguments: ["en", "zh"])
    func `what was not posted is refused, and the hint names the command that mends it`(
        language: String
    ) throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.write(ReliefProgram.roster(0..<2), to: "a.csv")
        let before = relief.ledger
        func refused(_ roster: String, _ date: String, _ parts: String...) throws {
            let answer = try relief.seal(
                [
                    "pay", "a.csv", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--item", "food",
                    "--period", ReliefProgram.period, "--plan", "\(seqs.plan)", "--date", date,
                ] + (roster.isEmpty ? [] : ["--roster", roster]), language: language)
            #expect(answer.status == 1)
            for part in parts {
                #expect(answer.errors.contains(part), "\(part) in \(answer.errors)")
            }
        }
        try refused("", "2022-01-10", "D01", "--roster \(seqs.roster)")
        try refused("\(seqs.roster)", "2022-01-03", "D01", "2022-01-03", "--date")
        #expect(relief.ledger == before)

        let notice = seqs.roster + 3
        try relief.expectRecorded(
            "object", "--target", "\(notice)", "--reason", "反映人口数不符", "--date", "2022-01-02")
        let objection = relief.lastSeq
        try refused(
            "\(seqs.roster)", "2022-01-10", "D01",
            "relief object --target \(objection) --outcome")
        try relief.expectRecorded(
            "object", "--target", "\(objection)", "--outcome", "upheld", "--reason", "属实", "--date",
            "2022-01-03")
        try refused("\(seqs.roster)", "2022-01-10", "R05", "relief show \(seqs.roster)")
        let shown = try relief.run("show", "\(seqs.roster)", "--ledger", "L", language: language)
        #expect(shown.output.contains(language == "zh" ? "办结：成立" : "upheld by seq"))
    }

    @Test func `a notice takes its figures from the roster, and may not say others`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        let notice = try #require(relief.records.last { $0["kind"] as? String == "notice" })
        #expect(notice["count"] as? Int == 100)
        #expect(notice["amount"] as? Int == 50_000_000)
        #expect(notice["grant"] as? Int == seqs.grant)
        let wrong = try relief.seal([
            "notice", "--target", "\(seqs.roster)", "--round", "2", "--place", "村口", "--date",
            "2022-01-04", "--until", "2022-01-10", "--count", "99",
        ])
        #expect(wrong.status == 1 && wrong.errors.contains("rule R05"))
        let all = try relief.seal([
            "notice", "--target", "\(seqs.plan)", "--round", "0", "--place",
            "电话 13812345678", "--date", "2022-01-04", "--until", "2022-01-03",
        ])
        #expect(all.status == 64)
        for place in ["--target: ", "--round: ", "--place: ", "--until: "] {
            #expect(all.errors.contains(place), "\(place) in \(all.errors)")
        }
        #expect(!all.errors.contains("13812345678"))
    }

    @Test func `what will only matter at payment is said when it is recorded`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        func notice(until: String) throws -> ReliefProgram.Answer {
            try relief.seal([
                "notice", "--target", "\(seqs.roster)", "--round", "2", "--place", "村口", "--date",
                "2022-01-04", "--until", until,
            ])
        }
        let short = try notice(until: "2022-01-09")
        #expect(short.status == 0 && short.errors.contains("posted for 6 days"), "\(short.errors)")
        let long = try notice(until: "2022-01-10")
        #expect(long.status == 0 && !long.errors.contains("posted for"), "\(long.errors)")
        let granted = try #require(
            relief.records.first { $0["kind"] as? String == "grant" }?["date"] as? String)
        func receipt(_ date: String) throws -> ReliefProgram.Answer {
            try relief.seal([
                "receipt", "--unit", "龙陵县", "--target", "\(seqs.grant)", "--amount", "100",
                "--date", date,
            ])
        }
        let early = try receipt("2021-01-01")
        #expect(
            early.status == 0 && early.errors.contains("before record \(seqs.grant) sent it"),
            "\(early.errors)")
        #expect(try !receipt(granted).errors.contains("before record"))
    }

    @Test func `no identity number and no telephone number stands in an objection`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        let before = relief.ledger
        for text in [ReliefProgram.identity(3), "13812345678"] {
            for target in [["--target", "\(seqs.roster + 3)"], []] {
                let answer = try relief.seal(["object", "--reason", "反映 \(text) 不符"] + target)
                #expect(answer.status == 64 && answer.errors.contains("--reason: "))
                #expect(!answer.errors.contains(text))
            }
        }
        #expect(relief.ledger == before)
    }

    @Test func `money is given another purpose, and spent on it`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        let change = [
            "repurpose", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--amount", "1000",
            "--purpose",
            "H1", "--date", "2022-01-10",
        ]
        let number = ["--document-number", "财社调〔2022〕1号"]
        let low = try relief.seal(change + number + ["--level", "county"])
        #expect(low.status == 1)
        for part in ["rule E06", "≥ provincial", "relief return --unit"] {
            #expect(low.errors.contains(part), "\(part) in \(low.errors)")
        }
        let both = try relief.seal(change + number + ["--level", "中央", "--into", "\(seqs.grant)"])
        #expect(both.status == 64 && both.errors.contains("--into: "))
        let bare = try relief.seal(change)
        #expect(bare.status == 64)
        #expect(bare.errors.contains("--level: ") && bare.errors.contains("--document-number: "))
        let done = try relief.seal(change + number + ["--level", "中央"])
        try #require(done.status == 0, "\(done.errors)")
        let twin = relief.lastSeq
        try relief.expectRecorded(
            "plan", "--unit", "龙陵县", "--grant", "\(twin)", "--title", "应急", "--line", "rescue=1000",
            "--date", "2022-01-11")
        try relief.expectRecorded(
            "expense", "--unit", "龙陵县", "--grant", "\(twin)", "--plan", "\(relief.lastSeq)",
            "--item",
            "rescue", "--payee", ReliefProgram.firm, "--amount", "1000", "--date", "2022-01-12")
        let register = try relief.run("register", "--ledger", "L", "--csv", "-").output
        #expect(register.contains("1000.00") || register.contains("1,000.00"))
        #expect(try relief.verify().status == 0)
        try relief.expectRecorded("disclose", "--unit", "龙陵县", "--out", "public")
    }

    @Test func `what is left is carried over whole, by its own and by a table`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        let part = try relief.seal([
            "carryover", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--amount", "5", "--date",
            "2022-12-31",
        ])
        #expect(part.status == 1)
        for text in ["rule B05", "relief balance --grant \(seqs.grant)"] {
            #expect(part.errors.contains(text), "\(text) in \(part.errors)")
        }
        try relief.write(
            """
            kind,label,unit,grant,date,to,amount,into
            allocation,,龙陵县,\(seqs.grant),2022-01-10,龙新乡,500,
            carryover,N,龙新乡,\(seqs.grant),2022-12-31,,500,
            carryover,,龙陵县,\(seqs.grant),2022-12-31,,309500,N

            """, to: "c.csv")
        let answer = try relief.seal(["post", "c.csv"])
        #expect(answer.status == 0, "\(answer.errors)")
        let shown = try relief.run("balance", "--ledger", "L").output
        #expect(shown.contains("309,500.00"))
        let empty = try relief.seal([
            "carryover", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--date", "2022-12-31",
        ])
        #expect(empty.status == 64 && empty.errors.contains("relief balance"))
        let late = try relief.seal([
            "expense", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--plan", "\(seqs.plan)",
            "--item",
            "food", "--payee", ReliefProgram.firm, "--amount", "5", "--date", "2023-01-04",
        ])
        #expect(late.status == 1 && late.errors.contains("rule B04"))
        #expect(try relief.verify().status == 0)
    }
}

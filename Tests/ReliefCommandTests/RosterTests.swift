// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The private roster from import to destruction, as officers and auditors run it.
@Suite struct RosterTests {
    static let heading =
        "序号,村,组,户主姓名,身份证号,联系方式,家庭类型,家庭人口,家庭住址,需救助人口(人),金额(元),开户行,银行卡号,救助原因\n"

    static func card(_ number: Int) -> String {
        let body = "622848" + String(String(10_000_000_000 + number).suffix(9)) + "000"
        let sum = body.reversed().enumerated().reduce(0) { sum, digit in
            let value = (digit.element.wholeNumberValue ?? 0) * (digit.offset % 2 == 0 ? 2 : 1)
            return sum + (value > 9 ? value - 9 : value)
        }
        return body + "\((10 - sum % 10) % 10)"
    }

    static func row(_ number: Int, village: String = "黄草坝村", persons: Int = 2) -> String {
        "\(number + 1),\(village),\(number % 3 + 1)组,王某\(number),\(ReliefProgram.identity(number)),"
            + "1380000\(1000 + number),\(number % 2 == 0 ? "低保" : "一般户"),4,"
            + "黄草坝\(number)号,\(persons),\(persons * 90),农商行,\(card(number)),歉收\(number)\n"
    }

    static func rows(_ numbers: Range<Int>) -> String {
        heading + numbers.map { row($0, village: $0 < 2 ? "黄草坝村" : "勐冒村") }.joined()
    }

    /// What must never leave the private folder.
    static func personal(_ number: Int) -> [String] {
        [
            "王某\(number)", ReliefProgram.identity(number), "1380000\(1000 + number)",
            "黄草坝\(number)号", card(number), "歉收\(number)",
        ]
    }

    /// A ledger with two villages below 龙新乡.
    private func county() throws -> (ReliefProgram, SpendingSeqs) {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        for (name, slug) in [("黄草坝村", "hcb"), ("勐冒村", "mm")] {
            try relief.expectRecorded(
                "unit", "add", "--parent", "龙新乡", "--name", name, "--slug", slug)
        }
        return (relief, seqs)
    }

    private func importing(
        _ relief: ReliefProgram, _ seqs: SpendingSeqs, _ extra: String...,
        file: String = "list.csv"
    ) throws -> ReliefProgram.Answer {
        try relief.run(
            [
                "roster", "import", file, "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--item",
                "food", "--period", ReliefProgram.period, "--date", "2022-01-05", "--ledger", "L",
            ] + extra)
    }

    private func run(_ relief: ReliefProgram, _ arguments: String...) throws
        -> ReliefProgram.Answer
    {
        try relief.run(["roster"] + arguments + ["--ledger", "L"])
    }

    @Test func `a list goes from import to payment, and the auditor finds that all agrees`() throws
    {
        let (relief, seqs) = try county()
        try relief.write(Self.rows(0..<5), to: "list.csv")
        let rehearsed = try importing(relief, seqs, "--rate", "90/人", "--dry-run")
        #expect(rehearsed.status == 0, "\(rehearsed.errors)")
        #expect(rehearsed.output.contains("nothing was kept"))
        #expect(try run(relief, "list").status == 3, "nothing was kept")
        let imported = try importing(relief, seqs, "--rate", "90/人")
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(imported.output.contains("勐冒村"))
        #expect(
            imported.output.contains("minimum allowance: 3 households, 6 persons, 540.00 yuan"),
            "\(imported.output)")
        #expect(!relief.everythingUnderLedger.contains("王某"))

        let early = try relief.seal(["roster", "pay", "1", "--plan", "\(seqs.plan)"])
        #expect(early.status == 1 && early.errors.contains("expected approved"))
        let backwards = try run(relief, "advance", "1", "--stage", "reported")
        #expect(backwards.status == 64)
        try relief.write(Self.heading + Self.row(3, village: "勐冒村", persons: 3), to: "fix.csv")
        let advanced = try run(
            relief, "advance", "1", "--stage", "approved", "--without", "5", "--reason", "已迁出",
            "--corrections", "fix.csv")
        #expect(advanced.status == 0, "\(advanced.errors)")
        #expect(advanced.errors.contains("passes over: reviewed by the village, examined by"))
        #expect(try run(relief, "advance", "1", "--stage", "examined").status == 1, "replaced")
        let unrecorded = try relief.seal(["roster", "pay", "2", "--plan", "\(seqs.plan)"])
        #expect(unrecorded.status == 1 && unrecorded.errors.contains("relief roster record 2"))

        try relief.expectRecorded("roster", "record", "2")
        let seq = relief.lastSeq
        let entry = try #require(relief.records.first { $0["seq"] as? Int == seq })
        #expect(entry["kind"] as? String == "roster" && entry["stage"] as? String == "approved")
        #expect(entry["count"] as? Int == 4 && entry["persons"] as? Int == 9)
        #expect(entry["amount"] as? Int == 81_000)
        let again = try relief.seal(["roster", "record", "2"])
        #expect(again.status == 0 && again.output.contains("already recorded at seq \(seq)"))

        try relief.expectRecorded(
            "notice", "--target", "\(seq)", "--round", "1", "--place", "村务公开栏", "--date",
            "2022-01-06", "--until", "2022-01-20")
        let pay = [
            "roster", "pay", "2", "--plan", "\(seqs.plan)", "--rate", "90/人", "--date",
            "2022-02-01",
        ]
        let part = try relief.seal(pay + ["--part", "黄草坝村"])
        #expect(part.status == 0, "\(part.errors)")
        let batch = try #require(relief.records.last { $0["kind"] as? String == "batch" })
        #expect(batch["roster"] as? Int == seq && batch["count"] as? Int == 2)
        let before = relief.ledger
        let twice = try relief.seal(pay + ["--part", "黄草坝村"])
        #expect(twice.status == 0 && twice.output.contains("already recorded"))
        #expect(relief.ledger == before)
        let half = try run(relief, "check", "2")
        #expect(half.status == 0, "\(half.errors)")
        #expect(half.output.contains("not paid 2 households: row 3, 4"), "\(half.output)")
        #expect(try relief.seal(pay + ["--part", "勐冒村"]).status == 0)
        let whole = try run(relief, "check", "2")
        #expect(whole.status == 0 && whole.output.contains("4 payments, 810.00 yuan"))
        let verified = try relief.verify("--as-of", "2022-02-10")
        #expect(verified.status == 0, "\(verified.output)")
        let ledger = String(decoding: relief.ledger ?? Data(), as: UTF8.self)
        for number in 0..<5 {
            for text in Self.personal(number) { #expect(!ledger.contains(text)) }
        }
    }

    @Test func `a payment that the list does not have is found by the check`() throws {
        let (relief, seqs) = try county()
        try relief.write(Self.rows(0..<3), to: "list.csv")
        #expect(try importing(relief, seqs, "--stage", "approved").status == 0)
        try relief.expectRecorded("roster", "record", "1")
        let seq = relief.lastSeq
        try relief.expectRecorded(
            "notice", "--target", "\(seq)", "--round", "1", "--place", "村务公开栏", "--date",
            "2022-01-06", "--until", "2022-01-20")
        // The ordinary way of paying, by a file with another person and another amount; the totals
        // are within the list's.
        try relief.write(
            "姓名,身份证号,人数,金额\n王某0,\(ReliefProgram.identity(0)),2,180\n"
                + "王某1,\(ReliefProgram.identity(1)),2,170\n"
                + "王某9,\(ReliefProgram.identity(9)),2,180\n", to: "other.csv")
        let pay = [
            "pay", "other.csv", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--item", "food",
            "--period", ReliefProgram.period, "--plan", "\(seqs.plan)", "--roster", "\(seq)",
            "--date", "2022-02-01",
        ]
        let before = relief.ledger
        let refused = try relief.seal(pay)
        #expect(refused.status == 1)
        #expect(
            refused.errors.contains(
                "other.csv:3: rule R05, roster, notice and payments differ: differs from row 2 of "
                    + "roster \(seq): expected 2 persons and 180.00 yuan, found 2 and 170.00"),
            "\(refused.errors)")
        #expect(refused.errors.contains("other.csv:4: rule R05") && !refused.errors.contains("王某"))
        #expect(relief.ledger == before)

        // On a machine without the list nobody can be looked up, which is said.
        let away = relief.folder + "/away"
        try FileManager.default.moveItem(
            atPath: relief.folder + "/L/private/roster", toPath: away)
        let paid = try relief.seal(pay)
        #expect(paid.status == 0, "\(paid.errors)")
        #expect(paid.errors.contains("only the totals are checked"))
        try FileManager.default.moveItem(
            atPath: away, toPath: relief.folder + "/L/private/roster")
        let batch = try #require(
            relief.records.last { $0["kind"] as? String == "batch" }?["seq"] as? Int)
        let check = try run(relief, "check", "1")
        #expect(check.status == 1)
        #expect(check.errors.contains("record \(batch + 2): 2 persons, 170.00 yuan"))
        #expect(check.errors.contains("record \(batch + 3): its payee is not on the list"))
        #expect(!check.errors.contains("record \(batch + 1):"), "\(check.errors)")
    }

    @Test func `a card that the bank refused is corrected, and nothing else of the list changes`()
        throws
    {
        let (relief, seqs) = try county()
        try relief.write(Self.rows(0..<3), to: "list.csv")
        #expect(try importing(relief, seqs, "--stage", "approved").status == 0)
        let before = try run(relief, "show", "1", "--reveal").output
        try relief.write(
            "序号,卡号,开户行\n2,\(Self.card(77)),信用社\n9,\(Self.card(78)),\n1,123,\n", to: "bad.csv")
        let bad = try run(relief, "cards", "1", "bad.csv")
        #expect(bad.status == 64)
        #expect(bad.errors.contains("bad.csv:3:序号") && bad.errors.contains("bad.csv:4:卡号"))
        #expect(try run(relief, "show", "1", "--reveal").output == before)
        try relief.write(
            "身份证号,卡号\n\(ReliefProgram.identity(1)),\(Self.card(77))\n", to: "cards.csv")
        let corrected = try run(relief, "cards", "1", "cards.csv")
        #expect(corrected.status == 0, "\(corrected.errors)")
        let after = try run(relief, "show", "1", "--reveal").output
        #expect(after == before.replacingOccurrences(of: Self.card(1), with: Self.card(77)))
        #expect(try relief.seal(["roster", "record", "1"]).status == 0)
        #expect(try run(relief, "check", "1").status == 0)
    }

    @Test func `a list that an objection upset is corrected at its own stage`() throws {
        let (relief, seqs) = try county()
        try relief.write(Self.rows(0..<3), to: "list.csv")
        #expect(try importing(relief, seqs, "--stage", "approved").status == 0)
        #expect(try run(relief, "advance", "1", "--stage", "approved").status == 64)
        let corrected = try run(
            relief, "advance", "1", "--stage", "approved", "--without", "2", "--reason", "异议成立")
        #expect(corrected.status == 0, "\(corrected.errors)")
        #expect(corrected.output.contains("2 households"), "\(corrected.output)")
    }

    @Test func `every mistake is told with its cell, and no personal value`() throws {
        let (relief, seqs) = try county()
        let wrong = ReliefProgram.identity(1).dropLast() + "?"
        try relief.write(
            Self.heading + Self.row(0)
                + "2,无此村,1组,李某,\(wrong),,,1,,2,180,,6228480000000000001,\n"
                + "3,勐冒村,1组,,\(ReliefProgram.identity(0)),,,4,,x,一百八,,,\n"
                + "4,勐冒村,1组,赵某,\(ReliefProgram.identity(4)),,,1,,2,200,,\(Self.card(0)),\n"
                + "5,勐冒村,1组,赵某,\(ReliefProgram.identity(0)),,,4,,2,180,,,\n",
            to: "list.csv")
        let answer = try importing(relief, seqs, "--rate", "90/人", "--item", "nothing")
        #expect(answer.status == 64)
        for place in [
            "--item", ":3:身份证号", ":3:银行卡号", ":3:村", ":4:户主姓名", ":4:需救助人口(人)",
            ":4:金额(元)", ":5:需救助人口(人)", ":5:金额(元)", ":6:身份证号",
        ] {
            #expect(answer.errors.contains(place), "\(place)\n\(answer.errors)")
        }
        for text in Self.personal(0) + ["李某", "赵某", "无此村", "一百八", String(wrong)] {
            #expect(!answer.errors.contains(text))
        }
        #expect(try run(relief, "list").status == 3)
    }

    @Test func `two households on one card, and a person of another list, are warned of`() throws {
        let (relief, seqs) = try county()
        try relief.write(
            Self.rows(0..<1)
                + Self.row(1).replacingOccurrences(of: Self.card(1), with: Self.card(0)),
            to: "list.csv")
        let first = try importing(relief, seqs)
        #expect(first.status == 0 && first.errors.contains("the same card as in line 2"))
        let second = try importing(relief, seqs)
        #expect(second.status == 0)
        #expect(
            second.errors.contains("list 1 of the same period and purpose has this person already"))
    }

    @Test func `a list is shown masked, and in clear only when asked for; so is its export`() throws
    {
        let (relief, seqs) = try county()
        try relief.write(Self.rows(0..<2), to: "list.csv")
        #expect(try importing(relief, seqs).status == 0)
        let masked = try run(relief, "show", "1").output
        for text in Self.personal(0) + Self.personal(1) { #expect(!masked.contains(text)) }
        #expect(masked.contains("王**") && masked.contains("360.00"))
        let clear = try run(relief, "show", "1", "--reveal").output
        for text in Self.personal(0) + Self.personal(1) { #expect(clear.contains(text)) }
        #expect(try run(relief, "export", "1", "--out", "out.csv").status == 64)
        let exported = try run(relief, "export", "1", "--out", "out.csv", "--reveal")
        #expect(exported.status == 0, "\(exported.errors)")
        let attributes = try FileManager.default.attributesOfItem(
            atPath: relief.folder + "/out.csv")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let text = try String(contentsOfFile: relief.folder + "/out.csv", encoding: .utf8)
        for value in Self.personal(0) + Self.personal(1) { #expect(text.contains(value)) }
        #expect(try run(relief, "export", "1", "--out", "out.csv", "--reveal").status == 3)
    }

    @Test func `erasing leaves no personal byte and no key, and the ledger still verifies`() throws
    {
        let (relief, seqs) = try county()
        try relief.write(Self.rows(0..<5), to: "list.csv")
        #expect(try importing(relief, seqs, "--stage", "approved").status == 0)
        try relief.expectRecorded("roster", "record", "1")
        try relief.expectRecorded(
            "notice", "--target", "\(relief.lastSeq)", "--round", "1", "--place", "村务公开栏", "--date",
            "2022-01-06", "--until", "2022-01-20")
        let pay = [
            "roster", "pay", "1", "--plan", "\(seqs.plan)", "--rate", "90/人", "--date",
            "2022-02-01",
        ]
        #expect(try relief.seal(pay).status == 0)
        let early = try run(
            relief, "erase", "--period", ReliefProgram.period, "--reason", "工作结束", "--yes")
        #expect(early.status == 1 && early.errors.contains("5 payments are with the bank"))
        let batch = try #require(
            relief.records.last { $0["kind"] as? String == "batch" }?["seq"] as? Int)
        try relief.expectRecorded(
            "result", "--batch", "\(batch)", "--settled", "--date", "2022-02-02")
        let secrets = try relief.keyDigits()
        #expect(secrets.count == 2, "a season key and a roster key")
        let before = relief.ledger
        let unsure = try run(relief, "erase", "--all", "--reason", "工作结束")
        #expect(unsure.status == 64 && relief.ledger == before)
        #expect(try run(relief, "show", "1").status == 0)
        let other = try run(relief, "erase", "--period", "无此期", "--reason", "工作结束", "--yes")
        #expect(other.status == 64)

        let erased = try run(
            relief, "erase", "--period", ReliefProgram.period, "--reason", "工作结束", "--yes")
        #expect(erased.status == 0, "\(erased.errors)")
        #expect(erased.output.contains("Emergency Response Law, Art. 85"))
        #expect(erased.output.contains("5 rows, 2 keys"))
        let left = relief.everythingUnderLedger
        for number in 0..<5 {
            for text in Self.personal(number) { #expect(!left.contains(text)) }
        }
        for secret in secrets { #expect(!left.contains(secret)) }
        #expect(relief.ledger == before)
        #expect(try relief.verify().status == 0)
        #expect(try run(relief, "show", "1").status == 1)
        #expect(try run(relief, "list").output.contains("erased on"))
        #expect(
            try relief.seal(pay).status != 0, "nobody is paid again under a second pseudonym")
        let again = try run(relief, "erase", "--all", "--reason", "工作结束", "--yes")
        #expect(again.status == 0 && again.output.contains("0 rows, 0 keys"))
    }

    @Test func `an import that is killed leaves nothing, or the whole list`() throws {
        let (relief, seqs) = try county()
        let count = 6_000
        try relief.write(
            Self.heading + (0..<count).map { Self.longRow($0) }.joined(), to: "list.csv")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: ReliefProgram.path)
        process.arguments = [
            "roster", "import", "list.csv", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--item",
            "food", "--period", ReliefProgram.period, "--date", "2022-01-05", "--ledger", "L",
        ]
        process.currentDirectoryURL = URL(fileURLWithPath: relief.folder)
        process.environment = ["LANG": "en_US.UTF-8"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        // An empty database has a few pages; once it has grown, SQLite writes rows that are not
        // committed yet.
        let database = relief.folder + "/L/private/roster/roster.sqlite"
        while process.isRunning {
            let size = try? FileManager.default.attributesOfItem(atPath: database)[.size] as? Int
            if let size, size > 1 << 20 { break }
        }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let list = try run(relief, "list")
        #expect(list.status == 0, "\(list.errors)")
        if process.terminationReason == .uncaughtSignal, !list.output.contains("in force") {
            let size = try FileManager.default.attributesOfItem(atPath: database)[.size] as? Int
            #expect((size ?? 0) < 1 << 20, "the half list was rolled back")
        }
        if list.output.contains("in force") {
            #expect(list.output.contains("\(count)"))
            #expect(try run(relief, "check", "1").status == 0)
        }
        // Nothing stands in the way of the next one.
        try relief.write(Self.rows(0..<3), to: "list.csv")
        #expect(try importing(relief, seqs).status == 0)
    }

    /// A row of one of many people, who differ in their birth dates.
    private static func longRow(_ number: Int) -> String {
        let days = number / 1000
        let body =
            "530523" + "\(1930 + days)" + "0101" + String(String(1000 + number % 1000).suffix(3))
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
        let identity = body + String(Array("10X98765432")[sum % 11])
        return "\(number + 1),勐冒村,1组,某\(number),\(identity),,,4,某处\(number)号,2,180,,,歉收\n"
    }
}

extension ReliefProgram {
    /// The digits of every key in the private folder.
    func keyDigits() throws -> [String] {
        var digits: [String] = []
        for folder in ["seasons", "roster-keys"] {
            let path = self.folder + "/L/private/" + folder
            for name in try FileManager.default.contentsOfDirectory(atPath: path) {
                let text = try String(contentsOfFile: path + "/" + name, encoding: .utf8)
                digits += text.split(separator: "\n").filter { $0.hasPrefix("key ") }
                    .map { String($0.dropFirst(4)) }
            }
        }
        return digits
    }
}

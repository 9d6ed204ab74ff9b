// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Rosters, the bank's answers, and what must never come out of them.
@Suite struct PaymentTests {
    @Test(arguments: ["en", "zh"])
    func `a grant becomes payments, and the one that fails is paid again`(language: String) throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending(language: language)
        try relief.write(ReliefProgram.roster(0..<4), to: "roster.csv")
        let paid = try relief.pay(
            "roster.csv", seqs, "--decision", "\(seqs.decision)", "--rate", "90/人",
            language: language)
        #expect(paid.status == 0, "\(paid.errors)")
        let batch = seqs.firstBatch
        #expect(
            paid.output.contains(
                language == "zh"
                    ? "第 2–5 行 ↔ 第 \(batch + 1)–\(batch + 4) 条"
                    : "line 2–5 ↔ seq \(batch + 1)–\(batch + 4)"), "\(paid.output)")
        let committed = try relief.run("balance", "--ledger", "L", language: language).output
        #expect(committed.contains("720.00") && committed.contains("309,280.00"))

        let rows = (0..<4).map { number in
            "\(ReliefProgram.identity(number)),\(number == 2 ? "失败,账号有误" : "成功,")\n"
        }
        try relief.write("身份证号,结果,原因\n" + rows.joined(), to: "bank.csv")
        let result = try relief.seal(
            ["result", "bank.csv", "--batch", "\(batch)", "--date", "2022-01-12"],
            language: language)
        #expect(result.status == 0, "\(result.errors)")
        let again = try relief.seal(
            ["result", "bank.csv", "--batch", "\(batch)", "--date", "2022-01-12"],
            language: language)
        #expect(again.status == 0 && again.output.contains(language == "zh" ? "已记入" : "already"))
        let shown = try relief.run("show", "\(batch)", "--ledger", "L", language: language).output
        #expect(
            shown.contains(language == "zh" ? "3 笔，540.00 元" : "3 payments, 540.00 yuan"),
            "\(shown)")
        let failed = batch + 3
        let state = try relief.run("show", "\(failed)", "--ledger", "L", language: language).output
        #expect(state.contains(language == "zh" ? "待处理" : "failed"))
        try relief.expectRecorded("reissue", "--target", "\(failed)", "--date", "2022-01-13")
        try relief.expectRecorded(
            "result", "--batch", "\(batch)", "--settled", "--date", "2022-01-14")
        let none = try relief.seal(["result", "--batch", "\(batch)", "--settled"])
        #expect(none.status == 1)
        let settled = try relief.run("balance", "--ledger", "L", language: language).output
        #expect(settled.contains("720.00") && settled.contains("309,280.00"))
        let register = try relief.run("register", "--ledger", "L", "--csv", "-").output
        let row = try #require(register.split(separator: "\r\n").first { $0.contains("batch") })
        #expect(register.contains(",4,8,720.00,"), "\(row)")
        #expect(register.contains("局长办公会"))
        let verified = try relief.verify()
        #expect(verified.status == 0, "\(verified.output)")
    }

    @Test func `a roster is recorded once, in whatever order and language its headings are`() throws
    {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        let rows = (0..<3).map { "180.00,\(ReliefProgram.identity($0)),2\n" }.joined()
        try relief.write("amount,id_number,persons\n" + rows, to: "roster.csv")
        let first = try relief.pay("roster.csv", seqs)
        #expect(first.status == 0, "\(first.errors)")
        let after = relief.ledger
        let second = try relief.pay("roster.csv", seqs)
        #expect(second.status == 0)
        #expect(second.output.contains("already recorded at seq"))
        #expect(relief.ledger == after)
        let other = try relief.pay("roster.csv", seqs, "--decision", "\(seqs.decision)")
        #expect(other.status == 1)
        #expect(other.errors.contains("another decision"))
        #expect(relief.ledger == after)
        // The digest of a roster could be tried out; it stands nowhere.
        let posting = try #require(relief.records.last { $0["kind"] as? String == "posting" })
        #expect(posting["source"] == nil)
    }

    @Test func `every bad row of a roster is listed, and nothing is recorded`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        let good = ReliefProgram.identity(1)
        let wrong = good.dropLast() + (good.hasSuffix("1") ? "2" : "1")
        try relief.write(
            """
            姓名,身份证号,人数,金额,备注
            甲,\(good),2,180,
            乙,\(wrong),2,180,
            丙,\(ReliefProgram.identity(2)),0,180,
            丁,\(ReliefProgram.identity(3)),2,约180,

            戊,\(good),2,180,
            己,\(ReliefProgram.identity(4)),2,180,电话 13812345678
            庚,,2,180,
            辛,\(ReliefProgram.identity(5)),,,

            """, to: "bad.csv")
        let before = relief.ledger
        for extra in [[], ["--dry-run"]] {
            let answer = try relief.seal(
                [
                    "pay", "bad.csv", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--item", "xyz",
                    "--period", ReliefProgram.period,
                ] + extra)
            #expect(answer.status == 64)
            for place in [
                "--item: ", "bad.csv:3:身份证号: ", "bad.csv:4:人数: ", "bad.csv:5:金额: ",
                "bad.csv:7:身份证号: the same person (530***…**\(good.suffix(2))) as in line 2",
                "bad.csv:8:备注: ", "bad.csv:9:身份证号: ", "bad.csv:10:人数: ", "bad.csv:10:金额: ",
            ] { #expect(answer.errors.contains(place), "\(place) in \(answer.errors)") }
            #expect(
                answer.errors.split(separator: "\n").filter { $0.hasPrefix("relief: error: ") }
                    .count == 9)
            for secret in [good, String(wrong), "13812345678", "甲", "乙"] {
                #expect(!answer.errors.contains(secret))
            }
        }
        #expect(relief.ledger == before)
        #expect(!relief.everythingUnderLedger.contains("seasons/"))
    }

    @Test func `no identity number and no name comes out anywhere`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.write(ReliefProgram.roster(0..<5), to: "roster.csv")
        try relief.write(
            "姓名,身份证号,结果\n"
                + (0..<5).map { "王某\($0),\(ReliefProgram.identity($0)),成功\n" }.joined()
                + "李某,\(ReliefProgram.identity(77)),成功\n", to: "bank.csv")
        try relief.write(
            "王某1,\(ReliefProgram.identity(1)),2,180\n王某2,\(ReliefProgram.identity(2)),2,180\n",
            to: "headless.csv")
        try relief.write(
            "kind,unit,grant,amount,payee\npayment,\(ReliefProgram.identity(3)),\(seqs.grant),"
                + "\(ReliefProgram.identity(4)),\(ReliefProgram.identity(2))\n", to: "post.csv")
        var answers: [ReliefProgram.Answer] = []
        for language in ["en", "zh"] {
            answers += [
                try relief.pay("headless.csv", seqs, language: language),
                try relief.pay("roster.csv", seqs, "--dry-run", language: language),
                // Refused by its rate.
                try relief.pay("roster.csv", seqs, "--rate", "80/person", language: language),
                try relief.seal(["post", "post.csv"], language: language),
                try relief.expense(
                    seqs, "food", "1", "--payee", ReliefProgram.identity(4), language: language),
            ]
        }
        answers.append(try relief.pay("roster.csv", seqs))
        try #require(answers.last?.status == 0)
        let batch = seqs.firstBatch
        for language in ["en", "zh"] {
            answers += [
                try relief.seal(["result", "bank.csv", "--batch", "\(batch)"], language: language),
                try relief.pay("roster.csv", seqs, language: language),
                try relief.run("show", "\(batch + 1)", "--ledger", "L", language: language),
                try relief.run("register", "--ledger", "L", language: language),
            ]
        }
        let text =
            answers.map { $0.output + $0.errors }.joined() + relief.everythingUnderLedger
        for number in [0, 1, 2, 3, 4, 77] {
            #expect(!text.contains(ReliefProgram.identity(number)))
            #expect(!text.contains(String(ReliefProgram.identity(number).dropLast(4))))
        }
        #expect(!text.contains("王某") && !text.contains("李某"))
    }

    @Test func `what a rule refuses leaves no season key, and a used one that is gone is missed`()
        throws
    {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.write(ReliefProgram.roster(0..<2), to: "roster.csv")
        let before = relief.ledger
        let refused = try relief.pay("roster.csv", seqs, "--rate", "80/person")
        #expect(refused.status == 1 && refused.errors.contains("R04"))
        #expect(refused.errors.contains("roster.csv:2: "))
        #expect(relief.ledger == before)
        #expect(!relief.everythingUnderLedger.contains("seasons/"))
        #expect(try relief.pay("roster.csv", seqs).status == 0)
        let after = relief.ledger
        let seasons = relief.folder + "/L/private/seasons"
        for name in try FileManager.default.contentsOfDirectory(atPath: seasons) {
            try FileManager.default.removeItem(atPath: seasons + "/" + name)
        }
        try relief.write(ReliefProgram.roster(5..<7), to: "more.csv")
        let missed = try relief.pay("more.csv", seqs)
        #expect(missed.status == 3)
        #expect(missed.errors.contains(ReliefProgram.period))
        #expect(relief.ledger == after)
    }

    @Test func `a bank's file with strangers, doubles and odd words lists them all`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.write(ReliefProgram.roster(0..<3), to: "roster.csv")
        #expect(try relief.pay("roster.csv", seqs).status == 0)
        let batch = seqs.firstBatch
        try relief.write(
            """
            序号,结果,原因,金额
            \(batch + 1),已到账,,180
            \(batch + 1),已到账,,180
            \(seqs.plan),已到账,,
            \(batch + 2),不明,,
            \(batch + 3),发放失败,,181

            """, to: "bank.csv")
        let before = relief.ledger
        let answer = try relief.seal(["result", "bank.csv", "--batch", "\(batch)"])
        #expect(answer.status == 64)
        for place in [
            "bank.csv:3:序号: ", "bank.csv:4:序号: ", "bank.csv:5:结果: ", "bank.csv:6:原因: ",
            "bank.csv:6:金额: ",
        ] { #expect(answer.errors.contains(place), "\(place) in \(answer.errors)") }
        #expect(relief.ledger == before)
        let other = try relief.seal([
            "cancel", "--target", "\(batch + 1)", "--reason", "x", "--grant", "\(seqs.grant)",
            "--amount", "181",
        ])
        #expect(other.status == 64 && other.errors.contains("--amount: "), "\(other.errors)")
        let one = try relief.seal([
            "result", "--target", "\(batch + 1)", "--outcome", "failed", "--reason", "销户",
            "--grant", "\(seqs.grant)", "--amount", "180",
        ])
        #expect(one.status == 0, "\(one.errors)")
        try relief.expectRecorded("cancel", "--target", "\(batch + 1)", "--reason", "本人放弃")
        let back = try relief.run("balance", "--ledger", "L").output
        #expect(back.contains("309,640.00"))
    }
}

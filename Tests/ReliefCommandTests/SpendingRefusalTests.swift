// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// What money may not do: refused with the rule, its clause, the figures and the next command.
@Suite struct SpendingRefusalTests {
    private struct Refusal {
        let rule: String
        /// What else must stand in the message: a clause, figures, the next command.
        let parts: [String]
        let arguments: [String]
    }

    @Test(arguments: ["en", "zh"])
    func `wages from relief money are refused, and the ledger stays as it is`(language: String)
        throws
    {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending(language: language)
        let before = relief.ledger
        let answer = try relief.expense(
            seqs, "wages", "5000", "--plan", "\(seqs.plan)", language: language)
        #expect(answer.status == 1)
        #expect(answer.output.isEmpty)
        for part in [
            "E03", "5,000.00", language == "zh" ? "自然灾害救助条例第24、25条" : "Art. 24, 25",
            "relief irregular --rule E03 --unit 530523000000 --grant \(seqs.grant) --amount 5000",
            language == "zh" ? "部门预算" : "own budget",
        ] { #expect(answer.errors.contains(part), "\(part) in \(answer.errors)") }
        #expect(relief.ledger == before)
    }

    @Test func `every rule refuses what breaks it, with clause and next command`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        let unit = "--unit 530523000000 --grant \(seqs.grant)"
        try relief.expectRecorded(
            "grant", "--unit", "龙陵县", "--amount", "50000", "--date", "2022-01-01",
            "--document-number", "云财〔2022〕2号", "--title", "应急", "--purpose", "H1", "--source",
            "provincial", "--cause", "drought", "--function", "unstated", "--expiry", "unstated")
        let otherGrant = relief.lastSeq
        try relief.expectRecorded(
            "plan", "--unit", "龙陵县", "--grant", "\(otherGrant)", "--title", "应急方案", "--line",
            "rescue=40000", "--line", "food=1000", "--date", "2022-01-03")
        let otherPlan = relief.lastSeq
        let (own, sameHands) = try selfMadeDecisions(relief, seqs)
        try relief.expectRecorded(
            "expense", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--item", "clothing",
            "--payee", ReliefProgram.firm, "--amount", "15000", "--plan", "\(seqs.plan)",
            "--decision", "\(try clothingDecision(relief, seqs))", "--date", "2022-01-10")
        let expense = relief.lastSeq
        let plan = ["--plan", "\(seqs.plan)"]
        let cases = [
            Refusal(
                rule: "E01", parts: ["Budget Law Art. 63", "--grant \(otherGrant)"],
                arguments: ["rescue", "100"] + plan),
            Refusal(
                rule: "E02", parts: ["Art. 24", "--plan \(seqs.plan)"],
                arguments: ["food", "100", "--plan", "\(otherPlan)"]),
            Refusal(
                rule: "B01", parts: ["Art. 63", "--plan \(seqs.plan)"], arguments: ["food", "100"]),
            Refusal(
                rule: "B02",
                parts: [
                    "Art. 63", "5,000.00", "1,000.00",
                    "relief override --rule B02 \(unit) --amount 6000",
                    "relief plan --replaces \(seqs.plan) \(unit)",
                    "--line food=150000 --line clothing=21000",
                ], arguments: ["clothing", "6000"] + plan),
            Refusal(
                rule: "A01", parts: ["10,000.00", "relief decide \(unit)", "--item food=10000"],
                arguments: ["food", "10000"] + plan),
            Refusal(
                rule: "A02", parts: ["2022-01-04", "--date 2022-01-04"],
                arguments: [
                    "food", "10000", "--decision", "\(seqs.decision)", "--date", "2022-01-03",
                ] + plan),
            Refusal(
                rule: "A03", parts: ["60,000.00", "0.01", "relief decide \(unit)"],
                arguments: ["food", "60000.01", "--decision", "\(seqs.decision)"] + plan),
            Refusal(
                rule: "A04", parts: ["OFF-1", "--key FILE"],
                arguments: ["food", "20000", "--decision", "\(own)"] + plan),
            Refusal(
                rule: "A04", parts: ["OFF-1", "--key FILE"],
                arguments: ["food", "20000", "--decision", "\(sameHands)"] + plan),
        ]
        let before = relief.ledger
        for refusal in cases {
            let answer = try relief.seal(
                [
                    "expense", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--payee",
                    ReliefProgram.firm, "--item",
                ] + [refusal.arguments[0], "--amount"] + refusal.arguments.dropFirst()
                    + (refusal.arguments.contains("--date") ? [] : ["--date", "2022-01-10"]))
            expect(answer, refusal)
            #expect(relief.ledger == before)
        }
        let reversal = try relief.seal([
            "reverse", "--target", "\(expense)", "--amount", "15000.01", "--reason", "多记",
        ])
        expect(
            reversal,
            Refusal(
                rule: "B08", parts: ["15,000.00", "0.01", "relief show \(expense)"], arguments: []))
        #expect(relief.ledger == before)
        // Without an amount it is what is left, and then nothing is.
        try relief.expectRecorded("reverse", "--target", "\(expense)", "--reason", "记错")
        let again = try relief.seal(["reverse", "--target", "\(expense)", "--reason", "记错"])
        #expect(again.status == 64 && again.errors.contains("nothing is left"))
    }

    private func expect(_ answer: ReliefProgram.Answer, _ refusal: Refusal) {
        #expect(answer.status == 1, "\(refusal.rule): \(answer.errors)")
        #expect(answer.output.isEmpty)
        for part in ["rule \(refusal.rule)", "    clause "] + refusal.parts {
            #expect(answer.errors.contains(part), "\(refusal.rule): \(part) in \(answer.errors)")
        }
    }

    /// Decisions on food that OFF-1 has sealed, with the key that spends and with another one.
    private func selfMadeDecisions(
        _ relief: ReliefProgram, _ seqs: SpendingSeqs
    ) throws -> (own: Int, sameHands: Int) {
        #expect(
            try relief.run("key", "new", "other.pem", "--passphrase-file", "secret").status == 0)
        try relief.expectRecorded(
            "key", "enrol", "--new-key", "other.pem", "--unit", "530523000000", "--person", "OFF-1",
            key: "root1.pem")
        var decisions: [Int] = []
        for key in ["officer.pem", "other.pem"] {
            try relief.expectRecorded(
                "decide", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--meeting", "会",
                "--date", "2022-01-04", "--attendee", "OFF-3", "--attendee", "OFF-4", "--quorum",
                "2", "--minutes-digest", String(repeating: "ab", count: 32), "--item",
                "food=30000", key: key)
            decisions.append(relief.lastSeq)
        }
        return (decisions[0], decisions[1])
    }

    private func clothingDecision(
        _ relief: ReliefProgram, _ seqs: SpendingSeqs
    ) throws -> Int {
        try relief.expectRecorded(
            "decide", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--meeting", "会二", "--date",
            "2022-01-04", "--attendee", "OFF-3", "--attendee", "OFF-4", "--quorum", "2",
            "--minutes", "minutes.txt", "--item", "clothing=20000=\(ReliefProgram.firm)",
            key: "third.pem")
        return relief.lastSeq
    }

    @Test func `a household gets one payment for a period, and one that failed is sent again`()
        throws
    {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.write(ReliefProgram.roster(0..<3), to: "a.csv")
        try relief.write(ReliefProgram.roster(2..<5), to: "b.csv")
        #expect(try relief.pay("a.csv", seqs).status == 0)
        let first = relief.lastSeq
        let before = relief.ledger
        let twice = try relief.pay("b.csv", seqs)
        #expect(twice.status == 1)
        for part in ["b.csv:2: rule R02", "Art. 30", "180.00", "relief show \(first)"] {
            #expect(twice.errors.contains(part), "\(part) in \(twice.errors)")
        }
        #expect(relief.ledger == before)
        try relief.expectRecorded(
            "result", "--target", "\(first)", "--outcome", "failed", "--reason", "账号有误", "--date",
            "2022-01-12")
        let failed = try relief.pay("b.csv", seqs)
        #expect(failed.errors.contains("relief reissue --target \(first)"))
        #expect(failed.errors.contains("relief cancel --target \(first) --reason"))
        try relief.expectRecorded("cancel", "--target", "\(first)", "--reason", "另发")
        #expect(try relief.pay("b.csv", seqs).status == 0)
    }

    @Test func `an override by a second person admits; any other says why it does not`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        let plan = ["--plan", "\(seqs.plan)"]
        let override = [
            "override", "--rule", "B02", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--reason",
            "补足", "--date", "2022-01-05",
        ]
        let spend = {
            try relief.seal(
                [
                    "expense", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--item", "food",
                    "--payee", ReliefProgram.firm, "--date", "2022-01-10", "--amount", "9000",
                ] + plan)
        }
        // A plan that has 1,000 yuan left for food.
        try relief.expectRecorded(
            "plan", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--title", "二版", "--line",
            "food=1000", "--replaces", "\(seqs.plan)", "--date", "2022-01-05")
        let newPlan = relief.lastSeq
        let spendNow = {
            try relief.seal(
                [
                    "expense", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--item", "food",
                    "--payee", ReliefProgram.firm, "--date", "2022-01-10", "--amount", "9000",
                    "--plan", "\(newPlan)",
                ])
        }
        #expect(try spend().errors.contains("B01"))
        for (extra, key, reason) in [
            (["--amount", "9000"], "officer.pem", "the same person, OFF-1"),
            (["--amount", "8999"], "second.pem", "8,999.00"),
            (
                ["--amount", "9000", "--expires", "2022-01-09"], "second.pem",
                "it ended on 2022-01-09"
            ),
            (["--amount", "9000", "--payee", "o-OFF-9"], "second.pem", "o-OFF-9 only"),
        ] {
            #expect(try relief.seal(override + extra, key: key).status == 0)
            let before = relief.ledger
            let answer = try spendNow()
            #expect(answer.status == 1)
            #expect(answer.errors.contains("override    \(relief.lastSeq) does not count: "))
            #expect(answer.errors.contains(reason), "\(reason) in \(answer.errors)")
            #expect(relief.ledger == before)
        }
        #expect(
            try relief.seal(override + ["--amount", "9000"], key: "third.pem").status == 0)
        let admitted = relief.lastSeq
        let answer = try spendNow()
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.errors.contains("warning: rule B02"))
        #expect(answer.errors.contains("admitted    by OFF-4 with override \(admitted)"))
        #expect(try spendNow().status == 1)
        #expect(try relief.verify().status == 0)
    }

    @Test func `nobody may override the ban on wages`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        let before = relief.ledger
        let answer = try relief.seal(
            [
                "override", "--rule", "E03", "--unit", "龙陵县", "--grant", "\(seqs.grant)",
                "--amount", "5000", "--reason", "急",
            ], key: "second.pem")
        #expect(answer.status == 1)
        #expect(answer.errors.contains("nobody may override rule E03"))
        #expect(relief.ledger == before)
    }

    @Test func `a misuse is recorded as a fact and stays visible until the money is back`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        let answer = try relief.seal([
            "irregular", "--rule", "E03", "--rule", "E01", "--unit", "龙陵县", "--grant",
            "\(seqs.grant)", "--amount", "5000", "--finding", "1月工资从救灾款支付，审计发现", "--date",
            "2022-01-20",
        ])
        #expect(answer.status == 0, "\(answer.errors)")
        let seq = relief.lastSeq
        #expect(answer.errors.contains("relief recover --target \(seq) --amount 5000"))
        #expect(try relief.run("balance", "--ledger", "L").output.contains("5,000.00"))
        let before = try relief.verify()
        #expect(before.status == 1 && before.output.contains("E08"))
        try relief.expectRecorded("recover", "--target", "\(seq)", "--date", "2022-02-20")
        #expect(try relief.verify().status == 0)
    }

    @Test func `an expense found to be undue is owed back and comes back`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        #expect(try relief.expense(seqs, "food", "9000", "--plan", "\(seqs.plan)").status == 0)
        let expense = relief.lastSeq
        try relief.expectRecorded(
            "recoverable", "--target", "\(expense)", "--amount", "1000", "--reason", "多付")
        let owed = relief.lastSeq
        #expect(try relief.verify().status == 1)
        try relief.expectRecorded("recover", "--target", "\(owed)")
        #expect(try relief.verify().status == 0)
        let shown = try relief.run("show", "\(seqs.plan)", "--ledger", "L").output
        #expect(shown.contains("food: 150,000.00 yuan, used 8,000.00, left 142,000.00"), "\(shown)")
    }

    @Test(arguments: [
        ["event", "--unit", "龙陵县", "--cause", "flood", "--name"],
        ["event", "--unit", "龙陵县", "--cause", "flood", "--name", "x", "--document-number"],
        ["event", "--unit", "龙陵县", "--cause", "flood", "--name", "x", "--memo"],
        ["plan", "--unit", "龙陵县", "--grant", "12", "--line", "food=1", "--title"],
        ["cancel", "--target", "1", "--reason"], ["policy", "approve", "policy.json", "--memo"],
        ["irregular", "--unit", "龙陵县", "--amount", "1", "--rule", "E03", "--finding"],
        ["decide", "--unit", "龙陵县", "--item", "food=1", "--quorum", "1", "--meeting"],
        ["pay", "roster.csv", "--unit", "龙陵县", "--item", "food", "--period"],
        ["post", "post.csv", "--posting-memo"],
    ])
    func `text with a telephone number is refused by kind and place, and not repeated`(
        arguments: [String]
    ) throws {
        let relief = try ReliefProgram()
        try relief.found()
        try relief.grant()
        try relief.write(
            try relief.run("policy", "export", "--ledger", "L").output, to: "policy.json")
        try relief.write(ReliefProgram.roster(0..<1), to: "roster.csv")
        try relief.write(
            "kind,unit,cause,name,date\nevent,龙陵县,flood,x,2022-01-01\n", to: "post.csv")
        let before = relief.ledger
        let key = arguments[0] == "policy" ? "root1.pem" : "officer.pem"
        let answer = try relief.seal(arguments + ["联系 13812345678"], key: key)
        #expect(answer.status == 64)
        let option = (arguments.last ?? "") + ": "
        #expect(answer.errors.contains(option), "\(answer.errors)")
        #expect(answer.errors.contains("characters 4 to 14 look like a mobile phone number"))
        #expect(!answer.errors.contains("13812345678"))
        #expect(relief.ledger == before)
    }
}

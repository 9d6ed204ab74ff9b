// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Accounts, statements, reconciliations, findings, settlements, co-funding and closed books, as
/// officers record them.
@Suite struct AuditCommandTests {
    /// A ledger whose grant of 310,000.00 yuan has arrived at the county, with an account; their
    /// seqs.
    private func banked(_ relief: ReliefProgram) throws -> (seqs: SpendingSeqs, account: Int) {
        let seqs = try relief.foundForSpending()
        try relief.expectRecorded(
            "receipt", "--unit", "龙陵县", "--target", "\(seqs.grant)", "--amount", "310000",
            "--date", "2022-01-02")
        try relief.expectRecorded(
            "account", "--unit", "龙陵县", "--name", "救灾资金专户", "--bank", "某银行龙陵支行", "--ending",
            "0042", "--relief", "是", "--date", "2022-01-01")
        return (seqs, relief.lastSeq)
    }

    @Test func `a statement is recorded, reconciled from the ledger's own cash, and listed`() throws
    {
        let relief = try ReliefProgram()
        let (seqs, account) = try banked(relief)
        try relief.expectRecorded(
            "expense", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--plan", "\(seqs.plan)",
            "--item", "food", "--payee", ReliefProgram.firm, "--amount", "500", "--date",
            "2022-01-30")
        try relief.expectRecorded(
            "statement", "--target", "\(account)", "--date", "2022-01-01", "--until", "2022-01-31",
            "--opening", "0", "--in", "310000", "--out", "0", "--closing", "310000", "--count", "1")
        let statement = relief.lastSeq
        try relief.expectRecorded(
            "reconcile", "--basis", "账银", "--target", "\(statement)", "--item",
            "500=stated=2022-01-30=银行尚未付出", "--date", "2022-02-01")
        let record = try #require(relief.records.last { $0["kind"] as? String == "reconciliation" })
        #expect(record["book"] as? Int == 30_950_000)
        #expect(record["stated"] as? Int == 31_000_000)
        let listed = try relief.run("list", "对账", "--ledger", "L").output
        #expect(listed.contains("309,500.00"))
        #expect(try relief.run("list", "account", "--ledger", "L").output.contains("0042"))
        #expect(try relief.verify().status == 0)
        // Nothing listed, and 500.00 between them: the writer warns, the verifier reports.
        let bare = try relief.seal([
            "reconcile", "--basis", "bank", "--target", "\(statement)", "--date", "2022-02-02",
        ])
        #expect(bare.errors.contains("C03"), "\(bare.errors)")
    }

    @Test func `every mistake of a statement is named at once, and no account number repeated`()
        throws
    {
        let relief = try ReliefProgram()
        let (seqs, account) = try banked(relief)
        let before = relief.ledger
        let whole = try relief.seal([
            "account", "--unit", "龙陵县", "--name", "专户", "--bank", "银行", "--ending",
            "6217001234567890123", "--relief", "maybe",
        ])
        #expect(whole.status == 64 && !whole.errors.contains("6217001234567890123"))
        #expect(whole.errors.contains("--ending: ") && whole.errors.contains("--relief: "))
        let wrong = try relief.seal([
            "statement", "--target", "\(seqs.plan)", "--date", "2022-02-01", "--until",
            "2022-01-31", "--opening=-1", "--in", "x", "--closing", "1",
        ])
        #expect(wrong.status == 64)
        for place in [
            "--target: ", "--until: ", "--opening: ", "--in: ", "--out: ", "--count: ",
        ] {
            #expect(wrong.errors.contains(place), "\(place) in \(wrong.errors)")
        }
        let item = try relief.seal([
            "reconcile", "--basis", "bank", "--target", "\(account)", "--item", "5=left=x=y",
        ])
        #expect(item.status == 64)
        #expect(item.errors.contains("--item: ") && item.errors.contains("--target: "))
        #expect(relief.ledger == before)
    }

    @Test func `a finding is settled by another person, and shown with what came of it`() throws {
        let relief = try ReliefProgram()
        let (seqs, _) = try banked(relief)
        try relief.expectRecorded(
            "finding", "--target", "\(seqs.plan)", "--rule", "e03", "--text", "方案含办公经费", "--date",
            "2022-02-01", key: "second.pem")
        let finding = relief.lastSeq
        let own = try relief.seal([
            "resolve", "--target", "\(finding)", "--outcome", "已说明", "--reason", "非办公经费", "--date",
            "2022-02-02",
        ])
        #expect(own.status == 1 && own.errors.contains("A04"), "\(own.errors)")
        try relief.expectRecorded(
            "resolve", "--target", "\(finding)", "--outcome", "explained", "--reason", "非办公经费",
            "--date", "2022-02-02", key: "second.pem")
        let shown = try relief.run("show", "\(finding)", "--ledger", "L").output
        #expect(shown.contains("explained by seq"))
        let again = try relief.seal(
            ["resolve", "--target", "\(finding)", "--outcome", "confirmed", "--reason", "再办"],
            key: "second.pem")
        #expect(again.status != 0)
        let phone = try relief.seal([
            "finding", "--target", "\(seqs.plan)", "--rule", "E03", "--text", "电话 13812345678",
        ])
        #expect(phone.status == 64 && !phone.errors.contains("13812345678"))
    }

    @Test func `an advance is settled into the final grant, all that is there by default`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        func grant(_ type: String, _ number: String, _ purpose: String) throws -> Int {
            try relief.expectRecorded(
                "grant", "--unit", "龙陵县", "--amount", "1000", "--date", "2022-01-05", "--title",
                "资金", "--purpose", purpose, "--source", "provincial", "--cause", "flood",
                "--function", "unstated", "--expiry", "unstated", "--type", type,
                "--document-number", number)
            return relief.lastSeq
        }
        let advance = try grant("advance", "预拨1号", "H6")
        let final = try grant("settlement", "清算1号", "H6")
        let other = try grant("settlement", "清算2号", "H1")
        let settle = [
            "settle", "--unit", "龙陵县", "--grant", "预拨1号", "--date", "2022-01-20",
            "--document-number", "清〔2022〕1号", "--into",
        ]
        let wrong = try relief.seal(settle + ["\(other)"])
        #expect(wrong.status == 1 && wrong.errors.contains("rule E02"), "\(wrong.errors)")
        let regular = try relief.seal(
            settle.map { $0 == "预拨1号" ? "\(seqs.grant)" : $0 } + ["\(final)"])
        #expect(regular.status != 0)
        let done = try relief.seal(settle + ["清算1号"])
        try #require(done.status == 0, "\(done.errors)")
        let settlement = try #require(relief.records.last { $0["kind"] as? String == "settlement" })
        #expect(settlement["amount"] as? Int == 100_000)
        #expect(settlement["grant"] as? Int == advance)
        let balance = try relief.run("balance", "--ledger", "L", "--grant", "\(final)").output
        #expect(balance.contains("2,000.00"))
        #expect(try relief.verify().status == 0)
    }

    @Test func `co-funding is promised, paid, and closed books say so when something is late`()
        throws
    {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.write(
            """
            kind,label,unit,grant,title,shares,until,date,target,source,amount
            cofund,P,龙陵县,\(seqs.grant),冬春救助,县级=500;provincial=100,2022-02-28,2022-01-10,,,
            cofund,,龙陵县,\(seqs.grant),,,,2022-01-20,P,省级,100

            """, to: "cofund.csv")
        let posted = try relief.seal(["post", "cofund.csv"])
        try #require(posted.status == 0, "\(posted.errors)")
        let promise = relief.lastSeq - 1
        let shown = try relief.run("show", "\(promise)", "--ledger", "L").output
        #expect(shown.contains("500.00 yuan promised, 0.00 has come"))
        #expect(shown.contains("100.00 yuan promised, 100.00 has come"))
        try relief.expectRecorded(
            "close", "--unit", "龙陵县", "--until", "2022-01-31", "--date", "2022-02-01")
        let late = try relief.seal([
            "allocate", "--unit", "龙陵县", "--to", "龙新乡", "--grant", "\(seqs.grant)", "--amount",
            "5", "--date", "2022-01-31",
        ])
        #expect(late.errors.contains("T04"), "\(late.errors)")
        let early = try relief.seal([
            "close", "--unit", "龙陵县", "--until", "2022-03-31", "--date", "2022-03-01",
        ])
        #expect(early.status == 64 && early.errors.contains("--until: "))
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A township without a county key hands in, and the county records or sends back.
@Suite struct DraftTests {
    /// A county's ledger with 100,000 yuan at the township, a public copy `T`, and a draft.
    private func handedIn(_ amount: String = "1000") throws -> ReliefProgram {
        let relief = try ReliefProgram()
        try relief.found()
        let grant = try relief.grant()
        try relief.expectRecorded(
            "unit", "add", "--parent", "龙新乡", "--name", "雪山")
        try relief.expectRecorded(
            "allocate", "--unit", "龙陵县", "--to", "龙新乡", "--grant", "\(grant)", "--amount",
            "100000", "--date", "2022-01-02")
        try copy(relief)
        try relief.write("signed by the village\n", to: "slip.jpg")
        try relief.write(
            "kind,unit,to,grant,amount,date,memo\n"
                + "allocation,龙新乡,雪山,\(grant),\(amount),2022-01-03,第一笔\n"
                + "allocation,龙新乡,雪山,\(grant),2000,2022-01-04,第二笔\n", to: "rows.csv")
        return relief
    }

    private func copy(_ relief: ReliefProgram) throws {
        let folder = relief.folder + "/T"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: relief.folder + "/L/ledger.jsonl", toPath: folder + "/ledger.jsonl")
    }

    private func make(
        _ relief: ReliefProgram, _ extra: String..., rows: String = "rows.csv",
        key: String = "town.pem"
    ) throws -> ReliefProgram.Answer {
        try relief.run(
            [
                "draft", "make", rows, "--ledger", "T", "--key", key, "--passphrase-file",
                "secret", "--out", "x.draft",
            ] + extra)
    }

    private func accept(
        _ relief: ReliefProgram, _ extra: String..., key: String = "officer.pem"
    ) throws -> ReliefProgram.Answer {
        try relief.seal(["draft", "accept", "x.draft"] + extra, key: key)
    }

    @Test(arguments: ["en", "zh"])
    func `a draft made on a public copy is shown, accepted once, and kept`(language: String) throws
    {
        let relief = try handedIn()
        let made = try make(relief, "--evidence", "slip.jpg=签收单")
        #expect(made.status == 0, "\(made.errors)")
        let before = relief.records.count
        let shown = try relief.run(
            "draft", "show", "x.draft", "--ledger", "L", language: language)
        #expect(shown.status == 0, "\(shown.errors)")
        #expect(shown.output.contains("2,000.00") && shown.output.contains("签收单"))
        #expect(shown.output.contains(language == "zh" ? "签名成立" : "the signature holds"))
        #expect(relief.records.count == before)
        let without = try accept(relief)
        #expect(without.status == 1, "\(without.status) \(without.errors) \(without.output)")
        #expect(without.errors.contains("is missing"))
        let answer = try accept(relief, "--evidence", "slip.jpg")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(relief.records.count == before + 4)
        #expect(relief.records.suffix(4).filter { $0["evidence"] != nil }.count == 1)
        let after = relief.ledger
        let again = try accept(relief)
        #expect(again.status == 0 && again.output.contains("already"))
        #expect(relief.ledger == after)
        let kept = try FileManager.default.contentsOfDirectory(
            atPath: relief.folder + "/L/private/drafts")
        let name = try #require(kept.first)
        #expect(
            FileManager.default.contents(atPath: relief.folder + "/L/private/drafts/" + name)
                == FileManager.default.contents(atPath: relief.folder + "/x.draft"))
        let list = try relief.run("draft", "list", "--ledger", "L", language: language).output
        #expect(list.contains(language == "zh" ? "已接受" : "accepted"))
        #expect(try relief.run("evidence", "check", "--ledger", "L").status == 0)
        #expect(try relief.verify().status == 0)
    }

    @Test func `who drafted does not accept, with whatever key`() throws {
        let relief = try handedIn()
        #expect(try make(relief).status == 0)
        #expect(try accept(relief, key: "town.pem").status == 1)
        try #require(
            try relief.run("key", "new", "other.pem", "--passphrase-file", "secret").status == 0)
        try relief.expectRecorded(
            "key", "enrol", "--new-key", "other.pem", "--unit", "龙陵县", "--person", "OFF-2",
            key: "root1.pem")
        let answer = try accept(relief, key: "other.pem")
        #expect(answer.status == 1 && answer.errors.contains("another person must"))
    }

    @Test func `a draft changed after it was signed is refused, whatever was changed`() throws {
        let relief = try handedIn()
        #expect(try make(relief).status == 0)
        let path = relief.folder + "/x.draft"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let before = relief.ledger
        for (old, new) in [
            ("\"1000\"", "\"9000\""), ("第一笔", "第二笔"), ("OFF-2", "OFF-1"),
            ("530523204000", "530523000000"), ("\"size\":", "\"size\":1"),
        ] {
            try text.replacingOccurrences(of: old, with: new)
                .write(toFile: path, atomically: false, encoding: .utf8)
            let answer = try accept(relief)
            #expect(answer.status == 1 || answer.status == 64, "\(old): \(answer.errors)")
            #expect(try relief.run("draft", "show", "x.draft", "--ledger", "L").status != 0)
        }
        for broken in [text + "\n", String(text.dropLast()), "{}\n", ""] {
            try broken.write(toFile: path, atomically: false, encoding: .utf8)
            #expect(try accept(relief).status == 64)
        }
        #expect(relief.ledger == before)
    }

    @Test func `a draft about another unit is not made, and one of a revoked key not accepted`()
        throws
    {
        let relief = try handedIn()
        try relief.write(
            "kind,unit,to,grant,amount,date\nallocation,龙陵县,龙新乡,云财〔2022〕1号,1,2022-01-03\n",
            to: "county.csv")
        let stranger = try make(relief, rows: "county.csv")
        #expect(stranger.status == 1 && stranger.errors.contains("county.csv:2"))
        #expect(!FileManager.default.fileExists(atPath: relief.folder + "/x.draft"))
        #expect(try make(relief).status == 0)
        let list = try relief.run("key", "list", "--ledger", "L").output
        let id = try #require(
            list.split(separator: "\n").first { $0.contains("OFF-2") }?.split(separator: " ").first)
        try relief.expectRecorded(
            "key", "revoke", String(id), "--reason", "离任", key: "root1.pem")
        let answer = try accept(relief)
        #expect(answer.status == 1 && answer.errors.contains("was revoked"))
    }

    @Test func `what the rules say counts when the county accepts`() throws {
        let relief = try handedIn("99500")
        let made = try make(relief)
        #expect(made.status == 0)
        #expect(made.errors.contains("warning"))
        let shown = try relief.run("draft", "show", "x.draft", "--ledger", "L")
        #expect(shown.status == 1 && shown.output.contains("99,500.00"))
        let before = relief.ledger
        #expect(try accept(relief).status == 1)
        #expect(relief.ledger == before)
        let drafts = try? FileManager.default.contentsOfDirectory(
            atPath: relief.folder + "/L/private/drafts")
        #expect((drafts ?? []).isEmpty)
    }

    @Test func `a rejected draft is kept with its reason, and is not accepted any more`() throws {
        let relief = try handedIn()
        #expect(try make(relief).status == 0)
        let before = relief.ledger
        let rejected = try relief.run(
            "draft", "reject", "x.draft", "--reason", "金额与签收单不符", "--ledger", "L")
        #expect(rejected.status == 0, "\(rejected.errors)")
        #expect(relief.ledger == before)
        let list = try relief.run("draft", "list", "--ledger", "L").output
        #expect(list.contains("金额与签收单不符"))
        let answer = try accept(relief)
        #expect(answer.status == 1 && answer.errors.contains("金额与签收单不符"))
        #expect(relief.ledger == before)
    }

    @Test func `a draft for another ledger or another history is refused`() throws {
        let relief = try handedIn()
        let other = try handedIn()
        #expect(try make(other).status == 0)
        try FileManager.default.copyItem(
            atPath: other.folder + "/x.draft", toPath: relief.folder + "/x.draft")
        let answer = try accept(relief)
        #expect(answer.status == 1 && answer.errors.contains("another ledger"))
    }
}

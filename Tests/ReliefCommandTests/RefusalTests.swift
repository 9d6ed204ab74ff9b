// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// What the program refuses, how it says so, and that the ledger is untouched then.
@Suite struct RefusalTests {
    @Test(arguments: ["en", "zh"])
    func `an over-allocation is refused by its rule and changes nothing`(language: String) throws {
        let relief = try ReliefProgram()
        try relief.found()
        let grant = try relief.grant()
        let before = relief.ledger
        let answer = try relief.record(
            "allocate", "--unit", "龙陵县", "--to", "龙新乡", "--grant", "\(grant)", "--amount",
            "310000.01", "--date", "2022-01-02", language: language)
        #expect(answer.status == 1)
        #expect(answer.output.isEmpty)
        #expect(answer.errors.contains("B03"))
        #expect(answer.errors.contains(language == "zh" ? "自然灾害救助条例第24条" : "Art. 24"))
        #expect(answer.errors.contains("0.01"))
        #expect(answer.errors.contains("relief balance --grant \(grant)"))
        #expect(relief.ledger == before)
    }

    @Test func `a file with ten mistakes reports all ten by row and column and records nothing`()
        throws
    {
        let relief = try ReliefProgram()
        try relief.found()
        let grant = try relief.grant()
        try relief.write(
            """
            # ten mistakes
            kind,unit,to,grant,amount,date,title,purpose,source,cause,year,function,expiry,document_number,parent,name,target,reason
            allocation,龙陵县,火星镇,\(grant),100,2022-02-01,,,,,,,,,,,,
            allocation,龙陵县,龙新乡,\(grant),约100,2022-02-01,,,,,,,,,,,,

            allocation,龙陵县,龙新乡,\(grant),100,2022-02-30,,,,,,,,,,,,
            allocation,龙陵县,龙新乡,999,100,2022-02-01,,,,,,,,,,,,
            allocation,龙陵县,龙新乡,\(grant),100,2199-02-01,,,,,,,,,,,,
            spend,龙陵县,龙新乡,\(grant),100,2022-02-01,,,,,,,,,,,,
            grant,龙陵县,,,100,2022-02-01,t,ZZ,county,none,2022,unstated,unstated,D-1,,,,
            unit,530523999000,,,,,,,,,,,,,龙新乡,新村,,
            allocation,龙新乡,龙陵县,\(grant),1,2022-02-03,,,,,,,,,,,,
            allocation,龙陵县,龙新乡,\(grant),900000,2022-02-03,,,,,,,,,,,,

            """, to: "ten.csv")
        let before = relief.ledger
        let answer = try relief.record("post", "ten.csv")
        #expect(answer.status == 64)
        for place in [
            "ten.csv:3:to: ", "ten.csv:4:amount: ", "ten.csv:6:date: ", "ten.csv:7:grant: ",
            "ten.csv:8:date: ", "ten.csv:9:kind: ", "ten.csv:10:purpose: ", "ten.csv:11:unit: ",
            "ten.csv:12:to: ", "ten.csv:13: rule B03",
        ] { #expect(answer.errors.contains(place), "\(place) in \(answer.errors)") }
        #expect(
            answer.errors.split(separator: "\n").filter { $0.hasPrefix("relief: error: ") }.count
                == 10)
        #expect(relief.ledger == before)
    }

    @Test func `a file is recorded once however often it is imported, also under Chinese headings`()
        throws
    {
        let relief = try ReliefProgram()
        try relief.found()
        try relief.grant()
        try relief.write(
            """
            种类,单位,接收单位,指标,金额（万元）,业务日期
            分解下达,龙陵县,龙新乡,云财〔2022〕1号,1.5,2022-02-01
            分解下达,龙陵县,象达乡,云财〔2022〕1号,0.000001,2022-02-01

            """, to: "a.csv")
        let rehearsal = try relief.run("post", "--dry-run", "--ledger", "L", "a.csv")
        #expect(rehearsal.status == 0, "\(rehearsal.errors)")
        #expect(rehearsal.output.contains("15,000.00"))
        let before = relief.ledger
        let first = try relief.record("post", "a.csv")
        #expect(first.status == 0, "\(first.errors)")
        let after = relief.ledger
        #expect(after != before)
        let second = try relief.record("post", "a.csv")
        #expect(second.status == 0)
        #expect(second.output.contains("already recorded at seq"))
        #expect(relief.ledger == after)
        try relief.write("kind,unit\nevent,龙陵县\n", to: "b.csv")
        // posting, two entries, seal
        let header = try #require(after).split(separator: 0x0A).dropLast(3).last
        let posting = try JSONSerialization.jsonObject(with: Data(try #require(header)))
        let id = (posting as? [String: Any])?["id"] as? String
        let clash = try relief.record("post", "b.csv", "--id", try #require(id))
        #expect(clash.status == 1)
        #expect(relief.ledger == after)
    }

    @Test func `rows refer to rows of their own file by label and by number`() throws {
        let relief = try ReliefProgram()
        try relief.found()
        try relief.write(
            """
            kind,label,unit,to,grant,amount,date,title,purpose,source,cause,year,function,expiry,document_number,target
            grant,G,龙陵县,,,100,2022-02-01,t,G0,county,none,2022,unstated,unstated,D-1,
            allocation,A,龙陵县,龙新乡,G,40,2022-02-01,,,,,,,,,
            allocation,,龙陵县,象达镇,row:2,60,2022-02-01,,,,,,,,,
            receipt,,龙新乡,,,40,2022-02-02,,,,,,,,,A

            """, to: "labels.csv")
        let answer = try relief.record("post", "labels.csv")
        #expect(answer.status == 0, "\(answer.errors)")
    }

    @Test
    func `a township's key enrols no county key, sets no policy, and acts for no other township`()
        throws
    {
        let relief = try ReliefProgram()
        try relief.found()
        let grant = try relief.grant()
        #expect(
            try relief.run("key", "new", "fresh.pem", "--passphrase-file", "secret").status == 0)
        let policy = try relief.run("policy", "export", "--ledger", "L").output
        try relief.write(policy, to: "policy.json")
        let before = relief.ledger
        for arguments in [
            [
                "key", "enrol", "--new-key", "fresh.pem", "--unit", "530523000000", "--person",
                "OFF-9",
            ],
            ["policy", "approve", "policy.json"],
            ["policy", "adopt", "policy.json", "--effective", "2026-01-01"],
            [
                "allocate", "--unit", "龙陵县", "--to", "象达镇", "--grant", "\(grant)", "--amount", "1",
                "--date", "2022-01-02",
            ],
            [
                "return", "--unit", "象达镇", "--to", "龙陵县", "--grant", "\(grant)", "--amount", "1",
                "--date", "2022-01-02",
            ],
        ] {
            let answer = try relief.run(
                arguments + ["--ledger", "L", "--key", "town.pem", "--passphrase-file", "secret"])
            #expect(answer.status == 1, "\(arguments): \(answer.errors)")
            #expect(answer.errors.contains("A07"), "\(arguments): \(answer.errors)")
            #expect(relief.ledger == before)
        }
    }

    @Test func `a wrong passphrase and an unenrolled key stop before anything is built`() throws {
        let relief = try ReliefProgram()
        try relief.found()
        let before = relief.ledger
        try relief.write("not it\n", to: "wrong")
        let wrong = try relief.run(
            "event", "--ledger", "L", "--key", "officer.pem", "--passphrase-file", "wrong",
            "--unit",
            "龙陵县", "--cause", "flood", "--name", "x")
        #expect(wrong.status == 3)
        #expect(!wrong.errors.contains("not it") && !wrong.errors.contains("horse"))
        #expect(
            try relief.run("key", "new", "fresh.pem", "--passphrase-file", "secret").status == 0)
        let stranger = try relief.record(
            "event", "--unit", "龙陵县", "--cause", "flood", "--name", "x", key: "fresh.pem")
        #expect(stranger.status == 1)
        #expect(stranger.errors.contains("not enrolled"))
        #expect(relief.ledger == before)
    }

    @Test func `the last usable root key cannot be revoked, and a revoked key seals nothing`()
        throws
    {
        let relief = try ReliefProgram()
        try relief.found()
        let list = try relief.run("key", "list", "--ledger", "L").output
        // The list is in the order of the ids, which are random; the persons tell the keys apart.
        let ids = ["ROOT-1", "ROOT-2"].compactMap { person in
            list.split(separator: "\n").first { $0.contains(person) }?
                .split(separator: " ").first.map(String.init)
        }
        try #require(ids.count == 2)
        #expect(
            try relief.record("key", "revoke", ids[1], "--reason", "lost", key: "root1.pem").status
                == 0)
        let last = try relief.record("key", "revoke", ids[0], "--reason", "lost", key: "root1.pem")
        #expect(last.status == 1)
        #expect(last.errors.contains("last usable root key"))
        let revoked = try relief.record("key", "revoke", ids[0], "--reason", "x", key: "root2.pem")
        #expect(revoked.status == 1)
        #expect(revoked.errors.contains("revoked"))
    }

    @Test func `a rotated key takes the old one's place`() throws {
        let relief = try ReliefProgram()
        try relief.found()
        #expect(
            try relief.run("key", "new", "fresh.pem", "--passphrase-file", "secret").status == 0)
        let list = try relief.run("key", "list", "--ledger", "L").output
        let old = try #require(
            list.split(separator: "\n").first { $0.contains("OFF-1") }?.split(separator: " ").first)
        let rotated = try relief.record(
            "key", "rotate", "--replaces", String(old), "--new-key", "fresh.pem", key: "root1.pem")
        #expect(rotated.status == 0, "\(rotated.errors)")
        #expect(
            try relief.record("event", "--unit", "龙陵县", "--cause", "flood", "--name", "x").status
                == 1)
        #expect(
            try relief.record(
                "event", "--unit", "龙陵县", "--cause", "flood", "--name", "x", key: "fresh.pem"
            ).status == 0)
    }

    @Test func `a new policy takes two people`() throws {
        let relief = try ReliefProgram()
        try relief.found()
        try relief.write(try relief.run("policy", "export", "--ledger", "L").output, to: "p.json")
        let seq = (relief.ledger ?? Data()).split(separator: 0x0A).count + 1
        #expect(try relief.record("policy", "approve", "p.json", key: "root1.pem").status == 0)
        let alone = try relief.record(
            "policy", "adopt", "p.json", "--approval", "\(seq)", "--effective", "2026-01-01",
            key: "root1.pem")
        #expect(alone.status == 1)
        let other = try relief.record(
            "policy", "adopt", "p.json", "--approval", "\(seq)", "--effective", "2026-01-01",
            key: "root2.pem")
        #expect(other.status == 0, "\(other.errors)")
    }

    @Test func `a flipped byte makes every command say that the ledger is broken`() throws {
        let relief = try ReliefProgram()
        try relief.found()
        var bytes = try #require(relief.ledger)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(fileURLWithPath: relief.folder + "/L/ledger.jsonl"))
        #expect(try relief.run("balance", "--ledger", "L").status == 2)
    }
}

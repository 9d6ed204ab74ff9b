// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The officer's day, through the built program, in both languages.
@Suite struct TranscriptTests {
    @Test(arguments: ["en", "zh"])
    func `money goes from a grant to a village and every table shows it`(language: String) throws {
        let relief = try ReliefProgram()
        let founding = try relief.found(language: language)
        #expect(founding.output.contains("--expect "))
        #expect(founding.output.contains(language == "zh" ? "示例账" : "illustrative"))
        let grant = String(try relief.grant(language: language))
        let village = try relief.record(
            "unit", "add", "--parent", "龙新乡", "--name", "雪山", language: language)
        #expect(village.status == 0, "\(village.errors)")
        for arguments in [
            [
                "allocate", "--unit", "龙陵县", "--to", "龙新乡", "--grant", "云财〔2022〕1号", "--amount",
                "100000", "--date", "2022-01-02",
            ],
            [
                "allocate", "--unit", "龙新乡", "--to", "雪山", "--grant", grant, "--amount", "4.5万元",
                "--date", "2022-01-03",
            ],
            [
                "recall", "--unit", "龙新乡", "--from", "雪山", "--grant", grant, "--amount", "0.01",
                "--date", "2022-01-04",
            ],
            [
                "return", "--unit", "龙陵县", "--grant", grant, "--amount", "10000", "--date",
                "2022-01-05",
            ],
            [
                "receipt", "--unit", "龙陵县", "--target", grant, "--amount", "310000", "--date",
                "2022-01-05",
            ],
            [
                "event", "--unit", "龙陵县", "--cause", "drought", "--name", "冬旱", "--date",
                "2021-12-01",
            ],
            ["amend", "--target", grant, "--title", "冬春救助资金", "--reason", "补全名称"],
        ] {
            let answer = try relief.run(
                arguments + [
                    "--ledger", "L", "--key", "officer.pem", "--passphrase-file", "secret",
                ],
                language: language)
            #expect(answer.status == 0, "\(arguments): \(answer.errors)")
            #expect(answer.output.contains("--expect "))
        }
        let balance = try relief.run("balance", "--ledger", "L", language: language).output
        #expect(balance.contains("200,000.00"))
        #expect(balance.contains("55,000.01"))
        #expect(balance.contains("44,999.99"))
        #expect(balance.contains("300,000.00"))
        #expect(balance.contains("    雪山"))
        let wan = try relief.run("balance", "--ledger", "L", "--wan", "--unit", "雪山").output
        #expect(wan.contains("4.499999"))
        let register = try relief.run("register", "--ledger", "L", "--csv", "-", language: language)
            .output
        #expect(register.split(separator: "\r\n").count == 7)
        #expect(register.contains(language == "zh" ? "前链哈希,本条哈希" : "previous hash,hash"))
        let shown = try relief.run("show", grant, "--ledger", "L", language: language).output
        #expect(shown.hasPrefix("{\""))
        #expect(shown.contains("叁拾壹万元整"))
        #expect(shown.contains("OFF-1"))
        #expect(shown.contains("补全名称"))
        for list in [["key", "list"], ["unit", "list"], ["policy", "show"], ["register"]] {
            let answer = try relief.run(list + ["--ledger", "L"], language: language)
            #expect(answer.status == 0 && !answer.output.isEmpty)
        }
    }

    @Test func `a balance as of an earlier record forgets what came later`() throws {
        let relief = try ReliefProgram()
        try relief.found()
        let grant = try relief.grant()
        #expect(
            try relief.record(
                "allocate", "--unit", "龙陵县", "--to", "龙新乡", "--grant", "\(grant)", "--amount", "1",
                "--date", "2022-01-02"
            ).status == 0)
        let before = try relief.run("balance", "--ledger", "L", "--as-of-seq", "\(grant)").output
        #expect(!before.contains("龙新乡"))
        #expect(try relief.run("balance", "--ledger", "L").output.contains("309,999.00"))
    }

    @Test func `a receipt of more than was sent is recorded with a warning`() throws {
        let relief = try ReliefProgram()
        try relief.found()
        let grant = try relief.grant()
        let answer = try relief.record(
            "receipt", "--unit", "龙陵县", "--target", "\(grant)", "--amount", "310000.01", "--date",
            "2022-01-02")
        #expect(answer.status == 0)
        #expect(answer.errors.contains("warning"))
        #expect(answer.errors.contains("310,000.01"))
    }

    @Test func `keys default into the private folder and only their owner can read them`() throws {
        let relief = try ReliefProgram()
        let answer = try relief.run(
            "init", "M", "--origin", "reliefledger.example/m", "--steward", "530523000000",
            "--title",
            "t", "--divisions", "divisions.csv", "--root", "ROOT-1", "--root", "ROOT-2",
            "--passphrase-file", "secret")
        #expect(answer.status == 0, "\(answer.errors)")
        let attributes = try FileManager.default.attributesOfItem(
            atPath: relief.folder + "/M/private/keys/ROOT-2.pem")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(!FileManager.default.fileExists(atPath: relief.folder + "/M.new-keys"))
    }

    @Test func `a founding with several mistakes names them all and leaves nothing behind`() throws
    {
        let relief = try ReliefProgram()
        let answer = try relief.run(
            "init", "N", "--origin", "HTTP://x", "--steward", "530524000000", "--title", "t",
            "--nature", "real", "--divisions", "divisions.csv", "--root", "1", "--passphrase-file",
            "secret")
        #expect(answer.status == 64)
        for option in ["--origin", "--nature", "--divisions", "--root: 1 root keys", "--root: “1”"]
        {
            #expect(answer.errors.contains(option), "\(option)")
        }
        #expect(!FileManager.default.fileExists(atPath: relief.folder + "/N"))
    }
}

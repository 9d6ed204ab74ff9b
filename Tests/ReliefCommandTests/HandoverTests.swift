// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// People leave and passphrases are forgotten; the ledger goes on.
@Suite struct HandoverTests {
    private func newKey(_ relief: ReliefProgram, _ name: String, secret: String = "secret") throws {
        let answer = try relief.run("key", "new", name, "--passphrase-file", secret)
        try #require(answer.status == 0, "\(answer.errors)")
    }

    private func event(_ relief: ReliefProgram, key: String) throws -> ReliefProgram.Answer {
        try relief.record(
            "event", "--unit", "龙陵县", "--cause", "drought", "--name", "冬旱", "--date",
            "2021-12-01", key: key)
    }

    private func keyID(_ relief: ReliefProgram, of person: String) throws -> String {
        let list = try relief.run("key", "list", "--ledger", "L").output
        let line = list.split(separator: "\n").last { $0.contains(person) }
        return String(try #require(line?.split(separator: " ").first))
    }

    @Test(arguments: ["en", "zh"])
    func `an officer leaves with the passphrase, and another one takes over what was open`(
        language: String
    ) throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.write(ReliefProgram.roster(1..<4), to: "roster.csv")
        #expect(try relief.pay("roster.csv", seqs).status == 0)
        try FileManager.default.removeItem(atPath: relief.folder + "/officer.pem")
        try relief.write("a new officer's own words\n", to: "words")
        try newKey(relief, "successor.pem", secret: "words")
        let answer = try relief.record(
            "key", "handover", "--from", "OFF-1", "--to-person", "OFF-8", "--new-key",
            "successor.pem", "--new-passphrase-file", "words", key: "root1.pem", language: language)
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.output.contains(language == "zh" ? "在银行 3 笔" : "3 payments with the bank"))
        let last = relief.records.suffix(3)
        #expect(last.map { $0["action"] as? String } == ["enrol", "revoke", nil])
        let going = try relief.run(
            "result", "--batch", "\(seqs.firstBatch)", "--settled", "--date", "2022-01-12",
            "--ledger", "L", "--key", "successor.pem", "--passphrase-file", "words")
        #expect(going.status == 0, "\(going.errors)")
        #expect(try relief.verify().status == 0)
    }

    @Test
    func `a handover to the same person, of an ambiguous one or without authority is refused`()
        throws
    {
        let relief = try ReliefProgram()
        try relief.found()
        try newKey(relief, "new.pem")
        func handover(_ from: String, _ to: String, key: String = "root1.pem", _ extra: String...)
            throws -> ReliefProgram.Answer
        {
            try relief.seal(
                [
                    "key", "handover", "--from", from, "--to-person", to, "--new-key", "new.pem",
                ] + extra, key: key)
        }
        let before = relief.ledger
        let same = try handover("OFF-1", "OFF-1")
        #expect(same.status == 64 && same.errors.contains("key rotate"))
        #expect(try handover("OFF-7", "OFF-8").status == 64)
        let expired = try handover("OFF-1", "OFF-8", "--expires", "2020-01-01T00:00:00Z")
        #expect(expired.status == 1 && expired.errors.contains("no usable key"))
        #expect(try handover("OFF-1", "OFF-8", key: "town.pem").status == 1)
        let alone = try handover("ROOT-2", "ROOT-1")
        #expect(alone.status == 1 && alone.errors.contains("needs two people"))
        #expect(relief.ledger == before)
        // A root key may hand itself over.
        #expect(try handover("ROOT-1", "ROOT-9").status == 0)
        #expect(try event(relief, key: "root1.pem").status == 1)
        #expect(try relief.verify().status == 0)
    }

    @Test func `a root passphrase is lost and the other root key replaces the key`() throws {
        let relief = try ReliefProgram()
        try relief.found()
        try relief.write("forgotten\n", to: "guess")
        let locked = try relief.run(
            "policy", "adopt", "default", "--ledger", "L", "--key", "root1.pem",
            "--passphrase-file", "guess")
        #expect(locked.status != 0)
        try newKey(relief, "root1b.pem")
        let itself = try relief.record(
            "key", "recover", "--lost", "ROOT-2", "--new-key", "root1b.pem", key: "root2.pem")
        #expect(itself.status == 64 && itself.errors.contains("not lost"))
        let answer = try relief.record(
            "key", "recover", "--lost", "ROOT-1", "--new-key", "root1b.pem", key: "root2.pem")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.output.contains("destroy the old key file"))
        let old = try relief.record(
            "key", "revoke", try keyID(relief, of: "OFF-1"), "--reason", "x", key: "root1.pem")
        #expect(old.status == 1)
        let new = try relief.record(
            "key", "revoke", try keyID(relief, of: "OFF-2"), "--reason", "x", key: "root1b.pem")
        #expect(new.status == 0, "\(new.errors)")
        #expect(try relief.verify().status == 0)
    }

    @Test func `a passphrase is changed without the key, and a mistake leaves the file alone`()
        throws
    {
        let relief = try ReliefProgram()
        try relief.found()
        try relief.write("other words\n", to: "other")
        let path = relief.folder + "/officer.pem"
        let before = FileManager.default.contents(atPath: path)
        func change(_ old: String, _ new: String) throws -> ReliefProgram.Answer {
            try relief.run(
                "key", "passphrase", "officer.pem", "--passphrase-file", old,
                "--new-passphrase-file", new)
        }
        try relief.write("", to: "empty")
        #expect(try change("other", "secret").status == 3)
        #expect(try change("secret", "empty").status == 3)
        #expect(FileManager.default.contents(atPath: path) == before)
        #expect(try change("secret", "other").status == 0)
        #expect(FileManager.default.contents(atPath: path) != before)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(!FileManager.default.fileExists(atPath: path + ".new"))
        #expect(try event(relief, key: "officer.pem").status == 3)
        let answer = try relief.run(
            "event", "--unit", "龙陵县", "--cause", "drought", "--name", "冬旱", "--date", "2021-12-01",
            "--ledger", "L", "--key", "officer.pem", "--passphrase-file", "other")
        #expect(answer.status == 0, "\(answer.errors)")
    }
}

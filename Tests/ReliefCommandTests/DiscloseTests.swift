// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

extension ReliefProgram {
    /// The files of a folder in the scratch folder, by their paths inside.
    fileprivate func files(in name: String) -> [String] {
        (FileManager.default.enumerator(atPath: folder + "/" + name)?.compactMap { $0 as? String }
            ?? []).sorted()
    }

    fileprivate func bytes(_ name: String) -> Data? {
        FileManager.default.contents(atPath: folder + "/" + name)
    }

    /// An expense of the county, dated in January.
    fileprivate func spend(_ amount: String, _ seqs: SpendingSeqs) throws {
        try expectRecorded(
            "expense", "--unit", "龙陵县", "--grant", "\(seqs.grant)", "--plan", "\(seqs.plan)",
            "--item", "food", "--payee", ReliefProgram.firm, "--amount", amount, "--date",
            "2022-01-20")
    }

    /// Publishes January of the county.
    fileprivate func disclose(
        _ extra: String..., out: String = "public", language: String = "en"
    ) throws -> Answer {
        try seal(
            [
                "disclose", "--unit", "龙陵县", "--from", "2022-01-01", "--until", "2022-01-31",
                "--date", "2022-02-10", "--out", out,
            ] + extra, language: language)
    }
}

/// `relief disclose`: recorded first, then written, and checked by whoever gets it.
@Suite struct DiscloseTests {
    @Test func `a disclosure is recorded, written, and holds without the ledger`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.spend("500", seqs)
        let answer = try relief.disclose("--document-number", "龙公示〔2022〕1号")
        try #require(answer.status == 0, "\(answer.errors)")
        #expect(answer.output.contains("recorded: seq"))
        let shown = try relief.run("show", "\(relief.lastSeq)", "--ledger", "L")
        #expect(shown.output.contains("disclosure") && shown.output.contains("2022-01-31"))
        let verified = try relief.verify("--format", "json")
        #expect(verified.status == 0)
        #expect(verified.output.contains("\"rule\": \"D02\",\n        \"status\": \"clean\""))
        let files = relief.files(in: "public")
        for name in ["SHA256SUMS", "proof.json", "movements.csv", "disclosure.json"] {
            #expect(files.contains(name), "\(name)")
        }
        let checked = try relief.check("public")
        #expect(checked.status == 0, "\(checked.output)")
        #expect(checked.output.contains("Proven: "))
        let chinese = try relief.check("public", "--lang", "zh")
        #expect(chinese.output.contains("公开资料与封存的账一致"))
    }

    @Test func `a file, a proof or a fingerprint that does not fit is said, with exit 1, 2, 3, 64`()
        throws
    {
        let relief = try ReliefProgram()
        try relief.spend("500", try relief.foundForSpending())
        try #require(try relief.disclose().status == 0)
        let zeros = String(repeating: "0", count: 64)
        #expect(try relief.check("public", "--expect-fingerprint", zeros).status == 2)
        #expect(try relief.check("public", "--key", zeros).status == 2)
        #expect(try relief.check("public", "--key", "0").status == 64)
        #expect(try relief.check("nowhere").status == 3)
        #expect(try relief.check().status == 64)
        let json = try relief.check("public", "--format", "json")
        #expect(json.output.hasPrefix("{\n  \"status\": \"intact\""))
        var table = String(
            decoding: try #require(relief.bytes("public/movements.csv")), as: UTF8.self)
        table = table.replacing("500.00", with: "600.00")
        try relief.write(table, to: "public/movements.csv")
        let altered = try relief.check("public")
        #expect(altered.status == 1 && altered.output.contains("movements.csv"))
        var proof = String(decoding: try #require(relief.bytes("public/proof.json")), as: UTF8.self)
        proof = proof.replacing("\"amount\":50000,", with: "\"amount\":60000,")
        try relief.write(proof, to: "public/proof.json")
        let forged = try relief.check("public")
        #expect(forged.status == 1 || forged.status == 2)
        #expect(forged.output.contains("its hash differs"))
    }

    @Test func `the same round is written again and not recorded again, unless something changed`()
        throws
    {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.spend("500", seqs)
        try #require(try relief.disclose().status == 0)
        let ledger = relief.ledger
        let again = try relief.disclose(out: "again")
        #expect(again.status == 0 && again.errors.contains("nothing was recorded again"))
        #expect(relief.ledger == ledger)
        for name in relief.files(in: "public") {
            #expect(relief.bytes("again/\(name)") == relief.bytes("public/\(name)"), "\(name)")
        }
        // Later records change neither the round nor its files, a back-dated one neither.
        try relief.spend("700", seqs)
        #expect(try relief.disclose(out: "later").status == 0)
        #expect(relief.bytes("later/proof.json") == relief.bytes("public/proof.json"))
        let other = try relief.disclose("--profile", "board", out: "other")
        #expect(other.status == 64 && other.errors.contains("--round 2"))
        #expect(relief.files(in: "other") == [])
        let second = try relief.disclose("--round", "2", out: "second")
        #expect(second.status == 0, "\(second.errors)")
        #expect(try relief.check("second").status == 0)
        #expect(try relief.verify().status == 0)
    }

    @Test func `nothing is recorded where the folder is taken, or the options are wrong`() throws {
        let relief = try ReliefProgram()
        try relief.spend("500", try relief.foundForSpending())
        let before = relief.ledger
        try FileManager.default.createDirectory(
            atPath: relief.folder + "/public", withIntermediateDirectories: false)
        try relief.write("x", to: "public/mine")
        let taken = try relief.disclose()
        #expect(taken.status == 3 && taken.errors.contains("never overwritten"))
        let cases: [([String], String)] = [
            (["--profile", "full"], "--profile"), (["--round", "100"], "--round"),
            (["--until", "2022-02-11"], "--until"), (["--from", "2022-02-01"], "--until"),
            (["--from", "yesterday"], "--from"),
            (["--memo", "户主身份证 530523195001010015"], "--memo"),
        ]
        for (options, named) in cases {
            let answer = try relief.seal(
                [
                    "disclose", "--unit", "龙陵县", "--date", "2022-02-10", "--out", "new",
                ] + options)
            #expect(answer.status == 64, "\(options): \(answer.errors)")
            #expect(answer.errors.contains(named), "\(answer.errors)")
        }
        let unknown = try relief.seal(["disclose", "--unit", "999999000000", "--out", "new"])
        #expect(unknown.status == 64)
        #expect(relief.ledger == before)
        #expect(relief.files(in: "new") == [])
    }

    @Test func `a rehearsal needs no key, records nothing and writes nothing`() throws {
        let relief = try ReliefProgram()
        try relief.spend("500", try relief.foundForSpending())
        let before = relief.ledger
        let answer = try relief.run(
            "disclose", "--ledger", "L", "--unit", "龙陵县", "--out", "public", "--dry-run")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.output.contains("rehearsal: 2022-01-"))
        #expect(relief.ledger == before && relief.files(in: "public") == [])
    }

    @Test func `a township publishes its own money by its own key, and no other unit's`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.expectRecorded(
            "allocate", "--unit", "龙陵县", "--to", "龙新乡", "--grant", "\(seqs.grant)", "--amount",
            "1000", "--date", "2022-01-11")
        let own = try relief.seal(
            ["disclose", "--unit", "龙新乡", "--out", "own"], key: "town.pem")
        #expect(own.status == 0, "\(own.errors)")
        #expect(try relief.check("own").output.contains("530523204000"))
        let county = try relief.seal(
            ["disclose", "--unit", "龙陵县", "--out", "county"], key: "town.pem")
        #expect(county.status == 1 && county.errors.contains("A07"))
        #expect(relief.files(in: "county") == [])
    }
}

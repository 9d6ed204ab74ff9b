// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Originals behind entries, as an officer keeps and checks them.
@Suite struct EvidenceCommandTests {
    /// A ledger with a grant whose paper is kept; the digest of the paper.
    private func found(_ relief: ReliefProgram) throws -> (grant: Int, digest: String) {
        try relief.found()
        try relief.write("the paper, scanned\n", to: "paper.pdf")
        let answer = try relief.record(
            "grant", "--unit", "龙陵县", "--amount", "31万元", "--date", "2022-01-01",
            "--document-number", "云财〔2022〕1号", "--title", "冬春救助", "--purpose", "H6", "--source",
            "provincial", "--cause", "drought", "--function", "unstated", "--expiry", "unstated",
            "--evidence", "paper.pdf=下达文件=云财〔2022〕1号")
        try #require(answer.status == 0, "\(answer.errors)")
        let files = try #require(relief.records[relief.lastSeq]["evidence"] as? [[String: Any]])
        return (relief.lastSeq, try #require(files.first?["sha256"] as? String))
    }

    private func stored(_ relief: ReliefProgram, _ digest: String) -> String {
        relief.folder + "/L/private/evidence/" + digest
    }

    @Test func `an original is kept once, privately, and only its digest enters the ledger`() throws
    {
        let relief = try ReliefProgram()
        let (grant, digest) = try found(relief)
        let path = stored(relief, digest)
        #expect(FileManager.default.contents(atPath: path) == Data("the paper, scanned\n".utf8))
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let folder = try FileManager.default.attributesOfItem(
            atPath: relief.folder + "/L/private/evidence")
        #expect(folder[.posixPermissions] as? Int == 0o700)
        let text = String(decoding: relief.ledger ?? Data(), as: UTF8.self)
        #expect(!text.contains("paper.pdf") && !text.contains("scanned"))
        try relief.expectRecorded(
            "receipt", "--unit", "龙陵县", "--target", "\(grant)", "--amount", "310000", "--date",
            "2022-01-02", "--evidence", "paper.pdf")
        let names = try FileManager.default.contentsOfDirectory(
            atPath: relief.folder + "/L/private/evidence")
        #expect(names.sorted() == [digest, digest + ".json"])
        let list = try relief.run("evidence", "list", "--seq", "\(grant)", "--ledger", "L")
        #expect(list.output.contains("下达文件") && list.output.contains("paper.pdf"))
        #expect(list.output.contains("kept"))
        let check = try relief.run("evidence", "check", "--ledger", "L")
        #expect(check.status == 0, "\(check.errors)")
        #expect(try relief.verify().status == 0)
        #expect(try relief.run("show", "\(grant)", "--ledger", "L").output.contains(digest))
    }

    @Test(arguments: ["en", "zh"])
    func `missing, changed and surplus files are all named`(language: String) throws {
        let relief = try ReliefProgram()
        let (_, digest) = try found(relief)
        try relief.write("changed", to: "L/private/evidence/" + digest)
        try relief.write("stray", to: "L/private/evidence/stray")
        var check = try relief.run("evidence", "check", "--ledger", "L", language: language)
        #expect(check.status == 1)
        #expect(check.errors.contains(language == "zh" ? "被改动" : "was changed"))
        #expect(check.errors.contains(language == "zh" ? "多余" : "surplus"))
        try FileManager.default.removeItem(atPath: stored(relief, digest))
        check = try relief.run("evidence", "check", "--ledger", "L", language: language)
        #expect(check.errors.contains(language == "zh" ? "缺失" : "missing"))
        // The paper is put back without a key, another file is not.
        #expect(try relief.run("evidence", "add", "secret", "--ledger", "L").status == 1)
        #expect(try relief.run("evidence", "add", "paper.pdf", "--ledger", "L").status == 0)
        try FileManager.default.removeItem(atPath: relief.folder + "/L/private/evidence/stray")
        #expect(try relief.run("evidence", "check", "--ledger", "L").status == 0)
    }

    @Test func `a refused posting leaves no original behind`() throws {
        let relief = try ReliefProgram()
        try relief.found()
        let grant = try relief.grant()
        try relief.write("scan", to: "scan.jpg")
        let answer = try relief.record(
            "allocate", "--unit", "龙陵县", "--to", "龙新乡", "--grant", "\(grant)", "--amount",
            "99万元", "--date", "2022-01-02", "--evidence", "scan.jpg")
        #expect(answer.status == 1, "\(answer.errors)")
        let names = try? FileManager.default.contentsOfDirectory(
            atPath: relief.folder + "/L/private/evidence")
        #expect((names ?? []).isEmpty)
    }

    @Test func `a title with an identity number is refused and not repeated`() throws {
        let relief = try ReliefProgram()
        try relief.found()
        let grant = try relief.grant()
        try relief.write("scan", to: "scan.jpg")
        let number = ReliefProgram.identity(7)
        let answer = try relief.record(
            "receipt", "--unit", "龙陵县", "--target", "\(grant)", "--amount", "310000", "--date",
            "2022-01-02", "--evidence", "scan.jpg=\(number)")
        #expect(answer.status == 64)
        #expect(!answer.errors.contains(number))
    }

    @Test func `files that are missing, empty or too many are all told at once`() throws {
        let relief = try ReliefProgram()
        try relief.found()
        let grant = try relief.grant()
        try relief.write("", to: "empty.jpg")
        let answer = try relief.record(
            "receipt", "--unit", "龙陵县", "--target", "\(grant)", "--amount", "310000", "--date",
            "2022-01-02", "--evidence", "empty.jpg", "--evidence", "nowhere.jpg", "--evidence", ".")
        #expect(answer.status == 3)
        #expect(answer.errors.contains("empty.jpg") && answer.errors.contains("nowhere.jpg"))
        #expect(answer.errors.contains("not a regular file"))
    }

    @Test func `an original is added later by an amendment, which its entry shows`() throws {
        let relief = try ReliefProgram()
        try relief.found()
        let grant = try relief.grant()
        try relief.write("found later", to: "later.pdf")
        try relief.expectRecorded(
            "evidence", "add", "later.pdf=补充材料", "--target", "\(grant)", "--reason", "补附原件")
        let shown = try relief.run("show", "\(grant)", "--ledger", "L").output
        #expect(shown.contains("补充材料"))
        let list = try relief.run("evidence", "list", "--seq", "\(grant)", "--ledger", "L").output
        #expect(list.contains("补充材料"))
        #expect(try relief.verify().status == 0)
    }

    @Test func `a batch bears the files of its payments, a key none`() throws {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.write(ReliefProgram.roster(1..<4), to: "roster.csv")
        try relief.write("signed list", to: "list.pdf")
        let paid = try relief.pay("roster.csv", seqs, "--evidence", "list.pdf=公示照片")
        #expect(paid.status == 0, "\(paid.errors)")
        let bearers = relief.records.filter { $0["evidence"] != nil }
        #expect(bearers.map { $0["kind"] as? String } == ["batch"])
        try #require(
            try relief.run("key", "new", "new.pem", "--passphrase-file", "secret").status == 0)
        let enrolled = try relief.record(
            "key", "enrol", "--new-key", "new.pem", "--unit", "龙陵县", "--person", "OFF-9",
            "--evidence", "list.pdf", key: "root1.pem")
        #expect(enrolled.status == 64)
    }

    @Test func `a corrected field is shown with what it was and what it should have been`() throws {
        let relief = try ReliefProgram()
        try relief.found()
        let grant = try relief.grant()
        try relief.expectRecorded(
            "amend", "--target", "\(grant)", "--document-number", "云财〔2022〕2号", "--document-date",
            "2022-01-02", "--memo", "核对原件后更正", "--reason", "文号录错")
        let shown = try relief.run("show", "\(grant)", "--ledger", "L").output
        #expect(shown.contains("云财〔2022〕1号"))
        #expect(shown.contains("云财〔2022〕2号"))
        #expect(shown.contains("核对原件后更正"))
        #expect(shown.contains("corrected by seq \(relief.lastSeq)"))
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The office's computer dies, and the ledger goes on elsewhere.
@Suite struct BackupTests {
    private static let passphrase = "a backup's own words\n"

    /// A ledger with everything that a folder may hold, and a backup of it.
    private func backedUp() throws -> (relief: ReliefProgram, receipt: String) {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        try relief.write(ReliefProgram.roster(1..<4), to: "roster.csv")
        try relief.write("scan of the list", to: "list.pdf")
        #expect(try relief.pay("roster.csv", seqs, "--evidence", "list.pdf").status == 0)
        try FileManager.default.createDirectory(
            atPath: relief.folder + "/L/receipts", withIntermediateDirectories: true)
        try relief.write("a receipt\n", to: "L/receipts/1.txt")
        try relief.write(Self.passphrase, to: "words")
        let answer = try relief.run(
            "backup", "--ledger", "L", "--out", "b.rlb", "--passphrase-file", "words")
        try #require(answer.status == 0, "\(answer.errors)")
        let receipt = try #require(
            answer.output.split(separator: "\n").first { $0.contains("--expect") }?
                .split(separator: " ").last)
        return (relief, String(receipt))
    }

    private func restore(_ relief: ReliefProgram, _ extra: String...) throws
        -> ReliefProgram.Answer
    {
        try relief.run(["restore", "b.rlb", "--passphrase-file", "words"] + extra)
    }

    private func exists(_ relief: ReliefProgram, _ name: String) -> Bool {
        FileManager.default.fileExists(atPath: relief.folder + "/" + name)
    }

    /// Every file of a folder with its content, but the lock.
    private func content(_ relief: ReliefProgram, _ folder: String) -> [String: Data] {
        var content: [String: Data] = [:]
        let root = relief.folder + "/" + folder
        for name in (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? [] {
            let attributes = try? FileManager.default.attributesOfItem(atPath: root + "/" + name)
            guard attributes?[.type] as? FileAttributeType == .typeRegular, name != "private/lock"
            else { continue }
            content[name] = FileManager.default.contents(atPath: root + "/" + name)
        }
        return content
    }

    @Test func `a restored folder is the one that was backed up, and goes on`() throws {
        let (relief, receipt) = try backedUp()
        let answer = try restore(relief, "--to", "M", "--expect", receipt)
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.output.contains("never write to the old machine"))
        #expect(content(relief, "M") == content(relief, "L"))
        #expect(content(relief, "M").keys.contains { $0.hasPrefix("private/evidence/") })
        let attributes = try FileManager.default.attributesOfItem(
            atPath: relief.folder + "/M/private")
        #expect(attributes[.posixPermissions] as? Int == 0o700)
        try FileManager.default.removeItem(atPath: relief.folder + "/L")
        try FileManager.default.moveItem(
            atPath: relief.folder + "/M", toPath: relief.folder + "/L")
        try relief.expectRecorded(
            "event", "--unit", "龙陵县", "--cause", "drought", "--name", "冬旱", "--date", "2021-12-01")
        #expect(try relief.verify("--expect", receipt, "--as-of", "2022-02-10").status == 0)
        #expect(try relief.run("evidence", "check", "--ledger", "L").status == 0)
    }

    @Test func `nothing private can be read in a backup`() throws {
        let (relief, _) = try backedUp()
        let bytes = try #require(
            FileManager.default.contents(atPath: relief.folder + "/b.rlb"))
        let text = String(decoding: bytes, as: UTF8.self)
        for secret in ["scan of the list", "list.pdf", "private/", "PRIVATE KEY"] {
            #expect(!text.contains(secret), "\(secret)")
        }
        let attributes = try FileManager.default.attributesOfItem(
            atPath: relief.folder + "/b.rlb")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test(arguments: ["en", "zh"])
    func `a wrong passphrase says so, and the public part needs none`(language: String) throws {
        let (relief, receipt) = try backedUp()
        try relief.write("other words\n", to: "words")
        let answer = try relief.run(
            "restore", "b.rlb", "--to", "M", "--passphrase-file", "words", language: language)
        #expect(answer.status == 3)
        #expect(answer.errors.contains(language == "zh" ? "备份口令不对" : "passphrase is another"))
        #expect(!exists(relief, "M") && !exists(relief, "M.restoring"))
        let open = try relief.run(
            "restore", "b.rlb", "--to", "P", "--public-only", "--expect", receipt,
            language: language)
        #expect(open.status == 0, "\(open.errors)")
        #expect(Set(content(relief, "P").keys) == ["ledger.jsonl", "receipts/1.txt"])
    }

    @Test func `a backup older than the latest receipt is refused with the numbers`() throws {
        let (relief, _) = try backedUp()
        let answer = try relief.expectRecorded(
            "event", "--unit", "龙陵县", "--cause", "drought", "--name", "冬旱", "--date", "2021-12-01")
        let receipt = try #require(answer.output.split(separator: " ").last)
        let size = try #require(receipt.split(separator: ":").first.flatMap { Int($0) })
        let refused = try restore(
            relief, "--to", "M", "--expect", receipt.trimmingCharacters(in: .newlines))
        #expect(refused.status == 1)
        #expect(refused.errors.contains("the ledger has \(size), 3 more"), "\(refused.errors)")
        #expect(!exists(relief, "M"))
        // A receipt of another history is no older one: the ledger inside is another.
        let other = "2:" + String(repeating: "A", count: 43) + "="
        #expect(try restore(relief, "--to", "M", "--expect", other).status == 2)
        #expect(!exists(relief, "M") && !exists(relief, "M.restoring"))
    }

    @Test func `a backup that is cut off, lengthened or changed anywhere restores nothing`() throws
    {
        let (relief, _) = try backedUp()
        let whole = try #require(
            FileManager.default.contents(atPath: relief.folder + "/b.rlb"))
        let path = URL(fileURLWithPath: relief.folder + "/b.rlb")
        var broken: [Data] = [Data(), whole.dropLast(), whole + [0], whole.dropLast(70_000)]
        for place in stride(from: 0, to: whole.count, by: max(1, whole.count / 12)) {
            var changed = whole
            changed[place] ^= 1
            broken.append(changed)
        }
        for bytes in broken {
            try bytes.write(to: path)
            let answer = try restore(relief, "--to", "M")
            #expect(answer.status == 3 || answer.status == 2, "\(answer.errors)")
            #expect(!exists(relief, "M") && !exists(relief, "M.restoring"))
        }
    }

    @Test func `nothing that stands there is overwritten`() throws {
        let (relief, _) = try backedUp()
        let again = try relief.run(
            "backup", "--ledger", "L", "--out", "b.rlb", "--passphrase-file", "words")
        #expect(again.status == 3 && again.errors.contains("never overwritten"))
        let inside = try relief.run(
            "backup", "--ledger", "L", "--out", "L/receipts/b.rlb", "--passphrase-file", "words")
        #expect(inside.status == 3 && inside.errors.contains("own folder"))
        #expect(try restore(relief, "--to", "L").status == 3)
        #expect(try restore(relief, "--to", "secret").status == 3)
        try FileManager.default.createDirectory(
            atPath: relief.folder + "/empty", withIntermediateDirectories: false)
        #expect(try restore(relief, "--to", "empty").status == 0)
    }
}

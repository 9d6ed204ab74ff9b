// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite struct ExportCommandTests {
    private func program() throws -> ReliefProgram {
        let relief = try ReliefProgram()
        let seqs = try relief.foundForSpending()
        let paid = try relief.expense(
            seqs, "food", "12000", "--plan", "\(seqs.plan)", "--decision", "\(seqs.decision)")
        try #require(paid.status == 0, "\(paid.errors)")
        return relief
    }

    private func text(_ relief: ReliefProgram, _ name: String) throws -> String {
        try String(contentsOfFile: relief.folder + "/" + name, encoding: .utf8)
    }

    @Test func `anybody who has the file exports it, and twice the same`() throws {
        let relief = try program()
        // Whoever has the published file alone has no private folder and no key.
        try FileManager.default.createDirectory(
            atPath: relief.folder + "/copy", withIntermediateDirectories: false)
        try FileManager.default.copyItem(
            atPath: relief.folder + "/L/ledger.jsonl",
            toPath: relief.folder + "/copy/ledger.jsonl")
        let first = try relief.run(["export", "--ledger", "copy", "--out", "a"])
        #expect(first.status == 0, "\(first.errors)")
        #expect(try relief.run(["export", "--ledger", "L", "--out", "b"]).status == 0)
        let sums = try text(relief, "a/SHA256SUMS")
        #expect(sums == (try text(relief, "b/SHA256SUMS")))
        #expect(sums.contains("  codes/units.csv\n") && sums.contains("  rows.csv\n"))
        #expect(!sums.contains("proof.json"))
        #expect(try text(relief, "a/rows.csv").contains(",12000.00\r\n"))
    }

    @Test func `nothing is written over another folder's content`() throws {
        let relief = try program()
        #expect(try relief.run(["export", "--ledger", "L", "--out", "a"]).status == 0)
        let again = try relief.run(["export", "--ledger", "L", "--out", "a"])
        #expect(again.status == 3)
        #expect(again.errors.contains("never overwritten"))
    }

    @Test func `a ledger that was altered is not exported`() throws {
        let relief = try program()
        let line = try text(relief, "L/ledger.jsonl")
        try relief.write(line.replacing("1200000", with: "1300000"), to: "altered.jsonl")
        let answer = try relief.run(["export", "--ledger", "altered.jsonl", "--out", "a"])
        #expect(answer.status == 2)
        #expect(answer.errors.contains("broken"))
        #expect(!FileManager.default.fileExists(atPath: relief.folder + "/a"))
    }

    @Test func `a unit, a period and what is wrong with them`() throws {
        let relief = try program()
        let none = try relief.run(
            ["export", "--ledger", "L", "--unit", "象达乡", "--out", "a"])
        #expect(none.status == 0, "\(none.errors)")
        #expect(try text(relief, "a/rows.csv").components(separatedBy: "\r\n").count == 2)
        let unknown = try relief.run(["export", "--ledger", "L", "--unit", "nowhere", "--out", "b"])
        #expect(unknown.status == 64)
        let reversed = try relief.run([
            "export", "--ledger", "L", "--from", "2022-02-01", "--until", "2022-01-01", "--out",
            "b",
        ])
        #expect(reversed.status == 64)
        #expect(reversed.errors.contains("--until is before --from"))
    }
}

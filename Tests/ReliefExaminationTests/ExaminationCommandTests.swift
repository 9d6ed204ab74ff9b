// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerForge
import Testing

/// The built `relief-audit`, as an auditor runs it.
@Suite struct ExaminationCommandTests {
    private let folder: ScratchFolder
    private let county = TracedCounty()
    private static let nonce = String(repeating: "ab", count: 32)

    init() throws {
        folder = try ScratchFolder()
        try folder.write(county.forge.bytes, to: "ledger.jsonl")
        var broken = county.forge
        let last = broken.lines.count - 2
        broken.lines[last][broken.lines[last].count - 4] ^= 1
        try folder.write(broken.bytes, to: "broken.jsonl")
    }

    /// The program stands beside the test bundle.
    private static let path: String = {
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        var bundles = [own, CommandLine.arguments.first ?? ""]
        if let flag = CommandLine.arguments.firstIndex(of: "--test-bundle-path"),
            flag + 1 < CommandLine.arguments.count
        {
            bundles.insert(CommandLine.arguments[flag + 1], at: 0)
        }
        let places = bundles.map {
            URL(fileURLWithPath: $0).deletingLastPathComponent()
                .appendingPathComponent("relief-audit").path
        }
        return places.first { FileManager.default.isExecutableFile(atPath: $0) } ?? "relief-audit"
    }()

    private func run(_ arguments: String..., language: String = "en") throws -> ProgramAnswer {
        try ProgramAnswer(Self.path, arguments, in: folder.path, language: language)
    }

    @Test func `a grant is traced by seq or by document number, in both languages`() throws {
        let down = try run("trace", "ledger.jsonl", "--grant", "17")
        #expect(down.status == 0)
        #expect(down.errors.isEmpty)
        #expect(down.output.contains("Illustrative: no real money"))
        #expect(down.output.contains("\ngrant 17: 款, central"))
        let chinese = try run("trace", "ledger.jsonl", "--grant", "17", language: "zh")
        #expect(chinese.output.contains("\n第 17 条指标：款，中央"))
        let number = try run("trace", "ledger.jsonl", "--grant", "1")
        #expect(number.status == 64)
        #expect(number.errors.contains("means seq 17, 21, \(county.carryover); write the seq"))
    }

    @Test func `a payment is traced by seq and by pseudonym alike`() throws {
        let payment = try run("trace", "ledger.jsonl", "--payment", "\(county.batch + 2)")
        let payee = try run(
            "trace", "ledger.jsonl", "--payee", "h-00000000000000000000000000000002")
        #expect(payment.status == 0)
        #expect(payment.output == payee.output)
        #expect(payment.output.contains("cancelled"))
    }

    @Test func `the picture is a new file, and none is written over`() throws {
        let arguments = ["trace", "ledger.jsonl", "--grant", "17", "--svg", "flow.svg"]
        let first = try ProgramAnswer(Self.path, arguments, in: folder.path)
        #expect(first.status == 0)
        let picture = try folder.text("flow.svg")
        #expect(picture.contains("<svg"))
        let second = try ProgramAnswer(Self.path, arguments, in: folder.path)
        #expect(second.status == 3)
        #expect(second.errors.contains("no file is written over"))
        #expect(try folder.text("flow.svg") == picture)
    }

    @Test func `json is one document with amounts in fen`() throws {
        let answer = try run("trace", "ledger.jsonl", "--grant", "17", "--format", "json")
        let value = try JSONSerialization.jsonObject(with: Data(answer.output.utf8))
        let document = try #require(value as? [String: Any])
        let traces = try #require(document["traces"] as? [[String: Any]])
        #expect(traces[0]["fen"] as? Int == 100_000_000)
        #expect((document["ledger"] as? [String: Any])?["integrity"] as? String == "intact")
    }

    @Test func `a broken ledger ends with 2: its trusted part is traced, nothing is drawn of it`()
        throws
    {
        let trace = try run("trace", "broken.jsonl", "--grant", "17")
        #expect(trace.status == 2)
        #expect(trace.output.contains("BROKEN: "))
        #expect(trace.output.contains("\ngrant 17: "))
        let sample = try run(
            "sample", "broken.jsonl", "--nonce", Self.nonce, "--method", "monetary", "--count", "1")
        #expect(sample.status == 2)
        #expect(sample.output.isEmpty)
        let gone = try run("trace", "broken.jsonl", "--payment", "99999")
        #expect(gone.status == 2)
    }

    @Test func `what is not there is 64, what cannot be read is 3`() throws {
        #expect(try run("trace", "ledger.jsonl", "--grant", "18").status == 64)
        #expect(try run("trace", "ledger.jsonl", "--payment", "17").status == 64)
        #expect(try run("trace", "ledger.jsonl").status == 64)
        #expect(try run("trace", "ledger.jsonl", "--payment", "1", "--svg", "x").status == 64)
        #expect(try run("trace", "nowhere", "--grant", "17").status == 3)
        #expect(
            try run(
                "sample", "ledger.jsonl", "--nonce", "ab", "--method", "monetary", "--count", "1"
            )
            .status == 64)
    }

    @Test func `a nonce is made for its owner alone, and its commitment is checked later`() throws {
        let plan = ["--method", "stratified", "--count", "2", "--stratum", "amount"]
        let commit = try ProgramAnswer(
            Self.path, ["sample", "commit", "--nonce-file", "nonce"] + plan, in: folder.path)
        #expect(commit.status == 0)
        let words = commit.output.split { $0 == " " || $0 == "\n" }.map(String.init)
        let commitment = try #require(words.first { $0.count == 64 })
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/nonce")
        #expect(mode[.posixPermissions] as? Int == 0o600)
        let again = try ProgramAnswer(
            Self.path, ["sample", "commit", "--nonce-file", "nonce"] + plan, in: folder.path)
        #expect(again.output == commit.output)

        let kept = ["sample", "ledger.jsonl", "--nonce-file", "nonce", "--commitment", commitment]
        let drawn = try ProgramAnswer(Self.path, kept + plan, in: folder.path)
        #expect(drawn.status == 0)
        #expect(!drawn.output.contains("No commitment was checked"))
        let other = try ProgramAnswer(
            Self.path, kept + ["--method", "stratified", "--count", "3", "--stratum", "amount"],
            in: folder.path)
        #expect(other.status == 64)
        #expect(other.errors.contains("the commitment differs"))
    }

    @Test func `rows alone are csv, and the missing commitment is said beside them`() throws {
        let answer = try run(
            "sample", "ledger.jsonl", "--nonce", Self.nonce, "--method", "monetary", "--count", "2",
            "--format", "csv")
        #expect(answer.status == 0)
        #expect(answer.output.hasPrefix("seq,line,kind,date,unit,"))
        #expect(answer.errors.contains("No commitment was checked"))
    }
}

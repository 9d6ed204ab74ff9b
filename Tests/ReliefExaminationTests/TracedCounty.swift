// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefDisclosure
import Testing

/// A county whose money goes every way there is: down, back, to households, to a firm, wrongly, into
/// the next year.
struct TracedCounty {
    let grant = 17
    let allocations: [Int]
    let expense: Int
    let irregular: Int
    let batch: Int
    let carryover: Int
    var forge = Forge.spending()

    init() {
        let grant = grant
        var forge = forge
        func post(_ entries: RecordFields..., by key: ForgedKey = .county) -> Int {
            forge.post(by: key, entries).lowerBound
        }
        let first = post(
            Draft.allocation(grant: grant, 30_000_000, document: Draft.document("分〔2022〕1号")))
        let second = post(Draft.allocation(grant: grant, 10_000_000))
        allocations = [first, second]
        _ = post(Draft.movement("receipt", Place.township, grant: grant, 30_000_000, target: first))
        _ = post(Draft.undo("reversal", second, grant: grant, 2_000_000))
        _ = post(Draft.movement("return", Place.township, Place.county, grant: grant, 1_000_000))
        let plan = post(Draft.plan(Place.township, grant: grant, [("food", 900_000)]))
        let meeting = post(
            Draft.decision(Place.township, grant: grant, [("food", 900_000, nil)]), by: .chair)
        let roster = post(
            Draft.roster(Place.township, grant: grant, households: 3, persons: 6, 900_000))
        _ = post(
            Draft.notice(of: roster, Place.township, grant: grant, households: 3, 900_000))
        batch = forge.count + 1
        forge.post(
            by: .county,
            Draft.batch(
                at: batch, Place.township, grant: grant,
                [
                    Draft.Line(1, 500_000, persons: 4), Draft.Line(2, 300_000),
                    Draft.Line(3, 100_000),
                ],
                plan: plan, decision: meeting, roster: roster))
        _ = post(
            Draft.result("settled", of: batch + 1, Place.township, grant: grant, 500_000),
            Draft.result("failed", of: batch + 2, Place.township, grant: grant, 300_000),
            Draft.undo("cancel", batch + 2, Place.township, grant: grant, 300_000))
        expense = post(Draft.expense(grant: grant, 400_000, plan: 18))
        let owed = post(Draft.undo("recoverable", expense, grant: grant, 50_000))
        _ = post(Draft.recovery(owed, grant: grant, 20_000))
        irregular = post(Draft.irregular(grant: grant, 70_000))
        _ = post(Draft.amend(first, ["document": Draft.document("分〔2022〕2号")]))
        carryover = post(Draft.carryover(Place.township, grant: grant, 5_000_000))
        self.forge = forge
    }

    func verified() throws -> VerifiedLedger<BookHistory> {
        let ledger = try UnverifiedLedger(LedgerBytes(forge.bytes)).verify(folding: BookHistory())
        try #require(ledger.integrity.faults.map(\.message.en) == [])
        return ledger
    }
}

/// The repository, from the place of this file.
enum Repository {
    static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    static func ledger(_ name: String) -> String { "\(path)/Ledgers/\(name)/ledger.jsonl" }

    /// Every ledger that stands in the repository.
    static var ledgers: [String] {
        let root = path + "/Ledgers"
        let found = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return found.filter { $0.hasSuffix("ledger.jsonl") }.sorted().map { root + "/" + $0 }
    }
}

/// A program that was run.
struct ProgramAnswer {
    let status: Int32
    let output: String
    let errors: String

    /// Runs a program in a folder.
    init(_ path: String, _ arguments: [String], in folder: String, language: String = "en") throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = [
            "LANG": language == "zh" ? "zh_CN.UTF-8" : "en_US.UTF-8", "PATH": "/usr/bin:/bin",
        ]
        let (output, errors) = (folder + "/.output", folder + "/.errors")
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        _ = FileManager.default.createFile(atPath: errors, contents: nil)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.run()
        process.waitUntilExit()
        status = process.terminationStatus
        self.output = try String(contentsOfFile: output, encoding: .utf8)
        self.errors = try String(contentsOfFile: errors, encoding: .utf8)
    }
}

/// A folder that ends with its owner.
final class ScratchFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("examination-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: path + "/" + name, encoding: .utf8)
    }
}

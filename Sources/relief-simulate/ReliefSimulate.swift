// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import LedgerLog
import ReliefSimulation

@main
struct ReliefSimulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relief-simulate",
        abstract: "Made-up ledgers and timings, for measurements.",
        subcommands: [WriteLedger.self, AppendTimes.self, ChainOnly.self],
        defaultSubcommand: WriteLedger.self)
}

/// Writes a ledger; what `relief-simulate` does without the name of a subcommand.
struct WriteLedger: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "write",
        abstract:
            "Write a large compliant illustrative ledger to OUT/ledger.jsonl, for measurements.",
        discussion: """
            Rounds of aid in one county, or in several counties of a province: grants, allocations, \
            plans, decisions, batches of payments to households, the bank's answers, suppliers, \
            corrections, and what is left going back. All of it is made up, and relief-verify \
            finds nothing in it.

            The same seed, size and kind of region give the same entries. Keys and the ledger's \
            id are fresh each time, so hashes and seals differ. Posting sizes are log-normal with \
            a median of about 500 entries and at most 5,000.
            """)

    @Option(help: "Records at least.")
    var entries = 1_000_000

    @Option(help: "What the made-up figures follow from.")
    var seed: UInt64 = 1

    @Flag(help: "Several counties under a province instead of one county.")
    var province = false

    @Argument(help: "Directory to create; it must not exist.")
    var out: String

    func validate() throws {
        guard entries >= 1 else { throw ValidationError("--entries must be at least 1") }
    }

    func run() throws {
        do { try write() } catch let error as OutputError {
            throw error.exit(of: "relief-simulate")
        }
    }

    private func write() throws {
        try OutputFolder.create(out)
        var simulation = try Simulation(seed: seed, isProvince: province)
        let file = try OutputFile(path: out + "/ledger.jsonl")
        var posting = try simulation.founding()
        var tally = Tally()
        while true {
            try file.write(posting.sealed.bytes)
            tally.add(posting)
            if posting.sealed.expectation.size >= entries { break }
            posting = try simulation.next()
        }
        print(tally.report(posting.sealed.expectation, through: posting.date))
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import LedgerFormat
import LedgerLog
import ReliefModel

@main
struct ReliefSimulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relief-simulate",
        abstract:
            "Write a large compliant illustrative ledger to OUT/ledger.jsonl, for measurements.",
        discussion: """
            Rounds of aid in one county, or in several counties of a province: grants, allocations, \
            plans, decisions, batches of payments to households, the bank's answers, suppliers, \
            corrections, and what is left going back. All of it is made up, and relief-verify \
            finds nothing in it.

            The same seed, size and kind of region give the same entries. Keys and the ledger's \
            id are fresh each time, so hashes and seals differ. Posting sizes are log-normal with \
            a median of 500 entries and at most 5,000.
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
        guard unsafe mkdir(out, 0o755) == 0 else {
            let reason =
                unsafe errno == EEXIST ? "it exists already" : String(cString: strerror(errno))
            throw ValidationError("\(out) cannot be created: \(reason)")
        }
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

/// A new file, written from the top.
struct OutputFile: ~Copyable {
    private let path: String
    private let descriptor: Int32

    init(path: String) throws {
        self.path = path
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.failure("create", path) }
    }

    deinit { close(descriptor) }

    func write(_ bytes: [UInt8]) throws {
        var done = 0
        while done < bytes.count {
            // SAFETY: done ..< bytes.count lies in the array for the length of the call.
            let written = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(
                    descriptor, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
            }
            guard written > 0 else { throw Self.failure("write", path) }
            done += written
        }
    }

    private static func failure(_ call: String, _ path: String) -> ExitCode {
        let reason = unsafe String(cString: strerror(errno))
        let text = Array("relief-simulate: error: cannot \(call) \(path): \(reason)\n".utf8)
        // SAFETY: the array is alive for the call, and all of it may be read.
        _ = unsafe text.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
        return ExitCode(3)
    }
}

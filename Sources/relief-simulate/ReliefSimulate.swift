// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefModel

/// Writes a large compliant ledger for measurements: illustrative, made-up, reproducible.
///
/// Money goes from grants to townships and on to villages, with receipts, recalls and returns;
/// posting sizes are log-normal with a median of 500 entries and at most 5,000.
@main
struct ReliefSimulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relief-simulate",
        abstract:
            "Write a large compliant illustrative ledger to OUT/ledger.jsonl, for measurements.")

    @Option(help: "Records at least.")
    var entries = 1_000_000

    @Option(help: "Seed: the same seed and size give the same entries (keys are fresh).")
    var seed: UInt64 = 1

    @Argument(help: "Directory to create.")
    var out: String

    func run() throws {
        guard entries >= 100, unsafe mkdir(out, 0o755) == 0 else {
            throw ValidationError("--entries must be at least 100 and \(out) must not exist yet")
        }
        var simulation = try Simulation(seed: seed)
        let descriptor = unsafe creat(out + "/ledger.jsonl", 0o644)
        guard descriptor >= 0 else { throw ExitCode(3) }
        defer { close(descriptor) }
        var posting = try simulation.founding()
        var sizes: [Int] = []
        while true {
            try write(posting.bytes, to: descriptor)
            sizes.append(posting.entrySeqs.count)
            if posting.sealSeq + 1 >= entries { break }
            posting = try simulation.next()
        }
        sizes.sort()
        print(
            "\(posting.expectation.size) records in \(sizes.count) postings; entries in a posting: "
                + "min \(sizes.first ?? 0), median \(sizes[sizes.count / 2]), max \(sizes.last ?? 0)"
        )
        print("--expect \(posting.expectation)")
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32) throws {
        var done = 0
        while done < bytes.count {
            // SAFETY: done ..< bytes.count lies in the array for the length of the call.
            let written = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(
                    descriptor, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
            }
            guard written > 0 else { throw ExitCode(3) }
            done += written
        }
    }
}

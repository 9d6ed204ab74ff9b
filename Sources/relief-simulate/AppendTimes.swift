// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefAudit
import ReliefSimulation

/// Times durable appends through the store, each beside a plain write and fsync of the same bytes.
struct AppendTimes: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "append",
        abstract: "Time durable appends: one line a posting, for scripts/bench.",
        discussion: """
            Founds a ledger in OUT/ledger and appends postings as relief does: the posting is \
            verified, written, fsynced, read back, and the head stored durably. The same bytes \
            are then written and fsynced to OUT/plain by two system calls. Each line of output is \
            ENTRIES BYTES APPEND-NS PLAIN-NS.
            """)

    @Option(help: "Entries of a posting.")
    var size = 500

    @Option(help: "Postings.")
    var count = 100

    @Argument(help: "Directory to create; it must not exist.")
    var out: String

    func run() throws {
        do { try time() } catch let error as OutputError {
            throw error.exit(of: "relief-simulate")
        }
    }

    private func time() throws {
        try OutputFolder.create(out)
        var simulation = try Simulation(seed: 1, isProvince: false)
        let now = try Timestamp(seconds: 1_700_000_000).orMalformed("time")
        var open = try LedgerStore.create(
            at: out + "/ledger", founding: try simulation.founding().sealed, folding: Audit(),
            writer: Writer(command: "relief-simulate append", now: now))
        let (posting, grant) = try simulation.grantPosting()
        try open.append(posting.sealed)
        let plain = try OutputFile(path: out + "/plain")
        let clock = ContinuousClock()
        for _ in 0..<count {
            let sealed = try simulation.allocationPosting(grant: grant, count: size).sealed
            let start = clock.now
            try open.append(sealed)
            let middle = clock.now
            try plain.write(sealed.bytes)
            try plain.synchronize()
            let end = clock.now
            print(
                size, sealed.bytes.count, (middle - start).nanoseconds, (end - middle).nanoseconds)
        }
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}

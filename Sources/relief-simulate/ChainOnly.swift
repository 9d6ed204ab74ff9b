// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import LedgerFormat
import LedgerLog

/// Verifies grammar, chain, tree, keys and seals, and reads no entry: what the rules are weighed
/// against.
struct ChainOnly: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chain",
        abstract: "Verify grammar, chain, tree and seals without any rule, for scripts/bench.")

    @Argument(help: "The file ledger.jsonl.")
    var ledger: String

    func run() throws {
        let verified = try UnverifiedLedger(path: ledger).verify(
            folding: EntryCount(), threadCount: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        guard verified.integrity.isIntact else { throw ExitCode(2) }
        print(verified.size, verified.fold.count)
        withExtendedLifetime(verified) { Glibc.exit(0) }
    }
}

/// A fold that counts entries and looks into none.
private struct EntryCount: LedgerFold {
    struct Batch: EntryBatch {
        private(set) var count = 0

        mutating func removeAll() { count = 0 }

        mutating func append(
            _ line: Span<UInt8>, fields: borrowing FieldTable, kind: FieldName, seq: Int
        ) throws(RecordFault) { count += 1 }
    }

    private(set) var count = 0

    mutating func begin(_ genesis: Genesis) {}
    mutating func open(_ posting: OpenPosting) {}
    mutating func observe(_ entry: KeyEntry, seq: Int, refusal: Message?) {}

    mutating func apply(
        _ batch: borrowing Batch, _ entries: Range<Int>,
        faults: inout [(seq: Int, RecordFault)]
    ) { count += entries.count }

    mutating func close(
        _ posting: OpenPosting, sealSeq: Int, faults: inout [(seq: Int, RecordFault)]
    ) {}
}

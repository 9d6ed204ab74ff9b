// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import Glibc
import LedgerFormat
import LedgerLog
import ReliefDisclosure
import ReliefExamination

/// The ledger that a report is about, and how it is verified before anything is said of it.
struct VerificationOptions: ParsableArguments {
    @Argument(
        help: help(
            "账本文件 ledger.jsonl 或其目录。", "The file ledger.jsonl, or its directory.", "ledger"))
    var ledger: String

    @Option(
        help: help(
            "此前收据上的“条数:根”；可重复。", "SIZE:ROOT from an earlier receipt; may be repeated.",
            "size:root"))
    var expect: [String] = []

    @Option(
        help: help(
            "时限截至的日期；默认为末次记账之日。", "Date for clocks; by default the day of the last posting.",
            "date"))
    var asOf: String?

    func validate() throws {
        for text in expect where Expectation(text) == nil {
            throw ValidationError(
                say(
                    "--expect 应为 条数:根（如收据所印），实为 \(text)",
                    "--expect must be SIZE:ROOT as a receipt prints it, not \(text)"))
        }
        if let asOf, CivilDate(asOf) == nil {
            throw ValidationError(
                say(
                    "--as-of 应为 年-月-日（如 2026-11-23），实为 \(asOf)",
                    "--as-of must be a date such as 2026-11-23, not \(asOf)"))
        }
    }

    /// Verifies the ledger and concludes the rules.
    ///
    /// - Throws: Exit code 3, after saying why, where the ledger cannot be read.
    func examination() throws -> Examination {
        do throws(LedgerReadError) {
            let verified = try UnverifiedLedger(path: ledger).verify(
                folding: BookHistory(), expecting: expect.compactMap(Expectation.init(_:)),
                threadCount: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
            return try Examination(verified, asOf: asOf.flatMap { CivilDate($0) })
        } catch {
            throw ExaminedLedger.unreadable(error)
        }
    }
}

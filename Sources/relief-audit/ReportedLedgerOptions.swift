// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import ReliefDisclosure
import ReliefExamination

/// The ledger that a report is about, and how it is verified before anything is said of it.
struct ReportedLedgerOptions: ParsableArguments {
    @Argument(
        help: help(
            "账本文件 ledger.jsonl 或其目录。", "The file ledger.jsonl, or its directory.", "ledger"))
    var ledger: String

    @OptionGroup var verification: VerificationOptions

    /// Verifies the ledger and concludes the rules.
    ///
    /// - Throws: Exit code 3, after saying why, where the ledger cannot be read.
    func examination() throws -> Examination {
        let verified = try ExaminedLedger(
            path: ledger, expecting: verification.expectations
        ).verified
        do throws(LedgerReadError) {
            return try Examination(verified, asOf: verification.clockDate)
        } catch {
            throw Complaint.unreadable(error)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerForge
import LedgerFormat

@testable import LedgerLog

extension Forge {
    /// Verifies the lines as they are.
    func verify(
        expecting: [Expectation] = [], threadCount: Int = 1, checker: SignatureChecker? = nil
    ) throws -> VerifiedLedger<PlainFold> {
        try LedgerLogTests.verify(
            bytes, expecting: expecting, threadCount: threadCount, checker: checker)
    }
}

/// Verifies any bytes.
func verify(
    _ bytes: [UInt8], expecting: [Expectation] = [], threadCount: Int = 1,
    checker: SignatureChecker? = nil
) throws -> VerifiedLedger<PlainFold> {
    try UnverifiedLedger(LedgerBytes(bytes), checker: checker ?? SignatureChecker())
        .verify(folding: PlainFold(), expecting: expecting, threadCount: threadCount)
}

extension VerifiedLedger {
    /// Rule and record of each fault: `I01@7`.
    var faultList: [String] { integrity.faults.map { "\($0.rule.rawValue)@\($0.seq)" } }

    /// The records that faults name.
    var faultySeqs: Set<Int> { Set(integrity.faults.map(\.seq)) }
}

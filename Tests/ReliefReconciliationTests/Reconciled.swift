// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefDisclosure
import Spreadsheet
import Testing

@testable import ReliefReconciliation

extension Forge {
    /// The ledger, which must be intact.
    func verified() throws -> VerifiedLedger<BookHistory> {
        let ledger = try UnverifiedLedger(LedgerBytes(bytes)).verify(folding: BookHistory())
        try #require(ledger.integrity.faults.map(\.message.en) == [])
        return ledger
    }
}

extension ReconciliationReport {
    /// What was found, one line each: status, check, English sentence.
    var lines: [String] {
        findings.map { "\($0.status.rawValue) \($0.check): \($0.message.en)" }
    }

    /// The findings of one check.
    func findings(_ check: String) -> [ReconciliationFinding] {
        findings.filter { $0.check == check }
    }

    /// Every sentence in one language, the tables too.
    func contains(_ text: String, _ language: Language = .en) -> Bool {
        self.text(language).contains(text)
    }
}

/// Chinese characters outside quotation marks, which no English text of ours may have.
func chinese(_ text: String) -> String {
    var depth = 0
    var found = ""
    for scalar in text.unicodeScalars {
        if scalar == "“" { depth += 1 } else if scalar == "”" { depth -= 1 }
        if depth == 0, (0x4E00...0x9FFF).contains(scalar.value) {
            found.unicodeScalars.append(scalar)
        }
    }
    return found
}

/// The folder of the sources.
let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// A CSV file as the spreadsheet reader gives it.
func sheet(_ text: String, name: String = "t.csv") throws -> SpreadsheetFile {
    try SpreadsheetFile(Array(text.utf8), name: name)
}

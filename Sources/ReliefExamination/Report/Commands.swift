// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefAudit

/// The commands that a report names, with the ledger as its reader named it.
struct Commands: Sendable {
    private let ledger: String
    private let expectation: String?
    private let asOf: CivilDate?

    /// Commands about one state of a ledger.
    ///
    /// - Parameter path: The ledger as the reader named it.
    init(path: String, examination: Examination) {
        ledger = Self.quoted(path)
        asOf = examination.report.asOf
        let verified = examination.ledger
        expectation = verified.root.map { "\(Expectation(size: verified.size, root: $0))" }
    }

    /// Verifies the ledger, that it still holds this state, and every rule.
    var verify: String { joined("relief-verify \(ledger)") }

    /// The same as one JSON document.
    var verifyJSON: String { joined("relief-verify \(ledger)") + " --format json" }

    /// Draws up this report again.
    func report(_ language: Language) -> String {
        joined("relief-audit report audit \(ledger) --out report.html")
            + " --lang \(language.rawValue)"
    }

    /// Leads from a record to where its money came from and went.
    func trace(_ seq: Int) -> String { "relief-audit trace \(ledger) --seq \(seq)" }

    /// Says when a rule fires, what it leaves out and what it assumes.
    func explain(_ code: String) -> String { "relief-verify --explain \(code)" }

    /// Digest of the file, by a program that knows nothing of ledgers.
    var digest: String { "sha256sum \(ledger)" }

    private func joined(_ command: String) -> String {
        var words = [command]
        if let expectation { words.append("--expect \(expectation)") }
        if let asOf { words.append("--as-of \(asOf)") }
        return words.joined(separator: " ")
    }

    /// A word as a shell takes it whole.
    static func quoted(_ word: String) -> String {
        let plain = word.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "/", ".", "-", "_", "+", ":", "=", "@": true
            default: scalar.value > 0x7F
            }
        }
        guard !plain || word.isEmpty else { return word }
        return "'"
            + word.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }
}

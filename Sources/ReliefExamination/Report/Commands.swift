// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefAudit
internal import ReliefDisclosure
internal import ReliefModel

/// The commands that a report names, with the ledger as its reader named it.
struct Commands: Sendable {
    private let ledger: String
    /// The file itself.
    private let file: String
    private let history: BookHistory
    private let expectation: String?
    private let asOf: CivilDate?

    /// Commands about one state of a ledger.
    ///
    /// - Parameter path: The ledger as the reader named it.
    init(path: String, examination: Examination) {
        ledger = Self.quoted(path)
        file = Self.quoted(examination.ledger.bytes.path)
        history = examination.history
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

    /// Leads from a record to where its money came from or went; for one that is about no money, to
    /// the record itself.
    func next(_ finding: Finding) -> String {
        let kind = history.record(seq: finding.seq)?.entry.kind
        let isPayment = kind == nil && history.book.payment(seq: finding.seq) != nil
        if isPayment || kind == .expense || kind == .irregular {
            return "relief-audit trace \(ledger) --payment \(finding.seq)"
        }
        guard let grant = finding.grant else { return "sed -n \(finding.seq + 1)p \(file)" }
        return trace(grant: grant) + (finding.unit.map { " --unit \($0)" } ?? "")
    }

    /// Goes down from a grant.
    func trace(grant: Int) -> String { "relief-audit trace \(ledger) --grant \(grant)" }

    /// Says when a rule fires, what it leaves out and what it assumes.
    func explain(_ code: String) -> String { "relief-verify --explain \(code)" }

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

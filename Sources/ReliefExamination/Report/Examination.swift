// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
public import ReliefAudit
public import ReliefDisclosure
internal import ReliefModel

/// One verified ledger as an auditor looks at it: what the rules say, and the entries behind it.
public struct Examination: Sendable {
    /// What the verification found out.
    public let report: AuditReport
    /// The entries, balances and postings of the trusted beginning.
    public let history: BookHistory
    /// The verified ledger.
    public let ledger: VerifiedLedger<BookHistory>

    /// Concludes an examination.
    ///
    /// - Parameters:
    ///   - ledger: What the verification returned.
    ///   - asOf: The date for clocks; nil means the day of the last posting.
    /// - Throws: When the bytes cannot be read again.
    public init(
        _ ledger: VerifiedLedger<BookHistory>, asOf: CivilDate? = nil
    ) throws(LedgerReadError) {
        self.ledger = ledger
        history = ledger.fold
        report = try AuditReport(ledger.narrowed(to: \.audit), asOf: asOf)
    }

    /// Whether the figures are made up.
    public var isIllustrative: Bool { ledger.genesis?.nature == .illustrative }

    /// What a rule is.
    func info(_ code: RuleCode) -> RuleInfo? {
        report.rules.first { $0.info.code == code }?.info
    }

    /// A rule's code and title.
    func ruleName(_ code: RuleCode, _ language: Language) -> String {
        let title = info(code)?.title.text(language)
        return title.map { "\(code.rawValue) \($0)" } ?? code.rawValue
    }

    /// The date, or dates, that the clocks were read at.
    var asOfText: String { report.asOf?.description ?? "–" }

    /// A short line that every page and sheet carries: which ledger, which state of it.
    var stateLine: String {
        let root = ledger.root?.base64 ?? "–"
        return "\(ledger.genesis?.origin ?? "–") \(ledger.size):\(root)"
    }
}

extension Severity {
    /// The word that the page's style sheet knows it by.
    var className: String {
        switch self {
        case .refuse, .violation: "violation"
        case .warning: "warning"
        case .lead: "lead"
        }
    }
}

extension Language {
    /// A number of things: `3 findings`, `1 finding`.
    func counted(_ count: Int, _ zh: String, _ en: String, _ plural: String? = nil) -> String {
        self == .zh
            ? "\(count) \(zh)" : "\(count) \(count == 1 ? en : plural ?? en + "s")"
    }
}

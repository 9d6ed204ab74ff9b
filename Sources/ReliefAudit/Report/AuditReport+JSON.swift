// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import LedgerLog
internal import ReliefModel

extension AuditReport {
    /// The one JSON document of `--format json`; its keys are a contract of the design.
    ///
    /// - Parameters:
    ///   - language: The language of messages; keys and words never change.
    ///   - withBalances: Whether `balances` is added: for every account at the end of what is
    ///     trusted, by grant and unit, the fen in each bucket.
    public func json(_ language: Language, withBalances: Bool = false) -> String {
        ReportJSON.document(
            .object([
                ("ledger", ledgerJSON), ("integrity", integrityJSON(language)),
                ("compliance", complianceJSON(language)), ("trust", trustJSON(language)),
                ("balances", withBalances ? balancesJSON : nil),
            ]))
    }

    private var balancesJSON: ReportJSON.Value {
        let book = ledger.fold.book
        let accounts = book.accounts
            .map { (grant: book.grants[$0.grant].seq, account: $0) }
            .sorted { ($0.grant, $0.account.unit) < ($1.grant, $1.account.unit) }
        return .list(
            accounts.map { grant, account in
                let buckets = Bucket.allCases.map { bucket in
                    ("\(bucket)", Optional(ReportJSON.Value.integer(account[bucket])))
                }
                return .object(
                    [
                        ("grant", .integer(Int64(grant))),
                        ("unit", .text(account.unit.description)),
                    ] + buckets)
            })
    }

    private var ledgerJSON: ReportJSON.Value {
        .object([
            ("origin", ledger.genesis.map { .text($0.origin) }),
            ("suite", ledger.genesis.map { .text($0.suiteName) }),
            ("nature", ledger.genesis.map { .text($0.nature.rawValue) }),
            ("entries", .integer(Int64(ledger.size))),
            ("root", ledger.root.map { .text($0.base64) }),
            ("fingerprint", ledger.fingerprint.map { .text($0.hex) }),
        ])
    }

    private func integrityJSON(_ language: Language) -> ReportJSON.Value {
        let report = ledger.integrity
        let ranges = report.trustedRanges.map { range in
            ReportJSON.Value.list([
                .integer(Int64(range.lowerBound)), .integer(Int64(range.upperBound)),
            ])
        }
        let failures = report.faults.map { fault in
            ReportJSON.Value.object([
                ("code", .text(fault.rule.rawValue)), ("seq", .integer(Int64(fault.seq))),
                ("line", .integer(Int64(fault.line))),
                ("byteOffset", .integer(Int64(fault.byteOffset))),
                ("message", .text(fault.message.text(language))),
                ("recorded", fault.recorded.map(ReportJSON.Value.text)),
                ("computed", fault.computed.map(ReportJSON.Value.text)),
            ])
        }
        return .object([
            ("status", .text(report.isIntact ? "intact" : "broken")),
            ("trustedThrough", .integer(Int64(report.trustedThrough))),
            ("trustedRanges", .list(ranges)), ("failures", .list(failures)),
        ])
    }

    private func complianceJSON(_ language: Language) -> ReportJSON.Value {
        let found = findings.map { finding in
            ReportJSON.Value.object([
                ("rule", .text(finding.rule.rawValue)),
                ("severity", .text(finding.severity.rawValue)),
                ("seq", .integer(Int64(finding.seq))),
                ("unit", finding.unit.map { .text($0.description) }),
                ("grant", finding.grant.map { .integer(Int64($0)) }),
                ("message", .text(finding.message.text(language))),
                ("expected", finding.expected.map(Self.json)),
                ("actual", finding.actual.map(Self.json)),
                ("difference", finding.difference.map(ReportJSON.Value.integer)),
                ("overriddenBy", finding.overriddenBy.map { .integer(Int64($0)) }),
            ])
        }
        let statuses =
            integrityRules.map { Self.json($0.rule.rawValue, $0.status, language) }
            + rules.map { Self.json($0.info.code.rawValue, $0.status, language) }
        let summaries = units.map { unit in
            ReportJSON.Value.object([
                ("unit", .text(unit.unit.description)),
                ("violations", .integer(Int64(unit.violations))),
                ("warnings", .integer(Int64(unit.warnings))),
                ("leads", .integer(Int64(unit.leads))),
                ("affectedByBreak", .flag(unit.isAffectedByBreak)),
            ])
        }
        return .object([
            ("status", .text(compliance.rawValue)), ("asOf", asOf.map { .text($0.description) }),
            ("findings", .list(found)), ("rules", .list(statuses)), ("units", .list(summaries)),
        ])
    }

    private func trustJSON(_ language: Language) -> ReportJSON.Value {
        .object([
            ("expected", .flag(!ledger.expectations.isEmpty)), ("policy", .flag(false)),
            ("witnesses", .integer(0)), ("message", .text(trustMessage.text(language))),
        ])
    }

    private static func json(
        _ code: String, _ status: RuleStatus, _ language: Language
    ) -> ReportJSON.Value {
        .object([
            ("rule", .text(code)), ("status", .text(status.word)),
            ("reason", status.reason.map { .text($0.text(language)) }),
        ])
    }

    private static func json(_ value: Finding.Value) -> ReportJSON.Value {
        switch value {
        case .money(let fen): .integer(fen)
        case .days(let days): .integer(Int64(days))
        case .text(let text): .text(text)
        }
    }
}

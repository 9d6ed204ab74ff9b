// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
internal import ReliefModel

/// Everything that one verification found out, ready to be printed in either form.
public struct AuditReport: Sendable {
    /// Whether the entries keep the rules.
    public enum ComplianceStatus: String, Sendable {
        /// No violation.
        case compliant
        /// At least one violation that nobody admitted.
        case violations
        /// The chain is broken: rules were applied to the trusted beginning only.
        case partial
    }

    /// What was found at one unit.
    public struct UnitSummary: Sendable, Equatable {
        /// The unit.
        public let unit: UnitID
        /// Its violations.
        public let violations: Int
        /// Its warnings.
        public let warnings: Int
        /// Its leads: places to look at, no accusations.
        public let leads: Int
        /// Whether records that name it are no longer trustworthy.
        public let isAffectedByBreak: Bool
    }

    /// The verified ledger.
    public let ledger: VerifiedLedger<Audit>
    /// The date as of which clocks were read; nil when no posting is trusted.
    public let asOf: CivilDate?
    /// What the rules found, by record.
    public let findings: [Finding]
    /// Every rule of compliance and what it says.
    public let rules: [(info: RuleInfo, status: RuleStatus)]
    /// Units with a finding, or touched by a break.
    public let units: [UnitSummary]

    /// Concludes an audit.
    ///
    /// - Parameters:
    ///   - ledger: What the verification returned.
    ///   - asOf: The date for clocks; nil means the day of the last posting.
    public init(_ ledger: VerifiedLedger<Audit>, asOf: CivilDate?) throws(LedgerReadError) {
        self.ledger = ledger
        self.asOf = asOf ?? ledger.recordedAt.map(BusinessDay.of)
        if let date = self.asOf {
            (findings, rules) = try ledger.conclusions(asOf: date)
        } else {
            findings = []
            let reason = Message(zh: "没有可信的一批记录", en: "no posting can be trusted")
            rules = Audit.rules.map { ($0, .notEvaluable(reason)) }
        }
        units = Self.summaries(findings, affected: ledger.integrity.affectedUnits)
    }

    /// Whether the entries keep the rules.
    public var compliance: ComplianceStatus {
        guard ledger.integrity.isIntact else { return .partial }
        return violationCount > 0 ? .violations : .compliant
    }

    /// Violations that nobody admitted.
    public var violationCount: Int {
        findings.count { $0.severity.isViolation && $0.overriddenBy == nil }
    }

    /// Warnings that nobody admitted.
    public var warningCount: Int {
        findings.count { $0.severity == .warning && $0.overriddenBy == nil }
    }

    /// Leads: they say where to look, accuse nobody and change no exit code.
    public var leadCount: Int { findings.count { $0.severity == .lead } }

    /// Findings that an override admits.
    public var overriddenCount: Int { findings.count { $0.overriddenBy != nil } }

    /// 0 intact and compliant, 1 intact with violations, 2 broken.
    public var exitCode: Int32 {
        guard ledger.integrity.isIntact else { return 2 }
        return violationCount > 0 ? 1 : 0
    }

    /// The integrity rules and what they say.
    public var integrityRules: [(rule: IntegrityRule, status: RuleStatus)] {
        IntegrityRule.allCases.map { rule in
            if ledger.integrity.faults.contains(where: { $0.rule == rule }) {
                return (rule, .fired)
            }
            guard rule == .rollback, ledger.expectations.isEmpty else { return (rule, .clean) }
            return (
                rule,
                .notEvaluable(
                    Message(
                        zh: "没有给出 --expect：无从知道尾部是否被截去、旧版是否被换回",
                        en:
                            "no --expect was given: a cut tail or an old copy put back cannot be told"
                    ))
            )
        }
    }

    /// What the verdict does and does not rest on.
    public var trustMessage: Message {
        guard ledger.integrity.isIntact || !ledger.expectations.isEmpty else {
            return Message(
                zh: "只有可信范围内的记录得到证明；请用外部副本或收据核对其余部分。",
                en: "Only the trusted records are proven; compare the rest with another copy or a "
                    + "receipt.")
        }
        guard !ledger.expectations.isEmpty else {
            return Message(
                zh: "已证明记录的次序、完整和签署者；未与外部记录比对，不能证明尾部未被截去。"
                    + "链不能证明凭证本身真实。",
                en:
                    "Order, integrity and authorship of the records are proven; nothing from outside was "
                    + "compared, so a cut tail is not excluded. No chain proves that a voucher was honest."
            )
        }
        let holds = !ledger.integrity.faults.contains { $0.rule == .rollback }
        return holds
            ? Message(
                zh: "账本仍包含此前所见的 \(ledger.expectations.map(\.description).joined(separator: "、"))。"
                    + "链不能证明凭证本身真实。",
                en: "The ledger still contains what was seen before: "
                    + "\(ledger.expectations.map(\.description).joined(separator: ", ")). No chain proves "
                    + "that a voucher was honest.")
            : Message(
                zh: "账本与此前所见不符，本报告的其他结论不可信",
                en:
                    "The ledger is not the one seen before; nothing else in this report can be relied on"
            )
    }

    private static func summaries(
        _ findings: [Finding], affected: [UnitID]
    ) -> [UnitSummary] {
        let affected = Set(affected)
        let named = affected.union(findings.compactMap(\.unit))
        return named.sorted().map { unit in
            let own = findings.filter { $0.unit == unit && $0.overriddenBy == nil }
            return UnitSummary(
                unit: unit, violations: own.count { $0.severity.isViolation },
                warnings: own.count { $0.severity == .warning },
                leads: own.count { $0.severity == .lead },
                isAffectedByBreak: affected.contains(unit))
        }
    }
}

extension IntegrityRule {
    /// What the rule is called.
    public var title: Message {
        switch self {
        case .altered: Message(zh: "链断或篡改", en: "bytes, links and tree")
        case .order: Message(zh: "缺号、错位或截断", en: "order and grammar")
        case .signature: Message(zh: "签名与密钥", en: "signatures and keys")
        case .rollback: Message(zh: "回滚", en: "rollback")
        }
    }
}

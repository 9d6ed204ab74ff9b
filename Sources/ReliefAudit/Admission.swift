// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// Matches findings with the overrides that admit them (DESIGN, Authority).
///
/// An override counts when it was recorded in an earlier posting, sealed by another person than
/// the entry it admits, and names its rule, grant, unit and, where it names one, payee; together
/// the entries that it admits may come to no more than its amount. A rule that looks at the whole
/// book may also be overridden afterwards.
struct Admission {
    private let signers: Signers
    private let overrides: [(seq: Int, entry: OverrideEntry)]
    private var left: [Int64]

    init(_ book: borrowing FundBook, signers: Signers) {
        self.signers = signers
        overrides = book.overrides
        left = overrides.map(\.entry.amount)
    }

    /// Marks the findings that an override admits; they are in the order of their records.
    mutating func mark(_ findings: inout [Finding], rules: [RuleCode: RuleInfo]) {
        guard !overrides.isEmpty else { return }
        var last: (seq: Int, rule: RuleCode, by: Int?)?
        for index in findings.indices where rules[findings[index].rule]?.isOverridable == true {
            let finding = findings[index]
            // What one entry breaks of one rule is admitted once, and its amount counts once.
            let isSame =
                finding.breach?.isConcluded == false && finding.breach?.isPart == false
                && last?.seq == finding.seq
                && last?.rule == finding.rule
            let admitted = isSame ? last?.by : admit(finding)
            findings[index].overriddenBy = admitted
            last = (finding.seq, finding.rule, admitted)
        }
    }

    private mutating func admit(_ finding: Finding) -> Int? {
        guard let breach = finding.breach, let unit = finding.unit,
            let posting = signers.posting(of: finding.seq), let person = posting.person
        else { return nil }
        for (index, override) in overrides.enumerated() {
            let entry = override.entry
            guard entry.rule == finding.rule.rawValue, entry.grant == finding.grant,
                entry.unit.contains(unit), entry.payee == nil || entry.payee == breach.payee,
                entry.expires.map({ breach.date <= $0 }) ?? true,
                breach.isConcluded || override.seq < posting.seq,
                let approver = signers.posting(of: override.seq)?.person, approver != person,
                left[index] >= breach.amount
            else { continue }
            left[index] -= breach.amount
            return override.seq
        }
        return nil
    }
}

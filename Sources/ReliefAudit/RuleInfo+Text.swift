// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import LedgerLog
internal import ReliefModel

extension RuleInfo {
    /// The rule for people: name, weight, law, when it fires.
    public func text(_ language: Language) -> String {
        let zh = """
            \(code.rawValue) \(title.zh)（\(severity.name.zh)\(isOverridable ? "，可例外批准" : "")）
              依据  \(citation.zh)
              \(documentation.zh)

            """
        let en = """
            \(code.rawValue) \(title.en) (\(severity.name.en)\(isOverridable ? ", overridable" : ""))
              under  \(citation.en)
              \(documentation.en)

            """
        return Message(zh: zh, en: en).text(language)
    }
}

extension Audit {
    /// The rules of integrity, in the order of the report.
    public static var integrityRules: [RuleInfo] { IntegrityRule.allCases.map(\.info) }

    /// Every rule of compliance, in the order of the report.
    public static var rules: [RuleInfo] {
        RuleSet().silences(FundBook(), [], Signers()).map { $0.0 }
    }
}

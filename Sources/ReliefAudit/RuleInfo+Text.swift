// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
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
    /// Every rule that is evaluated, in the order of the report.
    public static var rules: [RuleInfo] {
        RuleSet().silences(FundBook()).map { $0.0 }
    }
}

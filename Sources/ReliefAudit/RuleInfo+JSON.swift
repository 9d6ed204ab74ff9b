// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

extension RuleInfo {
    /// The one JSON document of `--explain CODE --format json`: a list of rules.
    ///
    /// - Parameter language: The language of texts; keys and codes never change.
    public static func json(_ rules: [RuleInfo], _ language: Language) -> String {
        ReportJSON.document(
            .list(
                rules.map { rule in
                    .object([
                        ("rule", .text(rule.code.rawValue)),
                        ("severity", .text(rule.severity.rawValue)),
                        ("overridable", .flag(rule.isOverridable)),
                        ("refusedByWriter", .flag(rule.isRefusedByWriter)),
                        ("title", .text(rule.title.text(language))),
                        ("citation", .text(rule.citation.text(language))),
                        ("documentation", .text(rule.documentation.text(language))),
                    ])
                }))
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefAudit
internal import ReliefDisclosure

/// “No violation” as the result of named tests, never as a claim.
enum TestedRules {
    static func table(
        _ examination: Examination, scope: BookScope, language: Language
    ) -> Table {
        var table = Table(
            title: Message(zh: "违规检查：具名测试的结果", en: "Violations: results of named tests"),
            columns: [
                Table.Column(Message(zh: "规则", en: "rule")),
                Table.Column(Message(zh: "已检查", en: "tested")),
                Table.Column(Message(zh: "结果", en: "result")),
                Table.Column(Message(zh: "发现", en: "findings"), .count),
                Table.Column(Message(zh: "其中例外批准", en: "of these admitted"), .count),
                Table.Column(Message(zh: "涉及金额", en: "at stake"), .money),
                Table.Column(Message(zh: "没有结论的原因", en: "why there is no answer")),
            ], notes: [Stake.note])
        let findings = examination.findings(in: scope)
        for (info, status) in examination.report.rules {
            let found = findings.filter { $0.rule == info.code }
            let isTested = status == .fired || status == .clean
            let shown = status == .fired && found.isEmpty ? RuleStatus.clean : status
            table.add([
                .text("\(info.code.rawValue) \(info.title.text(language))"),
                .text(isTested ? language.say("是", "yes") : language.say("否", "no")),
                .text(shown.name.text(language)), .count(found.count),
                .count(found.count { $0.overriddenBy != nil }),
                Stake(found, examination.history).fen.map(Table.Cell.fen) ?? .empty,
                Table.Cell(status.reason?.text(language)),
            ])
        }
        return table
    }
}

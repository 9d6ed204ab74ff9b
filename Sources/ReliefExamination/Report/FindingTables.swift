// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefAudit
internal import ReliefDisclosure
internal import ReliefModel

/// What the rules found, as tables: one by one, by rule, by unit; and how each rule stands.
struct FindingTables {
    let examination: Examination
    let language: Language
    let commands: Commands

    private var report: AuditReport { examination.report }
    private var book: FundBook { examination.history.book }

    /// How figures are said.
    var words: FindingWords { FindingWords(book: book, language: language) }

    /// Findings of one rule, in the order of records.
    func findings(of code: RuleCode) -> [Finding] {
        report.findings.filter { $0.rule == code }
    }

    /// Rules that found something: violations before warnings before leads, then by code.
    var firedRules: [RuleInfo] {
        let order: [Severity] = [.refuse, .violation, .warning, .lead]
        return report.rules.map(\.info).filter { info in
            report.findings.contains { $0.rule == info.code }
        }.sorted {
            let (left, right) = (
                order.firstIndex(of: $0.severity), order.firstIndex(of: $1.severity)
            )
            return (max(1, left ?? 0), $0.code.rawValue) < (max(1, right ?? 0), $1.code.rawValue)
        }
    }

    /// What a finding weighs, or that it was admitted.
    func weight(_ finding: Finding) -> String {
        finding.overriddenBy.map { language.say("已由第 \($0) 条例外批准", "admitted by record \($0)") }
            ?? finding.severity.name.text(language)
    }

    /// The unit that a finding concerns, by name.
    func unitName(_ finding: Finding) -> String? {
        finding.unit.map(book.plainName)
    }

    /// The number of the paper that an entry rests on.
    func documentNumber(_ seq: Int) -> String? {
        let number = examination.history.record(seq: seq)?.entry.document?.number
        return number == Document.unstated ? nil : number
    }

    /// Every finding.
    func all() -> Table {
        var table = Table(
            title: Message(zh: "全部发现", en: "All findings"),
            columns: [
                Table.Column(Message(zh: "记录", en: "seq"), .seq),
                Table.Column(Message(zh: "规则", en: "rule")),
                Table.Column(Message(zh: "轻重", en: "weight")),
                Table.Column(Message(zh: "单位", en: "unit")),
                Table.Column(Message(zh: "代码", en: "code")),
                Table.Column(Message(zh: "指标号", en: "grant"), .seq),
                Table.Column(Message(zh: "问题", en: "what is wrong")),
                Table.Column(Message(zh: "应为", en: "expected")),
                Table.Column(Message(zh: "实为", en: "actual")),
                Table.Column(Message(zh: "相差", en: "difference")),
                Table.Column(Message(zh: "涉及金额", en: "at stake"), .money),
                Table.Column(Message(zh: "依据", en: "under")),
                Table.Column(Message(zh: "文号", en: "document")),
                Table.Column(Message(zh: "下一步", en: "look next with")),
            ], notes: [Stake.note])
        for finding in report.findings {
            let figures = Dictionary(
                words.figures(finding).map { ($0.heading, $0.text) },
                uniquingKeysWith: { first, _ in first })
            table.add([
                .seq(finding.seq), .text(examination.ruleName(finding.rule, language)),
                .text(weight(finding)), Table.Cell(unitName(finding)),
                Table.Cell(finding.unit?.description),
                finding.grant.map(Table.Cell.seq) ?? .empty,
                .text(finding.message.text(language)),
                Table.Cell(figures[FindingWords.expected(language)]),
                Table.Cell(figures[FindingWords.actual(language)]),
                Table.Cell(figures[FindingWords.difference(language)]),
                finding.stake(examination.history).map { .money(Money(fen: $0)) } ?? .empty,
                Table.Cell(examination.info(finding.rule)?.citation.text(language)),
                Table.Cell(documentNumber(finding.seq)), .text(commands.next(finding)),
            ])
        }
        return table
    }

    /// One row a rule that found something.
    func byRule() -> Table {
        var table = Table(
            title: Message(zh: "按规则汇总", en: "Findings by rule"),
            columns: [
                Table.Column(Message(zh: "规则", en: "rule")),
                Table.Column(Message(zh: "轻重", en: "weight")),
                Table.Column(Message(zh: "发现", en: "findings"), .count),
                Table.Column(Message(zh: "其中例外批准", en: "of these admitted"), .count),
                Table.Column(Message(zh: "涉及金额", en: "at stake"), .money),
                Table.Column(Message(zh: "依据", en: "under")),
            ], notes: [Stake.note])
        for info in firedRules {
            let found = findings(of: info.code)
            table.add([
                .text(examination.ruleName(info.code, language)),
                .text(info.severity.name.text(language)), .count(found.count),
                .count(found.count { $0.overriddenBy != nil }),
                Stake(found, examination.history).fen.map(Table.Cell.fen) ?? .empty,
                .text(info.citation.text(language)),
            ])
        }
        return table
    }

    /// One row a unit with a finding.
    func byUnit() -> Table {
        var table = Table(
            title: Message(zh: "按单位汇总", en: "Findings by unit"),
            columns: [
                Table.Column(Message(zh: "单位", en: "unit")),
                Table.Column(Message(zh: "代码", en: "code")),
                Table.Column(Message(zh: "违规", en: "violations"), .count),
                Table.Column(Message(zh: "提示", en: "warnings"), .count),
                Table.Column(Message(zh: "线索", en: "leads"), .count),
                Table.Column(Message(zh: "例外批准", en: "admitted"), .count),
                Table.Column(Message(zh: "涉及金额", en: "at stake"), .money),
                Table.Column(Message(zh: "规则", en: "rules")),
            ])
        for unit in Set(report.findings.compactMap(\.unit)).sorted() {
            let own = report.findings.filter { $0.unit == unit }
            let open = own.filter { $0.overriddenBy == nil }
            table.add([
                .text(book.plainName(unit)), .text(unit.description),
                .count(open.count { $0.severity.isViolation }),
                .count(open.count { $0.severity == .warning }),
                .count(open.count { $0.severity == .lead }),
                .count(own.count - open.count),
                Stake(own, examination.history).fen.map(Table.Cell.fen) ?? .empty,
                .text(
                    Set(own.map(\.rule.rawValue)).sorted().joined(
                        separator: language.say("、", ", "))
                ),
            ])
        }
        return table
    }

    /// Every rule and how it stands: silence is never “fine”.
    func rules() -> Table {
        var table = Table(
            title: Message(zh: "每项规则的状态", en: "How each rule stands"),
            columns: [
                Table.Column(Message(zh: "规则", en: "rule")),
                Table.Column(Message(zh: "状态", en: "status")),
                Table.Column(Message(zh: "发现", en: "findings"), .count),
                Table.Column(Message(zh: "不适用或无法评估的原因", en: "why not applicable or evaluable")),
                Table.Column(Message(zh: "依据", en: "under")),
            ],
            notes: [
                Message(
                    zh: "“未发现”是说规则看过它适用的全部记录而没有发现；“不适用”和“无法评估”都不等于没有问题。",
                    en:
                        "“Clean” says that the rule looked at everything it applies to; neither “not "
                        + "applicable” nor “not evaluable” says that nothing is wrong.")
            ])
        for (rule, status) in report.integrityRules {
            let count = examination.ledger.integrity.faults.count { $0.rule == rule }
            table.add([
                .text("\(rule.rawValue) \(rule.title.text(language))"),
                .text(status.name.text(language)), .count(count),
                Table.Cell(status.reason?.text(language)), .empty,
            ])
        }
        for (info, status) in report.rules {
            table.add([
                .text("\(info.code.rawValue) \(info.title.text(language))"),
                .text(status.name.text(language)), .count(findings(of: info.code).count),
                Table.Cell(status.reason?.text(language)), .text(info.citation.text(language)),
            ])
        }
        return table
    }
}

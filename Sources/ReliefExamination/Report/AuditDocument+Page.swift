// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefAudit
internal import ReliefDisclosure
internal import ReliefModel

extension AuditDocument {
    /// The report as one self-contained HTML page: it opens without network and script, and prints
    /// on A4.
    public func html() -> String {
        ReportPage(
            language: language, kind: say("审计报告", "Audit report"),
            title: examination.ledger.genesis?.title
                ?? say("没有可读的账本名称", "Ledger without a readable name"),
            verdict: (examination.report.verdict.text(language), verdictClass), facts: facts,
            sections: sections, isIllustrative: examination.isIllustrative,
            state: examination.stateLine
        ).html()
    }

    private func say(_ zh: String, _ en: String) -> String { language.say(zh, en) }

    private var verdictClass: String {
        switch examination.report.exitCode {
        case 0: "good"
        case 1: "violation"
        default: "broken"
        }
    }

    private var facts: [ReportPage.Fact] {
        let report = examination.report
        let rules = report.rules.map(\.status)
        let evaluated = rules.count { $0 == .fired || $0 == .clean }
        let open = report.findings.filter { $0.overriddenBy == nil && $0.severity.isViolation }
        func fact(_ zh: String, _ en: String, _ value: String?, isLong: Bool = false)
            -> ReportPage.Fact?
        {
            value.map { ReportPage.Fact(name: say(zh, en), value: $0, isLong: isLong) }
        }
        let ledger = examination.ledger
        return [
            fact("违规", "violations", String(report.violationCount)),
            fact(
                "违规涉及金额", "at stake in violations",
                Stake(open, examination.history).fen.map {
                    Money(fen: Int64(clamping: $0)).text() + say(" 元", " yuan")
                }),
            fact("提示", "warnings", String(report.warningCount)),
            fact("例外批准", "admitted by override", String(report.overriddenCount)),
            fact("有结论的规则", "rules with an answer", "\(evaluated) / \(rules.count)"),
            fact("记录数", "records", String(ledger.size)),
            fact("时限截至", "clocks as of", examination.asOfText),
            fact("账本指纹", "fingerprint", ledger.fingerprint?.hex, isLong: true),
            fact(
                "条数与根", "size and root", ledger.root.map { "\(ledger.size):\($0.base64)" },
                isLong: true),
        ].compactMap(\.self)
    }

    private var sections: [ReportPage.Section] {
        var sections = [
            ReportPage.Section(
                identifier: "proofs", title: say("已经证明和没有证明的", "What was proven, and what was not"),
                content: proofs.proofs().html(language, identifier: "t-proofs", isTitleShown: false)
            )
        ]
        if !examination.ledger.integrity.isIntact {
            sections.append(
                ReportPage.Section(
                    identifier: "damage",
                    title: say("损坏之处和可信范围", "Damage, and what can be trusted"),
                    content: proofs.faults().html(language, identifier: "t-faults") + "\n"
                        + proofs.trustedRanges().html(language, identifier: "t-ranges")))
        }
        sections += [
            ReportPage.Section(
                identifier: "findings", title: say("发现", "Findings"), content: findingsContent),
            ReportPage.Section(
                identifier: "rules", title: say("规则状态", "Status of every rule"),
                content: findings.rules().html(language, identifier: "t-rules", isTitleShown: false)
            ),
            ReportPage.Section(
                identifier: "money", title: say("资金的去向和时间", "Where the money went, and when"),
                content: moneyContent),
            ReportPage.Section(
                identifier: "again", title: say("怎样重做每个数字", "How to get every figure again"),
                content: proofs.reproduction().html(
                    language, identifier: "t-again", isTitleShown: false)),
        ]
        return sections
    }

    /// Grants whose flow is drawn, at most: the largest that anybody handed on or spent.
    private static let flowCount = 6

    private var flowPictures: [String] {
        let history = examination.history
        let moved = Set(
            history.records.filter { $0.entry.kind != .grant && $0.to != nil }.compactMap(\.grant))
        let shown = history.book.grants.filter { moved.contains($0.seq) }.sorted {
            ($1.granted, $0.seq) < ($0.granted, $1.seq)
        }
        return shown.prefix(Self.flowCount).sorted { $0.seq < $1.seq }.compactMap { grant in
            guard let flow = GrantFlow(history, grant: grant.seq) else { return nil }
            let title = flow.diagram.title.text(language)
            return ReportPage.picture(
                flow.diagram.inlineSVG(language, leastWidth: 720), title: title,
                identifier: "p-flow-\(grant.seq)", language: language)
        } + (shown.isEmpty ? [nothingMoved] : [])
    }

    private var nothingMoved: String {
        "<p class=\"note\">"
            + say(
                "账上的钱还没有分解或支出，没有可画的流向。",
                "No money has been handed on or spent: there is no flow to draw.")
            + "</p>"
    }

    private var moneyContent: String {
        var parts = flowPictures
        let timeline = FundTimeline(examination)
        if let diagram = TimelineDiagram(timeline, language: language) {
            let omitted = diagram.omittedCount
            parts.append(
                ReportPage.picture(
                    diagram.svg(identifier: "g-time"),
                    title: say("下达、分解、支付的时间", "Issue, allocation and payment in time"),
                    notes: omitted > 0
                        ? [
                            say(
                                "图中为金额最大的 \(TimelineDiagram.laneCount) 项，其余 \(omitted) 项见下表。",
                                "The picture shows the \(TimelineDiagram.laneCount) largest grants; the "
                                    + "other \(omitted) are in the table.")
                        ] : [], identifier: "p-time", language: language))
        }
        parts.append(timeline.table(language).html(language, identifier: "t-time"))
        let bands = ThresholdBands(examination.history)
        if bands.isEmpty {
            parts.append(
                "<p class=\"note\">"
                    + say(
                        "账上没有须与集体研究限额比较的支出，或政策没有规定限额，故没有限额图。",
                        "No spending is to be held against a decision threshold, or the policy sets none: "
                            + "there is no such chart.")
                    + "</p>")
        } else {
            parts.append(
                ReportPage.picture(
                    ThresholdDiagram(bands: bands, language: language).svg(identifier: "g-limit"),
                    title: say("支出金额与集体研究限额", "Amounts against the decision threshold"),
                    identifier: "p-limit", language: language))
            parts.append(bands.table(language).html(language, identifier: "t-limit"))
        }
        return parts.joined(separator: "\n")
    }

    private var findingsContent: String {
        guard !examination.report.findings.isEmpty else {
            return "<p>"
                + say(
                    "规则没有发现问题。这只说明下表中“未发现”的规则；“不适用”“无法评估”的规则没有结论。",
                    "No rule found anything. That holds for the rules marked clean below, and says nothing "
                        + "of those not applicable or not evaluable.")
                + "</p>"
        }
        var parts = [
            findings.byRule().html(language, identifier: "t-by-rule"),
            findings.byUnit().html(language, identifier: "t-by-unit"),
        ]
        parts += findings.firedRules.map(ruleContent)
        return parts.joined(separator: "\n")
    }

    private func ruleContent(_ info: RuleInfo) -> String {
        let found = findings.findings(of: info.code)
        var summary = language.counted(found.count, "项", "finding")
        if let stake = Stake(found, examination.history).fen {
            let amount = Money(fen: Int64(clamping: stake)).text()
            summary += say("，涉及 \(amount) 元", ", \(amount) yuan at stake")
        }
        let rest = found.count - Self.writtenCount
        let more =
            rest > 0
            ? "<p class=\"note\">"
                + say(
                    "其余 \(rest) 项见电子表格和数据文件（--xlsx、--json）。",
                    "The other \(rest) are in the workbook and the data file (--xlsx, --json).")
                + "</p>"
            : ""
        return """
            <section class="rule" id="rule-\(info.code.rawValue)">
            <h3><span class="weight \(info.severity.className)">\
            \(text(info.severity.name.text(language)))</span>\(info.code.rawValue) \
            \(text(info.title.text(language)))</h3>
            <p>\(text(summary))</p>
            <p class="note">\(say("依据：", "Under: "))\(text(info.citation.text(language)))<br>\
            \(text(info.documentation.text(language)))</p>
            \(found.prefix(Self.writtenCount).map(findingContent).joined(separator: "\n"))
            \(more)
            </section>
            """
    }

    private func text(_ text: String) -> String { HTMLText.quoted(text, language) }

    private func findingContent(_ finding: Finding) -> String {
        let isAdmitted = finding.overriddenBy != nil
        let date = examination.history.record(seq: finding.seq)?.entry.date?.description
        let head = [
            say("第 \(finding.seq) 条", "Record \(finding.seq)"), findings.unitName(finding), date,
        ].compactMap(\.self).joined(separator: " · ")
        let figures = findings.words.figures(finding).map {
            "<div><dt>\(text($0.heading))</dt><dd>\(text($0.text))</dd></div>"
        }
        let admitted =
            isAdmitted
            ? "<span class=\"weight admitted\">\(text(findings.weight(finding)))</span>" : ""
        let document = findings.documentNumber(finding.seq).map {
            say("查阅文件 ", "read document ") + text($0) + say("；", "; ")
        }
        return """
            <article class="finding \(isAdmitted ? "admitted" : finding.severity.className)">
            <h4>\(admitted)\(text(head))</h4>
            <p>\(text(finding.message.text(language)))</p>
            \(figures.isEmpty ? "" : "<dl>\(figures.joined())</dl>")
            <p class="next">\(say("下一步：", "Look next: "))\(document ?? "")\
            <code>\(text(commands.next(finding)))</code></p>
            </article>
            """
    }
}

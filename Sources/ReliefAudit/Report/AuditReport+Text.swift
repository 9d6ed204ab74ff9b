// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import LedgerLog
internal import ReliefModel

extension AuditReport {
    /// The report for people: verdict first, then what it rests on.
    ///
    /// - Parameters:
    ///   - language: The language throughout.
    ///   - path: The file as the reader named it, for `path:line`.
    public func text(_ language: Language, path: String) -> String {
        var lines: [String] = [verdict.text(language), ""]
        lines += identity(language)
        lines += integrityLines(language, path)
        lines += findingLines(language, path)
        lines += ruleLines(language)
        lines += [trustMessage.text(language)]
        return lines.joined(separator: "\n") + "\n"
    }

    /// The verdict in one sentence.
    public var verdict: Message {
        let nature = ledger.genesis?.nature == .illustrative
        let mark = Message(
            zh: nature ? "【示例账本，非真实资金】" : "", en: nature ? "[ILLUSTRATIVE, not real money] " : "")
        guard ledger.integrity.isIntact else {
            let faults = ledger.integrity.faults.count
            let through = ledger.integrity.trustedThrough
            return Message(
                zh: "\(mark.zh)账本已损坏或被篡改：\(faults) 处，"
                    + (through < 0 ? "没有可信的记录。" : "可信至第 \(through) 条。"),
                en: "\(mark.en)BROKEN: \(faults) fault\(faults == 1 ? "" : "s"); "
                    + (through < 0
                        ? "no record can be trusted." : "trusted through seq \(through)."))
        }
        let noted = Self.noted(
            warnings: warningCount, leads: leadCount, overridden: overriddenCount)
        guard violationCount > 0 else {
            return Message(
                zh: "\(mark.zh)账本完整，资金合规\(noted.zh)。",
                en: "\(mark.en)Intact and compliant\(noted.en).")
        }
        return Message(
            zh: "\(mark.zh)账本完整，但有 \(violationCount) 项违规\(noted.zh)。",
            en:
                "\(mark.en)Intact, with \(violationCount) violation\(violationCount == 1 ? "" : "s")\(noted.en)."
        )
    }

    /// What the verdict mentions besides violations.
    private static func noted(warnings: Int, leads: Int, overridden: Int) -> Message {
        Message(
            zh: (overridden > 0 ? "，\(overridden) 项经例外批准" : "")
                + (warnings > 0 ? "，另有 \(warnings) 项提示" : "")
                + (leads > 0 ? "，\(leads) 条线索" : ""),
            en: (overridden > 0 ? ", \(overridden) admitted by an override" : "")
                + (warnings > 0 ? ", \(warnings) warning\(warnings == 1 ? "" : "s")" : "")
                + (leads > 0 ? ", \(leads) lead\(leads == 1 ? "" : "s")" : ""))
    }

    private func identity(_ language: Language) -> [String] {
        var lines: [String] = []
        func line(_ zh: String, _ en: String, _ value: String) {
            let label = Message(zh: zh, en: en).text(language)
            lines.append(
                "  \(label)\(String(repeating: " ", count: 14 - Self.width(label)))\(value)")
        }
        if let genesis = ledger.genesis {
            line("账本", "ledger", "\(genesis.title)（\(genesis.origin)）")
        }
        if let fingerprint = ledger.fingerprint { line("指纹", "fingerprint", fingerprint.hex) }
        line("条数", "records", String(ledger.size))
        if let root = ledger.root { line("根", "root", root.base64) }
        if let recorded = ledger.recordedAt { line("末次记账", "last recorded", recorded.description) }
        if let asOf { line("时限截至", "clocks as of", asOf.description) }
        return lines + [""]
    }

    private func integrityLines(_ language: Language, _ path: String) -> [String] {
        guard !ledger.integrity.isIntact else { return [] }
        let words = Message(
            zh: "记载|推算|可信范围|受影响单位", en: "recorded|computed|trusted records|units affected"
        )
        .text(language).split(separator: "|").map(String.init)
        var lines: [String] = []
        for fault in ledger.integrity.faults {
            let place = "\(path):\(fault.line)"
            lines.append(
                "\(fault.rule.rawValue) \(fault.rule.title.text(language))  \(place) (seq \(fault.seq), "
                    + Message(zh: "字节 ", en: "byte ").text(language) + "\(fault.byteOffset))")
            lines.append("    " + fault.message.text(language))
            if let recorded = fault.recorded { lines.append("    \(words[0])  \(recorded)") }
            if let computed = fault.computed { lines.append("    \(words[1])  \(computed)") }
        }
        let ranges = ledger.integrity.trustedRanges.map { "\($0.lowerBound)–\($0.upperBound)" }
        lines.append("  \(words[2])  \(ranges.isEmpty ? "–" : ranges.joined(separator: ", "))")
        if !ledger.integrity.affectedUnits.isEmpty {
            let names = ledger.integrity.affectedUnits.map { ledger.fold.book.name($0) }
            lines.append("  \(words[3])  \(names.joined(separator: language == .zh ? "、" : ", "))")
        }
        return lines + [""]
    }

    private func findingLines(_ language: Language, _ path: String) -> [String] {
        var lines: [String] = []
        for finding in findings {
            guard let info = rules.first(where: { $0.info.code == finding.rule })?.info else {
                continue
            }
            let weight =
                finding.overriddenBy == nil
                ? finding.severity.name : Message(zh: "已例外批准", en: "overridden")
            lines.append(
                "\(weight.text(language)) \(finding.rule.rawValue) "
                    + "\(info.title.text(language))  \(path):\(finding.seq + 1) (seq \(finding.seq))"
            )
            lines.append("    " + finding.message.text(language))
            if let figures = Self.figures(finding, language) { lines.append("    " + figures) }
            lines.append(
                "    " + Message(zh: "依据  ", en: "under  ").text(language)
                    + info.citation.text(language))
            if let override = finding.overriddenBy {
                lines.append(
                    "    "
                        + Message(
                            zh: "已由第 \(override) 条例外批准",
                            en: "admitted by the override at seq \(override)"
                        ).text(language))
            }
        }
        return lines.isEmpty ? [] : lines + [""]
    }

    /// Expected, actual and difference on one line.
    static func figures(_ finding: Finding, _ language: Language) -> String? {
        let words = Message(zh: "应为|实为|差|元|天|天", en: "expected|actual|difference|yuan|day|days")
            .text(language).split(separator: "|").map(String.init)
        func text(_ value: Finding.Value) -> String {
            switch value {
            case .money(let fen): "\(Money(fen: fen).text()) \(words[3])"
            case .days(let days): "\(days) \(words[days == 1 ? 4 : 5])"
            case .text(let text): text
            }
        }
        let values = [finding.expected, finding.actual, finding.differenceValue]
        let parts = zip(words, values).compactMap { word, value in
            value.map { "\(word) \(text($0))" }
        }
        return parts.isEmpty ? nil : parts.joined(separator: "  ")
    }

    private func ruleLines(_ language: Language) -> [String] {
        let all =
            integrityRules.map { ($0.rule.rawValue, $0.rule.title, $0.status) }
            + rules.map { ($0.info.code.rawValue, $0.info.title, $0.status) }
        return all.map { code, title, status in
            let reason = status.reason.map { "  " + $0.text(language) } ?? ""
            let state = status.name.text(language)
            let padding = String(repeating: " ", count: max(1, 16 - Self.width(state)))
            return "  \(code)  \(state)\(padding)\(title.text(language))\(reason)"
        } + [""]
    }

    /// Columns that a label takes on a terminal: wide characters take two.
    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
    }
}

extension Severity {
    /// What the report calls it.
    public var name: Message {
        switch self {
        case .refuse, .violation: Message(zh: "违规", en: "violation")
        case .warning: Message(zh: "提示", en: "warning")
        case .lead: Message(zh: "线索", en: "lead")
        }
    }
}

extension RuleStatus {
    /// What the report calls it.
    public var name: Message {
        switch self {
        case .fired: Message(zh: "有发现", en: "fired")
        case .clean: Message(zh: "未发现", en: "clean")
        case .notApplicable: Message(zh: "不适用", en: "not applicable")
        case .notEvaluable: Message(zh: "无法评估", en: "not evaluable")
        }
    }
}

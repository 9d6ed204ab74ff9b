// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// E06 越级调整用途: the purpose of money is changed by whom it is not for to change.
struct E06Repurposed: Rule {
    static let info = RuleInfo(
        code: .e06, severity: .refuse, isOverridable: false, isRefusedByWriter: true,
        title: Message(zh: "越级调整用途", en: "purpose changed without authority"),
        citation: Message(
            zh: "预算法第63、72条（不经批准不得改变用途）；自然灾害救助条例第24条（专款专用）",
            en: "Budget Law Art. 63, 72 (no change of use without approval); Relief Regulations "
                + "Art. 24 (earmark)"),
        documentation: Message(
            zh: "调整用途的批准级次低于指标的资金来源级次（捐赠资金须由捐赠方同意，级次写捐赠），没有批准文号，"
                + "转入另一来源级次的指标，或转为救灾以外（G0）、用途未说明（U0），即报告。"
                + "来源级次未说明的指标，不检查批准级次（见 E07）。",
            en: "Fires where the level that approved a change of purpose lies below the grant's "
                + "source (of donated money the donor agrees, level donation), where the approval "
                + "has no number, where the money goes into a grant of another source, or becomes money "
                + "outside relief (G0) or of unstated purpose (U0). The level is not checked where "
                + "the grant's source is not stated (see E07)."))

    private var checkedCount = 0

    mutating func observe(
        _ entry: Entry, seq: Int, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        guard case .repurpose(let repurpose) = entry,
            let giving = book.grant(seq: repurpose.grant)?.terms,
            let receiving = book.grant(seq: repurpose.receiver(seq: seq))?.terms
        else { return }
        checkedCount += 1
        func add(_ message: Message, _ expected: String, _ actual: String) {
            findings.append(
                Finding(
                    Self.info, seq: seq, unit: repurpose.unit, grant: repurpose.grant, message,
                    expected: .text(expected), actual: .text(actual)))
        }
        if Self.isBelow(repurpose.level, giving.source) {
            add(
                Message(
                    zh: "资金来自\(giving.source.name.zh)，批准调整的是\(repurpose.level.name.zh)",
                    en: "the money is \(giving.source.name.en), and the change was approved at "
                        + "level \(repurpose.level.name.en)"),
                "≥ \(giving.source.rawValue)", repurpose.level.rawValue)
        }
        let number = repurpose.document.number
        if number == nil || number == Document.unstated {
            add(
                Message(zh: "没有批准文号", en: "the approval has no number"), "document number",
                number ?? "–")
        }
        if receiving.source != giving.source {
            add(
                Message(
                    zh: "资金来自\(giving.source.name.zh)，转入的第 \(repurpose.receiver(seq: seq)) 条指标来自"
                        + receiving.source.name.zh,
                    en: "the money is \(giving.source.name.en), and grant "
                        + "\(repurpose.receiver(seq: seq)) is \(receiving.source.name.en)"),
                giving.source.rawValue, receiving.source.rawValue)
        }
        if receiving.purpose != giving.purpose,
            [Policy.outsideRelief, Policy.purposeUnstated].contains(receiving.purpose)
        {
            add(
                Message(
                    zh: "救灾资金不得转为\(receiving.purpose)",
                    en: "no relief money becomes \(receiving.purpose)"),
                "≠ \(receiving.purpose)", receiving.purpose)
        }
    }

    /// Whether a level may not change what money of a source is for.
    private static func isBelow(_ level: SourceLevel, _ source: SourceLevel) -> Bool {
        guard source != .unstated else { return false }
        guard let due = rank(source), let actual = rank(level) else { return level != source }
        return actual < due
    }

    private static func rank(_ level: SourceLevel) -> Int? {
        switch level {
        case .central: 3
        case .provincial: 2
        case .prefecture: 1
        case .county: 0
        case .donation, .unstated: nil
        }
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        checkedCount > 0
            ? .clean : .notApplicable(Message(zh: "没有调整用途", en: "no purpose was changed"))
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// E07 来源不明: the source, purpose or document of money is not stated.
struct E07Unstated: Rule {
    static let info = RuleInfo(
        code: .e07, severity: .warning, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "来源、用途或文号未说明", en: "source, purpose or document unstated"),
        citation: Message(
            zh: "自然灾害救助条例第26条（来源、数量及使用情况应公开）",
            en: "Relief Regulations Art. 26 (source, amount and use are to be made public)"),
        documentation: Message(
            zh: "指标的资金来源级次、用途或文号记为“未说明”即提示；其他记录的文号记为“未说明”也提示。"
                + "没有文号的文件（如公示）不写文号，不算未说明。",
            en:
                "Fires on a grant whose source, purpose or document number is recorded as unstated, "
                + "and on any other entry whose document number is. A paper that bears no number, "
                + "such as a notice, has none to state."))

    private var entryCount = 0

    mutating func observe(
        _ movement: Movement, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: inout FundBook, into findings: inout [Finding]
    ) {
        entryCount += 1
        guard let document = movement.document, document.isNumberUnstated else { return }
        report(
            [Message(zh: "文号", en: "document number")], movement.seq, unit: movement.unit,
            grant: movement.grant, into: &findings)
    }

    mutating func observe(
        _ entry: Entry, seq: Int, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        switch entry {
        case .grant(let grant):
            entryCount += 1
            var missing: [Message] = []
            if grant.source == .unstated {
                missing.append(Message(zh: "资金来源", en: "source"))
            }
            if grant.purpose == Policy.purposeUnstated {
                missing.append(Message(zh: "用途", en: "purpose"))
            }
            if grant.document.number == Document.unstated {
                missing.append(Message(zh: "文号", en: "document number"))
            }
            report(missing, seq, unit: grant.unit, grant: seq, into: &findings)
        default:
            guard let document = entry.document else { return }
            entryCount += 1
            guard document.number == Document.unstated else { return }
            report(
                [Message(zh: "文号", en: "document number")], seq, unit: entry.unit,
                grant: entry.grant(seq: seq), into: &findings)
        }
    }

    private func report(
        _ missing: [Message], _ seq: Int, unit: UnitID?, grant: Int?, into findings: inout [Finding]
    ) {
        guard !missing.isEmpty else { return }
        findings.append(
            Finding(
                Self.info, seq: seq, unit: unit, grant: grant,
                Message(
                    zh: "未说明：\(missing.map(\.zh).joined(separator: "、"))；请向出具资料的单位索取依据",
                    en:
                        "not stated: \(missing.map(\.en).joined(separator: ", ")); ask whoever issued the "
                        + "figure for the paper behind it")))
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        entryCount > 0
            ? .clean : .notApplicable(Message(zh: "没有资金记录", en: "no money entry"))
    }
}

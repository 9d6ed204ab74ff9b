// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// E01 用途外支出: money buys what its purpose does not cover.
struct E01OutsidePurpose: Rule {
    static let info = RuleInfo(
        code: .e01, severity: .refuse, isOverridable: false, isRefusedByWriter: true,
        title: Message(zh: "用途外支出", en: "spent outside the purpose"),
        citation: Message(
            zh: "预算法第63、72条（按预算科目和用途使用）；自然灾害救助条例第24、25条（专款专用及规定用途）",
            en: "Budget Law Art. 63, 72 (use by budget heading); Relief Regulations Art. 24, 25 "
                + "(earmark and permitted uses)"),
        documentation: Message(
            zh: "发放批次、直接支出的支出项目不在该指标用途按现行政策可支付的项目之列，或政策没有这个项目，即报告。"
                + "救灾以外（G0）和用途未说明（U0）的指标不适用；任何用途都不得支付的项目归 E03。",
            en: "Fires where the item of a batch or expense is not among those that the policy in "
                + "force lets the grant's purpose buy, or is no item of the policy. Does not apply to "
                + "grants outside relief (G0) or of unstated purpose (U0); items that no relief money "
                + "pays are E03's."))

    private var checkedCount = 0
    private var lacksPolicy = false

    mutating func observe(
        _ recorded: RecordedSpending, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        guard let grant = effect.grant else { return }
        let purpose = book.grants[grant].terms.purpose
        guard let policy = book.policy?.policy else {
            lacksPolicy = true
            return
        }
        let item = recorded.spending.item
        switch policy.verdict(item: item, purpose: purpose) {
        case .outsideRelief, .purposeUnstated, .unknownPurpose: return
        case .allowed, .forbidden: checkedCount += 1
        case .outsidePurpose, .unknownItem:
            checkedCount += 1
            findings.append(finding(recorded, policy, purpose, grant: book.grants[grant].seq))
        }
    }

    private func finding(
        _ recorded: RecordedSpending, _ policy: Policy, _ purpose: String, grant: Int
    ) -> Finding {
        let item = recorded.spending.item
        let name = policy.purposeName(purpose) ?? Message(zh: purpose, en: purpose)
        let what = policy.item(item)?.name ?? Message(zh: item, en: item)
        let buys = (policy.purpose(purpose)?.buys ?? []).joined(separator: " ")
        return Finding(
            Self.info, seq: recorded.seq, unit: recorded.spending.unit, grant: grant,
            Message(
                zh: "“\(what.zh)”不在用途 \(purpose)“\(name.zh)”可支付的项目之列，"
                    + "涉及 \(Money(fen: recorded.spending.amount).text()) 元；请改用对应用途的资金",
                en: "“\(what.en)” is nothing that purpose \(purpose), \(name.en), pays; "
                    + "\(Money(fen: recorded.spending.amount).text()) yuan are concerned; use money "
                    + "of the right purpose"),
            expected: .text(buys), actual: .text(item))
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        if checkedCount > 0 { return .clean }
        return lacksPolicy
            ? .notEvaluable(Message(zh: "账本没有政策", en: "the ledger has no policy"))
            : .notApplicable(
                Message(zh: "没有救灾资金的批次和支出", en: "no batch or expense of relief money"))
    }
}

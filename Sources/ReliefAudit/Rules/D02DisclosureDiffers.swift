// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// D02 公开数与账面不符: evaluated where the files are, not in the ledger alone.
struct D02DisclosureDiffers: Rule {
    static let info = RuleInfo(
        code: .d02, severity: .violation, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "公开数与账面不符", en: "disclosure differs from books"),
        citation: Message(
            zh: "自然灾害救助条例第26条（公开来源、数量和使用情况）",
            en: "Relief Regulations Art. 26 (source, amount and use are made public)"),
        documentation: Message(
            zh: "公开的表应与账本在其截止条目处推算的相同。公开的文件不在账内，核验账本时无从评估；由 relief-audit reconcile 核对。",
            en:
                "A published table must be what the ledger gives at its cut-off. The "
                + "published file is not in the ledger, so that verifying one evaluates "
                + "nothing here: relief-audit reconcile compares them."))

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        .notEvaluable(
            Message(
                zh: "公开的文件没有给出；用 relief-audit reconcile 核对",
                en: "the published file lies outside the ledger; compare it with "
                    + "relief-audit reconcile"))
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// C06 凭证缺失或被换: evaluated where the files are, not in the ledger alone.
struct C06EvidenceMissing: Rule {
    static let info = RuleInfo(
        code: .c06, severity: .violation, isOverridable: true, isRefusedByWriter: false,
        title: Message(zh: "凭证缺失或被换", en: "evidence missing or exchanged"),
        citation: Message(
            zh: "会计法第17条（账证相符）", en: "Accounting Law Art. 17 (books agree with vouchers)"),
        documentation: Message(
            zh:
                "账中所记凭证的原件应在，且摘要值相同。原件在县里，核验账本时无从评估；由 relief-audit reconcile 或 relief evidence check 逐件核对。",
            en:
                "The files whose digests the ledger holds must be there and have these "
                + "digests. They stay with the county, so that verifying a ledger "
                + "evaluates nothing here: relief-audit reconcile, or relief evidence "
                + "check, compares file by file."))

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        .notEvaluable(
            Message(
                zh: "凭证原件没有给出；用 relief-audit reconcile 核对",
                en: "the files lie outside the ledger; compare them with relief-audit "
                    + "reconcile"))
    }
}

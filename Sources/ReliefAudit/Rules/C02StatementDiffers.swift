// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// C02 账表不符: evaluated where the files are, not in the ledger alone.
struct C02StatementDiffers: Rule {
    static let info = RuleInfo(
        code: .c02, severity: .violation, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "账表不符", en: "statement differs from books"),
        citation: Message(
            zh: "会计法第17条（账表相符）", en: "Accounting Law Art. 17 (books agree with statements)"),
        documentation: Message(
            zh: "报表或自评报告的数字应与账内推算的相同。报表不在账内，核验账本时无从评估；由 relief-audit reconcile 逐格核对。",
            en:
                "The figures of a statement or a report must be those that the ledger "
                + "gives. A statement is not in the ledger, so that verifying one "
                + "evaluates nothing here: relief-audit reconcile compares cell by cell."))

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        .notEvaluable(
            Message(
                zh: "账本之外的报表没有给出；用 relief-audit reconcile 核对",
                en: "the statement lies outside the ledger; compare it with relief-audit "
                    + "reconcile"))
    }
}

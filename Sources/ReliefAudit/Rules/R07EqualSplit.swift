// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// R07 平均分配: everybody gets the same, whatever the need.
struct R07EqualSplit: Rule {
    static let info = RuleInfo(
        code: .r07, severity: .lead, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "平均分配", en: "equal split"),
        citation: Message(
            zh: "“不得平均分配”（云南省、大理州救灾资金管理办法第三条（三），据公开摘要）；比例为默认值",
            en:
                "“not to be averaged out” (Yunnan's and Dali's measures on relief money, Art. 3(3), as "
                + "published in excerpt); the shares are defaults"),
        documentation: Message(
            zh: "同一花名册至少发放10户，达到申请户数（其所替代的最早一份花名册的户数）的95%，"
                + "其中90%以上金额相同，而户内人数相同的不到90%，即提示该花名册。按户定额的批次、"
                + "已取消的明细不计。账内没有需求等级，以户内人数代替；村内全部户数也不在账内，以申请户数代替。",
            en:
                "Fires at a roster of which at least 10 households were paid, at least 95 % of those "
                + "that applied (the first roster that it replaces), at least 90 % of them with the "
                + "same amount, while fewer than 90 % have the same number of persons. Batches "
                + "with a rate per household, and cancelled payments, do not count. The chain holds "
                + "no class of need, so the persons stand for it, and not all of a village's "
                + "households, so those that applied do."))

    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {
        for shares in book.equalShares {
            guard let roster = book.roster(seq: shares.roster)?.entry else { continue }
            let amount = Money(fen: shares.amount).text()
            findings.append(
                Finding(
                    Self.info, seq: shares.roster, unit: roster.unit, grant: roster.grant,
                    Message(
                        zh: "申请 \(shares.appliedCount) 户，发放 \(shares.paidCount) 户，"
                            + "其中 \(shares.equalCount) 户同为 \(amount) 元，而各户人数不同",
                        en:
                            "\(shares.appliedCount) households applied and \(shares.paidCount) were "
                            + "paid, \(shares.equalCount) of them \(amount) yuan each although "
                            + "their persons differ"),
                    expected: .text("< 90%"),
                    actual: .text("\(shares.equalCount)/\(shares.paidCount)")))
        }
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        book.rosters.contains { $0.paidCount > 0 }
            ? .clean
            : .notApplicable(
                Message(zh: "没有按花名册的发放", en: "no payment of a roster"))
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog

extension Forge {
    /// The bytes of ``spending(policy:purpose:expiry:scope:lines:id:)``, 24 records, and a posting of
    /// the county whose entries stand from 25 on.
    static func spent(
        policy: JSONValue = Draft.spendingPolicy(), expiry: String = "unstated",
        _ entries: [RecordFields]
    ) -> [UInt8] {
        spent(policy: policy, expiry: expiry) { $0.post(by: .county, entries) }
    }

    /// The same, with what is appended to it.
    static func spent(
        policy: JSONValue = Draft.spendingPolicy(), expiry: String = "unstated",
        _ change: (inout Forge) -> Void
    ) -> [UInt8] {
        var forge = spending(policy: policy, expiry: expiry)
        change(&forge)
        return forge.bytes
    }
}

extension ConformanceCase {
    /// Plans, decisions, batches, payments and what becomes of them; all after seq 24 of
    /// `Forge.spending`, whose grant of P1 is 17 and plan 18, and another grant 21 and plan 22.
    static let spending: [ConformanceCase] = goodSpending + wrongSpending + brokenSpending

    private static let batch = Draft.batch(
        at: 25, grant: 17, [Draft.Line(1, 30_000), Draft.Line(2, 60_000, persons: 2)], plan: 18)

    // MARK: - Good

    private static let goodSpending: [ConformanceCase] = [
        ConformanceCase(
            "good-spending", exit: 0,
            zh: "每一种支出记录：使用方案及其修订、集体研究（一人回避）、按人发放的批次、到账、失败、重发、"
                + "退汇、取消后另发、直接支出、冲正、违规补录、认定应追回和追回",
            en:
                "every kind of spending: a plan and its revision, a decision (one person recused), "
                + "batches by the head, results settled, failed and returned late, a reissue, a "
                + "cancellation and the household paid anew, expenses, reversals, an irregular, a "
                + "recoverable and recoveries",
            goodSpendingLedger()),
        ConformanceCase(
            "overridden", exit: 0, names: ["B02@29"],
            zh: "超方案一分，另一人事先例外批准：仍报告，不计入退出码",
            en: "one fen over the plan, admitted before by another person: reported all the same, "
                + "outside the exit code",
            Forge.spent { forge in
                forge.post(
                    by: .chair,
                    [
                        Draft.override("B02", grant: 17, 5_001),
                        Draft.plan(grant: 17, [("tent", 5_000)]),
                    ])
                forge.post(
                    by: .county, [Draft.expense(grant: 17, 5_001, item: "tent", plan: 26)])
            }),
    ]

    private static func goodSpendingLedger() -> [UInt8] {
        var forge = Forge.spending(
            policy: Draft.spendingPolicy(rates: [("P1", 30_000, "person")]))
        forge.post(
            by: .chair,
            [
                Draft.decision(
                    grant: 17, [("food", 3_000_000, nil), ("heating", 2_000_000, Draft.firm)],
                    attendees: ["P-chair", "P-county", "P-one"], recused: ["P-county"])
            ])
        // 25 the decision. 28 a batch of three households, one million fen in all.
        let batch = forge.count + 1
        forge.post(
            by: .county,
            Draft.batch(
                at: batch, grant: 17,
                [
                    Draft.Line(1, 900_000, persons: 30), Draft.Line(2, 90_000, persons: 3),
                    Draft.Line(3, 30_000),
                ], plan: 18, decision: 25, rate: (30_000, "person")))
        forge.post(
            by: .county,
            [
                Draft.result("settled", of: batch + 1, grant: 17, 900_000),
                Draft.result("failed", of: batch + 2, grant: 17, 90_000),
                Draft.result("failed", of: batch + 3, grant: 17, 30_000),
                Draft.reissue(batch + 2, grant: 17, 90_000),
                Draft.undo("cancel", batch + 3, grant: 17, 30_000),
                Draft.result("settled", of: batch + 2, grant: 17, 90_000, date: "2022-01-29"),
                Draft.result("returned", of: batch + 2, grant: 17, 90_000, date: "2022-02-10"),
                Draft.reissue(batch + 2, grant: 17, 90_000, date: "2022-02-11"),
            ])
        // The household whose payment was given up is paid anew, by the policy's rate.
        let anew = forge.count + 1
        forge.post(
            by: .county,
            Draft.batch(
                at: anew, grant: 17, [Draft.Line(3, 30_000)], plan: 18, date: "2022-02-01"))
        let expense = forge.count + 1
        forge.post(
            by: .county,
            [
                Draft.expense(
                    grant: 17, 2_000_000, item: "heating", plan: 18, decision: 25),
                Draft.undo("reversal", expense, grant: 17, 500_000),
                Draft.undo("recoverable", expense, grant: 17, 100_000),
                Draft.recovery(expense + 2, grant: 17, 100_000),
                Draft.irregular(grant: 21, 70_000, payee: "o-LL-023"),
                Draft.recovery(expense + 4, grant: 21, 70_000),
                Draft.plan(
                    grant: 17, [("heating", 5_000_000), ("food", 1_020_000), ("tent", 1_000)],
                    replaces: 18, date: "2022-02-05"),
                Draft.expense(
                    grant: 17, 1_000, item: "tent", payee: "o-LL-023", plan: expense + 6,
                    date: "2022-02-06"),
            ])
        return forge.bytes
    }

    // MARK: - Wrong

    private static let wrongSpending: [ConformanceCase] = [
        wrong(
            "outside-purpose", "E01@26", zh: "支出项目不在用途之内",
            en: "an item that the purpose does not buy",
            [
                Draft.plan(grant: 17, [("transport", 5_000)]),
                Draft.expense(grant: 17, 5_000, item: "transport", plan: 25),
            ]),
        wrong(
            "plan-of-another-grant", "E02@25", zh: "引用另一笔指标的使用方案",
            en: "a plan of another grant is cited", [Draft.expense(grant: 17, 5_000, plan: 22)]),
        wrong(
            "target-of-another-grant", "E02@28", zh: "以另一笔指标的名义记代发结果",
            en:
                "a result in the name of another grant than its payment's",
            batch + [Draft.result("settled", of: 26, grant: 21, 30_000)]),
        wrong(
            "wages", "E03@25", zh: "从救灾款发工资", en: "wages from a relief grant",
            [Draft.expense(grant: 17, 5_000, item: "wages", plan: 18)]),
        wrong(
            "owed-back", "E08@25", zh: "违规支出追回时差一分", en: "a misuse recovered but for one fen",
            [Draft.irregular(grant: 17, 5_000), Draft.recovery(25, grant: 17, 4_999)]),
        wrong(
            "no-plan", "B01@25", zh: "没有引用使用方案", en: "no plan is cited",
            [Draft.expense(grant: 17, 5_000, plan: nil)]),
        wrong(
            "replaced-plan", "B01@26", zh: "引用已被替代的使用方案", en: "a plan that was replaced is cited",
            [
                Draft.plan(grant: 17, [("food", 5_000_000)], replaces: 18),
                Draft.expense(grant: 17, 5_000, plan: 18),
            ]),
        wrong(
            "over-plan", "B02@27", zh: "两次合计超方案一分", en: "one fen over the plan, in two steps",
            [
                Draft.plan(grant: 17, [("tent", 9_000)]),
                Draft.expense(grant: 17, 5_000, item: "tent", plan: 25),
                Draft.expense(grant: 17, 4_001, item: "tent", plan: 25),
            ]),
        wrong(
            "plan-forgets", "B02@27", zh: "修订的方案去掉已用的项目",
            en: "a revision drops an item that is used",
            [
                Draft.plan(grant: 17, [("tent", 9_000)]),
                Draft.expense(grant: 17, 9_000, item: "tent", plan: 25),
                Draft.plan(grant: 17, [("food", 9_000)], replaces: 25),
            ]),
        wrong(
            "paid-beyond-available", "B04@29", zh: "批次比可用数多一分",
            en: "a batch of one fen more than there is",
            [
                Draft.plan(grant: 17, [("tent", 900_000)]),
                Draft.allocation(grant: 17, 9_000),
                Draft.allocation(Place.county, Place.sibling, grant: 17, 9_000),
                Draft.expense(Place.sibling, grant: 17, 9_000, item: "tent", plan: 25),
            ]
                + Draft.batch(
                    at: 29, Place.township, grant: 17, [Draft.Line(1, 9_001)], item: "tent",
                    plan: 25)),
        wrong(
            "reversed-too-much", "B08@27", zh: "两次冲正合计多一分",
            en: "one fen too much reversed, in two steps",
            [
                Draft.expense(grant: 17, 5_000, plan: 18),
                Draft.undo("reversal", 25, grant: 17, 3_000),
                Draft.undo("reversal", 25, grant: 17, 2_001),
            ]),
        wrong(
            "settled-twice", "B08@29", zh: "一笔明细到账两次", en: "a payment settles twice",
            batch + [
                Draft.result("settled", of: 26, grant: 17, 30_000),
                Draft.result("settled", of: 26, grant: 17, 30_000),
            ]),
        wrong(
            "cancelled-settled", "B08@30", zh: "取消之后到账",
            en: "a payment settles after it was cancelled",
            batch + [
                Draft.result("failed", of: 26, grant: 17, 30_000),
                Draft.undo("cancel", 26, grant: 17, 30_000),
                Draft.result("settled", of: 26, grant: 17, 30_000),
            ]),
        wrong(
            "undecided", "A01@25", zh: "恰达限额而未集体研究",
            en: "exactly at the threshold, and no decision",
            [Draft.expense(grant: 17, 1_000_000, plan: 18)]),
        wrongDecision(
            "paid-before-decision", "A02@28", zh: "会议前一日支出",
            en: "spent on the day before the meeting",
            date: "2022-01-14", amount: 1_000_000),
        wrongDecision(
            "beyond-decision", "A03@28", zh: "比集体研究的金额多一分", en: "one fen more than was decided",
            amount: 2_000_001),
        wrongDecision(
            "decided-by-the-spender", "A04@28", zh: "集体研究由支出人的另一把密钥签署",
            en: "the decision was sealed by another key of the person who spends",
            amount: 1_000_000, by: .countySecond),
        wrongDecision(
            "spender-voted", "A04@28", zh: "支出人参加了表决", en: "the person who spends voted",
            amount: 1_000_000, attendees: ["P-chair", "P-county"]),
        wrongDecision(
            "no-quorum", "A04@25", zh: "表决人数少于法定人数", en: "a meeting without its quorum",
            amount: 1_000_000, attendees: ["P-chair"]),
        wrong(
            "paid-twice", "R02@29", zh: "同一户同一期间在两笔指标下各发一次",
            en: "one household for one period out of two grants",
            batch
                + Draft.batch(at: 28, grant: 21, [Draft.Line(2, 60_000)], plan: 22)),
        wrong(
            "not-at-the-rate", "R04@27", zh: "一户少发一分", en: "a household gets one fen too little",
            Draft.batch(
                at: 25, grant: 17,
                [Draft.Line(1, 30_000), Draft.Line(2, 59_999, persons: 2)], plan: 18,
                rate: (30_000, "person"))),
        ConformanceCase(
            "left-waiting", exit: 0, names: ["C05@28"], zh: "失败三十余日未重发或取消（提示）",
            en: "failed for more than 30 days, neither reissued nor cancelled (a warning)",
            Forge.spent(batch + [Draft.result("failed", of: 26, grant: 17, 30_000)])),
        ConformanceCase(
            "overridden-by-the-spender", exit: 1, names: ["E04@28"], zh: "例外批准由支出人的另一把密钥签署：不算",
            en: "an override by another key of the person who spends does not count",
            Forge.spent(expiry: "2022-01-19") { forge in
                forge.post(by: .countySecond, [Draft.override("E04", grant: 17, 9_000)])
                forge.post(by: .county, [Draft.expense(grant: 17, 5_000, plan: 18)])
            }),
        wrong(
            "override-of-no-rule", "A07@25", zh: "对不可例外批准的规则作出的例外批准：不生效",
            en: "an override of a rule that allows none: no effect",
            [Draft.override("E03", grant: 17, 9_000)]),
    ]

    private static func wrong(
        _ name: String, _ finding: String, zh: String, en: String, _ entries: [RecordFields]
    ) -> ConformanceCase {
        ConformanceCase(name, exit: 1, names: [finding], zh: zh, en: en, Forge.spent(entries))
    }

    /// A decision of 20,000.00 yuan at 25 and an expense at 28 that cites it.
    private static func wrongDecision(
        _ name: String, _ finding: String, zh: String, en: String, date: String = "2022-01-20",
        amount: Int64, by key: ForgedKey = .chair,
        attendees: [String] = ["P-chair", "P-one", "P-two"]
    ) -> ConformanceCase {
        ConformanceCase(
            name, exit: 1, names: [finding], zh: zh, en: en,
            Forge.spent { forge in
                forge.post(
                    by: key,
                    [Draft.decision(grant: 17, [("food", 2_000_000, nil)], attendees: attendees)])
                forge.post(
                    by: .county,
                    [Draft.expense(grant: 17, amount, plan: 18, decision: 25, date: date)])
            })
    }

    // MARK: - Broken

    private static let brokenSpending: [ConformanceCase] = [
        broken(
            "batch-without-lines", "I02@25", zh: "批次没有明细", en: "a batch without its payments",
            [batch[0]]),
        broken(
            "batch-lacks-a-line", "I02@25", zh: "批次少一笔明细", en: "a batch that lacks one payment",
            [batch[0], batch[1]]),
        broken(
            "line-too-many", "I02@28", zh: "批次多一笔明细", en: "a payment more than the batch counts",
            batch + [Draft.payment(of: 25, grant: 17, Draft.Line(3, 30_000))]),
        broken(
            "wrong-sum", "I02@27", zh: "明细合计比批次多一分",
            en: "payments that come to one fen more than the batch",
            [
                batch[0], batch[1],
                Draft.payment(of: 25, grant: 17, Draft.Line(2, 60_001, persons: 2)),
            ]),
        broken(
            "entry-within-batch", "I02@25", zh: "批次与明细之间有别的记录",
            en: "an entry between a batch and its payments",
            [batch[0], batch[1], Draft.expense(grant: 17, 5_000, plan: 18), batch[2]]),
        broken(
            "line-of-another-unit", "I02@27", zh: "明细的单位不是批次的单位",
            en: "a payment of another unit than its batch",
            [batch[0], batch[1], batch[2].with("unit", .string(Place.township))]),
        broken(
            "line-without-batch", "I02@25", zh: "明细之前没有批次",
            en: "a payment without a batch before it",
            [Draft.payment(of: 18, grant: 17, Draft.Line(1, 30_000))]),
        broken(
            "target-is-no-payment", "I02@28", zh: "代发结果所指的是批次",
            en: "the target of a result is the batch",
            batch + [Draft.result("settled", of: 25, grant: 17, 90_000)]),
        broken(
            "answered-in-part", "I02@28", zh: "代发结果的金额不是明细的金额",
            en: "a result of another amount than its payment's",
            batch + [Draft.result("settled", of: 26, grant: 17, 29_999)]),
        broken(
            "plan-replaced-twice", "I02@26", zh: "一份方案被替代两次", en: "a plan that is replaced twice",
            [
                Draft.plan(grant: 17, [("food", 5_000)], replaces: 18),
                Draft.plan(grant: 17, [("food", 5_000)], replaces: 18),
            ]),
        broken(
            "plan-of-another-unit", "I02@25", zh: "一个单位替代另一单位的方案",
            en: "a plan that replaces another unit's",
            [Draft.plan(Place.township, grant: 17, [("food", 5_000)], replaces: 18)]),
        broken(
            "reversal-of-a-batch", "I02@28", zh: "冲正所指的是批次",
            en: "the target of a reversal is a batch",
            batch + [Draft.undo("reversal", 25, grant: 17, 90_000)]),
        broken(
            "no-such-decision", "I02@25", zh: "所引用的集体研究是一份方案",
            en: "the decision that is cited is a plan",
            [Draft.expense(grant: 17, 5_000, plan: 18, decision: 18)]),
        broken(
            "payee-check-character", "I01@25", zh: "统一社会信用代码的校验码错",
            en: "a firm whose check character is wrong",
            [Draft.expense(grant: 17, 5_000, payee: "f-91350100M000100Y44", plan: 18)]),
        broken(
            "firm-in-a-batch", "I01@26", zh: "批次发给单位", en: "a payment to a firm",
            [batch[0], batch[1].with("payee", .string(Draft.firm)), batch[2]]),
        broken(
            "result-without-reason", "I01@28", zh: "失败而没有原因",
            en: "a failed payment without a reason",
            batch + [Draft.result("failed", of: 26, grant: 17, 30_000).filter { $0.0 != "reason" }]),
        broken(
            "result-with-reason", "I01@28", zh: "到账而有原因", en: "a settled payment with a reason",
            batch + [
                Draft.result("settled", of: 26, grant: 17, 30_000).with("reason", .string("无"))
            ]),
        broken(
            "item-twice-in-plan", "I01@25", zh: "方案的一个项目列两次", en: "an item twice in a plan",
            [Draft.plan(grant: 17, [("food", 5_000), ("food", 5_000)])]),
        broken(
            "days-without-their-rate", "I01@25", zh: "按人的标准而写了天数",
            en: "days with a rate per person",
            Draft.batch(
                at: 25, grant: 17, [Draft.Line(1, 30_000)], plan: 18, rate: (30_000, "person"),
                days: 7)),
    ]

    private static func broken(
        _ name: String, _ fault: String, zh: String, en: String, _ entries: [RecordFields]
    ) -> ConformanceCase {
        ConformanceCase(
            name, exit: 2, names: [fault], zh: zh, en: en, Forge.spent(entries))
    }
}

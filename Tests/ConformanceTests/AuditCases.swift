// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog

extension ConformanceCase {
    /// Accounts at banks, statements and reconciliations, findings and resolutions, settlements,
    /// co-funding and closed books.
    ///
    /// All after seq 24 of `Forge.spending`, whose grant of P1 is 17 and plan 18, and another grant
    /// 21 and plan 22, each of 1,000,000.00 yuan from 10 January. Read as of 1 March.
    static let audit: [ConformanceCase] =
        goodAudit + warnedAudit + wrongAudit + danglingAudit + misspeltAudit

    /// 25, 26: both grants have arrived.
    private static let receipts = [
        Draft.receipt(of: 17, grant: 17, 100_000_000),
        Draft.receipt(of: 21, grant: 21, 100_000_000),
    ]

    // MARK: - Good

    private static let goodAudit: [ConformanceCase] = [
        ConformanceCase(
            "good-audit", exit: 0,
            zh: "账户开立、销户，两期对账单，四种对账（一项未达账项），疑点的说明、属实和整改，"
                + "预拨清算和余款缴回，配套承诺和到位，结账",
            en: "accounts opened and closed, statements of two months, reconciliations of all four "
                + "kinds (one outstanding item), findings explained, confirmed and rectified, an "
                + "advance settled and the rest returned, co-funding promised and paid, books closed",
            goodAuditLedger())
    ]

    private static func goodAuditLedger() -> [UInt8] {
        let clocks: [(code: String, level: String?, days: Int64)] = [
            ("acknowledge", nil, 5), ("settlement", nil, 90),
        ]
        return Forge.spent(policy: Draft.spendingPolicy(clocks: clocks)) { forge in
            forge.post(by: .county, receipts + january + settled + february)
            // 52 and 53 the findings, about the expense and the settlement.
            forge.post(
                by: .chair,
                [
                    Draft.finding(about: 31, amount: 3_000),
                    Draft.finding(about: 40, rule: "B07", date: "2022-02-22"),
                    Draft.resolution(of: 52, date: "2022-02-25"),
                    Draft.resolution(of: 53, outcome: "confirmed", date: "2022-02-25"),
                    Draft.resolution(of: 53, outcome: "rectified", record: 41, date: "2022-02-26"),
                ])
            forge.post(by: .county, [Draft.close()])
        }
    }

    /// 27–33: 500.00 yuan to the township, an expense that the bank has not seen yet.
    private static let january: [RecordFields] = [
        Draft.allocation(grant: 17, 50_000, date: "2022-01-15"),
        Draft.receipt(Place.township, of: 27, grant: 17, 50_000, date: "2022-01-16"),
        Draft.account(), Draft.account(isRelief: false, ending: "0043"),
        Draft.expense(grant: 17, 3_000, plan: 18, date: "2022-01-30"),
        Draft.statement(of: 29, in: 200_000_000, out: 50_000),
        Draft.reconciliation(
            of: 32, book: 199_947_000, stated: 199_950_000,
            items: [Draft.outstanding(3_000, side: "stated", record: 31)]),
    ]

    /// 34–43: an advance of 1,000.00 yuan, 600.00 of it settled, 400.00 returned; 1,000.00 of the
    /// province beside the first grant.
    private static let settled: [RecordFields] = [
        Draft.typed("advance", Draft.grant(100_000, date: "2022-02-01", purpose: "P1")),
        Draft.typed("settlement", Draft.grant(50_000, date: "2022-02-15", purpose: "P1")),
        Draft.grant(100_000, date: "2022-02-05", purpose: "P1", source: "provincial"),
        Draft.receipt(of: 34, grant: 34, 100_000, date: "2022-02-10"),
        Draft.receipt(of: 35, grant: 35, 50_000, date: "2022-02-16"),
        Draft.receipt(of: 36, grant: 36, 100_000, date: "2022-02-10"),
        Draft.settlement(grant: 34, into: 35, 60_000),
        Draft.movement("return", Place.county, grant: 34, 40_000, date: "2022-02-20"),
        Draft.promise(grant: 17, [("provincial", 100_000)]),
        Draft.contribution(to: 42, source: "provincial", grant: 36, 100_000),
    ]

    /// 44–49: the bank agrees.
    private static let february: [RecordFields] = [
        Draft.statement(
            of: 29, from: "2022-02-01", until: "2022-02-28", opening: 199_950_000, in: 250_000,
            out: 43_000),
        Draft.reconciliation(
            of: 44, book: 200_157_000, stated: 200_157_000, date: "2022-03-01"),
        Draft.reconciliation(of: 27, basis: "books", book: 50_000, stated: 50_000),
        Draft.reconciliation(of: nil, basis: "report", book: 0, stated: 0),
        Draft.reconciliation(of: 31, basis: "voucher", book: 3_000, stated: 3_000),
        Draft.closing(of: 30),
    ]

    // MARK: - Warnings

    private static let warnedAudit: [ConformanceCase] = [
        warned(
            "statement-missing", "C04@29", zh: "对账单缺一天", en: "statements that leave out a day",
            receipts + [
                Draft.account(), Draft.statement(of: 27, in: 200_000_000),
                Draft.statement(
                    of: 27, from: "2022-02-02", until: "2022-02-28", opening: 200_000_000),
            ]),
        warned(
            "cofund-short", "B06@25", zh: "已过期限，县级配套未到位",
            en: "the deadline has passed, and the county's share has not come",
            [Draft.promise(grant: 17, [("county", 50_000)])]),
        warned(
            "advance-unsettled", "B07@25", zh: "预拨满三十日未清算",
            en: "an advance that was not settled within the policy's 30 days",
            policy: Draft.spendingPolicy(clocks: [("settlement", nil, 30)]),
            [Draft.typed("advance", Draft.grant(100, purpose: "P1"))]),
        warned(
            "closed-period", "T04@26", zh: "结账后补记已结账期间的业务",
            en: "an entry dated in a period whose books were closed before",
            [Draft.close(), Draft.allocation(grant: 17, 5_000)]),
    ]

    private static func warned(
        _ name: String, _ finding: String, zh: String, en: String,
        policy: JSONValue = Draft.spendingPolicy(), _ entries: [RecordFields]
    ) -> ConformanceCase {
        ConformanceCase(
            name, exit: 0, names: [finding], zh: zh, en: en, Forge.spent(policy: policy, entries))
    }

    // MARK: - Wrong

    private static let wrongAudit: [ConformanceCase] = [
        wrong(
            "bank-differs", "C03@28", zh: "银行比账上少一分",
            en: "the bank has one fen less than the ledger",
            receipts + [
                Draft.account(), Draft.statement(of: 27, in: 200_000_000, out: 1),
            ]),
        wrong(
            "outstanding-too-long", "C03@29", zh: "未达账项已三十一天",
            en: "an item that has been outstanding for 31 days",
            receipts + [
                Draft.account(), Draft.statement(of: 27, in: 200_000_000, out: 1),
                Draft.reconciliation(
                    of: 28, book: 200_000_000, stated: 199_999_999,
                    items: [Draft.outstanding(1, side: "book", since: "2022-01-01")]),
            ]),
        wrong(
            "mixed-account", "E05@27", zh: "救灾资金存在未登记的账户",
            en: "relief money in an account that is not registered for it",
            [
                Draft.account(isRelief: false), Draft.statement(of: 25, in: 5_000),
                Draft.reconciliation(of: 26, book: 5_000, stated: 5_000),
            ]),
        wrong(
            "lent-to-another-grant", "E05@27", zh: "一笔指标的现金不够，用了另一笔的一分",
            en: "one grant's cash does not suffice, and a fen of another's is used",
            [
                Draft.receipt(of: 17, grant: 17, 1_000), receipts[1],
                Draft.expense(grant: 17, 1_001, plan: 18),
            ]),
        wrong(
            "not-acknowledged", "C01@25", zh: "下达满五日未确认到账",
            en: "an allocation that was not acknowledged within the policy's five days",
            policy: Draft.spendingPolicy(clocks: [("acknowledge", nil, 5)]),
            [Draft.allocation(grant: 17, 5_000)]),
        wrong(
            "acknowledged-otherwise", "C01@25", zh: "确认到账比下达多一分",
            en: "one fen more is acknowledged than was allocated",
            [
                Draft.allocation(grant: 17, 5_000),
                Draft.receipt(Place.township, of: 25, grant: 17, 5_001, date: "2022-01-21"),
            ]),
        wrong(
            "settled-for-another-purpose", "E02@27", zh: "预拨清算转入另一用途的指标",
            en: "an advance is settled into a grant of another purpose",
            [
                Draft.typed("advance", Draft.grant(100, purpose: "P1")),
                Draft.grant(100, purpose: "P2"), Draft.settlement(grant: 25, into: 26, 100),
            ]),
        wrong(
            "settled-beyond-the-advance", "B04@26", zh: "清算比预拨多一分",
            en: "one fen more is settled than was advanced",
            [
                Draft.typed("advance", Draft.grant(100, purpose: "P1")),
                Draft.settlement(grant: 25, into: 17, 101),
            ]),
        wrong(
            "finding-settled-by-its-subject", "A04@27", zh: "签署支出的人办结对它的疑点",
            en: "a finding is settled by the person who sealed what it is about",
            [
                Draft.expense(grant: 17, 500, plan: 18), Draft.finding(about: 25),
                Draft.resolution(of: 26),
            ]),
    ]

    private static func wrong(
        _ name: String, _ finding: String, zh: String, en: String,
        policy: JSONValue = Draft.spendingPolicy(), _ entries: [RecordFields]
    ) -> ConformanceCase {
        ConformanceCase(
            name, exit: 1, names: [finding], zh: zh, en: en, Forge.spent(policy: policy, entries))
    }

    // MARK: - Broken

    private static let danglingAudit: [ConformanceCase] = [
        broken(
            "statement-of-another-unit", "I02@26", zh: "乡镇记录县级账户的对账单",
            en: "a township records a statement of the county's account",
            [Draft.account(), Draft.statement(of: 25, Place.township)]),
        broken(
            "account-closed-twice", "I02@27", zh: "一个账户销户两次", en: "an account that is closed twice",
            [Draft.account(), Draft.closing(of: 25), Draft.closing(of: 25)]),
        broken(
            "reconciled-with-no-statement", "I02@26", zh: "账银对账所指的是账户",
            en: "the target of a bank reconciliation is an account",
            [Draft.account(), Draft.reconciliation(of: 25, book: 0, stated: 0)]),
        broken(
            "finding-about-itself", "I02@25", zh: "疑点所指的是它自己", en: "a finding about itself",
            [Draft.finding(about: 25)]),
        broken(
            "finding-settled-twice", "I02@27", zh: "一个疑点办结两次",
            en: "a finding that is settled twice",
            [
                Draft.finding(about: 18), Draft.resolution(of: 25),
                Draft.resolution(of: 25, outcome: "confirmed"),
            ]),
        broken(
            "rectified-by-a-plan", "I02@26", zh: "整改所指的是使用方案",
            en: "a finding that a plan is to have put right",
            [
                Draft.finding(about: 18),
                Draft.resolution(of: 25, outcome: "rectified", record: 18),
            ]),
        broken(
            "settlement-of-no-advance", "I02@25", zh: "清算的不是预拨", en: "a settlement of no advance",
            [Draft.settlement(grant: 17, into: 21, 100)]),
        broken(
            "settlement-into-an-advance", "I02@27", zh: "清算转入的也是预拨",
            en: "an advance that settles another",
            [
                Draft.typed("advance", Draft.grant(100, purpose: "P1")),
                Draft.typed("advance", Draft.grant(100, purpose: "P1")),
                Draft.settlement(grant: 25, into: 26, 100),
            ]),
        broken(
            "contribution-of-another-level", "I02@26", zh: "以中央指标充县级配套",
            en: "a central grant stands in for the county's share",
            [
                Draft.promise(grant: 17, [("county", 50_000)]),
                Draft.contribution(to: 25, source: "county", grant: 21, 50_000),
            ]),
        broken(
            "contribution-without-share", "I02@26", zh: "没有承诺的级次到位",
            en: "a contribution of a level that promised none",
            [
                Draft.promise(grant: 17, [("county", 50_000)]),
                Draft.contribution(to: 25, source: "central", grant: 21, 50_000),
            ]),
    ]

    private static let misspeltAudit: [ConformanceCase] = [
        broken(
            "whole-account-number", "I01@25", zh: "账户写了十六位账号",
            en: "an account with its whole number",
            [Draft.account(ending: "6000000000000042")]),
        broken(
            "balance-below-zero", "I01@26", zh: "对账单期初小于零", en: "a statement that opens below zero",
            [Draft.account(), Draft.statement(of: 25, opening: -1)]),
        broken(
            "closed-before-its-end", "I01@25", zh: "期间未满即结账",
            en: "books closed before the period ends",
            [Draft.close(until: "2022-02-06")]),
        broken(
            "two-shares-of-one-level", "I01@25", zh: "同一级次两份配套", en: "two shares of one level",
            [Draft.promise(grant: 17, [("county", 50_000), ("county", 1)])]),
        broken(
            "explained-with-a-record", "I01@26", zh: "已说明而写了整改记录",
            en: "a finding that is explained, with a record that put it right",
            [
                Draft.finding(about: 18),
                Draft.resolution(of: 25, outcome: "explained", record: 18),
            ]),
    ]

    private static func broken(
        _ name: String, _ fault: String, zh: String, en: String, _ entries: [RecordFields]
    ) -> ConformanceCase {
        ConformanceCase(name, exit: 2, names: [fault], zh: zh, en: en, Forge.spent(entries))
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog

extension ConformanceCase {
    /// Rosters, notices and objections, changes of purpose and carry-overs.
    ///
    /// All after seq 24 of `Forge.spending`, whose grant of P1 is 17 and plan 18, and another grant
    /// 21 and plan 22. The policy asks for a notice of seven days before P1 is paid.
    static let lifecycle: [ConformanceCase] = goodLifecycle + wrongLifecycle + brokenLifecycle

    private static let policy = Draft.noticePolicy(["P1"])
    /// 25 a roster of two households, three persons and 900.00 yuan.
    private static let roster = Draft.roster(
        grant: 17, households: 2, persons: 3, 90_000)
    /// 26 its notice.
    private static let notice = Draft.notice(of: 25, grant: 17, households: 2, 90_000)

    private static func batch(
        at seq: Int, roster: Int?, _ last: Draft.Line = Draft.Line(2, 60_000, persons: 2),
        item: String = "food", period: String = "2022-01", date: String = "2022-01-20"
    ) -> [RecordFields] {
        Draft.batch(
            at: seq, grant: 17, [Draft.Line(1, 30_000), last], item: item, period: period,
            plan: 18, roster: roster, date: date)
    }

    // MARK: - Good

    private static let goodLifecycle: [ConformanceCase] = [
        ConformanceCase(
            "good-lifecycle", exit: 0,
            zh: "花名册、公示、异议成立后更正名册再公示、异议不成立、发放、取消后另发；调整用途（另立指标、转入已有指标）；"
                + "结转（另立下年指标、其他单位转入）及其冲正",
            en:
                "a roster, its notice, an objection upheld, the corrected roster and its notice, an "
                + "objection rejected, the payments, one given up and paid anew; changes of purpose "
                + "(a new grant, and into it); carry-overs (the grant of the next year, and another "
                + "unit into it), and the reversal of one",
            goodLifecycleLedger()),
        ConformanceCase(
            "paid-before-notice-overridden", exit: 0, names: ["D01@28"],
            zh: "未公示即发放，另一人事先例外批准：仍报告，不计入退出码",
            en: "paid without notice, admitted before by another person: reported all the same, "
                + "outside the exit code",
            Forge.spent(policy: policy) { forge in
                forge.post(by: .chair, [Draft.override("D01", grant: 17, 90_000)])
                forge.post(by: .county, batch(at: 28, roster: nil))
            }),
    ]

    private static func goodLifecycleLedger() -> [UInt8] {
        Forge.spent(policy: policy) { forge in
            forge.post(
                by: .county,
                [
                    Draft.roster(
                        grant: 17, households: 3, persons: 5, 120_000, stage: "examined",
                        date: "2022-01-11"),
                    Draft.notice(
                        of: 25, Place.township, grant: 17, households: 3, 120_000,
                        from: "2022-01-11", until: "2022-01-12"),
                    Draft.objection(
                        to: 26, Place.township, payee: Draft.household(9), date: "2022-01-11"),
                    Draft.objection(to: 27, outcome: "upheld", date: "2022-01-12"),
                    Draft.roster(
                        grant: 17, households: 2, persons: 3, 90_000, replaces: 25,
                        date: "2022-01-12"),
                    Draft.notice(of: 29, grant: 17, households: 2, 90_000, round: 2),
                    Draft.objection(to: 30), Draft.objection(to: 31, outcome: "rejected"),
                ])
            let batch = forge.count + 1
            forge.post(by: .county, Self.batch(at: batch, roster: 29))
            forge.post(
                by: .county,
                [
                    Draft.result("failed", of: batch + 2, grant: 17, 60_000),
                    Draft.undo("cancel", batch + 2, grant: 17, 60_000),
                ])
            forge.post(
                by: .county,
                Draft.batch(
                    at: forge.count + 1, grant: 17, [Draft.Line(3, 60_000, persons: 2)], plan: 18,
                    roster: 29, date: "2022-01-29"))
            forge.post(by: .county, transfers(at: forge.count + 1))
        }
    }

    private static func transfers(at first: Int) -> [RecordFields] {
        [
            Draft.repurpose(grant: 17, 5_000, purpose: "P2"),
            Draft.plan(grant: first, [("food", 8_000)]),
            Draft.repurpose(grant: 17, 3_000, into: first, level: "central"),
            Draft.expense(grant: first, 8_000, plan: first + 1),
            Draft.allocation(grant: 21, 30_000),
            Draft.carryover(grant: 21, 99_970_000),
            Draft.carryover(Place.township, grant: 21, 30_000, into: first + 5),
            Draft.undo(
                "reversal", first + 6, Place.township, grant: 21, 30_000, date: "2022-02-21"),
        ]
    }

    // MARK: - Wrong

    private static let wrongLifecycle: [ConformanceCase] = [
        wrong(
            "no-roster", "D01@25", zh: "须公示的用途，批次没有引用花名册",
            en: "a purpose that has to be announced, and no roster is cited",
            batch(at: 25, roster: nil)),
        wrong(
            "never-posted", "D01@26", zh: "花名册没有公示", en: "a roster that was never posted",
            [roster] + batch(at: 26, roster: 25)),
        wrong(
            "posted-six-days", "D01@27", zh: "公示少一天", en: "posted for a day too few",
            [
                roster,
                Draft.notice(of: 25, grant: 17, households: 2, 90_000, from: "2022-01-13"),
            ] + batch(at: 27, roster: 25)),
        wrong(
            "paid-on-the-last-day", "D01@27", zh: "公示末日发放", en: "paid on the notice's last day",
            [roster, notice] + batch(at: 27, roster: 25, date: "2022-01-18")),
        wrong(
            "objection-open", "D01@28", zh: "异议尚未办结即发放", en: "paid while an objection is open",
            [roster, notice, Draft.objection(to: 26)] + batch(at: 28, roster: 25)),
        wrong(
            "not-approved", "R05@27", zh: "花名册只到乡审", en: "a roster that only the township examined",
            [roster.with("stage", .string("examined")), notice] + batch(at: 27, roster: 25)),
        wrong(
            "objection-upheld", "R05@29", zh: "异议成立而名册未更正",
            en: "an objection was upheld, and the roster was not replaced",
            [
                roster, notice, Draft.objection(to: 26),
                Draft.objection(to: 27, outcome: "upheld"),
            ] + batch(at: 29, roster: 25)),
        wrong(
            "beyond-roster", "R05@27", zh: "发放比花名册多一分",
            en: "one fen more is paid than the roster has",
            [roster, notice]
                + batch(at: 27, roster: 25, Draft.Line(2, 60_001, persons: 2))),
        wrong(
            "one-person-too-many", "R05@27", zh: "发放比花名册多一人",
            en: "one person more is paid for than the roster has",
            [roster, notice]
                + batch(at: 27, roster: 25, Draft.Line(2, 60_000, persons: 3))),
        wrong(
            "roster-of-another-period", "R05@27", zh: "花名册是另一期间的", en: "a roster of another period",
            [roster, notice] + batch(at: 27, roster: 25, period: "2022-02")),
        wrong(
            "notice-differs", "R05@26", zh: "公示金额比花名册少一分",
            en: "one fen less is posted than the roster has",
            [roster, notice.with("amount", .integer(89_999))]),
        wrong(
            "notice-of-another-grant", "E02@26", zh: "以另一笔指标的名义公示",
            en: "a notice in the name of another grant than its roster's",
            [roster, notice.with("grant", .integer(21))]),
        wrong(
            "repurposed-from-below", "E06@25", zh: "中央资金由省级批准调整用途",
            en: "a province changes what central money is for",
            [Draft.repurpose(grant: 17, 5_000, purpose: "P2", level: "provincial")]),
        wrong(
            "repurposed-without-number", "E06@25", zh: "调整用途没有批准文号",
            en: "a change of purpose without the approval's number",
            [
                Draft.repurpose(
                    grant: 17, 5_000, purpose: "P2", document: Draft.document(nil, "2022-01-15"))
            ]),
        wrong(
            "repurposed-beyond-available", "B04@25", zh: "调整用途比可用数多一分",
            en: "a change of purpose of one fen more than there is",
            [Draft.repurpose(grant: 17, 100_000_001, purpose: "P2")]),
        wrong(
            "carried-over-in-part", "B05@25", zh: "结转比可用数少一分",
            en: "a carry-over of one fen less than there is",
            [Draft.carryover(grant: 17, 99_999_999)]),
        wrong(
            "carried-over-within-the-year", "B05@25", zh: "结转到同年度的指标",
            en: "a carry-over into a grant of the same year",
            [Draft.carryover(grant: 17, 100_000_000, into: 21)]),
    ]

    private static func wrong(
        _ name: String, _ finding: String, zh: String, en: String, _ entries: [RecordFields]
    ) -> ConformanceCase {
        ConformanceCase(
            name, exit: 1, names: [finding], zh: zh, en: en,
            Forge.spent(policy: policy, entries))
    }

    // MARK: - Broken

    private static let brokenLifecycle: [ConformanceCase] = [
        broken(
            "roster-replaced-twice", "I02@27", zh: "一份花名册被替代两次",
            en: "a roster that is replaced twice",
            [
                roster, roster.with("replaces", .integer(25)),
                roster.with("replaces", .integer(25)),
            ]),
        broken(
            "roster-of-another-item", "I02@26", zh: "替代另一项目的花名册",
            en: "a roster that replaces one of another item",
            [
                roster,
                roster.with("replaces", .integer(25)).with("item", .string("heating")),
            ]),
        broken(
            "notice-of-a-plan", "I02@25", zh: "公示所指的是使用方案", en: "the target of a notice is a plan",
            [Draft.notice(of: 18, grant: 17, households: 2, 90_000)]),
        broken(
            "batch-of-no-roster", "I02@25", zh: "批次引用的花名册是使用方案",
            en: "the roster that a batch cites is a plan", batch(at: 25, roster: 18)),
        broken(
            "objection-ended-twice", "I02@29", zh: "一项异议办结两次",
            en: "an objection that ends twice",
            [
                roster, notice, Draft.objection(to: 26),
                Draft.objection(to: 27, outcome: "rejected"),
                Draft.objection(to: 27, outcome: "upheld"),
            ]),
        broken(
            "objection-ended-from-below", "I02@28", zh: "县级受理的异议由乡镇办结",
            en: "a township ends an objection that the county received",
            [
                roster, notice, Draft.objection(to: 26),
                Draft.objection(to: 27, Place.township, outcome: "rejected"),
            ]),
        broken(
            "into-itself", "I02@25", zh: "转出和转入是同一笔指标", en: "a grant that gives to itself",
            [Draft.carryover(grant: 17, 100_000_000, into: 17)]),
        broken(
            "into-no-grant", "I02@25", zh: "转入的是使用方案", en: "the grant that receives is a plan",
            [Draft.repurpose(grant: 17, 5_000, into: 18)]),
        broken(
            "same-purpose", "I02@25", zh: "调整为原有的用途", en: "a change to the purpose that it has",
            [Draft.repurpose(grant: 17, 5_000, purpose: "P1")]),
        broken(
            "twin-without-opening", "I02@26", zh: "转入已有指标的调整记录被当作指标引用",
            en: "a change of purpose into a grant is named as a grant",
            [
                Draft.repurpose(grant: 17, 5_000, into: 21),
                Draft.expense(grant: 25, 5_000, plan: 18),
            ]),
        broken(
            "into-and-purpose", "I01@25", zh: "既写转入指标又写新用途", en: "both into and purpose",
            [Draft.repurpose(grant: 17, 5_000, into: 21, purpose: "P2")]),
        broken(
            "short-root", "I01@25", zh: "花名册根值少一字节", en: "a root of 31 bytes",
            [roster.with("root", .string(String(repeating: "A", count: 40) + "AA=="))]),
        broken(
            "notice-ends-before-it-begins", "I01@26", zh: "公示末日早于首日",
            en: "a notice that ends before it begins",
            [roster, notice.with("until", .string("2022-01-11"))]),
        broken(
            "payee-at-an-end", "I01@28", zh: "办结异议而写了住户",
            en: "the end of an objection with a payee",
            [
                roster, notice, Draft.objection(to: 26),
                Draft.objection(to: 27, outcome: "rejected", payee: Draft.household(1)),
            ]),
    ]

    private static func broken(
        _ name: String, _ fault: String, zh: String, en: String, _ entries: [RecordFields]
    ) -> ConformanceCase {
        ConformanceCase(
            name, exit: 2, names: [fault], zh: zh, en: en, Forge.spent(policy: policy, entries))
    }
}

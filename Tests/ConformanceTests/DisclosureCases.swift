// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog

extension ConformanceCase {
    /// What a unit publishes of its money.
    ///
    /// All after seq 24 of `Forge.spending`, whose grants are 17 and 21. 25 a batch, 26–28 its
    /// payments, 29 an expense, 30 an allocation to the township, 31 its reversal in part, 32 an
    /// expense of February; the disclosure at 35 is of January. Read as of 1 March.
    static let disclosure: [ConformanceCase] = goodDisclosure + wrongDisclosure + misspeltDisclosure

    private static let spent: [RecordFields] =
        Draft.batch(
            at: 25, grant: 17,
            [Draft.Line(1, 30_000), Draft.Line(2, 60_000, persons: 2), Draft.Line(3, 45_000)],
            plan: 18) + [
            Draft.expense(grant: 17, 20_000, plan: 18), Draft.allocation(grant: 17, 500_000),
            Draft.undo("reversal", 30, grant: 17, 100_000),
            Draft.expense(grant: 17, 7_000, plan: 18, date: "2022-02-03"),
        ]

    private static func ledger(
        policy: JSONValue = Draft.spendingPolicy(), _ change: (inout Forge) -> Void
    ) -> [UInt8] {
        Forge.spent(policy: policy) { forge in
            forge.post(by: .county, spent)
            change(&forge)
        }
    }

    /// One disclosure of January, with another value in the place of a right one.
    private static func misspelt(_ name: String, _ value: JSONValue) -> [UInt8] {
        ledger { $0.post(by: .county, [$0.disclosure().with(name, value)]) }
    }

    private static func withheld(_ amount: Int64, _ count: Int64) -> JSONValue {
        .object([
            "amount": .integer(amount), "count": .integer(count), "reason": .string("minor"),
        ])
    }

    private static let goodDisclosure: [ConformanceCase] = [
        ConformanceCase(
            "good-disclosure", exit: 0,
            zh: "一月的收支公开三次：全县（一户未成年人不逐户列出）、一个乡、没有收支的乡；二月补记一月的支出后公开第二榜",
            en:
                "January made public for the county (one household, a child, not listed singly), for "
                + "a township, and for one without money; then a second round, after an expense of "
                + "January was recorded late",
            ledger(policy: Draft.disclosurePolicy([(nil, 30, "calendar", nil, nil)])) { forge in
                forge.post(
                    by: .county,
                    [
                        forge.disclosure(withheld: (45_000, 1)),
                        forge.disclosure(of: Place.township, profile: "board"),
                        forge.disclosure(of: Place.sibling, profile: "totals"),
                        Draft.expense(grant: 17, 9_000, plan: 18, date: "2022-01-31"),
                    ])
                forge.post(by: .county, [forge.disclosure(date: "2022-02-14", round: 2)])
            })
    ]

    private static let wrongDisclosure: [ConformanceCase] = [
        ConformanceCase(
            "disclosure-without-a-household", exit: 1, names: ["D02@35"],
            zh: "公开漏列第 27 条的一户", en: "the household of record 27 is not disclosed",
            ledger { forge in
                forge.post(
                    by: .county, [forge.disclosure(rows: forge.rows().filter { $0 != 27 })])
            }),
        ConformanceCase(
            "disclosure-of-another-root", exit: 1, names: ["D02@35"],
            zh: "公开的根不是各条的根", en: "a root that is not that of the rows",
            misspelt("root", .string(String(repeating: "A", count: 43) + "="))),
        ConformanceCase(
            "disclosure-with-another-count", exit: 1, names: ["D02@35"],
            zh: "公开的条数多一条", en: "a count that is one too high",
            misspelt("count", .integer(9))),
        ConformanceCase(
            "disclosure-with-another-sum", exit: 1, names: ["D02@35"],
            zh: "公开的合计少一元", en: "a sum that lacks a yuan",
            misspelt("amount", .integer(154_900))),
        ConformanceCase(
            "disclosure-late", exit: 0, names: ["D04@25", "D04@29"],
            zh: "一月的发放和支出过了期限才公开，二月的尚在期限内",
            en: "January's batch and expense are made public after the term; February's is still "
                + "running",
            ledger(policy: Draft.disclosurePolicy([(nil, 26, "calendar", nil, nil)])) { forge in
                forge.post(by: .county, [forge.disclosure(date: "2022-02-16")])
            }),
        ConformanceCase(
            "disclosure-by-a-township", exit: 1, names: ["A07@35"],
            zh: "乡的密钥公开全县的收支", en: "a township's key publishes for the county",
            ledger { $0.post(by: .township, [$0.disclosure()]) }),
    ]

    private static let misspeltDisclosure: [ConformanceCase] = [
        ConformanceCase(
            "disclosure-until-tomorrow", exit: 2, names: ["I01@35"],
            zh: "公开期间晚于公开日期", en: "a period that ends after the publication",
            misspelt("until", .string("2022-02-11"))),
        ConformanceCase(
            "disclosure-of-no-day", exit: 2, names: ["I01@35"],
            zh: "公开期间的止日早于起日", en: "a period that ends before it begins",
            misspelt("from", .string("2022-02-01"))),
        ConformanceCase(
            "disclosure-withholds-too-much", exit: 2, names: ["I01@35"],
            zh: "不逐户列出的金额多于合计", en: "more withheld than the sum",
            misspelt("withheld", withheld(155_001, 1))),
        ConformanceCase(
            "disclosure-withholds-nothing", exit: 2, names: ["I01@35"],
            zh: "不逐户列出的为零户", en: "no household withheld, and said so",
            misspelt("withheld", withheld(1, 0))),
        ConformanceCase(
            "disclosure-round-0", exit: 2, names: ["I01@35"],
            zh: "第零榜", en: "a round 0", misspelt("round", .integer(0))),
        ConformanceCase(
            "disclosure-of-other-profile", exit: 2, names: ["I01@35"],
            zh: "没有的公开方式", en: "a profile that there is none of",
            misspelt("profile", .string("full"))),
        ConformanceCase(
            "disclosure-of-no-files", exit: 2, names: ["I01@35"],
            zh: "文件摘要不是六十四位十六进制数", en: "files that are no hash",
            misspelt("files", .string(String(repeating: "5A", count: 32)))),
        ConformanceCase(
            "disclosure-of-nobody", exit: 2, names: ["I02@35"],
            zh: "公开单位未登记", en: "a unit that is not declared",
            misspelt("unit", .string(Place.neighbour))),
    ]
}

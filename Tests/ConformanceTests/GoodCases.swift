// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog

extension ConformanceCase {
    /// Ledgers that a verifier accepts, and the example of FORMAT.md §8.
    static let good: [ConformanceCase] = [
        ConformanceCase(
            "example", exit: 1, names: ["A07@3"],
            zh: "FORMAT.md 第 8 节的例子：五条记录。为求最短，由根密钥签署指标，故完整而有一项违规",
            en:
                "the example of FORMAT.md §8: five records. Kept that short by a root key that seals "
                + "a grant, hence intact with one violation",
            example()),
        ConformanceCase(
            "good", exit: 0, zh: "三批十三条，多数坏例由它改成",
            en: "three postings, 13 records; most broken cases are made from it",
            Forge.base().bytes),
        good(
            "good-expected", zh: "同上，并附此前两张收据",
            en: "the same, with two earlier receipts", expecting: [6, 13]),
        ConformanceCase(
            "good-county", exit: 0,
            zh: "单位、密钥（更换、注销、到期前一秒封存）、政策（另一人批准）、灾害、指标、分解下达、"
                + "到账确认、收回、缴回、更正；同一时刻的两批；截止日当天下达",
            en:
                "units, keys (rotated, revoked, sealing one second before they expire), policies (the "
                + "second approved by another person), an event, grants, allocations, receipts, a "
                + "recall, returns, an amendment; two postings at one time; an allocation on the day "
                + "of expiry",
            goodCounty()),
        ConformanceCase(
            "good-warnings", exit: 0, names: ["E07@8", "A06@9"],
            zh: "来源、用途、文号未说明；分解文件的落款早于指标文件",
            en: "source, purpose and document number unstated; an allocation's paper precedes the "
                + "grant's",
            Forge.money([
                Draft.grant(
                    document: Draft.document("unstated", "2022-01-10"), purpose: "U0",
                    source: "unstated"),
                Draft.allocation(
                    grant: 8, 60_000, document: Draft.document(nil, "2021-01-09")),
            ])),
        ConformanceCase(
            "late-recording", exit: 0, names: ["T04@13", "T04@14"],
            zh: "政策限三十日内记账，一条迟了二十日，一条业务日期在记账日之后（提示）",
            en:
                "the policy allows 30 days for recording: one entry 20 days late, one dated after the "
                + "day of recording (warnings)",
            Forge.county(policy: Draft.policy(clocks: [("recording", nil, 30)])) { forge in
                forge.post(
                    by: .county,
                    [
                        Draft.grant(purpose: "P1"),
                        Draft.allocation(grant: 13, 60_000, date: "2022-03-02"),
                    ])
            }),
        ConformanceCase(
            "cut-at-seal", exit: 0, zh: "末批整批被截去：没有收据就看不出来",
            en: "the last posting cut off whole: without a receipt nobody can tell",
            Forge.base().bytes(..<10)),
        ConformanceCase(
            "largest-record", exit: 0, zh: "一条恰为 65,535 字节的记录",
            en: "a record of exactly 65,535 bytes", ledger(recordByteCount: 65_535)),
    ]

    private static func good(
        _ name: String, zh: String, en: String, expecting sizes: [Int]
    ) -> ConformanceCase {
        let forge = Forge.base()
        return ConformanceCase(
            name, exit: 0, zh: zh, en: en, expecting: sizes.map { forge.expectation($0) },
            forge.bytes)
    }

    private static func example() -> [UInt8] {
        var forge = Forge()
        forge.post(
            by: .root,
            [
                Draft.unit(Place.county, in: "000000000000", name: "示例县"),
                Draft.grant(31_000_000, document: Draft.document("例〔2022〕1号", "2022-01-10"))
                    .with("title", .string("救灾款")),
            ])
        return forge.bytes
    }

    private static func goodCounty() -> [UInt8] {
        let successor = ForgedKey("township-2")
        let policy = Draft.policy(
            clocks: [("onward", "county", 30), ("recording", nil, 90)])
        let nextPolicy = Draft.policy(
            title: "新规", clocks: [("onward", "county", 20), ("recording", nil, 90)])
        var forge = Forge.county(policy: policy)
        forge.post(
            by: .registrar,
            [
                Draft.unit(Place.group, in: Place.township),
                forge.rotation(
                    .township, to: successor, role: "officer", unit: Place.township,
                    expires: "2022-03-01T04:00:00Z"),
            ])
        let money = forge.count + 1
        let notice = Draft.document("例〔2022〕1号", "2022-01-10")
        let onward = Draft.document("例〔2022〕2号", "2022-01-10")
        forge.post(
            by: .county,
            [
                Draft.event(),
                Draft.grant(document: notice, purpose: "P1", expiry: "2022-01-20")
                    .with("event", .integer(Int64(money))),
                Draft.grant(50_000, document: notice, purpose: "P1", scope: Place.township),
                Draft.allocation(grant: money + 1, 60_000, document: onward),
                Draft.allocation(
                    Place.county, Place.sibling, grant: money + 1, 30_000, document: onward),
                Draft.movement(
                    "return", Place.county, grant: money + 1, 10_000, date: "2022-02-09"),
                Draft.allocation(grant: money + 2, 50_000, date: "2022-01-25"),
            ])
        forge.post(
            by: successor, at: "2022-03-01T03:59:59Z",
            [
                Draft.movement(
                    "receipt", Place.township, grant: money + 1, 60_000, date: "2022-01-21",
                    target: money + 3),
                Draft.allocation(
                    Place.township, Place.village, grant: money + 2, 20_000, date: "2022-02-01"),
                Draft.allocation(
                    Place.township, Place.group, grant: money + 2, 5_000, date: "2022-02-01"),
            ])
        forge.post(
            by: .county, at: "2022-03-01T03:59:59Z",
            [
                Draft.movement(
                    "recall", Place.county, Place.sibling, grant: money + 1, 5_000,
                    date: "2022-02-20"),
                Draft.movement(
                    "return", Place.township, Place.county, grant: money + 2, 1_000,
                    date: "2022-02-20"),
                Draft.amend(money + 1, ["title": .string("救灾款"), "memo": .string("更正")]),
            ])
        let approval = forge.post(by: .spareRoot, [Draft.approve(nextPolicy)]).lowerBound
        forge.post(by: .root, [Draft.adopt(nextPolicy, approval: approval)])
        forge.post(by: .spareRoot, [Forge.revocation(.registrar)])
        return forge.bytes
    }

    /// A ledger with a policy record of just that size, valid but for the limit of 65,535.
    static func ledger(recordByteCount: Int) -> [UInt8] {
        func forge(_ holidayCount: Int, _ padding: Int) -> Forge {
            let first = 10_957  // 2000-01-01, in days since 1970
            let holidays = (0..<holidayCount).compactMap { day in
                Timestamp(seconds: Int64(first + day) * 86_400)
                    .map { JSONValue.string(String($0.description.prefix(10))) }
            }
            let title = String(repeating: "p", count: 1 + padding)
            let policy = Draft.policy(title: title).members?.map { member in
                (member.name, member.name == "holidays" ? .array(holidays) : member.value)
            }
            var forge = Forge()
            forge.post(
                by: .root,
                [
                    Draft.unit(Place.county, in: "000000000000"),
                    Draft.adopt(.object((policy ?? []) as RecordFields)),
                ])
            return forge
        }
        let bare = forge(1, 0).lines[3].count
        let room = recordByteCount - bare
        return forge(1 + room / 13, room % 13).bytes
    }
}

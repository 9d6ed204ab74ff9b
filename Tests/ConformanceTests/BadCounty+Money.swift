// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog

/// Grants, allocations and purchases of the bad county.
extension BadCounty {
    private static let (east, west) = (Place.township, Place.sibling)

    /// A grant of 2023 with its paper.
    private func grant(
        _ amount: Int64, _ title: String, _ number: String, dated: String, on date: String,
        purpose: String, source: String = "central", scope: String = Place.county
    ) -> RecordFields {
        Draft.grant(
            amount, date: date, document: Draft.document(number, dated), purpose: purpose,
            scope: scope, source: source, expiry: "2023-12-31"
        ).with("title", .string(title)).with("year", .integer(2023))
    }

    // MARK: - Winter aid

    mutating func grantWinterAid() {
        winter = post(
            "2023-01-05",
            grant(
                100_000_000, "冬春救助资金", "示例财〔2023〕1号", dated: "2023-01-04", on: "2023-01-05",
                purpose: "H6"))
        post(
            "2023-01-10",
            Draft.allocation(grant: winter, 60_000_000, date: "2023-01-10"),
            Draft.allocation(
                Place.county, Place.sibling, grant: winter, 40_000_000, date: "2023-01-10"))
        let lines: [(item: String, amount: Int64)] = [
            ("food", 30_000_000), ("heating", 20_000_000), ("quilt", 1_000_000),
        ]
        eastPlan = post(
            "2023-01-11", Draft.plan(Self.east, grant: winter, lines, date: "2023-01-11"))
        westPlan = post(
            "2023-01-11", Draft.plan(Self.west, grant: winter, lines, date: "2023-01-11"))
    }

    /// An expense of a township out of the winter aid, to a supplier of its own.
    @discardableResult
    private mutating func buy(
        _ amount: Int64, _ item: String, _ unit: String = Place.sibling, on date: String,
        recorded: String? = nil, plan: Int?, decision: Int? = nil, payee: String? = nil,
        grant: Int? = nil
    ) -> Int {
        let payee = payee ?? newSupplier()
        return post(
            recorded ?? date,
            Draft.expense(
                unit, grant: grant ?? winter, amount, item: item, payee: payee, plan: plan,
                decision: decision, date: date))
    }

    mutating func spendWinterAid() {
        let road = buy(800_000, "road", Self.east, on: "2023-02-01", plan: eastPlan)
        label(
            "E01", road, zh: "用冬春救助资金硬化村道 8,000 元，不在用途之内",
            en: "8,000 yuan of winter aid pave a road, which the purpose does not buy")
        let wages = buy(600_000, "wages", on: "2023-02-02", plan: westPlan)
        label(
            "E03", wages, zh: "用救灾资金发临时人员工资 6,000 元",
            en: "6,000 yuan of relief money pay wages")
        let unplanned = buy(400_000, "food", on: "2023-02-03", plan: nil)
        label("B01", unplanned, zh: "没有使用方案就买粮 4,000 元", en: "4,000 yuan of food without any plan")
        overPlan()
        decide()
    }

    private mutating func overPlan() {
        buy(700_000, "quilt", on: "2023-02-06", plan: westPlan)
        let over = buy(450_000, "quilt", on: "2023-02-07", plan: westPlan)
        label(
            "B02", over, zh: "衣被方案 10,000 元，两次买了 11,500 元",
            en: "the plan has 10,000 yuan for bedding, and two purchases come to 11,500")
    }

    private mutating func decide() {
        let undecided = buy(1_200_000, "food", on: "2023-02-08", plan: westPlan)
        label(
            "A01", undecided, zh: "一次买粮 12,000 元，没有集体研究",
            en: "12,000 yuan of food at once without a meeting")
        let meeting = meet([("food", 3_000_000), ("heating", 2_000_000)], on: "2023-02-13")
        let early = buy(
            1_500_000, "food", on: "2023-02-10", recorded: "2023-02-14", plan: westPlan,
            decision: meeting)
        label(
            "A02", early, zh: "2 月 10 日付款，2 月 13 日才开会",
            en: "paid on 10 February, and the meeting was on the 13th")
        buy(1_500_000, "heating", on: "2023-02-15", plan: westPlan, decision: meeting)
        let beyond = buy(800_000, "heating", on: "2023-02-16", plan: westPlan, decision: meeting)
        label(
            "A03", beyond, zh: "会议定取暖 20,000 元，两次共付 23,000 元",
            en: "the meeting decided 20,000 yuan for heating, and two payments come to 23,000")
        voteForOneself()
    }

    /// A meeting of the western township, sealed by the chair.
    private mutating func meet(
        _ items: [(item: String, amount: Int64)], on date: String,
        attendees: [String] = ["P-chair", "P-one", "P-two"], quorum: Int64 = 2
    ) -> Int {
        post(
            date, by: .chair,
            Draft.decision(
                Self.west, grant: winter, items.map { ($0.item, $0.amount, nil) },
                attendees: attendees, quorum: quorum, date: date
            ).with("meeting", .string("西山乡党委会（示例）\(date)")))
    }

    private mutating func voteForOneself() {
        let own = meet(
            [("food", 1_600_000)], on: "2023-02-17", attendees: ["P-chair", "P-county", "P-one"])
        let spent = buy(1_600_000, "food", on: "2023-02-20", plan: westPlan, decision: own)
        label(
            "A04", spent, zh: "经办人参加表决，又自己签署这笔支出",
            en: "the officer voted in the meeting and sealed the spending")
        let few = meet(
            [("heating", 1_100_000)], on: "2023-02-21", attendees: ["P-chair", "P-one"], quorum: 3)
        label("A04", few, zh: "会议法定人数三人，只有两人表决", en: "two voted where the quorum is three")
    }

    // MARK: - Emergency aid

    mutating func grantEmergencyAid() {
        emergency = post(
            "2023-06-20",
            grant(
                30_000_000, "洪涝应急救助资金", "示例财〔2023〕40号", dated: "2023-06-19",
                on: "2023-06-20", purpose: "E1", source: "provincial"))
        label(
            "T01", emergency, zh: "应急资金压了四十多天才下达东河乡 200,000 元",
            en: "the county sat on 200,000 yuan of emergency aid for over forty days")
        let paper = post(
            "2023-06-26",
            Draft.allocation(
                Place.county, Self.west, grant: emergency, 10_000_000, date: "2023-06-26",
                document: Draft.document("示例财行〔2023〕9号", "2023-06-12")))
        label(
            "A06", paper, zh: "分解文件落款 6 月 12 日，早于省里 6 月 19 日的下达文件",
            en: "the allocation's paper is of 12 June, before the province's of 19 June")
        let allocation = post(
            "2023-08-01",
            Draft.allocation(grant: emergency, 20_000_000, date: "2023-08-01"))
        overdraw()
        let signed = post(
            "2023-08-02", by: .township,
            Draft.movement(
                "receipt", Self.west, grant: emergency, 10_000_000, date: "2023-08-02",
                target: paper))
        label(
            "A07", signed, zh: "东河乡的经办人替西山乡确认到账",
            en: "the eastern township's officer acknowledges money for the western one")
        post(
            "2023-08-02",
            Draft.movement(
                "receipt", Self.east, grant: emergency, 20_000_000, date: "2023-08-02",
                target: allocation))
    }

    private mutating func overdraw() {
        let over = post(
            "2023-08-01",
            Draft.allocation(
                Place.county, Self.west, grant: emergency, 5_000_000, date: "2023-08-01"))
        label(
            "B03", over, zh: "已全部下达，又多下达西山乡 50,000 元",
            en: "all was passed on already, and 50,000 yuan more go to the western township")
        let plan = post(
            "2023-08-01",
            Draft.plan(
                Self.east, grant: emergency, [("food", 5_000_000), ("tent", 5_000_000)],
                date: "2023-06-21"))
        let early = buy(
            900_000, "food", Self.east, on: "2023-07-20", recorded: "2023-08-02", plan: plan,
            grant: emergency)
        label(
            "B04", early, zh: "7 月 20 日付款 9,000 元，钱 8 月 1 日才下达到乡",
            en: "9,000 yuan are paid on 20 July, and the money came on 1 August")
        let crossed = buy(
            500_000, "food", Self.east, on: "2023-08-02", plan: eastPlan, grant: emergency)
        label(
            "E02", crossed, zh: "应急资金的支出引用冬春救助的使用方案",
            en: "spending of the emergency aid cites the plan of the winter aid")
    }

    // MARK: - Corrections and misuse

    mutating func correctAndRecord() {
        let late = buy(300_000, "food", on: "2023-08-03", recorded: "2023-09-05", plan: westPlan)
        label(
            "T04", late, zh: "8 月 3 日的支出，9 月 5 日才记账",
            en: "spent on 3 August and recorded on 5 September")
        let bought = buy(200_000, "food", on: "2023-09-06", plan: westPlan)
        post(
            "2023-09-07",
            Draft.undo("reversal", bought, Self.west, grant: winter, 150_000, date: "2023-09-07"))
        let twice = post(
            "2023-09-08",
            Draft.undo("reversal", bought, Self.west, grant: winter, 100_000, date: "2023-09-08"))
        label(
            "B08", twice, zh: "一笔 2,000 元的支出两次共冲正 2,500 元",
            en: "an expense of 2,000 yuan is reversed by 2,500 in two steps")
        let misuse = post(
            "2023-09-11",
            Draft.irregular(Self.east, grant: winter, 300_000, rules: ["E03"], date: "2023-09-04")
                .with("finding", .string("误从救灾专户付接待费 3,000 元，银行流水已核对（示例）")))
        post(
            "2023-09-20",
            Draft.recovery(misuse, Self.east, grant: winter, 100_000, date: "2023-09-20"))
        label(
            "E08", misuse, zh: "接待费 3,000 元从救灾资金付出，只追回 1,000 元",
            en: "3,000 yuan of relief money paid for a reception, and 1,000 came back")
        let repurposed = post(
            "2023-09-21",
            Draft.repurpose(
                Self.west, grant: winter, 2_000_000, purpose: "E1", level: "county",
                document: Draft.document("示例县〔2023〕7号", "2023-09-20"), date: "2023-09-21"))
        label(
            "E06", repurposed, zh: "县里自行把中央冬春救助 20,000 元改作应急救助",
            en: "the county turns 20,000 yuan of central winter aid into emergency aid by itself")
    }

    // MARK: - The end of the year

    mutating func endTheYear() {
        let donated = post(
            "2023-10-09",
            grant(
                20_000_000, "社会捐赠款", "unstated", dated: "2023-10-08", on: "2023-10-09",
                purpose: "H6", source: "donation", scope: Self.east))
        label("E07", donated, zh: "捐赠款没有文号", en: "the donation's paper states no number")
        let outside = post(
            "2023-10-10",
            Draft.allocation(grant: donated, 15_000_000, date: "2023-10-10"),
            Draft.allocation(Place.county, Self.west, grant: donated, 5_000_000, date: "2023-10-10")
        )
        label(
            "E04", outside + 1, zh: "捐给东河乡的 50,000 元下达到西山乡",
            en: "50,000 yuan donated for the eastern township go to the western one")
        let carried = post(
            "2024-01-03",
            Draft.carryover(Self.east, grant: donated, 12_000_000, date: "2023-12-29"))
        label(
            "B05", carried, zh: "结余 150,000 元，只结转 120,000 元",
            en: "150,000 yuan are left, and 120,000 are carried over")
    }
}

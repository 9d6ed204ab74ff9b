// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// The policy that a county starts from and changes by its own documents.
///
/// It cites a law or a published notice where one was read, and says so where a value is a default
/// or one office's practice. Rates on which published readings differ are left out: the county
/// enters its own. Holidays are empty: 国务院办公厅 announces them each year, and the county adds
/// them with the next policy.
public enum DefaultPolicy {
    /// The policy.
    public static let policy = Policy(
        title: "自然灾害救灾资金默认规则（第1版），由县级依本地文件修订后采用",
        purposes: purposes, items: items, thresholds: thresholds, clocks: clocks, rates: rates,
        holidays: [])

    /// The policy as content of an entry (FORMAT.md §6).
    public static var content: JSONValue { policy.content }

    // 财建〔2020〕245号 was read in published excerpts, not whole: the citations say so.
    private static let notice245 = "财建〔2020〕245号（据公开摘要）"

    private static func purpose(
        _ code: String, _ zh: String, _ en: String, _ buys: [String], _ citation: String
    ) -> Policy.Purpose {
        Policy.Purpose(
            code: code, name: Message(zh: zh, en: en), buys: buys, citation: citation)
    }

    private static let purposes: [Policy.Purpose] = [
        purpose(
            "H1", "灾害应急救助", "emergency relief",
            ["rescue", "food", "water", "clothing", "shelter", "medicine"],
            "自然灾害救助条例第14、25条；" + notice245),
        purpose(
            "H2", "遇难人员家属抚慰", "condolence to the bereaved", ["condolence"],
            "自然灾害救助条例第25条；" + notice245),
        purpose(
            "H3", "过渡期生活救助", "transitional living aid", ["livingAid"],
            "自然灾害救助条例第18条；" + notice245),
        purpose(
            "H4", "倒塌、损坏住房恢复重建补助", "rebuilding and repair of homes",
            ["housingRebuild", "housingRepair"], "自然灾害救助条例第19、20、25条"),
        purpose(
            "H5", "旱灾临时生活困难救助", "drought hardship relief", ["food", "water"], notice245),
        purpose(
            "H6", "冬春临时生活困难救助", "winter and spring hardship relief",
            ["food", "clothing", "heating"], "自然灾害救助条例第21条；社会救助暂行办法第26条"),
        purpose(
            "E1", "搜救、排危除险等应急处置", "search, rescue and removal of hazards",
            ["teamCost", "machinery"], notice245),
        purpose(
            "E2", "救灾装备物资、抢险备料购买租赁运输", "equipment and materials: purchase, hire, transport",
            ["equipment", "materials", "hire", "freight"], notice245 + "；自然灾害救助条例第23条"),
        purpose(
            "E3", "现场交通后勤通讯保障", "field transport, supply and communication",
            ["fuel", "fieldFood", "communication"], notice245),
        purpose(
            "E4", "灾情统计、应急监测", "loss survey and emergency monitoring",
            ["survey", "monitoring"], notice245),
        purpose("E5", "中央救灾储备物资保管", "keeping of the central stockpile", ["storage"], notice245),
        purpose(
            "E6", "森林草原航空消防", "aerial firefighting", ["aircraft", "airfield"],
            notice245 + "；财资环〔2021〕90号"),
        purpose(
            "X9", "其他经批准事项", "other approved matters", ["approvedOther"],
            notice245 + "：须有批准文件"),
    ]

    private static let thresholds: [Policy.Threshold] = [
        Policy.Threshold(
            code: .collective, amount: Money(fen: 1_000_000), isInclusive: true,
            covers: [.expense, .batch],
            citation: "[local] 临湘市绩效自评报告：1万元以上的支出项目需集体讨论；民法典第1259条：以上包括本数")
    ]

    private static let clocks: [Policy.Clock] = [
        Policy.Clock(
            code: .onward, level: .province, days: 30, calendar: .calendar,
            citation: "预算法第52条：省级收到中央转移支付后30日内正式下达"),
        Policy.Clock(
            code: .recording, level: nil, days: 10, calendar: .working,
            citation: "默认值，所据法律条文未见记账天数；账簿登记见会计法第15条"),
        Policy.Clock(
            code: .notice, level: nil, days: 7, calendar: .calendar,
            citation: "默认值：H4依自然灾害救助条例第20条公示，条例未规定天数，各地不一；H6依户报、村评、乡审、县定的通行做法",
            purposes: ["H4", "H6"]),
        Policy.Clock(
            code: .reissue, level: nil, days: 10, calendar: .working,
            citation: "默认值，所据文件只要求失败款项更正后重发，未见天数"),
        Policy.Clock(
            code: .settlement, level: nil, days: 90, calendar: .calendar,
            citation: "默认值，财建〔2020〕245号（据公开摘要）先预拨后清算，未见天数"),
    ]

    // Only the rates of H1 are both published and of one reading.
    private static let rates: [Policy.Rate] = [
        Policy.Rate(
            purpose: "H1", amount: Money(fen: 30_000), per: .person,
            citation: "公开发布的标准，每人300元，未注明文号；采用前请与本地文件核对"),
        Policy.Rate(
            purpose: "H1", amount: Money(fen: 2_000), per: .personDay,
            citation: "公开发布的标准，每人每天20元、不超过15天，未注明文号；采用前请与本地文件核对"),
    ]
}

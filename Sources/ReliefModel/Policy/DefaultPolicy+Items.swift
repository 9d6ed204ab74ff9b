// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

extension DefaultPolicy {
    /// Every item: what some purpose buys, then what relief money never pays.
    static let items = payable + forbidden

    private static let uses = "自然灾害救助条例第25条；财建〔2020〕245号（据公开摘要）"
    private static let notice245 = "财建〔2020〕245号（据公开摘要）"

    private static func item(
        _ code: String, _ zh: String, _ en: String, _ citation: String, isForbidden: Bool = false
    ) -> Policy.Item {
        Policy.Item(
            code: code, name: Message(zh: zh, en: en), isForbidden: isForbidden,
            citation: citation)
    }

    private static let payable: [Policy.Item] = [
        item("rescue", "抢救和转移安置人员", "rescue and moving of people", uses),
        item("food", "口粮和食品", "food", uses),
        item("water", "饮水", "drinking water", uses),
        item("clothing", "衣被", "clothing and bedding", uses),
        item("heating", "取暖", "heating", uses),
        item("shelter", "临时住所", "shelter", uses),
        item("medicine", "应急期医疗和药品", "medical aid in the emergency phase", uses),
        item("condolence", "遇难人员家属抚慰金", "condolence money to the bereaved", uses),
        item("livingAid", "基本生活费", "basic living aid", uses),
        item("housingRebuild", "基本住房重建", "rebuilding of a basic home", uses),
        item("housingRepair", "损坏住房维修", "repair of a damaged home", uses),
        item("teamCost", "搜救排险队伍费用", "costs of rescue teams", notice245),
        item("machinery", "应急处置机械租用", "hire of machinery in the response", notice245),
        item("equipment", "救灾装备购买", "purchase of relief equipment", notice245),
        item("materials", "救灾物资和抢险备料购买", "purchase of relief materials", notice245),
        item("hire", "救灾装备物资租赁", "hire of relief equipment", notice245),
        item("freight", "救灾装备物资运输", "transport of relief goods", uses),
        item("fuel", "现场交通和燃料", "field transport and fuel", notice245),
        item("fieldFood", "现场后勤保障", "field supplies", notice245),
        item("communication", "现场通讯", "field communication", notice245),
        item("survey", "灾情统计调查", "survey of losses", notice245),
        item("monitoring", "应急监测", "emergency monitoring", notice245),
        item("storage", "储备物资保管", "keeping of stockpiled goods", notice245),
        item("aircraft", "飞机租用", "hire of aircraft", notice245),
        item("airfield", "航站地面保障", "ground service at airfields", notice245),
        item("approvedOther", "批准文件列明的其他支出", "what the approval names", notice245),
    ]

    // The 25th article names what relief goods and money are for; these lie outside it.
    private static let outside = "自然灾害救助条例第24、25条：专款专用，不在规定用途之列"
    // One prefecture's rule under one province's: local practice, not national law.
    private static let local = "[local] 云南省、大理州救灾资金管理办法第3条；自然灾害救助条例第24、25条"
    private static let localPractice = "[local] 地方规定；自然灾害救助条例第24条：专款专用"

    private static let forbidden: [Policy.Item] = [
        item("wages", "工资", "wages", local, isForbidden: true),
        item("allowances", "津贴补贴", "staff allowances", outside, isForbidden: true),
        item("office", "办公费", "office costs", outside, isForbidden: true),
        item("meetings", "会议费", "meetings", outside, isForbidden: true),
        item("reception", "接待费", "reception and entertainment", outside, isForbidden: true),
        item("travel", "差旅费", "official travel", outside, isForbidden: true),
        item("buildings", "楼堂馆所", "office and guest buildings", outside, isForbidden: true),
        item("vehicles", "车辆购置", "purchase of vehicles", outside, isForbidden: true),
        item("workFunds", "工作经费", "running costs of the office", local, isForbidden: true),
        item("balancing", "平衡预算", "balancing the budget", local, isForbidden: true),
        item(
            "lending", "周转金、借款和有偿使用", "lending, revolving funds, paid use",
            "自然灾害救助条例第24条：无偿使用；[local] 云南省、大理州救灾资金管理办法第3条", isForbidden: true),
        item("debt", "抵扣债务", "set-off against debts", localPractice, isForbidden: true),
        item(
            "consolation", "以慰问金形式发放", "hand-outs as consolation money", localPractice,
            isForbidden: true),
        item(
            "temporaryAid", "与临时救助混用", "mixing with temporary social aid", localPractice,
            isForbidden: true),
        item(
            "unrelated", "与灾害无关的项目", "projects unrelated to a disaster", local,
            isForbidden: true),
        item(
            "otherFund", "农业生产、水利、动物防疫救灾支出", "what the farm and water relief fund pays",
            "财农〔2023〕13号（现为财农〔2026〕2号）：属另一项资金", isForbidden: true),
    ]
}

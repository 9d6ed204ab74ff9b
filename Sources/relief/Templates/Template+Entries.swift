// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import Spreadsheet

/// Tables of entries, read by `relief post`.
extension Template {
    static let allocation = Template(
        name: "allocation", title: Message(zh: "资金分解下达表", en: "allocations"),
        use: Message(zh: "relief post 文件", en: "relief post FILE"),
        columns: [
            kind(.allocation),
            column(
                EntryField.unit, required: true, zh: "下达单位的代码或唯一名称",
                en: "the unit that sends, by code or a name that means one unit",
                example: ("龙陵县", "530523000000")),
            column(
                EntryField.to, required: true, zh: "接收单位的代码或唯一名称",
                en: "the unit that receives", example: ("龙新乡", "530523204000")),
            grant, amount, date, documentNumber, documentDate, memo,
        ])

    static let expense = Template(
        name: "expense", title: Message(zh: "直接支出表", en: "expenses"),
        use: Message(zh: "relief post 文件", en: "relief post FILE"),
        columns: [
            kind(.expense),
            column(
                EntryField.unit, required: true, zh: "支出单位的代码或唯一名称",
                en: "the unit that spends", example: ("龙陵县", "530523000000")),
            grant,
            column(
                EntryField.item, required: true, zh: "支出项目代码，见 relief policy show",
                en: "the item's code, see relief policy show", example: ("food", "food")),
            column(
                EntryField.payee, required: true, zh: "收款单位的统一社会信用代码，18位",
                en: "the supplier's code of 18 characters",
                example: ("91430682MA4L16JT2C", "91430682MA4L16JT2C")),
            amount, date,
            column(
                EntryField.plan, zh: "所依据的使用方案：序号", en: "the plan it rests on, by seq",
                example: ("12", "12")),
            column(
                EntryField.decision, zh: "所依据的集体研究：序号；达到限额时必填",
                en: "the decision it rests on, by seq; needed from the policy's threshold",
                example: ("15", "15")),
            documentNumber, documentDate, memo,
        ])

    private static func kind(_ kind: EntryKind) -> Column {
        column(
            EntryField.kind, required: true, zh: "固定填“\(kind.title.zh)”",
            en: "always \(kind.rawValue)", example: (kind.title.zh, kind.rawValue),
            choices: [Message(zh: kind.title.zh, en: kind.rawValue)])
    }

    private static var grant: Column {
        column(
            EntryField.grant, required: true, zh: "指标：序号，或唯一的文号",
            en: "the grant, by seq or a document number that means one",
            example: ("云财〔2022〕1号", "3"))
    }

    private static var amount: Column {
        column(
            EntryField.amount, .amount(decimals: 2), required: true, zh: "准确金额，以元为单位，精确到分",
            en: "the exact amount in yuan", example: ("310,000.00", "310,000.00"))
    }

    private static var date: Column {
        column(
            EntryField.date, .date, required: true, zh: "业务发生的日期，不晚于今天",
            en: "when it happened, today or earlier", example: ("2022-02-03", "2022-02-03"))
    }

    private static var documentNumber: Column {
        column(
            EntryField.documentNumber, zh: "文件的文号；来源未载的写“未说明”",
            en: "the document's number; unstated where the source gives none",
            example: ("龙财〔2022〕2号", "unstated"))
    }

    private static var documentDate: Column {
        column(
            EntryField.documentDate, .date, zh: "文件的落款日期", en: "the date on the document",
            example: ("2022-02-01", "2022-02-01"))
    }

    private static var memo: Column {
        column(
            EntryField.memo, zh: "可空；不得含身份证号、卡号、电话",
            en: "may stay empty; no identity, card or phone numbers")
    }
}

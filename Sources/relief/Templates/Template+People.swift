// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import ReliefReconciliation
import Spreadsheet

/// Tables about households, and the bank's.
extension Template {
    /// 《受灾人员冬春生活政府救助人口一览表》 (应急统表10, D03001 to D03010), with what a payment needs.
    static let roster = Template(
        name: "roster", title: Message(zh: "救助发放花名册", en: "roster of payments"),
        use: Message(
            zh: "relief roster import 文件 …（或 relief pay 文件 …）",
            en: "relief roster import FILE … (or relief pay FILE …)"),
        columns: [
            column(
                RosterColumn.index, .count, zh: "顺序号", en: "a running number", example: ("1", "1")),
            column(
                RosterColumn.name, heading: "户主姓名", required: true, zh: "D03001 户主姓名",
                en: "the householder's name",
                example: ("张某某", "Zhang")),
            column(
                RosterColumn.idNumber, heading: "户主身份证号", required: true,
                zh: "D03002 户主身份证号，18位，文本",
                en: "the householder's identity number, 18 characters, as text",
                example: ("18位号码", "18 characters")),
            column(RosterColumn.contact, zh: "D03003 户主联系方式", en: "a phone number"),
            column(RosterColumn.category, zh: "D03004 家庭类型", en: "the kind of household"),
            column(
                RosterColumn.household, .count, heading: "家庭人口（人）", zh: "D03005 家庭人口（人）",
                en: "persons of the household", example: ("4", "4")),
            column(RosterColumn.address, zh: "D03006 家庭住址", en: "the address"),
            column(
                RosterColumn.village, heading: "村（社区）", zh: "已登记的村或社区的名称；不填即为名册所属单位",
                en: "the village as it is declared; empty means the unit whose roster it is",
                example: ("渔潭村", "Yutan village")),
            column(RosterColumn.group, heading: "组", zh: "村民小组", en: "the village group"),
            column(
                RosterColumn.persons, .count, heading: "需救助人口（人）", required: true,
                zh: "D03007 需救助人口（人），即发放所按的人数",
                en: "persons for whom the household is paid", example: ("3", "3")),
            column(
                RosterColumn.amount, .amount(decimals: 2), heading: "发放金额（元）", required: true,
                zh: "本次发放的准确金额（元）",
                en: "the exact amount of this payment in yuan", example: ("630.00", "630.00")),
            column(
                RosterColumn.paid, .amount(decimals: 2), heading: "已发放救助款（元）",
                zh: "D03008 此前已发放救助款（元）",
                en: "what was paid before, in yuan"),
            column(
                RosterColumn.goods, .amount(decimals: 2), heading: "已发放救助物资折款（元）",
                zh: "D03009 已发放救助物资折款（元）",
                en: "the worth of goods handed out, in yuan"),
            column(
                RosterColumn.form, zh: "D03010 救助资金发放形式", en: "how the money is handed out",
                choices: [
                    Message(zh: "一卡通", en: "card"), Message(zh: "银行转账", en: "transfer"),
                    Message(zh: "现金", en: "cash"),
                ]),
            column(RosterColumn.card, zh: "收款卡号，文本", en: "the card's number, as text"),
            column(RosterColumn.bank, zh: "开户行", en: "the bank"),
            column(
                RosterColumn.reason, zh: "救助事由，可用于公示", en: "why the household is helped",
                example: ("因旱缺粮", "drought")),
            column(
                RosterColumn.isKey, zh: "是否重点对象", en: "whether it belongs to a priority group",
                choices: [Message(zh: "是", en: "yes"), Message(zh: "否", en: "no")]),
            column(
                RosterColumn.priority, zh: "重点对象的优先类别", en: "which priority group",
                choices: [
                    Message(zh: "倒房重建户", en: "rebuilding"), Message(zh: "低保", en: "subsistence"),
                    Message(zh: "分散供养特困人员", en: "destitute"),
                    Message(zh: "散居孤儿", en: "orphan"), Message(zh: "留守老人", en: "elderly"),
                    Message(zh: "留守儿童", en: "children"), Message(zh: "残疾人", en: "disabled"),
                    Message(zh: "脱贫户", en: "out of poverty"), Message(zh: "监测户", en: "monitored"),
                ]),
            column(
                RosterColumn.memo, zh: "可空；用 relief pay 发放的会记入账本，不得含姓名、号码",
                en: "may stay empty; relief pay puts it into the ledger: no names, no numbers"),
        ])

    static let result = Template(
        name: "result", title: Message(zh: "银行代发结果表", en: "results from the bank"),
        use: Message(zh: "relief result 文件 --batch N", en: "relief result FILE --batch N"),
        columns: [
            column(
                ResultColumn.seq, .number, zh: "账本中发放明细的序号；与身份证号至少填一项",
                en: "the payment's seq in the ledger; this or the identity number",
                example: ("21", "21")),
            column(
                ResultColumn.idNumber, zh: "身份证号，18位，文本；只用来找到明细，不存储",
                en: "the identity number as text; only to find the payment, never stored"),
            column(ResultColumn.name, zh: "户名，可空", en: "the name, may stay empty"),
            column(
                ResultColumn.amount, .amount(decimals: 2), zh: "金额（元），可空；填了就核对",
                en: "the amount in yuan; compared where it is filled in",
                example: ("630.00", "630.00")),
            column(
                ResultColumn.outcome, required: true, zh: "代发结果", en: "what became of the payment",
                example: ("已到账", "settled"),
                choices: Movement.Outcome.allCases.map {
                    Message(zh: $0.title.zh, en: $0.word)
                }),
            column(
                ResultColumn.reason, zh: "发放失败或事后退汇的原因；已到账的不填",
                en: "why it failed or came back; empty where it settled",
                example: ("账号有误", "wrong account")),
        ])

    static let statement = Template(
        name: "statement", title: Message(zh: "银行对账单", en: "bank statement"),
        use: Message(zh: "与账面核对", en: "comparison with the books"),
        columns: [
            column(
                BankColumn.date, .date, required: true, zh: "交易日期", en: "the bank's date",
                example: ("2022-02-03", "2022-02-03")),
            column(
                BankColumn.reference, required: true, zh: "银行流水号，文本", en: "the bank's number"),
            column(BankColumn.summary, zh: "摘要或用途", en: "what the bank says of it"),
            column(
                BankColumn.income, .amount(decimals: 2), zh: "收入金额（元）；收入、支出填一项",
                en: "money in, in yuan; this or money out", example: ("310,000.00", "310,000.00")),
            column(
                BankColumn.outgo, .amount(decimals: 2), zh: "支出金额（元）", en: "money out, in yuan"
            ),
            column(
                BankColumn.balance, .amount(decimals: 2), required: true, zh: "交易后余额（元）",
                en: "the balance after it, in yuan"),
            column(BankColumn.counterparty, zh: "对方户名", en: "the other side's name"),
            column(BankColumn.account, zh: "对方账号，文本", en: "the other side's account, as text"),
            column(BankColumn.memo, zh: "备注", en: "a remark"),
        ])
}

// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel

/// One thing that `relief new` asks.
struct Question {
    /// What an unanswered question means.
    enum Default: Equatable {
        /// It must be answered.
        case required
        /// The option is left out, with what that means.
        case leftOut(Message)
    }

    let field: EntryField
    let text: Message
    let unanswered: Default

    private init(_ field: EntryField, _ zh: String, _ en: String, or: Default = .required) {
        self.field = field
        text = Message(zh: zh, en: en)
        unanswered = or
    }

    private init(_ field: EntryField, _ zh: String, _ en: String, orElse zh2: String, _ en2: String)
    {
        self.init(field, zh, en, or: .leftOut(Message(zh: zh2, en: en2)))
    }

    /// What is asked for each task, in the order of the paper.
    static func questions(for task: NewTask) -> [Question] {
        switch task {
        case .grant: unitQuestion("接收资金的单位", "the unit that received it") + grant
        case .allocation:
            unitQuestion("下达单位", "the unit that gives") + [grantQuestion]
                + [Question(.to, "接收单位", "the unit that receives")] + money
        case .receipt:
            unitQuestion("到账单位", "the unit that received it")
                + [Question(.target, "确认哪一笔到账", "which delivery arrived")] + money
        case .expense:
            unitQuestion("支出单位", "the unit that spends") + [grantQuestion, item]
                + [
                    Question(
                        .payee, "收款人：f-统一社会信用代码，或 o-人员编号",
                        "the payee: f- and the firm's credit code, or o- and a person's number")
                ] + basis + money
        case .payment:
            unitQuestion("发放单位", "the unit that pays") + [grantQuestion, item]
                + [
                    Question(.period, "补助期间，如 2022—2023年冬春", "the period, such as 2022—2023年冬春"),
                    Question(
                        .rate, "标准，如 300/人、1000/户",
                        "the rate, such as 300/person or 1000/household",
                        orElse: "不写", "none"),
                    Question(.roster, "所发放的花名册", "the roster that it pays", orElse: "没有", "none"),
                ] + basis + [date] + document
        }
    }

    private static func unitQuestion(_ zh: String, _ en: String) -> [Question] {
        [Question(.unit, zh, en)]
    }

    private static let grantQuestion = Question(.grant, "哪一笔指标", "which grant")
    private static let item = Question(.item, "支出项目", "what it is for")
    private static let basis = [
        Question(.plan, "所依据的使用方案", "the plan it rests on", orElse: "没有", "none"),
        Question(.decision, "所依据的集体研究", "the decision it rests on", orElse: "没有", "none"),
    ]
    private static let date = Question(
        .date, "业务日期，如 2023-01-12", "the business date, such as 2023-01-12", orElse: "今天", "today")
    private static let document = [
        Question(.documentNumber, "文号", "the document's number", orElse: "没有", "none"),
        Question(.memo, "备注", "a remark", orElse: "没有", "none"),
    ]
    private static let money =
        [Question(.amount, "金额（元，或写“31万元”）", "the amount, in yuan or as 31万元"), date] + document
    private static let grant = [
        Question(.amount, "金额（元，或写“31万元”）", "the amount, in yuan or as 31万元"), date,
        Question(
            .documentNumber, "来源文件的文号；文件未载的写 unstated",
            "the number of the document; unstated where it has none"),
        Question(.documentDate, "文件的落款日期", "the date on the document", orElse: "未载", "not stated"),
        Question(.title, "指标名称", "what the grant is called"),
        Question(.purpose, "用途", "the purpose"),
        Question(.source, "资金来源级次", "the level it comes from"),
        Question(.cause, "灾种", "the cause"),
        Question(
            .function, "功能科目；未说明的写 unstated", "the function code; unstated where not given"),
        Question(.expiry, "使用期限；未说明的写 unstated", "the last day of use; unstated where not given"),
        Question(.memo, "备注", "a remark", orElse: "没有", "none"),
    ]
}

/// What `relief new` can guide.
enum NewTask: String, CaseIterable {
    case payment, allocation, grant, receipt, expense

    /// The name for people.
    var name: Message {
        switch self {
        case .payment: Message(zh: "按花名册发放到户", en: "pay the households of a roster")
        case .allocation: Message(zh: "向下级分解下达", en: "allocate to a unit below")
        case .grant: Message(zh: "登记收到的指标", en: "record a grant that arrived")
        case .receipt: Message(zh: "确认到账", en: "acknowledge that money arrived")
        case .expense: Message(zh: "直接支付给供应商", en: "pay a supplier directly")
        }
    }

    /// The command that records it.
    var command: String {
        switch self {
        case .payment: "pay"
        case .allocation: "allocate"
        case .grant: "grant"
        case .receipt: "receipt"
        case .expense: "expense"
        }
    }

    /// The kind of the entry that is checked answer by answer.
    var kind: EntryKind {
        switch self {
        case .payment: .batch
        case .allocation: .allocation
        case .grant: .grant
        case .receipt: .receipt
        case .expense: .expense
        }
    }
}

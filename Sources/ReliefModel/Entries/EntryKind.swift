// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// The kinds of entry that the model knows (FORMAT.md §5).
public enum EntryKind: String, Sendable, CaseIterable {
    case unit
    case policy
    case event
    case grant
    case allocation
    case receipt
    case recall
    case `return`
    case plan
    case decision
    case override
    case batch
    case payment
    case result
    case reissue
    case cancel
    case expense
    case reversal
    case irregular
    case recoverable
    case recovery
    case roster
    case notice
    case objection
    case repurpose
    case carryover
    case settlement
    case cofund
    case account
    case statement
    case reconciliation
    case finding
    case resolution
    case close
    case disclosure
    case amend

    /// What people call it.
    public var title: Message {
        switch self {
        case .unit: Message(zh: "单位", en: "unit")
        case .policy: Message(zh: "政策", en: "policy")
        case .event: Message(zh: "灾害事件", en: "event")
        case .grant: Message(zh: "指标下达", en: "grant")
        case .allocation: Message(zh: "分解下达", en: "allocation")
        case .receipt: Message(zh: "到账确认", en: "receipt")
        case .recall: Message(zh: "收回", en: "recall")
        case .return: Message(zh: "缴回", en: "return")
        case .plan: Message(zh: "使用方案", en: "plan")
        case .decision: Message(zh: "集体研究", en: "decision")
        case .override: Message(zh: "例外批准", en: "override")
        case .batch: Message(zh: "发放批次", en: "batch")
        case .payment: Message(zh: "发放明细", en: "payment")
        case .result: Message(zh: "代发结果", en: "result")
        case .reissue: Message(zh: "重发", en: "reissue")
        case .cancel: Message(zh: "取消发放", en: "cancel")
        case .expense: Message(zh: "直接支出", en: "expense")
        case .reversal: Message(zh: "红字冲正", en: "reversal")
        case .irregular: Message(zh: "违规支出补录", en: "irregular")
        case .recoverable: Message(zh: "认定应追回", en: "recoverable")
        case .recovery: Message(zh: "追回到账", en: "recovery")
        case .roster: Message(zh: "救助花名册", en: "roster")
        case .notice: Message(zh: "公示", en: "notice")
        case .objection: Message(zh: "异议", en: "objection")
        case .repurpose: Message(zh: "调整用途", en: "change of purpose")
        case .carryover: Message(zh: "结转下年", en: "carry-over")
        case .settlement: Message(zh: "预拨清算", en: "settlement")
        case .cofund: Message(zh: "配套", en: "co-funding")
        case .account: Message(zh: "银行账户", en: "bank account")
        case .statement: Message(zh: "银行对账单", en: "bank statement")
        case .reconciliation: Message(zh: "对账", en: "reconciliation")
        case .finding: Message(zh: "疑点", en: "audit finding")
        case .resolution: Message(zh: "整改", en: "resolution")
        case .close: Message(zh: "结账", en: "closing of books")
        case .disclosure: Message(zh: "公开", en: "disclosure")
        case .amend: Message(zh: "更正说明", en: "amendment")
        }
    }
}

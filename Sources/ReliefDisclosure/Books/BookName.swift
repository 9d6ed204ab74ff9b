// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// The books that a ledger can be shown as.
public enum BookName: String, Sendable, CaseIterable {
    /// 台账.
    case register
    /// 单位余额.
    case balances
    /// 到位率 and 执行率.
    case execution
    /// 集体研究.
    case collective
    /// 分单位发放.
    case villages
    /// 分用途、分项目.
    case purposes
    /// One batch's payments.
    case payments

    /// What people call it.
    public var title: Message {
        switch self {
        case .register: Message(zh: "资金分配使用台账", en: "register of allocation and use")
        case .balances: Message(zh: "单位余额表", en: "balances of units")
        case .execution: Message(zh: "指标到位与执行情况表", en: "grants received and expended")
        case .collective: Message(zh: "达到集体研究限额的支出", en: "spending that needs a decision")
        case .villages: Message(zh: "分单位发放汇总表", en: "payments by unit")
        case .purposes: Message(zh: "分用途、分项目支出汇总表", en: "spending by purpose and item")
        case .payments: Message(zh: "批次发放明细（需 --batch）", en: "payments of a batch (with --batch)")
        }
    }

    /// The money column whose total is also said in capitals, as an index; nil for none.
    public var spelledColumn: Int? {
        switch self {
        case .register, .balances: nil
        case .execution, .collective, .villages: 7
        case .purposes: 6
        case .payments: 3
        }
    }
}

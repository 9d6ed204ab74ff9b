// SPDX-License-Identifier: Apache-2.0

public import Spreadsheet

/// The columns of a bank's statement: the headings of `relief template statement`, and those that
/// banks use.
public enum BankColumn: String, TableColumn {
    /// The bank's date, its number, and what it says of the line.
    case date, reference, summary
    /// Yuan in.
    case income = "money_in"
    /// Yuan out.
    case outgo = "money_out"
    /// The balance after the line, and the other side of it.
    case balance, counterparty, account, memo

    /// The headings, those of the template first.
    public var chineseNames: [String] {
        switch self {
        case .date: ["交易日期", "日期", "记账日期"]
        case .reference: ["流水号", "银行流水号", "凭证号"]
        case .summary: ["摘要", "用途"]
        case .income: ["收入金额(元)", "收入金额", "贷方金额", "贷方发生额", "收入"]
        case .outgo: ["支出金额(元)", "支出金额", "借方金额", "借方发生额", "支出"]
        case .balance: ["余额(元)", "余额", "账户余额"]
        case .counterparty: ["对方户名", "对方名称"]
        case .account: ["对方账号", "对方账户"]
        case .memo: ["备注", "附言"]
        }
    }

    /// What its cells hold.
    public var content: ColumnContent {
        switch self {
        case .date: .date
        case .income, .outgo: .amount
        case .account, .reference: .digits
        // A balance is not summed.
        case .summary, .counterparty, .memo, .balance: .text
        }
    }

    /// Names and accounts of others are never read.
    public var isRead: Bool {
        switch self {
        case .counterparty, .account, .memo, .summary: false
        case .date, .reference, .income, .outgo, .balance: true
        }
    }

    static let required: [BankColumn] = [.date, .balance]
}

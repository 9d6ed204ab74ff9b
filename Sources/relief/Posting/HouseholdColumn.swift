// SPDX-License-Identifier: Apache-2.0

import Spreadsheet

/// The columns of a list of households (救助花名册), by the headings of 应急统表10 and of notices.
enum HouseholdColumn: String, TableColumn {
    case ordinal, name
    case idNumber = "id_number"
    case phone, category, priority, size, address, village, group, persons, amount, goods, form
    case bank, card, reason, memo
    // Known, so that the form in use comes in as it is; what was paid is in the ledger.
    case township, paid
    case isKey = "is_key"

    var chineseNames: [String] {
        switch self {
        case .ordinal: ["序号", "编号"]
        case .name: ["户主姓名", "姓名", "户主"]
        case .idNumber: ["户主身份证号", "身份证号", "身份证号码", "公民身份号码", "户主身份证号码"]
        case .phone: ["户主联系方式", "联系方式", "联系电话", "电话", "手机号"]
        case .category: ["家庭类型", "救助类别"]
        case .priority: ["优先类别", "重点对象类别"]
        case .size: ["家庭人口", "家庭人口(人)"]
        case .address: ["家庭住址", "住址", "地址"]
        case .village: ["村", "村(社区)", "行政村", "村委会", "所在村"]
        case .group: ["组", "村民小组"]
        case .persons: ["人数", "需救助人口", "需救助人口(人)", "救助人口", "救助人数"]
        case .amount: ["金额", "金额(元)", "发放金额", "救助金额", "补助金额", "救助款(元)"]
        case .goods: ["物资折款", "物资折款(元)", "已发放救助物资折款", "已发放救助物资折款(元)"]
        case .form: ["发放形式", "救助资金发放形式"]
        case .bank: ["开户行", "开户银行"]
        case .card: ["银行卡号", "卡号", "一卡通卡号", "银行账号", "账号"]
        case .reason: ["事由", "救助事由", "救助原因", "困难原因", "致困原因", "原因"]
        case .memo: ["备注"]
        case .township: ["乡镇", "所在乡镇"]
        case .paid: ["已发放救助款", "已发放救助款(元)"]
        case .isKey: ["是否重点对象", "重点对象"]
        }
    }

    var content: ColumnContent {
        switch self {
        case .idNumber, .card, .phone: .digits
        case .amount, .goods, .paid: .amount
        case .persons, .size: .count
        default: .text
        }
    }

    var isRead: Bool { ![.township, .paid, .isKey].contains(self) }
}

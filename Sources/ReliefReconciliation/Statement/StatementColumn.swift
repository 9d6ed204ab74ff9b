// SPDX-License-Identifier: Apache-2.0

internal import Spreadsheet

/// The columns of a table of stated figures.
///
/// ```
/// id       a word of small letters, digits and _, each once
/// value    the figure as written: exact (1,450.95), inexact (约400余), or nothing where the report
///          should say it and does not
/// unit     元 万元 亿元 % 年 月日, or any counter: 家 起 次 …
/// formula  how it must stand to other figures, see StatedRelation
/// ledger   what it should equal in the ledger, see LedgerMeasure
/// name_zh, name_en, quote, note_zh, note_en
/// ```
enum StatementColumn: String, TableColumn {
    case id, value, unit, formula, ledger
    case nameZh = "name_zh"
    case nameEn = "name_en"
    case quote
    case noteZh = "note_zh"
    case noteEn = "note_en"

    var chineseNames: [String] {
        switch self {
        case .id: ["编号"]
        case .value: ["数值"]
        case .unit: ["单位"]
        case .formula: ["关系"]
        case .ledger: ["账中口径"]
        case .nameZh: ["名称", "项目"]
        case .nameEn: ["英文名称"]
        case .quote: ["原文"]
        case .noteZh: ["说明"]
        case .noteEn: ["英文说明"]
        }
    }

    var content: ColumnContent { .text }

    static let required: [StatementColumn] = [.id, .value, .unit, .nameZh]
}

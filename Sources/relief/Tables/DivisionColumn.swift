// SPDX-License-Identifier: Apache-2.0

import ReliefModel
import Spreadsheet

/// The columns of a table of units.
enum DivisionColumn: String, TableColumn {
    case code
    case name = "name_zh"
    case level, parent, alias

    var chineseNames: [String] {
        switch self {
        case .code: ["代码", "单位代码", "区划代码"]
        case .name: ["名称", "单位名称"]
        case .level: ["级别"]
        case .parent: ["上级", "上级单位", "上级代码"]
        case .alias: ["别名"]
        }
    }

    var content: ColumnContent { .text }
}

extension ImportTable<DivisionColumn> {
    /// The rows as the model reads them.
    var divisionRows: [DivisionTable.Row] {
        rows.map { row in
            DivisionTable.Row(
                line: row.number, fields: DivisionColumn.allCases.map { row.cells[$0] ?? "" })
        }
    }

    /// The model's problems at their places.
    func complaints(_ error: DivisionError) -> [Complaint] {
        error.problems.map { problem in
            place(problem.line, DivisionColumn.allCases[problem.column - 1])
                .complaint(problem.message)
        }
    }
}

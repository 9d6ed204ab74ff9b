// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Spreadsheet

/// An empty table to be filled in, whose columns an importer reads.
struct Template {
    /// One column.
    struct Column {
        /// The heading, as the importer knows it.
        let heading: Message
        let kind: Sheet.Kind
        let isRequired: Bool
        /// What to enter.
        let explanation: Message
        let example: Message
        /// The only values that are right.
        let choices: [Message]
    }

    /// The word by which `relief template` takes it.
    let name: String
    let title: Message
    /// The command that reads it, or what it serves.
    let use: Message
    let columns: [Column]

    /// Every template.
    static let all = [allocation, roster, result, expense, statement]

    /// How many rows are made ready to be filled in.
    private static let blankRowCount = 500

    // MARK: - Files

    /// The workbook: the table, and a sheet that explains its columns.
    func workbook(_ language: Language, created: Timestamp) -> Workbook {
        Workbook(
            title: title.text(language), created: created,
            sheets: [table(language), explanation(language)])
    }

    private func table(_ language: Language) -> Sheet {
        let note = Message(
            zh: "带 * 的列必填；金额须准确，不写“约”“余”；号码列已设为文本。填法和示例见“填写说明”。用途：\(use.zh)",
            en: "Columns with * must be filled in; amounts are exact; columns of numbers that name "
                + "something are text. See the sheet “how to fill in”. For: \(use.en)")
        var sheet = Sheet(
            name: title.text(language), titleLines: [title.text(language), note.text(language)],
            columns: columns.map { column in
                Sheet.Column(
                    (column.isRequired ? "*" : "") + column.heading.text(language), column.kind,
                    width: Self.width(column.heading.text(language), column.kind),
                    note: column.explanation.text(language),
                    choices: column.choices.map { $0.text(language) })
            }, page: Sheet.Page(isLandscape: true, language: language))
        sheet.blankRowCount = Self.blankRowCount
        return sheet
    }

    private func explanation(_ language: Language) -> Sheet {
        var sheet = Sheet(
            name: Message(zh: "填写说明", en: "how to fill in").text(language),
            titleLines: [
                Message(zh: "\(title.zh)填写说明", en: "\(title.en): how to fill in")
                    .text(language),
                Message(
                    zh: "导入：\(use.zh)。列的次序可变，不用的列可删；表尾可加“合计”行，导入时与各行核对。",
                    en: "Import: \(use.en). Columns may change places, optional ones may go; a row "
                        + "“total” at the end is compared with the rows."
                ).text(language),
            ],
            columns: [
                Sheet.Column(Message(zh: "列名", en: "heading").text(language), width: 24),
                Sheet.Column(Message(zh: "是否必填", en: "required").text(language), width: 10),
                Sheet.Column(Message(zh: "填写要求", en: "what to enter").text(language), width: 60),
                Sheet.Column(Message(zh: "填写示例", en: "example").text(language), width: 30),
            ], page: Sheet.Page(isLandscape: true, language: language))
        for column in columns {
            let choices = column.choices.map { $0.text(language) }.joined(
                separator: Message(zh: "、", en: ", ").text(language))
            let allowed = Message(zh: "（可选：\(choices)）", en: " (one of: \(choices))")
            sheet.rows.append([
                .text(column.heading.text(language)),
                .text(
                    (column.isRequired
                        ? Message(zh: "是", en: "yes") : Message(zh: "否", en: "no")).text(language)),
                .text(
                    column.explanation.text(language)
                        + (column.choices.isEmpty ? "" : allowed.text(language))),
                .text(column.example.text(language)),
            ])
        }
        return sheet
    }

    /// The heading alone, as CSV that Excel opens as UTF-8.
    func csv(_ language: Language) -> String {
        "\u{FEFF}" + columns.map { $0.heading.text(language) }.joined(separator: ",") + "\r\n"
    }

    private static func width(_ heading: String, _ kind: Sheet.Kind) -> Int {
        let own = heading.unicodeScalars.reduce(3) { $0 + ($1.value < 0x2000 ? 1 : 2) }
        return max(own, kind == .text ? 16 : 12)
    }
}

extension Template {
    /// A column that an importer knows by a field, under its first name or another of its names.
    static func column<Field: TableColumn>(
        _ field: Field, _ kind: Sheet.Kind = .text, heading: String? = nil, required: Bool = false,
        zh: String, en: String, example: (zh: String, en: String) = ("", ""),
        choices: [Message] = []
    ) -> Column {
        Column(
            heading: Message(
                zh: heading ?? field.chineseNames.first ?? "", en: field.rawValue), kind: kind,
            isRequired: required, explanation: Message(zh: zh, en: en),
            example: Message(zh: example.zh, en: example.en), choices: choices)
    }
}

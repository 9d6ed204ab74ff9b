// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel
import Spreadsheet

/// How one bank wants its batch file, and how it answers: a table that an officer edits in Excel.
///
/// Columns 类别, 标题, 内容 (part, heading, content); every row is a setting, an exported column, a
/// column of the bank's answer, or one of the bank's words for an outcome.
struct BankProfile: Sendable {
    /// What a column of either file holds.
    enum Column: String, CaseIterable, Sendable {
        /// The payment's place in its batch, from 1; it stays the same when sent again.
        case serial
        case name
        case idNumber = "id_number"
        case card, bank, yuan, fen
        /// Only in answers.
        case outcome, reason, date

        /// The name in Chinese profiles.
        var chineseName: String {
            switch self {
            case .serial: "序号"
            case .name: "户名"
            case .idNumber: "身份证号"
            case .card: "卡号"
            case .bank: "开户行"
            case .yuan: "金额(元)"
            case .fen: "金额(分)"
            case .outcome: "结果"
            case .reason: "原因"
            case .date: "日期"
            }
        }

        /// Whether the office's file can have it.
        var isExported: Bool { ![.outcome, .reason, .date].contains(self) }

        static func named(_ word: String) -> Column? {
            let plain = EnteredCell.heading(word)
            return allCases.first { $0.rawValue == plain || $0.chineseName == plain }
        }
    }

    /// What stands in an exported column.
    enum Content: Equatable, Sendable {
        case value(Column)
        /// The same in every row.
        case text(String)
    }

    /// One column of the file for the bank.
    struct Exported: Equatable, Sendable {
        let heading: String
        let content: Content
    }

    let name: String
    /// UTF-8 with the mark by which Excel and WPS know it, or GB 18030.
    let encoding: TextEncoding
    let exported: [Exported]
    /// The columns of the answer, by heading; nil for one that does not matter.
    let answered: [String: Column?]
    /// The bank's words.
    let outcomes: [String: Movement.Outcome]

    /// The heading that the answer has for a column.
    func heading(_ column: Column) -> String? {
        answered.first { $0.value == column }?.key
    }
}

// MARK: - Reading

extension BankProfile {
    /// Words of the first column, in both languages.
    private enum Part: String, CaseIterable {
        case setting, export, answer, outcome

        var chineseName: String {
            switch self {
            case .setting: "设置"
            case .export: "导出列"
            case .answer: "回单列"
            case .outcome: "结果词"
            }
        }
    }

    /// What has been read so far, and everything wrong with it.
    private struct Draft {
        let path: String
        let sheet: String?
        var name: String?
        var encoding: TextEncoding?
        var exported: [Exported] = []
        var answered: [String: Column?] = [:]
        var outcomes: [String: Movement.Outcome] = [:]
        var complaints: [Complaint] = []

        mutating func complain(_ line: Int?, zh: String, en: String) {
            let place = CellPlace(path: path, sheet: sheet, row: line)
            complaints.append(place.complaint(Message(zh: zh, en: en)))
        }
    }

    /// Reads a profile, with every mistake at once.
    init(path: String, _ source: SourceSheet) throws(CommandFailure) {
        var draft = Draft(path: path, sheet: source.name)
        for row in source.rows.dropFirst() {
            var cells = ["", "", ""]
            for cell in row.cells where cells.indices.contains(cell.column) {
                cells[cell.column] = EnteredCell.text(cell.text)
            }
            guard cells.contains(where: { !$0.isEmpty }) else { continue }
            guard !cells[0].isEmpty, !cells[1].isEmpty else {
                draft.complain(
                    row.number, zh: "应有三列：类别、标题、内容；请补齐",
                    en: "expected three cells: part, heading, content; complete them")
                continue
            }
            Self.read(cells, row.number, into: &draft)
        }
        Self.checkComplete(&draft)
        guard draft.complaints.isEmpty, let name = draft.name else {
            throw CommandFailure(.usage, draft.complaints)
        }
        self.name = name
        encoding = draft.encoding ?? .utf8
        exported = draft.exported
        answered = draft.answered
        outcomes = draft.outcomes
    }

    private static func read(_ cells: [String], _ line: Int, into draft: inout Draft) {
        let part = Part.allCases.first { $0.rawValue == cells[0] || $0.chineseName == cells[0] }
        switch part {
        case .setting: set(cells, line, &draft)
        case .export: export(cells, line, &draft)
        case .answer: answer(cells, line, &draft)
        case .outcome: outcome(cells, line, &draft)
        case nil:
            let words = Part.allCases.map { "\($0.chineseName) \($0.rawValue)" }
            draft.complain(
                line, zh: "类别“\(cells[0])”不认识，应为 \(words.joined(separator: "、")) 之一；请改正",
                en: "unknown part “\(cells[0])”, expected one of "
                    + Part.allCases.map(\.rawValue).joined(separator: ", ") + "; correct it")
        }
    }

    /// What banks take.
    private static let encodings: [TextEncoding] = [.utf8, .gb18030]

    private static func set(_ cells: [String], _ line: Int, _ draft: inout Draft) {
        switch cells[1] {
        case "名称", "name": draft.name = cells[2]
        case "编码", "encoding":
            draft.encoding = encodings.first { $0.rawValue == cells[2].uppercased() }
            guard draft.encoding == nil else { return }
            let words = encodings.map(\.rawValue).joined(separator: " ")
            draft.complain(
                line, zh: "编码“\(cells[2])”不认识，应为 \(words) 之一；请改正",
                en: "unknown encoding “\(cells[2])”, expected one of \(words); correct it")
        default:
            draft.complain(
                line, zh: "设置“\(cells[1])”不认识，应为 名称、编码 之一；请改正",
                en: "unknown setting “\(cells[1])”, expected name or encoding; correct it")
        }
    }

    private static func export(_ cells: [String], _ line: Int, _ draft: inout Draft) {
        guard !draft.exported.contains(where: { $0.heading == cells[1] }) else {
            return draft.complain(
                line, zh: "导出列“\(cells[1])”重复；请删去一行",
                en: "the exported column “\(cells[1])” appears twice; remove one")
        }
        for prefix in ["文字:", "文字：", "text:"] where cells[2].hasPrefix(prefix) {
            let text = String(cells[2].dropFirst(prefix.count))
            return draft.exported.append(Exported(heading: cells[1], content: .text(text)))
        }
        guard let column = Column.named(cells[2]), column.isExported else {
            let columns = Column.allCases.filter(\.isExported)
            return draft.complain(
                line,
                zh: "“\(cells[1])”的内容“\(cells[2])”不认识，应为 "
                    + columns.map(\.chineseName).joined(separator: "、") + "，或 文字:固定内容；请改正",
                en: "“\(cells[1])” holds “\(cells[2])”, expected one of "
                    + columns.map(\.rawValue).joined(separator: ", ")
                    + ", or text:WORDS; correct it")
        }
        draft.exported.append(Exported(heading: cells[1], content: .value(column)))
    }

    private static func answer(_ cells: [String], _ line: Int, _ draft: inout Draft) {
        let heading = EnteredCell.heading(cells[1])
        if draft.answered[heading] != nil {
            return draft.complain(
                line, zh: "回单列“\(cells[1])”重复；请删去一行",
                en: "the answer's column “\(cells[1])” appears twice; remove one")
        }
        if ["忽略", "ignore"].contains(cells[2]) {
            draft.answered[heading] = .some(nil)
            return
        }
        guard let column = Column.named(cells[2]), column != .bank else {
            return draft.complain(
                line,
                zh: "“\(cells[1])”的内容“\(cells[2])”不认识，应为 "
                    + Column.allCases.map(\.chineseName).joined(separator: "、") + "，或 忽略；请改正",
                en: "“\(cells[1])” holds “\(cells[2])”, expected one of "
                    + Column.allCases.map(\.rawValue).joined(separator: ", ")
                    + ", or ignore; correct it")
        }
        draft.answered[heading] = column
    }

    private static func outcome(_ cells: [String], _ line: Int, _ draft: inout Draft) {
        let outcome = Movement.Outcome.allCases.first {
            $0.word == cells[2] || $0.title.zh == cells[2]
        }
        guard let outcome else {
            let words = Movement.Outcome.allCases
            return draft.complain(
                line,
                zh: "结果词“\(cells[1])”的内容“\(cells[2])”不认识，应为 "
                    + words.map(\.title.zh).joined(separator: "、") + " 之一；请改正",
                en: "the outcome “\(cells[1])” means “\(cells[2])”, expected one of "
                    + words.map(\.word).joined(separator: ", ") + "; correct it")
        }
        draft.outcomes[cells[1]] = outcome
    }

    private static func checkComplete(_ draft: inout Draft) {
        let columns = draft.answered.values.compactMap { $0 }
        if draft.name == nil {
            draft.complain(nil, zh: "缺少设置“名称”；请补上", en: "the setting name is missing; add it")
        }
        if !draft.exported.contains(where: { $0.content == .value(.card) })
            || !draft.exported.contains(where: {
                $0.content == .value(.yuan) || $0.content == .value(.fen)
            })
        {
            draft.complain(
                nil, zh: "导出列应至少有卡号和金额；请补上",
                en: "the exported columns need at least card and an amount; add them")
        }
        if !columns.contains(.outcome)
            || !columns.contains(where: { [.serial, .idNumber, .card].contains($0) })
        {
            draft.complain(
                nil, zh: "回单列应至少有结果，并有序号、身份证号或卡号之一；请补上",
                en: "the answer's columns need outcome, and one of serial, id_number and card; add "
                    + "them")
        }
        if Set(columns).count != columns.count {
            draft.complain(
                nil, zh: "两个回单列的内容相同；请改正",
                en: "two of the answer's columns hold the same thing; correct one")
        }
        if !Set([.settled, .failed]).isSubset(of: Set(draft.outcomes.values)) {
            draft.complain(
                nil, zh: "结果词应至少有到账和失败各一个；请补上",
                en: "the outcomes need a word for settled and one for failed; add them")
        }
    }
}

// MARK: - Those that come with the program

extension BankProfile {
    /// The profiles that need no file, as the tables that officers start from.
    static let standing: [String: String] = [
        "standard": table(encoding: .utf8), "gb18030": table(encoding: .gb18030),
    ]

    private static func table(encoding: TextEncoding) -> String {
        """
        类别,标题,内容
        设置,名称,一卡通代发（\(encoding.rawValue)）
        设置,编码,\(encoding.rawValue)
        导出列,序号,序号
        导出列,户名,户名
        导出列,身份证号,身份证号
        导出列,卡号,卡号
        导出列,开户行,开户行
        导出列,金额(元),金额(元)
        导出列,摘要,文字:救灾资金
        回单列,序号,序号
        回单列,户名,户名
        回单列,身份证号,忽略
        回单列,卡号,卡号
        回单列,开户行,忽略
        回单列,金额(元),金额(元)
        回单列,摘要,忽略
        回单列,处理日期,日期
        回单列,处理结果,结果
        回单列,失败原因,原因
        结果词,成功,已到账
        结果词,已入账,已到账
        结果词,失败,发放失败
        结果词,退汇,事后退汇

        """
    }
}

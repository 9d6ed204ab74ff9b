// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import Spreadsheet

/// Why a file cannot be reconciled: everything that is wrong with it.
public struct ReconciliationFileError: Error, Equatable, Sendable {
    /// What is wrong, each with its place in the file.
    public let problems: [Message]

    init(_ problems: [Message]) { self.problems = problems }
}

/// A report's stated figures, read from a table.
public struct StatementFile: Sendable {
    /// The file's name, as places in it are named.
    public let name: String
    /// SHA-256 of the file, in hex.
    public let sha256: String
    let figures: [StatedFigure]

    /// Reads the first visible sheet that has the columns.
    ///
    /// - Parameters:
    ///   - file: The file as read.
    ///   - name: Its name without folders.
    ///   - sha256: Its digest in hex.
    /// - Throws: Everything that is wrong with the table.
    public init(
        _ file: SpreadsheetFile, name: String, sha256: String
    ) throws(ReconciliationFileError) {
        self.name = name
        self.sha256 = sha256
        let table = try ReconciledTable<StatementColumn>(
            file, name: name, required: StatementColumn.required)
        var problems = table.problems
        var figures: [StatedFigure] = []
        for row in table.rows {
            var reader = FigureReader(row, name: name)
            if let figure = reader.figure() { figures.append(figure) }
            problems += reader.problems
        }
        problems += Self.referenceProblems(figures, name: name)
        guard problems.isEmpty else { throw ReconciliationFileError(problems) }
        self.figures = figures
    }

    /// Ids given twice, names of figures that are not there, figures that cannot be compared.
    private static func referenceProblems(_ figures: [StatedFigure], name: String) -> [Message] {
        var known: [String: StatedFigure] = [:]
        var problems: [Message] = []
        for figure in figures {
            if let first = known.updateValue(figure, forKey: figure.id) {
                problems.append(
                    Message(
                        zh:
                            "\(name):\(figure.line)：编号 \(figure.id) 在第 \(first.line) 行已经用过，每个编号只能用一次",
                        en:
                            "\(name):\(figure.line): the id \(figure.id) stands in row \(first.line) "
                            + "already; each may stand once"))
            }
        }
        for figure in figures {
            for id in figure.relations.flatMap(\.ids) {
                guard let other = known[id] else {
                    problems.append(
                        Message(
                            zh: "\(name):\(figure.line)：关系中的编号 \(id) 不存在；请核对",
                            en:
                                "\(name):\(figure.line): the relation names \(id), which no row has; "
                                + "check it"))
                    continue
                }
                if let problem = mismatch(figure, other, name: name) { problems.append(problem) }
            }
        }
        return problems
    }

    /// Money is compared with money, a year with a year; a percentage with its ratio.
    private static func mismatch(
        _ figure: StatedFigure, _ other: StatedFigure, name: String
    ) -> Message? {
        if figure.unit.quantity == .percent, other.unit.quantity != .percent { return nil }
        let isAlike =
            figure.unit.isMoney && other.unit.isMoney
            || figure.unit.quantity == other.unit.quantity
        guard !isAlike else { return nil }
        return Message(
            zh:
                "\(name):\(figure.line)：单位“\(figure.unit.text)”不能与 \(other.id) 的“\(other.unit.text)”"
                + "比较；请改正",
            en: "\(name):\(figure.line): the unit “\(figure.unit.text)” cannot be compared with "
                + "“\(other.unit.text)” of \(other.id); correct it")
    }
}

/// Reads one row.
private struct FigureReader {
    private let row: SheetTable<StatementColumn>.Row
    private let name: String
    private(set) var problems: [Message] = []

    init(_ row: SheetTable<StatementColumn>.Row, name: String) {
        self.row = row
        self.name = name
    }

    mutating func figure() -> StatedFigure? {
        let id = row.cells[.id] ?? ""
        if !StatedRelation.isID(id) {
            note(
                zh: "编号“\(id)”应以小写字母开头，只含小写字母、数字和 _",
                en:
                    "the id “\(id)” must begin with a small letter and hold small letters, digits, _"
            )
        }
        let zh = row.cells[.nameZh] ?? ""
        if zh.isEmpty { note(zh: "缺少名称", en: "the name is missing") }
        let unit = StatedUnit(row.cells[.unit] ?? "")
        let text = row.cells[.value] ?? ""
        let value = StatedFigure.Value(text, unit: unit)
        if value == nil {
            note(
                zh: "数值“\(text)”不是数；应为准确的十进制数（至多 15 位、6 位小数）、原文的约数，或留空表示报告没有写明",
                en:
                    "the value “\(text)” is no number; expected an exact decimal (15 digits, 6 of them "
                    + "decimals, at most), the inexact words as written, or nothing where the report "
                    + "does not say")
        }
        let relations = row.cells[.formula].map { StatedRelation.relations($0) } ?? []
        if relations == nil {
            note(
                zh: "关系“\(row.cells[.formula] ?? "")”不合写法；应如 a + b、a - b、a / b、<= a、>= a + b",
                en: "the relation “\(row.cells[.formula] ?? "")” is none; expected such as a + b, "
                    + "a - b, a / b, <= a, >= a + b")
        }
        let measure = row.cells[.ledger].map { LedgerMeasure($0) }
        if let measure, measure == nil {
            note(
                zh: "账中口径“\(row.cells[.ledger] ?? "")”不合写法；可用 \(LedgerMeasure.vocabulary)",
                en: "the ledger column “\(row.cells[.ledger] ?? "")” is none; there are "
                    + LedgerMeasure.vocabulary)
        }
        guard problems.isEmpty, let value, let relations else { return nil }
        if let problem = Self.misuse(relations, measure ?? nil, unit) {
            note(zh: problem.zh, en: problem.en)
            return nil
        }
        return StatedFigure(
            id: id, line: row.number, name: Message(zh: zh, en: row.cells[.nameEn] ?? zh),
            quote: row.cells[.quote], text: text, value: value, unit: unit, relations: relations,
            measure: measure ?? nil, note: noteText)
    }

    private var noteText: Message? {
        let zh = row.cells[.noteZh]
        let en = row.cells[.noteEn]
        guard let any = zh ?? en else { return nil }
        return Message(zh: zh ?? any, en: en ?? any)
    }

    /// Relations and measures that a figure of such a unit cannot have.
    private static func misuse(
        _ relations: [StatedRelation], _ measure: LedgerMeasure?, _ unit: StatedUnit
    ) -> Message? {
        for relation in relations {
            if case .ratio = relation.expression, unit.quantity != .percent {
                return Message(
                    zh: "只有单位为 % 的数可以写成两数之比", en: "only a figure in % can be a ratio")
            }
            if [.monthDay, .year].contains(unit.quantity),
                relation.sign != .equal || relation.ids.count != 1
            {
                return Message(
                    zh: "年、月日只能与另一个年、月日相同", en: "a year or day can only equal another one")
            }
        }
        guard let measure else { return nil }
        let fits = measure.word.isMoney ? unit.isMoney : unit.quantity == .count
        return fits
            ? nil
            : Message(
                zh: "账中口径与单位“\(unit.text)”不是一类：金额对金额，个数对个数",
                en:
                    "the ledger column does not fit the unit “\(unit.text)”: money with money, numbers "
                    + "of things with numbers of things")
    }

    private mutating func note(zh: String, en: String) {
        problems.append(
            Message(zh: "\(name):\(row.number)：\(zh)", en: "\(name):\(row.number): \(en)"))
    }
}

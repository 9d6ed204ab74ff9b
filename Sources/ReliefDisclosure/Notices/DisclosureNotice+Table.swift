// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import LedgerLog
internal import ReliefAudit
internal import ReliefModel
public import Spreadsheet

extension DisclosureNotice {
    /// A column of a notice, and how a program that reads the page knows it.
    struct Column {
        let column: Table.Column
        /// `data-field` of its cells; nil for what no record says in one word.
        let field: String?
        let cell: (Row) -> Table.Cell
    }

    /// What an edition has columns for; those that would be empty are left out.
    func columns(_ language: Language) -> [Column] {
        let all = [
            Column(column: .init(Message(zh: "记录号", en: "record"), .seq), field: "seq") {
                .seq($0.row.seq)
            },
            Column(column: .init(Message(zh: "种类", en: "kind")), field: "kind") {
                .text(Self.word($0.row.kind).text(language))
            },
            Column(column: .init(Message(zh: "日期", en: "date"), .date), field: "date") {
                .date($0.row.date)
            },
            Column(column: .init(Message(zh: "记账单位", en: "unit")), field: "unit") {
                [unitNames] in .text(unitNames[$0.row.unit] ?? $0.row.unit.description)
            },
            Column(column: .init(Message(zh: "村（社区）", en: "village")), field: nil) {
                Table.Cell($0.village)
            },
            Column(column: .init(Message(zh: "组", en: "group")), field: "group") {
                Table.Cell($0.group)
            },
            Column(column: .init(Message(zh: "户主", en: "head of household")), field: "name") {
                Table.Cell($0.name)
            },
            Column(column: .init(Message(zh: "人数", en: "persons"), .count), field: "persons") {
                $0.row.persons.map(Table.Cell.count) ?? .empty
            },
            Column(column: .init(Message(zh: "用途、往来", en: "use, other party")), field: nil) {
                .text($0.use.text(language))
            },
            Column(column: .init(Message(zh: "标准（元）", en: "rate (yuan)")), field: nil) {
                Table.Cell($0.rate?.text(language))
            },
            Column(column: .init(Message(zh: "金额", en: "amount"), .money), field: "amount") {
                .money(Money(fen: $0.row.amount))
            },
            Column(column: .init(Message(zh: "查询码", en: "receipt code")), field: "code") {
                Table.Cell($0.code)
            },
        ]
        // The cell before the amount also says how many rows are withheld.
        return all.enumerated().filter { index, column in
            index == all.count - 3 || rows.contains { column.cell($0) != .empty }
        }.map(\.element)
    }

    /// The rows of a part, or of all parts, with what is withheld and the total below the last.
    func table(_ language: Language, part: Int? = nil) -> (table: Table, fields: [String?]) {
        let columns = self.columns(language)
        var table = Table(
            title: Message(zh: title(.zh), en: title(.en)), columns: columns.map(\.column))
        for row in rows[part.map(rowRange) ?? 0..<rows.count] {
            table.add(columns.map { $0.cell(row) })
        }
        guard part ?? partCount - 1 == partCount - 1 else { return (table, columns.map(\.field)) }
        let money = columns.firstIndex { $0.field == "amount" } ?? columns.count - 1
        if let withheld {
            var cells = Array(repeating: Table.Cell.empty, count: columns.count)
            cells[0] = .text(Self.withheldWords.text(language))
            cells[money - 1] = .count(withheld.count)
            cells[money] = .money(Money(fen: withheld.amount))
            table.add(cells)
        }
        var total = Array(repeating: Table.Cell.empty, count: columns.count)
        total[0] = .text(Self.totalWords.text(language))
        if let heads = columns.firstIndex(where: { $0.field == "persons" }) {
            total[heads] = .count(persons)
        }
        total[money] = .sum(MoneyTotal(fen: Int128(entry.amount)))
        table.setTotal(total)
        return (table, columns.map(\.field))
    }

    static let withheldWords = Message(
        zh: "未成年人户，依法不逐户列出（户数、金额）",
        en: "households of children, by law not shown singly (households, amount)")
    static let totalWords = Message(zh: "发放和支出合计", en: "total of payments and expenses")

    /// Of payments the plain word; of all others the kind's name.
    private static func word(_ kind: EntryKind) -> Message {
        kind == .payment ? Message(zh: "发放", en: "payment") : kind.title
    }

    /// The notice as an .xlsx file: the cells of the page, all parts in one sheet.
    ///
    /// - Parameter state: The ledger before the disclosure was recorded.
    public func workbook(_ language: Language, state: SealLine) -> Workbook {
        Workbook(
            title: title(language), created: state.sealedAt, sheets: [sheet(language, state)])
    }

    private func sheet(_ language: Language, _ state: SealLine) -> Sheet {
        let (table, _) = self.table(language)
        var heading = facts(language).map { "\($0.name)\(language.say("：", ": "))\($0.value)" }
        if state.nature == .illustrative { heading.append(Table.illustrative.text(language)) }
        var sheet = table.sheet(
            language, name: language.say("公示表", "Notice"), heading: heading,
            foot: "\(state.origin)")
        sheet.footLines =
            [
                capitals.map { language.say("合计大写：", "Total in capitals: ") + $0 },
                objectionWords(language),
            ].compactMap { $0 }
            + settings.hotlines.map { language.say("监督电话：", "Hotline: ") + $0 }
            + Table.sealLines(state, language)
        return sheet
    }

    /// The notice as CSV, the cells of the page.
    public func csv(_ language: Language) -> String {
        table(language).table.csv(language, byteOrderMark: true)
    }

    /// The total in capitals (大写).
    var capitals: String? { ChineseNumeral.text(amount) }
}

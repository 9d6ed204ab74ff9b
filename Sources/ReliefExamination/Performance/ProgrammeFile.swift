// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import ReliefModel
public import Spreadsheet

/// The programmes of a budget year as an office lists them, outside the ledger (项目支出明细).
///
/// ```
/// 类别,序号,项目,金额（万元）,备注
/// ```
/// A column for the name and one for the amount, whose heading says 元 or 万元, are needed; `section,
/// item, name_zh, amount_wan_yuan, note` is read as well. A row whose number or name is 合计 or total
/// states the total of its section, or of all rows since the last one.
public struct ProgrammeFile: Sendable {
    /// One programme.
    struct Item {
        let number: String?
        let name: String
        /// Fen.
        let amount: Int64
        let note: String?
    }

    /// Programmes with one stated total.
    struct Section {
        let name: String?
        var items: [Item] = []
        /// Fen; nil where the file states none.
        var stated: Int64?

        /// Fen.
        var sum: Int128 { items.reduce(0) { $0 + Int128($1.amount) } }
    }

    /// What is wrong with the file, everything at once.
    public struct Failure: Error, Sendable {
        /// Where, expected, actual, what to do.
        public let messages: [Message]
    }

    let sections: [Section]
    /// The unit that the file states its amounts in.
    let unit: MoneyUnit

    /// Reads the first sheet that shows.
    public init(_ file: SpreadsheetFile) throws(Failure) {
        guard let sheet = file.sheets.first(where: { !$0.isHidden }), let layout = Layout(sheet)
        else {
            throw Failure(messages: [
                Message(
                    zh: "项目清单：没有找到表头，应有“项目”和“金额（万元）”或“金额（元）”两列；请补上表头",
                    en: "list of programmes: no heading row, expected columns named “name” and "
                        + "“amount (10,000 yuan)” or “amount (yuan)”; add it")
            ])
        }
        unit = layout.unit
        var reader = Reader(layout: layout)
        for row in sheet.rows where row.number > layout.row { reader.read(row) }
        guard reader.problems.isEmpty else { throw Failure(messages: reader.problems) }
        sections = reader.sections
    }

    /// Where the columns are.
    private struct Layout {
        let row: Int
        let name: Int
        let amount: Int
        let unit: MoneyUnit
        let section: Int?
        let number: Int?
        let note: Int?

        init?(_ sheet: SourceSheet) {
            for row in sheet.rows.prefix(20) {
                let heads = row.cells.map { ($0.column, EnteredCell.heading($0.text)) }
                func column(_ names: [String]) -> Int? {
                    heads.first { names.contains($0.1) }?.0
                }
                let amounts = heads.compactMap { column, head in
                    Self.moneyUnit(head).map { (column, $0) }
                }
                guard let name = column(["项目", "项目名称", "name", "name_zh", "programme"]),
                    let amount = amounts.first
                else { continue }
                self.row = row.number
                self.name = name
                (self.amount, unit) = amount
                section = column(["类别", "支出类别", "section"])
                number = column(["序号", "编号", "item", "no"])
                note = column(["备注", "说明", "note"])
                return
            }
            return nil
        }

        private static func moneyUnit(_ head: String) -> MoneyUnit? {
            let isAmount = ["金额", "支出", "投入", "amount"].contains { head.contains($0) }
            guard isAmount else { return nil }
            if head.contains("万元") || head.contains("wan_yuan") || head.contains("10,000yuan") {
                return .wanYuan
            }
            return head.contains("元") || head.contains("yuan") ? .yuan : nil
        }
    }

    private struct Reader {
        let layout: Layout
        var sections: [Section] = []
        var problems: [Message] = []

        mutating func read(_ row: SourceSheet.Row) {
            func cell(_ column: Int?) -> String? {
                guard let column, let cell = row.cells.first(where: { $0.column == column }) else {
                    return nil
                }
                let text = EnteredCell.text(cell.text)
                return text.isEmpty ? nil : text
            }
            guard let name = cell(layout.name) ?? cell(layout.number) else { return }
            guard let text = cell(layout.amount) else {
                return complain(row.number, "没有金额，应填写金额", "no amount, expected one")
            }
            let money: Money
            do throws(MoneyTextError) {
                money = try Money(text, in: layout.unit)
            } catch {
                return complain(row.number, error.message.zh, error.message.en)
            }
            let section = cell(layout.section)
            let isTotal = [name, cell(layout.number) ?? ""].contains(where: Self.isTotal)
            if isTotal {
                sections[place(section)].stated = money.fen
                return
            }
            sections[place(section)].items.append(
                Item(
                    number: cell(layout.number), name: name, amount: money.fen,
                    note: cell(layout.note)))
        }

        private static func isTotal(_ text: String) -> Bool {
            ["合计", "总计", "共计", "小计", "total", "subtotal"].contains(EnteredCell.heading(text))
        }

        /// The section of a name, as an index; without names, the one that no total has closed yet.
        private mutating func place(_ name: String?) -> Int {
            let index = sections.lastIndex { section in
                section.name == name && (name != nil || section.stated == nil)
            }
            if let index { return index }
            sections.append(Section(name: name))
            return sections.count - 1
        }

        private mutating func complain(_ row: Int, _ zh: String, _ en: String) {
            problems.append(
                Message(zh: "项目清单第 \(row) 行：\(zh)", en: "list of programmes, row \(row): \(en)"))
        }
    }
}

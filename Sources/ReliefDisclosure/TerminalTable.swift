// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import ReliefModel

extension Table {
    /// The table for a terminal: columns line up by display width, and nothing is cut off.
    ///
    /// ```
    /// 余额表
    /// 单位            可用（元）
    /// ────────────────────────
    /// 龙陵县                0.00
    /// ────────────────────────
    /// 合计                  0.00
    /// ```
    public func terminalText(_ language: Language) -> String {
        let headers = columns.map { header($0, language) }
        let body = rows.map { $0.map(printed) }
        let foot = total.map { $0.map(printed) }
        var widths = headers.map(TextWidth.of)
        for row in body + [foot].compactMap({ $0 }) {
            for (index, text) in row.enumerated() {
                widths[index] = max(widths[index], TextWidth.of(text))
            }
        }
        let ruleWidth = widths.reduce(0, +) + 2 * max(0, widths.count - 1)
        let rule = String(repeating: "─", count: ruleWidth)
        var lines = [title.text(language), line(headers, widths), rule]
        lines += body.map { line($0, widths) }
        if let foot { lines += [rule, line(foot, widths)] }
        lines += notes.map { $0.text(language) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A column's heading, with the unit of its amounts.
    func header(_ column: Column, _ language: Language) -> String {
        let name = column.header.text(language)
        guard column.kind == .money else { return name }
        return switch language {
        case .zh: name + "（\(moneyUnit.name.zh)）"
        case .en: name + " (\(moneyUnit.name.en))"
        }
    }

    /// A cell as people read it: amounts with separators, in the table's unit.
    func printed(_ cell: Cell) -> String {
        switch cell {
        case .empty: ""
        case .text(let text): text
        case .money(let amount): amount.text(in: moneyUnit)
        case .sum(let sum): sum.text(in: moneyUnit)
        case .count(let number), .seq(let number): String(number)
        case .date(let date): date.description
        case .percent(let percentage): percentage.description
        }
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (index, text) in cells.enumerated() {
            let space = String(repeating: " ", count: widths[index] - TextWidth.of(text))
            if index > 0 { line += "  " }
            line += columns[index].kind.isRightAligned ? space + text : text + space
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefModel

/// The package's README: what it is, what it does not say, how to check and to cite it.
struct DatasetPage {
    let statement: OpenDataStatement
    let tables: [DataTable]
    let files: [OpenDataFile]
    let lines: [OpenDataLine]
    let language: Language

    private func say(_ zh: String, _ en: String) -> String {
        Message(zh: zh, en: en).text(language)
    }

    /// The page, Markdown.
    var text: String {
        ([["# \(Table.line(statement.title.text(language)))"], banner, about, sums, fileTable]
            + [columns, signs, limits, checking, citation])
            .filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
            .joined(separator: "\n\n") + "\n"
    }

    private var banner: [String] {
        guard statement.isIllustrative else { return [] }
        return [
            say(
                "> **示例数据（illustrative）：地名可能是真的，金额、批次与事项均为虚构，不得作为任何单位的财务信息引用。**",
                "> **ILLUSTRATIVE: names of places may be real; amounts, batches and events "
                    + "are made up. Do not quote them as anybody's finances.**")
        ]
    }

    private var about: [String] {
        let records = Set(lines.map(\.seq)).count
        let payments = lines.filter { $0.payment != nil }.count
        let none = say("无", "none")
        let period = statement.period.map { "\($0.from) – \($0.until)" } ?? none
        return list([
            (
                say("内容", "What"),
                say(
                    "\(statement.unit.name)（\(statement.unit.id)）及其下级单位救灾资金的每一笔指标变动与支出",
                    "every change of authority and every payment of relief money at "
                        + "\(statement.unit.name) (\(statement.unit.id)) and the units below it")
            ),
            (say("性质", "Nature"), statement.seal.nature.rawValue),
            (say("业务日期", "Business dates"), period),
            (say("币种与单位", "Currency and unit"), say("人民币，元，两位小数", "CNY, yuan, two decimals")),
            (
                say("条数", "Records"),
                say(
                    "\(records) 条记录，\(lines.count) 行，其中发放 \(payments) 笔",
                    "\(records) records, \(lines.count) lines, \(payments) of them payments")
            ),
            (say("发布单位", "Publisher"), "\(statement.steward.name) (\(statement.steward.id))"),
            (say("账本", "Ledger"), "\(statement.seal.title), \(statement.seal.origin)"),
            (
                say("截至", "As of"),
                "\(statement.seal.expectation), \(statement.seal.sealedAt)"
            ),
            (
                say("更新", "Updates"),
                say(
                    "本数据包不再更改；以后的公开另成一包",
                    "this package never changes; a later publication is another one")
            ),
        ])
    }

    private var sums: [String] {
        var rows: [(String, String)] = []
        func sum(_ name: String, _ isCounted: (OpenDataLine) -> Bool) {
            let fen = lines.filter(isCounted).reduce(Int128(0)) { $0 + Int128($1.fen) }
            rows.append((name, MoneyTotal(fen: fen).text(in: .yuan)))
        }
        sum("approved") { $0.position == .authorised }
        sum("executed") { $0.position.phase == .executed }
        sum(say("其中 spent", "of which spent")) { $0.position == .spent }
        sum(say("其中 recoverable（待追回）", "of which recoverable")) { $0.position == .recoverable }
        sum(say("其中发放失败后取消（state = cancelled）", "of which cancelled payments")) {
            $0.payment?.state == .cancelled
        }
        return [
            "## " + say("合计", "Totals"), "", "| \(say("阶段", "phase")) | \(say("元", "yuan")) |",
            "|---|---:|",
        ] + rows.map { "| \($0.0) | \($0.1) |" }
    }

    private var fileTable: [String] {
        let counts = Dictionary(uniqueKeysWithValues: tables.map { ($0.path, $0.table.rows.count) })
        return [
            "## " + say("文件", "Files"), "",
            "| \(say("文件", "file")) | \(say("字节", "bytes")) | \(say("行数", "rows")) |",
            "|---|---:|---:|",
        ]
            + files.map { file in
                let count = counts[file.name].map(String.init) ?? ""
                return "| `\(file.name)` | \(file.text.utf8.count) | \(count) |"
            }
    }

    private var columns: [String] {
        let table = tables.first { $0.path == "rows.csv" }
        return [
            "## " + say("rows.csv 各列", "Columns of rows.csv"), "",
            "| \(say("列", "column")) | \(say("含义", "meaning")) | \(say("可空", "may be empty")) |",
            "|---|---|---|",
        ]
            + (table?.fields ?? []).map { field in
                "| `\(field.name)` | \(Table.line(field.title.text(language))) | "
                    + "\(field.isRequired ? "" : say("是", "yes")) |"
            }
    }

    private var signs: [String] {
        [
            "## " + say("怎样加总", "Adding up"), "",
            say(
                "`amount` 是唯一的金额列，在同一 `phase` 内可按任意列分组相加，不会重复计算；两个 `phase` 不能相加。两端都在公开范围内的资金变动有两行，先减后增，合计为零；只取正数或只取负数相加没有意义。发放按批次日期计入 `executed`，发放失败后取消的仍在其中（`state` 为 `cancelled`），求实际支出时应去掉。",
                "`amount` is the only column of money. Within one `phase` it may be grouped by any "
                    + "column and summed, and counts nothing twice; the two phases are not to be "
                    + "added. What passes between two units of the publication has two lines, minus "
                    + "first, that sum to zero: adding the positive ones alone means nothing. A "
                    + "payment counts as `executed` from the day of its batch; one that failed and "
                    + "was given up stays in it (`state` is `cancelled`): leave those out to get "
                    + "what was spent."),
        ]
    }

    private func list(_ items: [(String, String)]) -> [String] {
        items.map { "- **\($0.0)**: \(Table.line($0.1))" }
    }
}

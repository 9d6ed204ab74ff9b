// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefAudit
internal import ReliefModel

extension SitePages {
    /// A page of the ledger's entries.
    func recordsPage(_ page: Int) -> String {
        let path = Path.records(page)
        let records = site.records.page(page)
        var table = recordTable("records", say("账本的各条记录（元）", "Entries of the ledger (yuan)"))
        for record in records { table.rows.append(row(record, from: path, isHere: true)) }
        let title = say("账目记录", "Records")
        let pages = site.records.pageCount
        let links = (0..<pages).map { other in
            other == page
                ? "<span aria-current=\"page\">\(other + 1)</span>"
                : "<a href=\"\(way(from: path, to: Path.records(other)))\">\(other + 1)</a>"
        }
        let parts =
            pages > 1
            ? "<nav class=\"parts\" aria-label=\"\(say("各页", "Pages"))\">\(links.joined(separator: "\n"))</nav>"
            : ""
        let note = say(
            "单笔发放列在各次公示里，银行逐笔代发结果计入各批次；其余记录都在这里，序号就是账本里的记录号。",
            "Single payments stand on the notices, and the bank's answers count in their batches; all "
                + "other records are here, under their numbers in the ledger.")
        return self.page(
            path, title: title, kind: siteTitle, trail: [(title, nil)],
            content: section(
                "records-head",
                pages > 1
                    ? say("第 \(page + 1) 页，共 \(pages) 页", "Page \(page + 1) of \(pages)")
                    : say("全部记录", "All records"),
                "<p class=\"note\">\(quoted(note))</p>\n\(parts)\n\(table.html())\n\(parts)"))
    }

    func recordTable(_ identifier: String, _ caption: String) -> MarkupTable {
        MarkupTable(
            identifier: identifier, caption: caption,
            columns: [
                (say("记录号", "record"), false), (say("日期", "date"), false),
                (say("种类", "kind"), false), (say("单位、往来", "unit, other party"), false),
                (say("内容", "what"), false), (say("文号", "document"), false),
                (say("金额", "amount"), true),
            ], language: language)
    }

    func row(
        _ record: BookHistory.Record, from path: String, isHere: Bool = false
    ) -> MarkupTable.Row {
        let book = site.history.book
        let text = site.records.text(record.seq)
        let number = record.entry.document?.number ?? text?.document?.number ?? ""
        let names = [record.from?.unit, record.to?.unit].compactMap { $0 }.map(book.plainName)
        let own = record.entry.unit.map(book.plainName) ?? ""
        let between =
            names.count == 2 && names[0] != names[1]
            ? say("\(names[0]) → \(names[1])", "\(names[0]) → \(names[1])") : own
        return MarkupTable.Row(
            identifier: isHere ? "r\(record.seq)" : nil,
            cells: [
                isHere ? "\(record.seq)" : recordLink(record.seq, from: path),
                record.entry.date.map { "\($0)" } ?? "",
                quoted(record.entry.kind.title.text(language)),
                quoted(between), quoted(what(record, text)), quoted(number),
                record.entry.amount.map { Money(fen: $0).text() } ?? "",
            ])
    }

    /// What an entry says of itself in a few words.
    private func what(_ record: BookHistory.Record, _ text: MovementText?) -> String {
        let book = site.history.book
        let said: String? =
            switch record.entry {
            case .grant(let grant): grant.title
            case .plan(let plan): plan.title
            case .event(let event): event.name
            case .unit(let unit): unit.name
            case .batch(let batch):
                say(
                    "\(book.itemName(batch.spending.item, language))，\(batch.count) 户 \(record.persons) 人，\(batch.period)",
                    "\(book.itemName(batch.spending.item, language)), \(batch.count) households, "
                        + "\(record.persons) persons, \(batch.period)")
            case .expense(let expense): book.itemName(expense.spending.item, language)
            case .roster(let roster):
                say(
                    "\(roster.stage.name.zh)，\(roster.count) 户 \(roster.persons) 人",
                    "\(roster.stage.name.en), \(roster.count) households, \(roster.persons) persons"
                )
            case .notice(let notice):
                say(
                    "第 \(notice.round) 榜，\(notice.place)，至 \(notice.until)",
                    "round \(notice.round), \(notice.place), until \(notice.until)")
            case .disclosure(let disclosure):
                say(
                    "第 \(disclosure.round) 榜，\(disclosure.count) 条",
                    "round \(disclosure.round), \(disclosure.count) records")
            default: nil
            }
        let target = record.movement?.target.map { say("对应第 \($0) 条", "of record \($0)") }
        return [said, target, text?.reason].compactMap { $0 }.joined(separator: say("；", "; "))
    }
}

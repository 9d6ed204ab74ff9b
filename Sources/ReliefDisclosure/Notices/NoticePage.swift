// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import LedgerLog
internal import ReliefAudit
internal import ReliefModel

/// A notice as pages for the web and for paper (A4): facts, totals, rows, the check, the seal.
///
/// The page's structure is the one that `verify-page.js` reads. Everything that the notice says
/// stands in its markup; the script only checks it.
public struct NoticePage: Sendable {
    /// What it shows.
    public let notice: DisclosureNotice
    /// What it is tied to.
    public let seal: NoticeSeal
    let language: Language

    /// Where a page of a notice stands in a site.
    struct Place {
        var trail: [PublicPage.Link] = []
        var menu: [PublicPage.Link] = []
        var twin: String?
        var feed: String?
        /// The notice's other forms.
        var files: [PublicPage.Link] = []
        /// The standalone checker.
        var checker: String?
        /// The page of a part.
        var address: (Int) -> String = { NoticePage.name(part: $0) }
    }

    /// Pages of a notice.
    public init(_ notice: DisclosureNotice, seal: NoticeSeal, language: Language) {
        self.notice = notice
        self.seal = seal
        self.language = language
    }

    /// The file of a part, from 0.
    public static func name(part: Int) -> String {
        part == 0 ? "notice.html" : "notice-\(part + 1).html"
    }

    /// The pages by themselves, one for each part.
    ///
    /// - Parameter proof: The data of a part (`proof.json`), which the page's check needs.
    public func files(proof: (Int) -> String?) -> [LeakScan.File] {
        (0..<notice.partCount).map { part in
            (Self.name(part: part), Array(html(part: part, proof: proof(part)).utf8))
        }
    }

    /// The page of a part.
    func html(part: Int, proof: String?, in place: Place = Place()) -> String {
        PublicPage(
            language: language, title: notice.title(language), kind: kind(part: part),
            trail: place.trail, menu: place.menu, twin: place.twin, feed: place.feed,
            isIllustrative: seal.nature == .illustrative,
            content: """
                <article class="notice" aria-label="\(HTMLText.escaped(notice.title(language)))">
                \(totals)
                \(facts)
                </article>
                \(parts(part, place))
                \(rows(part: part))
                \(closing(place))
                \(check(proof, place))
                """,
            state: state, scripts: proof == nil ? [] : [PageScripts.verify]
        ).html()
    }

    private func kind(part: Int) -> String {
        guard notice.partCount > 1 else { return edition }
        return edition
            + language.say(
                " · 第 \(part + 1) 部分，共 \(notice.partCount) 部分",
                " · part \(part + 1) of \(notice.partCount)")
    }

    private var edition: String {
        switch notice.edition {
        case .board: language.say("公示（村内张贴）", "Notice for the village board")
        case .masked, .totals: language.say("公开（网上）", "Publication on the web")
        }
    }

    private var state: String {
        language.say(
            "数据来自账本 \(seal.origin) 的前 \(seal.size) 条记录，\(BusinessDay.of(seal.sealedAt)) 封存。",
            "From the first \(seal.size) records of the ledger \(seal.origin), sealed on "
                + "\(BusinessDay.of(seal.sealedAt)).")
    }

    // MARK: - Head

    private var facts: String {
        let widths = [2: " class=\"half\"", 4: " class=\"long\""]
        let facts = notice.facts(language).map { fact in
            "<div\(widths[fact.width] ?? "")><dt>\(quoted(fact.name))</dt>"
                + "<dd>\(quoted(fact.value))</dd></div>"
        }
        return "<dl class=\"facts\">\n\(facts.joined(separator: "\n"))\n</dl>"
    }

    private var totals: String {
        let entry = notice.entry
        let capitals = notice.capitals ?? ""
        var figures = [
            (
                language.say("发放和支出合计（元）", "payments and expenses, total (yuan)"),
                "<span data-total=\"amount\">\(notice.amount.text())</span>"
                    + "<small lang=\"zh-Hans\" data-total=\"capitals\">\(capitals)</small>"
            ),
            (language.say("发放户次", "payments to households"), "\(notice.households)"),
            (language.say("救助人次", "persons helped"), "\(notice.persons)"),
            (
                language.say("公开记录条数", "records made public"),
                "<span data-total=\"count\">\(entry.count)</span>"
            ),
        ]
        if let withheld = notice.withheld {
            figures.append(
                (
                    language.say("其中不逐户列出", "of these not shown singly"),
                    language.say("\(withheld.count) 户", "\(withheld.count) households")
                ))
        }
        let cells = figures.map { "<div><dt>\(quoted($0.0))</dt><dd>\($0.1)</dd></div>" }
        return "<dl class=\"big\">\n\(cells.joined(separator: "\n"))\n</dl>"
    }

    private func parts(_ part: Int, _ place: Place) -> String {
        guard notice.partCount > 1 else { return "" }
        let links = (0..<notice.partCount).map { other in
            let rows = notice.rowRange(ofPart: other)
            let text = "\(other + 1)"
            let label = language.say(
                "第 \(other + 1) 部分，第 \(rows.lowerBound + 1)–\(rows.upperBound) 行",
                "part \(other + 1), rows \(rows.lowerBound + 1)–\(rows.upperBound)")
            return other == part
                ? "<span aria-current=\"page\" aria-label=\"\(label)\">\(text)</span>"
                : "<a href=\"\(place.address(other))\" aria-label=\"\(label)\">\(text)</a>"
        }
        return """
            <nav class="parts" aria-label="\(language.say("各部分", "Parts"))">
            <span>\(language.say("部分：", "Parts:"))</span>
            \(links.joined(separator: "\n"))
            </nav>
            """
    }

    // MARK: - Rows

    private func rows(part: Int) -> String {
        let (table, fields) = notice.table(language, part: part)
        let shown = notice.rows[notice.rowRange(ofPart: part)]
        let labels = table.columns.map { HTMLText.escaped(table.header($0, language)) }
        let heads = zip(table.columns, labels).map { column, label in
            let name = column.kind.isRightAligned ? " class=\"figure\"" : ""
            return
                "<th scope=\"col\"\(name)>\(HTMLText.quoted(table.header(column, language), language))</th>"
        }
        var body = zip(shown, table.rows).map { row, cells in
            "<tr id=\"r\(row.row.seq)\" data-seq=\"\(row.row.seq)\">"
                + self.cells(cells, table, fields, labels) + "</tr>"
        }
        if table.rows.count > shown.count, let withheld = table.rows.last {
            body.append(withheldRow(withheld, table, fields))
        }
        let caption = language.say(
            "每行对应账本中的一条记录", "Each row is a record of the ledger")
        return """
            <section aria-labelledby="rows-head">
            <h2 id="rows-head">\(language.say("明细", "Rows"))</h2>
            <p class="note">\(quoted(notice.editionWords(language)))</p>
            \(find)
            <div class="scroll" tabindex="0" role="region" aria-labelledby="rows-name">
            <table class="rows">
            <caption id="rows-name">\(quoted(caption))</caption>
            <thead><tr>\(heads.joined())</tr></thead>
            <tbody>
            \(body.joined(separator: "\n"))
            </tbody>\(foot(table))
            </table>
            </div>
            </section>
            """
    }

    private var find: String {
        """
        <p class="find"><label for="find-code">\(language.say("输入查询码找到自己的一行", "Find your own row by its receipt code"))</label>
        <input id="find-code" autocomplete="off" autocapitalize="off" spellcheck="false" placeholder="xxxx-xxxx-xxxx">
        <output id="find-result" for="find-code"></output></p>
        """
    }

    private func cells(
        _ cells: [Table.Cell], _ table: Table, _ fields: [String?], _ labels: [String]
    ) -> String {
        var markup = ""
        for index in cells.indices {
            let text = HTMLText.quoted(table.printed(cells[index]), language)
            let isWhole = fields[index] == nil && TextWidth.of(table.printed(cells[index])) <= 12
            let field =
                fields[index].map { " data-field=\"\($0)\"" } ?? (isWhole ? " class=\"whole\"" : "")
            markup += "<td\(field) data-label=\"\(labels[index])\">\(text)</td>"
        }
        return markup
    }

    /// The number of rows and their amount, the only cells that are read by the check.
    private func withheldRow(_ cells: [Table.Cell], _ table: Table, _ fields: [String?]) -> String {
        let money = fields.firstIndex(of: "amount") ?? cells.count - 1
        let rest = String(repeating: "<td></td>", count: cells.count - money - 1)
        return "<tr data-withheld><td class=\"wide\" colspan=\"\(money - 1)\">"
            + "\(quoted(table.printed(cells[0])))</td>"
            + "<td data-field=\"count\">\(table.printed(cells[money - 1]))</td>"
            + "<td data-field=\"amount\">\(table.printed(cells[money]))</td>\(rest)</tr>"
    }

    private func foot(_ table: Table) -> String {
        guard let total = table.total, let name = total.first else { return "" }
        let empty = total.dropFirst().prefix { $0 == .empty }.count
        let cells = zip(total, table.columns).dropFirst(1 + empty).map { cell, column in
            let figure = column.kind.isRightAligned ? " class=\"figure\"" : ""
            let isSum = column.kind == .money
            return "<td\(figure)\(isSum ? " data-total=\"amount\"" : "")>"
                + "\(quoted(table.printed(cell)))</td>"
        }
        return "\n<tfoot><tr><th scope=\"row\" colspan=\"\(1 + empty)\">"
            + "\(quoted(table.printed(name)))</th>"
            + "\(cells.joined())</tr></tfoot>"
    }

    func quoted(_ text: String) -> String { HTMLText.quoted(text, language) }
}

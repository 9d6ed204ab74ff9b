// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefAudit
internal import ReliefModel

extension SitePages {
    /// The page of the county, a township or a village.
    func unitPage(_ unit: SiteUnit) -> String {
        let path = unitPath(unit.id)
        let isTop = unit.id == site.units.top
        let sections = [
            flow(unit), purposes(unit), below(unit, from: path), notices(unit, from: path),
            households(unit, from: path), movements(unit, from: path),
        ]
        return page(
            path,
            title: isTop
                ? say("\(unit.name)救灾资金公开", "Relief money of \(unit.name)")
                : say("\(unit.name)救灾资金", "Relief money of \(unit.name)"),
            kind: isTop ? siteTitle : say("单位代码 \(unit.id)", "unit \(unit.id)"),
            trail: trail(unit.id, from: path), lead: key(unit, from: path),
            content: sections.filter { !$0.isEmpty }.joined(separator: "\n"))
    }

    private func yuan(_ fen: Int128) -> String { MoneyTotal(fen: fen).text() }

    /// The figures in large, and how they come about.
    private func key(_ unit: SiteUnit, from path: String) -> String {
        let figures = unit.figures
        let about = way(from: path, to: Path.about)
        guard !figures.isEmpty else {
            return
                "<p>\(say("账本没有单列本单位的资金；发放到本村农户的，见下。", "The ledger keeps no money of its own for this unit; what its households got is below."))</p>"
        }
        var lines = [
            (say("到账（净）", "received, net"), figures.received, "received"),
            (say("已发放、已支出", "reached payees"), figures[.expended], "expended"),
            (say("银行代发中", "at the bank"), figures[.committed], "committed"),
            (say("结余可用", "left"), figures[.available], "available"),
        ]
        if figures[.recoverable] != 0 {
            lines.append((say("待追回", "to be recovered"), figures[.recoverable], "recoverable"))
        }
        let cells = lines.map { name, fen, anchor in
            "<div><dt>\(quoted(name))</dt><dd>\(yuan(fen))"
                + "<small>\(say("元", "yuan")) · <a href=\"\(about)#\(anchor)\">"
                + "\(say("怎么算的", "how it is computed"))</a></small></dd></div>"
        }
        return "<dl class=\"big\">\n\(cells.joined(separator: "\n"))\n</dl>"
    }

    private func flow(_ unit: SiteUnit) -> String {
        guard
            let diagram = FundFlow.diagram(site.history, of: unit.id, name: unit.name)
        else { return "" }
        let name = say("钱从哪里来，到哪里去", "Where the money came from and went")
        return """
            <section aria-labelledby="flow-head">
            <h2 id="flow-head">\(name)</h2>
            <figure class="picture">
            <div class="scroll" tabindex="0" role="region" aria-labelledby="flow-head">
            \(diagram.inlineSVG(language, leastWidth: 620))
            </div>
            <figcaption class="note">\(say("条带的粗细与金额成比例；往来两个方向的，只画相抵后的净额。每笔见下方记录。", "Ribbons are as thick as their amounts; of what went both ways the net is drawn. Each record is listed below."))</figcaption>
            </figure>
            </section>
            """
    }

    private func purposes(_ unit: SiteUnit) -> String {
        let shown = unit.byPurpose.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
        guard !shown.isEmpty else { return "" }
        var table = MarkupTable(
            identifier: "purposes",
            caption: say("按用途的进度（元）", "Progress by purpose (yuan)"),
            columns: Self.columns(say("用途", "purpose"), language), language: language)
        for (code, figures) in shown {
            table.rows.append(
                MarkupTable.Row(
                    cells: cells(quoted(site.history.book.purposeText(code, language)), figures)))
        }
        if shown.count > 1 { table.total = cells(say("合计", "total"), unit.figures) }
        return section("purpose-head", say("按用途的进度", "Progress by purpose"), table.html())
    }

    private func below(_ unit: SiteUnit, from path: String) -> String {
        let children = unit.children.sorted().compactMap { site.units[$0] }
        guard !children.isEmpty else { return "" }
        let own = children.filter { !$0.figures.isEmpty }
        var markup = ""
        if !own.isEmpty {
            var table = MarkupTable(
                identifier: "below",
                caption: say("下级单位的进度（元）", "Progress of the units below (yuan)"),
                columns: Self.columns(say("单位", "unit"), language), language: language)
            for child in own {
                let link = anchor(child.name, way(from: path, to: unitPath(child.id)))
                table.rows.append(MarkupTable.Row(cells: cells(link, child.figures)))
            }
            markup = table.html()
        }
        let others = children.filter(\.figures.isEmpty).map { child in
            "<li>\(anchor(child.name, way(from: path, to: unitPath(child.id))))</li>"
        }
        if !others.isEmpty { markup += "\n<ul class=\"cards\">\(others.joined())</ul>" }
        return section("below-head", say("下级单位", "Units below"), markup)
    }

    private static func columns(_ first: String, _ language: Language) -> [MarkupTable.Column] {
        [
            (first, false), (language.say("到账", "received"), true),
            (language.say("已发放、支出", "reached payees"), true),
            (language.say("银行代发中", "at the bank"), true), (language.say("结余", "left"), true),
            (language.say("进度", "progress"), true),
        ]
    }

    private func cells(_ name: String, _ figures: SiteFigures) -> [String] {
        [
            name, yuan(figures.received), yuan(figures[.expended]), yuan(figures[.committed]),
            yuan(figures[.available]), figures.progress?.bar() ?? "–",
        ]
    }

    /// All rounds of the unit and those in it, the newest first.
    private func notices(_ unit: SiteUnit, from path: String) -> String {
        let shown = site.notices.filter { unit.id.contains($0.entry.unit) }.reversed()
        guard !shown.isEmpty else {
            guard unit.id == site.units.top else { return "" }
            return section(
                "notice-head", say("公示与公开", "Notices"),
                "<p>\(say("账本中还没有公开记录。", "The ledger has no disclosure yet."))</p>")
        }
        let items = shown.map { notice in
            let entry = notice.entry
            let text = say(
                "\(entry.date) 公开 · \(entry.from) 至 \(entry.until) · \(entry.count) 条 · \(notice.notice.amount.text()) 元",
                "published \(entry.date) · \(entry.from) to \(entry.until) · \(entry.count) records · "
                    + "\(notice.notice.amount.text()) yuan")
            return
                "<li>\(anchor(notice.notice.title(language), way(from: path, to: Path.notice(notice.seq))))"
                + "<small>\(quoted(text))</small></li>"
        }
        return section(
            "notice-head", say("公示与公开（历次保留）", "Notices, all rounds"),
            "<ul class=\"cards\">\n\(items.joined(separator: "\n"))\n</ul>")
    }

    /// What the households of a village got, as far as the web edition shows it.
    private func households(_ unit: SiteUnit, from path: String) -> String {
        guard !unit.households.isEmpty else { return "" }
        var table = MarkupTable(
            identifier: "households",
            caption: say("本村各户（元）", "Households of the village (yuan)"),
            columns: [
                (say("户主", "head of household"), false), (say("组", "group"), false),
                (say("人数", "persons"), true), (say("用途", "use"), false),
                (say("金额", "amount"), true), (say("日期", "date"), false),
                (say("查询码", "receipt code"), false),
            ], language: language)
        var sum = MoneyTotal()
        for (place, row) in unit.households {
            let notice = site.notices[place]
            let shown = notice.notice.rows[row]
            let page = way(
                from: path, to: Path.notice(notice.seq, row / DisclosureNotice.pageRowCount))
            let amount = Money(fen: shown.row.amount)
            sum.add(amount)
            let code = shown.code ?? "\(shown.row.seq)"
            table.rows.append(
                MarkupTable.Row(cells: [
                    quoted(shown.name ?? "–"), quoted(shown.group ?? ""),
                    shown.row.persons.map(String.init) ?? "", quoted(shown.use.text(language)),
                    amount.text(), "\(shown.row.date)", anchor(code, page + "#code=\(code)"),
                ]))
        }
        table.total = [say("合计", "total"), "", "", "", sum.text(), "", ""]
        return section("households-head", say("本村农户", "Households"), table.html())
    }

    /// The entries that moved the unit's own money.
    private func movements(_ unit: SiteUnit, from path: String) -> String {
        guard !unit.records.isEmpty else { return "" }
        let listed = unit.records.suffix(SiteRecords.pageRowCount).map { site.history.records[$0] }
        var table = recordTable("records", say("逐笔记录（元）", "Record by record (yuan)"))
        for record in listed { table.rows.append(row(record, from: path)) }
        let note =
            listed.count < unit.records.count
            ? "<p class=\"note\">\(say("只列最近 \(listed.count) 条，共 \(unit.records.count) 条；全部见“账目记录”。", "The last \(listed.count) of \(unit.records.count); all are under “Records”."))</p>"
            : ""
        return section(
            "records-head", say("这些数字来自哪些记录", "The records behind the figures"),
            table.html() + note)
    }

    func section(_ identifier: String, _ title: String, _ markup: String) -> String {
        """
        <section aria-labelledby="\(identifier)">
        <h2 id="\(identifier)">\(quoted(title))</h2>
        \(markup)
        </section>
        """
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefAudit
internal import ReliefModel

extension SitePages {
    /// The search by masked name or receipt code; without a script the list of notices.
    func searchPage() -> String {
        let title = say("查询", "Search")
        let path = Path.search
        let list = site.notices.reversed().map { notice in
            "<li>\(anchor(notice.notice.title(language), way(from: path, to: Path.notice(notice.seq))))"
                + "<small>\(quoted("\(notice.entry.from) – \(notice.entry.until)"))</small></li>"
        }
        let how = say(
            "输入发放凭条上的查询码，或户主姓名。姓名只在您的设备上与遮掩后的姓名比对，不会发送出去。",
            "Type the receipt code of a slip, or the name of a head of household. Names are compared "
                + "with the masked ones on your device only; nothing is sent.")
        let none = say(
            "没有找到。请核对查询码，或到村公示栏查看。", "Nothing found. Check the code, or look at the village board.")
        let found = say("找到 {n} 行：", "{n} rows:")
        let content = """
            <section id="search" aria-labelledby="search-head" hidden>
            <h2 id="search-head">\(say("查自己的一行", "Find your row"))</h2>
            <p>\(quoted(how))</p>
            <p><label for="search-text">\(say("查询码或姓名", "Receipt code or name"))</label>
            <input id="search-text" autocomplete="off" autocapitalize="off" spellcheck="false"></p>
            <div id="search-result" role="status" aria-live="polite" data-none="\(HTMLText.escaped(none))" data-found="\(HTMLText.escaped(found))"></div>
            </section>
            \(section("list-head", say("按公示查找", "By notice"), list.isEmpty ? "<p>\(say("账本中还没有公开记录。", "The ledger has no disclosure yet."))</p>" : "<ul class=\"cards\">\(list.joined(separator: "\n"))</ul>"))
            <script type="application/json" id="search-data">\(PageScripts.inert(searchData()))</script>
            """
        return page(
            path, title: title, kind: siteTitle, trail: [(title, nil)], content: content,
            scripts: [PageScripts.search])
    }

    /// Every payment: code, name as shown, places of village and page in their lists.
    private func searchData() -> String {
        var pages: [String] = []
        var places: [String] = []
        var placeIndex: [String: Int] = [:]
        var rows: [String] = []
        for notice in site.notices {
            let first = pages.count
            for part in 0..<notice.notice.partCount { pages.append(Path.notice(notice.seq, part)) }
            for (index, row) in notice.notice.rows.enumerated() {
                guard let code = row.code else { continue }
                let place = [
                    row.village ?? notice.notice.unitNames[row.row.unit] ?? "", row.group ?? "",
                ].filter { !$0.isEmpty }.joined(separator: " ")
                if placeIndex[place] == nil {
                    placeIndex[place] = places.count
                    places.append(place)
                }
                let page = first + index / DisclosureNotice.pageRowCount
                rows.append(
                    "[\"\(code)\",\(Self.json(row.name ?? "")),\(placeIndex[place] ?? 0),\(page)]")
            }
        }
        return
            "{\"list\":[\(rows.joined(separator: ","))],\"pages\":[\(pages.map(Self.json).joined(separator: ","))],\"places\":[\(places.map(Self.json).joined(separator: ","))]}"
    }

    private static func json(_ text: String) -> String {
        String(decoding: CanonicalJSON.encode(.string(text)), as: UTF8.self)
    }

    // MARK: - The feed

    /// An Atom feed (RFC 4287) of all disclosures, the newest first; ids and dates are the ledger's.
    func feed() -> String {
        let seal = site.seal
        let entries = site.notices.reversed().map { notice in
            let entry = notice.entry
            let summary = say(
                "\(entry.from) 至 \(entry.until)，\(entry.count) 条记录，发放和支出 \(notice.notice.amount.text()) 元",
                "\(entry.from) to \(entry.until), \(entry.count) records, payments and expenses "
                    + "\(notice.notice.amount.text()) yuan")
            return """
                <entry>
                <id>\(identifier("disclosure/\(notice.seq)"))</id>
                <title>\(XMLText.escaped(notice.notice.title(language)))</title>
                <updated>\(notice.seal.sealedAt)</updated>
                <link rel="alternate" type="text/html" href="\(Path.notice(notice.seq))"/>
                <summary>\(XMLText.escaped(summary))</summary>
                </entry>

                """
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="\(HTMLText.tag(language))">
            <id>\(identifier(language.rawValue))</id>
            <title>\(XMLText.escaped(siteTitle))</title>
            <updated>\(seal.sealedAt)</updated>
            <author><name>\(XMLText.escaped(site.units[site.units.top]?.name ?? seal.origin))</name></author>
            <link rel="alternate" type="text/html" href="\(Path.index)"/>
            <link rel="self" type="application/atom+xml" href="\(Path.feed)"/>
            \(entries.joined())</feed>

            """
    }

    /// A tag URI (RFC 4151) under the host of the ledger's origin, dated by its first posting.
    private func identifier(_ name: String) -> String {
        let parts = site.seal.origin.split(separator: "/", maxSplits: 1)
        let day = site.history.postings.first.map { BusinessDay.of($0.opened.header.at) }
        let path = parts.count > 1 ? "\(parts[1])/" : ""
        return "tag:\(parts.first ?? ""),\(day.map { "\($0)" } ?? "2020"):\(path)\(name)"
    }

    // MARK: - About

    /// Where every figure comes from, and what a reader can check.
    func aboutPage() -> String {
        let title = say("数据说明", "About the figures")
        let items = Self.methods.map { anchor, name, text in
            "<div id=\"\(anchor)\" class=\"long\"><dt><strong>\(quoted(name.text(language)))</strong></dt>"
                + "<dd>\(quoted(text.text(language)))</dd></div>"
        }
        let seal = site.seal
        let lines = [
            (say("账本", "ledger"), seal.origin), (say("账本指纹", "fingerprint"), seal.fingerprint),
            (say("记录条数与根", "records and root"), seal.expectation),
            (say("封签密钥指纹", "key fingerprint"), seal.keyFingerprint),
            (say("封存时间", "sealed at"), "\(seal.sealedAt)"),
        ].map { name, value in
            "<div><dt>\(quoted(name))</dt><dd class=\"digest\">\(quoted(value))</dd></div>"
        }
        let check = say(
            "任何人取得账本文件后，可用 relief-verify 逐条核对全部记录、封条和规则；每次公示的页面自带核验，也可用独立核验页。",
            "Whoever has the ledger's file can check every record, seal and rule with relief-verify; "
                + "each notice checks itself, or is checked with the standalone page.")
        return page(
            Path.about, title: title, kind: siteTitle, trail: [(title, nil)],
            content: section(
                "how-head", say("各项数字怎么算", "How the figures are computed"),
                "<dl class=\"facts\">\(items.joined(separator: "\n"))</dl>")
                + "\n"
                + section(
                    "seal-head", say("账本与封条", "Ledger and seal"),
                    "<p>\(quoted(check))</p>\n<dl class=\"statement\">\(lines.joined(separator: "\n"))</dl>"
                ))
    }

    private static let methods: [(String, Message, Message)] = [
        (
            "received", Message(zh: "到账（净）", en: "Received, net"),
            Message(
                zh: "上级下达和外来的资金，减去缴回、被收回和转出的；单位之间在本页范围内的往来互相抵消，不重复计算。",
                en:
                    "What was granted, allocated or came from elsewhere, less what was returned, recalled or "
                    + "moved away. What passes between units of the same page cancels out.")
        ),
        (
            "expended", Message(zh: "已发放、已支出", en: "Reached payees"),
            Message(
                zh: "银行答复代发成功的发放，加直接支出；退汇、冲正的减去。进度＝已发放、已支出 ÷ 到账（净）。",
                en:
                    "Payments that the bank has confirmed, and direct expenses, less what came back or was "
                    + "reversed. Progress is this, divided by what was received, net.")
        ),
        (
            "committed", Message(zh: "银行代发中", en: "At the bank"),
            Message(
                zh: "已记发放批次、银行尚未答复成功的。", en: "Sent to the bank with a batch and not confirmed yet.")
        ),
        (
            "available", Message(zh: "结余可用", en: "Left"),
            Message(
                zh: "到账后尚未发放、支出、转出的。", en: "Received, and neither spent nor passed on.")
        ),
        (
            "recoverable", Message(zh: "待追回", en: "To be recovered"),
            Message(
                zh: "认定应追回或违规支出、尚未收回的。", en: "Misused, or found to be owed back, and not back yet.")
        ),
        (
            "notice-total", Message(zh: "公示的合计", en: "Total of a notice"),
            Message(
                zh: "该单位及下级在所列期间的全部发放和直接支出之和，按记账金额计，不因后来的退汇、取消而改变。",
                en:
                    "All payments and direct expenses of the unit and those in it in the period, as recorded; "
                    + "what came back or was cancelled later does not change it.")
        ),
        (
            "persons", Message(zh: "个人信息", en: "Personal data"),
            Message(
                zh: "账本里没有姓名和证件号。网上版只列遮掩后的姓名或不列姓名；未满十四周岁的户主不逐户列出，只计入合计。",
                en:
                    "The ledger holds no names or numbers of persons. On the web names are masked or left "
                    + "out; children under 14 are shown to nobody singly, and count in the totals.")
        ),
    ]
}

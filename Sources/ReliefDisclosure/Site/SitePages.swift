// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefAudit
internal import ReliefModel
internal import Spreadsheet

/// The pages of a site in one language.
struct SitePages {
    let site: PublicSite
    let language: Language
    /// Where they are in the site: empty, or ending in a slash.
    let folder: String
    let twinFolder: String?

    /// Paths within the folder.
    enum Path {
        static let index = "index.html"
        static let search = "search.html"
        static let about = "about.html"
        static let feed = "feed.xml"
        static func unit(_ id: UnitID) -> String { "units/\(id).html" }
        static func records(_ page: Int) -> String { "records/\(page + 1).html" }
        static func notice(_ seq: Int, _ part: Int = 0) -> String {
            part == 0 ? "notices/\(seq).html" : "notices/\(seq)-\(part + 1).html"
        }
        static func file(_ seq: Int, _ ending: String) -> String { "notices/\(seq).\(ending)" }
    }

    func say(_ zh: String, _ en: String) -> String { language.say(zh, en) }
    func quoted(_ text: String) -> String { HTMLText.quoted(text, language) }

    /// The way from a page to another of this language.
    func way(from path: String, to target: String) -> String {
        String(repeating: "../", count: path.utf8.count { $0 == 0x2F }) + target
    }

    /// The way from a page to a file at the top of the site.
    func wayUp(from path: String, to target: String) -> String {
        way(from: folder + path, to: target)
    }

    func unitPath(_ id: UnitID) -> String {
        id == site.units.top ? Path.index : Path.unit(id)
    }

    func files() throws(WorkbookError) -> [LeakScan.File] {
        var files: [LeakScan.File] = []
        func add(_ path: String, _ text: String) { files.append((folder + path, Array(text.utf8))) }
        for unit in site.units.ordered { add(unitPath(unit.id), unitPage(unit)) }
        for page in 0..<site.records.pageCount { add(Path.records(page), recordsPage(page)) }
        add(Path.search, searchPage())
        add(Path.about, aboutPage())
        add(Path.feed, feed())
        for notice in site.notices {
            for part in 0..<notice.notice.partCount {
                add(Path.notice(notice.seq, part), noticePage(notice, part))
            }
            add(Path.file(notice.seq, "csv"), notice.notice.csv(language))
            let book = try notice.notice.workbook(language, state: notice.state).bytes()
            files.append((folder + Path.file(notice.seq, "xlsx"), book))
        }
        return files
    }

    /// The frame of a page of the site.
    func page(
        _ path: String, title: String, kind: String, trail: [PublicPage.Link] = [],
        lead: String = "", content: String, scripts: [String] = []
    ) -> String {
        PublicPage(
            language: language, title: title, kind: kind,
            trail: [(siteTitle, path == Path.index ? nil : way(from: path, to: Path.index))]
                + trail,
            menu: menu(path), twin: twin(path), feed: way(from: path, to: Path.feed),
            isIllustrative: site.seal.nature == .illustrative, lead: lead, content: content,
            state: state, scripts: scripts
        ).html()
    }

    var siteTitle: String { site.content.title ?? site.seal.title }

    func menu(_ path: String) -> [PublicPage.Link] {
        [
            (say("查询", "Search"), Path.search), (say("账目记录", "Records"), Path.records(0)),
            (say("数据说明", "About the figures"), Path.about),
        ].map { text, target in (text, path == target ? nil : way(from: path, to: target)) }
            + [(say("独立核验", "Checker"), wayUp(from: path, to: "check.html"))]
    }

    func twin(_ path: String) -> String? {
        twinFolder.map { wayUp(from: path, to: $0 + path) }
    }

    /// Which state of the ledger all figures are of.
    var state: String {
        say(
            "数据截至 \(BusinessDay.of(site.seal.sealedAt))：账本 \(site.seal.origin) 的前 \(site.seal.size) 条记录。",
            "As of \(BusinessDay.of(site.seal.sealedAt)): the first \(site.seal.size) records of the "
                + "ledger \(site.seal.origin).")
    }

    /// The ways down from the county to a unit.
    func trail(_ unit: UnitID, from path: String) -> [PublicPage.Link] {
        site.units.trail(unit).dropFirst().map { step in
            let target = unitPath(step.id)
            return (step.name, target == path ? nil : way(from: path, to: target))
        }
    }

    func anchor(_ text: String, _ address: String) -> String {
        "<a href=\"\(HTMLText.escaped(address))\">\(quoted(text))</a>"
    }

    /// A record's number, with the way to where it stands.
    func recordLink(_ seq: Int, from path: String) -> String {
        guard let page = site.records.page(of: seq) else { return "\(seq)" }
        return anchor("\(seq)", way(from: path, to: Path.records(page)) + "#r\(seq)")
    }

    // MARK: - Notices

    func noticePage(_ notice: SiteNotice, _ part: Int) -> String {
        let path = Path.notice(notice.seq, part)
        let round = say("第 \(notice.entry.round) 榜", "round \(notice.entry.round)")
        var place = NoticePage.Place()
        place.trail =
            [(siteTitle, way(from: path, to: Path.index))]
            + trail(notice.entry.unit, from: path) + [(round, nil)]
        place.menu = menu(path)
        place.twin = twin(path)
        place.feed = way(from: path, to: Path.feed)
        place.files = ["csv", "xlsx"].map { ending in
            (ending.uppercased(), way(from: path, to: Path.file(notice.seq, ending)))
        }
        place.checker = wayUp(from: path, to: "check.html")
        place.address = { way(from: path, to: Path.notice(notice.seq, $0)) }
        return NoticePage(notice.notice, seal: notice.seal, language: language)
            .html(part: part, proof: notice.web.proofs[part], in: place)
    }
}

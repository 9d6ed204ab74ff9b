// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefAudit
internal import ReliefDisclosure
internal import ReliefModel

/// How each township stands with public notice (公示), and the sheet that an inspector takes along.
struct NoticeTable {
    private struct Figures {
        var rosterCount = 0
        var postedCount = 0
        var households = 0
        var amount: Int128 = 0
        var noticeCount = 0
        var first: CivilDate?
        var last: CivilDate?
        var openObjectionCount = 0

        mutating func add(_ roster: RosterPosition) {
            rosterCount += 1
            households += roster.entry.count
            amount += Int128(roster.entry.amount)
            if !roster.notices.isEmpty { postedCount += 1 }
            for notice in roster.notices {
                noticeCount += 1
                first = min(first ?? notice.entry.date, notice.entry.date)
                last = max(last ?? notice.entry.until, notice.entry.until)
            }
            openObjectionCount += roster.objections.count { $0.end == nil }
        }
    }

    let examination: Examination
    let scope: BookScope
    let language: Language
    private let figures: [UnitID: Figures]
    /// Townships, and units above them with rosters or money of their own, in order.
    let places: [UnitID]

    init(_ examination: Examination, scope: BookScope, language: Language) {
        self.examination = examination
        self.scope = scope
        self.language = language
        let book = examination.history.book
        var figures: [UnitID: Figures] = [:]
        for roster in book.rosters where roster.replacedBy == nil {
            guard scope.shows(roster.entry.unit), scope.shows(grant: roster.entry.grant) else {
                continue
            }
            let place = book.township(of: roster.entry.unit) ?? roster.entry.unit
            figures[place, default: Figures()].add(roster)
        }
        self.figures = figures
        let holders = book.accounts.filter { account in
            scope.shows(account.unit) && scope.shows(grant: book.grants[account.grant].seq)
        }.map { book.township(of: $0.unit) ?? $0.unit }
        places = Set(holders + figures.keys).sorted()
    }

    func table() -> Table {
        var table = Table(
            title: Message(zh: "各乡镇公示情况", en: "Public notice, township by township"),
            columns: [
                Table.Column(Message(zh: "单位", en: "unit")),
                Table.Column(Message(zh: "代码", en: "code")),
                Table.Column(Message(zh: "现行花名册", en: "rosters in force"), .count),
                Table.Column(Message(zh: "其中已公示", en: "of these posted"), .count),
                Table.Column(Message(zh: "户数", en: "households"), .count),
                Table.Column(Message(zh: "金额", en: "amount"), .money),
                Table.Column(Message(zh: "公示次数", en: "notices"), .count),
                Table.Column(Message(zh: "首次张贴", en: "first posted"), .date),
                Table.Column(Message(zh: "最后到期", en: "last until"), .date),
                Table.Column(Message(zh: "未办结异议", en: "open objections"), .count),
                Table.Column(Message(zh: "未按公示要求支付（D01）", en: "paid against D01"), .count),
                Table.Column(Message(zh: "状态", en: "status")),
            ],
            notes: [
                Message(
                    zh: "账上有公示记录不等于公示牌确在现场，请用下一张检查表核实。",
                    en:
                        "A notice in the ledger is no board on a wall: the inspection table is for that."
                )
            ])
        for place in places {
            let figures = figures[place] ?? Figures()
            let late = examination.report.findings.count { finding in
                finding.rule == .d01 && finding.unit.map(place.contains) ?? false
                    && (finding.grant.map { scope.shows(grant: $0) } ?? true)
            }
            table.add([
                .text(examination.history.book.plainName(place)), .text(place.description),
                .count(figures.rosterCount), .count(figures.postedCount),
                .count(figures.households), .fen(figures.amount), .count(figures.noticeCount),
                figures.first.map(Table.Cell.date) ?? .empty,
                figures.last.map(Table.Cell.date) ?? .empty, .count(figures.openObjectionCount),
                .count(late), .text(status(figures)),
            ])
        }
        table.addTotal(language.say("合计", "total"), summing: [2, 3, 4, 5, 6, 9, 10])
        return table
    }

    private func status(_ figures: Figures) -> String {
        if figures.rosterCount == 0 { return language.say("账上没有花名册", "no roster recorded") }
        if figures.postedCount == 0 { return language.say("未公示", "not posted") }
        if figures.postedCount < figures.rosterCount {
            return language.say("部分公示", "posted in part")
        }
        return figures.openObjectionCount > 0
            ? language.say("已公示，异议未办结", "posted, objections open")
            : language.say("已公示", "posted")
    }

    /// What the ledger holds, beside empty columns for what an inspector sees on site.
    func inspection(_ evidence: EvidenceCount) -> Table {
        func blank(_ zh: String, _ en: String) -> Table.Column {
            Table.Column(
                Message(zh: "\(zh)【检查人填】", en: "\(en) [inspector fills in]"))
        }
        var table = Table(
            title: Message(zh: "现场检查表", en: "Inspection on site"),
            columns: [
                Table.Column(Message(zh: "单位", en: "unit")),
                Table.Column(Message(zh: "账载公示（附文件）", en: "notices (with files)")),
                blank("现场看到公示", "notice seen"),
                Table.Column(Message(zh: "账载会议（附文件）", en: "meetings (with files)")),
                blank("查阅会议记录", "minutes read"),
                Table.Column(Message(zh: "资金记录（附文件）", en: "money entries (with files)")),
                blank("查阅账目凭证", "books read"), blank("发现的问题", "what was found"),
                blank("检查人、日期", "inspector, date"),
            ])
        func text(_ tally: EvidenceCount.Tally?) -> Table.Cell {
            .text("\(tally?.count ?? 0) (\(tally?.filed ?? 0))")
        }
        for place in places {
            table.add([
                .text(examination.history.book.plainName(place)),
                text(evidence.noticesByPlace[place]), .empty,
                text(evidence.decisionsByPlace[place]), .empty,
                text(evidence.moneyByPlace[place]), .empty, .empty, .empty,
            ])
        }
        return table
    }
}

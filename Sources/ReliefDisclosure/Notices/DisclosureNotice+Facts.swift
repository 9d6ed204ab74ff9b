// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

extension DisclosureNotice {
    /// One line at the head of a notice.
    struct Fact {
        let name: String
        let value: String
        /// How many of four columns it takes.
        var width = 1
    }

    /// The lines at the head: the block that every government notice carries (索引号 … 公开方式), then
    /// what 公示 needs: where the money is from, how much, for how long, whom to call.
    func facts(_ language: Language) -> [Fact] {
        func fact(_ zh: String, _ en: String, _ value: String, width: Int = 1) -> Fact {
            Fact(name: language.say(zh, en), value: value, width: width)
        }
        return [
            fact("索引号", "index", index, width: 2), fact("发布机构", "published by", unitName),
            fact("文号", "document", entry.document?.number ?? language.say("无", "none")),
            fact("名称", "name", title(language), width: 4),
            fact("成文日期", "drawn up", "\(entry.document?.date ?? entry.date)"),
            fact("发布日期", "published", "\(entry.date)"),
            fact("有效性", "validity", language.say("有效", "in force")),
            fact("公开方式", "how", language.say("主动公开", "by the office itself")),
            fact(
                "款项期间", "money of",
                language.say("\(entry.from) 至 \(entry.until)", "\(entry.from) to \(entry.until)"),
                width: 2),
            fact("公示期", "on display", period(language), width: 2),
        ]
            + sources.map {
                fact("资金来源", "source of the money", words($0, language), width: 4)
            }
            + postings.map { fact("名册公示", "list announced", words($0, language), width: 4) }
    }

    /// What names the notice within the ledger: unit, first and last day, round.
    private var index: String { "\(entry.unit)/\(entry.from)/\(entry.until)/\(entry.round)" }

    /// From when to when it hangs.
    private func period(_ language: Language) -> String {
        guard let days = settings.days else {
            return language.say("自 \(entry.date) 起", "from \(entry.date) on")
        }
        let last = entry.date.advanced(by: days - 1)
        return language.say(
            "\(entry.date) 至 \(last)（共 \(days) 天）", "\(entry.date) to \(last) (\(days) days)")
    }

    private func words(_ source: Source, _ language: Language) -> String {
        let terms = source.terms
        let paper = [terms.document.number, terms.document.date?.description].compactMap { $0 }
        return [terms.source.name.text(language), terms.title]
            .joined(separator: " · ")
            + (paper.isEmpty
                ? ""
                : language.say("（", " (") + paper.joined(separator: language.say("，", ", "))
                    + language.say("）", ")"))
    }

    private func words(_ notice: NoticeEntry, _ language: Language) -> String {
        language.say(
            "第\(ChineseOrdinal.text(notice.round))榜 · \(notice.place) · \(notice.date) 至 \(notice.until)",
            "round \(notice.round) · \(notice.place) · \(notice.date) to \(notice.until)")
    }

    /// How to object.
    func objectionWords(_ language: Language) -> String {
        settings.objection
            ?? language.say(
                "对公示内容有异议的，可在公示期内向村（居）民委员会、村务监督委员会或发布机构提出，也可拨打监督电话；"
                    + "提出异议不收任何费用，受理单位应当调查并答复。",
                "Whoever objects may turn to the village committee, the village's supervision committee "
                    + "or the publishing office, or call the hotline, while the notice is on display. "
                    + "It costs nothing, and the office has to look into it and answer.")
    }

    /// What an edition shows and leaves out.
    func editionWords(_ language: Language) -> String {
        switch edition {
        case .board:
            language.say(
                "本榜供村内张贴，列户主姓名、村组、人数和金额；不含证件号、卡号、电话、住址和困难原因，不得上网。",
                "For the village board: heads of households, group, persons and amount. No numbers of "
                    + "persons or cards, no phones, addresses or reasons. Not for the web.")
        case .masked:
            language.say(
                "姓名只留首字，同名的以村组和查询码区分；查询码印在本人的发放凭条上。不含证件号、卡号、电话和住址。",
                "Of names the first character is shown; people of one name are told apart by group and "
                    + "receipt code, which is on everybody's own slip. No numbers, phones or addresses."
            )
        case .totals:
            language.say(
                "本版不列姓名，每笔以查询码标识；查询码印在本人的发放凭条上。",
                "No names: each payment stands under its receipt code, which is on everybody's own slip."
            )
        }
    }
}

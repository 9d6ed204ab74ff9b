// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
internal import ReliefAudit
internal import ReliefDisclosure
internal import ReliefModel
public import Spreadsheet

/// The tables of a yearly self-evaluation, drawn from a verified ledger.
public struct PerformanceReport: Sendable {
    /// One table with the name of its part.
    struct Part {
        let identifier: String
        let name: Message
        let table: Table
    }

    /// What it is drawn from.
    public let examination: Examination
    private let language: Language
    private let year: Int
    private let scope: BookScope
    private let programmes: ProgrammeFile?
    private let evidence: EvidenceCount

    /// Draws up a report.
    ///
    /// - Parameters:
    ///   - year: The budget year.
    ///   - unit: This unit with those below it; nil for all.
    ///   - programmes: The office's list of programmes, where there is one.
    /// - Returns: Nil for a broken ledger: its figures would be those of its beginning only.
    /// - Throws: When the records cannot be read again.
    public init?(
        _ examination: Examination, year: Int, unit: UnitID?, programmes: ProgrammeFile?,
        language: Language
    ) throws(LedgerReadError) {
        guard examination.ledger.integrity.isIntact else { return nil }
        self.examination = examination
        self.language = language
        self.year = year
        self.programmes = programmes
        scope = BookScope(unit: unit, year: year, in: examination.history.book)
        evidence = try EvidenceCount(examination.ledger, scope: scope)
    }

    /// Whether the ledger has a grant of the year.
    public var isEmpty: Bool { scope.grantSeqs.isEmpty }

    /// The parts in the order of the report.
    var parts: [Part] {
        let history = examination.history
        let lists = ProgrammeTables(file: programmes, language: language)
        let money = ReliefMoneyTable(history, scope: scope, language: language)
        let notices = NoticeTable(examination, scope: scope, language: language)
        let scores = SelfEvaluation(examination: examination, scope: scope, language: language)
        let agreements = AgreementTable(
            history: history, scope: scope, money: money, evidence: evidence, language: language)
        func part(_ identifier: String, _ zh: String, _ en: String, _ table: Table) -> Part {
            Part(identifier: identifier, name: Message(zh: zh, en: en), table: table)
        }
        return [
            part("programmes", "项目构成", "Programmes", lists.shares()),
            part("totals", "项目合计", "Totals", lists.crossFoot()),
            part("money", "救灾资金", "Relief money", money.table()),
            part(
                "execution", "执行与到位", "Execution",
                ExecutionBook(history, scope: scope).table(language)),
            part(
                "decisions", "集体研究", "Decisions",
                CollectiveBook.table(history, scope: scope, language: language)),
            part("agreements", "四个相符", "Agreements", agreements.table()),
            part(
                "violations", "违规检查", "Violations",
                TestedRules.table(examination, scope: scope, language: language)),
            part("notices", "公示", "Notices", notices.table()),
            part("inspection", "现场检查", "Inspection", notices.inspection(evidence)),
            part(
                "period", "期间", "Period",
                PeriodTable.table(history, scope: scope, year: year, language: language)),
            part("funds", "自评资金", "Scores funds", scores.funds()),
            part("indicators", "自评指标", "Scores", scores.indicators()),
        ]
    }

    private func say(_ zh: String, _ en: String) -> String { language.say(zh, en) }

    private var title: String {
        let unit = scope.unit ?? examination.ledger.genesis?.coverage
        let name = unit.map { examination.history.book.plainName($0) } ?? "–"
        return say("\(name) \(year) 年度", "\(name), \(year)")
    }

    private var kind: String { say("救灾资金绩效自评", "Relief money: performance self-evaluation") }

    /// The report as one self-contained page.
    public func html() -> String {
        let ledger = examination.ledger
        return ReportPage(
            language: language, kind: kind, title: title,
            verdict: (
                examination.report.verdict.text(language),
                examination.report.exitCode == 0 ? "good" : "violation"
            ),
            facts: [
                ReportPage.Fact(name: say("预算年度", "budget year"), value: String(year)),
                ReportPage.Fact(name: say("指标", "grants"), value: String(scope.grantSeqs.count)),
                ReportPage.Fact(name: say("时限截至", "clocks as of"), value: examination.asOfText),
                ReportPage.Fact(
                    name: say("账本指纹", "fingerprint"), value: ledger.fingerprint?.hex ?? "–",
                    isLong: true),
                ReportPage.Fact(
                    name: say("条数与根", "size and root"), value: examination.stateLine,
                    isLong: true),
            ],
            sections: parts.map { part in
                ReportPage.Section(
                    identifier: part.identifier, title: part.table.title.text(language),
                    content: part.table.html(
                        language, identifier: "t-\(part.identifier)", isTitleShown: false),
                    isWide: part.table.isWide)
            }, isIllustrative: examination.isIllustrative, state: examination.stateLine
        ).html()
    }

    /// The report as a workbook, one sheet a table.
    public func workbook() -> Workbook {
        SheetBinder(examination: examination, language: language).workbook(
            title: "\(kind) \(title)", parts.map { ($0.name, $0.table) })
    }

    /// The report as Markdown.
    public func markdown() -> String {
        var lines = ["# \(Table.line(kind)) – \(Table.line(title))", ""]
        if examination.isIllustrative {
            lines += ["**\(Table.line(Table.illustrative.text(language)))**", ""]
        }
        lines += [
            Table.line(examination.report.verdict.text(language)), "",
            "`\(examination.stateLine)`", "",
        ]
        return lines.joined(separator: "\n") + "\n"
            + parts.map { $0.table.markdown(language) }.joined(separator: "\n")
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import LedgerLog
internal import ReliefAudit
internal import ReliefDisclosure
internal import ReliefModel
public import Spreadsheet

extension ReconciliationReport {
    /// The report for a terminal or a file: verdict, sources, every comparison, the tables, the notes.
    public func text(_ language: Language) -> String {
        var blocks = [
            title.text(language) + "\n" + verdict.text(language) + "\n",
            sources.map { source in
                let role = source.role.text(language)
                let space = String(repeating: " ", count: max(0, 10 - TextWidth.of(role)))
                return "  \(role)\(space)  \(source.name.text(language))\n"
            }.joined(),
        ]
        if seal.nature == .illustrative {
            blocks.append(Self.illustrative.text(language) + "\n")
        }
        blocks += findings.map { $0.text(language) }
        blocks += tables.filter { !$0.rows.isEmpty }.map {
            $0.table(language).terminalText(language)
        }
        if !notes.isEmpty {
            blocks.append(notes.map { $0.text(language) + "\n" }.joined())
        }
        return blocks.joined(separator: "\n")
    }

    /// The report as one JSON document; figures are exact texts in the unit that the source uses.
    public func json(_ language: Language) -> String {
        ReportJSON.document(
            .object([
                ("reconciliation", .text(kind)),
                ("title", .text(title.text(language))),
                ("status", .text(count(.differs) > 0 ? "differs" : "agrees")),
                ("verdict", .text(verdict.text(language))),
                ("nature", .text(seal.nature.rawValue)),
                ("ledger", .text("\(seal.origin) \(seal.expectation)")),
                (
                    "sources",
                    .list(
                        sources.map { source in
                            .object([
                                ("role", .text(source.role.text(language))),
                                ("name", .text(source.name.text(language))),
                            ])
                        })
                ),
                (
                    "counts",
                    .object(
                        ReconciliationStatus.allCases.map {
                            ($0.rawValue, .integer(Int64(count($0))))
                        })
                ),
                ("findings", .list(findings.map { $0.json(language) })),
                ("tables", .list(tables.map { $0.table(language).json(language) })),
                ("notes", .list(notes.map { .text($0.text(language)) })),
            ]))
    }

    /// The comparisons as one sheet.
    public func workbook(_ language: Language) -> Workbook {
        var table = Table(
            title: title,
            columns: [
                Table.Column(zh: "结果", en: "result"), Table.Column(zh: "位置", en: "place"),
                Table.Column(zh: "项目", en: "subject"), Table.Column(zh: "所载", en: "stated"),
                Table.Column(zh: "核对值", en: "compared with"),
                Table.Column(zh: "相差", en: "difference"), Table.Column(zh: "说明", en: "finding"),
            ], notes: [verdict] + notes)
        for finding in findings {
            let lines = ([finding.message] + finding.details).map { $0.shown(language) }
            let texts: [String?] = [
                finding.status.word.text(language), finding.place?.text(language),
                finding.subject.shown(language), finding.stated, finding.computed,
                finding.difference, lines.joined(separator: "\n"),
            ]
            table.add(texts.map { Table.Cell($0) })
        }
        return table.workbook(language, unit: nil, seal: seal)
    }

    private static let illustrative = Message(
        zh: "示例账：不是真实资金。", en: "Illustrative: no real money.")
}

extension ReconciliationFinding {
    func text(_ language: Language) -> String {
        let head = [status.word.text(language), place?.text(language), subject.shown(language)]
        let lines = ([message] + details).map { "    " + $0.shown(language) + "\n" }
        return head.compactMap { $0 }.joined(separator: "  ") + "\n" + lines.joined()
    }

    func json(_ language: Language) -> ReportJSON.Value {
        .object([
            ("status", .text(status.rawValue)), ("check", .text(check)),
            ("place", place.map { .text($0.text(language)) }),
            ("subject", .text(subject.shown(language))),
            ("message", .text(message.shown(language))),
            (
                "details",
                details.isEmpty ? nil : .list(details.map { .text($0.shown(language)) })
            ),
            ("stated", stated.map { .text($0) }), ("computed", computed.map { .text($0) }),
            ("difference", difference.map { .text($0) }),
        ])
    }
}

extension Message {
    /// The wording without what looks like an identity, card or telephone number: what stands in
    /// other people's files must not come back in a report.
    fileprivate func shown(_ language: Language) -> String {
        PersonalDataScan.masked(text(language))
    }
}

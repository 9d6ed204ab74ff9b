// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefAudit
internal import ReliefDisclosure
internal import Spreadsheet

/// Binds tables of an examination into one workbook: verdict, nature and state on every sheet.
struct SheetBinder {
    let examination: Examination
    let language: Language

    func workbook(title: String, _ tables: [(name: Message, table: Table)]) -> Workbook {
        let ledger = examination.ledger
        let name = ledger.genesis?.title ?? "–"
        var heading = ["\(name)    \(examination.report.verdict.text(language))"]
        if examination.isIllustrative { heading.append(Table.illustrative.text(language)) }
        let sheets = tables.enumerated().map { index, part in
            var sheet = part.table.sheet(
                language, name: "\(index + 1) \(part.name.text(language))", heading: heading,
                foot: "\(ledger.genesis?.origin ?? "") \(ledger.size)")
            sheet.footLines =
                part.table.notes.map { $0.text(language) } + [
                    language.say("账本：\(examination.stateLine)", "Ledger: \(examination.stateLine)")
                ]
            return sheet
        }
        return Workbook(
            title: "\(title) – \(name)", created: ledger.recordedAt ?? Self.unknownTime,
            sheets: sheets)
    }

    /// What a workbook says of its making where no posting can be trusted: the first second that a
    /// workbook can name.
    private static var unknownTime: Timestamp {
        guard let time = Timestamp("1980-01-01T00:00:00Z") else {
            preconditionFailure("1980 is a year")
        }
        return time
    }
}

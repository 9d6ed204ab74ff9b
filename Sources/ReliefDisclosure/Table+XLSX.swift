// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import LedgerLog
internal import ReliefAudit
internal import ReliefModel
public import Spreadsheet

extension Table {
    /// The table as an .xlsx file: title, nature, headings, typed cells, totals in figures and
    /// capitals, notes, seal line and the line for signatures.
    ///
    /// The file is dated by the last seal: one state of a ledger gives the same bytes each time.
    ///
    /// - Parameters:
    ///   - unit: Who draws it up, for the line below the title.
    ///   - seal: The state of the ledger that it shows.
    ///   - spelled: The money column whose total is also said in capitals (大写).
    public func workbook(
        _ language: Language, unit: String?, seal: SealLine, spelled: Int? = nil
    ) -> Workbook {
        Workbook(
            title: title.text(language), created: seal.sealedAt,
            sheets: [sheet(language, unit: unit, seal: seal, spelled: spelled)])
    }

    /// The table as one sheet.
    func sheet(_ language: Language, unit: String?, seal: SealLine, spelled: Int?) -> Sheet {
        var sheet = sheet(
            language, name: Message(zh: "账表", en: "Table").text(language),
            heading: [heading(language, unit, seal)],
            foot: "\(seal.origin) \(seal.expectation.size)")
        if seal.nature == .illustrative {
            sheet.titleLines.append(Self.illustrative.text(language))
        }
        if let spelled, let line = spelling(spelled, language) { sheet.footLines.append(line) }
        sheet.footLines += notes.map { $0.text(language) }
        sheet.footLines += Self.sealLines(seal, language)
        return sheet
    }

    /// The table as one sheet among others: title, lines below it, headings, typed cells, totals.
    ///
    /// - Parameters:
    ///   - name: The tab's.
    ///   - heading: Lines between title and headings.
    ///   - foot: What stands at the foot of each printed page.
    public func sheet(
        _ language: Language, name: String, heading: [String], foot: String
    ) -> Sheet {
        let columns = columns.indices.map { sheetColumn($0, language) }
        let width = columns.dropLast(unprintedColumnCount).reduce(0) { $0 + $1.width }
        var sheet = Sheet(
            name: name, titleLines: [title.text(language)] + heading, columns: columns,
            page: Sheet.Page(
                paper: width > 190 ? .a3 : .a4, isLandscape: width > 90, foot: foot,
                language: language))
        sheet.unprintedColumnCount = unprintedColumnCount
        sheet.rows = rows.map { $0.map(sheetCell) }
        sheet.total = total.map { $0.map(sheetCell) }
        return sheet
    }

    /// Printed on everything that shows made-up figures.
    public static let illustrative = Message(
        zh: "示例（illustrative）：不是真实资金", en: "Illustrative: no real money")

    /// Who, as of which record, in which unit of money.
    private func heading(_ language: Language, _ unit: String?, _ seal: SealLine) -> String {
        let state = Message(
            zh: "截至第 \(seal.expectation.size - 1) 条（\(BusinessDay.of(seal.sealedAt))）",
            en: "as of record \(seal.expectation.size - 1) (\(BusinessDay.of(seal.sealedAt)))"
        ).text(language)
        let money = Message(
            zh: "金额单位：\(moneyUnit.name.zh)", en: "amounts in \(moneyUnit.name.en)"
        ).text(language)
        let who = unit.map { Message(zh: "单位：\($0)", en: "unit: \($0)").text(language) }
        return [who, state, money].compactMap { $0 }.joined(separator: "    ")
    }

    static func sealLines(_ seal: SealLine, _ language: Language) -> [String] {
        [
            Message(
                zh: "账本：\(seal.title)（\(seal.origin)）  指纹 \(seal.fingerprint)",
                en: "Ledger: \(seal.title) (\(seal.origin)), fingerprint \(seal.fingerprint)"),
            Message(
                zh: "封条：第 \(seal.sealSeq) 条  密钥 \(seal.key)  密钥指纹 \(seal.keyFingerprint)",
                en: "Seal: record \(seal.sealSeq), key \(seal.key), key fingerprint "
                    + seal.keyFingerprint),
            Message(
                zh: "核验：relief-verify 账本 --expect \(seal.expectation)",
                en: "Check with: relief-verify LEDGER --expect \(seal.expectation)"),
            Message(
                zh: "制表：              复核：              负责人（盖章）：                      年    月    日",
                en:
                    "Prepared by:              Checked by:              Approved by (seal):              "
                    + "Date:"),
        ].map { $0.text(language) }
    }

    /// The total of a column in capitals, where there is a spelling.
    private func spelling(_ column: Int, _ language: Language) -> String? {
        guard let total, case .sum(let sum) = total[column], let money = try? sum.money(),
            let text = ChineseNumeral.text(money)
        else { return nil }
        let name = columns[column].header
        return Message(zh: "合计大写（\(name.zh)）：\(text)", en: "Total \(name.en) in words: \(text)")
            .text(language)
    }

    private func sheetColumn(_ index: Int, _ language: Language) -> Sheet.Column {
        let column = columns[index]
        let name = column.header.text(language)
        let cells = rows.map { $0[index] } + (total.map { [$0[index]] } ?? [])
        let longest = cells.reduce(0) { max($0, TextWidth.of(plain($1))) }
        // A heading may take two lines, a text as many as it needs.
        let head = (TextWidth.of(name) + 1) / 2 + 2
        // A pseudonym fits on one line; a digest takes three.
        let isUnprinted = index >= columns.count - unprintedColumnCount
        let isWide = columns.count - unprintedColumnCount > 20
        let limit = isUnprinted ? 70 : isWide ? 16 : longest <= 38 ? 40 : 26
        return Sheet.Column(
            name, kind(of: column.kind, cells), width: min(max(head, longest + 2, 7), limit))
    }

    private func kind(of kind: Kind, _ cells: [Cell]) -> Sheet.Kind {
        switch kind {
        case .text: .text
        case .money: .amount(decimals: decimals(cells))
        case .count: .count
        case .seq: .number
        case .date: .date
        case .percent: .percent
        }
    }

    /// Decimals that show every fen of a column: two of yuan, as many as needed of 万元.
    private func decimals(_ cells: [Cell]) -> Int {
        guard moneyUnit == .wanYuan else { return moneyUnit.decimals }
        var needed = 2
        for cell in cells {
            let text = plain(cell)
            guard let point = text.utf8.lastIndex(of: 0x2E) else { continue }
            needed = max(needed, text.utf8.distance(from: point, to: text.utf8.endIndex) - 1)
        }
        return needed
    }

    private func sheetCell(_ cell: Cell) -> Sheet.Cell {
        switch cell {
        case .empty: .empty
        case .text(let text): .text(text)
        case .money(let amount): .number(units: amount.fen, decimals: moneyUnit.decimals)
        case .sum(let sum):
            Int64(exactly: sum.fen).map { .number(units: $0, decimals: moneyUnit.decimals) }
                ?? .text(plain(cell))
        case .count(let number), .seq(let number): .count(number)
        case .date(let date): .date(date)
        case .percent(let percentage): .number(units: percentage.hundredths, decimals: 4)
        }
    }

    private func plain(_ cell: Cell) -> String {
        switch cell {
        case .empty: ""
        case .text(let text): text
        case .money(let amount): amount.text(in: moneyUnit)
        case .sum(let sum): sum.text(in: moneyUnit)
        case .count(let number), .seq(let number): String(number)
        case .date(let date): date.description
        case .percent(let percentage): percentage.description
        }
    }
}

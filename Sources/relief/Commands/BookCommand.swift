// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel
import Spreadsheet

/// `relief book`: the ledger as the tables that an office keeps.
struct BookCommand: ParsableCommand {
    /// What a book is written as.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case table, csv, json, xlsx
    }

    static var configuration: CommandConfiguration {
        relief.configuration(
            "book", "账表：台账、余额、执行率、集体研究、发放汇总等。",
            "Books: register, balances, execution, decisions, payments and summaries.",
            discussion: (
                """
                名称见 relief book --list；all 将全部账表写入 --out 目录（每种 .xlsx 和 .csv）。
                xlsx 为 A4（宽表为 A3）打印格式，含合计大写、性质、封条和签字栏。每张表先与账面余额勾稽，不符则不出表。
                执行率或到位率低于 90% 的行须说明原因：--reasons 给出列为 单位、指标、原因 的 CSV；缺少的在标准错误列出，\
                并在表中标明，不会自动编写。
                """,
                """
                For names see relief book --list; all writes every book into the folder --out, each as \
                .xlsx and .csv.
                An xlsx is laid out for A4 (wide books for A3) with totals in words, nature, seal and a \
                line for signatures. Every book is held against the balances first, or not written.
                Rows under 90 % received or expended need a reason: --reasons takes a CSV with the \
                columns unit, grant, reason; missing ones are listed on standard error and marked in \
                the book, never made up.
                """
            ))
    }

    @Argument(help: help("账表名称，或 all。", "The book's name, or all.", "name"))
    var name: String?

    @Flag(help: help("列出账表名称。", "List the names of the books."))
    var list = false

    @Option(help: help("只看此单位及其下级。", "This unit and those below only.", "unit"))
    var unit: String?

    @Option(help: help("只看一笔指标：序号或唯一的文号。", "One grant only, by seq or document number.", "grant"))
    var grant: String?

    @Option(help: help("只看此预算年度的指标。", "Grants of this budget year only.", "year"))
    var year: Int?

    @Option(help: help("payments 的批次：序号。", "The batch of the book payments, by seq.", "seq"))
    var batch: Int?

    @Option(
        help: help(
            "低于 90% 的原因：CSV 文件，列为 单位、指标、原因。",
            "Why rows are under 90 %: a CSV file of unit, grant, reason.", "file"))
    var reasons: String?

    @Option(
        help: help(
            "格式：table、csv、json、xlsx；默认 table，--out 以扩展名定。",
            "table, csv, json or xlsx; by default table, or what --out ends in.", "format"))
    var format: Format?

    @Option(
        help: help(
            "写入此文件（all 为目录），不覆盖。", "Write this file, or for all this folder; never over another.",
            "file"))
    var out: String?

    @OptionGroup var ledger: LedgerOptions

    func validate() throws {
        guard !list else { return }
        let names = BookName.allCases.map(\.rawValue).joined(separator: say("、", ", "))
        guard let name, name == "all" || BookName(rawValue: name) != nil else {
            throw ValidationError(
                say("应写账表名称：\(names) 或 all", "expected the name of a book: \(names) or all"))
        }
        guard name == "all" || (name == "payments") == (batch != nil) else {
            throw ValidationError(
                say("--batch 与 payments 须一起使用", "--batch and the book payments go together"))
        }
        if name == "all" {
            guard out != nil, batch == nil, format == nil else {
                throw ValidationError(
                    say(
                        "all 须写 --out 目录，不写 --batch 和 --format",
                        "all needs the folder --out, and takes neither --batch nor --format"))
            }
        } else if chosen == .xlsx, out == nil {
            throw ValidationError(
                say("xlsx 须写 --out 文件", "xlsx needs the file --out"))
        }
    }

    /// The format asked for, or that the file's name says.
    private var chosen: Format {
        format ?? Format.allCases.first { candidate in
            out?.lowercased().hasSuffix("." + candidate.rawValue) ?? false
        } ?? .table
    }

    func run() throws {
        if list {
            for name in BookName.allCases {
                let space = String(repeating: " ", count: 12 - name.rawValue.utf8.count)
                Terminal.show(name.rawValue + space + name.title.said + "\n")
            }
            return
        }
        let open = try ledger.open("book", folding: BookHistory())
        let shelf = try BookShelf(
            open.ledger, unit: unit, grant: grant, year: year, reasons: reasons)
        guard let name, let book = BookName(rawValue: name) else { return try all(shelf) }
        let table = try shelf.table(book, batch: batch)
        try write(table, book, shelf)
        if book == .execution { shelf.complainOfReasons() }
    }

    private func write(_ table: Table, _ book: BookName, _ shelf: BookShelf) throws {
        let text: String
        switch chosen {
        case .xlsx:
            guard let out else { return }
            try shelf.writeWorkbook(table, book, to: out)
            return Terminal.show(
                say("\(out)：\(table.rows.count) 行\n", "\(out): \(table.rows.count) rows\n"))
        case .table:
            var shown = book == .register ? table.droppingEmptyColumns().table : table
            if table.rows.isEmpty { shown = table }
            if let note = shelf.natureNote { shown.notes.append(note) }
            text = shown.terminalText(CommandLanguage.current)
        case .csv: text = table.csv(CommandLanguage.current, byteOrderMark: out != nil)
        case .json: text = shelf.json(table, book)
        }
        if let out {
            try InputFile.create(out, text)
            Terminal.show(
                say("\(out)：\(table.rows.count) 行\n", "\(out): \(table.rows.count) rows\n"))
        } else {
            Terminal.show(text)
        }
        // A CSV is rows alone: nothing in it says that its figures are made up.
        if chosen == .csv { shelf.complainOfNature() }
    }

    /// Every book, and the payments of every batch, as .xlsx and .csv.
    private func all(_ shelf: BookShelf) throws {
        guard let out else { return }
        var files: [(name: String, bytes: [UInt8])] = []
        func add(_ name: String, _ book: BookName, _ table: Table) throws(CommandFailure) {
            files.append((name + ".xlsx", try shelf.workbook(table, book)))
            files.append(
                (name + ".csv", Array(table.csv(CommandLanguage.current, byteOrderMark: true).utf8))
            )
        }
        for book in BookName.allCases where book != .payments {
            try add(book.rawValue, book, try shelf.table(book))
        }
        for batch in shelf.batches {
            try add("payments-\(batch)", .payments, try shelf.table(.payments, batch: batch))
        }
        try InputFile.createAll(files, in: out)
        for file in files { Terminal.show("\(out)/\(file.name)\n") }
        shelf.complainOfNature()
        shelf.complainOfReasons()
    }
}

// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefAudit
import ReliefDisclosure
import ReliefModel
import Spreadsheet

/// The books of one ledger, in one scope, as a command hands them out.
struct BookShelf {
    private let ledger: VerifiedLedger<BookHistory>
    private let scope: BookScope
    private let seal: SealLine
    private let execution: ExecutionBook
    private let reasons: [ExecutionBook.Key: String]

    init(
        _ ledger: VerifiedLedger<BookHistory>, unit: String?, grant: String?, year: Int?,
        reasons: String?
    ) throws(CommandFailure) {
        self.ledger = ledger
        let book = ledger.fold.book
        let selection = Selection(book)
        guard let seal = SealLine(ledger) else {
            throw CommandFailure(
                .incomplete, zh: "账本还没有封存的记录，没有可列的账表",
                en: "the ledger has no sealed posting: there is nothing to show")
        }
        self.seal = seal
        scope = BookScope(
            unit: try unit.map { text throws(CommandFailure) in try selection.unit(text) },
            grant: try grant.map { text throws(CommandFailure) in try selection.grant(text) },
            year: year, in: book)
        guard !scope.grantSeqs.isEmpty || book.grants.isEmpty else {
            throw CommandFailure(
                .usage, zh: "没有符合 --grant 和 --year 的指标；请核对",
                en: "no grant fits --grant and --year; check them")
        }
        execution = ExecutionBook(ledger.fold, scope: scope)
        self.reasons =
            try reasons.map { path throws(CommandFailure) in
                try ReasonFile(path, selection: selection).reasons
            } ?? [:]
    }

    var natureNote: Message? { ledger.natureNote }

    /// The batches in the scope, by seq.
    var batches: [Int] {
        ledger.fold.records.compactMap { record in
            guard case .batch(let batch) = record.entry, scope.shows(batch.spending.unit),
                scope.shows(grant: batch.spending.grant)
            else { return nil }
            return record.seq
        }
    }

    /// A book.
    func table(_ name: BookName, batch: Int? = nil) throws(CommandFailure) -> Table {
        let language = CommandLanguage.current
        let history = ledger.fold
        switch name {
        case .register: return try Self.register(ledger, scope: scope)
        case .balances:
            return BalanceTable(
                book: history.book, grants: scope.grantSeqs, subtree: scope.unit, unit: .yuan
            ).table(asRows: true)
        case .execution: return execution.table(language, reasons: reasons)
        case .collective:
            return CollectiveBook.table(history, scope: scope, language: language)
        case .villages: return VillageBook.table(history, scope: scope, language: language)
        case .purposes: return PurposeBook.table(history, scope: scope, language: language)
        case .payments:
            guard let batch else { break }
            let table = try withReading { () throws(LedgerReadError) in
                try PaymentsBook.table(ledger, batch: batch, language: language)
            }
            if let table { return table }
        }
        let known = batches.map(String.init).joined(separator: say("、", ", "))
        throw CommandFailure(
            .usage,
            zh: "--batch：第 \(batch ?? 0) 条不是发放批次；本账的批次：\(known.isEmpty ? "无" : known)",
            en: "--batch: record \(batch ?? 0) is no batch; the ledger's batches: "
                + (known.isEmpty ? "none" : known))
    }

    /// The register.
    static func register(
        _ ledger: VerifiedLedger<BookHistory>, scope: BookScope, from: CivilDate? = nil,
        to: CivilDate? = nil
    ) throws(CommandFailure) -> Table {
        let register = try withReading { () throws(LedgerReadError) in
            try RegisterBook(
                ledger, scope: scope, from: from, to: to, language: CommandLanguage.current)
        }
        guard let register else { preconditionFailure("a session's ledger has a genesis record") }
        do throws(OpenSSLError) {
            return try register.table()
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The rows under 90 % for which nobody has stated a reason.
    func complainOfReasons() {
        for key in execution.asking where reasons[key] == nil {
            Terminal.complain(Complaint(execution.complaint(key)).text(Complaint.warning))
        }
    }

    /// Says on standard error that the figures are made up, where they are.
    func complainOfNature() {
        if let note = natureNote { Terminal.complain(Complaint(note).text(Complaint.notice)) }
    }

    /// The .xlsx file of a book.
    func workbook(_ table: Table, _ name: BookName) throws(CommandFailure) -> [UInt8] {
        try withWorkbookErrors { () throws(WorkbookError) in try described(table, name).bytes() }
    }

    /// Writes the .xlsx file of a book, never over another.
    func writeWorkbook(_ table: Table, _ name: BookName, to path: String) throws(CommandFailure) {
        try withWorkbookErrors { () throws(WorkbookError) in
            try described(table, name).write(to: path, isPrivate: false)
        }
    }

    /// The book as one JSON document.
    func json(_ table: Table, _ name: BookName) -> String {
        ReportJSON.document(
            .object([
                ("format", .text("relief-ledger/book/v1")), ("book", .text(name.rawValue)),
                ("nature", .text(seal.nature.rawValue)), ("origin", .text(seal.origin)),
                ("fingerprint", .text(seal.fingerprint)),
                ("size", .integer(Int64(seal.expectation.size))),
                ("root", .text(seal.expectation.root.base64)),
                ("table", table.json(CommandLanguage.current)),
            ]))
    }

    private func described(_ table: Table, _ name: BookName) -> Workbook {
        let unit = scope.unit ?? ledger.founding.coverage
        var shown = table
        if name == .register, !table.rows.isEmpty {
            let (kept, dropped) = table.droppingEmptyColumns()
            shown = kept
            if let note = Table.note(ofDropped: dropped) { shown.notes.append(note) }
        }
        return shown.workbook(
            CommandLanguage.current, unit: ledger.fold.book.name(unit), seal: seal,
            spelled: name.spelledColumn)
    }
}

extension BalanceTable {
    /// Balances in the run's language.
    init(book: FundBook, grants: Set<Int>, subtree: UnitID?, unit: MoneyUnit) {
        self.init(
            book: book, grants: grants, subtree: subtree, unit: unit,
            language: CommandLanguage.current)
    }
}

extension Table {
    /// Says which columns are left out because nothing is in them.
    static func note(ofDropped columns: [Message]) -> Message? {
        columns.isEmpty
            ? nil
            : Message(
                zh: "尚无内容的列：" + columns.map(\.zh).joined(separator: "、"),
                en: "Columns without content so far: " + columns.map(\.en).joined(separator: ", "))
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import Glibc
import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefDisclosure
import ReliefModel

/// `relief export`: the open data of any ledger, by anybody who has the file.
struct ExportCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "export", "导出开放数据：任何人、任何账本均可，不记账。",
            "Write open data of any ledger; anybody may, and nothing is recorded.",
            discussion: (
                """
                在 --out 目录写入 rows.csv、代码表、Frictionless、CSVW、财政数据包（Fiscal Data Package）和 IATI 2.03 描述、\
                中英文说明及 SHA256SUMS（从不覆盖）。只读账本，先核验，被改动的账本不导出；同一账本、同样的参数，每次导出的字节相同。
                与 relief disclose 不同：账本中没有相应的公开记录，也没有 proof.json，须有账本才能核对。
                """,
                """
                Writes into --out, never over others: rows.csv, its tables of codes, their Frictionless, \
                CSVW, Fiscal Data Package and IATI 2.03 descriptions, a README in Chinese and English, \
                and SHA256SUMS. The ledger is only read, and verified first: a broken one is not \
                exported. The same ledger and options give the same bytes.
                Unlike relief disclose, no entry of the ledger stands for it and there is no \
                proof.json: to check it takes the ledger.
                """
            ))
    }

    @Option(
        help: help(
            "单位代码或名称，含下级；默认为账本所覆盖的全部单位。",
            "The unit, by code or name, with those below; by default all that the ledger covers.",
            "unit"))
    var unit: String?

    @Option(help: help("业务日期自。", "First business date.", "date"))
    var from: String?

    @Option(help: help("业务日期至。", "Last business date.", "date"))
    var until: String?

    @Option(help: help("写入的目录；没有则建立。", "Folder to write into; made where missing.", "folder"))
    var out: String

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var verification: VerificationOptions

    func validate() throws {
        let days = try [("--from", from), ("--until", until)].map { option, text in
            guard let text else { return CivilDate?.none }
            guard let date = CivilDate(text) else {
                throw ValidationError(
                    say(
                        "\(option) 应为 年-月-日（如 2026-11-23），实为 \(text)",
                        "\(option) must be a date such as 2026-11-23, not \(text)"))
            }
            return date
        }
        if let first = days[0], let last = days[1], last < first {
            throw ValidationError(
                say("--until 早于 --from", "--until is before --from"))
        }
    }

    func run() throws {
        let verified = try read()
        let book = verified.fold.book
        let id = try unit.map { text throws(CommandFailure) in
            try Selection(book).unit(text)
        }
        let scope = OpenDataScope(
            unit: id ?? verified.founding.coverage, from: from.flatMap { CivilDate($0) },
            until: until.flatMap { CivilDate($0) })
        let (files, lineCount) = try Self.files(verified, scope)
        let contents = files.map { (name: $0.name, bytes: $0.bytes) }
        try LeakScan(keys: verified.enrolledKeys).require(contents)
        try InputFile.createAll(contents, in: out)
        for file in files { Terminal.show("\(out)/\(file.name)\n") }
        Terminal.show(
            say("rows.csv：\(lineCount) 行\n", "rows.csv: \(lineCount) lines\n"))
        if let note = verified.natureNote {
            Terminal.complain(Complaint(note).text(Complaint.notice))
        }
    }

    /// The verified ledger; a folder that nobody but its readers ever opened will do.
    private func read() throws(CommandFailure) -> VerifiedLedger<BookHistory> {
        let path = ledger.path
        let verified = try withReading { () throws(LedgerReadError) in
            try UnverifiedLedger(path: path).verify(
                folding: BookHistory(), expecting: verification.expectations,
                threadCount: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        }
        guard verified.integrity.isIntact else {
            throw CommandFailure(
                .broken, zh: "账本被改动或损坏，不导出；请运行 relief-verify 查看",
                en: "the ledger is broken and not exported; see relief-verify")
        }
        return verified
    }

    private static func files(
        _ ledger: VerifiedLedger<BookHistory>, _ scope: OpenDataScope
    ) throws(CommandFailure) -> (files: [PackageFile], lineCount: Int) {
        let data = try openData(of: ledger, scope, isDisclosed: false)
        let package = DisclosurePackage(data.packageFiles)
        return (package.all(with: []), data.lineCount)
    }
}

/// Draws up open data; what can go wrong is of the file or the system.
func openData(
    of ledger: VerifiedLedger<BookHistory>, _ scope: OpenDataScope, isDisclosed: Bool
) throws(CommandFailure) -> OpenData {
    do throws(OpenDataError) {
        return try OpenData(ledger, scope, isDisclosed: isDisclosed)
    } catch {
        switch error {
        case .reading(let error):
            return try withReading { () throws(LedgerReadError) in throw error }
        case .hashing(let error): throw CommandFailure(error)
        case .nothingSealed:
            throw CommandFailure(
                .incomplete, zh: "账本还没有封存的记录，没有可导出的内容",
                en: "the ledger has no sealed posting: there is nothing to export")
        }
    }
}

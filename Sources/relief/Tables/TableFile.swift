// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import FoundationEssentials
import LedgerCrypto
import LedgerFormat
import Spreadsheet

/// A file with a table, .xlsx or CSV, as a command was given it.
struct TableFile: Sendable {
    let path: String
    /// SHA-256 of the file.
    let digest: Digest
    let sheets: [SourceSheet]

    /// Reads the file; unless `quietly`, says on standard error what the officer should know of it.
    init(_ path: String, quietly: Bool = false) throws(CommandFailure) {
        self.path = path
        let bytes = try InputFile.read(path)
        digest = try Self.digest(of: bytes)
        let file: SpreadsheetFile
        do throws(SpreadsheetError) {
            file = try SpreadsheetFile(bytes, name: path)
        } catch {
            throw CommandFailure(
                .usage,
                error.faults.map {
                    Complaint(zh: "\(path)：\($0.message.zh)", en: "\(path): \($0.message.en)")
                })
        }
        sheets = file.sheets
        if quietly { return }
        if file.encoding == .gb18030 {
            Self.note(
                zh: "\(path)：不是 UTF-8，按 GB18030（GBK）编码读取",
                en: "\(path): not UTF-8; read as GB18030 (GBK)")
        }
        if Self.isOpenElsewhere(path) {
            Self.note(
                zh: "\(path)：似乎正在 Excel 或 WPS 中打开，尚未保存的修改不会读到；如有修改，请保存后重新导入",
                en: "\(path): seems to be open in a spreadsheet program; changes not saved yet are "
                    + "not read; save them first")
        }
    }

    /// SHA-256 of bytes.
    static func digest(of bytes: [UInt8]) throws(CommandFailure) -> Digest {
        do throws(OpenSSLError) {
            var hasher = try Hasher(suite: .sha256Ed25519)
            return hasher.digest(bytes.span)
        } catch {
            throw CommandFailure(error)
        }
    }

    private static func note(zh: String, en: String) {
        Terminal.complain(Complaint(zh: zh, en: en).text(Complaint.notice))
    }

    /// Whether there is a lock file of Excel, WPS or LibreOffice beside the file.
    private static func isOpenElsewhere(_ path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let folder = String(path.dropLast(name.count))
        return ["~$\(name)", ".~\(name)", ".~lock.\(name)#"].contains {
            FileManager.default.fileExists(atPath: folder + $0)
        }
    }

    /// The sheet with the table: the named one, else the only visible one that has its header.
    func sheet<Column: TableColumn>(
        _ name: String?, required: [Column]
    ) throws(CommandFailure) -> SourceSheet {
        let visible = sheets.filter { !$0.isHidden }
        if let name {
            if let sheet = sheets.first(where: { $0.name == name }) { return sheet }
            throw CommandFailure(
                .usage, zh: "--sheet：\(path) 没有工作表“\(name)”，应为 \(Self.list(sheets)) 之一；请改正",
                en:
                    "--sheet: \(path) has no sheet “\(name)”, expected one of \(Self.list(sheets)); "
                    + "correct it")
        }
        if visible.count == 1 { return visible[0] }
        let found = visible.filter {
            let table = SheetTable<Column>.matchCount($0, required: required)
            return table >= max(2, required.count)
        }
        let whole = found.filter { sheet in
            let table = SheetTable<Column>(sheet, required: required, quoting: false)
            return required.allSatisfy { table.has($0) }
        }
        let candidates = whole.isEmpty ? found : whole
        if candidates.count == 1 { return candidates[0] }
        if candidates.isEmpty {
            throw CommandFailure(
                .usage, zh: "\(path)：各工作表（\(Self.list(visible))）都没有认得的表头；请核对文件，或用 --sheet 指定",
                en:
                    "\(path): no sheet has a header that is known (\(Self.list(visible))); check the "
                    + "file, or name the sheet with --sheet")
        }
        throw CommandFailure(
            .usage,
            zh:
                "\(path)：有 \(candidates.count) 张工作表像是要导入的表：\(Self.list(candidates))；请用 --sheet 指定一张",
            en:
                "\(path): \(candidates.count) sheets may be meant: \(Self.list(candidates)); name one "
                + "with --sheet")
    }

    private static func list(_ sheets: [SourceSheet]) -> String {
        sheets.map { "“\($0.name ?? "")”" + ($0.isHidden ? say("（隐藏）", " (hidden)") : "") }
            .joined(separator: say("、", ", "))
    }
}

/// Which sheet of a file to read, and where to report its faults.
struct TableOptions: ParsableArguments {
    @Option(help: help("工作表名；工作簿有多张表时用。", "The sheet, where a workbook has several.", "name"))
    var sheet: String?

    @Option(
        help: help(
            "有错误时，另存一份标出错误的表格（.xlsx，不覆盖已有文件）。",
            "Where there are mistakes, write the table with each of them marked (.xlsx, a new file).",
            "file"))
    var errors: String?

    func validate() throws {
        guard let errors, !errors.lowercased().hasSuffix(".xlsx") else { return }
        throw ValidationError(
            say(
                "--errors 应为 .xlsx 文件，实为 \(errors)", "--errors must be an .xlsx file, not \(errors)"
            ))
    }
}

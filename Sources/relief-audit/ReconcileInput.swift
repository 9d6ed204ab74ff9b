// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import FoundationEssentials
import LedgerFormat
import LedgerLog
import ReliefDisclosure
import ReliefReconciliation
import Spreadsheet

/// What a reconciliation reads, and how it says what is wrong with it.
enum Reconcile {
    /// Verifies a ledger; ends the command where it cannot be read or is not intact.
    static func verified(_ path: String) throws -> VerifiedLedger<BookHistory> {
        let ledger = try ExaminedLedger(path: path).verified
        guard ledger.integrity.isIntact else {
            let trusted = ledger.integrity.trustedThrough
            let count = ledger.integrity.faults.count
            Complaint.write(
                Message(
                    zh: "\(path)：账本被改动或损坏（\(count) 处），"
                        + (trusted < 0 ? "没有可信的记录" : "只有至第 \(trusted) 条为止可信")
                        + "；未作任何核对。详情：relief-verify \(path)",
                    en: "\(path): the ledger is broken (\(count) fault\(count == 1 ? "" : "s")), "
                        + (trusted < 0
                            ? "no record can be trusted" : "trusted through seq \(trusted)")
                        + "; nothing was reconciled. See relief-verify \(path)"))
            throw ExitCode(2)
        }
        return ledger
    }

    /// Runs what reads a ledger again.
    static func reading<Value>(_ body: () throws(LedgerReadError) -> Value) throws -> Value {
        do throws(LedgerReadError) {
            return try body()
        } catch {
            throw Complaint.unreadable(error)
        }
    }

    /// Every regular file below a folder, digested; links are not followed.
    static func files(below folder: String) throws -> [VoucherFile] {
        var files: [VoucherFile] = []
        do {
            for path in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
                let full = folder + "/" + path
                let attributes = try FileManager.default.attributesOfItem(atPath: full)
                guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
                let bytes = [UInt8](try Data(contentsOf: URL(filePath: full)))
                files.append(
                    VoucherFile(
                        path: path, sha256: try InputFile.sha256(bytes), byteCount: bytes.count))
            }
        } catch let code as ExitCode {
            throw code
        } catch {
            throw Complaint.incomplete(
                Message(
                    zh: "\(folder)：无法读取目录或其中的文件；请核对路径和权限",
                    en:
                        "\(folder): the folder or a file in it cannot be read; check the path and the "
                        + "permissions"))
        }
        return files
    }

    /// Reads the meaning of a table; ends the command with everything that is wrong with it.
    static func checked<Value>(
        _ body: () throws(ReconciliationFileError) -> Value
    ) throws -> Value {
        do throws(ReconciliationFileError) {
            return try body()
        } catch {
            error.problems.forEach(Complaint.write)
            throw ExitCode(64)
        }
    }
}

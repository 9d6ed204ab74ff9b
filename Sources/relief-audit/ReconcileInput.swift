// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import FoundationEssentials
import Glibc
import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefDisclosure
import ReliefModel
import ReliefReconciliation
import Spreadsheet

/// What a reconciliation reads, and how it says what is wrong with it.
enum Reconcile {
    /// Verifies a ledger; ends the command where it cannot be read or is not intact.
    static func verified(_ path: String) throws -> VerifiedLedger<BookHistory> {
        let ledger: VerifiedLedger<BookHistory>
        do {
            ledger = try UnverifiedLedger(path: path).verify(
                folding: BookHistory(),
                threadCount: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        } catch {
            let reason =
                error.code == 0
                ? say("不是普通文件", "not a regular file") : unsafe String(cString: strerror(error.code))
            complain(
                Message(
                    zh: "无法读取 \(error.path)：\(reason)（\(error.call)）；请检查路径和权限",
                    en:
                        "\(error.path): cannot be read: \(reason) (\(error.call)); check the path and "
                        + "the permissions"))
            throw ExitCode(3)
        }
        guard ledger.integrity.isIntact else {
            let trusted = ledger.integrity.trustedThrough
            let count = ledger.integrity.faults.count
            complain(
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
            throw unreadable(error)
        }
    }

    private static func unreadable(_ error: LedgerReadError) -> ExitCode {
        let reason =
            error.code == 0
            ? say("不是普通文件", "not a regular file") : unsafe String(cString: strerror(error.code))
        complain(
            Message(
                zh: "无法读取 \(error.path)：\(reason)（\(error.call)）；请检查路径和权限",
                en:
                    "\(error.path): cannot be read: \(reason) (\(error.call)); check the path and the "
                    + "permissions"))
        return ExitCode(3)
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
                    VoucherFile(path: path, sha256: try sha256(bytes), byteCount: bytes.count))
            }
        } catch let code as ExitCode {
            throw code
        } catch {
            complain(
                Message(
                    zh: "\(folder)：无法读取目录或其中的文件；请核对路径和权限",
                    en:
                        "\(folder): the folder or a file in it cannot be read; check the path and the "
                        + "permissions"))
            throw ExitCode(3)
        }
        return files
    }

    /// The bytes of a file of at most 64 MiB.
    static func read(_ path: String) throws -> [UInt8] {
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let size = (attributes[.size] as? UInt64) ?? 0
            guard size <= SpreadsheetFile.maximumByteCount else {
                complain(
                    Message(
                        zh: "\(path)：文件有 \(size) 字节，应不超过 64 MiB；请分成几个文件",
                        en: "\(path): \(size) bytes, expected at most 64 MiB; split the file"))
                throw ExitCode(3)
            }
            return [UInt8](try Data(contentsOf: URL(filePath: path)))
        } catch let code as ExitCode {
            throw code
        } catch {
            complain(
                Message(
                    zh: "\(path)：无法读取；请核对路径和权限",
                    en: "\(path): cannot be read; check the path and the permissions"))
            throw ExitCode(3)
        }
    }

    /// The sheets of a file.
    static func table(_ bytes: [UInt8], _ path: String) throws -> SpreadsheetFile {
        do throws(SpreadsheetError) {
            return try SpreadsheetFile(bytes, name: path)
        } catch {
            for fault in error.faults {
                complain(
                    Message(
                        zh: "\(path)：\(fault.message.zh)", en: "\(path): \(fault.message.en)"))
            }
            throw ExitCode(64)
        }
    }

    /// Reads the meaning of a table; ends the command with everything that is wrong with it.
    static func checked<Value>(
        _ body: () throws(ReconciliationFileError) -> Value
    ) throws -> Value {
        do throws(ReconciliationFileError) {
            return try body()
        } catch {
            error.problems.forEach(complain)
            throw ExitCode(64)
        }
    }

    /// SHA-256 in hex.
    static func sha256(_ bytes: [UInt8]) throws -> String {
        do throws(OpenSSLError) {
            var hasher = try Hasher(suite: .sha256Ed25519)
            return hasher.digest(bytes.span).hex
        } catch {
            complain(
                Message(
                    zh: "OpenSSL 不能计算 SHA-256：\(error)", en: "OpenSSL cannot do SHA-256: \(error)"))
            throw ExitCode(3)
        }
    }

    /// A path without its folders.
    static func name(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// One line on standard error, without what looks like personal data.
    static func complain(_ message: Message) {
        Terminal.complain(
            PersonalDataScan.masked(
                say("relief-audit: 错误：", "relief-audit: error: ") + message.said + "\n"))
    }
}

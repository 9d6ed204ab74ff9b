// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import FoundationEssentials
import LedgerCrypto
import LedgerFormat
import LedgerLog
import Spreadsheet

/// A file besides the ledger: read, digested, taken for a table; the run ends where that fails.
enum InputFile {
    /// The bytes of a file of at most 64 MiB.
    static func read(_ path: String) throws -> [UInt8] {
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let size = (attributes[.size] as? UInt64) ?? 0
            guard size <= SpreadsheetFile.maximumByteCount else {
                throw Complaint.incomplete(
                    Message(
                        zh: "\(path)：文件有 \(size) 字节，应不超过 64 MiB；请分成几个文件",
                        en: "\(path): \(size) bytes, expected at most 64 MiB; split the file"))
            }
            return [UInt8](try Data(contentsOf: URL(filePath: path)))
        } catch let code as ExitCode {
            throw code
        } catch {
            throw Complaint.incomplete(
                Message(
                    zh: "\(path)：无法读取；请核对路径和权限",
                    en: "\(path): cannot be read; check the path and the permissions"))
        }
    }

    /// The sheets of a file.
    static func table(_ bytes: [UInt8], _ path: String) throws -> SpreadsheetFile {
        do throws(SpreadsheetError) {
            return try SpreadsheetFile(bytes, name: path)
        } catch {
            for fault in error.faults {
                Complaint.write(
                    Message(
                        zh: "\(path)：\(fault.message.zh)", en: "\(path): \(fault.message.en)"))
            }
            throw ExitCode(64)
        }
    }

    /// SHA-256 in hex.
    static func sha256(_ bytes: [UInt8]) throws -> String {
        do throws(OpenSSLError) {
            var hasher = try Hasher(suite: .sha256Ed25519)
            return hasher.digest(bytes.span).hex
        } catch {
            throw Complaint.incomplete(
                Message(
                    zh: "OpenSSL 不能计算 SHA-256：\(error)", en: "OpenSSL cannot do SHA-256: \(error)"))
        }
    }

    /// A path without its folders.
    static func name(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}

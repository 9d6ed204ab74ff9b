// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import Glibc
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefDisclosure
import ReliefModel
import Spreadsheet

/// A ledger that has been verified for an examination, and what has to be said of it first.
struct ExaminedLedger {
    let verified: VerifiedLedger<BookHistory>

    /// Reads and verifies a ledger; ends the run with 3 where it cannot be read.
    init(path: String, expecting: [Expectation] = []) throws {
        do throws(LedgerReadError) {
            verified = try UnverifiedLedger(path: path).verify(
                folding: BookHistory(), expecting: expecting,
                threadCount: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        } catch {
            throw Complaint.unreadable(error)
        }
    }

    /// 0, or 2 where the ledger is broken.
    var exitCode: ExitCode { ExitCode(verified.integrity.isIntact ? 0 : 2) }

    /// What stands above every result.
    var heading: [Message] {
        var lines: [Message] = []
        if let genesis = verified.genesis {
            lines.append(
                Message(
                    zh: "\(genesis.title)（\(genesis.origin)）",
                    en: "\(genesis.title) (\(genesis.origin))"))
            if genesis.nature == .illustrative { lines.append(Table.illustrative) }
        }
        if let root = verified.root, verified.integrity.isIntact {
            let state = Expectation(size: verified.size, root: root)
            lines.append(Message(zh: "账本状态 \(state)", en: "ledger \(state)"))
        }
        if let broken { lines.append(broken) }
        return lines
    }

    /// What is still trusted of a broken ledger.
    var broken: Message? {
        guard !verified.integrity.isIntact else { return nil }
        let last = verified.integrity.trustedThrough
        let count = verified.integrity.faults.count
        let faults = count == 1 ? "1 fault" : "\(count) faults"
        guard last >= 0 else {
            return Message(
                zh: "账本被改动或损坏（\(count) 处），没有可信的记录；请运行 relief-verify 查看",
                en: "BROKEN: \(faults), no record can be trusted; see relief-verify")
        }
        return Message(
            zh: "账本被改动或损坏（\(count) 处）：只有第 0 至 \(last) 条可信，以下只到那里；请运行 relief-verify 查看",
            en:
                "BROKEN: \(count) faults; only seq 0 to \(last) are trusted, and what follows ends there; "
                + "see relief-verify")
    }

    /// What a program is told of the ledger.
    var json: ReportJSON.Value {
        .object([
            ("origin", verified.genesis.map { .text($0.origin) }),
            ("nature", verified.genesis.map { .text($0.nature.rawValue) }),
            ("fingerprint", verified.fingerprint.map { .text($0.hex) }),
            ("records", .integer(Int64(verified.size))),
            ("root", verified.root.map { .text($0.base64) }),
            ("integrity", .text(verified.integrity.isIntact ? "intact" : "broken")),
            ("trustedThrough", .integer(Int64(verified.integrity.trustedThrough))),
        ])
    }

    /// Writes a new file, never over another.
    static func create(_ path: String, _ text: String) throws {
        do throws(WorkbookError) {
            try NewFile.write(Array(text.utf8), to: path)
        } catch {
            throw Complaint.incomplete(
                Message(
                    zh: "\(path)：无法写入；已有的文件不会被覆盖，请换一个文件名",
                    en: "\(path): cannot be written; no file is written over, choose another name"))
        }
    }
}

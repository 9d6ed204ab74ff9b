// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import FoundationEssentials
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore

/// Which ledger, and how long to wait for another writer.
struct LedgerOptions: ParsableArguments {
    @Option(
        help: help(
            "账本目录；默认取环境变量 RELIEF_LEDGER，再默认当前目录。",
            "The ledger's folder; by default RELIEF_LEDGER of the environment, else this folder.",
            "folder"))
    var ledger: String?

    @Option(
        help: help(
            "等候其他写入者的秒数。", "Seconds to wait for another writer.", "seconds"))
    var wait = 10

    @OptionGroup var language: LanguageOptions

    func validate() throws {
        guard !(0...86_400).contains(wait) else { return }
        throw ValidationError(
            say(
                "--wait 应为 0 至 86400 秒，实为 \(wait)", "--wait must be 0 to 86400 seconds, not \(wait)"
            ))
    }

    /// The folder.
    var path: String {
        ledger ?? ProcessInfo.processInfo.environment["RELIEF_LEDGER"].flatMap {
            $0.isEmpty ? nil : $0
        }
            ?? "."
    }

    /// Opens the ledger, settles an earlier interruption and says so.
    func open(
        _ command: String, through: Int? = nil
    ) throws(CommandFailure) -> OpenLedger<Journal> {
        try open(command, folding: Journal(through: through))
    }

    /// Opens the ledger with another fold than the journal.
    func open<Fold: LedgerFold>(
        _ command: String, folding fold: Fold
    ) throws(CommandFailure) -> OpenLedger<Fold> {
        let writer = Writer(command: "relief " + command, now: try SystemClock.now())
        do throws(StoreError) {
            let open = try LedgerStore.open(
                path, folding: fold, writer: writer, waitSeconds: wait)
            for notice in open.notices {
                Terminal.complain(Complaint(notice.message).text(Complaint.notice))
            }
            return open
        } catch {
            throw CommandFailure(error)
        }
    }
}

extension VerifiedLedger {
    /// The genesis record of a ledger that a session has opened, which is intact.
    var founding: Genesis {
        guard let genesis else { preconditionFailure("an intact ledger has a genesis record") }
        return genesis
    }

    /// Printed on everything that shows a ledger of made-up figures.
    var natureNote: Message? {
        founding.nature == .illustrative
            ? Message(
                zh: "本账为示例账（illustrative），不是真实资金",
                en: "This ledger is illustrative: no real money") : nil
    }
}

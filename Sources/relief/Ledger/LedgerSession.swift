// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore

/// Text of an option or command in the run's language.
func help(_ zh: String, _ en: String, _ value: String? = nil) -> ArgumentHelp {
    ArgumentHelp(stringLiteral: say(zh, en)).naming(value)
}

extension ArgumentHelp {
    fileprivate func naming(_ value: String?) -> ArgumentHelp {
        var help = self
        help.valueName = value
        return help
    }
}

/// The language option, which every command takes.
struct LanguageOptions: ParsableArguments {
    @Option(
        help: help("语言：zh 或 en；默认随系统。", "Language, zh or en; by default the system's.", "zh|en"))
    var lang: String?

    func validate() throws {
        guard let lang, Language(rawValue: lang) == nil else { return }
        throw ValidationError(
            say("--lang 应为 zh 或 en，实为 \(lang)", "--lang must be zh or en, not \(lang)"))
    }
}

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

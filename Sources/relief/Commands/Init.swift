// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefModel
import Spreadsheet

/// `relief init`: keys, genesis and the first posting of a new ledger.
struct Init: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "init", "建立一本新账。", "Found a new ledger.",
            discussion: (
                """
                生成密钥文件（以口令加密），写入创世记录和第一批：单位、政策、经办密钥。
                至少两把根密钥；建好后请把其中一把移到另一处离线保管，口令丢失或人员变动时靠它恢复。
                """,
                """
                Makes key files, encrypted with a passphrase, and writes the genesis record and the \
                first posting: units, policy, officers' keys. At least two root keys; move one of \
                them offline afterwards: it is what helps when a passphrase is lost or an officer leaves.
                """
            ))
    }

    @Argument(help: help("新账本的目录。", "The new ledger's folder.", "folder"))
    var folder: String

    @Option(
        help: help(
            "账本的名称标识，如 longling.gov.cn/relief/2021。",
            "The ledger's name, such as longling.gov.cn/relief/2021.", "origin"))
    var origin: String

    @Option(help: help("管账单位的代码。", "Code of the unit that keeps it.", "code"))
    var steward: String

    @Option(help: help("标题。", "Its title.", "text"))
    var title: String

    @Option(
        help: help("账本涵盖的范围；默认即管账单位。", "The subtree it covers; by default the steward's.", "code"))
    var coverage: String?

    @Option(
        help: help(
            "official 真实资金，或 illustrative 示例。", "official for real money, or illustrative.",
            "nature"))
    var nature = "official"

    @Option(
        help: help(
            "单位表（.xlsx 或 CSV），须含管账单位至省级各级。",
            "Table of units (.xlsx or CSV), with all levels from the steward up to its province.",
            "file"))
    var divisions: String

    @Option(
        help: help(
            "政策文件（规范 JSON），或 default。", "Policy file (canonical JSON), or default.", "file|default")
    )
    var policy = "default"

    @Flag(
        help: help(
            "不设记账时限。只用于据公开资料转录往年数字的账本；日常账本不要用。",
            "Leave the recording clock out of the policy. Right only for a ledger transcribed from "
                + "published figures of past years, never for one kept day by day."))
    var withoutRecordingClock = false

    @Option(
        help: help(
            "根密钥：人员编号，可加 =密钥文件；至少两次。",
            "A root key: an officer's number, and =FILE if wished; at least two.", "person[=file]"))
    var root: [String] = []

    @Option(
        help: help(
            "经办密钥：人员编号，可加 =密钥文件 和 :单位代码；可重复。",
            "An officer's key: number, =FILE and :UNIT if wished; may be repeated.",
            "person[=file[:unit]]"))
    var officer: [String] = []

    @OptionGroup var tables: TableOptions
    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var language: LanguageOptions

    func run() throws {
        let report = FaultReport<DivisionColumn>(tables, folder)
        try report.reporting([divisions]) { () throws(CommandFailure) in try found() }
    }

    private func found() throws(CommandFailure) {
        var folder = folder
        while folder.utf8.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        let plan = try FoundingPlan(self, folder: folder)
        let secret = try passphrase.forNewKeys()
        let keys = try NewKeyFiles(plan.keys, folder: folder, passphrase: secret)
        do {
            try found(plan, keys, folder)
        } catch {
            keys.discard()
            throw error
        }
        try keys.settle()
        Terminal.show(
            say(
                "  请现在把一把根密钥移到离线介质，并与口令分开保管：\(keys.finalPath(plan.rootCount - 1))\n",
                "  Now move one root key to a medium kept offline, apart from its passphrase: "
                    + "\(keys.finalPath(plan.rootCount - 1))\n"))
    }

    private func found(
        _ plan: FoundingPlan, _ keys: borrowing NewKeyFiles, _ folder: String
    ) throws(CommandFailure) {
        let now = try SystemClock.now()
        let id = try Recording.randomID()
        let genesis = try plan.genesis(id: id, keys: keys)
        let header = PostingHeader(
            at: now, by: keys.publicKey(0).keyID, id: try Recording.randomID(), memo: nil,
            source: nil)
        var builder = PostingBuilder(founding: genesis, header: header)
        let posting: SealedPosting
        let entries = try plan.entries(genesis, keys: keys, now: now)
        do throws(PostingError) {
            for fields in entries { try builder.add(fields) }
            posting = try keys.seal(builder)
        } catch {
            throw CommandFailure(.incomplete, zh: "无法封存：\(error)", en: "cannot be sealed: \(error)")
        }
        do throws(StoreError) {
            let open = try LedgerStore.create(
                at: folder, founding: posting, folding: Journal(),
                writer: Writer(command: "relief init", now: now))
            guard let signer = open.ledger.keyRing?[header.by] else {
                preconditionFailure("Init.found: the founder's key is a root key")
            }
            Terminal.show(
                PostingReceipt.text(of: posting, by: signer, in: open.ledger, path: folder))
        } catch {
            throw CommandFailure(error)
        }
    }
}

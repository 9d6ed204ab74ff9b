// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefModel

/// `relief backup`: the whole folder in one file.
struct BackupCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "backup", "把整个账本目录备份成一个文件。", "Back the whole ledger folder up into one file.",
            discussion: (
                """
                公开部分（账本、收据）不加密；private（密钥、期间密钥、凭证原件、草稿）以备份口令加密。\
                写完即读回核验，并打印 --expect 凭据：请把它抄在纸上，恢复时用来识别过时的备份。
                放在账本目录之外的密钥文件不在备份之内，须另行保管。
                """,
                """
                The public part (ledger, receipts) is stored in clear; private (keys, season keys, \
                originals, drafts) is encrypted under the backup's own passphrase. What was written is \
                read back and verified, and --expect is printed: keep it on paper, for it tells an \
                old backup from a recent one.
                Key files outside the ledger's folder are not in it; keep them elsewhere.
                """
            ))
    }

    @Option(help: help("备份文件，如 U 盘上的 relief.rlb。", "The file, such as one on a USB disk.", "file"))
    var out: String

    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let secret = try passphrase.passphrase(
            Message(
                zh: "备份口令（不同于密钥口令，须另行保管）：",
                en: "Passphrase for the backup (not a key's; keep it elsewhere): "), repeated: true)
        let open = try ledger.open("backup")
        let salt: [UInt8]
        do throws(OpenSSLError) {
            salt = try SecureRandom.bytes(ChunkCipher.saltByteCount)
        } catch {
            throw CommandFailure(error)
        }
        let now = try SystemClock.now()
        let header = try withBackupErrors { () throws(BackupError) in
            try open.backUp(
                to: out, passphrase: secret, salt: salt, at: now, verifying: Journal())
        }
        let rows = [
            say("已备份并读回核验：\(out)", "backed up, read back and verified: \(out)"),
            say("  账本    ", "  ledger       ") + "\(open.ledger.founding.title) (\(header.origin))",
            say("  指纹    ", "  fingerprint  ") + header.fingerprint.hex,
            say("  凭据    ", "  receipt      ") + "--expect \(header.expectation)",
            say("  恢复    ", "  restore with ")
                + "relief restore \(out) --to \(say("目录", "FOLDER")) --expect \(header.expectation)",
        ]
        Terminal.show(rows.joined(separator: "\n") + "\n")
    }
}

/// `relief restore`: a backup becomes a ledger's folder again.
struct RestoreCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "restore", "从备份恢复账本目录。", "Make a ledger folder of a backup.",
            discussion: (
                """
                先核验全部内容，再一次改名到位；目标须不存在或为空目录。--expect 写最近的凭据：\
                比它旧的备份会被拒绝。--public-only 不要口令，只恢复公开部分，供查阅和核验。
                """,
                """
                Everything is verified before the folder gets its name; it must not exist, or be \
                empty. --expect takes the latest receipt: an older backup is refused. --public-only \
                needs no passphrase and restores what may be read and verified only.
                """
            ))
    }

    @Argument(help: help("备份文件。", "The backup.", "file"))
    var file: String

    @Option(help: help("恢复到的目录。", "The folder to be made.", "folder"))
    var to: String

    @Option(
        help: help(
            "最近的凭据“条数:根”；可重复。", "SIZE:ROOT of the latest receipt; may be repeated.",
            "size:root"))
    var expect: [String] = []

    @Flag(help: help("只恢复公开部分，不要口令。", "The public part only; needs no passphrase."))
    var publicOnly = false

    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var language: LanguageOptions

    func validate() throws {
        for text in expect where Expectation(text) == nil {
            throw ValidationError(
                say(
                    "--expect 应为 条数:根（如收据所印），实为 \(text)",
                    "--expect must be SIZE:ROOT as a receipt prints it, not \(text)"))
        }
    }

    func run() throws {
        let backup = try withBackupErrors { () throws(BackupError) in try BackupFile(file) }
        let expected = expect.compactMap { Expectation($0) }
        try requireRecent(backup.header, expected)
        if publicOnly {
            let work = try withBackupErrors { () throws(BackupError) in
                try Restoration(of: to)
            }
            do throws(CommandFailure) {
                try withBackupErrors { () throws(BackupError) in try work.extract(backup) }
                try verify(work.path, backup.header, expected)
            } catch {
                work.discard()
                throw error
            }
            try withBackupErrors { () throws(BackupError) in try work.settle() }
        } else {
            let secret = try passphrase.passphrase(
                Message(zh: "备份口令：", en: "Passphrase of the backup: "), repeated: false)
            let cipher = try withBackupErrors { () throws(BackupError) in
                try backup.cipher(secret)
            }
            let work = try withBackupErrors { () throws(BackupError) in
                try Restoration(of: to)
            }
            do throws(CommandFailure) {
                try withBackupErrors { () throws(BackupError) in
                    try work.extract(backup)
                    try work.extractPrivate(backup, cipher)
                }
                try verify(work.path, backup.header, expected)
                try openOnce(work.path)
            } catch {
                work.discard()
                throw error
            }
            try withBackupErrors { () throws(BackupError) in try work.settle() }
        }
        Terminal.show(report(backup.header))
    }

    /// A backup that ends before the latest receipt is refused before anything is made.
    private func requireRecent(
        _ header: BackupHeader, _ expected: [Expectation]
    ) throws(CommandFailure) {
        guard let latest = expected.max(by: { $0.size < $1.size }),
            header.expectation.size < latest.size
        else { return }
        throw CommandFailure(
            .refused,
            zh: "\(file)：备份过旧：它到第 \(header.expectation.size - 1) 条为止（\(header.at) 所作），"
                + "而凭据表明账本已有 \(latest.size) 条，差 \(latest.size - header.expectation.size) 条；没有恢复",
            en:
                "\(file): the backup is too old: it holds \(header.expectation.size) records (made at "
                + "\(header.at)), and by the receipt the ledger has \(latest.size), "
                + "\(latest.size - header.expectation.size) more; nothing was restored",
            hint: Message(
                zh: "找更新的备份。确实没有时，不带 --expect 恢复，再按凭证重新录入其后的各批",
                en:
                    "find a later backup. If there is none, restore without --expect and enter what "
                    + "came after it again from the papers"))
    }

    /// The ledger in the folder is intact, and is what header and receipts say.
    private func verify(
        _ path: String, _ header: BackupHeader, _ expected: [Expectation]
    ) throws(CommandFailure) {
        let verified: VerifiedLedger<Journal>
        do throws(LedgerReadError) {
            verified = try UnverifiedLedger(path: path).verify(
                folding: Journal(), expecting: expected + [header.expectation])
        } catch {
            throw CommandFailure(StoreError.unreadable(error))
        }
        guard verified.integrity.isIntact else {
            throw CommandFailure(
                .broken,
                verified.integrity.faults.map { fault in
                    Complaint(
                        zh: "\(file)：其中的账本第 \(fault.line) 行：\(fault.message.zh)；没有恢复",
                        en: "\(file): line \(fault.line) of the ledger in it: \(fault.message.en); "
                            + "nothing was restored")
                })
        }
        guard verified.size == header.expectation.size,
            verified.fingerprint == header.fingerprint
        else {
            throw CommandFailure(BackupError.wrongLedger(path: file))
        }
    }

    /// Opens the folder as every command does: head, owner and lock are as they must be.
    private func openOnce(_ path: String) throws(CommandFailure) {
        let writer = Writer(command: "relief restore", now: try SystemClock.now())
        do throws(StoreError) {
            let open = try LedgerStore.open(path, folding: Journal(), writer: writer)
            open.close()
        } catch {
            throw CommandFailure(error)
        }
    }

    private func report(_ header: BackupHeader) -> String {
        var rows = [
            say("已恢复并核验：\(to)", "restored and verified: \(to)"),
            say("  条数    ", "  size         ") + "\(header.expectation.size)",
            say("  凭据    ", "  receipt      ") + "--expect \(header.expectation)",
            say("  备份于  ", "  backed up at ") + "\(header.at)",
        ]
        if publicOnly {
            rows.append(
                say(
                    "  说明    只有公开部分，可以查阅和核验，不能记账",
                    "  note         the public part only: to be read and verified, not written"))
        } else {
            rows += [
                say("接下来：", "what remains to be done:"),
                say(
                    "  1. 旧机器上的账本不得再写入：两处各自记账，账本就分成两本",
                    "  1. never write to the old machine's copy again: two copies that both go on are "
                        + "two ledgers"),
                say(
                    "  2. 备份之后记过账的，按收据和凭证重新录入",
                    "  2. enter again, from receipts and papers, what was recorded after the backup"
                ),
                say(
                    "  3. 放在账本目录之外的密钥文件从各自的保管处取回；relief key list 查看登记的密钥",
                    "  3. fetch key files that lay outside the folder from where they are kept; relief "
                        + "key list shows what is enrolled"),
                say(
                    "  4. relief evidence check 核对原件，relief-verify --expect 核验账本",
                    "  4. check the originals with relief evidence check and the ledger with "
                        + "relief-verify --expect"),
            ]
        }
        return rows.joined(separator: "\n") + "\n"
    }
}

extension CommandFailure {
    init(_ error: BackupError) { self.init(.incomplete, [Complaint(error.message)]) }
}

/// Runs what may fail on a backup, and gives the failure its form.
func withBackupErrors<Value: ~Copyable>(
    _ body: () throws(BackupError) -> Value
) throws(CommandFailure) -> Value {
    do throws(BackupError) {
        return try body()
    } catch {
        throw CommandFailure(error)
    }
}

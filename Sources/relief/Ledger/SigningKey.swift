// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import FoundationEssentials
import LedgerCrypto
import LedgerFormat
import LedgerLog

/// Where passphrases come from; never from the arguments.
struct PassphraseOptions: ParsableArguments {
    @Option(
        name: .customLong("passphrase-file"),
        help: help(
            "存有口令的文件；默认取环境变量 RELIEF_PASSPHRASE，再默认在终端输入（不回显）。",
            "File with the passphrase; by default RELIEF_PASSPHRASE of the environment, else asked "
                + "at the terminal without echo.", "file"))
    var passphraseFile: String?

    /// The passphrase of an existing key.
    func forKey(_ path: String) throws(CommandFailure) -> Passphrase {
        try passphrase(
            Message(zh: "\(path) 的口令：", en: "Passphrase of \(path): "), repeated: false)
    }

    /// The passphrase for new keys, typed twice.
    func forNewKeys() throws(CommandFailure) -> Passphrase {
        try passphrase(Message(zh: "新密钥的口令：", en: "Passphrase for the new key: "), repeated: true)
    }

    /// A passphrase for whatever the prompt names; typed twice where it is a new one.
    func passphrase(
        _ prompt: Message, repeated: Bool
    ) throws(CommandFailure) -> Passphrase {
        if let passphraseFile {
            var bytes = try InputFile.read(passphraseFile)
            if bytes.last == 0x0A { bytes.removeLast() }
            if bytes.last == 0x0D { bytes.removeLast() }
            return try withKeyErrors { () throws(KeyError) in try Passphrase(bytes) }
        }
        if let text = ProcessInfo.processInfo.environment["RELIEF_PASSPHRASE"] {
            return try withKeyErrors { () throws(KeyError) in try Passphrase(Array(text.utf8)) }
        }
        return try Self.typed(prompt, repeated: repeated)
    }

    /// A new passphrase for an existing key, never from where the old one comes.
    static func new(file: String?, for path: String) throws(CommandFailure) -> Passphrase {
        if let file {
            var options = PassphraseOptions()
            options.passphraseFile = file
            return try options.forNewKeys()
        }
        return try typed(
            Message(zh: "\(path) 的新口令：", en: "New passphrase of \(path): "), repeated: true)
    }

    private static func typed(
        _ prompt: Message, repeated: Bool
    ) throws(CommandFailure) -> Passphrase {
        let typed = try ask(prompt.said)
        if repeated, try ask(say("再输入一次：", "Once more: ")) != typed {
            throw CommandFailure(
                .incomplete, zh: "两次输入的口令不同；请重新执行",
                en: "the two passphrases differ; run the command again")
        }
        return try withKeyErrors { () throws(KeyError) in try Passphrase(typed) }
    }

    private static func ask(_ prompt: String) throws(CommandFailure) -> [UInt8] {
        do throws(Terminal.SecretError) {
            return try Terminal.readSecret(prompt)
        } catch {
            switch error {
            case .interrupted:
                throw CommandFailure(
                    .incomplete, zh: "已中断；没有记录任何内容", en: "interrupted; nothing was recorded")
            case .noTerminal:
                throw CommandFailure(
                    .incomplete, zh: "没有终端可以输入口令",
                    en: "there is no terminal to ask for the passphrase at",
                    hint: Message(
                        zh: "用 --passphrase-file 或环境变量 RELIEF_PASSPHRASE 给出口令",
                        en: "give it with --passphrase-file or in RELIEF_PASSPHRASE"))
            }
        }
    }
}

/// The key that seals.
struct SignerOptions: ParsableArguments {
    @Option(
        help: help(
            "签名密钥文件；默认取环境变量 RELIEF_KEY。",
            "File of the key that seals; by default RELIEF_KEY of the environment.", "file"))
    var key: String?

    @OptionGroup var passphrase: PassphraseOptions

    /// Path and passphrase, asked for before the ledger is locked.
    func prepare() throws(CommandFailure) -> PreparedSigner {
        let named = key ?? ProcessInfo.processInfo.environment["RELIEF_KEY"]
        guard let path = named, !path.isEmpty else {
            throw CommandFailure(
                .usage, zh: "没有给出签名密钥", en: "no key is named to seal with",
                hint: Message(
                    zh: "用 --key 文件 或环境变量 RELIEF_KEY 指定",
                    en: "name it with --key FILE or in RELIEF_KEY"))
        }
        return PreparedSigner(path: path, passphrase: try passphrase.forKey(path))
    }
}

/// A key file and its passphrase.
struct PreparedSigner: ~Copyable {
    let path: String
    let passphrase: Passphrase

    /// Opens the key, and checks that the ledger lets it seal.
    func unlock(
        for ledger: VerifiedLedger<Journal>, at now: Timestamp
    ) throws(CommandFailure) -> PrivateKey {
        let key: PrivateKey
        do throws(KeyError) {
            key = try KeyFile.read(
                from: path, suite: ledger.founding.suite, passphrase: passphrase)
        } catch {
            throw CommandFailure(error)
        }
        let id = key.publicKey.keyID
        guard let enrolled = ledger.keyRing?[id], enrolled.publicKey == key.publicKey else {
            throw CommandFailure(
                .refused, zh: "\(path)：密钥 \(id) 没有在本账登记",
                en: "\(path): key \(id) is not enrolled in this ledger",
                hint: Message(
                    zh: "用 relief key list 查看已登记的密钥，用 relief key enrol 登记",
                    en: "see relief key list; enrol it with relief key enrol"))
        }
        if let revoked = enrolled.revokedSeq {
            throw CommandFailure(
                .refused, zh: "\(path)：密钥 \(id) 已在第 \(revoked) 条注销；请换用有效的密钥",
                en: "\(path): key \(id) was revoked at seq \(revoked); use a key that is valid")
        }
        if let expires = enrolled.expires, now >= expires {
            throw CommandFailure(
                .refused, zh: "\(path)：密钥 \(id) 已于 \(expires) 到期；请换用有效的密钥",
                en: "\(path): key \(id) expired at \(expires); use a key that is valid")
        }
        return key
    }
}

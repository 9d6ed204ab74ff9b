// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel

/// `relief key`: who may seal what.
struct KeyCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "key", "密钥：生成、登记、更换、注销、交接、换发、查看。",
            "Keys: make, enrol, rotate, revoke, hand over, recover, list.",
            subcommands: [
                NewKeyCommand.self, EnrolKey.self, RotateKey.self, RevokeKey.self,
                HandoverKey.self, RecoverKey.self, ChangePassphrase.self, ListKeys.self,
            ])
    }
}

struct NewKeyCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration("new", "生成一把新密钥。", "Make a new key.")
    }

    @Argument(help: help("新密钥文件。", "The new key file.", "file"))
    var path: String

    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var language: LanguageOptions

    func run() throws {
        let secret = try passphrase.forNewKeys()
        let key: PrivateKey
        do throws(OpenSSLError) {
            key = try PrivateKey.generate(suite: .sha256Ed25519)
        } catch {
            throw CommandFailure(error)
        }
        do throws(KeyError) {
            try KeyFile.write(key, to: path, passphrase: secret)
        } catch {
            throw CommandFailure(error)
        }
        Terminal.show(
            say("\(path)：密钥 \(key.publicKey.keyID)\n", "\(path): key \(key.publicKey.keyID)\n"))
    }
}

/// The file of a key that is to be enrolled.
struct NewKeyOptions: ParsableArguments {
    @Option(help: help("新密钥文件。", "File of the new key.", "file"))
    var newKey: String

    @Option(
        help: help(
            "存有新密钥口令的文件；默认与签名密钥的口令来源相同。",
            "File with the new key's passphrase; by default from where the sealing key's comes.",
            "file"))
    var newPassphraseFile: String?

    @Option(
        help: help(
            "失效时间（UTC），如 2027-12-31T16:00:00Z。",
            "When it expires (UTC), such as 2027-12-31T16:00:00Z.", "time"))
    var expires: String?

    func validate() throws {
        guard let expires, Timestamp(expires) == nil else { return }
        throw ValidationError(
            say(
                "--expires 应为 UTC 时间，如 2027-12-31T16:00:00Z，实为 \(expires)",
                "--expires must be a UTC time such as 2027-12-31T16:00:00Z, not \(expires)"))
    }

    /// The new key's passphrase, asked for before the ledger is locked.
    func passphrase(_ others: PassphraseOptions) throws(CommandFailure) -> Passphrase {
        var options = others
        if let newPassphraseFile { options.passphraseFile = newPassphraseFile }
        return try options.forKey(newKey)
    }

    /// The new key with its proof of possession.
    func prove(
        _ passphrase: borrowing Passphrase, for ledger: VerifiedLedger<Journal>, role: KeyRole,
        unit: UnitID, person: PersonID
    ) throws(CommandFailure) -> (id: KeyID, key: KeyEntry.NewKey) {
        let genesis = ledger.founding
        let key: PrivateKey
        do throws(KeyError) {
            key = try KeyFile.read(from: newKey, suite: genesis.suite, passphrase: passphrase)
        } catch {
            throw CommandFailure(error)
        }
        let id = key.publicKey.keyID
        if let known = ledger.keyRing?[id] {
            throw CommandFailure(
                .refused, zh: "密钥 \(id) 已在第 \(known.enrolledSeq) 条登记；一把密钥只登记一次，请另生成一把",
                en:
                    "key \(id) was enrolled at seq \(known.enrolledSeq); a key is enrolled once, make another"
            )
        }
        do throws(OpenSSLError) {
            return (
                id,
                try KeyEntry.NewKey(
                    proving: key, ledger: genesis.id, origin: genesis.origin, role: role,
                    unit: unit,
                    person: person, expires: expires.flatMap { Timestamp($0) })
            )
        } catch {
            throw CommandFailure(error)
        }
    }
}

struct EnrolKey: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "enrol", "登记一把密钥。", "Enrol a key.",
            discussion: (
                "根密钥可登记任何密钥；登记密钥（registrar）只能登记本单位范围内的经办和登记密钥。",
                "A root key may enrol every key; a registrar's those of its own subtree that are no root keys."
            ))
    }

    @OptionGroup var new: NewKeyOptions

    @Option(help: help("角色：root registrar officer。", "Role: root registrar officer.", "role"))
    var role = "officer"

    @Option(help: help("密钥所属单位。", "The unit it is for.", "unit"))
    var unit: String

    @Option(help: help("持有人的编号，不用姓名。", "The holder's number, never a name.", "person"))
    var person: String

    @OptionGroup var recording: RecordingOptions

    func validate() throws {
        if KeyRole(rawValue: role) == nil {
            throw ValidationError(
                say(
                    "--role 应为 root、registrar 或 officer，实为 \(role)",
                    "--role must be root, registrar or officer, not \(role)"))
        }
        if PersonID(person) == nil {
            throw ValidationError(
                say(
                    "--person 应为2至32个字母、数字、. _ -，字母开头，实为 \(person)",
                    "--person must be 2 to 32 of letters, digits, . _ -, a letter first, not \(person)"
                ))
        }
    }

    func run() throws {
        guard let role = KeyRole(rawValue: role), let person = PersonID(person) else { return }
        let secret = try new.passphrase(recording.signer.passphrase)
        var session = try Recording(recording, command: "key enrol")
        let unit = try Selection(session.ledger).unit(self.unit)
        let proven = try new.prove(
            secret, for: session.ledger, role: role, unit: unit, person: person)
        try session.record(entries: [
            KeyEntry(
                key: proven.id, action: .enrol(proven.key, role: role, unit: unit, person: person)
            ).fields
        ])
    }
}

struct RotateKey: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "rotate", "以新密钥更换旧密钥，角色、单位、持有人不变。",
            "Replace a key by a new one with its role, unit and person.")
    }

    @Option(help: help("旧密钥的编号。", "The old key's id.", "key id"))
    var replaces: String

    @OptionGroup var new: NewKeyOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        let secret = try new.passphrase(recording.signer.passphrase)
        var session = try Recording(recording, command: "key rotate")
        let old = try KeyCommand.live(replaces, "--replaces", in: session.ledger)
        let proven = try new.prove(
            secret, for: session.ledger, role: old.role, unit: old.unit, person: old.person)
        try session.record(entries: [
            KeyEntry(key: proven.id, action: .rotate(proven.key, replaces: old.id)).fields
        ])
    }
}

struct RevokeKey: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration("revoke", "注销一把密钥。", "Revoke a key.")
    }

    @Argument(help: help("密钥编号。", "The key's id.", "key id"))
    var id: String

    @Option(help: help("原因。", "Why.", "text"))
    var reason: String

    @OptionGroup var recording: RecordingOptions

    func run() throws {
        if let problem = FreeText.problem(in: reason, maximumByteCount: 200) {
            throw CommandFailure(
                .usage, zh: "--reason：" + problem.zh, en: "--reason: " + problem.en)
        }
        var session = try Recording(recording, command: "key revoke")
        let key = try KeyCommand.live(id, say("密钥", "key"), in: session.ledger)
        let usable = KeyCommand.usable(
            .root, in: session.ledger, at: try SystemClock.now())
        if usable.map(\.id) == [key.id] {
            throw CommandFailure(
                .refused, zh: "密钥 \(key.id) 是最后一把可用的根密钥，注销后账本再也无法管理；未注销",
                en:
                    "key \(key.id) is the last usable root key, without which nobody could govern the "
                    + "ledger any more; it was not revoked",
                hint: Message(
                    zh: "先登记另一把根密钥：relief key enrol --role root …",
                    en: "first enrol another root key: relief key enrol --role root …"))
        }
        try session.record(entries: [
            KeyEntry(key: key.id, action: .revoke(reason: reason)).fields
        ])
    }
}

struct ListKeys: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration("list", "列出登记过的密钥。", "List every key ever enrolled.")
    }

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let open = try ledger.open("key list")
        let verified = open.ledger
        let now = try SystemClock.now()
        var table = Table(
            title: Message(zh: "密钥", en: "Keys"),
            columns: [
                Table.Column(Message(zh: "编号", en: "id")),
                Table.Column(Message(zh: "角色", en: "role")),
                Table.Column(Message(zh: "单位", en: "unit")),
                Table.Column(Message(zh: "持有人", en: "person")),
                Table.Column(Message(zh: "登记于", en: "enrolled at"), .seq),
                Table.Column(Message(zh: "状态", en: "state")),
            ])
        for key in verified.keyRing?.all ?? [] {
            var state = say("有效", "usable")
            if let expires = key.expires {
                state =
                    now < expires
                    ? say("有效至 \(expires)", "usable until \(expires)") : say("已到期", "expired")
            }
            if let revoked = key.revokedSeq {
                state = say("第 \(revoked) 条注销", "revoked at \(revoked)")
            }
            table.add([
                .text(key.id.description), .text(KeyCommand.name(key.role).said),
                .text(verified.fold.book.name(key.unit)), .text(key.person.text),
                .seq(key.enrolledSeq), .text(state),
            ])
        }
        if let note = verified.natureNote { table.notes.append(note) }
        Terminal.show(table.terminalText(CommandLanguage.current))
    }
}

extension KeyCommand {
    /// What people call a role.
    static func name(_ role: KeyRole) -> Message {
        switch role {
        case .root: Message(zh: "根密钥", en: "root")
        case .registrar: Message(zh: "登记", en: "registrar")
        case .officer: Message(zh: "经办", en: "officer")
        }
    }

    /// A key that is enrolled and not revoked.
    static func live(
        _ text: String, _ option: String, in ledger: VerifiedLedger<Journal>
    ) throws(CommandFailure) -> EnrolledKey {
        guard let key = KeyID(text).flatMap({ ledger.keyRing?[$0] }), key.revokedSeq == nil else {
            throw CommandFailure(
                .usage, zh: "\(option)：没有登记中的密钥“\(text)”；见 relief key list",
                en: "\(option): no enrolled key “\(text)” that is not revoked; see relief key list")
        }
        return key
    }
}

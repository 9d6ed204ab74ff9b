// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel

/// `relief key handover`: an officer leaves, and another one takes over.
struct HandoverKey: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "handover", "人员交接：同一批内登记接任者的密钥并注销离任者的密钥。",
            "An officer leaves: enrol the successor's key and revoke the old one in one posting.",
            discussion: (
                """
                由根密钥或管辖该单位的登记密钥签署；角色和单位不变，不需要离任者的密钥或口令。\
                接任者先自己生成密钥：relief key new 文件。记账后列出离任者名下未办结的事项，供移交。
                """,
                """
                Sealed by a root key or a registrar of the unit; role and unit stay, and neither the old key \
                nor its passphrase is needed. The successor makes a key first: relief key new FILE. What \
                the one who leaves had open is listed, to be taken over.
                """
            ))
    }

    @Option(help: help("离任者：人员编号或密钥编号。", "Who leaves, by number or key id.", "person|key id"))
    var from: String

    @Option(help: help("接任者的编号，不用姓名。", "The successor's number, never a name.", "person"))
    var toPerson: String

    @OptionGroup var new: NewKeyOptions

    @Option(help: help("原因。", "Why.", "text"))
    var reason: String?

    @OptionGroup var recording: RecordingOptions

    func validate() throws {
        guard PersonID(toPerson) == nil else { return }
        throw ValidationError(
            say(
                "--to-person 应为2至32个字母、数字、. _ -，字母开头，实为 \(toPerson)",
                "--to-person must be 2 to 32 of letters, digits, . _ -, a letter first, not \(toPerson)"
            ))
    }

    func run() throws {
        guard let successor = PersonID(toPerson) else { return }
        let reason = self.reason ?? say("人员交接", "handover")
        if let problem = FreeText.problem(in: reason, maximumByteCount: 200) {
            throw CommandFailure(
                .usage, zh: "--reason：" + problem.zh, en: "--reason: " + problem.en)
        }
        let secret = try new.passphrase(recording.signer.passphrase)
        var session = try Recording(recording, command: "key handover")
        let old = try KeyCommand.live(named: from, "--from", in: session.ledger)
        try require(successor, for: old, in: session.ledger)
        let proven = try new.prove(
            secret, for: session.ledger, role: old.role, unit: old.unit, person: successor)
        try session.record(entries: [
            KeyEntry(
                key: proven.id,
                action: .enrol(proven.key, role: old.role, unit: old.unit, person: successor)
            ).fields,
            KeyEntry(key: old.id, action: .revoke(reason: reason)).fields,
        ])
        Terminal.show(
            say(
                "  交接    \(old.person)（\(old.id)）→ \(successor)（\(proven.id)）\n",
                "  handed over  \(old.person) (\(old.id)) → \(successor) (\(proven.id))\n"))
        Terminal.show(OpenBusiness(of: old.person, in: session.ledger.fold).text)
    }

    private func require(
        _ successor: PersonID, for old: EnrolledKey, in ledger: VerifiedLedger<Journal>
    ) throws(CommandFailure) {
        if successor == old.person {
            throw CommandFailure(
                .usage, zh: "--to-person：\(successor) 就是该密钥的持有人",
                en: "--to-person: \(successor) holds that key already",
                hint: Message(
                    zh: "同一人换密钥：relief key rotate --replaces \(old.id) --new-key 文件",
                    en: "a new key for the same person: relief key rotate --replaces \(old.id) "
                        + "--new-key FILE"))
        }
        let now = try SystemClock.now()
        if let text = new.expires, let expires = Timestamp(text), expires <= now {
            throw CommandFailure(
                .refused, zh: "--expires：\(expires) 已过，交接后将没有可用的密钥；没有记录任何内容",
                en:
                    "--expires: \(expires) is past, so that no usable key would be left; nothing was "
                    + "recorded")
        }
        // A policy needs two people with root keys (FORMAT.md §5, policy).
        let roots = KeyCommand.usable(.root, in: ledger, at: now).filter { $0.id != old.id }
        if old.role == .root, !roots.contains(where: { $0.person != successor }) {
            throw CommandFailure(
                .refused,
                zh: "交接后根密钥将只在 \(successor) 一人手中，政策须两人办理；请另选接任者，或先登记第三把根密钥",
                en:
                    "all root keys would be in the hands of \(successor) alone, and a policy needs two "
                    + "people; choose another successor, or enrol a third root key first")
        }
    }
}

/// `relief key recover`: a passphrase or key file is lost.
struct RecoverKey: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "recover", "口令或密钥文件遗失：由另一把根密钥换发。",
            "A passphrase or key file is lost: another root key replaces it.",
            discussion: (
                """
                口令不可找回，只能换发。根密钥至少两把、分人保管，正是为此：一把的口令遗失，\
                由另一把签署换发。账本和已有的签名不受影响。持有人先生成新密钥：relief key new 文件。
                """,
                """
                A passphrase cannot be recovered, only the key replaced. That is why there are two root \
                keys with two people: when one's passphrase is lost, the other one replaces it. Ledger and \
                earlier seals stay as they are. The holder makes a new key first: relief key new FILE.
                """
            ))
    }

    @Option(
        help: help(
            "遗失的密钥：密钥编号或持有人编号。", "The lost key, by id or its holder's number.", "key id|person"))
    var lost: String

    @OptionGroup var new: NewKeyOptions
    @OptionGroup var recording: RecordingOptions

    func run() throws {
        let secret = try new.passphrase(recording.signer.passphrase)
        var session = try Recording(recording, command: "key recover")
        let old = try KeyCommand.live(named: lost, "--lost", in: session.ledger)
        if session.signerID == old.id {
            throw CommandFailure(
                .usage, zh: "--key 与 --lost 是同一把密钥 \(old.id)：它还能签名，并未遗失",
                en: "--key and --lost are one key, \(old.id): it still seals and is not lost",
                hint: Message(
                    zh: "改口令：relief key passphrase 文件；换密钥：relief key rotate",
                    en: "change its passphrase: relief key passphrase FILE; replace it: relief key "
                        + "rotate"))
        }
        let proven = try new.prove(
            secret, for: session.ledger, role: old.role, unit: old.unit, person: old.person)
        try session.record(entries: [
            KeyEntry(key: proven.id, action: .rotate(proven.key, replaces: old.id)).fields
        ])
        Terminal.show(
            say(
                """
                  换发    \(old.person)：\(old.id) → \(proven.id)
                  接下来  销毁旧密钥文件；新密钥文件和口令分开保管；重新备份：relief backup

                """,
                """
                  replaced     \(old.person): \(old.id) → \(proven.id)
                  next         destroy the old key file; keep the new one and its passphrase apart; back \
                up again: relief backup

                """))
    }
}

/// `relief key passphrase`: the same key under another passphrase.
struct ChangePassphrase: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "passphrase", "更改密钥文件的口令。", "Change the passphrase of a key file.",
            discussion: (
                "密钥不变，账本不需改动。新文件写好并试开成功后才替换旧文件，中断时旧文件仍在。以前的备份仍用旧口令。",
                """
                The key stays, and so does the ledger. The new file takes the old one's place only once it \
                was written and opened; if that is interrupted, the old one is there. Earlier copies keep the \
                old passphrase.
                """
            ))
    }

    @Argument(help: help("密钥文件。", "The key file.", "file"))
    var path: String

    @Option(
        help: help(
            "存有新口令的文件；默认在终端输入两次。",
            "File with the new passphrase; by default asked twice at the terminal.", "file"))
    var newPassphraseFile: String?

    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var language: LanguageOptions

    func run() throws {
        let old = try passphrase.forKey(path)
        let new = try PassphraseOptions.new(file: newPassphraseFile, for: path)
        try withKeyErrors { () throws(KeyError) in
            try KeyFile.changePassphrase(of: path, suite: .sha256Ed25519, from: old, to: new)
        }
        Terminal.show(
            say(
                "\(path)：口令已更改，密钥不变\n", "\(path): the passphrase was changed, the key is the same\n"
            ))
    }
}

extension KeyCommand {
    /// The one key that an id or a person's number means, enrolled and not revoked.
    static func live(
        named text: String, _ option: String, in ledger: VerifiedLedger<Journal>
    ) throws(CommandFailure) -> EnrolledKey {
        if KeyID(text).flatMap({ ledger.keyRing?[$0] }) != nil {
            return try live(text, option, in: ledger)
        }
        let keys = (ledger.keyRing?.all ?? []).filter {
            $0.person.text == text && $0.revokedSeq == nil
        }
        if keys.count == 1 { return keys[0] }
        if keys.isEmpty { return try live(text, option, in: ledger) }
        let zh = keys.map { "\($0.id)（\(name($0.role).zh)，\($0.unit)）" }.joined(separator: "、")
        let en = keys.map { "\($0.id) (\(name($0.role).en), \($0.unit))" }.joined(separator: ", ")
        throw CommandFailure(
            .usage, zh: "\(option)：\(text) 有 \(keys.count) 把密钥：\(zh)；请写密钥编号，逐把办理",
            en:
                "\(option): \(text) has \(keys.count) keys: \(en); name one by its id, one after the "
                + "other")
    }

    /// The keys of a role that may seal now.
    static func usable(
        _ role: KeyRole, in ledger: VerifiedLedger<Journal>, at now: Timestamp
    ) -> [EnrolledKey] {
        (ledger.keyRing?.all ?? []).filter {
            $0.role == role && $0.revokedSeq == nil && ($0.expires.map { now < $0 } ?? true)
        }
    }
}

/// What a person has sealed and nobody has brought to its end yet.
struct OpenBusiness {
    private var lines: [Message] = []
    private let person: PersonID

    init(of person: PersonID, in journal: Journal) {
        self.person = person
        for record in journal.records {
            let posting = journal.postings[record.posting]
            guard posting.opened.signer?.person == person else { continue }
            switch record.entry {
            case .batch: noteBatch(record.seq, journal.book)
            case .irregular: noteOwed(record.seq, record.entry.kind, journal.book)
            case .movement(let movement) where movement.kind == .recoverable:
                noteOwed(record.seq, movement.kind, journal.book)
            default: continue
            }
        }
    }

    private mutating func noteBatch(_ seq: Int, _ book: FundBook) {
        let payments = book.payments(ofBatch: seq)
        let sent = payments.count { $0.state == .sent }
        let failed = payments.count { $0.state == .failed }
        guard sent + failed > 0 else { return }
        lines.append(
            Message(
                zh: "第 \(seq) 条批次：在银行 \(sent) 笔，待处理 \(failed) 笔（relief show \(seq)）",
                en:
                    "batch \(seq): \(sent) payments with the bank, \(failed) failed (relief show \(seq))"
            ))
    }

    private mutating func noteOwed(_ seq: Int, _ kind: EntryKind, _ book: FundBook) {
        guard let left = book.left(ofTarget: seq), left > 0 else { return }
        let amount = Money(fen: left).text()
        lines.append(
            Message(
                zh: "第 \(seq) 条\(kind.title.zh)：尚未追回 \(amount) 元",
                en: "\(kind.title.en) \(seq): \(amount) yuan not recovered yet"))
    }

    /// The list, for the one who takes over.
    var text: String {
        guard !lines.isEmpty else {
            return say(
                "  未办结  \(person) 名下没有未办结的发放和追回\n",
                "  open         nothing that \(person) has sealed is left open\n")
        }
        let head = say("  未办结  \(person) 名下：\n", "  open         sealed by \(person):\n")
        return head + lines.map { "    " + $0.said + "\n" }.joined()
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel

/// `relief evidence`: the originals behind the entries.
struct EvidenceCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "evidence", "凭证原件：补附、放回、列出、核对。", "Originals: add, put back, list, check.",
            discussion: (
                "原件按 SHA-256 存入 private/evidence，账中只记摘要值、字节数、标题和编号。记账时用 --evidence 附上。",
                """
                Originals lie in private/evidence under their SHA-256; the ledger holds digest, \
                length, title and number. Recording commands take --evidence.
                """
            ),
            subcommands: [AddEvidence.self, ListEvidence.self, CheckEvidence.self])
    }
}

struct AddEvidence: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "add", "为已有记录补附原件，或放回账中已记的原件。",
            "Add originals to an earlier entry, or put back one that the ledger names.",
            discussion: (
                "有 --target 时记一条更正，须签名；没有时只放回账中已记其摘要值的原件，不需要密钥。",
                """
                With --target an amendment is recorded, which needs a key. Without it, only files whose \
                digest the ledger holds are put back, which needs none.
                """
            ))
    }

    @Argument(
        help: help(
            "文件，可加 =标题 和 =编号。", "The files, each with =TITLE and =NUMBER if wanted.", "file"))
    var files: [String]

    @Option(help: help("补附于哪条记录：序号。", "The entry that they bear out, by seq.", "seq"))
    var target: Int?

    @Option(help: help("补附原因；与 --target 一起写。", "Why; with --target.", "text"))
    var reason: String?

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var signer: SignerOptions

    func validate() throws {
        guard (target == nil) != (reason == nil) else { return }
        throw ValidationError(
            say("--target 与 --reason 须一起写", "--target and --reason go together"))
    }

    func run() throws {
        var options = EvidenceOptions()
        options.evidence = files
        let attached = try options.attached()
        guard let target, let reason else { return try putBack(attached) }
        if let problem = FreeText.problem(in: reason, maximumByteCount: 200) {
            throw CommandFailure(
                .usage, zh: "--reason：" + problem.zh, en: "--reason: " + problem.en)
        }
        var session = try Recording(
            ledger, try signer.prepare(), command: "evidence add", attached: attached)
        var changes = Amendment.Changes()
        changes.evidence = session.evidence
        let fields = Amendment(target: target, reason: reason, changes: changes).fields
        // The amendment itself names them as its target's, not as its own.
        try session.commit(
            PostingPlan(entries: [fields], on: session.ledger, header: try session.header()))
    }

    private func putBack(_ attached: [AttachedFile]) throws(CommandFailure) {
        let open = try ledger.open("evidence add")
        let index = EvidenceIndex(open.ledger.fold)
        let strangers = attached.filter { !index.names($0.content.digest) }
        guard strangers.isEmpty else {
            throw CommandFailure(
                .refused,
                strangers.map { file in
                    Complaint(
                        Message(
                            zh: "\(file.path)：账中没有记录这一内容（SHA-256 \(file.content.digest.hex)）",
                            en: "\(file.path): no record names this content (SHA-256 "
                                + "\(file.content.digest.hex))"),
                        hint: Message(
                            zh: "补附于一条记录：relief evidence add 文件 --target 序号 --reason 原因",
                            en:
                                "add it to an entry: relief evidence add FILE --target SEQ --reason WHY"
                        ))
                })
        }
        let folder = try withFileErrors { () throws(FileError) in try open.contents(.evidence) }
        let now = try SystemClock.now()
        for file in attached {
            let isNew = try file.keep(in: folder, at: now)
            Terminal.show(
                isNew
                    ? say("\(file.path)：已放回\n", "\(file.path): put back\n")
                    : say("\(file.path)：原件已在\n", "\(file.path): was there already\n"))
        }
    }
}

struct ListEvidence: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration("list", "列出账中记载的原件。", "List the originals that the ledger names.")
    }

    @Option(help: help("只列这一条记录的原件。", "Only those of this entry.", "seq"))
    var seq: Int?

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let open = try ledger.open("evidence list")
        let index = EvidenceIndex(open.ledger.fold)
        let folder = try withFileErrors { () throws(FileError) in try open.contents(.evidence) }
        var table = Table(
            title: Message(zh: "凭证原件", en: "Originals"),
            columns: [
                Table.Column(Message(zh: "序号", en: "seq"), .seq),
                Table.Column(Message(zh: "标题", en: "title")),
                Table.Column(Message(zh: "编号", en: "number")),
                Table.Column(Message(zh: "文件名", en: "file name")),
                Table.Column(Message(zh: "字节", en: "bytes"), .seq),
                Table.Column(Message(zh: "SHA-256", en: "SHA-256")),
                Table.Column(Message(zh: "状态", en: "state")),
            ])
        for file in seq.map({ index.files(of: $0) }) ?? index.named {
            let state = try withFileErrors { () throws(FileError) in
                try EvidenceIndex.state(of: file.evidence, in: folder)
            }
            table.add([
                .seq(file.seq), Table.Cell(file.evidence.title), Table.Cell(file.evidence.number),
                Table.Cell(Self.name(file.evidence, folder)), .seq(Int(file.evidence.bytes)),
                .text(file.evidence.sha256), .text(Self.title(state).said),
            ])
        }
        if let note = open.ledger.natureNote { table.notes.append(note) }
        Terminal.show(table.terminalText(CommandLanguage.current))
    }

    /// The name that the file had when it was added.
    private static func name(_ evidence: Evidence, _ folder: borrowing ContentFolder) -> String? {
        guard let digest = Digest(hex: evidence.sha256),
            let bytes = try? folder.description(of: digest), bytes.last == 0x0A
        else { return nil }
        return (try? CanonicalJSON.parse(Array(bytes.dropLast())))?["name"]?.string
    }

    private static func title(_ state: EvidenceIndex.State) -> Message {
        switch state {
        case .kept: Message(zh: "在", en: "kept")
        case .missing: Message(zh: "缺失", en: "missing")
        case .changed: Message(zh: "被改动", en: "changed")
        }
    }
}

struct CheckEvidence: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "check", "逐个读出原件，与账中的摘要值核对。", "Read every original and compare it with the ledger.",
            discussion: (
                "缺失、被改动和多余的文件全部列出。退出码：0 全部相符；1 有缺失、改动或多余。",
                "Names every file that is missing, changed or surplus. Exit codes: 0 all agree; 1 some do not."
            ))
    }

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let open = try ledger.open("evidence check")
        let index = EvidenceIndex(open.ledger.fold)
        let folder = try withFileErrors { () throws(FileError) in try open.contents(.evidence) }
        var complaints: [Complaint] = []
        var states: [String: EvidenceIndex.State] = [:]
        for file in index.named {
            let sha256 = file.evidence.sha256
            let state =
                try states[sha256]
                ?? withFileErrors { () throws(FileError) in
                    try EvidenceIndex.state(of: file.evidence, in: folder)
                }
            states[sha256] = state
            if let complaint = Self.complaint(file, state, folder.path) {
                complaints.append(complaint)
            }
        }
        let names = try withFileErrors { () throws(FileError) in try folder.names() }
        for name in index.surplus(names) {
            complaints.append(
                Complaint(
                    zh: "\(folder.path)/\(name)：多余：没有记录提到它；多为中断的记账所留，核实后可删除",
                    en:
                        "\(folder.path)/\(name): surplus: no record names it; most likely left by a "
                        + "command that was interrupted, remove it once that is clear"))
        }
        guard complaints.isEmpty else { throw CommandFailure(.refused, complaints) }
        Terminal.show(
            say(
                "原件 \(states.count) 个，全部与账相符\n",
                "\(states.count) originals, all as the ledger says\n"))
    }

    private static func complaint(
        _ file: EvidenceIndex.Named, _ state: EvidenceIndex.State, _ folder: String
    ) -> Complaint? {
        let path = "\(folder)/\(file.evidence.sha256)"
        let title = file.evidence.title.map { "“\($0)”" } ?? ""
        switch state {
        case .kept: return nil
        case .missing:
            return Complaint(
                Message(
                    zh: "第 \(file.seq) 条\(title)：原件缺失：\(path)",
                    en: "seq \(file.seq) \(title): the original is missing: \(path)"),
                hint: Message(
                    zh: "从备份或纸质件找回后放回：relief evidence add 文件",
                    en: "find it in a backup and put it back: relief evidence add FILE"))
        case .changed(let count):
            return Complaint(
                Message(
                    zh: "第 \(file.seq) 条\(title)：原件被改动：\(path)，应为 \(file.evidence.bytes) 字节，"
                        + "实为 \(count) 字节，摘要值不符",
                    en: "seq \(file.seq) \(title): the original was changed: \(path), expected "
                        + "\(file.evidence.bytes) bytes, found \(count), of another digest"),
                hint: Message(
                    zh: "保全现有文件，找回原件后放回：relief evidence add 文件",
                    en: "keep what is there elsewhere, find the original and put it back: relief "
                        + "evidence add FILE"))
        }
    }
}

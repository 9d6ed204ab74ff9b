// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel

/// Why a draft was sent back; kept beside it, never in the chain.
struct Rejection {
    let at: Timestamp
    let reason: String

    init(at: Timestamp, reason: String) {
        self.at = at
        self.reason = reason
    }

    /// The rejection of a draft, where there is one.
    init?(of digest: Digest, in folder: borrowing ContentFolder) throws(CommandFailure) {
        let line = try withFileErrors { () throws(FileError) in
            try folder.description(of: digest)
        }
        guard let line, line.last == 0x0A,
            let value = try? CanonicalJSON.parse(Array(line.dropLast())),
            let at = value["rejected"]?.string.flatMap({ Timestamp($0) }),
            let reason = value["reason"]?.string
        else { return nil }
        self.init(at: at, reason: reason)
    }

    var line: [UInt8] {
        CanonicalJSON.encode(
            .object(["reason": .string(reason), "rejected": .string(at.description)])) + [0x0A]
    }
}

struct RejectDraft: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "reject", "退回一份草稿：连同原因保存，账中不记。",
            "Send a draft back: it is kept with the reason; the ledger holds nothing of it."
        )
    }

    @Argument(help: help("草稿文件。", "The draft.", "file"))
    var file: String

    @Option(help: help("退回原因。", "Why.", "text"))
    var reason: String

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        if let problem = FreeText.problem(in: reason, maximumByteCount: 200) {
            throw CommandFailure(
                .usage, zh: "--reason：" + problem.zh, en: "--reason: " + problem.en)
        }
        let (bytes, _) = try DraftCommand.read(file)
        let id = try AcceptDraft.id(of: bytes)
        let open = try ledger.open("draft reject")
        if let posting = open.ledger.fold.posting(id.posting) {
            throw CommandFailure(
                .refused,
                zh: "\(file)：草稿已接受并记入第 \(posting.opened.seq) 条，不能再退回；请用 relief reverse 冲正",
                en:
                    "\(file): the draft was accepted and recorded at seq \(posting.opened.seq); it is "
                    + "not sent back any more, but undone with relief reverse")
        }
        let rejection = Rejection(at: try SystemClock.now(), reason: reason)
        try withFileErrors { () throws(FileError) in
            let folder = try open.contents(.drafts)
            try folder.keep(bytes)
            try folder.describe(id.digest, rejection.line)
        }
        Terminal.show(
            say("\(file)：已退回，没有记账\n", "\(file): sent back; nothing was recorded\n"))
    }
}

struct ListDrafts: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration("list", "列出保存的草稿。", "List the drafts that are kept.")
    }

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let open = try ledger.open("draft list")
        let folder = try withFileErrors { () throws(FileError) in try open.contents(.drafts) }
        var table = Table(
            title: Message(zh: "草稿", en: "Drafts"),
            columns: [
                Table.Column(Message(zh: "制作时间", en: "made at")),
                Table.Column(Message(zh: "单位", en: "unit")),
                Table.Column(Message(zh: "制作人", en: "by")),
                Table.Column(Message(zh: "条数", en: "entries"), .seq),
                Table.Column(Message(zh: "状态", en: "state")),
                Table.Column(Message(zh: "SHA-256", en: "SHA-256")),
            ])
        let names = try withFileErrors { () throws(FileError) in try folder.names() }
        for name in names {
            guard let digest = Digest(hex: name) else { continue }
            let path = folder.path(of: digest)
            let (bytes, draft) = try DraftCommand.read(path)
            let state = try state(try AcceptDraft.id(of: bytes), open.ledger, folder)
            table.add([
                .text(draft.at.description), .text(open.ledger.fold.book.name(draft.unit)),
                .text(draft.person.text), .seq(draft.drafts.count), .text(state), .text(name),
            ])
        }
        if let note = open.ledger.natureNote { table.notes.append(note) }
        Terminal.show(table.terminalText(CommandLanguage.current))
    }

    private func state(
        _ id: (digest: Digest, posting: PostingID), _ ledger: VerifiedLedger<Journal>,
        _ folder: borrowing ContentFolder
    ) throws(CommandFailure) -> String {
        if let posting = ledger.fold.posting(id.posting) {
            return say("已接受，第 \(posting.opened.seq) 条", "accepted, seq \(posting.opened.seq)")
        }
        if let rejection = try Rejection(of: id.digest, in: folder) {
            return say("已退回：\(rejection.reason)", "rejected: \(rejection.reason)")
        }
        return say("未记账", "not recorded")
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import FoundationEssentials
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel

/// `relief draft`: a township hands in, the county records.
struct DraftCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "draft", "乡镇草稿：制作、查看、接受、退回、列出。",
            "Townships' drafts: make, show, accept, reject, list.",
            discussion: (
                """
                乡镇没有县级密钥：以乡镇经办密钥签署草稿，交县级审核。县级接受后才记账；\
                接受人与制作人须是不同的人、不同的密钥。
                """,
                """
                A township has no county key: its officer signs a draft, and the county records it or \
                does not. Who accepts is another person with another key than who drafted.
                """
            ),
            subcommands: [
                MakeDraft.self, ShowDraft.self, AcceptDraft.self, RejectDraft.self, ListDrafts.self,
            ])
    }

    /// The bytes and the content of a draft.
    static func read(_ path: String) throws(CommandFailure) -> (bytes: [UInt8], DraftDocument) {
        let bytes = try InputFile.read(path)
        return (bytes, try DraftDocument(bytes, path: path))
    }
}

extension LedgerOptions {
    /// The ledger for looking at: a county's own, or a public copy without `private`.
    func look(_ command: String) throws(CommandFailure) -> VerifiedLedger<Journal> {
        if FileManager.default.fileExists(atPath: path + "/private") {
            let open = try open(command)
            return open.ledger
        }
        let verified: VerifiedLedger<Journal>
        do throws(LedgerReadError) {
            verified = try UnverifiedLedger(path: path).verify(folding: Journal())
        } catch {
            throw CommandFailure(.unreadable(error))
        }
        guard verified.integrity.isIntact else {
            throw CommandFailure(
                .broken,
                verified.integrity.faults.map { fault in
                    Complaint(
                        zh: "\(path)：第 \(fault.line) 行：\(fault.message.zh)；请向县级重新索取公开部分",
                        en:
                            "\(path): line \(fault.line): \(fault.message.en); ask the county for the "
                            + "public part again")
                })
        }
        return verified
    }
}

struct MakeDraft: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "make", "制作并签署一份草稿。", "Make and sign a draft.",
            discussion: (
                """
                表格与 relief post 相同。--ledger 可以是县级发来的公开部分（只有 ledger.jsonl）。\
                表格有错误就不制作；规则的意见只作提示，以县级接受时为准。原件随草稿另行送交。
                """,
                """
                The tables are those of relief post. --ledger may be the public part that the county \
                sends (ledger.jsonl alone). With a mistake in the tables no draft is made; what the rules \
                say is a warning here, and counts when the county accepts. Originals travel beside the draft.
                """
            ))
    }

    @Argument(help: help("表格文件。", "The tables.", "file"))
    var files: [String]

    @Option(help: help("草稿文件。", "The draft.", "file"))
    var out: String

    @OptionGroup var recording: RecordingOptions

    func run() throws {
        let attached = try recording.evidence.attached()
        let signer = try recording.signer.prepare()
        var files: [PostingFile] = []
        for path in self.files { files.append(try PostingFile(path, sheet: nil)) }
        let ledger = try recording.ledger.look("draft make")
        let now = try SystemClock.now()
        let key = try signer.unlock(for: ledger, at: now)
        guard let enrolled = ledger.keyRing?[key.publicKey.keyID], enrolled.role == .officer,
            let fingerprint = ledger.fingerprint, let root = ledger.root
        else {
            throw CommandFailure(
                .refused, zh: "草稿须以经办密钥签署", en: "a draft is signed by an officer's key")
        }
        var draft = DraftDocument(
            at: now, by: enrolled.id, person: enrolled.person, unit: enrolled.unit,
            fingerprint: fingerprint, origin: ledger.founding.origin,
            basis: Expectation(size: ledger.size, root: root),
            tables: files.enumerated().map { DraftDocument.TableRows($1, number: $0 + 1) },
            evidence: attached.map(\.evidence))
        guard !draft.drafts.isEmpty else {
            throw CommandFailure(
                .usage, zh: "表头之下没有记录，应至少一行；请补上",
                en: "no row below the header, expected at least one; add it")
        }
        let plan = PostingPlan(
            draft.drafts, on: ledger, header: try Recording.header(for: ledger, by: enrolled.id),
            evidence: draft.evidence)
        try plan.requireReadable()
        let review = try DraftReview(draft, path: out, on: ledger, at: now)
        let strangers = review.strangers(in: plan)
        guard strangers.isEmpty else { throw CommandFailure(.refused, strangers) }
        for warning in plan.refusals + plan.warnings {
            Terminal.complain(warning.text(Complaint.warning))
        }
        let statement = try draft.statement()
        do throws(OpenSSLError) {
            draft.signature = try key.sign(statement)
        } catch {
            throw CommandFailure(error)
        }
        try InputFile.create(out, String(decoding: draft.bytes, as: UTF8.self))
        Terminal.show(
            say(
                "\(out)：草稿 \(plan.rows.count) 条，由 \(draft.person) 签署，依据 \(draft.basis)\n",
                "\(out): a draft of \(plan.rows.count) entries, signed by \(draft.person), on "
                    + "\(draft.basis)\n"))
    }
}

struct ShowDraft: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "show", "核对一份草稿，显示将会记录什么、规则怎么说。",
            "Check a draft, and show what it would record and what the rules say.")
    }

    @Argument(help: help("草稿文件。", "The draft.", "file"))
    var file: String

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
        let (bytes, draft) = try DraftCommand.read(file)
        let ledger = try ledger.look("draft show")
        let review = try DraftReview(
            draft, path: file, on: ledger, at: try SystemClock.now())
        try review.requireSound()
        let id = try AcceptDraft.id(of: bytes)
        if let posting = ledger.fold.posting(id.posting) {
            Terminal.show(AcceptDraft.recorded(file, posting))
            return
        }
        let plan = PostingPlan(
            draft.drafts, on: ledger, header: try Recording.header(for: ledger, by: draft.by),
            evidence: draft.evidence)
        let strangers = review.strangers(in: plan)
        var entries = EntryTable.table(plan.outcome, seqs: Set(plan.rows.map(\.seq)))
        entries.notes.append(Self.origin(draft, review))
        if !draft.evidence.isEmpty {
            entries.notes.append(
                Message(
                    zh: "附原件 \(draft.evidence.count) 个："
                        + Correction.evidence(draft.evidence.map(\.json)),
                    en: "\(draft.evidence.count) originals: "
                        + Correction.evidence(draft.evidence.map(\.json))))
        }
        if let note = ledger.natureNote { entries.notes.append(note) }
        Terminal.show(entries.terminalText(CommandLanguage.current))
        for warning in plan.warnings { Terminal.complain(warning.text(Complaint.warning)) }
        try plan.requireClean(besides: strangers)
    }

    private static func origin(_ draft: DraftDocument, _ review: DraftReview) -> Message {
        Message(
            zh: "由 \(draft.unit) 的 \(draft.person) 于 \(draft.at) 签署，签名成立；依据账本前 "
                + "\(draft.basis.size) 条，此后本账又记了 \(review.recordsSince) 条",
            en:
                "signed by \(draft.person) of \(draft.unit) at \(draft.at), and the signature holds; it "
                + "rests on the first \(draft.basis.size) records, and \(review.recordsSince) came since"
        )
    }
}

struct AcceptDraft: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "accept", "接受一份草稿并记账。", "Accept a draft and record it.",
            discussion: (
                "草稿原样存入 private/drafts。同一草稿接受两次只记一次账。草稿所附原件用 --evidence 给出。",
                """
                The draft is kept in private/drafts as it is. Accepting it twice records it once. \
                --evidence gives the originals that it names.
                """
            ))
    }

    @Argument(help: help("草稿文件。", "The draft.", "file"))
    var file: String

    @OptionGroup var recording: RecordingOptions

    func run() throws {
        let (bytes, draft) = try DraftCommand.read(file)
        let id = try Self.id(of: bytes)
        var session = try Recording(recording, command: "draft accept")
        if let posting = session.ledger.fold.posting(id.posting) {
            Terminal.show(Self.recorded(file, posting))
            return
        }
        let now = try SystemClock.now()
        try requireTwoPeople(draft, session.signerID, session.person)
        let review = try DraftReview(draft, path: file, on: session.ledger, at: now)
        try review.requireSound()
        try session.requireUnrejected(id.digest, file)
        try session.requireOriginals(of: draft, file)
        let header = try session.header(
            id: id.posting, memo: say("草稿：\(draft.person)", "draft by \(draft.person)"),
            source: id.digest)
        let plan = PostingPlan(
            draft.drafts, on: session.ledger, header: header, evidence: draft.evidence)
        try plan.requireClean(besides: review.strangers(in: plan))
        try session.keep(draft: bytes)
        try session.commit(plan)
    }

    /// What names a draft: its digest, whose first half is its posting's id.
    static func id(
        of bytes: [UInt8]
    ) throws(CommandFailure) -> (digest: Digest, posting: PostingID) {
        let digest = try TableFile.digest(of: bytes)
        guard let posting = PostingID(bytes: Array(digest.bytes.prefix(16))) else {
            preconditionFailure("AcceptDraft.id: 16 bytes make an id")
        }
        return (digest, posting)
    }

    static func recorded(_ file: String, _ posting: Journal.Posting) -> String {
        let place = "\(posting.opened.seq)–\(posting.sealSeq ?? posting.opened.seq)"
        return say(
            "\(file)：已接受并记入第 \(place) 条，本次没有重复记账\n",
            "\(file): accepted and recorded at seq \(place) already; nothing was recorded again\n")
    }

    private func requireTwoPeople(
        _ draft: DraftDocument, _ key: KeyID, _ person: PersonID
    ) throws(CommandFailure) {
        guard key == draft.by || person == draft.person else { return }
        throw CommandFailure(
            .refused, zh: "\(file)：草稿由 \(draft.person) 制作，不能由本人接受；请换另一人审核",
            en: "\(file): \(draft.person) made the draft and may not accept it; another person must"
        )
    }
}

// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefModel

/// The way of a posting from a plan to its receipt; every recording command takes it.
struct Recording: ~Copyable {
    private(set) var open: OpenLedger<Journal>
    private let key: PrivateKey
    private let signer: EnrolledKey
    /// The originals behind the posting.
    private let attached: [AttachedFile]

    /// Asks for the passphrase, reads the evidence, then opens ledger and key.
    init(_ options: RecordingOptions, command: String) throws(CommandFailure) {
        let attached = try options.evidence.attached()
        try self.init(
            options.ledger, try options.signer.prepare(), command: command, attached: attached)
    }

    /// Opens ledger and key for one command; the key's passphrase has been asked for before.
    init(
        _ options: LedgerOptions, _ signer: consuming PreparedSigner, command: String,
        attached: [AttachedFile] = []
    ) throws(CommandFailure) {
        let open = try options.open(command)
        let key = try signer.unlock(for: open.ledger, at: try SystemClock.now())
        guard let enrolled = open.ledger.keyRing?[key.publicKey.keyID] else {
            preconditionFailure("Recording.init: unlock gives enrolled keys only")
        }
        self.attached = attached
        self.signer = enrolled
        self.key = key
        self.open = open
    }

    /// The ledger as it is now.
    var ledger: VerifiedLedger<Journal> { open.ledger }

    /// What the chain is to hold of the originals.
    var evidence: [Evidence] { attached.map(\.evidence) }

    /// A folder of originals beside the ledger.
    func contents(_ name: ContentFolder.Name) throws(FileError) -> ContentFolder {
        try open.contents(name)
    }

    /// The key that seals.
    var signerID: KeyID { signer.id }

    /// Who seals.
    var person: PersonID { signer.person }

    /// The ledger's folder.
    var path: String { open.path }

    /// The header of the next posting.
    func header(
        id: PostingID? = nil, memo: String? = nil, source: Digest? = nil
    ) throws(CommandFailure) -> PostingHeader {
        try Self.header(for: ledger, by: signer.id, id: id, memo: memo, source: source)
    }

    /// A header with the present time.
    static func header(
        for ledger: VerifiedLedger<Journal>, by key: KeyID, id: PostingID? = nil,
        memo: String? = nil, source: Digest? = nil
    ) throws(CommandFailure) -> PostingHeader {
        let now = try SystemClock.now()
        if let last = ledger.recordedAt, now < last {
            throw CommandFailure(
                .incomplete, zh: "本机时钟为 \(now)，早于上一批的记账时间 \(last)；请校准时钟",
                en:
                    "this machine's clock says \(now), before the last posting at \(last); set the clock"
            )
        }
        if let memo, let problem = FreeText.problem(in: memo, maximumByteCount: 1000) {
            throw CommandFailure(
                .usage, zh: "--posting-memo：" + problem.zh, en: "--posting-memo: " + problem.en)
        }
        let random = id == nil ? try Self.randomID() : nil
        guard let id = id ?? random else { preconditionFailure("Recording.header: no id") }
        return PostingHeader(at: now, by: key, id: id, memo: memo, source: source)
    }

    /// The header of a rehearsal, which needs no key: by the officer of the widest unit.
    static func rehearsalHeader(
        for ledger: VerifiedLedger<Journal>
    ) throws(CommandFailure) -> PostingHeader {
        let now = try SystemClock.now()
        let officers = (ledger.keyRing?.all ?? []).filter {
            $0.role == .officer && $0.revokedSeq == nil && ($0.expires.map { now < $0 } ?? true)
        }
        guard let officer = officers.min(by: { $0.unit.level < $1.unit.level }) else {
            throw CommandFailure(
                .refused, zh: "本账没有可用的经办密钥", en: "the ledger has no usable officer key",
                hint: Message(zh: "用 relief key enrol 登记", en: "enrol one with relief key enrol"))
        }
        return try header(for: ledger, by: officer.id)
    }

    /// A fresh random id.
    static func randomID() throws(CommandFailure) -> LedgerID {
        do throws(OpenSSLError) {
            guard let id = LedgerID(bytes: try SecureRandom.bytes(16)) else {
                preconditionFailure("Recording.randomID: 16 bytes make an id")
            }
            return id
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Plans entries and records them.
    mutating func record(_ drafts: [EntryDraft]) throws(CommandFailure) {
        try commit(
            PostingPlan(
                drafts, on: ledger, header: try header(), evidence: evidence))
    }

    /// Plans entries that the command has made, and records them.
    mutating func record(entries: [RecordFields]) throws(CommandFailure) {
        try commit(
            PostingPlan(
                entries: entries, on: ledger, header: try header(), evidence: evidence))
    }

    /// Seals and appends a plan, and prints its receipt.
    mutating func commit(_ plan: consuming PostingPlan) throws(CommandFailure) {
        try plan.requireClean()
        for warning in plan.warnings { Terminal.complain(warning.text(Complaint.warning)) }
        let posting: SealedPosting
        do throws(PostingError) {
            posting = try plan.seal(with: key)
        } catch {
            throw CommandFailure(.incomplete, zh: "无法封存：\(error)", en: "cannot be sealed: \(error)")
        }
        // Copied before the posting is: a record never names a file that is not there.
        let fresh = try keepAttached()
        do throws(StoreError) {
            try open.append(posting)
        } catch {
            try withdraw(fresh, after: error)
            throw CommandFailure(error)
        }
        Terminal.show(
            PostingReceipt.text(of: posting, by: signer, in: open.ledger, path: open.path))
    }
}

// MARK: - Originals

extension Recording {
    /// Copies the originals into `private/evidence`; gives those that were not there.
    private func keepAttached() throws(CommandFailure) -> [Digest] {
        guard !attached.isEmpty else { return [] }
        let now = try SystemClock.now()
        let folder = try withFileErrors { () throws(FileError) in try open.contents(.evidence) }
        var fresh: [Digest] = []
        do throws(CommandFailure) {
            for file in attached {
                if try file.keep(in: folder, at: now) { fresh.append(file.content.digest) }
            }
        } catch {
            for digest in fresh { try? folder.remove(digest) }
            throw error
        }
        return fresh
    }

    /// Takes copies back where the posting is certainly not recorded; else it may be adopted.
    private func withdraw(_ fresh: [Digest], after error: StoreError) throws(CommandFailure) {
        switch error {
        case .refused, .notRecorded, .tampered: break
        default: return
        }
        guard !fresh.isEmpty else { return }
        // What cannot be removed, `relief evidence check` names.
        guard let folder = try? open.contents(.evidence) else { return }
        for digest in fresh { try? folder.remove(digest) }
    }
}

extension PostingPlan {
    /// Seals what was planned.
    consuming func seal(with key: borrowing PrivateKey) throws(PostingError) -> SealedPosting {
        try builder.seal(with: key)
    }
}

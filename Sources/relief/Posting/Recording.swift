// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore

/// The way of a posting from a plan to its receipt; every recording command takes it.
struct Recording: ~Copyable {
    private(set) var open: OpenLedger<Journal>
    private let key: PrivateKey
    private let signer: EnrolledKey

    /// Opens ledger and key for one command; the key's passphrase has been asked for before.
    init(
        _ options: LedgerOptions, _ signer: consuming PreparedSigner, command: String
    ) throws(CommandFailure) {
        let open = try options.open(command)
        let key = try signer.unlock(for: open.ledger, at: try SystemClock.now())
        guard let enrolled = open.ledger.keyRing?[key.publicKey.keyID] else {
            preconditionFailure("Recording.init: unlock gives enrolled keys only")
        }
        self.signer = enrolled
        self.key = key
        self.open = open
    }

    /// The ledger as it is now.
    var ledger: VerifiedLedger<Journal> { open.ledger }

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
        if let memo, let problem = TextRule.problem(in: memo, maximumByteCount: 1000) {
            throw CommandFailure(
                .usage, zh: "--posting-memo：" + problem.zh, en: "--posting-memo: " + problem.en)
        }
        let random = id == nil ? try Self.randomID() : nil
        guard let id = id ?? random else { preconditionFailure("Recording.header: no id") }
        return PostingHeader(at: now, by: key, id: id, memo: memo, source: source)
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
        try commit(try PostingPlan(drafts, on: ledger, header: try header()))
    }

    /// Plans entries that the command has made, and records them.
    mutating func record(entries: [RecordFields]) throws(CommandFailure) {
        try commit(try PostingPlan(entries: entries, on: ledger, header: try header()))
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
        do throws(StoreError) {
            try open.append(posting)
        } catch {
            throw CommandFailure(error)
        }
        Terminal.show(
            PostingReceipt.text(of: posting, by: signer, in: open.ledger, path: open.path))
    }
}

extension PostingPlan {
    /// Seals what was planned.
    consuming func seal(with key: borrowing PrivateKey) throws(PostingError) -> SealedPosting {
        try builder.seal(with: key)
    }
}

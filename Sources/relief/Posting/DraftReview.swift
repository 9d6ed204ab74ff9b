// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefModel

/// Whether a draft is what it says: for this ledger, by an officer of its unit, unchanged, and about
/// nothing but that unit.
struct DraftReview {
    let draft: DraftDocument
    let path: String
    private let ledger: VerifiedLedger<Journal>
    /// Everything that speaks against it.
    private(set) var complaints: [Complaint] = []

    init(
        _ draft: DraftDocument, path: String, on ledger: VerifiedLedger<Journal>, at now: Timestamp
    ) throws(CommandFailure) {
        self.draft = draft
        self.path = path
        self.ledger = ledger
        guard draft.origin == ledger.founding.origin, draft.fingerprint == ledger.fingerprint else {
            complain(
                zh: "草稿是为另一本账作的（\(draft.origin)）；本账为 \(ledger.founding.origin)",
                en: "the draft is for another ledger (\(draft.origin)); this one is "
                    + "\(ledger.founding.origin)")
            return
        }
        try checkSigner(at: now)
        try checkBasis()
    }

    private mutating func complain(zh: String, en: String) {
        complaints.append(Complaint(zh: "\(path)：\(zh)", en: "\(path): \(en)"))
    }

    private mutating func checkSigner(at now: Timestamp) throws(CommandFailure) {
        guard let key = ledger.keyRing?[draft.by] else {
            complain(
                zh: "签署草稿的密钥 \(draft.by) 没有在本账登记",
                en: "the key \(draft.by) that signed the draft is not enrolled in this ledger")
            return
        }
        if let revoked = key.revokedSeq {
            complain(
                zh: "签署草稿的密钥 \(draft.by) 已在第 \(revoked) 条注销",
                en: "the key \(draft.by) that signed the draft was revoked at seq \(revoked)")
        }
        if let expires = key.expires, now >= expires {
            complain(
                zh: "签署草稿的密钥 \(draft.by) 已于 \(expires) 到期",
                en: "the key \(draft.by) that signed the draft expired at \(expires)")
        }
        if key.role != .officer || key.unit != draft.unit || key.person != draft.person {
            complain(
                zh: "草稿自称由 \(draft.unit) 的 \(draft.person) 签署，而密钥 \(key.id) 登记为 \(key.unit) 的 "
                    + "\(key.person)（\(key.role.rawValue)）",
                en:
                    "the draft says it is by \(draft.person) of \(draft.unit), and key \(key.id) is "
                    + "enrolled for \(key.person) of \(key.unit) (\(key.role.rawValue))")
        }
        guard key.publicKey.isValid(signature: draft.signature, for: try draft.statement()) else {
            complain(
                zh: "签名不成立：草稿在签署后被改动；请向乡镇重新索取",
                en:
                    "the signature does not hold: the draft was changed after it was signed; ask the "
                    + "township for it again")
            return
        }
    }

    /// The ledger that the township knew must be a beginning of this one.
    private mutating func checkBasis() throws(CommandFailure) {
        guard draft.basis.size <= ledger.size else {
            complain(
                zh: "草稿依据的账本有 \(draft.basis.size) 条，本账只有 \(ledger.size) 条；请核对是否用了旧账本",
                en: "the draft rests on \(draft.basis.size) records, and this ledger has "
                    + "\(ledger.size); find out whether it is an old copy")
            return
        }
        let again: VerifiedLedger<Journal>
        do throws(LedgerReadError) {
            again = try UnverifiedLedger(ledger.bytes).verify(
                folding: Journal(), expecting: [draft.basis])
        } catch {
            throw CommandFailure(.unreadable(error))
        }
        if !again.integrity.isIntact {
            complain(
                zh: "草稿依据的账本（\(draft.basis)）不是本账的前身；请把本账的公开部分重新发给乡镇",
                en:
                    "the ledger that the draft rests on (\(draft.basis)) is no beginning of this one; "
                    + "send the township the public part anew")
        }
    }

    /// Records that came after the ledger that the township knew.
    var recordsSince: Int { ledger.size - draft.basis.size }

    /// Fails with everything that speaks against the draft.
    func requireSound() throws(CommandFailure) {
        guard complaints.isEmpty else { throw CommandFailure(.refused, complaints) }
    }

    /// Entries about other units than the drafter's, and such as are not for townships at all.
    func strangers(in plan: borrowing PostingPlan) -> [Complaint] {
        plan.rows.compactMap { row in
            guard let entry = plan.outcome.record(seq: row.seq)?.entry else { return nil }
            if let unit = entry.unit, draft.unit.contains(unit) { return nil }
            let prefix = row.draft.prefix
            let unit = entry.unit?.description
            return Complaint(
                zh: prefix + "\(entry.kind.title.zh)" + (unit.map { "属 \($0)，" } ?? "，")
                    + "草稿只能记 \(draft.unit) 及其下级的事项；请由县级直接记账",
                en: prefix + "the \(entry.kind.title.en)" + (unit.map { " is of \($0)" } ?? "")
                    + ": a draft is about \(draft.unit) and what lies in it only; record it at the "
                    + "county")
        }
    }
}

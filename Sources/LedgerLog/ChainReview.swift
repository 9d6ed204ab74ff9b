// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat

/// Which records of a broken ledger were altered, and what each record's leaf was when sealed.
///
/// Every record keeps the leaf hash of the one before it. Where record k no longer has the hash
/// that record k + 1 keeps, k was altered, and the kept hash is what k once was: put into the
/// tree in its place, it lets every later seal still prove everything but k.
struct ChainReview {
    /// Records whose bytes differ from what the next record links to.
    private(set) var altered: Set<Int> = []
    /// The leaf that each record had; nil where neither the record nor its successor tells.
    private(set) var leaves: [Digest?]

    init(_ order: RecordOrder, _ lines: [SurveyedLine]) {
        let slots = order.slots
        leaves = Array(repeating: nil, count: slots.count)
        for seq in slots.indices.reversed() {
            let own = slots[seq].map { lines[$0] }
            let successor = seq + 1 < slots.count ? slots[seq + 1].map { lines[$0] } : nil
            guard let own else {
                leaves[seq] = successor?.prev
                continue
            }
            guard let link = successor?.prev, link != own.leaf else {
                leaves[seq] = own.leaf
                continue
            }
            if altered.contains(seq + 1), own.problem == nil {
                // The successor was touched itself: its link is no evidence against this record.
                leaves[seq] = own.leaf
            } else {
                altered.insert(seq)
                leaves[seq] = link
            }
        }
        acquitLastLink(order, lines)
    }

    /// The last record has no successor, so a broken link before it may be either one's fault;
    /// the root that it seals decides.
    private mutating func acquitLastLink(_ order: RecordOrder, _ lines: [SurveyedLine]) {
        let last = order.slots.count - 1
        guard last > 0, altered.contains(last - 1), let seal = order.slots[last],
            let before = order.slots[last - 1], lines[seal].kind == Kind.seal
        else { return }
        suspectLink = SuspectLink(seq: last, ownLeaf: lines[before].leaf)
    }

    /// A broken link that only the seal's root can judge.
    struct SuspectLink {
        /// The seal that keeps the link.
        let seq: Int
        /// The leaf of the record before it as that record stands.
        let ownLeaf: Digest
    }

    private(set) var suspectLink: SuspectLink?

    /// The record before the seal is as it was sealed; it is the seal's link that was altered.
    mutating func blameSeal(_ link: SuspectLink) {
        altered.remove(link.seq - 1)
        altered.insert(link.seq)
        leaves[link.seq - 1] = link.ownLeaf
    }
}

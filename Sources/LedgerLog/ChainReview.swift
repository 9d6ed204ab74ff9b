// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat

/// Which records of a broken ledger were altered, and what each record's leaf was when sealed.
///
/// Every record keeps the leaf hash of the one before it. Where record k no longer has the hash
/// that record k + 1 keeps, either k was altered, and the kept hash is what k once was: put into
/// the tree in its place, it lets every later seal still prove everything but k. Or the link was
/// altered, and k is as it was. Where nothing nearer tells, the next seal's root decides.
struct ChainReview {
    /// Records whose bytes differ from what was sealed.
    private(set) var altered: Set<Int> = []
    /// The leaf that each record had; nil where neither the record nor its successor tells.
    private(set) var leaves: [Digest?]
    /// Records of which it is open whether they or the links to them were altered, with the leaf
    /// that each has in the other case.
    private var doubts: [(seq: Int, otherLeaf: Digest)] = []

    /// Hashings that a search may cost; beyond them doubts stay as they are.
    private static let searchLimit = 1 << 20

    init(
        _ ledger: LedgerBytes, _ order: RecordOrder, _ lines: [SurveyedLine],
        hasher: Hasher.Shared
    ) {
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
            leaves[seq] = link
            if let successor, altered.contains(seq + 1), own.problem == nil {
                if hasher.leaf(of: successor, in: ledger, linkedTo: own.leaf) == leaves[seq + 1] {
                    // With a link to this record the successor is what it was: its link alone
                    // was altered.
                    leaves[seq] = own.leaf
                    continue
                }
                doubts.append((seq, own.leaf))
            } else if seq + 2 == slots.count, own.problem == nil {
                doubts.append((seq, own.leaf))
            }
            altered.insert(seq)
        }
        doubts.reverse()
        settleDoubts(ledger, order, lines, hasher)
    }

    /// Lets the root of the next seal choose between the two leaves of each doubtful record.
    private mutating func settleDoubts(
        _ ledger: LedgerBytes, _ order: RecordOrder, _ lines: [SurveyedLine],
        _ hasher: Hasher.Shared
    ) {
        guard let first = doubts.first?.seq else { return }
        var range = CompactRange()
        for seq in 0..<first {
            guard let leaf = leaves[seq] else { return }
            range = hasher.appending(leaf, to: range)
        }
        var start = first
        var open: [(seq: Int, otherLeaf: Digest)] = []
        var waiting = doubts[...]
        for seq in first..<leaves.count {
            if let index = order.slots[seq], lines[index].kind == Kind.seal, !open.isEmpty,
                let root = ledger.seal(lines[index])?.root,
                let chosen = choose(open, start..<seq, after: range, root: root, hasher)
            {
                for doubt in open where chosen.contains(doubt.seq) {
                    leaves[doubt.seq] = doubt.otherLeaf
                    altered.remove(doubt.seq)
                    altered.insert(doubt.seq + 1)
                }
                for settled in start..<seq {
                    guard let leaf = leaves[settled] else { return }
                    range = hasher.appending(leaf, to: range)
                }
                start = seq
                open = []
            }
            if waiting.first?.seq == seq { open += [waiting.removeFirst()] }
        }
        // A last seal with a root that neither leaf explains is itself what was altered.
        guard let doubt = open.last, doubt.seq + 2 == leaves.count,
            let index = order.slots[doubt.seq + 1], ledger.seal(lines[index]) != nil,
            lines[index].kind == Kind.seal, open.count == 1
        else { return }
        leaves[doubt.seq] = doubt.otherLeaf
        altered.remove(doubt.seq)
        altered.insert(doubt.seq + 1)
    }

    /// The records whose other leaf makes the root come out; nil when no choice does.
    private func choose(
        _ open: [(seq: Int, otherLeaf: Digest)], _ seqs: Range<Int>, after range: CompactRange,
        root: Digest, _ hasher: Hasher.Shared
    ) -> Set<Int>? {
        guard open.count < 20, seqs.count << open.count <= Self.searchLimit else { return nil }
        for choice in 0..<1 << open.count {
            let others = open.indices.filter { choice >> $0 & 1 == 1 }.map { open[$0] }
            let otherLeaves = Dictionary(
                uniqueKeysWithValues: others.map { ($0.seq, $0.otherLeaf) })
            var whole = range
            for seq in seqs {
                guard let leaf = otherLeaves[seq] ?? leaves[seq] else { return nil }
                whole = hasher.appending(leaf, to: whole)
            }
            if hasher.root(of: whole) == root { return Set(otherLeaves.keys) }
        }
        return nil
    }
}

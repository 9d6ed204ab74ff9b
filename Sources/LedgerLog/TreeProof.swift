// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto

/// The hashes that lead from some leaves of an RFC 6962 tree to its root (FORMAT.md §14).
///
/// One proof for many leaves: neighbours share what lies above them, so that a thousand rows in a
/// row cost little more than one.
public struct TreeProof: Sendable, Equatable {
    /// The roots of the parts without a known leaf, from left to right.
    public let hashes: [Digest]

    /// Takes a proof that is still to be checked.
    public init(hashes: [Digest]) {
        self.hashes = hashes
    }

    /// Proves some leaves of a tree that is at hand.
    ///
    /// - Parameter known: The leaves to prove, ascending, each once.
    /// - Precondition: There is a known leaf, and each is one of the tree's.
    public init(leaves: [Digest], known: [Int], hasher: inout Hasher) {
        self.init(in: DigestTree(leaves: leaves, hasher: &hasher), known: known)
    }

    /// Proves some leaves of a tree that has been hashed; nothing is hashed again.
    ///
    /// - Parameter known: The leaves to prove, ascending, each once.
    /// - Precondition: There is a known leaf, and each is one of the tree's.
    public init(in tree: DigestTree, known: [Int]) {
        precondition(
            known.first.map { $0 >= 0 } ?? false && known.last.map { $0 < tree.count } ?? false
                && zip(known, known.dropFirst()).allSatisfy { $0 < $1 },
            "TreeProof.init: no ascending leaves of \(tree.count)")
        var maker = Maker(tree: tree, known: known)
        maker.walk(0, tree.count, 0..<known.count)
        hashes = maker.hashes
    }

    /// The root that the leaves lead to; nil where the proof has too few hashes or too many, or the
    /// leaves are none of such a tree.
    ///
    /// - Parameters:
    ///   - size: How many leaves the tree has.
    ///   - known: The leaves, ascending by index, each once.
    /// - Complexity: O(*k* log *size*) for *k* leaves.
    public func root(
        size: Int, known: [(index: Int, leaf: Digest)], hasher: inout Hasher
    ) -> Digest? {
        guard let first = known.first, let last = known.last, first.index >= 0, last.index < size,
            zip(known, known.dropFirst()).allSatisfy({ $0.index < $1.index })
        else { return nil }
        var reader = Reader(known: known, hashes: hashes[...])
        let root = reader.walk(0, size, 0..<known.count, hasher: &hasher)
        return reader.hashes.isEmpty ? root : nil
    }

    /// Where a range of leaves is split: the largest power of two below its length.
    private static func split(_ low: Int, _ high: Int) -> Int {
        let length = high - low
        return low + 1 << (Int.bitWidth - 1 - (length - 1).leadingZeroBitCount)
    }

    private struct Maker {
        let tree: DigestTree
        let known: [Int]
        var hashes: [Digest] = []

        /// Walks the leaves `low ..< high`, of which `known[part]` are known.
        mutating func walk(_ low: Int, _ high: Int, _ part: Range<Int>) {
            if part.isEmpty {
                hashes.append(tree.root(of: low..<high))
                return
            }
            guard high - low > 1 else { return }
            let middle = TreeProof.split(low, high)
            let cut = part.first { known[$0] >= middle } ?? part.upperBound
            walk(low, middle, part.lowerBound..<cut)
            walk(middle, high, cut..<part.upperBound)
        }
    }

    private struct Reader {
        let known: [(index: Int, leaf: Digest)]
        var hashes: ArraySlice<Digest>

        mutating func walk(
            _ low: Int, _ high: Int, _ part: Range<Int>, hasher: inout Hasher
        ) -> Digest? {
            if part.isEmpty { return hashes.popFirst() }
            guard high - low > 1 else { return known[part.lowerBound].leaf }
            let middle = TreeProof.split(low, high)
            let cut = part.first { known[$0].index >= middle } ?? part.upperBound
            guard let left = walk(low, middle, part.lowerBound..<cut, hasher: &hasher),
                let right = walk(middle, high, cut..<part.upperBound, hasher: &hasher)
            else { return nil }
            return hasher.digest(prefix: CompactRange.nodePrefix, left, right)
        }
    }
}

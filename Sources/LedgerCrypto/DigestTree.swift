// SPDX-License-Identifier: Apache-2.0

/// The tree of RFC 6962 §2.1 over leaves that are all at hand, with the path of any one of them.
///
/// The ledger's own tree grows by appending and lives in LedgerLog; this one is for a list that is
/// closed, of whose rows a single one is opened later.
public struct DigestTree: Sendable {
    /// The levels from the leaves up; the last has one digest.
    ///
    /// A level's odd last digest is carried up unchanged: the split at the largest power of two.
    private var levels: [[Digest]]

    /// Hashes a tree.
    ///
    /// - Precondition: There is a leaf.
    public init(leaves: [Digest], hasher: inout Hasher) {
        precondition(!leaves.isEmpty, "DigestTree.init: no leaf")
        levels = [leaves]
        while let below = levels.last, below.count > 1 {
            var level: [Digest] = []
            level.reserveCapacity((below.count + 1) / 2)
            for left in stride(from: 0, to: below.count, by: 2) {
                guard left + 1 < below.count else {
                    level.append(below[left])
                    continue
                }
                level.append(hasher.digest(prefix: 1, below[left], below[left + 1]))
            }
            levels.append(level)
        }
    }

    /// The root.
    public var root: Digest { levels[levels.count - 1][0] }

    /// How many leaves there are.
    public var count: Int { levels[0].count }

    /// The root of a part that the tree splits off: its leaves begin at a multiple of the smallest
    /// power of two that is no less than their number.
    ///
    /// - Precondition: The part is one of those, and not empty.
    public func root(of part: Range<Int>) -> Digest {
        let level =
            part.count == 1
            ? 0 : Int.bitWidth - (part.count - 1).leadingZeroBitCount
        precondition(
            !part.isEmpty && part.lowerBound & (1 << level - 1) == 0 && level < levels.count
                && (part.upperBound == count || part.count == 1 << level),
            "DigestTree.root: \(part) of \(count)")
        return levels[level][part.lowerBound >> level]
    }

    /// The digests that lead from a leaf to the root, from below (RFC 6962 §2.1.1).
    ///
    /// - Precondition: `index` is a leaf's.
    public func path(of index: Int) -> [Digest] {
        precondition(levels[0].indices.contains(index), "DigestTree.path: leaf \(index)")
        var path: [Digest] = []
        var index = index
        for level in levels.dropLast() {
            if level.indices.contains(index ^ 1) { path.append(level[index ^ 1]) }
            index >>= 1
        }
        return path
    }

    /// The root that a leaf and its path lead to, or nil where the path is too long or too short.
    ///
    /// - Parameters:
    ///   - index: The leaf's place, from 0.
    ///   - count: How many leaves the tree has.
    /// - Precondition: `index` lies below `count`.
    public static func root(
        of leaf: Digest, at index: Int, of count: Int, path: [Digest], hasher: inout Hasher
    ) -> Digest? {
        precondition(index >= 0 && index < count, "DigestTree.root: leaf \(index) of \(count)")
        var (node, index, last) = (leaf, index, count - 1)
        var path = path[...]
        while last > 0 {
            if index & 1 == 1 || index < last {
                guard let other = path.popFirst() else { return nil }
                node =
                    index & 1 == 1
                    ? hasher.digest(prefix: 1, other, node) : hasher.digest(prefix: 1, node, other)
            }
            (index, last) = (index >> 1, last >> 1)
        }
        return path.isEmpty ? node : nil
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerLog

/// Which one row of a list is missing from the list that a root was made of.
///
/// Without row i the leaves before it stand where they stood, and those behind it one place further
/// left. So every root without one row is made of nodes of two trees, over the list as it is and
/// over the list moved by one: log n hashes a row instead of n.
struct OmittedRow {
    /// Levels from the leaves up, over all leaves but the last.
    private let standing: [[Digest]]
    /// The same over all leaves but the first.
    private let moved: [[Digest]]

    /// The place of the one leaf without which the others have the root; nil where none has.
    ///
    /// - Complexity: O(*n* log *n*) hashes.
    static func place(in leaves: [Digest], root: Digest, hasher: inout Hasher) -> Int? {
        guard leaves.count > 1 else {
            return leaves.isEmpty || CompactRange().root(hasher: &hasher) != root ? nil : 0
        }
        let rows = OmittedRow(leaves, hasher: &hasher)
        return leaves.indices.first { rows.root(without: $0, hasher: &hasher) == root }
    }

    private init(_ leaves: [Digest], hasher: inout Hasher) {
        standing = Self.levels(Array(leaves.dropLast()), hasher: &hasher)
        moved = Self.levels(Array(leaves.dropFirst()), hasher: &hasher)
    }

    /// A level's odd last node is carried up unchanged: the split at the largest power of two.
    private static func levels(_ leaves: [Digest], hasher: inout Hasher) -> [[Digest]] {
        var levels = [leaves]
        while let below = levels.last, below.count > 1 {
            var level: [Digest] = []
            level.reserveCapacity((below.count + 1) / 2)
            for left in stride(from: 0, to: below.count, by: 2) {
                level.append(
                    left + 1 < below.count
                        ? hasher.digest(prefix: 1, below[left], below[left + 1]) : below[left])
            }
            levels.append(level)
        }
        return levels
    }

    /// What lies left of the gap stands, what lies right of it has moved.
    private func root(without place: Int, hasher: inout Hasher) -> Digest {
        let count = standing[0].count
        guard place < count else { return standing[standing.count - 1][0] }
        var node = moved[0][place]
        var (index, last) = (place, count - 1)
        for level in 0..<moved.count - 1 {
            if index & 1 == 1 {
                node = hasher.digest(prefix: 1, standing[level][index - 1], node)
            } else if index < last {
                node = hasher.digest(prefix: 1, node, moved[level][index + 1])
            }
            (index, last) = (index >> 1, last >> 1)
        }
        return node
    }
}

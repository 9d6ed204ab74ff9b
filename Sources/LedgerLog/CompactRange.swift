// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto

/// The fewest subtree hashes that stand for the leaves `start ..< end` of an RFC 6962 tree.
///
/// A range that begins at 0 holds one node for each set bit of `end`, so appending costs one
/// node hash a leaf on average and the root costs at most 63 more. Ranges that begin elsewhere
/// are what parallel workers hash; `append(_:hasher:)` joins them in order.
///
/// - Source: RFC 6962 §2.1 (node = H(0x01 ‖ left ‖ right), split at the largest power of two).
public struct CompactRange: Sendable, Equatable {
    /// A perfect subtree over the leaves `index << level ..< (index + 1) << level`.
    struct Node: Sendable, Equatable {
        var level: Int
        var index: Int
        var hash: Digest
    }

    /// The first leaf covered.
    public let start: Int
    /// One more than the last leaf covered.
    public private(set) var end: Int
    private(set) var nodes: ContiguousArray<Node> = []

    /// An empty range that will grow from `start`.
    public init(start: Int = 0) {
        precondition(start >= 0, "CompactRange.init: start \(start)")
        self.start = start
        end = start
    }

    /// Appends the next leaf.
    public mutating func append(leaf: Digest, hasher: inout Hasher) {
        push(Node(level: 0, index: end, hash: leaf), hasher: &hasher)
        end += 1
    }

    /// Appends a range that begins where this one ends.
    public mutating func append(_ next: CompactRange, hasher: inout Hasher) {
        precondition(next.start == end, "CompactRange.append: \(next.start) does not follow \(end)")
        for node in next.nodes {
            push(node, hasher: &hasher)
        }
        end = next.end
    }

    /// The root over leaves `0 ..< end`; the empty tree's root is H of nothing.
    ///
    /// - Precondition: The range begins at 0.
    public func root(hasher: inout Hasher) -> Digest {
        precondition(start == 0, "CompactRange.root: the range begins at \(start)")
        guard var accumulated = nodes.last?.hash else {
            let nothing: [UInt8] = []
            return hasher.digest(nothing.span)
        }
        for node in nodes.dropLast().reversed() {
            accumulated = hasher.digest(prefix: Self.nodePrefix, node.hash, accumulated)
        }
        return accumulated
    }

    /// The root after the leaves of `next`, without changing this range.
    public func root(appending next: CompactRange, hasher: inout Hasher) -> Digest {
        var whole = self
        whole.append(next, hasher: &hasher)
        return whole.root(hasher: &hasher)
    }

    /// Empties the range and lets it begin elsewhere, keeping its memory.
    mutating func restart(at start: Int) {
        var nodes = nodes
        nodes.removeAll(keepingCapacity: true)
        self = CompactRange(start: start)
        self.nodes = nodes
    }

    /// Domain separation of leaves and nodes (RFC 6962 §2.1).
    static let leafPrefix: UInt8 = 0x00
    static let nodePrefix: UInt8 = 0x01

    /// Two neighbours of one level are siblings exactly when the left one's index is even.
    private mutating func push(_ node: Node, hasher: inout Hasher) {
        var node = node
        var kept = nodes.count
        while kept > 0 {
            let left = nodes[kept - 1]
            guard left.level == node.level, left.index & 1 == 0, left.index + 1 == node.index
            else { break }
            kept -= 1
            node = Node(
                level: left.level + 1, index: left.index >> 1,
                hash: hasher.digest(prefix: Self.nodePrefix, left.hash, node.hash))
        }
        // The last sibling's place is taken over: asking whether the array is shared costs as much
        // as everything else here, so it is changed as few times as can be.
        guard kept < nodes.count else {
            nodes.append(node)
            return
        }
        nodes[kept] = node
        if kept + 1 < nodes.count { nodes.removeLast(nodes.count - kept - 1) }
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto

/// What consecutive records say about chain and tree, before anything to their left is known.
///
/// The first record's own `seq` is taken at its word, so that subtree hashes fall where the tree
/// has them; whoever merges the segments checks that word. Not generic over the fold's batch, so
/// that a record is checked by code that knows all its types.
struct ChainSegment: Sendable {
    /// A record that the log itself must act on, in its place among the entries.
    struct Landmark: Sendable {
        enum Content: Sendable {
            /// With its leaf hash, which is the ledger's fingerprint.
            case genesis(Genesis, leaf: Digest)
            case posting(PostingHeader)
            case key(KeyEntry)
            /// With the segment's tree nodes before the seal.
            case seal(Seal, before: CompactRange)
        }

        let seq: Int
        /// Entries of the batch that stand before it.
        let entriesBefore: Int
        let content: Content
    }

    private(set) var landmarks: [Landmark] = []
    /// The segment's tree nodes at sizes that the caller asked for.
    private(set) var snapshots: [(size: Int, range: CompactRange)] = []
    private(set) var range = CompactRange()
    /// What the first record says stands before it.
    private(set) var firstPrev = Digest.zero
    private(set) var lastLeaf = Digest.zero
    /// Records that are no landmarks.
    private(set) var entryCount = 0
    /// False as soon as anything is not as it must be; the rest is then not read.
    var isSound = true

    /// The number of the first record, as it says itself.
    var firstSeq: Int { range.start }
    var count: Int { range.end - range.start }

    /// Forgets the records and keeps the memory.
    mutating func reset() {
        landmarks.removeAll(keepingCapacity: true)
        snapshots.removeAll(keepingCapacity: true)
        range.restart(at: 0)
        firstPrev = .zero
        lastLeaf = .zero
        entryCount = 0
        isSound = true
    }

    /// Lets the segment begin with a record, on that record's own word.
    mutating func begin(at seq: Int, after prev: Digest) {
        range.restart(at: seq)
        firstPrev = prev
    }

    /// Notes that the next record is one of the log's own.
    mutating func mark(_ content: Landmark.Content) {
        landmarks.append(Landmark(seq: range.end, entriesBefore: entryCount, content: content))
    }

    /// Notes that the next record is an entry of the batch.
    mutating func countEntry() {
        entryCount += 1
    }

    /// Appends the next record to the tree.
    mutating func append(leaf: Digest, snapshotSizes: [Int], hasher: inout Hasher) {
        lastLeaf = leaf
        range.append(leaf: leaf, hasher: &hasher)
        for size in snapshotSizes where size == range.end {
            snapshots.append((size, range))
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import LedgerCrypto
internal import LedgerFormat

/// What one worker found in consecutive lines, before anything to their left is known.
///
/// The first record's own `seq` is taken at its word, so that subtree hashes fall where the tree
/// has them; whoever merges the chunks checks that word.
struct ScannedChunk<Batch: EntryBatch>: Sendable {
    /// A record that the log itself must act on, in its place among the entries.
    struct Landmark: Sendable {
        enum Content: Sendable {
            /// With its leaf hash, which is the ledger's fingerprint.
            case genesis(Genesis, leaf: Digest)
            case posting(PostingHeader)
            case key(KeyEntry)
            /// With the chunk's tree nodes before the seal.
            case seal(Seal, before: CompactRange)
        }

        let seq: Int
        /// Entries of the batch that stand before it.
        let entriesBefore: Int
        let content: Content
    }

    var batch = Batch()
    var landmarks: [Landmark] = []
    /// The chunk's tree nodes at sizes that the caller asked for.
    var snapshots: [(size: Int, range: CompactRange)] = []
    var range = CompactRange()
    /// What the first record says stands before it.
    var firstPrev = Digest.zero
    var lastLeaf = Digest.zero
    /// False as soon as anything is not as it must be; the rest of the chunk is then not read.
    var isSound = true

    /// The number of the first record, as it says itself.
    var firstSeq: Int { range.start }
    var count: Int { range.end - range.start }

    mutating func reset() {
        batch.removeAll()
        landmarks.removeAll(keepingCapacity: true)
        snapshots.removeAll(keepingCapacity: true)
        range.restart(at: 0)
        firstPrev = .zero
        lastLeaf = .zero
        isSound = true
    }
}

/// Scans chunks of a ledger: every line parsed, hashed, linked and decoded in one visit.
///
/// One scanner belongs to one thread; it owns its buffer, hasher and field table, so that a
/// record costs no allocation.
struct ChunkScanner: ~Copyable {
    /// Where a chunk ends and the next begins; lines belong to the chunk in which they start.
    static let chunkByteCount = 1 << 20

    private var hasher: Hasher
    private var fields = FieldTable()
    private var buffer: [UInt8] = []
    /// Tree sizes of which the caller wants the root.
    private let snapshotSizes: [Int]

    init(suite: Suite, snapshotSizes: [Int]) {
        hasher = Hasher(ready: suite)
        self.snapshotSizes = snapshotSizes
    }

    /// Scans the lines that start in chunk `index` of the file.
    mutating func scan<Batch>(
        _ bytes: LedgerBytes, chunk index: Int, into chunk: inout ScannedChunk<Batch>
    ) throws(LedgerReadError) {
        let start = index * Self.chunkByteCount
        let end = min(start + Self.chunkByteCount, bytes.count)
        // One byte earlier tells whether a line starts exactly at `start`; a record's limit later
        // is as far as the last line can reach.
        let from = max(0, start - 1)
        let to = min(end + LedgerLimits.recordByteCount + 1, bytes.count)
        try bytes.read(from..<to, into: &buffer)
        var first = 0
        if start > 0 {
            guard let lf = Self.lineFeed(in: buffer, from: 0, to: to - from) else {
                chunk.isSound = to - from <= LedgerLimits.recordByteCount
                return
            }
            first = lf + 1
        }
        scan(from: first, startingBefore: end - from, to: to - from, into: &chunk)
    }

    /// Scans the lines of `bytes` in `range`, which begins and ends with whole lines.
    mutating func scan<Batch>(
        _ bytes: LedgerBytes, range: Range<Int>, into chunk: inout ScannedChunk<Batch>
    ) throws(LedgerReadError) {
        try bytes.read(range, into: &buffer)
        scan(from: 0, startingBefore: range.count, to: range.count, into: &chunk)
    }

    private mutating func scan<Batch>(
        from first: Int, startingBefore limit: Int, to end: Int,
        into chunk: inout ScannedChunk<Batch>
    ) {
        // The lines are spans of the buffer while the other parts of this scanner change.
        let buffer = buffer
        var start = first
        while start < limit, chunk.isSound {
            guard let lf = Self.lineFeed(in: buffer, from: start, to: end),
                lf - start <= LedgerLimits.recordByteCount
            else {
                chunk.isSound = false
                return
            }
            chunk.isSound = scan(buffer.span.extracting(start..<lf), into: &chunk)
            start = lf + 1
        }
    }

    /// Scans one line; false when it is not what must stand there.
    private mutating func scan<Batch>(
        _ line: Span<UInt8>, into chunk: inout ScannedChunk<Batch>
    ) -> Bool {
        do {
            try RecordScanner.scan(line, into: &fields)
        } catch {
            return false
        }
        guard let common = CommonFields(line, fields) else { return false }
        if chunk.count == 0 {
            guard let prev = common.prevDigest(in: line) else { return false }
            chunk.range.restart(at: common.seq)
            chunk.firstPrev = prev
        } else {
            guard common.seq == chunk.range.end, common.links(to: chunk.lastLeaf, in: line) else {
                return false
            }
        }
        let leaf = hasher.leaf(line)
        do {
            switch common.kind {
            case Kind.posting:
                try chunk.mark(common.seq, .posting(PostingHeader(line: line)))
            case Kind.seal:
                try chunk.mark(common.seq, .seal(Seal(line: line), before: chunk.range))
            case Kind.key:
                try chunk.mark(common.seq, .key(KeyEntry(line: line, hasher: &hasher)))
            case Kind.genesis:
                try chunk.mark(common.seq, .genesis(Genesis(line: line), leaf: leaf))
            default:
                try chunk.batch.append(line, fields: fields, kind: common.kind, seq: common.seq)
            }
        } catch {
            return false
        }
        chunk.lastLeaf = leaf
        chunk.range.append(leaf: leaf, hasher: &hasher)
        for size in snapshotSizes where size == chunk.range.end {
            chunk.snapshots.append((size, chunk.range))
        }
        return true
    }

    /// The next LF at or after `start`.
    static func lineFeed(in buffer: [UInt8], from start: Int, to end: Int) -> Int? {
        // SAFETY: start ..< end lies in the buffer (callers read up to `end`), the pointer lives
        // for the closure, and memchr reads no further than end − start bytes.
        unsafe buffer.withUnsafeBytes { bytes in
            guard start < end, let base = bytes.baseAddress else { return nil }
            guard let found = unsafe memchr(base + start, 0x0A, end - start) else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }
}

extension ScannedChunk {
    fileprivate mutating func mark(_ seq: Int, _ content: Landmark.Content) {
        landmarks.append(Landmark(seq: seq, entriesBefore: batch.count, content: content))
    }
}

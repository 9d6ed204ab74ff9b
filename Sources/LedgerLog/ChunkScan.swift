// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import LedgerCrypto
internal import LedgerFormat

/// What one worker found in consecutive lines.
struct ScannedChunk<Batch: EntryBatch>: Sendable {
    var segment = ChainSegment()
    var batch = Batch()

    mutating func reset() {
        segment.reset()
        batch.removeAll()
    }
}

/// Scans chunks of a ledger: every line parsed, hashed, linked and decoded in one visit.
///
/// One scanner belongs to one thread; it owns its buffer, hasher and field table, so that a
/// record costs no allocation.
struct ChunkScanner: ~Copyable {
    /// Where a chunk ends and the next begins; lines belong to the chunk in which they start.
    ///
    /// Longer than a record, so that a line reaches no further than the next chunk. A megabyte is
    /// no faster and holds 10 MiB more.
    static let chunkByteCount = 1 << 18

    /// How far past its end a chunk is read at first; most lines are far shorter than the longest.
    private static let overlapByteCount = 4096

    private var hasher: Hasher
    private var fields = FieldTable()
    /// What was read, after one byte that is free for the first line's prefix.
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
        let limit = min(end + LedgerLimits.recordByteCount + 1, bytes.count)
        var to = min(end + Self.overlapByteCount, limit)
        try bytes.read(from..<to, into: &buffer, at: 1)
        if to < limit, Self.lineFeed(in: buffer, from: end - from, to: 1 + to - from) == nil {
            try bytes.read(to..<limit, into: &buffer, at: 1 + to - from)
            to = limit
        }
        var first = 1
        if start > 0 {
            guard let lf = Self.lineFeed(in: buffer, from: first, to: 1 + to - from) else {
                chunk.segment.isSound = to - from <= LedgerLimits.recordByteCount
                return
            }
            first = lf + 1
        }
        scan(from: first, startingBefore: 1 + end - from, to: 1 + to - from, into: &chunk)
    }

    /// Scans the lines of `bytes` in `range`, which begins and ends with whole lines.
    mutating func scan<Batch>(
        _ bytes: LedgerBytes, range: Range<Int>, into chunk: inout ScannedChunk<Batch>
    ) throws(LedgerReadError) {
        try bytes.read(range, into: &buffer, at: 1)
        scan(from: 1, startingBefore: 1 + range.count, to: 1 + range.count, into: &chunk)
    }

    private mutating func scan<Batch>(
        from first: Int, startingBefore limit: Int, to end: Int,
        into chunk: inout ScannedChunk<Batch>
    ) {
        // Moved out for a while: the lines are spans of it, and the scanner changes meanwhile.
        var buffer: [UInt8] = []
        swap(&buffer, &self.buffer)
        chunk.segment.isSound = scan(
            &buffer, from: first, startingBefore: limit, to: end, into: &chunk.segment,
            &chunk.batch)
        swap(&buffer, &self.buffer)
    }

    /// Scans lines; false when something is not what must stand there.
    private mutating func scan<Batch: EntryBatch>(
        _ buffer: inout [UInt8], from first: Int, startingBefore limit: Int, to end: Int,
        into segment: inout ChainSegment, _ batch: inout Batch
    ) -> Bool {
        var start = first
        while start < limit {
            // The byte before a line, the last line's LF, has been read and makes room for the
            // prefix: the leaf is then hashed where it lies. It is written before the line is
            // looked at, because hashing soon after would wait for the store.
            buffer[start - 1] = CompactRange.leafPrefix
            let longest = min(start + LedgerLimits.recordByteCount + 1, end)
            guard let count = parse(buffer.span.extracting(start..<longest)) else { return false }
            let lf = start + count
            let line = buffer.span.extracting(start..<lf)
            guard let common = check(line, after: &segment) else { return false }
            let leaf = hasher.digest(buffer.span.extracting(start - 1..<lf))
            do {
                if try !mark(line, common.kind, leaf: leaf, in: &segment) {
                    try batch.append(line, fields: fields, kind: common.kind, seq: common.seq)
                    segment.countEntry()
                }
            } catch {
                return false
            }
            segment.append(leaf: leaf, snapshotSizes: snapshotSizes, hasher: &hasher)
            start = lf + 1
        }
        return true
    }

    /// Parses the line that the bytes begin with; its length, or nil unless an LF ends it.
    private mutating func parse(_ bytes: Span<UInt8>) -> Int? {
        do {
            // A record holds no LF, so the one behind it is the line's.
            let count = try RecordScanner.scan(frontOf: bytes, into: &fields)
            return count < bytes.count && bytes[count] == 0x0A ? count : nil
        } catch {
            return nil
        }
    }

    /// Holds a parsed line to the line before; nil when it is not what must stand there.
    private mutating func check(
        _ line: Span<UInt8>, after segment: inout ChainSegment
    ) -> CommonFields? {
        guard let common = CommonFields(line, fields) else { return nil }
        if segment.count == 0 {
            guard let prev = common.prevDigest(in: line) else { return nil }
            segment.begin(at: common.seq, after: prev)
            return common
        }
        guard common.seq == segment.range.end, common.links(to: segment.lastLeaf, in: line) else {
            return nil
        }
        return common
    }

    /// Whether the record is one of the log's own; if so, it is decoded and noted.
    private mutating func mark(
        _ line: Span<UInt8>, _ kind: FieldName, leaf: Digest, in segment: inout ChainSegment
    ) throws(RecordFault) -> Bool {
        switch kind {
        case Kind.posting:
            segment.mark(.posting(try PostingHeader(line: line)))
        case Kind.seal:
            segment.mark(.seal(try Seal(line: line), before: segment.range))
        case Kind.key:
            segment.mark(.key(try KeyEntry(line: line, hasher: &hasher)))
        case Kind.genesis:
            segment.mark(.genesis(try Genesis(line: line), leaf: leaf))
        default:
            return false
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

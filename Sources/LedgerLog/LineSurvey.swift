// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat

/// One line of a broken ledger, as it stands, whatever it is worth.
struct SurveyedLine {
    let offset: Int
    let byteCount: Int
    /// What it says of itself; nil where the line is no canonical record.
    var kind: FieldName?
    var seq: Int?
    var prev: Digest?
    var leaf: Digest
    /// Why it is no record that may stand in a ledger.
    var problem: RecordFault?
}

/// Reads every line of a ledger, however broken, and says what each is.
///
/// Sequential and patient where ``ChunkScanner`` is fast and stops at the first doubt.
struct LineSurvey<Batch: EntryBatch>: ~Copyable {
    private(set) var lines: [SurveyedLine] = []
    private var hasher: Hasher
    private var fields = FieldTable()
    private var batch = Batch()

    init(suite: Suite) {
        hasher = Hasher(ready: suite)
    }

    /// Surveys the whole file.
    mutating func read(_ bytes: LedgerBytes) throws(LedgerReadError) {
        let windowByteCount = ChunkScanner.chunkByteCount
        var buffer: [UInt8] = []
        var offset = 0
        while offset < bytes.count {
            let end = min(offset + windowByteCount, bytes.count)
            try bytes.read(offset..<end, into: &buffer)
            var start = 0
            while let lf = ChunkScanner.lineFeed(in: buffer, from: start, to: end - offset) {
                survey(buffer, start..<lf, at: offset + start, isTerminated: true)
                start = lf + 1
            }
            if start == 0 || end == bytes.count {
                // A line longer than the window, or the unterminated rest of the file.
                if start < end - offset {
                    survey(buffer, start..<end - offset, at: offset + start, isTerminated: false)
                }
                offset = end
            } else {
                offset += start
            }
        }
    }

    private mutating func survey(
        _ buffer: [UInt8], _ range: Range<Int>, at offset: Int, isTerminated: Bool
    ) {
        let bytes = buffer.span.extracting(range)
        var line = SurveyedLine(
            offset: offset, byteCount: range.count, kind: nil, seq: nil, prev: nil, leaf: .zero,
            problem: nil)
        defer { lines.append(line) }
        guard range.count <= LedgerLimits.recordByteCount else {
            line.problem = .malformed(
                Message(
                    zh: "记录长 \(range.count) 字节，上限为 \(LedgerLimits.recordByteCount)",
                    en:
                        "the record has \(range.count) bytes, the limit is \(LedgerLimits.recordByteCount)"
                ))
            return
        }
        line.leaf = hasher.leaf(bytes)
        do {
            try RecordScanner.scan(bytes, into: &fields)
        } catch {
            line.problem = .format(error)
            return
        }
        guard let common = CommonFields(bytes, fields), let prev = common.prevDigest(in: bytes)
        else {
            line.problem = .malformed(
                Message(
                    zh: "kind、seq、prev 三个字段应齐备且合格",
                    en: "kind, seq and prev must stand there and be well-formed"))
            return
        }
        (line.kind, line.seq, line.prev) = (common.kind, common.seq, prev)
        line.problem = problem(bytes, common)
        if !isTerminated, line.problem == nil {
            line.problem = .malformed(
                Message(zh: "行末缺少换行符", en: "the line does not end with LF"),
                offset: range.count)
        }
    }

    private mutating func problem(_ line: Span<UInt8>, _ common: CommonFields) -> RecordFault? {
        do {
            switch common.kind {
            case Kind.posting: _ = try PostingHeader(line: line)
            case Kind.seal: _ = try Seal(line: line)
            case Kind.key: _ = try KeyEntry(line: line, hasher: &hasher)
            case Kind.genesis: _ = try Genesis(line: line)
            default:
                batch.removeAll()
                try batch.append(line, fields: fields, kind: common.kind, seq: common.seq)
            }
            return nil
        } catch {
            return error
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
internal import LedgerFormat

extension VerifiedLedger {
    /// The bytes of some records, without LF, read from the ledger once more.
    ///
    /// In an intact ledger a record's line is its number; in a broken one the lines are asked for
    /// their own, and of two lines that claim one number the first is given.
    ///
    /// - Parameter seqs: The records; those that are not there are left out.
    /// - Throws: When the bytes cannot be read again.
    public func records(_ seqs: Set<Int>) throws(LedgerReadError) -> [Int: [UInt8]] {
        guard !seqs.isEmpty else { return [:] }
        var found: [Int: [UInt8]] = [:]
        try walk { seq, buffer, line in
            if seqs.contains(seq), found[seq] == nil { found[seq] = Array(buffer[line]) }
            return found.count < seqs.count
        }
        return found
    }

    /// The leaf hashes of some records, read from the ledger once more; see ``records(_:)``.
    ///
    /// - Parameter seqs: The records, ascending, apart.
    /// - Returns: A hash for each, in order; that of 32 zero bytes for a record that is not there.
    /// - Throws: When the bytes cannot be read again.
    public func leaves(of seqs: [Range<Int>]) throws(LedgerReadError) -> [Digest] {
        let count = seqs.reduce(0) { $0 + $1.count }
        guard count > 0 else { return [] }
        var hasher = Hasher(ready: genesis?.suite ?? .sha256Ed25519)
        var found = Array(repeating: Digest.zero, count: count)
        var left = count
        // Lines come in the order of their numbers, so that the range at hand is nearly always it.
        var (at, before) = (0, 0)
        try walk { seq, buffer, line in
            if integrity.isIntact {
                while seq >= seqs[at].upperBound {
                    before += seqs[at].count
                    at += 1
                }
            } else {
                (at, before) = Self.place(of: seq, in: seqs)
            }
            guard at < seqs.count, seqs[at].contains(seq) else { return true }
            let place = before + seq - seqs[at].lowerBound
            guard found[place] == .zero else { return true }
            found[place] = hasher.leaf(buffer.span.extracting(line))
            left -= 1
            return left > 0
        }
        return found
    }

    /// The bytes of the first records: the ledger as it once was.
    ///
    /// - Precondition: The ledger is intact and has so many records.
    /// - Throws: When the bytes cannot be read again.
    public func bytes(ofFirst recordCount: Int) throws(LedgerReadError) -> LedgerBytes {
        precondition(
            integrity.isIntact && recordCount <= size, "VerifiedLedger.bytes: \(recordCount)")
        guard recordCount < size else { return bytes }
        var byteCount = 0
        try walk { seq, _, line in
            guard seq < recordCount else { return false }
            byteCount += line.count + 1
            return true
        }
        return bytes.prefix(byteCount)
    }

    /// The first range that ends behind a number, and how many numbers lie in those before it.
    private static func place(of seq: Int, in seqs: [Range<Int>]) -> (at: Int, before: Int) {
        var before = 0
        for (at, range) in seqs.enumerated() {
            if seq < range.upperBound { return (at, before) }
            before += range.count
        }
        return (seqs.count, before)
    }

    /// Hands on every line with its number and its place in a buffer, until it is told to stop.
    private func walk(
        _ body: (_ seq: Int, _ buffer: [UInt8], _ line: Range<Int>) -> Bool
    ) throws(LedgerReadError) {
        var table = FieldTable()
        var buffer: [UInt8] = []
        var number = 0
        var offset = 0
        while offset < bytes.count {
            let end = min(offset + ChunkScanner.chunkByteCount, bytes.count)
            try bytes.read(offset..<end, into: &buffer)
            var start = 0
            while let lf = ChunkScanner.lineFeed(in: buffer, from: start, to: end - offset) {
                let seq =
                    integrity.isIntact
                    ? number : Self.seq(of: buffer.span.extracting(start..<lf), &table)
                if let seq, !body(seq, buffer, start..<lf) { return }
                number += 1
                start = lf + 1
            }
            // A line longer than a chunk is no record; without one, the rest is read again.
            guard start > 0 else { break }
            offset += start
        }
    }

    private static func seq(of line: Span<UInt8>, _ table: inout FieldTable) -> Int? {
        do {
            try RecordScanner.scan(line, into: &table)
        } catch {
            return nil
        }
        return CommonFields(line, table)?.seq
    }
}

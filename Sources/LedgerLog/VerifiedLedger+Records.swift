// SPDX-License-Identifier: Apache-2.0

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
        var table = FieldTable()
        var buffer: [UInt8] = []
        var number = 0
        var offset = 0
        while offset < bytes.count, found.count < seqs.count {
            let end = min(offset + ChunkScanner.chunkByteCount, bytes.count)
            try bytes.read(offset..<end, into: &buffer)
            var start = 0
            while let lf = ChunkScanner.lineFeed(in: buffer, from: start, to: end - offset) {
                let line = buffer.span.extracting(start..<lf)
                let seq = integrity.isIntact ? number : Self.seq(of: line, &table)
                if let seq, seqs.contains(seq), found[seq] == nil {
                    found[seq] = Array(buffer[start..<lf])
                }
                number += 1
                start = lf + 1
            }
            // A line longer than a chunk is no record; without one, the rest is read again.
            guard start > 0 else { break }
            offset += start
        }
        return found
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

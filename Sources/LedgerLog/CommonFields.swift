// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat

/// `kind`, `seq` and `prev` of a scanned record: what the chain needs of every kind.
struct CommonFields {
    let kind: FieldName
    let seq: Int
    private let prev: Range<Int>

    /// Nil when one of the three is missing or of the wrong type.
    init?(_ line: Span<UInt8>, _ fields: borrowing FieldTable) {
        var kind: FieldName?
        var seq: Int?
        var prev: Range<Int>?
        for index in 0..<fields.count {
            let name = fields.name(index)
            // The three names have up to 8 bytes, so that one word tells them from all others.
            guard name.low == 0 else { continue }
            switch name.high {
            case CommonName.kind.high where fields.type(index) == .string:
                kind = FieldName(line, fields.range(index))
            case CommonName.prev.high where fields.type(index) == .string:
                prev = fields.range(index)
            case CommonName.seq.high where fields.type(index) == .integer:
                seq = Int(exactly: fields.integer(index))
            default: break
            }
        }
        guard let kind, let seq, let prev, seq >= 0, prev.count == 2 * Digest.byteCount else {
            return nil
        }
        self.kind = kind
        self.seq = seq
        self.prev = prev
    }

    /// Whether the record continues the one with that leaf hash.
    func links(to leaf: Digest, in line: Span<UInt8>) -> Bool {
        leaf.hexEquals(line.extracting(prev))
    }

    /// The leaf hash that the record says stands before it.
    func prevDigest(in line: Span<UInt8>) -> Digest? {
        HexText.decode(line.extracting(prev)).flatMap { Digest(bytes: $0) }
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat
internal import LedgerLog

/// What was acknowledged last: `{"fingerprint":"<64 hex>","root":"<base64>","size":12}` and LF.
///
/// The ledger file cannot tell that its tail was cut off at a seal; this file beside it can.
struct Head: Equatable {
    /// Names the ledger, so that another one's file is not taken for this one.
    let fingerprint: Digest
    let expectation: Expectation

    /// A head has 134 bytes and the digits of its size.
    static let maximumByteCount = 256

    /// One canonical line.
    var line: [UInt8] {
        CanonicalJSON.encode(
            .object([
                "fingerprint": .string(fingerprint.hex),
                "root": .string(expectation.root.base64),
                "size": .integer(Int64(expectation.size)),
            ])) + [0x0A]
    }

    init(fingerprint: Digest, expectation: Expectation) {
        self.fingerprint = fingerprint
        self.expectation = expectation
    }

    /// Reads exactly what ``line`` writes, or gives nil.
    init?(line: [UInt8]) {
        guard line.last == 0x0A, let value = try? CanonicalJSON.parse(line.dropLast() + []),
            value.members?.count == 3,
            let fingerprint = value["fingerprint"]?.string.flatMap({ Digest(hex: $0) }),
            let root = value["root"]?.string.flatMap({ Digest(base64: $0) }),
            let size = value["size"]?.integer.flatMap({ Int(exactly: $0) }), size > 0
        else { return nil }
        self.init(fingerprint: fingerprint, expectation: Expectation(size: size, root: root))
    }
}

// SPDX-License-Identifier: Apache-2.0

extension SuiteAlgorithms {
    /// The algorithms of `sha256-ed25519`.
    static let sha256Ed25519 = SuiteAlgorithms(
        digestName: "SHA256",
        keyTypeName: "ED25519",
        signatureDigestName: nil,  // Pure Ed25519 (RFC 8032 §5.1) takes the message, not a digest.
        signatureByteCounts: 64...64,
        seedByteCount: 32,
        subjectPublicKeyInfoByteCount: 44,  // RFC 8410 §4: 12 bytes of header, 32 of key.
        acceptsPublicKey: { subjectPublicKeyInfo in
            acceptsEd25519Point(Array(subjectPublicKeyInfo.suffix(32)))
        })

    /// Refuses encodings that RFC 8032 §5.1.3 calls invalid, and points of small order.
    ///
    /// With a point of small order, one signature can be made to fit many messages; OpenSSL 3
    /// accepts such keys. That a point lies on the curve is checked by OpenSSL at each
    /// verification: a signature by a key off the curve is never valid.
    private static func acceptsEd25519Point(_ encoding: [UInt8]) -> Bool {
        precondition(encoding.count == 32, "an Ed25519 point has 32 bytes")
        var y = encoding
        y[31] &= 0x7f  // The top bit is the sign of x.
        let isBelowPrime = !(y[31] == 0x7f && y[1..<31].allSatisfy { $0 == 0xff } && y[0] >= 0xed)
        return isBelowPrime && !smallOrderOrdinates.contains(y)
    }

    /// The y of the eight points whose order divides 8, little-endian, without the sign of x.
    private static let smallOrderOrdinates: [[UInt8]] = [
        [1] + [UInt8](repeating: 0, count: 31),  // Order 1.
        [0xec] + [UInt8](repeating: 0xff, count: 30) + [0x7f],  // Order 2: y = −1.
        [UInt8](repeating: 0, count: 32),  // Order 4.
        [  // Order 8.
            0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef,
            0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88,
            0x6d, 0x53, 0xfc, 0x05,
        ],
        [  // Order 8.
            0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10,
            0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77,
            0x92, 0xac, 0x03, 0x7a,
        ],
    ]
}

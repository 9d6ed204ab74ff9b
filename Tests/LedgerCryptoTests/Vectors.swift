// SPDX-License-Identifier: Apache-2.0

import Testing

extension [UInt8] {
    /// The bytes that an even number of hex digits spells.
    init(hex: String) {
        let digits = hex.utf8.map { digit in
            UInt8(String(decoding: [digit], as: UTF8.self), radix: 16) ?? 0
        }
        self = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

/// One signature of RFC 8032 §7.1.
struct Ed25519Vector: Sendable, CustomTestStringConvertible {
    let name: String
    let seed: [UInt8]
    let publicKey: [UInt8]
    let message: [UInt8]
    let signature: [UInt8]

    var testDescription: String { name }

    var subjectPublicKeyInfo: [UInt8] { Self.subjectPublicKeyInfo(publicKey) }

    /// The 44 bytes of RFC 8410 §4 around a point.
    static func subjectPublicKeyInfo(_ point: [UInt8]) -> [UInt8] {
        [UInt8](hex: "302a300506032b6570032100") + point
    }

    static let all = [
        Ed25519Vector(
            name: "TEST 1",
            seed: .init(hex: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"),
            publicKey: .init(
                hex: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
            message: [],
            signature: .init(
                hex: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                    + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")),
        Ed25519Vector(
            name: "TEST 2",
            seed: .init(hex: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"),
            publicKey: .init(
                hex: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"),
            message: [0x72],
            signature: .init(
                hex: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                    + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")),
        Ed25519Vector(
            name: "TEST 3",
            seed: .init(hex: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"),
            publicKey: .init(
                hex: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"),
            message: [0xaf, 0x82],
            signature: .init(
                hex: "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                    + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")),
    ]
}

// SPDX-License-Identifier: Apache-2.0

/// A set of algorithms that a ledger is written with, named in its genesis record.
///
/// Everything that differs between suites is stated in ``SuiteAlgorithms``, one file per suite;
/// no other code may assume a digest or a signature scheme. Every suite's digest has 32 bytes.
public enum Suite: String, Sendable, CaseIterable {
    /// SHA-256 (FIPS 180-4) and Ed25519 (RFC 8032).
    case sha256Ed25519 = "sha256-ed25519"
}

/// What one suite asks of OpenSSL.
struct SuiteAlgorithms: Sendable {
    /// Name by which `EVP_MD_fetch` finds the digest.
    let digestName: String
    /// Name of the key type, as `EVP_PKEY_is_a` knows it.
    let keyTypeName: String
    /// Digest for signing; absent where the scheme hashes the message itself.
    let signatureDigestName: String?
    /// Lengths that a signature can have.
    let signatureByteCounts: ClosedRange<Int>
    /// Length of the secret seed that a private key is derived from.
    let seedByteCount: Int
    /// Length of the DER SubjectPublicKeyInfo.
    let subjectPublicKeyInfoByteCount: Int
    /// Whether a well-formed SubjectPublicKeyInfo of the stated length holds a key to trust.
    let acceptsPublicKey: @Sendable (_ subjectPublicKeyInfo: [UInt8]) -> Bool
}

extension Suite {
    var algorithms: SuiteAlgorithms {
        switch self {
        case .sha256Ed25519: .sha256Ed25519
        }
    }
}

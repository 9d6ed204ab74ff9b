// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
internal import LedgerFormat

/// The random 128 bits that tell two ledgers of one origin apart, or two postings of one ledger.
public struct LedgerID: Hashable, Sendable, CustomStringConvertible {
    private let bits: UInt128

    /// Reads 32 lower-case hex digits.
    public init?(_ text: String) {
        guard text.utf8.count == 32, let bytes = HexText.decode(text) else { return nil }
        self.init(bytes: bytes)
    }

    /// Takes 16 bytes, most significant first.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        bits = bytes.reduce(0) { $0 << 8 | UInt128($1) }
    }

    /// 32 lower-case hex digits.
    public var description: String {
        HexText.encode((0..<16).map { UInt8(truncatingIfNeeded: bits >> (8 * (15 - $0))) })
    }
}

/// The number of a posting, chosen by the recorder: the same form as a ledger's.
public typealias PostingID = LedgerID

/// The short name of a public key: the first 64 bits of its digest.
///
/// It selects a key and proves nothing; two enrolled keys of one id are refused.
public struct KeyID: Hashable, Sendable, CustomStringConvertible {
    private let bits: UInt64

    /// Reads 16 lower-case hex digits.
    public init?(_ text: String) {
        guard text.utf8.count == 16, let bytes = HexText.decode(text) else { return nil }
        bits = bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The id of a DER SubjectPublicKeyInfo.
    public init(of publicKey: [UInt8], hasher: inout Hasher) {
        bits = hasher.digest(publicKey.span).bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// 16 lower-case hex digits.
    public var description: String {
        HexText.encode((0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * (7 - $0))) })
    }
}

extension Digest {
    /// Reads the base64 form of a root, in its one spelling.
    public init?(base64 text: String) {
        guard let bytes = Base64Text.decode(text) else { return nil }
        self.init(bytes: bytes)
    }

    /// Reads 64 lower-case hex digits.
    public init?(hex text: String) {
        guard let bytes = HexText.decode(text) else { return nil }
        self.init(bytes: bytes)
    }

    /// The form of `prev` and of the fingerprint.
    public var hex: String { HexText.encode(bytes) }

    /// The form of a root.
    public var base64: String { Base64Text.encode(bytes) }
}

extension Hasher {
    /// A hasher where the suite is known to work, because its keys have been read already.
    ///
    /// - Precondition: OpenSSL can provide the suite's digest; without it nothing can be checked.
    public init(ready suite: Suite) {
        do {
            try self.init(suite: suite)
        } catch {
            preconditionFailure(
                "Hasher: OpenSSL provides no digest for \(suite.rawValue): \(error)")
        }
    }

    /// The leaf hash of a record: H(0x00 ‖ line), RFC 6962 §2.1.
    public mutating func leaf(_ line: Span<UInt8>) -> Digest {
        digest(prefix: CompactRange.leafPrefix, line)
    }
}

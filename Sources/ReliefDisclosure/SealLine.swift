// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog

/// What a disclosure is tied to: the ledger, its state, and the key that sealed it.
///
/// Made from a verified and intact ledger only, so that a page never carries the name of a state
/// that nobody has checked.
public struct SealLine: Sendable, Equatable {
    /// The ledger's name.
    public let origin: String
    /// What people call it.
    public let title: String
    /// Whether its figures are real.
    public let nature: Nature
    /// The leaf hash of its genesis record, in hex.
    public let fingerprint: String
    /// Number of records and root, as `--expect` takes them.
    public let expectation: Expectation
    /// The last seal.
    public let sealSeq: Int
    /// When its posting was recorded.
    public let sealedAt: Timestamp
    /// The short name of the key that made it.
    public let key: KeyID
    /// SHA-256 of the public key (DER), in hex: what a reader compares with a copy from elsewhere.
    public let keyFingerprint: String

    /// Nil for a ledger that is broken or has no posting.
    public init?(_ ledger: VerifiedLedger<UnitHistory>) {
        self.init(ledger, last: ledger.fold.lastSealed)
    }

    /// Nil for a ledger that is broken or has no posting.
    public init?(_ ledger: VerifiedLedger<BookHistory>) {
        self.init(ledger, last: ledger.fold.lastSealed)
    }

    private init?<Fold>(
        _ ledger: VerifiedLedger<Fold>, last: (posting: OpenPosting, sealSeq: Int)?
    ) {
        guard ledger.integrity.isIntact, let genesis = ledger.genesis, let root = ledger.root,
            let fingerprint = ledger.fingerprint, let last, let signer = last.posting.signer
        else { return nil }
        origin = genesis.origin
        title = genesis.title
        nature = genesis.nature
        self.fingerprint = fingerprint.hex
        expectation = Expectation(size: ledger.size, root: root)
        sealSeq = last.sealSeq
        sealedAt = last.posting.header.at
        key = signer.id
        keyFingerprint = signer.publicKey.fingerprint
    }

    /// The line for people: origin, size, root, key.
    public var text: String {
        "\(origin) | \(expectation) | \(keyFingerprint)"
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
public import LedgerFormat
public import LedgerLog

/// The ledger, one of its seals and the key that made it: what a notice is tied to.
///
/// Unlike ``SealLine``, which is of the last seal, it may be of any: a notice keeps the seal that
/// closes its own posting, whatever is recorded later.
public struct NoticeSeal: Sendable, Equatable {
    /// The ledger's name.
    public let origin: String
    /// What people call it.
    public let title: String
    /// Whether its figures are real.
    public let nature: Nature
    /// The leaf hash of its genesis record, in hex.
    public let fingerprint: String
    /// The seal's seq, which is how many records lie before it.
    public let size: Int
    /// The root over those records, in base64.
    public let root: String
    /// When its posting was recorded.
    public let sealedAt: Timestamp
    /// The short name of the key.
    public let key: KeyID
    /// SHA-256 of the public key (DER), in hex.
    public let keyFingerprint: String

    /// The seal of a posting.
    ///
    /// - Returns: Nil for a ledger that is broken, and where there is no such seal.
    /// - Throws: When the seal's record cannot be read again.
    public init?<Fold>(
        _ ledger: VerifiedLedger<Fold>, of posting: OpenPosting, sealSeq: Int
    ) throws(LedgerReadError) {
        guard ledger.integrity.isIntact, let genesis = ledger.genesis,
            let fingerprint = ledger.fingerprint, let signer = posting.signer,
            let line = try ledger.records([sealSeq])[sealSeq],
            let record = try? CanonicalJSON.parse(line), record["kind"]?.string == "seal",
            let root = record["root"]?.string
        else { return nil }
        origin = genesis.origin
        title = genesis.title
        nature = genesis.nature
        self.fingerprint = fingerprint.hex
        size = sealSeq
        self.root = root
        sealedAt = posting.header.at
        key = signer.id
        keyFingerprint = signer.publicKey.fingerprint
    }

    /// As `--expect` takes it.
    var expectation: String { "\(size):\(root)" }

    /// What the QR code of a notice holds that has no address: as that of ``ReceiptPage``.
    var codeText: String { "relief-ledger/v1 \(origin) \(expectation) \(keyFingerprint)" }
}

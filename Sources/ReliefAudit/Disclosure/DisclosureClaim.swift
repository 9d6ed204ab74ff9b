// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog
public import ReliefModel

/// What a proof is about, once its parts have been read.
public struct DisclosureClaim: Sendable {
    /// The genesis record.
    public let genesis: Genesis
    /// The leaf hash of the genesis record, in hex: the ledger's name.
    public let fingerprint: String
    /// How many records the seal covers.
    public let size: Int
    /// The root that it seals, in base64.
    public let root: String
    /// When the disclosure was recorded.
    public let recordedAt: Timestamp
    /// SHA-256 of the sealing key (DER), in hex.
    public let keyFingerprint: String
    /// The disclosure, and its number.
    public let seq: Int
    /// What it says.
    public let entry: DisclosureEntry
    /// Rows that the proof shows.
    public let shownCount: Int
    /// Rows of which it tells number and leaf only.
    public let withheldCount: Int
    /// Whether these are a part of the disclosure's rows.
    public let isPart: Bool
    /// Payments whose household is opened.
    public let openedCount: Int
}

// SPDX-License-Identifier: Apache-2.0

/// The stated maximum of everything that grows, checked on write and on read (FORMAT.md §1, §4).
public enum LedgerLimits {
    /// Bytes of a record without its LF; also the limit of a tile entry (C2SP tlog-tiles).
    public static let recordByteCount = 65_535
    /// Entries between a posting header and its seal.
    public static let postingEntryCount = 100_000
    /// Root keys that a genesis record may name.
    public static let rootKeyCount = 2...16
}

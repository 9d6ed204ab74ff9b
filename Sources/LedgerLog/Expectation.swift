// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
internal import LedgerFormat

/// What a reader saw of the ledger earlier: so many records, with that root.
///
/// Printed on every receipt as `SIZE:ROOT`. Whoever kept one can tell whether the file still
/// contains what stood in it then; nothing inside the file could tell that.
public struct Expectation: Sendable, Equatable, CustomStringConvertible {
    /// Number of records.
    public let size: Int
    /// The tree's root over them.
    public let root: Digest

    /// Names what was seen.
    public init(size: Int, root: Digest) {
        self.size = size
        self.root = root
    }

    /// Reads `SIZE:ROOT`; the root in base64 as receipts print it, or in 64 hex digits.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let size = Int(parts[0]), size > 0, String(size) == parts[0],
            let root = Digest(base64: String(parts[1])) ?? Digest(hex: String(parts[1]))
        else { return nil }
        self.init(size: size, root: root)
    }

    /// `SIZE:ROOT`, the root in base64.
    public var description: String { "\(size):\(root.base64)" }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerLog
internal import ReliefAudit

/// The files of a disclosure that are published with its entry, and the list of their digests that
/// the entry is bound to (FORMAT.md §14).
///
/// They state the ledger as it was before the entry. The proof and the page that embeds it rest on
/// the entry and come after it, so that no digest can hold them.
public struct DisclosurePackage: Sendable {
    /// The files, by name; without the list.
    public let files: [PackageFile]
    /// The list of their digests.
    public let sums: PackageFile
    /// SHA-256 of the list, in hex: what the entry holds.
    public let digest: String

    /// Digests files.
    ///
    /// - Precondition: No two have one name, every name stays within the folder, and none is that
    ///   of the list, the proof or the page.
    public init(_ files: [PackageFile]) {
        var hasher = Hasher(ready: .sha256Ed25519)
        var digests: [(name: String, digest: String)] = []
        for file in files { digests.append((file.name, hasher.digest(file.bytes.span).hex)) }
        let list = DigestList(digests)
        precondition(
            Set(files.map(\.name)).isDisjoint(with: DisclosurePackageNames.undigested)
                && DigestList(bytes: list.bytes) == list || files.isEmpty,
            "DisclosurePackage: names that a package cannot have")
        self.files = files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        let bytes = list.bytes
        sums = PackageFile(name: DisclosurePackageNames.sums, bytes: bytes)
        digest = hasher.digest(bytes.span).hex
    }

    /// Everything that is written: the files, their list, and what rests on the entry.
    public func all(with more: [PackageFile]) -> [PackageFile] { files + [sums] + more }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
internal import LedgerLog

/// The list of digests that goes with published files, as `sha256sum -c` reads it.
public enum ChecksumList {
    /// Its name among the files.
    public static let name = "SHA256SUMS"

    /// A line a file, by the bytes of the names.
    ///
    /// - Precondition: No name has a backslash or line feed, which the format would escape.
    /// - Throws: ``LedgerCrypto/OpenSSLError`` where nothing can be hashed.
    public static func text(
        of files: [(name: String, bytes: [UInt8])]
    ) throws(OpenSSLError) -> String {
        var hasher = try Hasher(suite: .sha256Ed25519)
        var text = ""
        for file in files.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            precondition(
                !file.name.utf8.contains { $0 == 0x5C || $0 == 0x0A },
                "ChecksumList: \(file.name) would be escaped")
            text += "\(hasher.digest(file.bytes.span).hex)  \(file.name)\n"
        }
        return text
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// A list of digests as `sha256sum` writes it: `<64 hex digits>  <name>`, one a line (FORMAT.md §14).
public struct DigestList: Sendable, Equatable {
    /// Digests in hex, by name, in the order of the names' bytes.
    public let entries: [(name: String, digest: String)]

    /// Makes a list of files.
    public init(_ entries: [(name: String, digest: String)]) {
        self.entries = entries.sorted { Self.precedes($0.name, $1.name) }
    }

    /// Reads a list strictly: names ascending, each once, none that leaves the folder.
    public init?(bytes: [UInt8]) {
        guard bytes.last == 0x0A else { return nil }
        var entries: [(name: String, digest: String)] = []
        for line in bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false) {
            guard line.count > 66, line.dropFirst(64).prefix(2).elementsEqual([0x20, 0x20]),
                let name = String(validating: line.dropFirst(66), as: UTF8.self),
                let digest = String(validating: line.prefix(64), as: UTF8.self),
                HexText.decode(digest)?.count == 32, Self.isName(name),
                entries.last.map({ Self.precedes($0.name, name) }) ?? true
            else { return nil }
            entries.append((name, digest))
        }
        self.entries = entries
    }

    /// The file.
    public var bytes: [UInt8] { entries.flatMap { Array("\($0.digest)  \($0.name)\n".utf8) } }

    /// Whether a name stays within the folder, and is one that `sha256sum` writes as it is.
    public static func isName(_ name: String) -> Bool {
        name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part != "." && part != ".."
                && part.utf8.allSatisfy { $0 > 0x20 && $0 != 0x5C && $0 != 0x7F }
        }
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    /// Whether both list the same files with the same digests.
    public static func == (left: DigestList, right: DigestList) -> Bool {
        left.entries.elementsEqual(right.entries) { $0 == $1 }
    }
}

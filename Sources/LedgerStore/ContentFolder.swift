// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import LedgerCrypto
internal import LedgerLog

/// A folder inside `private/` whose files bear their SHA-256 as name: one content, one file.
///
/// ```
/// private/evidence/        0700
///   <64 hex>               the original, 0600
///   <64 hex>.json          what people call it
///   <64 hex>.new           a file while it is written; of no meaning otherwise
/// ```
/// Used under the ledger's lock only.
public struct ContentFolder: ~Copyable {
    /// The folders that there are.
    public enum Name: String, Sendable {
        /// Originals of what entries name as evidence.
        case evidence
        /// Signed drafts that were handed in.
        case drafts
    }

    /// Where it is, for messages.
    public let path: String
    private let folder: DurableFile

    /// Opens the folder in `private/`; it is made when it is not there.
    init(_ name: Name, in privateFolder: borrowing DurableFile) throws(FileError) {
        path = privateFolder.path + "/" + name.rawValue
        folder = try Self.wrapping { () throws(SystemFailure) in
            do throws(SystemFailure) {
                try privateFolder.makeFolder(name.rawValue)
                try privateFolder.synchronize()
            } catch  where error.code == EEXIST {
            }
            return try privateFolder.open(name.rawValue, flags: O_RDONLY | O_DIRECTORY)
        }
    }

    /// Where a content is.
    public func path(of digest: Digest) -> String { path + "/" + digest.hex }

    /// The names in the folder, sorted.
    public func names() throws(FileError) -> [String] {
        do throws(SystemFailure) {
            return try folder.names()
        } catch {
            throw .system(error)
        }
    }

    /// What stands under a digest's name; nil for nothing.
    ///
    /// The content may be another than the name says.
    public func stored(_ digest: Digest) throws(FileError) -> FileDigest? {
        do throws(FileError) {
            return try SourceFile(path(of: digest), maximumByteCount: .max).digest()
        } catch .system(let failure) where failure.code == ENOENT {
            return nil
        }
    }

    /// Keeps a copy of a file under its digest.
    ///
    /// Expected calls:
    /// ```
    /// unlinkat  <hex>.new        What a crash has left.
    /// openat    <hex>.new        O_CREAT|O_EXCL. If we crash here or up to the rename: a file
    ///                            that means nothing, which the next copying removes.
    /// pread the source, pwrite <hex>.new, alternately
    /// fsync     <hex>.new
    /// pread     <hex>.new        Its digest must be the one that was announced.
    /// renameat  <hex>.new <hex>  If we crash here: the whole file, which no record names yet.
    /// fsync     .
    /// ```
    /// - Parameters:
    ///   - source: The file.
    ///   - expected: What it was when its digest was taken; anything else is ``FileError/changed(path:)``.
    /// - Returns: Whether it was not there before.
    @discardableResult
    public func keep(
        _ source: borrowing SourceFile, as expected: FileDigest
    ) throws(FileError) -> Bool {
        if try stored(expected.digest) == expected { return false }
        let name = expected.digest.hex
        var running = try SourceFile.running()
        try write(name) { file throws(FileError) in
            var offset = 0
            try source.read { piece throws(FileError) in
                running.update(piece.span)
                try Self.wrapping { () throws(SystemFailure) in try file.write(piece, at: offset) }
                offset += piece.count
            }
        }
        guard FileDigest(byteCount: source.byteCount, digest: running.finish()) == expected else {
            try Self.wrapping { () throws(SystemFailure) in try folder.remove(name + ".new") }
            throw .changed(path: source.path)
        }
        guard
            try SourceFile(path + "/" + name + ".new", maximumByteCount: .max).digest() == expected
        else { throw .damaged(path: path + "/" + name) }
        try finish(name)
        return true
    }

    /// Keeps bytes under their digest.
    @discardableResult
    public func keep(_ bytes: [UInt8]) throws(FileError) -> Digest {
        var running = try SourceFile.running()
        running.update(bytes.span)
        let expected = FileDigest(byteCount: bytes.count, digest: running.finish())
        if try stored(expected.digest) == expected { return expected.digest }
        try write(expected.digest.hex) { file throws(FileError) in
            try Self.wrapping { () throws(SystemFailure) in try file.write(bytes, at: 0) }
        }
        try finish(expected.digest.hex)
        return expected.digest
    }

    /// Writes what people say about a content, in the place of what they said before.
    public func describe(_ digest: Digest, _ text: [UInt8]) throws(FileError) {
        let name = digest.hex + ".json"
        try write(name) { file throws(FileError) in
            try Self.wrapping { () throws(SystemFailure) in try file.write(text, at: 0) }
        }
        try finish(name)
    }

    /// What people say about a content; nil where they say nothing.
    public func description(of digest: Digest) throws(FileError) -> [UInt8]? {
        do throws(FileError) {
            return try SourceFile(path(of: digest) + ".json", maximumByteCount: 1 << 16).bytes()
        } catch .system(let failure) where failure.code == ENOENT {
            return nil
        }
    }

    /// Removes a content that no record names, and what is said about it.
    public func remove(_ digest: Digest) throws(FileError) {
        try Self.wrapping { () throws(SystemFailure) in
            try folder.remove(digest.hex + ".json")
            try folder.remove(digest.hex)
            try folder.synchronize()
        }
    }

    private func write(
        _ name: String, _ fill: (borrowing DurableFile) throws(FileError) -> Void
    ) throws(FileError) {
        let file = try Self.wrapping { () throws(SystemFailure) in
            try folder.remove(name + ".new")
            return try folder.open(
                name + ".new", flags: O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
        }
        do throws(FileError) {
            try fill(file)
            try Self.wrapping { () throws(SystemFailure) in try file.synchronize() }
        } catch {
            try? folder.remove(name + ".new")
            throw error
        }
    }

    private func finish(_ name: String) throws(FileError) {
        try Self.wrapping { () throws(SystemFailure) in
            try folder.rename(name + ".new", to: name)
            try folder.synchronize()
        }
    }

    static func wrapping<Value: ~Copyable>(
        _ body: () throws(SystemFailure) -> Value
    ) throws(FileError) -> Value {
        do throws(SystemFailure) {
            return try body()
        } catch {
            throw .system(error)
        }
    }
}

extension OpenLedger {
    /// A folder of originals beside the ledger.
    public func contents(_ name: ContentFolder.Name) throws(FileError) -> ContentFolder {
        try ContentFolder(name, in: privateFolder)
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import LedgerCrypto
internal import LedgerLog

/// A ledger's folder that is being made from a backup, beside the place where it is to be.
///
/// Expected calls:
/// ```
/// …       FOLDER.restoring   What a crash has left is removed.
/// mkdirat FOLDER.restoring   If we crash here or up to the rename: a FOLDER.restoring that no
///                            command takes for a ledger by itself.
/// mkdirat, openat, pwrite, fsync   for every file, and fsync of every folder
/// …                          The caller verifies what stands there.
/// renameat FOLDER.restoring FOLDER   Over nothing or an empty folder. If we crash here: the
///                            whole ledger.
/// fsync   its parent
/// ```
public struct Restoration: ~Copyable {
    /// Where it is until it is put in its place.
    public let path: String

    private let target: String
    private let name: String
    private let parent: DurableFile

    /// Makes the folder beside its place.
    public init(of target: String) throws(BackupError) {
        let (parentPath, name) = FolderTree.split(target)
        let parent = try Self.wrap { () throws(SystemFailure) in
            try DurableFile.folder(at: parentPath, gate: .real)
        }
        let isFree = try Self.wrap { () throws(SystemFailure) in
            guard try parent.names().contains(name) else { return true }
            do throws(SystemFailure) {
                return try parent.open(name, flags: O_RDONLY | O_DIRECTORY).isEmpty()
            } catch  where error.code == ENOTDIR || error.code == ELOOP {
                return false
            }
        }
        guard isFree else { throw .occupied(path: target) }
        try Self.wrap { () throws(SystemFailure) in
            try FolderTree.remove(name + ".restoring", from: parent)
            try parent.makeFolder(name + ".restoring")
        }
        self.target = target
        self.name = name
        self.parent = parent
        path = parentPath + "/" + name + ".restoring"
    }

    /// Writes the public files of a backup.
    public func extract(_ backup: borrowing BackupFile) throws(BackupError) {
        var sink = try Extraction(path)
        try backup.readPublic(into: &sink)
        try sink.finish()
    }

    /// Writes the private files of a backup beside the public ones.
    public func extractPrivate(
        _ backup: borrowing BackupFile, _ cipher: borrowing ChunkCipher
    ) throws(BackupError) {
        var sink = try Extraction(path)
        try backup.readPrivate(cipher, into: &sink)
        try sink.finish()
    }

    /// Puts the folder in its place.
    public func settle() throws(BackupError) {
        do throws(SystemFailure) {
            try parent.rename(name + ".restoring", to: name)
            try parent.synchronize()
        } catch {
            guard error.code == ENOTEMPTY || error.code == EEXIST else {
                throw .file(.system(error))
            }
            throw .occupied(path: target)
        }
    }

    /// Removes the folder again.
    public func discard() {
        try? FolderTree.remove(name + ".restoring", from: parent)
    }

    private static func wrap<Value: ~Copyable>(
        _ body: () throws(SystemFailure) -> Value
    ) throws(BackupError) -> Value {
        try BackupError.wrapping { () throws(FileError) in try ContentFolder.wrapping(body) }
    }
}

/// Writes files below a folder that was just made.
private struct Extraction: BackupSink {
    private final class OpenFile {
        let file: DurableFile

        init(_ file: consuming DurableFile) { self.file = file }
    }

    private let root: String
    private var folders: Set<String>
    private var current: OpenFile?
    private var offset = 0

    init(_ root: String) throws(BackupError) {
        self.root = root
        folders = [root]
    }

    mutating func begin(_ name: String, byteCount: Int) throws(BackupError) {
        let isPrivate = BackupPath.isPrivate(name)
        let parts = name.split(separator: "/").map(String.init)
        var path = root
        var made: Set<String> = []
        do throws(SystemFailure) {
            var folder = try DurableFile.folder(at: path, gate: .real)
            for part in parts.dropLast() {
                do throws(SystemFailure) {
                    try folder.makeFolder(part)
                    made.insert(path)
                } catch  where error.code == EEXIST {
                }
                folder = try folder.open(part, flags: O_RDONLY | O_DIRECTORY)
                path += "/" + part
                made.insert(path)
            }
            let file = try folder.open(
                parts[parts.count - 1], flags: O_RDWR | O_CREAT | O_EXCL,
                mode: isPrivate ? 0o600 : 0o644)
            current = OpenFile(file)
        } catch {
            throw .file(.system(error))
        }
        folders.formUnion(made)
        offset = 0
    }

    mutating func append(_ piece: [UInt8]) throws(BackupError) {
        guard let current else { preconditionFailure("Extraction.append: no file") }
        do throws(SystemFailure) {
            try current.file.write(piece, at: offset)
        } catch {
            throw .file(.system(error))
        }
        offset += piece.count
    }

    mutating func end() throws(BackupError) {
        guard let current else { preconditionFailure("Extraction.end: no file") }
        do throws(SystemFailure) {
            try current.file.synchronize()
        } catch {
            throw .file(.system(error))
        }
        self.current = nil
    }

    /// The names are on the disk as well.
    func finish() throws(BackupError) {
        do throws(SystemFailure) {
            for folder in folders.sorted() {
                try DurableFile.folder(at: folder, gate: .real).synchronize()
            }
        } catch {
            throw .file(.system(error))
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// A folder of secrets in files, for its owner only (0700), whose files are too (0600).
///
/// The files hold the secrets in clear: who can read the disk as the owner or as root, or has a
/// backup of it, has them. Files are made whole or not at all, never overwritten, and neither read
/// nor erased through a link.
///
/// Only one process at a time may change a folder; for one inside a ledger the ledger's lock sees
/// to that. Names are single path parts chosen by the program, never text from a user.
public struct SecretFolder: ~Copyable {
    /// Where it is, for messages.
    public let path: String

    private let folder: Descriptor

    private static let temporarySuffix = ".new"
    private static let permissionMask: mode_t = 0o7777
    private static let sharedMask: mode_t = 0o077

    /// Opens a folder that exists.
    ///
    /// - Throws: ``KeyError`` when it is a link or no folder, belongs to another account or is open
    ///   to group or others.
    public init(opening path: String) throws(KeyError) {
        // C would read the path only up to a NUL, so another folder than the one named.
        guard !path.utf8.contains(0) else { throw .system(call: "open", errno: EINVAL, path: path) }
        let folder = try Self.naming(path) { () throws(KeyError) in
            try Descriptor(opening: path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
        }
        try Self.check(folder, path: path)
        self.folder = folder
        self.path = path
    }

    /// Opens a folder in this one.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - making: Whether it is made when it is not there.
    /// - Throws: as the opening of a folder.
    public init(
        opening name: String, in parent: borrowing SecretFolder, making: Bool
    ) throws(KeyError) {
        let path = parent.path(name)
        if making, try parent.folder.makeFolder(name, path: path) {
            try parent.folder.synchronize(path: parent.path)
        }
        let folder = try Self.naming(path) { () throws(KeyError) in
            try Descriptor(
                opening: name, in: parent.folder, flags: O_RDONLY | O_DIRECTORY, path: path)
        }
        try Self.check(folder, path: path)
        self.folder = folder
        self.path = path
    }

    /// Where a file of this folder is, for messages.
    public func path(_ name: String) -> String {
        precondition(
            !name.isEmpty && name != "." && name != ".."
                && !name.utf8.contains { $0 == 0 || $0 == 0x2F },
            "SecretFolder: not a single path part: \(name)")
        return "\(path)/\(name)"
    }

    /// Writes a new file.
    ///
    /// Expected calls; the name stands for nothing until the link:
    /// ```
    /// fstatat  name            If it is taken: an error, and nothing is touched.
    /// unlinkat name.new        What a crash has left, overwritten first; nobody has used it.
    /// openat   name.new        O_CREAT|O_EXCL. If we crash here: an empty name.new.
    /// fchmod, write, fsync     If we crash here: a name.new that nobody uses.
    /// linkat   name.new name   Never over another file. If we crash here: the file, whole, under
    ///                          one name or both.
    /// unlinkat name.new        The same.
    /// fsync    .               If we crash here: the file.
    /// ```
    ///
    /// - Throws: ``KeyError/alreadyExists(path:)`` when anything, even a dangling link, has the name.
    public func write(_ secret: borrowing SecretBytes, as name: String) throws(KeyError) {
        let path = path(name)
        let temporary = name + Self.temporarySuffix
        guard try !folder.contains(name, path: path) else { throw .alreadyExists(path: path) }
        try remove(temporary)
        let file = try Descriptor(creating: temporary, in: folder, path: path)
        do throws(KeyError) {
            try file.restrictToOwner(path: path)
            try secret.withBytes { (bytes: Span<UInt8>) throws(KeyError) in
                try file.writeAll(bytes, path: path)
            }
            try file.synchronize(path: path)
            try file.close(path: path)
            try folder.link(temporary, as: name, path: path)
        } catch {
            try? remove(temporary)
            throw error
        }
        try folder.unlink(temporary, path: path)
        try folder.synchronize(path: self.path)
    }

    /// Makes sure that a file is there which only its owner may use, for a library that opens it
    /// by its path: makes an empty one, or checks the one that stands there.
    ///
    /// - Returns: Whether it was made.
    /// - Throws: ``KeyError`` when it is a link or no regular file, belongs to another account or
    ///   is open to group or others.
    public func claim(_ name: String) throws(KeyError) -> Bool {
        let path = path(name)
        if try folder.contains(name, path: path) {
            _ = try check(name, path: path)
            return false
        }
        let file = try Descriptor(creating: name, in: folder, path: path)
        try file.restrictToOwner(path: path)
        try file.synchronize(path: path)
        try folder.synchronize(path: self.path)
        return true
    }

    /// Whether anything has the name.
    public func contains(_ name: String) throws(KeyError) -> Bool {
        try folder.contains(name, path: path(name))
    }

    /// Opens a file for reading, once it is known to be its owner's alone.
    private func check(_ name: String, path: String) throws(KeyError) -> Descriptor {
        // O_NONBLOCK: opening a pipe must not wait for a writer.
        let file = try Descriptor(
            opening: name, in: folder, flags: O_RDONLY | O_NONBLOCK, path: path)
        let status = try file.status(path: path)
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegularFile(path: path) }
        try Self.checkOwner(status, path: path)
        guard status.st_mode & Self.sharedMask == 0 else {
            throw .permissionsTooOpen(path: path, mode: status.st_mode & Self.permissionMask)
        }
        return file
    }

    /// Reads a file.
    ///
    /// - Throws: ``KeyError`` when it is not there, is a link or no regular file, belongs to another
    ///   account, is open to group or others, is empty or too large for a secret.
    public func read(_ name: String) throws(KeyError) -> SecretBytes {
        let path = path(name)
        let file = try check(name, path: path)
        let count = Int(try file.status(path: path).st_size)
        guard count > 0 else { throw .emptyFile(path: path) }
        guard count <= SecretBytes.byteCounts.upperBound else {
            throw .tooLarge(
                sizeBytes: count, maximumBytes: SecretBytes.byteCounts.upperBound, path: path)
        }
        return try SecretBytes(count: count) { (bytes: inout MutableSpan<UInt8>) throws(KeyError) in
            try file.readAll(into: &bytes, path: path)
        }
    }

    /// Destroys a file: overwrites it as well as can be, and removes it.
    ///
    /// Expected calls: for name.new, where a crash has left one, and for name: openat, write zeros,
    /// fsync, unlinkat; then fsync of the folder. If we crash in between, the file may still be
    /// there, with zeros in it; erasing it again completes the work.
    ///
    /// The overwriting reaches the old bytes only where the file system writes in place. On one
    /// that copies on write (btrfs, ZFS), keeps snapshots or a data journal, and on flash memory,
    /// old blocks stay readable until they are used again; backups are not reached at all.
    ///
    /// - Throws: ``KeyError/notFound(path:)`` when the file is not there, and when it can't be
    ///   removed. An overwriting that fails keeps nothing from being removed.
    public func erase(_ name: String) throws(KeyError) {
        let path = path(name)
        try remove(name + Self.temporarySuffix)
        guard try folder.contains(name, path: path) else {
            try folder.synchronize(path: self.path)
            throw .notFound(path: path)
        }
        try overwrite(name, path: path, isShared: true)
        try folder.unlink(name, path: path)
        try folder.synchronize(path: self.path)
    }

    /// Removes what a writing has left; if another name has the same file, only the name.
    private func remove(_ name: String) throws(KeyError) {
        let path = path(name)
        guard try folder.contains(name, path: path) else { return }
        try overwrite(name, path: path, isShared: false)
        try folder.unlink(name, path: path)
    }

    /// Writes zeros over a file, where that is possible, and where it has one name or may be shared.
    ///
    /// - Throws: when the name is that of a link or no regular file.
    private func overwrite(_ name: String, path: String, isShared: Bool) throws(KeyError) {
        let file: Descriptor
        do throws(KeyError) {
            file = try Descriptor(
                opening: name, in: folder, flags: O_WRONLY | O_NONBLOCK, path: path)
        } catch {
            // Without the right to write it, the owner can still remove it.
            guard case .system = error else { throw error }
            return
        }
        let status = try file.status(path: path)
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegularFile(path: path) }
        guard isShared || status.st_nlink == 1, status.st_size > 0 else { return }
        var left = Int(status.st_size)
        while left > 0 {
            let zeros = [UInt8](repeating: 0, count: min(left, 1 << 16))
            guard (try? file.writeAll(zeros, path: path)) != nil else { break }
            left -= zeros.count
        }
        try? file.synchronize(path: path)
    }

    private static func check(
        _ folder: borrowing Descriptor, path: String
    ) throws(KeyError) {
        let status = try folder.status(path: path)
        try checkOwner(status, path: path)
        guard status.st_mode & sharedMask == 0 else {
            throw .folderTooOpen(path: path, mode: status.st_mode & permissionMask)
        }
    }

    private static func checkOwner(_ status: stat, path: String) throws(KeyError) {
        guard status.st_uid == geteuid() else {
            throw .foreignOwner(path: path, owner: status.st_uid)
        }
    }

    /// Says that a path names no folder, as the opening of a link does too.
    private static func naming(
        _ path: String, _ open: () throws(KeyError) -> Descriptor
    ) throws(KeyError) -> Descriptor {
        do throws(KeyError) {
            return try open()
        } catch {
            switch error {
            case .notRegularFile, .system(_, ENOTDIR, _): throw .notFolder(path: path)
            default: throw error
            }
        }
    }
}

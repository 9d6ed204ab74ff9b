// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Private keys in files: encrypted, readable by their owner only, never overwritten.
public enum KeyFile {
    /// Largest file that is read, in bytes; a key file has about 400.
    public static let maximumByteCount = 1 << 16

    private static let permissionMask: mode_t = 0o7777
    private static let sharedMask: mode_t = 0o077

    /// Writes a new key file.
    ///
    /// System calls: open(folder), openat(O_CREAT|O_EXCL|O_NOFOLLOW), fchmod 0600, write…, fsync,
    /// close, fsync(folder), close. When one fails the file is removed again; if the machine
    /// stops in between, a file that can't be read may remain, and no other is touched.
    ///
    /// - Throws: ``KeyError/alreadyExists(path:)`` when anything, even a dangling link, has the name.
    public static func write(
        _ key: borrowing PrivateKey, to path: String, passphrase: borrowing Passphrase
    ) throws(KeyError) {
        // Encrypting comes first: if it fails, no file has been made.
        let pem = try key.encryptedPEM(passphrase: passphrase)
        let (folderPath, name) = try split(path)
        let folder = try Descriptor(opening: folderPath, flags: O_RDONLY | O_DIRECTORY)
        let file = try Descriptor(creating: name, in: folder, path: path)
        do throws(KeyError) {
            try file.restrictToOwner(path: path)
            try file.writeAll(pem, path: path)
            try file.synchronize(path: path)
            try file.close(path: path)
            try folder.synchronize(path: folderPath)
        } catch {
            folder.remove(name)
            throw error
        }
    }

    /// Encrypts a key file anew under another passphrase, in its place.
    ///
    /// Expected calls; the old file is what counts until the rename:
    /// ```
    /// openat   FILE.new        O_CREAT|O_EXCL; what a crash has left there is removed first. If
    ///                          we crash here or later: the old file, and a FILE.new that nobody
    ///                          uses.
    /// fchmod, write, fsync
    /// open, read  FILE.new     It opens under the new passphrase and holds the same key.
    /// renameat FILE.new FILE   If we crash here: the old or the new file, each whole.
    /// fsync    folder
    /// ```
    ///
    /// - Throws: as ``read(from:suite:passphrase:)`` does for the old passphrase; the file is then
    ///   as it was.
    public static func changePassphrase(
        of path: String, suite: Suite, from old: borrowing Passphrase, to new: borrowing Passphrase
    ) throws(KeyError) {
        let key = try read(from: path, suite: suite, passphrase: old)
        let (folderPath, name) = try split(path)
        let folder = try Descriptor(opening: folderPath, flags: O_RDONLY | O_DIRECTORY)
        let temporary = name + ".new"
        if try folder.contains(temporary, path: path + ".new") {
            try folder.unlink(temporary, path: path + ".new")
        }
        try write(key, to: path + ".new", passphrase: new)
        do throws(KeyError) {
            let back = try read(from: path + ".new", suite: suite, passphrase: new)
            guard back.publicKey == key.publicKey else { throw .malformedKeyFile(path: path) }
            try folder.rename(temporary, to: name, path: path)
        } catch {
            folder.remove(temporary)
            throw error
        }
        try folder.synchronize(path: folderPath)
    }

    /// Reads a key file.
    ///
    /// - Throws: ``KeyError`` when the file is a link or no regular file, is over 64 KiB, is open
    ///   to group or others, is not encrypted, holds anything else besides the one PEM block, or
    ///   the passphrase does not fit.
    public static func read(
        from path: String, suite: Suite, passphrase: borrowing Passphrase
    ) throws(KeyError) -> PrivateKey {
        _ = try split(path)
        // O_NONBLOCK: opening a pipe must not wait for a writer.
        let file = try Descriptor(opening: path, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        let status = try file.status(path: path)
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegularFile(path: path) }
        guard status.st_mode & sharedMask == 0 else {
            throw .permissionsTooOpen(path: path, mode: status.st_mode & permissionMask)
        }
        guard status.st_size <= maximumByteCount else {
            throw .tooLarge(
                sizeBytes: Int(status.st_size), maximumBytes: maximumByteCount, path: path)
        }
        let pem = try file.readAll(maximumByteCount: maximumByteCount, path: path)
        return try PrivateKey(suite: suite, encryptedPEM: pem, passphrase: passphrase, path: path)
    }

    /// The folder and the last part of a path.
    private static func split(_ path: String) throws(KeyError) -> (folder: String, name: String) {
        // C would read the path only up to a NUL, so another file than the one named.
        guard !path.utf8.contains(0) else { throw .system(call: "open", errno: EINVAL, path: path) }
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
        guard !name.isEmpty else { throw .notRegularFile(path: path) }
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        return (folder, name)
    }
}

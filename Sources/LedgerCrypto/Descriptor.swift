// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Owns an open file or folder and closes it when it ends.
///
/// A path is named only for messages, except where a function opens it.
struct Descriptor: ~Copyable {
    private let number: Int32

    /// Opens what exists.
    init(opening path: String, flags: Int32) throws(KeyError) {
        // SAFETY: the path is lent for the call as a NUL-terminated string.
        number = unsafe open(path, flags | O_CLOEXEC)
        guard number >= 0 else { throw Self.error("open", errno, path) }
    }

    /// Creates a file that no name in `folder` stands for yet, for its owner only.
    init(creating name: String, in folder: borrowing Descriptor, path: String) throws(KeyError) {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        // SAFETY: the name is lent for the call as a NUL-terminated string.
        number = unsafe openat(folder.number, name, flags, 0o600)
        guard number >= 0 else { throw Self.error("openat", errno, path) }
    }

    /// Opens what exists in `folder`, never through a link.
    init(
        opening name: String, in folder: borrowing Descriptor, flags: Int32, path: String
    ) throws(KeyError) {
        // SAFETY: the name is lent for the call as a NUL-terminated string.
        number = unsafe openat(folder.number, name, flags | O_NOFOLLOW | O_CLOEXEC)
        guard number >= 0 else { throw Self.error("openat", errno, path) }
    }

    deinit { _ = Glibc.close(number) }

    /// Sets mode 0600 whatever the umask; a umask can only have taken more away.
    func restrictToOwner(path: String) throws(KeyError) {
        guard fchmod(number, 0o600) == 0 else { throw Self.error("fchmod", errno, path) }
    }

    func status(path: String) throws(KeyError) -> stat {
        var status = stat()
        // SAFETY: the structure is a local, lent for the call.
        guard unsafe fstat(number, &status) == 0 else { throw Self.error("fstat", errno, path) }
        return status
    }

    func writeAll(_ bytes: [UInt8], path: String) throws(KeyError) {
        try writeAll(bytes.span, path: path)
    }

    func writeAll(_ bytes: Span<UInt8>, path: String) throws(KeyError) {
        var written = 0
        while written < bytes.count {
            // SAFETY: the span is alive; the region starts `written` bytes in and ends with it.
            let count = unsafe bytes.withUnsafeBytes { buffer in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
                return unsafe write(number, rest.baseAddress, rest.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw Self.error("write", count < 0 ? errno : EIO, path) }
            written += count
        }
    }

    /// Reads to the end; one byte more than the maximum is enough to know that there are too many.
    func readAll(maximumByteCount: Int, path: String) throws(KeyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: maximumByteCount + 1)
        var filled = 0
        while filled < bytes.count {
            // SAFETY: the array is alive; the region starts `filled` bytes in and ends with it.
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                return unsafe read(number, rest.baseAddress, rest.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Self.error("read", errno, path) }
            if count == 0 { break }
            filled += count
        }
        guard filled <= maximumByteCount else {
            throw .tooLarge(sizeBytes: filled, maximumBytes: maximumByteCount, path: path)
        }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }

    /// Reads exactly so many bytes; fewer are an error, more are left.
    func readAll(into bytes: inout MutableSpan<UInt8>, path: String) throws(KeyError) {
        var filled = 0
        while filled < bytes.count {
            // SAFETY: the span is alive; the region starts `filled` bytes in and ends with it.
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                return unsafe read(number, rest.baseAddress, rest.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw Self.error("read", count < 0 ? errno : EIO, path) }
            filled += count
        }
    }

    func synchronize(path: String) throws(KeyError) {
        guard fsync(number) == 0 else { throw Self.error("fsync", errno, path) }
    }

    /// Closes and says if that failed: some file systems report a lost write only here.
    consuming func close(path: String) throws(KeyError) {
        let number = number
        discard self
        guard Glibc.close(number) == 0 else { throw Self.error("close", errno, path) }
    }

    /// Removes a name from this folder; if that fails too, there is nothing left to do.
    func remove(_ name: String) {
        // SAFETY: the name is lent for the call as a NUL-terminated string.
        _ = unsafe unlinkat(number, name, 0)
    }

    /// Removes a name from this folder, and says if that failed.
    func unlink(_ name: String, path: String) throws(KeyError) {
        // SAFETY: the name is lent for the call as a NUL-terminated string.
        guard unsafe unlinkat(number, name, 0) == 0 else {
            throw Self.error("unlinkat", errno, path)
        }
    }

    /// Gives a file of this folder one more name there, unless the name is taken.
    func link(_ name: String, as other: String, path: String) throws(KeyError) {
        // SAFETY: the names are lent for the call as NUL-terminated strings.
        guard unsafe linkat(number, name, number, other, 0) == 0 else {
            throw Self.error("linkat", errno, path)
        }
    }

    /// Gives a file of this folder another name there, in the place of what had it.
    func rename(_ name: String, to other: String, path: String) throws(KeyError) {
        // SAFETY: the names are lent for the call as NUL-terminated strings.
        guard unsafe renameat(number, name, number, other) == 0 else {
            throw Self.error("renameat", errno, path)
        }
    }

    /// Makes a folder in this one, for its owner only; false when the name is taken.
    func makeFolder(_ name: String, path: String) throws(KeyError) -> Bool {
        // SAFETY: the name is lent for the call as a NUL-terminated string.
        if unsafe mkdirat(number, name, 0o700) == 0 { return true }
        guard errno == EEXIST else { throw Self.error("mkdirat", errno, path) }
        return false
    }

    /// Whether anything in this folder has the name, a dangling link too.
    func contains(_ name: String, path: String) throws(KeyError) -> Bool {
        var status = stat()
        // SAFETY: the name is lent as a NUL-terminated string; the structure is a local.
        if unsafe fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 { return true }
        guard errno == ENOENT else { throw Self.error("fstatat", errno, path) }
        return false
    }

    @inline(never)
    private static func error(_ call: String, _ number: Int32, _ path: String) -> KeyError {
        switch number {
        case ENOENT: .notFound(path: path)
        case EEXIST: .alreadyExists(path: path)
        case ELOOP, EISDIR, ENXIO: .notRegularFile(path: path)
        default: .system(call: call, errno: number, path: path)
        }
    }
}

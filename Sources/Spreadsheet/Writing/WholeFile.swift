// SPDX-License-Identifier: Apache-2.0

internal import CXLSXWriter
internal import Glibc

/// A file that is there whole or not at all.
enum WholeFile {
    /// Writes a file.
    ///
    /// ```
    /// unlink  .NAME.partial          What a crash has left.
    /// open    .NAME.partial          O_CREAT|O_EXCL, 0600.
    /// write, fchmod, fsync           If we crash here: a .NAME.partial that nobody uses.
    /// link, unlink; or rename        NAME. If we crash here: the file, whole.
    /// fsync   .
    /// ```
    static func write(
        _ bytes: [UInt8], to path: String, mode: mode_t, replacing: Bool
    ) throws(WorkbookError) {
        guard !path.utf8.contains(0), let name = path.split(separator: "/").last,
            !path.hasSuffix("/")
        else { throw .system(call: "open", path: path, errno: EINVAL) }
        let parent = String(path.dropLast(name.count))
        let folder = try OpenFile(parent.isEmpty ? "." : parent, O_RDONLY | O_DIRECTORY)
        let partial = parent + "." + name + ".partial"
        // SAFETY: the path is lent for the call as a NUL-terminated string.
        unsafe unlink(partial)
        let file = try OpenFile(partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
        do throws(WorkbookError) {
            try file.write(bytes)
            guard fchmod(file.number, mode) == 0 else { throw file.failure("fchmod") }
            try file.synchronize()
            try giveName(path, to: partial, replacing: replacing)
        } catch {
            // SAFETY: as above.
            unsafe unlink(partial)
            throw error
        }
        try folder.synchronize()
    }

    /// Gives the file its name; unlike a renaming, a link is never made over another file.
    private static func giveName(
        _ path: String, to partial: String, replacing: Bool
    ) throws(WorkbookError) {
        // SAFETY: the paths are lent for the calls as NUL-terminated strings.
        let done = unsafe replacing ? rename(partial, path) : link(partial, path)
        guard done == 0 else {
            let code = errno
            throw code == EEXIST
                ? .exists(path: path)
                : .system(call: replacing ? "rename" : "link", path: path, errno: code)
        }
        if !replacing { unsafe unlink(partial) }
    }
}

/// An open file or folder, closed when it ends.
struct OpenFile: ~Copyable {
    let path: String
    let number: Int32

    init(_ path: String, _ flags: Int32) throws(WorkbookError) {
        self.path = path
        // SAFETY: the path is lent for the call as a NUL-terminated string.
        number = unsafe open(path, flags | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw .system(call: "open", path: path, errno: errno) }
    }

    deinit { close(number) }

    func failure(_ call: String) -> WorkbookError { .system(call: call, path: path, errno: errno) }

    func write(_ bytes: [UInt8]) throws(WorkbookError) {
        var done = 0
        while done < bytes.count {
            // SAFETY: the array lives for the closure; done ..< count lies in it.
            let count = unsafe bytes.withUnsafeBytes { buffer in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[done...])
                return unsafe Glibc.write(number, rest.baseAddress, rest.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write") }
            done += count
        }
    }

    func synchronize() throws(WorkbookError) {
        guard fsync(number) == 0 else { throw failure("fsync") }
    }
}

/// A file in memory that has no name in any folder (memfd_create), for a library that wants a path.
struct MemoryFile: ~Copyable {
    private let number: Int32

    init() throws(WorkbookError) {
        // SAFETY: the name is a literal; it is only a label.
        number = unsafe memfd_create("workbook", rl_memfd_cloexec)
        guard number >= 0 else {
            throw .system(call: "memfd_create", path: "workbook", errno: errno)
        }
    }

    deinit { close(number) }

    /// The path under which this process opens it again.
    var path: String { "/proc/self/fd/\(number)" }

    /// Everything in it.
    func read() throws(WorkbookError) -> [UInt8] {
        let size = lseek(number, 0, SEEK_END)
        guard size >= 0 else { throw .system(call: "lseek", path: path, errno: errno) }
        var bytes = [UInt8](repeating: 0, count: Int(size))
        var done = 0
        while done < bytes.count {
            // SAFETY: the array lives for the closure; done ..< count lies in it.
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
                return unsafe pread(number, rest.baseAddress, rest.count, off_t(done))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system(call: "pread", path: path, errno: errno) }
            done += count
        }
        return bytes
    }
}

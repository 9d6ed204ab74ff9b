// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import LedgerLog

/// An open file or folder, closed when it ends; the only place where the store calls the system.
///
/// Interrupted calls (EINTR) are made again. Names inside a folder are single path parts chosen
/// by this module, never text from a ledger or a user.
struct DurableFile: ~Copyable, Sendable {
    /// For messages; no call but the opening one uses it.
    let path: String
    private let number: Int32
    private let gate: SystemGate

    private init(number: Int32, path: String, gate: SystemGate) {
        self.number = number
        self.path = path
        self.gate = gate
    }

    deinit { close(number) }

    /// Opens a folder by its path.
    static func folder(
        at path: String, gate: SystemGate
    ) throws(SystemFailure) -> DurableFile {
        // C would read the path only up to a NUL, so another folder than the one named.
        guard !path.utf8.contains(0) else {
            throw SystemFailure(call: "open", path: path, code: EINVAL)
        }
        let number = try perform(.open, path, gate) {
            // SAFETY: the path is lent for the call as a NUL-terminated string.
            unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        }
        return DurableFile(number: number, path: path, gate: gate)
    }

    /// Makes a folder; its parent must be there.
    static func makeFolder(at path: String, gate: SystemGate) throws(SystemFailure) {
        guard !path.utf8.contains(0) else {
            throw SystemFailure(call: "mkdir", path: path, code: EINVAL)
        }
        try perform(.mkdir, path, gate) {
            // SAFETY: the path is lent for the call as a NUL-terminated string.
            unsafe mkdir(path, 0o755)
        }
    }

    /// Removes an empty folder.
    static func removeFolder(at path: String, gate: SystemGate) throws(SystemFailure) {
        // SAFETY: the path is lent for the call as a NUL-terminated string.
        try perform(.rmdir, path, gate) { unsafe rmdir(path) }
    }

    /// Opens a name in this folder, never through a link; a pipe is not waited for.
    func open(_ name: String, flags: Int32, mode: mode_t = 0) throws(SystemFailure) -> DurableFile {
        let path = path + "/" + name
        let opened = try perform(.open, path) {
            // SAFETY: the name is lent for the call as a NUL-terminated string.
            unsafe openat(number, name, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, mode)
        }
        return DurableFile(number: opened, path: path, gate: gate)
    }

    /// Makes a folder in this one, for its owner only.
    func makeFolder(_ name: String) throws(SystemFailure) {
        try perform(.mkdir, path + "/" + name) {
            // SAFETY: the name is lent for the call as a NUL-terminated string.
            unsafe mkdirat(number, name, 0o700)
        }
    }

    /// Opens a name in this folder that must be a regular file; EISDIR tells that it is not.
    func openRegular(
        _ name: String, flags: Int32, mode: mode_t = 0
    ) throws(SystemFailure) -> DurableFile {
        let file = try open(name, flags: flags, mode: mode)
        guard try file.status().st_mode & S_IFMT == S_IFREG else {
            throw SystemFailure(call: "open", path: file.path, code: EISDIR)
        }
        return file
    }

    func setMode(_ mode: mode_t) throws(SystemFailure) {
        try perform(.fchmod, path) { fchmod(number, mode) }
    }

    func status() throws(SystemFailure) -> stat {
        var status = stat()
        // SAFETY: the structure is a local, lent for the call.
        try perform(.fstat, path) { unsafe fstat(number, &status) }
        return status
    }

    /// Takes the exclusive lock; false while somebody else holds it.
    func tryLock() throws(SystemFailure) -> Bool {
        do {
            try perform(.flock, path) { flock(number, LOCK_EX | LOCK_NB) }
            return true
        } catch  where error.code == EWOULDBLOCK {
            return false
        }
    }

    /// Waits before the lock is tried again.
    func pause(milliseconds: UInt32) throws(SystemFailure) {
        try perform(.sleep, path) { usleep(milliseconds * 1000) }
    }

    /// Reads exactly that range.
    ///
    /// - Throws: also when the file ends before it.
    func read(_ range: Range<Int>) throws(SystemFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: range.count)
        var done = 0
        while done < bytes.count {
            let got = try transfer(.pread) {
                // SAFETY: the array lives for the closure; done ..< count lies in it.
                unsafe bytes.withUnsafeMutableBytes { buffer in
                    let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
                    return unsafe pread(
                        number, rest.baseAddress, rest.count, off_t(range.lowerBound + done))
                }
            }
            guard got > 0 else { throw SystemFailure(call: "pread", path: path, code: EIO) }
            done += got
        }
        return bytes
    }

    /// Reads a small regular file; nil when it is longer than the maximum or no such file.
    func readAll(maximumByteCount: Int) throws(SystemFailure) -> [UInt8]? {
        let status = try status()
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= maximumByteCount else {
            return nil
        }
        return try read(0..<Int(status.st_size))
    }

    /// Writes all bytes at an offset, in one call unless the system takes fewer.
    func write(_ bytes: [UInt8], at offset: Int) throws(SystemFailure) {
        var done = 0
        while done < bytes.count {
            var bytes = bytes
            var end = bytes.count
            let written = try transfer(.pwrite) { verdict in
                if case .short(let count) = verdict { end = min(end, done + max(count, 0)) }
                if case .flip = verdict { bytes[done] ^= 1 }
                // SAFETY: the array lives for the closure; done ..< end lies in it.
                return unsafe bytes.withUnsafeBytes { buffer in
                    let part = unsafe UnsafeRawBufferPointer(rebasing: buffer[done..<end])
                    return unsafe pwrite(number, part.baseAddress, part.count, off_t(offset + done))
                }
            }
            guard written > 0 else { throw SystemFailure(call: "pwrite", path: path, code: EIO) }
            done += written
        }
    }

    func truncate(to count: Int) throws(SystemFailure) {
        try perform(.ftruncate, path) { ftruncate(number, off_t(count)) }
    }

    /// Waits until everything written is on the disk.
    func synchronize() throws(SystemFailure) {
        try perform(.fsync, path) { fsync(number) }
    }

    /// Gives a file in this folder another name there, in the place of what had it.
    func rename(_ old: String, to new: String) throws(SystemFailure) {
        try perform(.rename, path + "/" + new) {
            // SAFETY: the names are lent for the call as NUL-terminated strings.
            unsafe renameat(number, old, number, new)
        }
    }

    /// Removes a name from this folder; it is no error when it is not there.
    func remove(_ name: String, flags: Int32 = 0) throws(SystemFailure) {
        do {
            try perform(.unlink, path + "/" + name) {
                // SAFETY: the name is lent for the call as a NUL-terminated string.
                unsafe unlinkat(number, name, flags)
            }
        } catch  where error.code == ENOENT {
        }
    }

    /// Whether the folder has no names but its own and its parent's.
    func isEmpty() throws(SystemFailure) -> Bool { try names().isEmpty }

    /// The names in this folder, sorted, without its own and its parent's.
    func names() throws(SystemFailure) -> [String] {
        let copy = try perform(.list, path) {
            // SAFETY: the string is a literal; a fresh description has its own position.
            unsafe openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        }
        // SAFETY: on success the stream owns `copy`, and closedir ends both.
        guard let stream = unsafe fdopendir(copy) else {
            let code = errno
            close(copy)
            throw SystemFailure(call: "fdopendir", path: path, code: code)
        }
        // SAFETY: the stream is open, and no entry is used after the next call.
        defer { unsafe closedir(stream) }
        var names: [String] = []
        // SAFETY: as above; the name is NUL-terminated and copied before the next call.
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Opens a file that the user names, through links too; a pipe is not waited for.
    static func source(at path: String, gate: SystemGate) throws(SystemFailure) -> DurableFile {
        guard !path.utf8.contains(0) else {
            throw SystemFailure(call: "open", path: path, code: EINVAL)
        }
        let number = try perform(.open, path, gate) {
            // SAFETY: the path is lent for the call as a NUL-terminated string.
            unsafe Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        }
        return DurableFile(number: number, path: path, gate: gate)
    }

    /// Reads what there is of that range: fewer bytes only where the file ends.
    func readUpTo(_ count: Int, at offset: Int) throws(SystemFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = try transfer(.pread) {
                // SAFETY: the array lives for the closure; done ..< count lies in it.
                unsafe bytes.withUnsafeMutableBytes { buffer in
                    let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
                    return unsafe pread(
                        number, rest.baseAddress, rest.count, off_t(offset + done))
                }
            }
            // An interrupted call has moved none either; the end of the file shows twice.
            if got == 0, Int(try status().st_size) <= offset + done { break }
            done += got
        }
        bytes.removeLast(count - done)
        return bytes
    }

    /// The bytes up to an offset, for the verifier.
    func ledgerBytes(limit: Int? = nil) throws(LedgerReadError) -> LedgerBytes {
        try LedgerBytes(descriptor: number, path: path, limit: limit)
    }

    @discardableResult
    private func perform(
        _ call: SystemCall, _ path: String, _ body: () -> Int32
    ) throws(SystemFailure) -> Int32 {
        try Self.perform(call, path, gate, body)
    }

    @discardableResult
    private static func perform(
        _ call: SystemCall, _ path: String, _ gate: SystemGate, _ body: () -> Int32
    ) throws(SystemFailure) -> Int32 {
        while true {
            var code: Int32 = 0
            if case .fail(let errno) = gate.judge(call, path) {
                code = errno
            } else {
                let result = body()
                if result >= 0 { return result }
                code = errno
            }
            guard code == EINTR else {
                throw SystemFailure(call: call.rawValue, path: path, code: code)
            }
        }
    }

    /// A call that moves bytes; 0 stands for an interrupted one that moved none.
    private func transfer(
        _ call: SystemCall, _ body: (SystemGate.Verdict) -> Int
    ) throws(SystemFailure) -> Int {
        while true {
            let verdict = gate.judge(call, path)
            var code: Int32 = 0
            if case .fail(let errno) = verdict {
                code = errno
            } else {
                let count = body(verdict)
                if count >= 0 { return count }
                code = errno
            }
            guard code == EINTR else {
                throw SystemFailure(call: call.rawValue, path: path, code: code)
            }
        }
    }

    private func transfer(
        _ call: SystemCall, _ body: () -> Int
    ) throws(SystemFailure) -> Int {
        try transfer(call) { _ in body() }
    }
}

// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// Files with personal data that a command writes for its officer.
enum PersonalFile {
    /// Writes a new file that only its owner reads; never over another, and not among what a
    /// ledger's folder publishes.
    ///
    /// - Parameter ledger: The ledger's folder; its `private` part may hold the file.
    static func create(
        _ path: String, _ bytes: [UInt8], outside ledger: String
    ) throws(CommandFailure) {
        if isPublished(path, in: ledger) {
            throw CommandFailure(
                .refused, zh: "\(path)：在账本目录的公开部分，含个人信息的文件不能写在那里；请换一个文件夹",
                en:
                    "\(path): lies in the public part of the ledger's folder, where no personal data "
                    + "may be written; choose another folder")
        }
        // SAFETY: the path is lent for the call.
        let descriptor = unsafe open(
            path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw failure(path, errno)
        }
        defer { close(descriptor) }
        var done = 0
        while done < bytes.count {
            // SAFETY: done ..< count lies in the array, lent for the call.
            let wrote = unsafe bytes.withUnsafeBytes { buffer in
                unsafe write(
                    descriptor, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
            }
            if wrote < 0, errno == EINTR { continue }
            guard wrote > 0 else {
                let code = errno
                // SAFETY: the path is lent for the call; half a file is worth nothing.
                _ = unsafe unlink(path)
                throw failure(path, code)
            }
            done += wrote
        }
        guard fsync(descriptor) == 0 else {
            let code = errno
            // SAFETY: as above.
            _ = unsafe unlink(path)
            throw failure(path, code)
        }
    }

    /// Whether a file would lie in what a ledger's folder publishes.
    static func isPublished(_ path: String, in ledger: String) -> Bool {
        guard let folder = real(parent(of: path)), let published = real(ledger) else {
            return false
        }
        return isWithin(folder, published) && !isWithin(folder, published + "/private")
    }

    private static func failure(_ path: String, _ code: Int32) -> CommandFailure {
        switch code {
        case EEXIST:
            CommandFailure(
                .incomplete, zh: "\(path)：文件已存在，不会被覆盖；请换一个文件名",
                en: "\(path): the file exists and is not overwritten; choose another name")
        case ENOSPC, EDQUOT:
            CommandFailure(
                .incomplete, zh: "\(path)：磁盘已满，没有写文件；请腾出空间后重试",
                en: "\(path): the disk is full, no file was written; make room and try again")
        case ENOENT:
            CommandFailure(
                .incomplete, zh: "\(path)：文件夹不存在；请先建立", en: "\(path): no such folder; make it first"
            )
        default:
            CommandFailure(
                .incomplete, zh: "\(path)：无法写入；请核对路径和权限",
                en: "\(path): cannot be written; check the path and the permissions")
        }
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// A folder as it is reached without links; nil where there is none.
    static func real(_ path: String) -> String? {
        // SAFETY: the path is lent; the result is freed here, once.
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    static func isWithin(_ path: String, _ folder: String) -> Bool {
        path == folder || path.hasPrefix(folder + "/")
    }
}

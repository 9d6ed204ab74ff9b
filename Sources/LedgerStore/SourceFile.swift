// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import LedgerCrypto
public import LedgerFormat

/// A file's length and SHA-256.
public struct FileDigest: Sendable, Equatable {
    /// Length in bytes.
    public let byteCount: Int
    /// SHA-256.
    public let digest: Digest

    /// Names a content.
    public init(byteCount: Int, digest: Digest) {
        self.byteCount = byteCount
        self.digest = digest
    }
}

/// Why a file beside the ledger could not be read or kept.
public enum FileError: Error, Sendable, Equatable {
    /// A call failed.
    case system(SystemFailure)
    /// A folder, pipe or device instead of a file.
    case notRegular(path: String)
    /// A file of no bytes.
    case empty(path: String)
    /// More bytes than are taken.
    case tooLarge(path: String, byteCount: Int, maximum: Int)
    /// Somebody replaced or changed the file while it was read.
    case changed(path: String)
    /// What was written does not read back.
    case damaged(path: String)
    /// OpenSSL has no digest.
    case crypto(OpenSSLError)
}

/// A file that the user names, read so that what was read is one state of it.
///
/// Length, time of change and identity are compared before and after; on Linux a writer cannot
/// change bytes without changing the time. Where the same file is read twice, the digests must
/// agree as well.
public struct SourceFile: ~Copyable {
    /// The path as it was given.
    public let path: String
    private let file: DurableFile
    private let before: stat

    static let pieceByteCount = 1 << 20

    /// Opens a regular file that is not empty.
    public init(_ path: String, maximumByteCount: Int) throws(FileError) {
        try self.init(path, maximumByteCount: maximumByteCount, gate: .real)
    }

    package init(
        _ path: String, maximumByteCount: Int, gate: SystemGate
    ) throws(FileError) {
        let file = try ContentFolder.wrapping { () throws(SystemFailure) in
            try DurableFile.source(at: path, gate: gate)
        }
        let before = try ContentFolder.wrapping { () throws(SystemFailure) in try file.status() }
        guard before.st_mode & S_IFMT == S_IFREG else { throw .notRegular(path: path) }
        guard before.st_size <= maximumByteCount else {
            throw .tooLarge(
                path: path, byteCount: Int(before.st_size), maximum: maximumByteCount)
        }
        self.path = path
        self.file = file
        self.before = before
    }

    /// Length in bytes.
    public var byteCount: Int { Int(before.st_size) }

    /// All bytes of the file.
    public func bytes() throws(FileError) -> [UInt8] {
        var all: [UInt8] = []
        all.reserveCapacity(byteCount)
        try read { piece throws(FileError) in all += piece }
        return all
    }

    /// Length and SHA-256.
    public func digest() throws(FileError) -> FileDigest {
        var running = try Self.running()
        try read { piece throws(FileError) in running.update(piece.span) }
        return FileDigest(byteCount: byteCount, digest: running.finish())
    }

    static func running() throws(FileError) -> RunningDigest {
        do throws(OpenSSLError) {
            return try RunningDigest()
        } catch {
            throw .crypto(error)
        }
    }

    /// Hands over the file piece by piece, and fails at the end if it was not one state.
    func read(_ take: ([UInt8]) throws(FileError) -> Void) throws(FileError) {
        var done = 0
        while done < byteCount {
            let piece: [UInt8]
            do {
                piece = try file.readUpTo(min(Self.pieceByteCount, byteCount - done), at: done)
            } catch {
                throw .system(error)
            }
            guard !piece.isEmpty else { throw .changed(path: path) }
            try take(piece)
            done += piece.count
        }
        try requireUnchanged()
    }

    private func requireUnchanged() throws(FileError) {
        let now: stat
        let named: stat
        do {
            now = try file.status()
            named = try DurableFile.source(at: path, gate: .real).status()
        } catch {
            if error.code == ENOENT { throw .changed(path: path) }
            throw .system(error)
        }
        guard now.st_size == before.st_size, now.st_mtim.tv_sec == before.st_mtim.tv_sec,
            now.st_mtim.tv_nsec == before.st_mtim.tv_nsec, named.st_ino == before.st_ino,
            named.st_dev == before.st_dev
        else { throw .changed(path: path) }
    }
}

extension FileError {
    /// What is wrong, and what to do.
    public var message: Message {
        switch self {
        case .system(let failure) where failure.code == ENOENT:
            Message(
                zh: "\(failure.path)：文件或文件夹不存在；请核对路径",
                en: "\(failure.path): no such file or folder; check the path")
        case .system(let failure): failure.message
        case .notRegular(let path):
            Message(
                zh: "\(path)：不是普通文件；请给出文件本身", en: "\(path): not a regular file; name a file")
        case .empty(let path):
            Message(zh: "\(path)：文件为空；请核对", en: "\(path): the file is empty; check it")
        case .tooLarge(let path, let count, let maximum):
            Message(
                zh: "\(path)：文件有 \(count) 字节，应不超过 \(maximum) 字节；请拆分或压缩",
                en: "\(path): \(count) bytes, expected at most \(maximum); split or compress it")
        case .changed(let path):
            Message(
                zh: "\(path)：读取过程中文件被更换或改动，未使用其内容；请关闭正在编辑它的程序后重新执行",
                en:
                    "\(path): the file was replaced or changed while it was read; nothing of it was "
                    + "used. Close the program that edits it and run the command again")
        case .damaged(let path):
            Message(
                zh: "\(path)：读回与写入不同；请检查磁盘和内存",
                en:
                    "\(path): what was read back differs from what was written; check disk and memory"
            )
        case .crypto(let error): Message(zh: "\(error)", en: "\(error)")
        }
    }
}

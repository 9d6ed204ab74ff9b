// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Why a ledger could not be read at all; nothing is said of its content.
public struct LedgerReadError: Error, Sendable, Equatable {
    /// The file.
    public let path: String
    /// The system call that failed.
    public let call: String
    /// Its errno; 0 when the file is of a kind that cannot be read.
    public let code: Int32

    /// Names the failure.
    public init(path: String, call: String, code: Int32) {
        self.path = path
        self.call = call
        self.code = code
    }
}

/// The bytes of a ledger as they stood when it was opened: a file, or memory.
///
/// Reads go through `pread`, not a mapping: a file that shrinks under a mapping kills the reader
/// with SIGBUS, and a disk error would too. Immutable after `init` (the descriptor is only read
/// at explicit offsets), therefore Sendable.
public final class LedgerBytes: Sendable {
    private enum Source {
        case memory([UInt8])
        case file(OpenFile)
    }

    /// A descriptor that several views of one file may share.
    private final class OpenFile: Sendable {
        let descriptor: Int32

        init(takingOwnershipOf descriptor: Int32) { self.descriptor = descriptor }

        deinit { close(descriptor) }
    }

    private let source: Source
    /// Where the bytes came from, for messages.
    public let path: String
    /// How many bytes there were.
    public let count: Int

    /// Bytes that are already in memory.
    public init(_ bytes: [UInt8], path: String = "ledger.jsonl") {
        source = .memory(bytes)
        self.path = path
        count = bytes.count
    }

    /// Opens `ledger.jsonl`, given itself or its directory.
    public init(path: String) throws(LedgerReadError) {
        var path = path
        var descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw LedgerReadError(path: path, call: "open", code: errno)
        }
        var status = stat()
        if unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            close(descriptor)
            path += path.hasSuffix("/") ? "ledger.jsonl" : "/ledger.jsonl"
            descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else {
                throw LedgerReadError(path: path, call: "open", code: errno)
            }
        }
        guard unsafe fstat(descriptor, &status) == 0 else {
            let code = errno
            close(descriptor)
            throw LedgerReadError(path: path, call: "fstat", code: code)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw LedgerReadError(path: path, call: "open", code: 0)
        }
        source = .file(OpenFile(takingOwnershipOf: descriptor))
        self.path = path
        count = Int(status.st_size)
    }

    /// Lends a file that is open already, up to an offset: what was written is then what is verified.
    ///
    /// The descriptor is duplicated; the caller keeps its own.
    ///
    /// - Parameter limit: Bytes from the start; nil for all there are now.
    /// - Throws: When the file is shorter than `limit`.
    package init(
        descriptor: Int32, path: String, limit: Int? = nil
    ) throws(LedgerReadError) {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw LedgerReadError(path: path, call: "fcntl", code: errno) }
        var status = stat()
        // SAFETY: the structure is a local, lent for the call.
        guard unsafe fstat(copy, &status) == 0 else {
            let code = errno
            close(copy)
            throw LedgerReadError(path: path, call: "fstat", code: code)
        }
        guard limit ?? 0 <= Int(status.st_size) else {
            close(copy)
            throw LedgerReadError(path: path, call: "fstat", code: EIO)
        }
        source = .file(OpenFile(takingOwnershipOf: copy))
        self.path = path
        count = limit ?? Int(status.st_size)
    }

    private init(_ source: Source, path: String, count: Int) {
        self.source = source
        self.path = path
        self.count = count
    }

    /// The same ledger after bytes were appended to it; a file must hold them already.
    package func appending(_ more: [UInt8]) -> LedgerBytes {
        switch source {
        case .memory(let bytes):
            LedgerBytes(.memory(bytes + more), path: path, count: count + more.count)
        case .file:
            LedgerBytes(source, path: path, count: count + more.count)
        }
    }

    /// The beginning of the same bytes.
    func prefix(_ byteCount: Int) -> LedgerBytes {
        LedgerBytes(source, path: path, count: min(byteCount, count))
    }

    /// Reads `range` into `buffer` from `place` on, growing it where needed.
    ///
    /// - Throws: When the file cannot be read, or has become shorter than it was.
    func read(
        _ range: Range<Int>, into buffer: inout [UInt8], at place: Int = 0
    ) throws(LedgerReadError) {
        precondition(range.upperBound <= count, "LedgerBytes.read: \(range) of \(count)")
        let end = place + range.count
        if buffer.count < end {
            buffer.append(contentsOf: repeatElement(0, count: end - buffer.count))
        }
        switch source {
        case .memory(let bytes):
            buffer.replaceSubrange(place..<end, with: bytes[range])
        case .file(let file):
            var done = 0
            while done < range.count {
                // SAFETY: the pointer lives for the call; place + done ..< end lies in the buffer.
                let got = unsafe buffer.withUnsafeMutableBytes { bytes in
                    unsafe pread(
                        file.descriptor, bytes.baseAddress.map { unsafe $0 + place + done },
                        range.count - done, off_t(range.lowerBound + done))
                }
                if got < 0, errno == EINTR { continue }
                guard got > 0 else {
                    throw LedgerReadError(path: path, call: "pread", code: got < 0 ? errno : EIO)
                }
                done += got
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

private import Glibc

/// Makes the directory that a command fills.
package enum OutputFolder {
    /// - Throws: When it exists or cannot be made.
    package static func create(_ path: String) throws {
        guard unsafe mkdir(path, 0o755) != 0 else { return }
        throw OutputError("create", path)
    }
}

/// A new file, written from the top.
package struct OutputFile: ~Copyable {
    private let path: String
    private let descriptor: Int32

    package init(path: String) throws {
        self.path = path
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw OutputError("create", path) }
    }

    deinit { _ = close(descriptor) }

    package func write(_ bytes: [UInt8]) throws {
        var done = 0
        while done < bytes.count {
            // SAFETY: done ..< bytes.count lies in the array for the length of the call.
            let written = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(
                    descriptor, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
            }
            guard written > 0 else { throw OutputError("write", path) }
            done += written
        }
    }

    package func synchronize() throws {
        guard fsync(descriptor) == 0 else { throw OutputError("fsync", path) }
    }
}

/// A file or directory that could not be made or written.
package struct OutputError: Error, CustomStringConvertible {
    package let description: String

    /// Says what the last system call of a kind came to.
    fileprivate init(_ call: String, _ path: String) {
        // SAFETY: strerror's string is copied before the next call.
        let reason =
            errno == EEXIST ? "it exists already" : unsafe String(cString: strerror(errno))
        description = "cannot \(call) \(path): \(reason)"
    }
}

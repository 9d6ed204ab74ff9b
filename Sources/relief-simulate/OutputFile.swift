// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc

/// Makes the directory that a command fills.
enum OutputFolder {
    /// - Throws: When it exists or cannot be made.
    static func create(_ path: String) throws {
        guard unsafe mkdir(path, 0o755) != 0 else { return }
        throw OutputFile.failure(
            "create", path, errno == EEXIST ? "it exists already" : OutputFile.reason())
    }
}

/// A new file, written from the top.
struct OutputFile: ~Copyable {
    private let path: String
    private let descriptor: Int32

    init(path: String) throws {
        self.path = path
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.failure("create", path, Self.reason()) }
    }

    deinit { close(descriptor) }

    func write(_ bytes: [UInt8]) throws {
        var done = 0
        while done < bytes.count {
            // SAFETY: done ..< bytes.count lies in the array for the length of the call.
            let written = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(
                    descriptor, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
            }
            guard written > 0 else { throw Self.failure("write", path, Self.reason()) }
            done += written
        }
    }

    func synchronize() throws {
        guard fsync(descriptor) == 0 else { throw Self.failure("fsync", path, Self.reason()) }
    }

    /// What the last system call says went wrong.
    static func reason() -> String { unsafe String(cString: strerror(errno)) }

    /// Says what failed, and ends with exit code 3.
    static func failure(_ call: String, _ path: String, _ reason: String) -> ExitCode {
        let text = Array("relief-simulate: error: cannot \(call) \(path): \(reason)\n".utf8)
        // SAFETY: the array is alive for the call, and all of it may be read.
        _ = unsafe text.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
        return ExitCode(3)
    }
}

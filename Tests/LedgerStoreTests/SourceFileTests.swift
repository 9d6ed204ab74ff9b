// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerFormat
import LedgerStore
import Synchronization
import Testing

/// Files that a user names, while somebody else works on them.
@Suite struct SourceFileTests {
    private static func scratch() throws -> String {
        let path = NSTemporaryDirectory() + "source-" + UUID().uuidString
        try Data(repeating: 7, count: 3_000_000).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Reads a file, and does something to it at the second call of pread.
    private func read(_ meanwhile: @escaping @Sendable (String) throws -> Void) throws -> FileError?
    {
        let path = try Self.scratch()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let count = Mutex(0)
        let gate = SystemGate { call, _ in
            let number = count.withLock { count in
                if call == .pread { count += 1 }
                return call == .pread ? count : 0
            }
            if number == 2 { try? meanwhile(path) }
            return .pass
        }
        do throws(FileError) {
            let file = try SourceFile(path, maximumByteCount: .max, gate: gate)
            #expect(try file.digest().byteCount == 3_000_000)
            return nil
        } catch {
            return error.withoutPath(path)
        }
    }

    @Test func `a file that nobody touches is read`() throws {
        #expect(try read { _ in } == nil)
    }

    @Test func `a file that is replaced, rewritten, cut or removed while it is read is not used`()
        throws
    {
        let same = Data(repeating: 7, count: 3_000_000)
        let ways: [@Sendable (String) throws -> Void] = [
            { path in try same.write(to: URL(fileURLWithPath: path), options: .atomic) },
            { path in try same.write(to: URL(fileURLWithPath: path)) },
            { path in
                try Data(repeating: 7, count: 100).write(to: URL(fileURLWithPath: path))
            },
            { path in
                let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
                try handle.seekToEnd()
                try handle.write(contentsOf: Data([1]))
            },
            { path in try FileManager.default.removeItem(atPath: path) },
        ]
        for way in ways { #expect(try read(way) == .changed(path: "")) }
    }

    @Test func `what is no file, empty or too large says so in both languages`() throws {
        let path = try Self.scratch()
        defer { try? FileManager.default.removeItem(atPath: path) }
        func failure(_ path: String, _ maximum: Int) -> FileError? {
            do throws(FileError) {
                _ = try SourceFile(path, maximumByteCount: maximum)
                return nil
            } catch {
                return error
            }
        }
        #expect(failure(path, 3_000_000) == nil)
        let errors = [
            failure(path, 2_999_999), failure(NSTemporaryDirectory(), .max),
            failure(path + "x", .max), failure("/dev/null", .max), .changed(path: path),
            .damaged(path: path), .empty(path: path),
        ]
        let texts = errors.compactMap { $0?.message }
        #expect(texts.count == errors.count)
        #expect(Set(texts.map(\.zh)).count == texts.count)
        for text in texts { #expect(!text.zh.isEmpty && !text.en.isEmpty) }
    }
}

extension FileError {
    /// The kind of a change, for comparing.
    fileprivate func withoutPath(_ path: String) -> FileError {
        self == .changed(path: path) ? .changed(path: "") : self
    }
}

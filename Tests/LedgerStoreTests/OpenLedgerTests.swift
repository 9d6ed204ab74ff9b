// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import LedgerFormat
import LedgerLog
import LedgerStore
import Testing

struct OpenLedgerTests {
    @Test func `postings of several sessions are there when the ledger is opened again`() throws {
        let bench = try Bench()
        try bench.found(postings: 3)
        var open = try Sample.open(bench.ledger)
        for number in 4...6 { try open.append(Sample.posting(number, after: open.ledger)) }
        let head = open.head
        open.close()
        let again = try Sample.open(bench.ledger)
        #expect(again.head == head)
        #expect(again.notices.isEmpty)
        #expect(again.ledger.fold.texts.count == 11)
        #expect(again.ledger.size == 24)
    }

    @Test func `a large posting is recorded and read back`() throws {
        let bench = try Bench()
        try bench.found(postings: 1)
        var open = try Sample.open(bench.ledger)
        try open.append(Sample.posting(2, after: open.ledger, entries: 10_000))
        open.close()
        #expect(try Sample.open(bench.ledger).ledger.fold.texts.count == 10_001)
    }

    @Test func `the files have the promised modes`() throws {
        let bench = try Bench()
        try bench.found(postings: 1)
        for (file, mode) in [
            (bench.ledgerFile, 0o644), (bench.privateFolder, 0o700), (bench.headFile, 0o600),
            (bench.privateFolder + "/lock", 0o600),
        ] {
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            #expect(attributes[.posixPermissions] as? Int == mode, "\(file)")
        }
    }

    @Test func `a posting that does not continue this ledger is refused`() throws {
        let bench = try Bench()
        try bench.found(postings: 2)
        let other = try Bench()
        try other.found(postings: 2, id: 8)
        let foreign = try Sample.open(other.ledger)
        var open = try Sample.open(bench.ledger)
        let before = try bench.read(bench.ledgerFile)
        let stale = try Sample.posting(3, after: open.ledger)
        #expect(throws: StoreError.refused(path: bench.ledger, .unsound)) {
            try open.append(Sample.posting(3, after: foreign.ledger))
        }
        #expect(try bench.read(bench.ledgerFile) == before)
        try open.append(stale)
        let size = open.ledger.size
        #expect(
            throws: StoreError.refused(path: bench.ledger, .wrongPlace(firstSeq: 8, size: size))
        ) { try open.append(stale) }
        // Sealed by a key that the header does not name.
        var builder = PostingBuilder(continuing: open.ledger, header: try Sample.header(4))
        try builder.add(Sample.note("x"))
        let wrongKey = try builder.seal(with: Sample.key(2))
        #expect(throws: StoreError.refused(path: bench.ledger, .unsound)) {
            try open.append(wrongKey)
        }
    }

    @Test func `a file changed behind the store's back is noticed before it is written`() throws {
        let bench = try Bench()
        let stages = try bench.found(postings: 2)
        var open = try Sample.open(bench.ledger)
        let handle = try #require(FileHandle(forWritingAtPath: bench.ledgerFile))
        try handle.truncate(atOffset: UInt64(stages[0].bytes.count))
        let posting = try Sample.posting(3, after: open.ledger)
        #expect(
            throws: StoreError.tampered(
                path: bench.ledger,
                .changedWhileOpen(
                    recordedByteCount: stages[1].bytes.count, byteCount: stages[0].bytes.count))
        ) { try open.append(posting) }
    }

    @Test func `a second writer waits, then is told who holds the ledger`() throws {
        let bench = try Bench()
        try bench.found(postings: 1)
        let first = try LedgerStore.open(
            bench.ledger, folding: Notebook(), writer: Sample.writer("relief pay"))
        let text = String(decoding: try bench.read(bench.privateFolder + "/lock"), as: UTF8.self)
        #expect(
            text == "{\"command\":\"relief pay\",\"pid\":\(getpid()),"
                + "\"since\":\"2026-01-02T03:04:05Z\"}\n")
        guard case .locked(_, let holder?, 1) = try error(waiting: 1, bench) else {
            Issue.record("a second writer got in")
            return
        }
        #expect(holder.command == "relief pay" && holder.pid == getpid())
        let message = StoreError.locked(path: "p", holder: holder, waitedSeconds: 1).message
        #expect(message.en.contains("relief pay") && message.zh.contains("\(getpid())"))
        // Being refused must not have touched the holder's text.
        #expect(try bench.read(bench.privateFolder + "/lock") == Array(text.utf8))
        first.close()
        #expect(try bench.read(bench.privateFolder + "/lock").isEmpty)
        #expect(try error(waiting: 0, bench) == nil)
    }

    private func error(waiting seconds: Int, _ bench: Bench) throws -> StoreError? {
        do {
            try Sample.open(bench.ledger, waitSeconds: seconds).close()
            return nil
        } catch let error as StoreError {
            return error
        }
    }

    @Test func `a waiting writer gets in when the first one closes`() async throws {
        let bench = try Bench()
        try bench.found(postings: 1)
        let path = bench.ledger
        let first = try Sample.open(path)
        let second = Task.detached {
            var open = try Sample.open(path, waitSeconds: 20)
            try open.append(Sample.posting(3, after: open.ledger))
            return open.ledger.size
        }
        try await Task.sleep(for: .milliseconds(300))
        first.close()
        #expect(try await second.value == 8)
    }

    @Test func `a private folder that others may enter is refused with the remedy`() throws {
        let bench = try Bench()
        try bench.found(postings: 1)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o750], ofItemAtPath: bench.privateFolder)
        let error = try #require(try Sample.openError(bench.ledger))
        #expect(error == .sharedPrivateFolder(path: bench.privateFolder, mode: 0o750))
        #expect(error.message.en.contains("chmod 700"))
    }

    @Test(arguments: ["ledger.jsonl", "private/head", "private/lock", "private"])
    func `a link in the place of a file is refused`(_ name: String) throws {
        let bench = try Bench()
        try bench.found(postings: 1)
        let file = bench.ledger + "/" + name
        try FileManager.default.moveItem(atPath: file, toPath: bench.path + "/moved")
        try FileManager.default.createSymbolicLink(
            atPath: file, withDestinationPath: bench.path + "/moved")
        #expect(try Sample.openError(bench.ledger) == .wrongFileType(path: file))
    }

    @Test func `nothing is founded over anything, nor where nothing can be`() throws {
        let bench = try Bench()
        let writer = try Sample.writer()
        func error(_ path: String) throws -> StoreError? {
            do {
                try LedgerStore.create(
                    at: path, founding: Sample.founding(), folding: Notebook(), writer: writer
                ).close()
                return nil
            } catch let error as StoreError {
                return error
            }
        }
        #expect(
            try error(bench.path + "/a/b") == .noParentFolder(path: bench.path + "/a"))
        try bench.write([1], to: bench.path + "/file")
        #expect(try error(bench.path + "/file") == .occupied(path: bench.path + "/file"))
        #expect(try error(bench.path) == .occupied(path: bench.path))
        #expect(try bench.read(bench.path + "/file") == [1])
        try FileManager.default.createDirectory(
            atPath: bench.ledger, withIntermediateDirectories: false)
        #expect(try error(bench.ledger + "/") == nil)
        #expect(try error(bench.ledger) == .occupied(path: bench.ledger))
        #expect(try Sample.openError(bench.path + "/none") == .noLedger(path: bench.path + "/none"))
        #expect(try Sample.openError(bench.path) == .noLedger(path: bench.path))
        #expect(
            try Sample.openError(bench.path + "/x\0y")
                == .system(SystemFailure(call: "open", path: bench.path + "/x\0y", code: EINVAL)))
    }

    @Test(arguments: [20, 60, 120, 250])
    func `a process killed while it appends loses nothing that it had acknowledged`(
        _ milliseconds: Int
    ) async throws {
        let bench = try Bench()
        try bench.found(postings: 1)
        let (ledger, receipts) = (bench.ledger, bench.path + "/receipts")
        // A child process: only a process that is really gone leaves locks and pages as a kill does.
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [
                ledger = ledger as String, receipts = receipts as String,
                milliseconds = milliseconds as Int
            ] in
            var open = try Sample.open(ledger)
            try Data().write(to: URL(fileURLWithPath: receipts))
            let file = try #require(FileHandle(forWritingAtPath: receipts))
            for number in 2... {
                try open.append(Sample.posting(number, after: open.ledger))
                try file.write(contentsOf: Data("\(open.head)\n".utf8))
                guard number == 2 else { continue }
                Thread.detachNewThread {
                    usleep(UInt32(milliseconds) * 1000)
                    kill(getpid(), SIGKILL)
                }
            }
        }
        let open = try Sample.open(ledger)
        let receipt = try #require(
            String(decoding: try bench.read(receipts), as: UTF8.self)
                .split(separator: "\n").last.flatMap { Expectation(String($0)) })
        #expect(open.ledger.integrity.isIntact)
        #expect(open.ledger.size >= receipt.size && receipt.size >= 8)
        let seen = try UnverifiedLedger(path: ledger).verify(
            folding: Notebook(), expecting: [receipt])
        #expect(seen.integrity.isIntact)
    }
}

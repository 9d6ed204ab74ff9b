// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import LedgerCrypto
public import LedgerFormat
internal import LedgerLog

extension OpenLedger {
    /// Writes the whole folder into one file; the private part is encrypted.
    ///
    /// The ledger is locked, so all of it is one state. A file that another program changes
    /// meanwhile is noticed and fails the backup.
    ///
    /// Expected calls, with reads of the sources between them:
    /// ```
    /// unlinkat FILE.partial         What a crash has left.
    /// openat   FILE.partial         O_CREAT|O_EXCL. If we crash here or up to the rename: a
    ///                               FILE.partial that no command takes for a backup.
    /// pwrite…, fsync FILE.partial
    /// pread…   FILE.partial         All of it is decrypted and the ledger in it verified.
    /// renameat FILE.partial FILE    If we crash here: the whole backup.
    /// fsync    its folder
    /// ```
    /// - Parameters:
    ///   - path: The file; nothing may be there.
    ///   - passphrase: For the private part.
    ///   - salt: 16 random bytes.
    ///   - now: The time.
    ///   - fold: The state before the first record, for verifying what was written.
    /// - Returns: What the file says of itself.
    public func backUp(
        to path: String, passphrase: borrowing Passphrase, salt: [UInt8], at now: Timestamp,
        verifying fold: Fold
    ) throws(BackupError) -> BackupHeader {
        let (folderPath, name) = FolderTree.split(path)
        let folder = try wrap { () throws(SystemFailure) in
            try DurableFile.folder(at: folderPath, gate: .real)
        }
        let isInside = try wrap { () throws(SystemFailure) in
            try FolderTree.contains(root, pathOf: folderPath, gate: .real)
        }
        guard !isInside else { throw .insideLedger(path: path) }
        let names = try wrap { () throws(SystemFailure) in try folder.names() }
        guard !names.contains(name) else { throw .occupied(path: path) }
        let partial = name + ".partial"
        let file = try wrap { () throws(SystemFailure) in
            try folder.remove(partial)
            return try folder.open(
                partial, flags: O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
        }
        do throws(BackupError) {
            let header = try header(salt: salt, at: now)
            let cipher = try BackupError.crypto { () throws(OpenSSLError) in
                try ChunkCipher(passphrase: passphrase, salt: salt)
            }
            try write(header, cipher, to: file)
            try wrap { () throws(SystemFailure) in try file.synchronize() }
            try check(folderPath + "/" + partial, cipher, header, fold)
            try wrap { () throws(SystemFailure) in
                try folder.rename(partial, to: name)
                try folder.synchronize()
            }
            return header
        } catch {
            try? folder.remove(partial)
            throw error
        }
    }

    private func header(salt: [UInt8], at now: Timestamp) throws(BackupError) -> BackupHeader {
        let names = try wrap { () throws(SystemFailure) in
            try FolderTree.files(in: root) {
                $0 == LedgerFolder.Name.privateFolder || BackupPath.isPassing($0)
            }
        }
        var files: [BackupHeader.File] = []
        for name in names {
            let content = try source(name) { source throws(FileError) in try source.digest() }
            files.append(BackupHeader.File(name: name, content: content))
        }
        guard let fingerprint = ledger.fingerprint, let origin = ledger.genesis?.origin else {
            preconditionFailure("OpenLedger.backUp: an intact ledger has a genesis record")
        }
        return BackupHeader(
            at: now, expectation: head, fingerprint: fingerprint, origin: origin, files: files,
            salt: salt)
    }

    private func write(
        _ header: BackupHeader, _ cipher: borrowing ChunkCipher, to file: borrowing DurableFile
    ) throws(BackupError) {
        let check = try BackupError.crypto { () throws(OpenSSLError) in
            try cipher.tag(of: header.line(check: nil))
        }
        let line = header.line(check: check) + [0x0A]
        var offset = 0
        func put(_ bytes: [UInt8]) throws(BackupError) {
            try wrap { () throws(SystemFailure) in try file.write(bytes, at: offset) }
            offset += bytes.count
        }
        try put(BackupHeader.magic + line)
        for entry in header.files {
            var running = try BackupError.wrapping { () throws(FileError) in
                try SourceFile.running()
            }
            try pieces(entry.name) { piece throws(BackupError) in
                running.update(piece.span)
                try put(piece)
            }
            guard running.finish() == entry.content.digest else {
                throw .file(.changed(path: path + "/" + entry.name))
            }
        }
        var chunks = ChunkWriter(context: try Self.context(of: line))
        let names = try wrap { () throws(SystemFailure) in
            try FolderTree.files(in: privateFolder, under: LedgerFolder.Name.privateFolder) {
                BackupPath.isPassing($0)
            }
        }
        for name in names {
            let byteCount = try source(name) { source throws(FileError) in source.byteCount }
            try chunks.append(Self.entry(name, byteCount), cipher, put)
            try pieces(name) { piece throws(BackupError) in
                try chunks.append(piece, cipher, put)
            }
        }
        let end = CanonicalJSON.encode(.object(["files": .integer(Int64(names.count))])) + [0x0A]
        try chunks.append(end, cipher, put)
        try chunks.finish(cipher, put)
    }

    private static func entry(_ name: String, _ byteCount: Int) -> [UInt8] {
        CanonicalJSON.encode(
            .object(["bytes": .integer(Int64(byteCount)), "name": .string(name)])) + [0x0A]
    }

    static func context(of line: [UInt8]) throws(BackupError) -> [UInt8] {
        try BackupError.wrapping { () throws(FileError) in
            var running = try SourceFile.running()
            running.update(line.span)
            return running.finish().bytes
        }
    }

    /// Reads everything back, and verifies the ledger in it.
    private func check(
        _ path: String, _ cipher: borrowing ChunkCipher, _ header: BackupHeader, _ fold: Fold
    ) throws(BackupError) {
        let backup = try BackupFile(path)
        guard backup.header == header else { throw .notBackup(path: path) }
        var catcher = LedgerCatcher()
        try backup.readPublic(into: &catcher)
        try backup.readPrivate(cipher, into: &catcher)
        let verified: VerifiedLedger<Fold>
        do {
            verified = try UnverifiedLedger(LedgerBytes(catcher.bytes)).verify(
                folding: fold, expecting: [header.expectation])
        } catch {
            throw .wrongLedger(path: path)
        }
        guard verified.integrity.isIntact, verified.size == header.expectation.size,
            verified.root == header.expectation.root
        else { throw .wrongLedger(path: path) }
    }

    private func source<Value>(
        _ name: String, _ body: (borrowing SourceFile) throws(FileError) -> Value
    ) throws(BackupError) -> Value {
        try BackupError.wrapping { () throws(FileError) in
            try body(try SourceFile(path + "/" + name, maximumByteCount: .max))
        }
    }

    private func pieces(
        _ name: String, _ take: ([UInt8]) throws(BackupError) -> Void
    ) throws(BackupError) {
        var failure: BackupError?
        try source(name) { source throws(FileError) in
            try source.read { piece throws(FileError) in
                guard failure == nil else { return }
                do throws(BackupError) { try take(piece) } catch { failure = error }
            }
        }
        if let failure { throw failure }
    }

    private func wrap<Value: ~Copyable>(
        _ body: () throws(SystemFailure) -> Value
    ) throws(BackupError) -> Value {
        try BackupError.wrapping { () throws(FileError) in try ContentFolder.wrapping(body) }
    }
}

extension BackupError {
    static func wrapping<Value: ~Copyable>(
        _ body: () throws(FileError) -> Value
    ) throws(BackupError) -> Value {
        do throws(FileError) {
            return try body()
        } catch {
            throw .file(error)
        }
    }

    static func crypto<Value: ~Copyable>(
        _ body: () throws(OpenSSLError) -> Value
    ) throws(BackupError) -> Value {
        do throws(OpenSSLError) {
            return try body()
        } catch {
            throw .file(.crypto(error))
        }
    }
}

/// Cuts a text into chunks and encrypts them; the last one is known only at the end.
private struct ChunkWriter {
    private let context: [UInt8]
    private var waiting: [UInt8] = []
    private var index = 0

    init(context: [UInt8]) { self.context = context }

    mutating func append(
        _ bytes: [UInt8], _ cipher: borrowing ChunkCipher,
        _ put: ([UInt8]) throws(BackupError) -> Void
    ) throws(BackupError) {
        waiting += bytes
        var start = 0
        while waiting.count - start > ChunkCipher.chunkByteCount {
            let chunk = Array(waiting[start..<start + ChunkCipher.chunkByteCount])
            try put(seal(chunk, cipher, isLast: false))
            start += chunk.count
        }
        waiting.removeFirst(start)
    }

    mutating func finish(
        _ cipher: borrowing ChunkCipher, _ put: ([UInt8]) throws(BackupError) -> Void
    ) throws(BackupError) {
        try put(seal(waiting, cipher, isLast: true))
    }

    private mutating func seal(
        _ chunk: [UInt8], _ cipher: borrowing ChunkCipher, isLast: Bool
    ) throws(BackupError) -> [UInt8] {
        defer { index += 1 }
        do throws(OpenSSLError) {
            return try cipher.seal(chunk, index: index, isLast: isLast, context: context)
        } catch {
            throw .file(.crypto(error))
        }
    }
}

/// Keeps the ledger of a backup in memory, and reads the rest past.
private struct LedgerCatcher: BackupSink {
    var bytes: [UInt8] = []
    private var isLedger = false

    mutating func begin(_ name: String, byteCount: Int) {
        isLedger = name == LedgerFolder.Name.ledger
    }
    mutating func append(_ piece: [UInt8]) { if isLedger { bytes += piece } }
    mutating func end() {}
}

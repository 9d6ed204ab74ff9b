// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import LedgerCrypto
internal import LedgerFormat
internal import LedgerLog

/// Takes the files of a backup, one after another.
protocol BackupSink {
    mutating func begin(_ name: String, byteCount: Int) throws(BackupError)
    mutating func append(_ piece: [UInt8]) throws(BackupError)
    mutating func end() throws(BackupError)
}

/// A backup that is read: the public part by anybody, the private one with its passphrase.
public struct BackupFile: ~Copyable {
    /// What it says of itself; nothing of it has been checked.
    public let header: BackupHeader
    /// Where it is.
    public let path: String

    private let file: DurableFile
    private let byteCount: Int
    private let check: [UInt8]
    private let headerLine: [UInt8]

    /// Opens a backup and reads its header.
    public init(_ path: String) throws(BackupError) {
        let file = try Self.wrap { () throws(SystemFailure) in
            try DurableFile.source(at: path, gate: .real)
        }
        let status = try Self.wrap { () throws(SystemFailure) in try file.status() }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .file(.notRegular(path: path)) }
        let magic = BackupHeader.magic
        let start = try Self.wrap { () throws(SystemFailure) in
            try file.readUpTo(magic.count + BackupHeader.maximumByteCount, at: 0)
        }
        guard start.starts(with: magic),
            let end = start[magic.count...].firstIndex(of: 0x0A),
            case let line = Array(start[magic.count..<end]),
            let (header, check) = BackupHeader.read(line)
        else { throw .notBackup(path: path) }
        self.header = header
        self.path = path
        self.file = file
        byteCount = Int(status.st_size)
        self.check = check
        headerLine = line + [0x0A]
    }

    private var publicStart: Int { BackupHeader.magic.count + headerLine.count }
    private var publicByteCount: Int { header.files.reduce(0) { $0 + $1.content.byteCount } }

    /// The keys of the private part, if the passphrase is the one that it was written under.
    public func cipher(_ passphrase: borrowing Passphrase) throws(BackupError) -> ChunkCipher {
        let cipher = try BackupError.crypto { () throws(OpenSSLError) in
            try ChunkCipher(passphrase: passphrase, salt: header.salt)
        }
        let expected = try BackupError.crypto { () throws(OpenSSLError) in
            try cipher.tag(of: header.line(check: nil))
        }
        guard expected == check else { throw .wrongPassphrase(path: path) }
        return cipher
    }

    /// Hands over the public files; each must be what the header says.
    func readPublic(into sink: inout some BackupSink) throws(BackupError) {
        var offset = publicStart
        for entry in header.files {
            try sink.begin(entry.name, byteCount: entry.content.byteCount)
            var running = try BackupError.wrapping { () throws(FileError) in
                try SourceFile.running()
            }
            var left = entry.content.byteCount
            while left > 0 {
                let piece = try read(min(left, SourceFile.pieceByteCount), at: offset)
                running.update(piece.span)
                try sink.append(piece)
                offset += piece.count
                left -= piece.count
            }
            guard running.finish() == entry.content.digest else {
                throw .changedFile(path: path, name: entry.name)
            }
            try sink.end()
        }
    }

    /// Hands over the private files; every chunk must be as it was written, to the last.
    func readPrivate(
        _ cipher: borrowing ChunkCipher, into sink: inout some BackupSink
    ) throws(BackupError) {
        let context = try Self.context(of: headerLine)
        let whole = ChunkCipher.chunkByteCount + ChunkCipher.tagByteCount
        var offset = publicStart + publicByteCount
        var index = 0
        var files = PrivateFiles(path: path)
        repeat {
            let count = min(whole, byteCount - offset)
            guard count >= ChunkCipher.tagByteCount else {
                throw .cutOff(path: path, byteCount: byteCount)
            }
            let isLast = offset + count == byteCount
            let sealed = try read(count, at: offset)
            let chunk: [UInt8]?
            do throws(OpenSSLError) {
                chunk = try cipher.open(sealed, index: index, isLast: isLast, context: context)
            } catch {
                throw .file(.crypto(error))
            }
            guard let chunk else {
                let isCutOff = isLast && Self.opens(sealed, cipher, index, context)
                throw isCutOff
                    ? .cutOff(path: path, byteCount: byteCount)
                    : .changedChunk(path: path, byteOffset: offset)
            }
            try files.append(chunk, at: offset, to: &sink)
            offset += count
            index += 1
        } while offset < byteCount
        try files.finish(at: offset)
    }

    /// Whether the file's last chunk was followed by others once.
    private static func opens(
        _ sealed: [UInt8], _ cipher: borrowing ChunkCipher, _ index: Int, _ context: [UInt8]
    ) -> Bool {
        let opened = try? cipher.open(sealed, index: index, isLast: false, context: context)
        return (opened ?? nil) != nil
    }

    private static func context(of line: [UInt8]) throws(BackupError) -> [UInt8] {
        try BackupError.wrapping { () throws(FileError) in
            var running = try SourceFile.running()
            running.update(line.span)
            return running.finish().bytes
        }
    }

    private func read(_ count: Int, at offset: Int) throws(BackupError) -> [UInt8] {
        let bytes = try Self.wrap { () throws(SystemFailure) in
            try file.readUpTo(count, at: offset)
        }
        guard bytes.count == count else { throw .cutOff(path: path, byteCount: byteCount) }
        return bytes
    }

    private static func wrap<Value: ~Copyable>(
        _ body: () throws(SystemFailure) -> Value
    ) throws(BackupError) -> Value {
        try BackupError.wrapping { () throws(FileError) in try ContentFolder.wrapping(body) }
    }
}

/// Tells the files of the decrypted text apart.
private struct PrivateFiles {
    private let path: String
    private var waiting: [UInt8] = []
    private var left = 0
    private var count = 0
    private var isFinished = false

    init(path: String) { self.path = path }

    mutating func append(
        _ chunk: [UInt8], at offset: Int, to sink: inout some BackupSink
    ) throws(BackupError) {
        var rest = waiting + chunk
        waiting = []
        while !rest.isEmpty {
            if left > 0 {
                let piece = Array(rest.prefix(left))
                try sink.append(piece)
                left -= piece.count
                rest.removeFirst(piece.count)
                if left == 0 { try sink.end() }
                continue
            }
            guard !isFinished else { throw .surplus(path: path, byteOffset: offset) }
            guard let end = rest.firstIndex(of: 0x0A) else {
                guard rest.count <= 4096 else { throw .notBackup(path: path) }
                waiting = rest
                return
            }
            try begin(Array(rest[..<end]), &sink)
            rest.removeFirst(end + 1)
        }
    }

    private mutating func begin(
        _ line: [UInt8], _ sink: inout some BackupSink
    ) throws(BackupError) {
        guard let value = try? CanonicalJSON.parse(line) else { throw .notBackup(path: path) }
        if let total = value["files"]?.integer {
            guard total == count else { throw .notBackup(path: path) }
            isFinished = true
            return
        }
        guard let name = value["name"]?.string, BackupPath.isPrivate(name),
            let bytes = value["bytes"]?.integer, bytes >= 0
        else { throw .notBackup(path: path) }
        count += 1
        left = Int(bytes)
        try sink.begin(name, byteCount: left)
        if left == 0 { try sink.end() }
    }

    func finish(at offset: Int) throws(BackupError) {
        guard isFinished, left == 0, waiting.isEmpty else {
            throw .cutOff(path: path, byteCount: offset)
        }
    }
}

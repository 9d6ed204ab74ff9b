// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import LedgerFormat

/// The folder of a ledger, locked for one writer.
///
/// ```
/// ledger.jsonl   0644
/// private/       0700, owned by the writer's account
///   head         what was acknowledged last
///   head.new     the next head while it is written; of no meaning otherwise
///   lock         flock; names its holder
///   residue-…    beginnings of postings that were never acknowledged
/// ```
struct LedgerFolder: ~Copyable, Sendable {
    enum Name {
        static let ledger = "ledger.jsonl"
        static let privateFolder = "private"
        static let head = "head"
        static let newHead = "head.new"
        static let lock = "lock"
    }

    let root: DurableFile
    let privateFolder: DurableFile
    private let lock: WriterLock

    /// Opens the folder of an existing ledger and waits for its lock.
    init(
        opening path: String, writer: Writer, waitSeconds: Int, gate: SystemGate
    ) throws(StoreError) {
        let root: DurableFile
        do {
            root = try .folder(at: path, gate: gate)
        } catch {
            throw [ENOENT, ENOTDIR].contains(error.code)
                ? .noLedger(path: path) : StoreError(opening: error)
        }
        let privateFolder: DurableFile
        do {
            privateFolder = try root.open(Name.privateFolder, flags: O_RDONLY | O_DIRECTORY)
        } catch {
            guard error.code == ENOENT else { throw StoreError(opening: error) }
            // A ledger that was copied without its private part is for reading.
            guard (try? root.open(Name.ledger, flags: O_RDONLY)) != nil else {
                throw .noLedger(path: path)
            }
            throw .tampered(path: path, .headMissing)
        }
        try Self.checkOwner(of: privateFolder)
        lock = try WriterLock(
            in: privateFolder, writer: writer, waitSeconds: waitSeconds)
        self.root = root
        self.privateFolder = privateFolder
    }

    /// Joins what a founding has made.
    init(
        root: consuming DurableFile, privateFolder: consuming DurableFile,
        lock: consuming WriterLock
    ) {
        self.root = root
        self.privateFolder = privateFolder
        self.lock = lock
    }

    private static func checkOwner(of folder: borrowing DurableFile) throws(StoreError) {
        let status: stat
        do {
            status = try folder.status()
        } catch {
            throw StoreError(opening: error)
        }
        guard status.st_uid == geteuid() else {
            throw .foreignPrivateFolder(path: folder.path, owner: status.st_uid)
        }
        guard status.st_mode & 0o777 == 0o700 else {
            throw .sharedPrivateFolder(path: folder.path, mode: status.st_mode & 0o7777)
        }
    }

    /// Opens the ledger file; it must be a regular one.
    func openLedger() throws(StoreError) -> DurableFile {
        do {
            return try root.openRegular(Name.ledger, flags: O_RDWR)
        } catch {
            guard error.code == ENOENT else { throw StoreError(opening: error) }
            throw .tampered(path: root.path, .ledgerMissing)
        }
    }

    /// Reads what was acknowledged last.
    func readHead() throws(StoreError) -> Head {
        let bytes: [UInt8]?
        do {
            let file = try privateFolder.open(Name.head, flags: O_RDONLY)
            bytes = try file.readAll(maximumByteCount: Head.maximumByteCount)
        } catch {
            guard error.code == ENOENT else { throw StoreError(opening: error) }
            throw .tampered(path: root.path, .headMissing)
        }
        guard let head = bytes.flatMap({ Head(line: $0) }) else {
            throw .tampered(path: root.path, .headMalformed)
        }
        return head
    }

    /// Puts a new head durably in the place of the old one.
    ///
    /// Expected calls, in private/; the old head is what counts until the rename:
    /// ```
    /// unlinkat head.new      If we crash here: the old head.
    /// openat   head.new      O_CREAT|O_EXCL. If we crash here: the old head, and an empty
    ///                        head.new, which the next writing removes.
    /// pwrite   head.new      The same, with some bytes in it.
    /// fsync    head.new      The same, whole.
    /// pread    head.new      Compared: a head with a wrong byte would lock the officer out.
    /// renameat head.new head If we crash here: the old or the new head, each whole.
    /// fsync    .             If we crash here: the new head.
    /// ```
    func writeHead(_ head: Head) throws(SystemFailure) {
        try privateFolder.remove(Name.newHead)
        let file = try privateFolder.open(
            Name.newHead, flags: O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
        let line = head.line
        try file.write(line, at: 0)
        try file.synchronize()
        guard try file.read(0..<line.count) == line else {
            throw SystemFailure(call: "pread", path: file.path, code: EIO)
        }
        try privateFolder.rename(Name.newHead, to: Name.head)
        try privateFolder.synchronize()
    }
}

/// The lock that makes a process the only writer of a ledger; released when it ends.
struct WriterLock: ~Copyable, Sendable {
    private let file: DurableFile

    private static let pauseMilliseconds: UInt32 = 50
    private static let maximumByteCount = 4096

    /// Takes the lock, trying again until the time is up, and writes down who has it.
    init(
        in folder: borrowing DurableFile, writer: Writer, waitSeconds: Int
    ) throws(StoreError) {
        precondition(waitSeconds >= 0, "WriterLock.init: wait of \(waitSeconds) s")
        let file: DurableFile
        do {
            file = try folder.openRegular(
                LedgerFolder.Name.lock, flags: O_RDWR | O_CREAT, mode: 0o600)
        } catch {
            throw StoreError(opening: error)
        }
        let isHeld: Bool
        do {
            isHeld = try Self.acquire(file, writer: writer, waitSeconds: waitSeconds)
        } catch {
            throw .system(error)
        }
        guard isHeld else {
            let line = (try? file.readAll(maximumByteCount: Self.maximumByteCount)) ?? nil
            throw .locked(
                path: folder.path, holder: line.flatMap { LockHolder(line: $0) },
                waitedSeconds: waitSeconds)
        }
        // Only now does this value own the text in the file, which its end removes.
        self.file = file
    }

    private static func acquire(
        _ file: borrowing DurableFile, writer: Writer, waitSeconds: Int
    ) throws(SystemFailure) -> Bool {
        var pauses = waitSeconds * 1000 / Int(pauseMilliseconds)
        while try !file.tryLock() {
            guard pauses > 0 else { return false }
            try file.pause(milliseconds: pauseMilliseconds)
            pauses -= 1
        }
        let holder = LockHolder(command: writer.command, pid: getpid(), since: writer.now)
        try file.truncate(to: 0)
        try file.write(holder.line, at: 0)
        return true
    }

    /// A name left behind would accuse a process that is gone; after a kill it stays, and the
    /// next holder replaces it.
    deinit { try? file.truncate(to: 0) }
}

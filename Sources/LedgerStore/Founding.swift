// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import LedgerCrypto
internal import LedgerLog

/// The making of a ledger's folder, step by step, and its removal when a step fails.
///
/// Expected calls:
/// ```
/// mkdir   <ledger>          Unless it is there and empty. If we crash here or later, up to the
///                           head: a folder that no opening and no founding accepts.
/// mkdirat private           Exclusive: of two foundings at once, one goes on.
/// openat  private/lock      and flock.
/// openat  ledger.jsonl      O_CREAT|O_EXCL
/// pwrite  ledger.jsonl      The same steps as for every posting.
/// fsync   ledger.jsonl
/// pread   ledger.jsonl
/// fsync   <ledger>          The names ledger.jsonl and private are on the disk.
/// fsync   its parent        The name of the folder is on the disk.
/// …       private/head      See LedgerFolder.writeHead. From the rename on: a ledger.
/// ```
struct Founding: ~Copyable {
    enum Failure: Error {
        case refused(StoreError)
        case stopped(StoreError.Cause)
    }

    private typealias Name = LedgerFolder.Name

    private let path: String
    private let gate: SystemGate
    private let parent: DurableFile
    private var madeFolder = false
    private var madePrivate = false
    private var madeLedger = false

    /// Opens the parent; nothing is made yet.
    init(at path: String, gate: SystemGate) throws(StoreError) {
        var path = path
        while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        self.gate = gate
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        do {
            self.parent = try .folder(at: parent, gate: gate)
        } catch {
            throw [ENOENT, ENOTDIR].contains(error.code)
                ? .noParentFolder(path: parent) : StoreError(opening: error)
        }
    }

    /// Verifies genesis and first posting before anything is made.
    ///
    /// - Returns: The fingerprint.
    static func check<Fold: LedgerFold>(
        _ founding: SealedPosting, folding fold: Fold, path: String
    ) throws(StoreError) -> Digest {
        guard founding.firstSeq == 1 else {
            throw .refused(path: path, .wrongPlace(firstSeq: founding.firstSeq, size: 1))
        }
        let ledger: VerifiedLedger<Fold>
        do {
            ledger = try UnverifiedLedger(LedgerBytes(founding.bytes)).verify(folding: fold)
        } catch {
            throw .unreadable(error)
        }
        guard ledger.integrity.isIntact, let root = ledger.root,
            let fingerprint = ledger.fingerprint
        else { throw .refused(path: path, .unsound) }
        let computed = Expectation(size: ledger.size, root: root)
        guard computed == founding.expectation else {
            throw .refused(
                path: path, .wrongRoot(recorded: founding.expectation, computed: computed))
        }
        return fingerprint
    }

    /// Makes the folders and takes the lock.
    mutating func claim(writer: Writer) throws(Failure) -> LedgerFolder {
        do {
            try DurableFile.makeFolder(at: path, gate: gate)
            madeFolder = true
        } catch {
            guard error.code == EEXIST else { throw .stopped(.system(error)) }
        }
        let root = try openFolder()
        let privateFolder: DurableFile
        do {
            privateFolder = try makePrivateFolder(in: root)
        } catch {
            throw error.code == EEXIST ? .refused(.occupied(path: path)) : .stopped(.system(error))
        }
        let lock: WriterLock
        do {
            lock = try WriterLock(in: privateFolder, writer: writer, waitSeconds: 0)
        } catch {
            if case .system(let failure) = error { throw .stopped(.system(failure)) }
            throw .refused(error)
        }
        return LedgerFolder(root: root, privateFolder: privateFolder, lock: lock)
    }

    /// Opens the folder, which must be empty if it was there.
    private func openFolder() throws(Failure) -> DurableFile {
        do throws(SystemFailure) {
            let root = try DurableFile.folder(at: path, gate: gate)
            if madeFolder { return root }
            if try root.isEmpty() { return root }
        } catch {
            throw error.code == ENOTDIR ? .refused(.occupied(path: path)) : .stopped(.system(error))
        }
        throw .refused(.occupied(path: path))
    }

    private mutating func makePrivateFolder(
        in root: borrowing DurableFile
    ) throws(SystemFailure) -> DurableFile {
        try root.makeFolder(Name.privateFolder)
        madePrivate = true
        let folder = try root.open(Name.privateFolder, flags: O_RDONLY | O_DIRECTORY)
        try folder.setMode(0o700)
        return folder
    }

    private mutating func makeLedger(
        in root: borrowing DurableFile
    ) throws(SystemFailure) -> DurableFile {
        let file = try root.open(Name.ledger, flags: O_RDWR | O_CREAT | O_EXCL, mode: 0o644)
        madeLedger = true
        try file.setMode(0o644)
        return file
    }

    /// Writes the ledger file by the steps of every append.
    mutating func write(
        _ bytes: [UInt8], in folder: borrowing LedgerFolder
    ) throws(Failure) -> DurableFile {
        let file: DurableFile
        do {
            file = try makeLedger(in: folder.root)
        } catch {
            throw error.code == EEXIST ? .refused(.occupied(path: path)) : .stopped(.system(error))
        }
        do throws(DurableAppend.Failure) {
            try DurableAppend.run(bytes, to: file, at: 0)
        } catch {
            switch error {
            case .write(let cause): throw .stopped(cause)
            case .synchronize(let failure): throw .stopped(.system(failure))
            }
        }
        return file
    }

    /// Verifies the file as it stands.
    func verify<Fold: LedgerFold>(
        _ file: borrowing DurableFile, folding fold: Fold, _ expectation: Expectation
    ) throws(Failure) -> VerifiedLedger<Fold> {
        let ledger: VerifiedLedger<Fold>
        do {
            ledger = try UnverifiedLedger(try file.ledgerBytes()).verify(
                folding: fold, expecting: [expectation])
        } catch {
            throw .refused(.unreadable(error))
        }
        guard ledger.integrity.isIntact, ledger.size == expectation.size else {
            throw .refused(.tampered(path: path, .faults(ledger.integrity.faults)))
        }
        return ledger
    }

    /// Makes the names durable and then, with the head, the ledger valid.
    func finish(_ folder: borrowing LedgerFolder, _ head: Head) throws(Failure) {
        do {
            try folder.root.synchronize()
            try parent.synchronize()
            try folder.writeHead(head)
        } catch {
            throw .stopped(.system(error))
        }
    }

    /// Removes what was made, the head first: without it the rest is no ledger.
    func abandon(after failure: Failure) -> StoreError {
        var remains: [String] = []
        do {
            let root = try DurableFile.folder(at: path, gate: gate)
            if madePrivate {
                for name in [Name.head, Name.newHead, Name.lock] {
                    Self.remove(Name.privateFolder + "/" + name, in: root, remains: &remains)
                }
                Self.remove(Name.privateFolder, in: root, flags: AT_REMOVEDIR, remains: &remains)
            }
            if madeLedger { Self.remove(Name.ledger, in: root, remains: &remains) }
        } catch {
            if madePrivate { remains.append(path + "/" + Name.privateFolder) }
            if madeLedger { remains.append(path + "/" + Name.ledger) }
        }
        if madeFolder {
            do {
                try DurableFile.removeFolder(at: path, gate: gate)
            } catch {
                remains.append(path)
            }
        }
        switch failure {
        case .refused(let error): return error
        case .stopped(let cause): return .notFounded(cause, remains: remains)
        }
    }

    private static func remove(
        _ name: String, in root: borrowing DurableFile, flags: Int32 = 0,
        remains: inout [String]
    ) {
        do {
            try root.remove(name, flags: flags)
        } catch {
            remains.append(root.path + "/" + name)
        }
    }
}

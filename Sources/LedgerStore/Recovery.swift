// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import LedgerFormat
internal import LedgerLog

/// Compares a ledger with what was acknowledged last, and mends what a crash can leave behind.
///
/// | after the head | is | done |
/// |---|---|---|
/// | nothing | as acknowledged | nothing |
/// | one whole sealed posting | a crash between its fsync and the head | adopted |
/// | a strict prefix of one posting | a crash while it was written | set aside |
/// | anything else, or another root | tampering | refused, nothing is changed |
struct Recovery<Fold: LedgerFold>: ~Copyable {
    private let fold: Fold
    private let threadCount: Int
    private let head: Head
    private let path: String

    init(folding fold: Fold, head: Head, path: String, threadCount: Int) {
        self.fold = fold
        self.head = head
        self.path = path
        self.threadCount = threadCount
    }

    /// Verifies the file and settles it.
    func run(
        _ folder: borrowing LedgerFolder, _ file: borrowing DurableFile, at now: Timestamp
    ) throws(StoreError) -> (ledger: VerifiedLedger<Fold>, notices: [StoreNotice]) {
        let byteCount: Int
        let sealEnd: Int
        do {
            byteCount = Int(try file.status().st_size)
            sealEnd = try LedgerTail.lastSealEnd(in: file, byteCount: byteCount) ?? 0
        } catch {
            throw .system(error)
        }
        if (1..<byteCount).contains(sealEnd), byteCount - sealEnd <= Residue.maximumByteCount {
            let ledger = try verify(file, limit: sealEnd)
            let residue = try read(file, sealEnd..<byteCount)
            if isAcknowledged(ledger), Residue.isInterruptedPosting(residue, after: ledger) {
                let notice = try setAside(residue, at: sealEnd, folder, file, now: now)
                return (ledger, [notice])
            }
        }
        let ledger = try verify(file, limit: byteCount)
        if let fingerprint = ledger.fingerprint, fingerprint != head.fingerprint {
            throw .tampered(
                path: path,
                .foreignHead(recorded: head.fingerprint.hex, computed: fingerprint.hex))
        }
        guard ledger.integrity.isIntact else {
            throw .tampered(path: path, .faults(ledger.integrity.faults))
        }
        guard !isAcknowledged(ledger) else { return (ledger, []) }
        return (ledger, [try adopt(ledger, folder, file)])
    }

    /// Whether the ledger is exactly what the head says.
    private func isAcknowledged(_ ledger: VerifiedLedger<Fold>) -> Bool {
        ledger.integrity.isIntact && ledger.size == head.expectation.size
            && ledger.root == head.expectation.root && ledger.fingerprint == head.fingerprint
    }

    private func verify(
        _ file: borrowing DurableFile, limit: Int
    ) throws(StoreError) -> VerifiedLedger<Fold> {
        do {
            return try UnverifiedLedger(try file.ledgerBytes(limit: limit)).verify(
                folding: fold, expecting: [head.expectation], threadCount: threadCount)
        } catch {
            throw .unreadable(error)
        }
    }

    private func read(
        _ file: borrowing DurableFile, _ range: Range<Int>
    ) throws(StoreError) -> [UInt8] {
        do {
            return try file.read(range)
        } catch {
            throw .system(error)
        }
    }

    /// Acknowledges the one posting beyond the head.
    ///
    /// After a failed fsync the page cache may hold bytes that the disk lacks, and call them
    /// clean; only writing them again makes the next fsync mean something.
    ///
    /// Expected calls:
    /// ```
    /// pwrite ledger.jsonl   The bytes that stand there. If we crash here: adopted next time.
    /// fsync  ledger.jsonl   The same.
    /// pread  ledger.jsonl   Compared with what was verified.
    /// …      private/head   See LedgerFolder.writeHead. If we crash here: adopted next time,
    ///                       or acknowledged.
    /// ```
    private func adopt(
        _ ledger: VerifiedLedger<Fold>, _ folder: borrowing LedgerFolder,
        _ file: borrowing DurableFile
    ) throws(StoreError) -> StoreNotice {
        guard let root = ledger.root else {
            preconditionFailure("Recovery.adopt: an intact ledger has a root")
        }
        let expectation = Expectation(size: ledger.size, root: root)
        let end = ledger.bytes.count
        let first = head.expectation.size
        let start: Int?
        do {
            start = try LedgerTail.lastPostingStart(
                in: file, byteCount: end, recordCount: ledger.size - first)
        } catch {
            throw .system(error)
        }
        guard let start else {
            throw .tampered(
                path: path, .surplusPostings(recorded: head.expectation, size: ledger.size))
        }
        let bytes = try read(file, start..<end)
        do throws(SystemFailure) {
            try file.write(bytes, at: start)
            try file.synchronize()
            guard try file.read(start..<end) == bytes else {
                throw SystemFailure(call: "pread", path: file.path, code: EIO)
            }
            try folder.writeHead(Head(fingerprint: head.fingerprint, expectation: expectation))
        } catch {
            throw .recoveryFailed(error)
        }
        return .adopted(firstSeq: first, head: expectation)
    }

    /// Keeps the beginning of a posting in a file of its own and takes it off the ledger.
    ///
    /// Expected calls:
    /// ```
    /// openat    private/residue-…  O_CREAT|O_EXCL. If we crash here or up to the truncation:
    ///                              the ledger is as it was, and the next opening makes
    ///                              another copy.
    /// pwrite    private/residue-…
    /// fsync     private/residue-…
    /// fsync     private
    /// ftruncate ledger.jsonl       If we crash here: with or without the bytes; both are well.
    /// fsync     ledger.jsonl
    /// ```
    private func setAside(
        _ residue: [UInt8], at offset: Int, _ folder: borrowing LedgerFolder,
        _ file: borrowing DurableFile, now: Timestamp
    ) throws(StoreError) -> StoreNotice {
        do throws(SystemFailure) {
            let copy = try Self.createCopy(folder, offset: offset, now: now)
            try copy.write(residue, at: 0)
            try copy.synchronize()
            guard try copy.read(0..<residue.count) == residue else {
                throw SystemFailure(call: "pread", path: copy.path, code: EIO)
            }
            try folder.privateFolder.synchronize()
            try file.truncate(to: offset)
            try file.synchronize()
            return .setAside(path: copy.path, byteOffset: offset, byteCount: residue.count)
        } catch {
            throw .recoveryFailed(error)
        }
    }

    /// A new file `residue-<offset>-<UTC>.jsonl`; a number is added when that one is there.
    private static func createCopy(
        _ folder: borrowing LedgerFolder, offset: Int, now: Timestamp
    ) throws(SystemFailure) -> DurableFile {
        let time = now.description.filter { $0 != "-" && $0 != ":" }
        var attempt = 1
        while true {
            let name = "residue-\(offset)-\(time)" + (attempt > 1 ? "-\(attempt)" : "") + ".jsonl"
            do {
                return try folder.privateFolder.open(
                    name, flags: O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
            } catch {
                guard error.code == EEXIST, attempt < 10_000 else { throw error }
                attempt += 1
            }
        }
    }
}

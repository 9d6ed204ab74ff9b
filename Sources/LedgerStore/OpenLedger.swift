// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import LedgerCrypto
internal import LedgerFormat
public import LedgerLog

/// A ledger that is open for writing: verified, locked, and at most one of it anywhere.
///
/// Ends, and releases the lock, when the value ends or with ``close()``.
public struct OpenLedger<Fold: LedgerFold>: ~Copyable, Sendable {
    /// The ledger as acknowledged last, with the fold's state.
    public private(set) var ledger: VerifiedLedger<Fold>
    /// What opening did about an earlier interruption.
    public let notices: [StoreNotice]

    private let file: DurableFile
    private let folder: LedgerFolder
    /// False once the state of the disk is not known any more.
    private var isUsable = true

    init(
        _ ledger: VerifiedLedger<Fold>, file: consuming DurableFile,
        folder: consuming LedgerFolder, notices: [StoreNotice]
    ) {
        self.ledger = ledger
        self.file = file
        self.folder = folder
        self.notices = notices
    }

    /// The folder of the ledger, as it was given.
    public var path: String { folder.root.path }

    /// The whole folder.
    var root: DurableFile {
        _read { yield folder.root }
    }

    /// The folder of what is not published.
    var privateFolder: DurableFile {
        _read { yield folder.privateFolder }
    }

    /// What was acknowledged last: the receipt.
    public var head: Expectation { Expectation(size: ledger.size, root: Self.root(of: ledger)) }

    /// Closes the ledger and lets the next writer in.
    public consuming func close() {}

    /// Records a posting; when this returns, it is on the disk and acknowledged.
    ///
    /// Expected calls:
    /// ```
    /// fstat  ledger.jsonl   Nobody else has written.
    /// pwrite ledger.jsonl   At the known end, in one go. If we crash here: a part of the posting
    ///                       is set aside by the next opening, or the whole is adopted.
    /// fsync  ledger.jsonl   If we crash here: adopted.
    /// pread  ledger.jsonl   Compared with what was to be written.
    /// …      private/head   See LedgerFolder.writeHead. If we crash here: adopted, or acknowledged
    ///                       without the caller knowing; the receipt shows which.
    /// ```
    /// A failed pwrite or a wrong byte read back is undone (ftruncate, fsync): nobody was told of
    /// these bytes, and the officer still has the input. After a failed fsync nothing can be said
    /// of the disk, so nothing is touched and this value refuses further use.
    ///
    /// - Throws: ``StoreError/refused(path:_:)`` when the posting is not one that may follow;
    ///   ``StoreError/notRecorded(_:)``, ``StoreError/notRolledBack(_:rollback:)`` and
    ///   ``StoreError/notAcknowledged(_:)`` as the disk fails.
    public mutating func append(_ posting: SealedPosting) throws(StoreError) {
        guard isUsable else { throw .closed(path: path) }
        let continuation = try Self.check(posting, after: ledger, path: path)
        let end = ledger.bytes.count
        try checkEnd(end)
        do throws(DurableAppend.Failure) {
            try DurableAppend.run(posting.bytes, to: file, at: end)
        } catch {
            throw undo(error, to: end)
        }
        guard let fingerprint = ledger.fingerprint else {
            preconditionFailure("OpenLedger.append: an intact ledger has a fingerprint")
        }
        do {
            try folder.writeHead(Head(fingerprint: fingerprint, expectation: posting.expectation))
        } catch {
            isUsable = false
            throw .notAcknowledged(error)
        }
        ledger = ledger.advanced(by: continuation, appending: posting.bytes)
    }

    /// The file must end where we know it to end: a writer that ignores the lock is tampering.
    private func checkEnd(_ end: Int) throws(StoreError) {
        let byteCount: Int
        do {
            byteCount = Int(try file.status().st_size)
        } catch {
            throw .notRecorded(.system(error))
        }
        guard byteCount == end else {
            throw .tampered(
                path: path, .changedWhileOpen(recordedByteCount: end, byteCount: byteCount))
        }
    }

    /// Takes unacknowledged bytes back, where that is safe.
    private mutating func undo(_ failure: DurableAppend.Failure, to end: Int) -> StoreError {
        switch failure {
        case .synchronize(let failure):
            isUsable = false
            return .notAcknowledged(failure)
        case .write(let cause):
            do {
                try file.truncate(to: end)
                try file.synchronize()
                return .notRecorded(cause)
            } catch {
                isUsable = false
                return .notRolledBack(cause, rollback: error)
            }
        }
    }

    /// Verifies a posting as the continuation of a ledger, by the verifier's own path and not the
    /// builder's: what comes out of memory broken must not be written.
    private static func check(
        _ posting: SealedPosting, after ledger: VerifiedLedger<Fold>, path: String
    ) throws(StoreError) -> Continuation<Fold> {
        guard posting.firstSeq == ledger.size else {
            throw .refused(
                path: path, .wrongPlace(firstSeq: posting.firstSeq, size: ledger.size))
        }
        let continuation = ledger.continued(by: posting.bytes)
        guard continuation.faults.isEmpty else {
            let entries = continuation.faults.map {
                StoreError.RefusedEntry(seq: $0.seq, fault: $0.fault)
            }
            throw .refused(path: path, .faults(entries))
        }
        guard let expectation = continuation.expectation else {
            throw .refused(path: path, .unsound)
        }
        guard expectation == posting.expectation else {
            throw .refused(
                path: path, .wrongRoot(recorded: posting.expectation, computed: expectation))
        }
        return continuation
    }

    private static func root(of ledger: VerifiedLedger<Fold>) -> Digest {
        guard let root = ledger.root else {
            preconditionFailure("OpenLedger: an intact ledger has a root")
        }
        return root
    }
}

/// Writes bytes to the end of a file so that they are on the disk, and are what was meant.
enum DurableAppend {
    enum Failure: Error {
        /// Not all bytes arrived, or not these.
        case write(StoreError.Cause)
        /// Nothing can be said of the disk.
        case synchronize(SystemFailure)
    }

    static func run(
        _ bytes: [UInt8], to file: borrowing DurableFile, at end: Int
    ) throws(Failure) {
        do {
            try file.write(bytes, at: end)
        } catch {
            throw .write(.system(error))
        }
        do {
            try file.synchronize()
        } catch {
            throw .synchronize(error)
        }
        let back: [UInt8]
        do {
            back = try file.read(end..<end + bytes.count)
        } catch {
            throw .write(.system(error))
        }
        if let offset = zip(bytes, back).enumerated().first(where: { $1.0 != $1.1 })?.offset {
            throw .write(.readBack(path: file.path, byteOffset: end + offset))
        }
    }
}

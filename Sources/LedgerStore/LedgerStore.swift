// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import LedgerLog

/// Opens and founds ledgers on disk.
///
/// ```swift
/// var open = try LedgerStore.open(path, folding: book, writer: writer, waitSeconds: 10)
/// var builder = PostingBuilder(continuing: open.ledger, header: header)
/// try builder.add(fields)
/// try open.append(builder.seal(with: key))
/// ```
public enum LedgerStore {
    /// Locks and verifies a ledger, and settles what an earlier interruption left.
    ///
    /// - Parameters:
    ///   - path: The ledger's folder.
    ///   - fold: The state before the first record.
    ///   - writer: Who writes, for those who wait meanwhile.
    ///   - waitSeconds: How long to wait for another writer, at least 0.
    ///   - threadCount: Threads of the verification, at least 1.
    public static func open<Fold: LedgerFold>(
        _ path: String, folding fold: Fold, writer: Writer, waitSeconds: Int = 0,
        threadCount: Int = 1
    ) throws(StoreError) -> OpenLedger<Fold> {
        try open(
            path, folding: fold, writer: writer, waitSeconds: waitSeconds,
            threadCount: threadCount, gate: .real)
    }

    package static func open<Fold: LedgerFold>(
        _ path: String, folding fold: Fold, writer: Writer, waitSeconds: Int,
        threadCount: Int, gate: SystemGate
    ) throws(StoreError) -> OpenLedger<Fold> {
        let folder = try LedgerFolder(
            opening: path, writer: writer, waitSeconds: waitSeconds, gate: gate)
        let head = try folder.readHead()
        let file = try folder.openLedger()
        let recovery = Recovery(
            folding: fold, head: head, path: path, threadCount: threadCount)
        let (ledger, notices) = try recovery.run(folder, file, at: writer.now)
        return OpenLedger(ledger, file: file, folder: folder, notices: notices)
    }

    /// Makes a ledger of its genesis record and first posting.
    ///
    /// The head is written last: without it no opening accepts the folder, and with something in
    /// it no founding does. A founding that fails removes what it made, and names what it could
    /// not remove.
    ///
    /// - Parameters:
    ///   - path: The ledger's folder; made here, or there and empty. Its parent is there.
    ///   - founding: Genesis and first posting.
    ///   - fold: The state before the first record.
    ///   - writer: Who writes.
    public static func create<Fold: LedgerFold>(
        at path: String, founding: SealedPosting, folding fold: Fold, writer: Writer
    ) throws(StoreError) -> OpenLedger<Fold> {
        try create(at: path, founding: founding, folding: fold, writer: writer, gate: .real)
    }

    package static func create<Fold: LedgerFold>(
        at path: String, founding: SealedPosting, folding fold: Fold, writer: Writer,
        gate: SystemGate
    ) throws(StoreError) -> OpenLedger<Fold> {
        let fingerprint = try Founding.check(founding, folding: fold, path: path)
        var work = try Founding(at: path, gate: gate)
        do throws(Founding.Failure) {
            let folder = try work.claim(writer: writer)
            let file = try work.write(founding.bytes, in: folder)
            let ledger = try work.verify(file, folding: fold, founding.expectation)
            try work.finish(
                folder, Head(fingerprint: fingerprint, expectation: founding.expectation))
            return OpenLedger(ledger, file: file, folder: folder, notices: [])
        } catch {
            throw work.abandon(after: error)
        }
    }
}

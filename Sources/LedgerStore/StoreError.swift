// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog

/// Why a ledger was not opened, or a posting not recorded.
public enum StoreError: Error, Sendable, Equatable {
    /// There is no ledger at the path.
    case noLedger(path: String)
    /// The folder into which a ledger is to be made does not exist.
    case noParentFolder(path: String)
    /// Something stands already where a ledger is to be made.
    case occupied(path: String)
    /// Not a regular file or folder, or a link to one.
    case wrongFileType(path: String)
    /// Others than the owner may use the private folder; `mode` holds its permission bits.
    case sharedPrivateFolder(path: String, mode: UInt32)
    /// The private folder belongs to another account; `owner` is its number.
    case foreignPrivateFolder(path: String, owner: UInt32)
    /// Somebody else writes; the holder is nil when the lock does not tell.
    case locked(path: String, holder: LockHolder?, waitedSeconds: Int)
    /// A call failed before anything was changed.
    case system(SystemFailure)
    /// The ledger could not be read.
    case unreadable(LedgerReadError)
    /// The ledger is not what was acknowledged last; nothing was changed on disk.
    case tampered(path: String, Tampering)
    /// The posting is not one that may follow; nothing was written.
    case refused(path: String, Refusal)
    /// Nothing was recorded, and the file is as it was.
    case notRecorded(Cause)
    /// Nothing is acknowledged, and the file could not be put back: the next opening does it.
    case notRolledBack(Cause, rollback: SystemFailure)
    /// Written but not acknowledged: the next opening adopts the posting or sets it aside.
    case notAcknowledged(SystemFailure)
    /// An earlier failure left the state of the disk unknown; the ledger must be opened again.
    case closed(path: String)
    /// A recovery at opening was not finished; the next opening repeats it.
    case recoveryFailed(SystemFailure)
    /// No ledger was made; `remains` names what could not be removed again.
    case notFounded(Cause, remains: [String])

    /// How a ledger differs from what was acknowledged last.
    public enum Tampering: Sendable, Equatable {
        /// There is no head beside the ledger.
        case headMissing
        /// The head is not in the one form it has.
        case headMalformed
        /// There is a head but no ledger.
        case ledgerMissing
        /// The head is another ledger's; both fingerprints in hex.
        case foreignHead(recorded: String, computed: String)
        /// More than one posting stands beyond the head.
        case surplusPostings(recorded: Expectation, size: Int)
        /// The verification found faults.
        case faults([Fault])
        /// The file changed its length while it was open.
        case changedWhileOpen(recordedByteCount: Int, byteCount: Int)
    }

    /// Why a posting may not follow.
    public enum Refusal: Sendable, Equatable {
        /// It was built for another size of the ledger.
        case wrongPlace(firstSeq: Int, size: Int)
        /// Its bytes do not continue the chain, or its seal does not hold.
        case unsound
        /// Entries that cannot be applied, by seq.
        case faults([RefusedEntry])
        /// Its bytes give another size or root than it says.
        case wrongRoot(recorded: Expectation, computed: Expectation)
    }

    /// An entry that cannot be applied.
    public struct RefusedEntry: Sendable, Equatable {
        /// Its number.
        public let seq: Int
        /// Why.
        public let fault: RecordFault
    }

    /// What stopped a write.
    public enum Cause: Sendable, Equatable {
        /// A call failed.
        case system(SystemFailure)
        /// The bytes read back differ from those written, first at this offset of the file.
        case readBack(path: String, byteOffset: Int)
    }
}

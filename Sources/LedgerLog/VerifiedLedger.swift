// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
public import LedgerFormat

/// What a verification found out about the bytes, the chain, the tree and the seals.
public struct IntegrityReport: Sendable, Equatable {
    /// Every fault, in the order of the records.
    public internal(set) var faults: [Fault]
    /// The last record of the unbroken, sealed beginning; −1 when there is none.
    public let trustedThrough: Int
    /// All records that a good seal proves to be as they were sealed, as closed ranges.
    public let trustedRanges: [ClosedRange<Int>]
    /// Units that are named in records outside the trusted ranges.
    public let affectedUnits: [UnitID]

    /// No fault at all.
    public var isIntact: Bool { faults.isEmpty }
}

/// A ledger that has been verified, with the fold's state over its trusted beginning.
///
/// This type does no checking itself. Acquire it from ``UnverifiedLedger/verify(folding:expecting:threadCount:)``;
/// it has no other source, so whatever takes one cannot be handed unverified data.
public struct VerifiedLedger<Fold: LedgerFold>: Sendable {
    /// The bytes that were verified.
    public let bytes: LedgerBytes
    /// What was found.
    public let integrity: IntegrityReport
    /// The genesis record, unless it is itself broken.
    public let genesis: Genesis?
    /// The leaf hash of the genesis record; it names the ledger.
    public let fingerprint: Digest?
    /// Number of records.
    public let size: Int
    /// The tree's root over all records; nil when records are missing.
    public let root: Digest?
    /// Whether a state seen earlier was given to compare with.
    public let expectations: [Expectation]
    /// When the last trusted posting was recorded.
    public let recordedAt: Timestamp?
    /// The keys as of the trusted beginning's end.
    public let keyRing: KeyRing?
    /// The fold over records `0 ... trustedThrough`.
    public let fold: Fold

    /// The state behind an intact ledger, from which the next posting continues.
    let state: LedgerState<Fold>?

    fileprivate init(
        intact state: LedgerState<Fold>, root: Digest, bytes: LedgerBytes,
        expectations: [Expectation]
    ) {
        self.bytes = bytes
        self.state = state
        self.expectations = expectations
        integrity = IntegrityReport(
            faults: [], trustedThrough: state.count - 1, trustedRanges: [0...state.count - 1],
            affectedUnits: [])
        genesis = state.genesis
        fingerprint = state.fingerprint
        size = state.count
        self.root = root
        recordedAt = state.lastAt
        keyRing = state.ring
        fold = state.fold
    }

    fileprivate init(
        broken diagnosis: Diagnosis.Finding, prefix state: LedgerState<Fold>, bytes: LedgerBytes,
        expectations: [Expectation]
    ) {
        self.bytes = bytes
        self.state = nil
        self.expectations = expectations
        integrity = diagnosis.report
        genesis = diagnosis.genesis
        fingerprint = diagnosis.fingerprint
        size = diagnosis.size
        root = diagnosis.root
        recordedAt = state.lastAt
        keyRing = state.ring
        fold = state.fold
    }

    fileprivate init<Whole>(_ ledger: VerifiedLedger<Whole>, part: KeyPath<Whole, Fold>) {
        bytes = ledger.bytes
        state = nil
        expectations = ledger.expectations
        integrity = ledger.integrity
        genesis = ledger.genesis
        fingerprint = ledger.fingerprint
        size = ledger.size
        root = ledger.root
        recordedAt = ledger.recordedAt
        keyRing = ledger.keyRing
        fold = ledger.fold[keyPath: part]
    }
}

extension VerifiedLedger {
    /// The ids of all keys ever enrolled in the trusted beginning, in order of enrolment.
    public var enrolledKeys: [KeyID] { keyRing?.all.map(\.id) ?? [] }

    /// The same verification with a part of its fold, so that one pass serves readers of the whole
    /// and of the part; nothing can be appended to what it gives.
    public func narrowed<Part: LedgerFold>(
        to part: KeyPath<Fold, Part>
    ) -> VerifiedLedger<Part> {
        VerifiedLedger<Part>(self, part: part)
    }
}

/// A ledger file of which nothing is known yet.
public struct UnverifiedLedger: Sendable {
    private let bytes: LedgerBytes
    private let checker: SignatureChecker

    /// Opens a file or a ledger directory.
    public init(path: String) throws(LedgerReadError) {
        bytes = try LedgerBytes(path: path)
        checker = SignatureChecker()
    }

    /// Takes bytes that are in memory.
    public init(_ bytes: LedgerBytes) {
        self.bytes = bytes
        checker = SignatureChecker()
    }

    package init(_ bytes: LedgerBytes, checker: SignatureChecker) {
        self.bytes = bytes
        self.checker = checker
    }

    /// Verifies everything and folds the entries in the same pass.
    ///
    /// An intact ledger is read once, on `threadCount` threads. When anything is wrong, the
    /// ledger is read again by ``Diagnosis``, which says everything that is wrong and what can
    /// still be trusted; the fold then covers the trusted beginning only.
    ///
    /// - Parameters:
    ///   - fold: The state before the first record.
    ///   - expecting: States seen earlier that the ledger must still contain.
    ///   - threadCount: At least 1.
    /// - Throws: Only when the bytes cannot be read; faults are in the result.
    public func verify<Fold: LedgerFold>(
        folding fold: Fold, expecting: [Expectation] = [], threadCount: Int = 1
    ) throws(LedgerReadError) -> VerifiedLedger<Fold> {
        let suite = try Diagnosis.suite(of: bytes) ?? .sha256Ed25519
        var hasher = Hasher(ready: suite)
        var state = LedgerState(fold: fold, checker: checker)
        let pool = ScanPool<Fold.Batch>(
            bytes, suite: suite, snapshotSizes: expecting.map(\.size), checker: checker,
            threadCount: threadCount)
        let isSound = try pool.run { chunk in
            let isSound = state.absorb(chunk, hasher: &hasher)
            defer { state.pending.removeAll() }
            return (isSound, state.pending)
        }
        if isSound, state.open == nil, state.sealedCount > 1 {
            let faults = Diagnosis.rollbacks(
                expecting, roots: state.roots, size: state.count, byteCount: bytes.count)
            if faults.isEmpty {
                let root = state.range.root(hasher: &hasher)
                return VerifiedLedger(
                    intact: state, root: root, bytes: bytes, expectations: expecting)
            }
        }
        let diagnosis = Diagnosis(bytes: bytes, suite: suite, checker: checker)
        let finding = try diagnosis.find(expecting: expecting, folding: fold)
        return VerifiedLedger(
            broken: finding.finding, prefix: finding.prefix, bytes: bytes, expectations: expecting)
    }
}

/// What becomes of a ledger when a posting is appended to it.
public struct Continuation<Fold: LedgerFold>: Sendable {
    /// The fold after the posting.
    public let fold: Fold
    /// Entries that cannot be applied, by seq.
    public let faults: [(seq: Int, fault: RecordFault)]
    /// Whether the bytes continue the chain; with a seal, also its root, key and signature.
    public let isSound: Bool
    /// Whether they end with a seal: a posting that is only tried does not.
    public let isSealed: Bool

    /// The state after the bytes; meaningful only when they are sound.
    fileprivate let state: LedgerState<Fold>
    /// Records before the bytes.
    fileprivate let sizeBefore: Int

    /// What the ledger is once the bytes stand in it; nil unless they are sound, free of faults
    /// and end with a seal.
    package var expectation: Expectation? {
        guard isSound, faults.isEmpty, let genesis = state.genesis, state.open == nil,
            state.count > sizeBefore, state.sealedCount == state.count
        else { return nil }
        var hasher = Hasher(ready: genesis.suite)
        return Expectation(size: state.count, root: state.range.root(hasher: &hasher))
    }
}

extension VerifiedLedger {
    /// Verifies bytes that are about to be appended, as the continuation of this ledger.
    ///
    /// The same scanner, rules and signature checks as for a file; nothing is written. A posting
    /// may be tried before it is sealed, to see what its entries would do.
    ///
    /// - Precondition: This ledger is intact.
    public func continued(by posting: [UInt8]) -> Continuation<Fold> {
        guard var state, let genesis else {
            preconditionFailure("VerifiedLedger.continued: the ledger is broken")
        }
        var scanner = ChunkScanner(suite: genesis.suite, snapshotSizes: [])
        var hasher = Hasher(ready: genesis.suite)
        var chunk = ScannedChunk<Fold.Batch>()
        let memory = LedgerBytes(posting)
        var isSound = (try? scanner.scan(memory, range: 0..<posting.count, into: &chunk)) != nil
        isSound = isSound && state.absorb(chunk, hasher: &hasher)
        let checker = SignatureChecker()
        for pending in state.pending where isSound {
            isSound = checker.isValid(
                pending.signature, for: pending.statement, by: pending.key)
        }
        return Continuation(
            fold: state.fold, faults: state.entryFaults.map { ($0.seq, $0.1) }, isSound: isSound,
            isSealed: state.open == nil && state.count > size, state: state, sizeBefore: size)
    }

    /// The ledger after a continuation's bytes were appended, without reading the file again.
    ///
    /// - Parameter posting: The bytes of the continuation, which stand in the file now.
    /// - Precondition: The continuation is sealed, sound and one of this ledger.
    package func advanced(
        by continuation: Continuation<Fold>, appending posting: [UInt8]
    ) -> VerifiedLedger<Fold> {
        guard let expectation = continuation.expectation, continuation.sizeBefore == size else {
            preconditionFailure("VerifiedLedger.advanced: no sound continuation of \(size)")
        }
        var state = continuation.state
        state.pending.removeAll()
        return VerifiedLedger(
            intact: state, root: expectation.root, bytes: bytes.appending(posting),
            expectations: expectations)
    }

    /// Whether a posting with that id stands in the ledger.
    public func contains(posting id: PostingID) -> Bool {
        state?.postingIDs.contains(id) ?? false
    }
}

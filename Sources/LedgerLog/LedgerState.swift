// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat

/// A signature that is still to be checked, with everything that the check needs.
struct PendingSignature: Sendable {
    let seq: Int
    let key: PublicKey
    let statement: [UInt8]
    let signature: [UInt8]
}

/// Everything known after the records merged so far, in order.
///
/// `absorb` is the one place where chunks become a ledger: it checks what no chunk can see by
/// itself (its left neighbour, grammar, roots, authority) and feeds the fold. It stops at the
/// first thing that is not as it must be; ``Diagnosis`` then says what and where.
struct LedgerState<Fold: LedgerFold>: Sendable {
    private(set) var fold: Fold
    private(set) var genesis: Genesis?
    private(set) var fingerprint = Digest.zero
    private(set) var range = CompactRange()
    private(set) var lastLeaf = Digest.zero
    private(set) var ring: KeyRing?
    private(set) var open: OpenPosting?
    private(set) var openEntryCount = 0
    private(set) var postingIDs: Set<PostingID> = []
    private(set) var lastAt: Timestamp?
    /// Records up to and including the last seal.
    private(set) var sealedCount = 0
    /// Seals whose signatures are not yet checked.
    var pending: [PendingSignature] = []
    /// Roots at the sizes that were asked for.
    private(set) var roots: [Int: Digest] = [:]
    /// Faults of entries that could not be applied.
    private(set) var entryFaults: [(seq: Int, RecordFault)] = []

    private let checker: SignatureChecker
    /// Off when a prefix is replayed whose seals ``Diagnosis`` has judged already.
    private let checksSeals: Bool

    init(fold: Fold, checker: SignatureChecker, checksSeals: Bool = true) {
        self.fold = fold
        self.checker = checker
        self.checksSeals = checksSeals
    }

    /// Records merged so far.
    var count: Int { range.end }

    /// Merges the next chunk; false when something is not as it must be.
    mutating func absorb(_ chunk: borrowing ScannedChunk<Fold.Batch>, hasher: inout Hasher) -> Bool
    {
        let segment = chunk.segment
        guard segment.isSound else { return false }
        guard segment.count > 0 else { return true }
        guard segment.firstSeq == count, segment.firstPrev == lastLeaf else { return false }
        var applied = 0
        for landmark in segment.landmarks {
            guard apply(chunk.batch, applied..<landmark.entriesBefore),
                pass(landmark, hasher: &hasher)
            else { return false }
            applied = landmark.entriesBefore
        }
        guard apply(chunk.batch, applied..<segment.entryCount) else { return false }
        for snapshot in segment.snapshots {
            roots[snapshot.size] = range.root(appending: snapshot.range, hasher: &hasher)
        }
        range.append(segment.range, hasher: &hasher)
        lastLeaf = segment.lastLeaf
        return true
    }

    private mutating func apply(
        _ batch: borrowing Fold.Batch, _ entries: Range<Int>
    ) -> Bool {
        guard !entries.isEmpty else { return true }
        openEntryCount += entries.count
        guard open != nil, openEntryCount <= LedgerLimits.postingEntryCount else { return false }
        fold.apply(batch, entries, faults: &entryFaults)
        // A replay goes on, so that every entry that cannot be applied is named.
        return entryFaults.isEmpty || !checksSeals
    }

    /// Acts on a governance record.
    private mutating func pass(
        _ landmark: ChainSegment.Landmark, hasher: inout Hasher
    ) -> Bool {
        switch landmark.content {
        case .genesis(let genesis, let leaf):
            return begin(genesis, leaf: leaf, seq: landmark.seq, hasher: &hasher)
        case .posting(let header):
            return begin(header, seq: landmark.seq)
        case .key(let entry):
            return apply(entry, seq: landmark.seq)
        case .seal(let seal, let before):
            let root = checksSeals ? range.root(appending: before, hasher: &hasher) : seal.root
            return close(seal, root: root, seq: landmark.seq)
        }
    }

    private mutating func begin(
        _ genesis: Genesis, leaf: Digest, seq: Int, hasher: inout Hasher
    ) -> Bool {
        guard seq == 0, let ring = try? KeyRing(genesis, checker: checker, hasher: &hasher) else {
            return false
        }
        self.genesis = genesis
        self.ring = ring
        fingerprint = leaf
        sealedCount = 1
        fold.begin(genesis)
        return true
    }

    private mutating func begin(_ header: PostingHeader, seq: Int) -> Bool {
        guard let ring, open == nil, seq == sealedCount else { return false }
        if let lastAt, header.at < lastAt { return false }
        guard postingIDs.insert(header.id).inserted else { return false }
        lastAt = header.at
        let signer = try? ring.signer(header.by, at: header.at).get()
        guard signer != nil || !checksSeals else { return false }
        let posting = OpenPosting(seq: seq, header: header, signer: signer)
        open = posting
        openEntryCount = 0
        fold.open(posting)
        return true
    }

    private mutating func apply(_ entry: KeyEntry, seq: Int) -> Bool {
        guard let open, ring != nil else { return false }
        openEntryCount += 1
        guard openEntryCount <= LedgerLimits.postingEntryCount else { return false }
        switch ring?.apply(entry, seq: seq, signer: open.signer) {
        case .effective:
            fold.observe(entry, seq: seq, refusal: nil)
        case .unauthorised(let refusal):
            fold.observe(entry, seq: seq, refusal: refusal)
        case .invalid, nil:
            guard !checksSeals else { return false }
        }
        return true
    }

    private mutating func close(_ seal: Seal, root: Digest, seq: Int) -> Bool {
        guard let open, let genesis, seal.root == root else { return false }
        if checksSeals, let signer = open.signer {
            pending.append(
                PendingSignature(
                    seq: seq, key: signer.publicKey,
                    statement: SignedStatement.seal(
                        fingerprint: fingerprint, origin: genesis.origin, seq: seq, root: root),
                    signature: seal.signature))
        }
        self.open = nil
        sealedCount = seq + 1
        fold.close(open, sealSeq: seq, faults: &entryFaults)
        return entryFaults.isEmpty || !checksSeals
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat

/// Walks a broken ledger record by record: grammar, authority, roots and signatures.
///
/// Altered and missing records take part with the leaf that their successors keep, never with
/// their content; what they would have said (a header's key, an enrolment) is simply not known.
struct SealReview {
    /// The last seal whose root and signature hold; it proves every leaf before it.
    private(set) var lastGoodSeal: Int?
    private(set) var faults: [Fault] = []
    private(set) var genesis: Genesis?
    private(set) var ring: KeyRing?
    /// The root over all records; nil where a leaf is unknown.
    private(set) var root: Digest?
    private(set) var roots: [Int: Digest] = [:]

    private enum Place {
        case start
        case betweenPostings
        case inPosting(header: PostingHeader?, seq: Int, keys: [(seq: Int, KeyEntry)])
        /// After a record of which nothing is known: probably still in the posting that was open.
        case unknown(header: PostingHeader?, seq: Int, keys: [(seq: Int, KeyEntry)])
    }

    private let ledger: BrokenLedger
    private let checker: SignatureChecker
    private var hasher: Hasher.Shared
    private var range: CompactRange? = CompactRange()
    private var place = Place.start
    private var lastAt: Timestamp?
    private var postingIDs: Set<PostingID> = []
    private var entryCount = 0

    init(
        _ ledger: BrokenLedger, suite: Suite, checker: SignatureChecker, snapshotSizes: Set<Int>
    ) {
        self.ledger = ledger
        self.checker = checker
        hasher = Hasher.Shared(suite)
        for seq in ledger.order.slots.indices {
            visit(seq)
            append(ledger.review.leaves[seq])
            if snapshotSizes.contains(seq + 1) {
                roots[seq + 1] = range.map { hasher.root(of: $0) }
            }
        }
        finish()
        root = range.map { hasher.root(of: $0) }
    }

    private mutating func append(_ leaf: Digest?) {
        guard let leaf else {
            range = nil
            return
        }
        range = range.map { hasher.appending(leaf, to: $0) }
    }

    private mutating func visit(_ seq: Int) {
        guard let line = ledger.soundLine(seq) else {
            switch place {
            case .inPosting(let header, let opened, let keys),
                .unknown(let header, let opened, let keys):
                place = .unknown(header: header, seq: opened, keys: keys)
            case .start, .betweenPostings:
                place = .unknown(header: nil, seq: seq, keys: [])
            }
            return
        }
        switch line.kind {
        case Kind.genesis: visitGenesis(seq)
        case Kind.posting: visitPosting(seq)
        case Kind.seal: visitSeal(seq)
        default: visitEntry(seq, isKey: line.kind == Kind.key)
        }
    }

    private mutating func visitGenesis(_ seq: Int) {
        guard case .start = place, seq == 0 else {
            return fault(
                .order, seq,
                Message(
                    zh: "genesis 只能是第 0 条", en: "genesis may only be the first record"))
        }
        place = .betweenPostings
        guard
            let genesis = ledger.decode(
                seq,
                { line throws(RecordFault) in
                    try Genesis(line: line)
                })
        else { return }
        self.genesis = genesis
        do {
            ring = try hasher.ring(genesis, checker: checker)
        } catch {
            fault(.signature, seq, error.message)
        }
    }

    private mutating func visitPosting(_ seq: Int) {
        let header = ledger.decode(seq) { line throws(RecordFault) in
            try PostingHeader(line: line)
        }
        switch place {
        case .inPosting(_, let opened, _):
            fault(
                .order, seq,
                Message(
                    zh: "第 \(opened) 条开始的一批尚未封存，不能开始新的一批",
                    en:
                        "the posting that begins at seq \(opened) has no seal before this one begins"
                ))
        case .start:
            fault(.order, seq, Self.notGenesis)
        case .betweenPostings, .unknown:
            break
        }
        if let header {
            if let lastAt, header.at < lastAt {
                fault(
                    .order, seq,
                    Message(
                        zh: "记账时间早于上一批", en: "recorded before the posting before it"),
                    recorded: header.at.description, computed: "≥ \(lastAt)")
            }
            lastAt = header.at
            if !postingIDs.insert(header.id).inserted {
                fault(
                    .order, seq,
                    Message(
                        zh: "批号 \(header.id) 在本账中已经用过", en: "posting id \(header.id) is used twice")
                )
            }
        }
        entryCount = 0
        place = .inPosting(header: header, seq: seq, keys: [])
    }

    private static let notGenesis = Message(
        zh: "账本应以 genesis 开头", en: "a ledger begins with genesis")

    private mutating func visitEntry(_ seq: Int, isKey: Bool) {
        switch place {
        case .inPosting(let header, let opened, var keys):
            entryCount += 1
            if entryCount == LedgerLimits.postingEntryCount + 1 {
                fault(
                    .order, seq,
                    Message(
                        zh: "一批最多 \(LedgerLimits.postingEntryCount) 条",
                        en: "a posting holds at most \(LedgerLimits.postingEntryCount) entries"))
            }
            guard isKey else { return }
            if let entry = ledger.keyEntry(seq, &hasher) { keys.append((seq, entry)) }
            place = .inPosting(header: header, seq: opened, keys: keys)
        case .unknown(let header, let opened, var keys):
            guard isKey, let entry = ledger.keyEntry(seq, &hasher) else { return }
            keys.append((seq, entry))
            place = .unknown(header: header, seq: opened, keys: keys)
        case .betweenPostings:
            fault(
                .order, seq,
                Message(
                    zh: "记录不在任何一批之内（缺 posting）", en: "the record stands outside any posting"))
        case .start:
            fault(.order, seq, Self.notGenesis)
            place = .unknown(header: nil, seq: seq, keys: [])
        }
    }

    private mutating func visitSeal(_ seq: Int) {
        defer { place = .betweenPostings }
        switch place {
        case .inPosting(let header?, let opened, let keys):
            guard let found = root(sealedAt: seq), let signer = signer(header, postingSeq: opened)
            else { return }
            guard isSigned(found.seal, by: signer, seq, found.root) else {
                return fault(
                    .signature, seq,
                    Message(
                        zh: "封条的签名不是密钥 \(signer.id) 对本账此处所作",
                        en:
                            "the seal is not signed by key \(signer.id) for this place in this ledger"
                    ))
            }
            lastGoodSeal = seq
            apply(keys, signer: signer)
        case .unknown(let header, _, let keys):
            guard let found = root(sealedAt: seq) else { return }
            // The header may be among what is broken, so any key that may seal will do.
            let at = header?.at ?? lastAt
            let signers = (ring?.all ?? []).filter { key in
                guard key.revokedSeq == nil else { return false }
                guard let expires = key.expires, let at else { return true }
                return at < expires
            }
            guard
                let signer = signers.first(where: {
                    isSigned(found.seal, by: $0, seq, found.root)
                })
            else {
                return fault(
                    .signature, seq,
                    Message(
                        zh: "封条不是任何已登记密钥对本账此处所作",
                        en: "the seal is signed by no enrolled key for this place in this ledger"))
            }
            lastGoodSeal = seq
            apply(keys, signer: signer)
        case .betweenPostings:
            fault(
                .order, seq,
                Message(
                    zh: "封条之前没有 posting", en: "the seal closes no posting"))
        case .start:
            fault(.order, seq, Self.notGenesis)
        case .inPosting:
            break
        }
    }

    /// The seal and the root over the records before it, where they agree.
    private mutating func root(sealedAt seq: Int) -> (seal: Seal, root: Digest)? {
        guard let range,
            let seal = ledger.decode(seq, { line throws(RecordFault) in try Seal(line: line) })
        else { return nil }
        let root = hasher.root(of: range)
        guard seal.root == root else {
            let from = (lastGoodSeal ?? -1) + 1
            fault(
                .altered, seq,
                Message(
                    zh: "封条记载的根与第 0 至 \(seq - 1) 条不符：第 \(from) 至 \(seq) 条之间有记录被改写后"
                        + "重新连链；请与外部副本逐条比对",
                    en:
                        "the sealed root is not that of records 0 to \(seq - 1): something between seq "
                        + "\(from) and \(seq) was rewritten and linked again; compare with another copy"
                ),
                recorded: seal.root.base64, computed: root.base64)
            return nil
        }
        return (seal, root)
    }

    private func isSigned(_ seal: Seal, by signer: EnrolledKey, _ seq: Int, _ root: Digest) -> Bool
    {
        guard let genesis, let fingerprint = ledger.review.leaves.first ?? nil else { return false }
        return checker.isValid(
            seal.signature,
            for: SignedStatement.seal(
                fingerprint: fingerprint, origin: genesis.origin, seq: seq, root: root),
            by: signer.publicKey)
    }

    private mutating func signer(_ header: PostingHeader, postingSeq: Int) -> EnrolledKey? {
        switch ring?.signer(header.by, at: header.at) {
        case .success(let key): return key
        case .failure(let problem): fault(.signature, postingSeq, problem.message)
        case nil: break
        }
        return nil
    }

    /// Keys of a posting take effect only once its seal is known to be good.
    private mutating func apply(_ keys: [(seq: Int, KeyEntry)], signer: EnrolledKey) {
        for (seq, entry) in keys {
            if case .invalid(let problem) = ring?.apply(entry, seq: seq, signer: signer) {
                fault(.signature, seq, problem)
            }
        }
    }

    private mutating func finish() {
        let count = ledger.order.slots.count
        switch place {
        case .inPosting(_, let opened, _):
            faults.append(
                ledger.missing(
                    count,
                    Message(
                        zh: "账本在一批之内中断：第 \(opened) 条开始的一批没有封条",
                        en:
                            "the file ends inside a posting: the one that begins at seq \(opened) has no seal"
                    )))
        case .betweenPostings where count == 1, .start:
            faults.append(
                ledger.missing(
                    count,
                    Message(
                        zh: "账本没有任何一批", en: "the ledger holds no posting")))
        case .betweenPostings, .unknown:
            break
        }
    }

    private mutating func fault(
        _ rule: IntegrityRule, _ seq: Int, _ message: Message, recorded: String? = nil,
        computed: String? = nil
    ) {
        faults.append(
            ledger.fault(rule, seq, message, recorded: recorded, computed: computed))
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
public import LedgerFormat

/// The own fields of one record to be written, `kind` included; absent values are nil.
public typealias RecordFields = [(String, JSONValue?)]

/// The canonical bytes of one posting, ready to be appended.
public struct SealedPosting: Sendable, Equatable {
    /// Whole lines, LF included.
    public let bytes: [UInt8]
    /// The header's seq.
    public let firstSeq: Int
    /// The seal's seq.
    public let sealSeq: Int
    /// What the ledger is once they are appended.
    public let expectation: Expectation

    /// Seqs of the entries; empty when the posting holds none.
    public var entrySeqs: Range<Int> { firstSeq + 1..<sealSeq }
}

/// Why a posting cannot be built.
public enum PostingError: Error, Sendable, Equatable {
    /// An entry is longer than a record may be.
    case entryTooLong(index: Int, byteCount: Int)
    /// More entries than a posting may hold.
    case tooManyEntries(Int)
    /// The seal could not be made.
    case crypto(OpenSSLError)
}

/// Where a chain ends: what the next posting continues.
public struct ChainTip: Sendable {
    let suite: Suite
    let range: CompactRange
    let lastLeaf: Digest
    let fingerprint: Digest
    let origin: String
}

/// Turns entries into the canonical lines of a posting that continues a chain.
///
/// Entries are added in order and get their seqs as they are added, so that a later entry of the
/// same posting can refer to an earlier one.
public struct PostingBuilder: ~Copyable {
    private var hasher: Hasher
    private var writer = RecordWriter()
    private var range: CompactRange
    private var lastLeaf: Digest
    private let firstSeq: Int
    private let fingerprint: Digest
    private let origin: String
    private let suite: Suite

    /// Begins a posting after the last record of an intact ledger.
    public init<Fold>(
        continuing ledger: VerifiedLedger<Fold>, header: PostingHeader
    ) {
        guard let state = ledger.state, let genesis = ledger.genesis else {
            preconditionFailure("PostingBuilder.init: the ledger is broken")
        }
        self.init(
            suite: genesis.suite, range: state.range, lastLeaf: state.lastLeaf,
            fingerprint: state.fingerprint, origin: genesis.origin)
        append(header.fields)
    }

    /// Begins a posting after one that was built in this process.
    public init(continuing tip: ChainTip, header: PostingHeader) {
        self.init(
            suite: tip.suite, range: tip.range, lastLeaf: tip.lastLeaf,
            fingerprint: tip.fingerprint, origin: tip.origin)
        append(header.fields)
    }

    /// Begins a ledger: the genesis record and the header of its first posting.
    public init(founding genesis: Genesis, header: PostingHeader) {
        var hasher = Hasher(ready: genesis.suite)
        let line = CanonicalJSON.encode(genesis.record(hasher: &hasher))
        let leaf = hasher.leaf(line.span)
        var range = CompactRange()
        range.append(leaf: leaf, hasher: &hasher)
        self.init(
            suite: genesis.suite, range: range, lastLeaf: leaf, fingerprint: leaf,
            origin: genesis.origin)
        writer.append(line: line)
        append(header.fields)
    }

    private init(
        suite: Suite, range: CompactRange, lastLeaf: Digest, fingerprint: Digest, origin: String
    ) {
        hasher = Hasher(ready: suite)
        self.suite = suite
        self.range = range
        self.lastLeaf = lastLeaf
        self.fingerprint = fingerprint
        self.origin = origin
        firstSeq = range.end
    }

    /// The seq that the next entry will get.
    public var nextSeq: Int { range.end }

    /// The bytes so far: whole lines without a seal.
    public var unsealedBytes: [UInt8] { writer.lines }

    /// Adds an entry.
    ///
    /// - Returns: Its seq.
    /// - Throws: When it is too long, or one too many; nothing is added then.
    @discardableResult
    public mutating func add(_ fields: RecordFields) throws(PostingError) -> Int {
        try checkCount()
        writer.append(line: encode(fields))
        return try chain()
    }

    /// Adds an entry that writes its own fields, `kind` included, in ascending order of their names.
    ///
    /// - Returns: Its seq.
    /// - Throws: When it is too long, or one too many; nothing is added then.
    @discardableResult
    public mutating func add(
        writing write: (inout RecordWriter) -> Void
    ) throws(PostingError) -> Int {
        try checkCount()
        let seq = nextSeq
        lastLeaf.withBytes { writer.begin(seq: seq, prev: $0) }
        write(&writer)
        writer.end()
        return try chain()
    }

    private func checkCount() throws(PostingError) {
        let index = nextSeq - firstSeq - 1
        guard index < LedgerLimits.postingEntryCount else { throw .tooManyEntries(index + 1) }
    }

    /// Makes the entry that was written last a link of the chain, or takes it back.
    private mutating func chain() throws(PostingError) -> Int {
        let byteCount = writer.lineByteCount
        guard byteCount <= LedgerLimits.recordByteCount else {
            writer.dropLine()
            throw .entryTooLong(index: nextSeq - firstSeq - 1, byteCount: byteCount)
        }
        appendLeaf()
        return nextSeq - 1
    }

    /// Seals the posting.
    public consuming func seal(with key: borrowing PrivateKey) throws(PostingError) -> SealedPosting
    {
        try sealed(with: key).posting
    }

    /// Seals the posting, and gives what the next one continues.
    public consuming func sealed(
        with key: borrowing PrivateKey
    ) throws(PostingError) -> (posting: SealedPosting, tip: ChainTip) {
        let root = range.root(hasher: &hasher)
        let seq = nextSeq
        let signature: [UInt8]
        do {
            signature = try key.sign(
                SignedStatement.seal(
                    fingerprint: fingerprint, origin: origin, seq: seq, root: root))
        } catch {
            throw .crypto(error)
        }
        append(Seal(root: root, signature: signature).fields)
        let expectation = Expectation(size: nextSeq, root: range.root(hasher: &hasher))
        let tip = ChainTip(
            suite: suite, range: range, lastLeaf: lastLeaf, fingerprint: fingerprint,
            origin: origin)
        let posting = SealedPosting(
            bytes: writer.finish(), firstSeq: firstSeq, sealSeq: seq, expectation: expectation)
        return (posting, tip)
    }

    private mutating func append(_ fields: RecordFields) {
        writer.append(line: encode(fields))
        appendLeaf()
    }

    private func encode(_ fields: RecordFields) -> [UInt8] {
        let chain: RecordFields = [
            ("seq", .integer(Int64(nextSeq))), ("prev", .string(lastLeaf.hex)),
        ]
        return CanonicalJSON.encode(.object(fields + chain))
    }

    private mutating func appendLeaf() {
        lastLeaf = writer.withLine { hasher.leaf($0) }
        range.append(leaf: lastLeaf, hasher: &hasher)
    }
}

extension KeyEntry.NewKey {
    /// The public half of a new key with the proof that its holder has the private half.
    public init(
        proving key: borrowing PrivateKey, ledger: LedgerID, origin: String, role: KeyRole,
        unit: UnitID, person: PersonID, expires: Timestamp? = nil
    ) throws(OpenSSLError) {
        let publicKey = key.publicKey.subjectPublicKeyInfo
        self.init(
            publicKey: publicKey,
            proof: try key.sign(
                SignedStatement.possession(
                    id: ledger, origin: origin, role: role, unit: unit, person: person,
                    publicKey: publicKey)),
            expires: expires)
    }
}

extension PublicKey {
    /// SHA-256, or the suite's digest, of the DER form in hex: what people compare keys by.
    public var fingerprint: String {
        let der = subjectPublicKeyInfo
        var hasher = Hasher(ready: suite)
        return hasher.digest(der.span).hex
    }

    /// The short name under which the key is enrolled.
    public var keyID: KeyID {
        var hasher = Hasher(ready: suite)
        return KeyID(of: subjectPublicKeyInfo, hasher: &hasher)
    }
}

extension Suite {
    /// H of a canonical value, in hex: how a policy's approval names what it approves.
    public func contentDigest(of value: JSONValue) -> String {
        var hasher = Hasher(ready: self)
        return hasher.digest(CanonicalJSON.encode(value).span).hex
    }
}

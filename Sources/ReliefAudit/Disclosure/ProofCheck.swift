// SPDX-License-Identifier: Apache-2.0

public import LedgerCrypto
internal import LedgerFormat
internal import LedgerLog
internal import ReliefModel

/// What the reader of a disclosure knows from elsewhere: the paper board, an earlier receipt.
public struct DisclosureExpectation: Sendable, Equatable {
    /// The ledger's fingerprint.
    public let fingerprint: Digest?
    /// SHA-256 of the sealing key (DER).
    public let key: Digest?

    /// Reads what is known, each as 64 lower-case hex digits; nil where one is none.
    public init?(fingerprint: String?, key: String?) {
        self.fingerprint = fingerprint.flatMap { Digest(hex: $0) }
        self.key = key.flatMap { Digest(hex: $0) }
        guard (self.fingerprint == nil) == (fingerprint == nil), (self.key == nil) == (key == nil)
        else { return nil }
    }

    /// Joins what is known.
    public init(fingerprint: Digest? = nil, key: Digest? = nil) {
        self.fingerprint = fingerprint
        self.key = key
    }
}

/// Checks a proof from its leaves to the seal's signature; the rows are ``ProofRows``'s.
struct ProofCheck: ~Copyable {
    private let proof: DisclosureProof
    private let expected: DisclosureExpectation
    private var hasher = Hasher(ready: .sha256Ed25519)
    /// The records and rows that hold.
    let reading: ProofReading
    private(set) var faults: [DisclosureFault]

    /// What the records are that the rows rest on.
    private struct Parts {
        var genesis: Genesis
        var header: PostingHeader
        var headerSeq: Int
        var seq: Int
        var entry: DisclosureEntry
        var keys: [KeyID: [UInt8]]
    }

    init(_ proof: DisclosureProof, expecting expected: DisclosureExpectation) {
        self.proof = proof
        self.expected = expected
        reading = ProofReading(proof, hasher: &hasher)
        faults = reading.faults
    }

    /// Checks everything but the rows themselves; nil where it cannot be told what it is about.
    mutating func claim() -> DisclosureClaim? {
        guard let parts = parts() else { return nil }
        let seal = checkTree(parts)
        let key = checkSeal(seal, parts)
        checkExpected(parts, key: key)
        guard let fingerprint = reading.leaves[0] else { return nil }
        let withheld = proof.rows.count { $0.shown == nil }
        return DisclosureClaim(
            genesis: parts.genesis, fingerprint: fingerprint.hex, size: proof.size,
            root: seal?.root.base64 ?? "", recordedAt: parts.header.at,
            keyFingerprint: key?.hex ?? "", seq: parts.seq, entry: parts.entry,
            shownCount: proof.rows.count - withheld, withheldCount: withheld,
            isPart: proof.part != nil,
            openedCount: proof.rosters.reduce(0) { $0 + $1.rows.count })
    }

    private mutating func breaks(_ seq: Int? = nil, zh: String, en: String) {
        faults.append(DisclosureFault(.broken, seq: seq, zh: zh, en: en))
    }

    // MARK: - What it is about

    private mutating func parts() -> Parts? {
        var genesis: Genesis?
        var header: (seq: Int, header: PostingHeader)?
        var disclosure: (seq: Int, entry: DisclosureEntry)?
        var keys: [KeyID: [UInt8]] = [:]
        for given in proof.records {
            guard let seq = given.seq, let line = reading.lines[seq] else { continue }
            do throws(RecordFault) {
                switch given.record["kind"]?.string {
                case "genesis":
                    let record = try Genesis(line: line.span)
                    for root in record.rootKeys {
                        keys[KeyID(of: root.publicKey, hasher: &hasher)] = root.publicKey
                    }
                    genesis = record
                case "posting":
                    header = (seq, try PostingHeader(line: line.span))
                case "key":
                    let entry = try KeyEntry(line: line.span, hasher: &hasher)
                    if let new = entry.newKey { keys[entry.key] = new.publicKey }
                case EntryKind.disclosure.rawValue:
                    guard case .disclosure(let entry) = try ProofRows.entry(line, seq: seq) else {
                        continue
                    }
                    disclosure = (seq, entry)
                case EntryKind.roster.rawValue, EntryKind.batch.rawValue: continue
                default:
                    breaks(
                        seq, zh: "第 \(seq) 条不是公开所依据的记录",
                        en: "record \(seq) is nothing that a disclosure rests on")
                }
            } catch {
                breaks(
                    seq, zh: "第 \(seq) 条：\(error.message.zh)",
                    en: "record \(seq): \(error.message.en)")
            }
        }
        guard let genesis, let header, let disclosure, reading.lines[0] != nil else {
            breaks(
                zh: "proof.json 缺少创世记录、公开所在批次的批首或公开记录，或它们已被改动",
                en:
                    "proof.json lacks the genesis record, the header of the disclosure's posting or "
                    + "the disclosure, or they were altered")
            return nil
        }
        return Parts(
            genesis: genesis, header: header.header, headerSeq: header.seq, seq: disclosure.seq,
            entry: disclosure.entry, keys: keys)
    }

    // MARK: - Tree, seal, key

    /// Holds all leaves to the root that the seal states.
    private mutating func checkTree(_ parts: Parts) -> Seal? {
        let line = CanonicalJSON.encode(proof.seal)
        let seal = try? Seal(line: line.span)
        let seq = proof.seal["seq"]?.integer
        guard let seal, proof.seal["kind"]?.string == "seal", seq == Int64(proof.size),
            proof.seal["prev"]?.string.flatMap(Digest.init(hex:)) != nil
        else {
            breaks(zh: "proof.json 的封条不成立", en: "the seal of proof.json is none")
            return nil
        }
        if let last = reading.leaves[proof.size - 1], proof.seal["prev"]?.string != last.hex {
            breaks(
                proof.size, zh: "封条不接在公开记录所在的批次之后",
                en: "the seal does not follow the disclosure's posting")
        }
        if !(parts.headerSeq < parts.seq && parts.seq < proof.size) {
            breaks(
                parts.seq, zh: "批首、公开记录和封条的次序不对",
                en: "header, disclosure and seal are out of order")
        }
        let known = reading.leaves.sorted { $0.key < $1.key }.map {
            (index: $0.key, leaf: $0.value)
        }
        if proof.tree.root(size: proof.size, known: known, hasher: &hasher) != seal.root {
            breaks(
                zh: "所列各条不能推算出封条的根：不是这本账在第 \(proof.size) 条时的记录",
                en: "the leaves do not lead to the sealed root: they are not of this ledger at "
                    + "record \(proof.size)")
        }
        return seal
    }

    /// Holds the seal to the key that the posting names; gives SHA-256 of the key.
    private mutating func checkSeal(_ seal: Seal?, _ parts: Parts) -> Digest? {
        guard let bytes = parts.keys[parts.header.by],
            let key = try? PublicKey(suite: parts.genesis.suite, subjectPublicKeyInfo: bytes)
        else {
            breaks(
                parts.headerSeq, zh: "没有批首所称密钥 \(parts.header.by) 的登记记录",
                en: "the record that enrolled key \(parts.header.by) of the posting is missing")
            return nil
        }
        guard let seal, let fingerprint = reading.leaves[0] else { return nil }
        let statement = SignedStatement.seal(
            fingerprint: fingerprint, origin: parts.genesis.origin, seq: proof.size,
            root: seal.root)
        if !key.isValid(signature: seal.signature, for: statement) {
            breaks(
                proof.size, zh: "封条的签名不是密钥 \(parts.header.by) 的",
                en: "the seal's signature is not by key \(parts.header.by)")
        }
        return hasher.digest(bytes.span)
    }

    private mutating func checkExpected(_ parts: Parts, key: Digest?) {
        if let wanted = expected.fingerprint, let own = reading.leaves[0], own != wanted {
            breaks(
                zh: "账本指纹是 \(own.hex)，应为 \(wanted.hex)：是另一本账",
                en: "the ledger's fingerprint is \(own.hex), expected \(wanted.hex): another ledger"
            )
        }
        if let wanted = expected.key, let key, key != wanted {
            breaks(
                zh: "密钥指纹是 \(key.hex)，应为 \(wanted.hex)：由另一把密钥封存",
                en: "the key's fingerprint is \(key.hex), expected \(wanted.hex): another key")
        }
    }
}

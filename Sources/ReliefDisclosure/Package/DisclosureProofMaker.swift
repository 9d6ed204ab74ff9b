// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat
public import LedgerLog
public import ReliefAudit
public import ReliefModel

/// Makes the proofs of a recorded disclosure: of all its rows, or of a page's.
///
/// The tree is hashed once, so that a page costs what it shows.
public struct DisclosureProofMaker: Sendable {
    /// The disclosure, by seq.
    public let seq: Int
    /// The rows, as the ledger has them.
    public let rows: DisclosureRows
    private let size: Int
    private let seal: JSONValue
    /// What every proof of it gives, by seq.
    private let standing: [Int: JSONValue]
    /// The rosters that batches of the rows cite, by seq.
    private let rosters: [Int: JSONValue]
    private let tree: DigestTree
    private let rowTree: DigestTree?
    private let leaves: [Digest]

    /// Reads what proofs of a disclosure are made of.
    ///
    /// - Parameters:
    ///   - disclosure: The disclosure, by seq.
    ///   - header: The header of its posting, by seq.
    ///   - sealSeq: The posting's seal.
    ///   - ledger: An intact one.
    ///   - book: The book of its whole fold.
    /// - Throws: When the bytes cannot be read again.
    /// - Precondition: The three records are what they are said to be.
    public init<Fold>(
        of disclosure: (seq: Int, entry: DisclosureEntry), header: Int, sealSeq: Int,
        in ledger: VerifiedLedger<Fold>, book: FundBook
    ) throws(LedgerReadError) {
        guard let suite = ledger.genesis?.suite, ledger.integrity.isIntact else {
            preconditionFailure("DisclosureProofMaker: the ledger is broken")
        }
        seq = disclosure.seq
        size = sealSeq
        let scope = DisclosureScope(disclosure.entry, seq: disclosure.seq)
        rows = try DisclosureRows(scope, in: ledger, book: book)
        leaves = try ledger.leaves(of: [0..<sealSeq])
        var hasher = Hasher(ready: suite)
        tree = DigestTree(leaves: leaves, hasher: &hasher)
        rowTree =
            rows.rows.isEmpty ? nil : DigestTree(leaves: rows.rows.map(\.leaf), hasher: &hasher)
        let named = try Self.records([0, header, disclosure.seq, sealSeq], ledger)
        guard let by = named[header]?["by"]?.string.flatMap({ KeyID($0) }),
            let key = ledger.keyRing?[by], let seal = named[sealSeq]
        else { preconditionFailure("DisclosureProofMaker: no posting at \(header)") }
        self.seal = seal
        standing = named.filter { $0.key != sealSeq }
            .merging(try Self.records([key.enrolledSeq], ledger)) { own, _ in own }
        let cited = rows.batches.values.compactMap { $0["roster"]?.integer.map { Int($0) } }
        rosters = try Self.records(Set(cited), ledger)
    }

    private static func records<Fold>(
        _ seqs: Set<Int>, _ ledger: VerifiedLedger<Fold>
    ) throws(LedgerReadError) -> [Int: JSONValue] {
        try ledger.records(seqs).mapValues { line in
            guard let record = try? CanonicalJSON.parse(line) else {
                preconditionFailure("DisclosureProofMaker: a verified record is canonical")
            }
            return record
        }
    }

    /// The proof of all rows, or of some that follow one another.
    ///
    /// - Parameters:
    ///   - part: Which rows, by their places among all; nil for all.
    ///   - withheld: Rows of which only number and leaf are told, by seq.
    ///   - opened: Rosters' rows that are shown with it.
    public func proof(
        of part: Range<Int>? = nil, withheld: Set<Int> = [],
        opening opened: [DisclosureProof.OpenedRoster] = []
    ) -> DisclosureProof {
        let shown = rows.rows[part ?? rows.rows.indices]
        var records = standing
        for row in shown where !withheld.contains(row.seq) {
            if let batch = row.batch { records[batch] = rows.batches[batch] }
        }
        for roster in opened { records[roster.seq] = rosters[roster.seq] }
        let known = (Array(records.keys) + shown.map(\.seq)).sorted()
        let given = Set(known)
        return DisclosureProof(
            size: size,
            records: records.sorted { $0.key < $1.key }.map { self.given($0.key, $0.value, given) },
            rows: shown.map { row in
                withheld.contains(row.seq)
                    ? .withheld(seq: row.seq, leaf: row.leaf)
                    : .shown(self.given(row.seq, row.record, given))
            }, tree: TreeProof(in: tree, known: known), seal: seal,
            part: part.flatMap { part in
                rowTree.map {
                    DisclosureProof.Part(
                        first: part.lowerBound, tree: TreeProof(in: $0, known: Array(part)))
                }
            }, rosters: opened)
    }

    /// A record, without its link where that is the leaf of a record that is given too.
    private func given(
        _ seq: Int, _ record: JSONValue, _ given: Set<Int>
    ) -> DisclosureProof.Given {
        var members = record.members ?? []
        if given.contains(seq - 1) { members.removeAll { $0.name == "prev" } }
        return DisclosureProof.Given(leaf: leaves[seq], record: .object(members))
    }
}

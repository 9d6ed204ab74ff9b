// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat
internal import LedgerLog
internal import ReliefModel

/// The records of a proof, each against its leaf, by number.
///
/// A leaf that is not its record's names the record; the tree proof then stands or falls with the
/// leaves alone, and says nothing of a single one.
struct ProofReading {
    /// Leaves that the proof gives, by number.
    private(set) var leaves: [Int: Digest] = [:]
    /// Records that are whole and have the leaf they are given with, by number.
    private(set) var lines: [Int: [UInt8]] = [:]
    private(set) var faults: [DisclosureFault] = []

    init(_ proof: DisclosureProof, hasher: inout Hasher) {
        let rows = proof.rows.compactMap(\.shown)
        note(proof.records.map { ($0.seq, $0.leaf) }, "records", below: proof.size)
        note(proof.rows.map { ($0.seq, $0.leaf) }, "rows", below: proof.size)
        for given in proof.records + rows { read(given, hasher: &hasher) }
    }

    /// Takes the leaves of one list, which must ascend.
    private mutating func note(
        _ list: [(seq: Int?, leaf: Digest)], _ name: String, below size: Int
    ) {
        var last = -1
        for (seq, leaf) in list {
            guard let seq, seq > last, seq < size, leaves[seq] == nil else {
                faults.append(
                    DisclosureFault(
                        .broken, seq: seq,
                        zh: "proof.json 的 \(name) 应按序号递增、各条一次、都在封条之前",
                        en:
                            "the \(name) of proof.json must ascend by seq, each once, all before the "
                            + "seal"))
                continue
            }
            leaves[seq] = leaf
            last = seq
        }
    }

    private mutating func read(_ given: DisclosureProof.Given, hasher: inout Hasher) {
        guard let seq = given.seq else { return }
        guard let line = line(of: given, seq: seq) else {
            faults.append(
                DisclosureFault(
                    .differs, seq: seq, zh: "第 \(seq) 条缺少 prev，而上一条没有给出",
                    en: "record \(seq) has no prev, and the record before it is not given"))
            return
        }
        guard hasher.leaf(line.span) == given.leaf else {
            faults.append(
                DisclosureFault(
                    .differs, seq: seq, zh: "第 \(seq) 条与封存的记录不同（哈希不符）",
                    en: "record \(seq) is not the sealed one: its hash differs"))
            return
        }
        lines[seq] = line
    }

    /// The ledger's line of a record that may have been given without its link.
    private func line(of given: DisclosureProof.Given, seq: Int) -> [UInt8]? {
        if given.record["prev"] != nil { return CanonicalJSON.encode(given.record) }
        guard let before = leaves[seq - 1], let members = given.record.members else { return nil }
        let linked =
            members.map { ($0.name, Optional($0.value)) } + [
                ("prev", .string(before.hex))
            ]
        return CanonicalJSON.encode(.object(linked))
    }
}

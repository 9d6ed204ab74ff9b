// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefModel

/// Which files a ledger's records name, and how `private/evidence` stands to them.
struct EvidenceIndex {
    /// A file named by a record.
    struct Named {
        /// The entry that it bears out.
        let seq: Int
        /// The record that names it: the entry itself or an amendment.
        let namedBy: Int
        let evidence: Evidence
    }

    /// What the folder holds for a digest.
    enum State: Equatable {
        case kept
        case missing
        case changed(byteCount: Int)
    }

    let named: [Named]

    init(_ journal: Journal) {
        var named: [Named] = []
        for record in journal.records {
            let (own, added) = Evidence.named(in: record.line)
            named += own.map { Named(seq: record.seq, namedBy: record.seq, evidence: $0) }
            guard case .amend(let amendment) = record.entry else { continue }
            named += added.map {
                Named(seq: amendment.target, namedBy: record.seq, evidence: $0)
            }
        }
        self.named = named
    }

    /// The files behind an entry.
    func files(of seq: Int) -> [Named] { named.filter { $0.seq == seq || $0.namedBy == seq } }

    /// Whether a record names a content.
    func names(_ digest: Digest) -> Bool { named.contains { $0.evidence.sha256 == digest.hex } }

    /// Reads a stored file anew and compares it with its record.
    static func state(
        of evidence: Evidence, in folder: borrowing ContentFolder
    ) throws(FileError) -> State {
        guard let digest = Digest(hex: evidence.sha256) else { return .missing }
        guard let stored = try folder.stored(digest) else { return .missing }
        return stored.digest == digest && stored.byteCount == Int(evidence.bytes)
            ? .kept : .changed(byteCount: stored.byteCount)
    }

    /// Names in the folder that no record accounts for.
    func surplus(_ names: [String]) -> [String] {
        let known = Set(named.map(\.evidence.sha256))
        return names.filter { name in
            let stem = name.hasSuffix(".json") ? String(name.dropLast(5)) : name
            return !known.contains(stem)
        }
    }
}

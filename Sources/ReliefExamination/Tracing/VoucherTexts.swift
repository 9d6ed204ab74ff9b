// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefDisclosure
internal import ReliefModel

/// What some records say in words, with what later amendments made of it.
struct VoucherTexts {
    /// A paper, and the amendment that last corrected it.
    struct Paper {
        let document: Document
        let correctedBy: Int?
    }

    private let lines: [Int: JSONValue]
    private let amendments: [Int: [(seq: Int, changes: Amendment.Changes)]]

    /// Reads the records again.
    ///
    /// - Throws: When the bytes cannot be read again.
    init(_ ledger: VerifiedLedger<BookHistory>, _ seqs: Set<Int>) throws(LedgerReadError) {
        var amendments: [Int: [(seq: Int, changes: Amendment.Changes)]] = [:]
        for record in ledger.fold.records {
            guard case .amend(let amendment) = record.entry else { continue }
            amendments[amendment.target, default: []].append((record.seq, amendment.changes))
        }
        self.amendments = amendments
        lines = try ledger.records(seqs).compactMapValues { try? CanonicalJSON.parse($0) }
    }

    /// A field of a record, as it was recorded.
    func value(_ seq: Int, _ field: String) -> JSONValue? { lines[seq]?[field] }

    /// A text of a record, as it was recorded.
    func text(_ seq: Int, _ field: String) -> String? { value(seq, field)?.string }

    /// The paper of a record, as last corrected.
    func paper(_ seq: Int) -> Paper? {
        let corrections = amendments[seq]?.compactMap { amendment in
            amendment.changes.document.map { Paper(document: $0, correctedBy: amendment.seq) }
        }
        if let last = corrections?.last { return last }
        return value(seq, "document").flatMap { try? Document(json: $0) }
            .map { Paper(document: $0, correctedBy: nil) }
    }

    /// The files behind a record: its own and those added later.
    func evidence(_ seq: Int) -> [Evidence] {
        let own = (value(seq, "evidence")?.array ?? []).compactMap {
            try? Evidence(json: $0, within: "evidence")
        }
        return own + (amendments[seq] ?? []).flatMap { $0.changes.evidence ?? [] }
    }

    /// The amendments of a record, by seq.
    func corrections(_ seq: Int) -> [Int] { (amendments[seq] ?? []).map(\.seq) }
}

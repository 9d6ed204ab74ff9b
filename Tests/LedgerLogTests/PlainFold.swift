// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import LedgerLog

/// Accepts any entry of a known kind, and remembers what it was fed.
struct PlainFold: LedgerFold {
    struct Batch: EntryBatch {
        var entries: [(seq: Int, isDangling: Bool)] = []
        var count: Int { entries.count }

        mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

        private static let kinds: Set<String> = [
            "unit", "policy", "event", "grant", "allocation", "receipt", "recall", "return",
            "amend",
        ]

        mutating func append(
            _ line: Span<UInt8>, fields: borrowing FieldTable, kind: FieldName, seq: Int
        ) throws(RecordFault) {
            guard let kind = fields.index(of: "kind"),
                Self.kinds.contains(fields.text(kind, in: line))
            else { throw .malformed(Message(zh: "未知种类", en: "unknown kind")) }
            entries.append((seq, fields.index(of: "dangling") != nil))
        }
    }

    var genesisCount = 0
    var seqs: [Int] = []
    var keys: [(seq: Int, refusal: String?)] = []
    var opened: [Int] = []
    var closed: [Int] = []

    mutating func begin(_ genesis: Genesis) { genesisCount += 1 }
    mutating func open(_ posting: OpenPosting) { opened.append(posting.seq) }

    mutating func apply(
        _ batch: borrowing Batch, _ entries: Range<Int>,
        faults: inout [(seq: Int, RecordFault)]
    ) {
        for index in entries {
            let entry = batch.entries[index]
            seqs.append(entry.seq)
            if entry.isDangling {
                faults.append((entry.seq, .dangling(Message(zh: "悬", en: "dangling"))))
            }
        }
    }

    mutating func observe(_ entry: KeyEntry, seq: Int, refusal: Message?) {
        keys.append((seq, refusal?.en))
    }

    mutating func close(
        _ posting: OpenPosting, sealSeq: Int, faults: inout [(seq: Int, RecordFault)]
    ) { closed.append(sealSeq) }
}

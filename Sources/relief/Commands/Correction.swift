// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import ReliefModel

/// What a later amendment says a field of a record should have been; the record keeps its own.
struct Correction {
    let field: String
    let text: String

    /// Every correction of a record, oldest first.
    static func all(of seq: Int, in journal: Journal) -> [Correction] {
        var corrections: [Correction] = []
        for record in journal.records {
            guard case .amend(let amendment) = record.entry, amendment.target == seq,
                let changes = (try? CanonicalJSON.parse(record.line))?["changes"]?.members
            else { continue }
            corrections += changes.map { change in
                Correction(field: change.name, text: text(change, amendment, record.seq))
            }
        }
        return corrections
    }

    private static func text(
        _ change: JSONValue.Member, _ amendment: Amendment, _ seq: Int
    ) -> String {
        if change.name == "evidence" {
            return say("补附（第 \(seq) 条）：", "added by seq \(seq): ")
                + evidence(change.value.array ?? [])
        }
        return say("→ 更正为（第 \(seq) 条）：", "→ corrected by seq \(seq): ")
            + plain(change.value)
    }

    private static func plain(_ value: JSONValue) -> String {
        value.string ?? String(decoding: CanonicalJSON.encode(value), as: UTF8.self)
    }

    /// Files in words: title, number, digest.
    static func evidence(_ files: [JSONValue]) -> String {
        files.map { file in
            let words = [file["title"]?.string, file["number"]?.string].compactMap { $0 }
            let digest = file["sha256"]?.string ?? ""
            return (words + ["SHA-256 \(digest)"]).joined(separator: " ")
        }.joined(separator: say("；", "; "))
    }
}

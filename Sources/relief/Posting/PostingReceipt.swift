// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore

/// What the officer keeps of a posting: where it stands and what the ledger is with it.
enum PostingReceipt {
    /// The receipt's text.
    static func text(
        of posting: SealedPosting, by key: EnrolledKey, in ledger: VerifiedLedger<Journal>,
        path: String
    ) -> String {
        let genesis = ledger.founding
        let expectation = posting.expectation
        let entries = posting.entrySeqs
        let range = entries.isEmpty ? "–" : "\(entries.lowerBound)–\(entries.upperBound - 1)"
        var lines = [
            say(
                "已记账：第 \(range) 条，共 \(entries.count) 条，封条为第 \(posting.sealSeq) 条",
                "recorded: seq \(range), \(entries.count) entries, sealed at seq \(posting.sealSeq)"
            ),
            say("  账本    ", "  ledger       ") + "\(genesis.title) (\(genesis.origin))",
            say("  条数    ", "  size         ") + "\(expectation.size)",
            say("  根      ", "  root         ") + expectation.root.base64,
            say("  指纹    ", "  fingerprint  ") + (ledger.fingerprint?.hex ?? ""),
            say("  密钥    ", "  key          ") + "\(key.id) (\(key.person))",
        ]
        if let note = ledger.natureNote {
            lines.append(say("  性质    ", "  nature       ") + note.said)
        }
        lines.append(
            say("  核验    ", "  check with   ")
                + "relief-verify \(quoted(path)) --expect \(expectation)")
        return lines.joined(separator: "\n") + "\n"
    }

    /// The path as a shell takes it.
    private static func quoted(_ path: String) -> String {
        let plain = path.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || [0x2E, 0x2F, 0x2D, 0x5F].contains($0)
        }
        return plain && !path.isEmpty
            ? path
            : "'"
                + path.split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "'\\''") + "'"
    }
}

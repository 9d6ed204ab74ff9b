// SPDX-License-Identifier: Apache-2.0

internal import LedgerCrypto
internal import LedgerFormat
internal import LedgerLog
internal import ReliefModel

/// Holds the opened rows of rosters to the rosters' roots and to the payments (FORMAT.md §5.2).
struct ProofRosters {
    private(set) var faults: [DisclosureFault] = []
    private var openedPayments: Set<Int> = []

    /// - Parameters:
    ///   - payments: The payments among the rows, by seq.
    ///   - batches: Their batches.
    init(
        _ proof: DisclosureProof, suite: Suite, lines: [Int: [UInt8]], payments: [Int: Payment],
        batches: [Int: BatchEntry]
    ) {
        var hasher = Hasher(ready: suite)
        var openedRosters: Set<Int> = []
        for opened in proof.rosters {
            guard openedRosters.insert(opened.seq).inserted else {
                differs(
                    opened.seq, zh: "第 \(opened.seq) 条花名册给出了两次",
                    en: "roster \(opened.seq) is given twice")
                continue
            }
            guard let line = lines[opened.seq],
                case .roster(let roster)? = try? ProofRows.entry(line, seq: opened.seq)
            else {
                differs(
                    opened.seq, zh: "第 \(opened.seq) 条花名册没有给出",
                    en: "roster \(opened.seq) is not given"
                )
                continue
            }
            var known: [(index: Int, leaf: Digest)] = []
            for row in opened.rows {
                let leaf = hasher.leaf(CanonicalJSON.encode(row.row).span)
                // A household that is paid anew after a cancellation has one row and two payments.
                if let last = known.last, last.index == row.index, last.leaf == leaf { continue }
                known.append((row.index, leaf))
            }
            let root = opened.tree.root(size: opened.size, known: known, hasher: &hasher)
            if opened.size != roster.count || root?.base64 != roster.root {
                differs(
                    opened.seq, zh: "公开的姓名与第 \(opened.seq) 条花名册的根不符",
                    en: "the names are not those that roster \(opened.seq) commits to")
            }
            for row in opened.rows { check(row, of: opened.seq, payments, batches) }
        }
    }

    private mutating func check(
        _ row: DisclosureProof.OpenedRoster.Row, of roster: Int, _ payments: [Int: Payment],
        _ batches: [Int: BatchEntry]
    ) {
        let seq = row.payment
        guard let payment = payments[seq], batches[payment.batch]?.roster == roster else {
            return differs(
                seq, zh: "第 \(seq) 条不是按第 \(roster) 条花名册发放的",
                en: "record \(seq) is no payment of roster \(roster)")
        }
        guard openedPayments.insert(seq).inserted else {
            return differs(
                seq, zh: "第 \(seq) 条给出了两户", en: "record \(seq) is given two households")
        }
        let isOwn =
            row.row["format"]?.string == "relief-ledger/roster-row/v1"
            && row.row["ordinal"]?.integer == Int64(row.index) + 1
            && row.row["amount"]?.integer == payment.amount
            && row.row["persons"]?.integer == Int64(payment.persons)
        guard !isOwn else { return }
        differs(
            seq, zh: "第 \(seq) 条的金额或人数与花名册该户的不同",
            en: "record \(seq) is of another amount, or for other persons, than the roster's row")
    }

    private mutating func differs(_ seq: Int, zh: String, en: String) {
        faults.append(DisclosureFault(.differs, seq: seq, zh: zh, en: en))
    }
}

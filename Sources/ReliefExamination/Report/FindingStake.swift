// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefAudit
internal import ReliefDisclosure
internal import ReliefModel

extension Finding {
    /// Fen at stake: what an override would have to cover, else the difference found, else the
    /// amount found or recorded; nil where nothing is about an amount.
    func stake(_ history: BookHistory) -> Int64? {
        if let breach, breach.amount > 0 { return breach.amount }
        guard case .money(let fen) = actual else {
            return history.record(seq: seq)?.entry.amount ?? history.book.payment(seq: seq)?.amount
        }
        if let difference { return Int64(clamping: difference.magnitude) }
        return fen
    }
}

/// What some findings put at stake together.
struct Stake {
    private var byRecord: [Int: Int64] = [:]

    init(_ findings: some Sequence<Finding>, _ history: BookHistory) {
        for finding in findings {
            guard let stake = finding.stake(history) else { continue }
            byRecord[finding.seq] = max(byRecord[finding.seq] ?? 0, stake)
        }
    }

    /// Fen; several rules that meet at one record count once, by the largest; nil where none is
    /// about an amount.
    var fen: Int128? {
        byRecord.isEmpty ? nil : byRecord.values.reduce(0) { $0 + Int128($1) }
    }

    /// How it is counted, for readers.
    static let note = Message(
        zh: "涉及金额：可例外批准的按须覆盖的金额，其余按差额，没有差额的按所记金额；同一条记录被几项规则发现的只计一次，取其大者。",
        en: "At stake: what an override would have to cover, else the difference, else the amount "
            + "recorded; a record that several rules found counts once, by the largest.")
}

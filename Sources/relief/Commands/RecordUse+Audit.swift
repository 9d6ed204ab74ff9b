// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import ReliefModel

// What has come of findings and of promises of co-funding.
extension RecordUse {
    /// What came of a finding.
    func resolutions(of finding: FindingPosition) -> [(name: String, text: String)] {
        let name = say("整改", "resolution")
        guard !finding.resolutions.isEmpty else { return [(name, say("尚未办结", "open"))] }
        return finding.resolutions.map { seq, entry in
            let record = entry.record.map { say("（第 \($0) 条）", " (seq \($0))") } ?? ""
            return (
                name,
                say(
                    "第 \(seq) 条：\(entry.outcome.name.zh)", "\(entry.outcome.name.en) by seq \(seq)")
                    + record
            )
        }
    }

    /// What each level promised and what has come.
    func contributions(to promise: CofundPosition) -> [(name: String, text: String)] {
        promise.shares.map { share in
            let paid = promise.contributions.filter { $0.source == share.source }
                .reduce(Int128(0)) { $0 + Int128($1.amount) }
            let come = Money(fen: Int64(clamping: paid)).text()
            let due = Money(fen: share.amount).text()
            return (
                share.source.name.said,
                say("承诺 \(due) 元，到位 \(come) 元", "\(due) yuan promised, \(come) has come")
            )
        }
    }
}

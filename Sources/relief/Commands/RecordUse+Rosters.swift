// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import ReliefModel

// What has become of rosters, notices and objections.
extension RecordUse {
    /// What was paid of a roster, its notices, and the roster in its place.
    func roster(_ roster: RosterPosition) -> [(name: String, text: String)] {
        let paid = Money(fen: Int64(clamping: roster.paidAmount)).text()
        var lines = [
            (
                name: say("已发放", "paid"),
                text: say(
                    "\(roster.paidCount) 户、\(roster.paidPersons) 人、\(paid) 元",
                    "\(roster.paidCount) households, \(roster.paidPersons) persons, \(paid) yuan")
            )
        ]
        for notice in roster.notices {
            lines.append(
                (
                    say("公示", "notice"),
                    say(
                        "第 \(notice.seq) 条，第 \(notice.entry.round) 榜，"
                            + "\(notice.entry.date) 至 \(notice.entry.until)",
                        "seq \(notice.seq), round \(notice.entry.round), "
                            + "\(notice.entry.date) to \(notice.entry.until)")
                ))
        }
        lines += objections(roster.objections)
        if let newer = roster.replacedBy {
            lines.append(
                (say("已替代", "replaced"), say("由第 \(newer) 条花名册替代", "by roster \(newer)")))
        }
        return lines
    }

    /// Objections, each with how it ended.
    func objections(_ objections: [ObjectionPosition]) -> [(name: String, text: String)] {
        objections.map { objection in
            let end =
                objection.end.map { end in
                    say(
                        "由第 \(end.seq) 条办结：\(end.outcome.name.zh)",
                        "\(end.outcome.name.en) by seq \(end.seq)")
                } ?? say("尚未办结", "open")
            return (
                say("异议", "objection"),
                say("第 \(objection.seq) 条，\(end)", "seq \(objection.seq), \(end)")
            )
        }
    }
}

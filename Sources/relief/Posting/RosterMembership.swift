// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import LedgerLog
import ReliefAudit
import ReliefModel
import ReliefRoster

/// Holds a file that is paid under a recorded roster to the rows of that roster.
///
/// The ledger has only a roster's totals and root, so R05 sees a sum that is too large, and nobody
/// whose name was put in another's place; here, where the private roster is, every person is looked
/// up. The private roster is not on every machine: then the check is left out, and says so.
struct RosterMembership {
    private let rows: [IdentityNumber: RosterRow]
    private let seq: Int

    /// The rows of the list that stands in the ledger at that place; nil, with a notice, where the
    /// private roster does not have it.
    init?(
        roster seq: Int, on ledger: VerifiedLedger<Journal>, at path: String
    ) throws(CommandFailure) {
        self.seq = seq
        guard let roster = try? PrivateRoster(of: ledger, at: path),
            let lists = try? roster.store.lists(),
            let list = lists.first(where: { $0.seq == seq && $0.erasure == nil })
        else {
            Terminal.complain(
                Complaint(
                    zh: "本机没有第 \(seq) 条花名册的原始名册，未能逐人核对是否在册，只核对了总数",
                    en:
                        "this machine lacks the households of roster \(seq): nobody was looked up in "
                        + "it, only the totals are checked"
                ).text(Complaint.notice))
            return nil
        }
        rows = Dictionary(
            try roster.rows(of: list).map { ($0.household.identity, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// What is wrong with the lines of a file, with rule and numbers.
    func complaints(about lines: [Roster.Line]) -> [Complaint] {
        lines.compactMap { line in
            let place = EntryDraft(place: line.place, values: [:]).prefix
            guard let row = rows[line.identity] else {
                return complaint(
                    place, zh: "不在第 \(seq) 条花名册上（\(line.identity)）；先更正名册并重新公示，或删去此行",
                    en:
                        "not on roster \(seq) (\(line.identity)); correct the roster and announce it "
                        + "anew, or remove the row")
            }
            let household = row.household
            guard household.amount == line.amount, household.persons == line.persons else {
                let due = Money(fen: household.amount).text()
                let paid = Money(fen: line.amount).text()
                return complaint(
                    place,
                    zh: "与第 \(seq) 条花名册第 \(row.ordinal) 行不符：应为 \(household.persons) 人 \(due) 元，"
                        + "实为 \(line.persons) 人 \(paid) 元；请改为一致",
                    en: "differs from row \(row.ordinal) of roster \(seq): expected "
                        + "\(household.persons) persons and \(due) yuan, found \(line.persons) and "
                        + "\(paid); make them agree")
            }
            return nil
        }
    }

    private func complaint(_ place: String, zh: String, en: String) -> Complaint {
        guard let info = Audit.rules.first(where: { $0.code == .r05 }) else {
            preconditionFailure("RosterMembership: R05 is a rule")
        }
        return Complaint(
            Message(
                zh: "\(place)规则 \(info.code.rawValue) \(info.title.zh)：" + zh,
                en: "\(place)rule \(info.code.rawValue), \(info.title.en): " + en))
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefAudit
import ReliefModel

// The next command after findings about rosters, notices, changes of purpose and carry-overs.
extension NextStep {
    func lifecycle(_ finding: Finding) -> Message? {
        switch entry(finding) {
        case .batch(let batch):
            finding.rule == .d01 ? unannounced(batch, finding) : mismatch(batch)
        case .notice(let notice):
            same("核对花名册的户数和金额", "look at the roster", "relief show \(notice.target)")
        case .repurpose(let repurpose): repurposed(repurpose)
        case .carryover(let carryover): carriedOver(carryover, finding)
        default: nil
        }
    }

    private func unannounced(_ batch: BatchEntry, _ finding: Finding) -> Message? {
        let book = journal.book
        guard let cited = batch.roster, let roster = book.roster(seq: cited) else {
            let fitting = book.rosters.last {
                $0.entry.grant == batch.spending.grant && $0.entry.item == batch.spending.item
                    && $0.entry.period == batch.period && $0.replacedBy == nil
                    && $0.entry.stage == .approved
            }
            return fitting.map {
                same("引用已定的花名册", "cite the approved roster", "--roster \($0.seq)")
            }
                ?? same(
                    "先记录花名册（relief post，种类 roster），再公示",
                    "record the roster first (relief post, "
                        + "kind roster), then its notice", "relief notice --target …")
        }
        let command =
            "relief notice --target \(cited) --round \(min(roster.notices.count + 1, 9)) "
            + "--place '…' --date … --until …"
        if let open = roster.objections.first(where: { $0.end == nil }) {
            return same(
                "先办结异议", "decide on the objection first",
                "relief object --target \(open.seq) --outcome … --reason '…'")
        }
        if case .text(let expected)? = finding.expected, expected.hasPrefix("> ") {
            return Message(
                zh: "公示结束后再发放：--date 写 \(expected.dropFirst(2)) 之后的日期",
                en: "pay once the notice has ended: --date after \(expected.dropFirst(2))")
        }
        return Message(
            zh: "公示：\(command)；情况紧急、确需先发的，由另一人例外批准：\(override(finding))",
            en: "post it: \(command); if it cannot wait, a second person admits it: "
                + override(finding))
    }

    private func mismatch(_ batch: BatchEntry) -> Message? {
        guard let cited = batch.roster, let roster = journal.book.roster(seq: cited) else {
            return nil
        }
        if let newer = roster.replacedBy {
            return same("引用现行花名册", "cite the roster in force", "--roster \(newer)")
        }
        return same(
            "核对花名册；有变动的，记录替代它的花名册（replaces \(cited)）并重新公示",
            "check the roster; where it has changed, record one that replaces it (replaces "
                + "\(cited)) and post that", "relief show \(cited)")
    }

    private func repurposed(_ repurpose: RepurposeEntry) -> Message {
        Message(
            zh: "报有权的级次批准后，以其文号记录（--level、--document-number）；不再使用的缴回：relief return "
                + "--unit \(repurpose.unit) --grant \(repurpose.grant) "
                + "--amount \(yuan(repurpose.amount))",
            en: "ask the level that may approve it and record its document (--level, "
                + "--document-number); money without use goes back: relief return --unit "
                + "\(repurpose.unit) --grant \(repurpose.grant) --amount \(yuan(repurpose.amount))")
    }

    private func carriedOver(_ carryover: CarryoverEntry, _ finding: Finding) -> Message {
        if case .money? = finding.expected {
            return same(
                "查看余额", "look at the balance",
                "relief balance --grant \(carryover.grant) --unit \(carryover.unit)")
        }
        return Message(
            zh: "不写 --into，以相同条件另立下一年度的指标；或改为条件相同的指标，见 relief show \(carryover.grant)",
            en:
                "leave --into out, and a grant of the same terms is opened; or name one of the same "
                + "terms, see relief show \(carryover.grant)")
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefAudit
import ReliefModel

/// What no rule forbids and an officer will still want to look at twice, said when it is recorded
/// and not when it is too late to mend.
struct PlausibilityReview {
    private let rows: [PostingPlan.Row]
    private let outcome: Journal

    /// - Parameter outcome: The journal with the rows in it.
    init(_ rows: [PostingPlan.Row], in outcome: Journal) {
        self.rows = rows
        self.outcome = outcome
    }

    /// Everything to be said, receipts first.
    var warnings: [Complaint] {
        rows.compactMap(early) + excessReceipts() + rows.compactMap(shortNotice)
    }

    // MARK: - Receipts

    /// A receipt that is dated before the money was sent.
    private func early(_ row: PostingPlan.Row) -> Complaint? {
        guard case .movement(let receipt) = outcome.record(seq: row.seq)?.entry,
            receipt.kind == .receipt, let target = receipt.target,
            let sent = sentDate(target), receipt.date < sent
        else { return nil }
        return Complaint(
            zh: "\(row.draft.prefix)到账日期 \(receipt.date) 早于第 \(target) 条的下达日期 \(sent)；请核对收款凭证",
            en:
                "\(row.draft.prefix)received on \(receipt.date), before record \(target) sent it on "
                + "\(sent); check the bank's voucher")
    }

    private func sentDate(_ seq: Int) -> CivilDate? {
        switch outcome.record(seq: seq)?.entry {
        case .grant(let terms): terms.date
        case .movement(let movement): movement.date
        default: nil
        }
    }

    /// A unit that says it received more than was sent to it.
    private func excessReceipts() -> [Complaint] {
        var warnings: [Complaint] = []
        var open: [Int: Int64] = [:]
        let targets = Set(
            rows.compactMap { row -> Int? in
                guard case .movement(let movement) = outcome.record(seq: row.seq)?.entry,
                    movement.kind == .receipt
                else { return nil }
                return movement.target
            })
        guard !targets.isEmpty else { return [] }
        let drafts = Dictionary(
            rows.map { ($0.seq, $0.draft) }, uniquingKeysWith: { first, _ in first })
        for record in outcome.records {
            switch record.entry {
            case .grant(let terms) where targets.contains(record.seq):
                open[record.seq] = terms.amount
            case .movement(let movement):
                if movement.kind == .allocation, targets.contains(record.seq) {
                    open[record.seq] = movement.amount
                }
                guard movement.kind == .receipt, let target = movement.target,
                    let left = open[target]
                else { continue }
                let (rest, overflow) = left.subtractingReportingOverflow(movement.amount)
                open[target] = overflow ? .min : rest
                guard movement.amount > left, let draft = drafts[record.seq] else { continue }
                warnings.append(Self.excess(movement, target, left, draft))
            default: continue
            }
        }
        return warnings
    }

    private static func excess(
        _ movement: Movement, _ target: Int, _ left: Int64, _ draft: EntryDraft
    ) -> Complaint {
        let amount = Money(fen: movement.amount).text()
        let rest = Money(fen: max(left, 0)).text()
        return Complaint(
            zh: "\(draft.prefix)确认到账 \(amount) 元，而第 \(target) 条尚未确认的只有 \(rest) 元；请核对收款凭证",
            en:
                "\(draft.prefix)\(amount) yuan is acknowledged, of which \(rest) was sent by record "
                + "\(target) and not yet acknowledged; check the bank's voucher")
    }

    // MARK: - Notices

    /// A notice that hangs for fewer days than the policy will ask for when the list is paid (D01).
    private func shortNotice(_ row: PostingPlan.Row) -> Complaint? {
        guard case .notice(let notice) = outcome.record(seq: row.seq)?.entry,
            let policy = outcome.book.policy?.policy,
            let purpose = outcome.book.grant(seq: notice.grant)?.terms.purpose,
            let clock = policy.noticeClock(
                purpose: purpose, at: Policy.ClockLevel(notice.unit.level)),
            case let days = clock.days(policy, from: notice.date, through: notice.until),
            days < clock.days
        else { return nil }
        return Complaint(
            Message(
                zh: "\(row.draft.prefix)公示 \(days) 天，政策要求 \(clock.days) 天（首日、末日都算）；凭这次公示不能发放（D01）",
                en: "\(row.draft.prefix)posted for \(days) days, and the policy asks for "
                    + "\(clock.days), the first and the last included; this notice alone allows no "
                    + "payment (D01)"),
            hint: Message(
                zh: "日期写错的，照实再记一次公示；确实只挂了这些天的，须另行公示足够天数",
                en:
                    "if a date is wrong, record the notice again as it was; if it was taken down too "
                    + "early, post the list again for long enough"))
    }
}

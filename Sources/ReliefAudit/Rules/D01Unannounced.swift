// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// D01 公示不足: households are paid whose roster was not posted for long enough.
struct D01Unannounced: Rule {
    static let info = RuleInfo(
        code: .d01, severity: .refuse, isOverridable: true, isRefusedByWriter: true,
        title: Message(zh: "公示不足", en: "roster not announced"),
        citation: Message(
            zh: "自然灾害救助条例第20条（评议、公示、无异议后审批）、第26条（公开）；公示天数以政策为准，法规没有天数",
            en: "Relief Regulations Art. 20 (review, notice, approval once nobody objects), 26 "
                + "(publicity); the days are the policy's, no regulation sets any"),
        documentation: Message(
            zh: "政策对该指标的用途规定了公示期的，发放批次须引用救助花名册，该花名册须已公示，其中一次公示（首日至末日，两日都算）"
                + "达到规定天数，批次的业务日期须在各次公示的末日之后，且对它和它所替代的各阶段名册没有尚未办结的异议；缺一项即报告一项。"
                + "只看批次之前记账的公示和异议。引用的花名册是否已定、与发放是否一致归 R05。",
            en:
                "Where the policy sets a notice for the grant's purpose, a batch must cite a roster "
                + "that was posted, at least once for the days of the policy (the first and the last "
                + "day count), must be dated after the last day of every notice, and no objection to "
                + "it or to a roster that it replaces may be open; each thing that is missing is one finding. Notices and objections "
                + "count that stand before the batch. Whether the roster is approved and agrees with "
                + "the payments is R05's."))

    private var checkedCount = 0

    mutating func observe(
        _ entry: Entry, seq: Int, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        guard case .batch(let batch) = entry, let grant = effect.grant,
            let policy = book.policy?.policy,
            let clock = policy.noticeClock(
                purpose: book.grants[grant].terms.purpose,
                at: Policy.ClockLevel(batch.spending.unit.level))
        else { return }
        checkedCount += 1
        let found = { (message: Message, expected: String, actual: String, days: Int64?) in
            Finding(
                Self.info, seq: seq, unit: batch.spending.unit, grant: batch.spending.grant,
                message, expected: .text(expected), actual: .text(actual), difference: days,
                breach: Finding.Breach(
                    amount: batch.spending.amount, date: batch.spending.date))
        }
        guard let cited = batch.roster, let roster = book.roster(seq: cited) else {
            findings.append(
                found(
                    Message(
                        zh:
                            "用途 \(book.grants[grant].terms.purpose) 的发放须先公示 \(clock.days) 天，批次没有引用花名册",
                        en: "purpose \(book.grants[grant].terms.purpose) is paid after a notice of "
                            + "\(clock.days) days, and the batch cites no roster"),
                    "roster", "–", nil))
            return
        }
        var (last, longest): (CivilDate?, Int) = (nil, 0)
        for notice in roster.notices {
            let entry = notice.entry
            last = max(last ?? entry.until, entry.until)
            longest = max(longest, clock.days(policy, from: entry.date, through: entry.until))
        }
        guard let last else {
            findings.append(
                found(
                    Message(
                        zh: "第 \(cited) 条花名册没有公示过，须公示 \(clock.days) 天",
                        en: "roster \(cited) was never posted, and \(clock.days) days are due"),
                    "notice", "–", nil))
            return
        }
        if longest < clock.days {
            findings.append(
                found(
                    Message(
                        zh: "第 \(cited) 条花名册公示最长 \(longest) 天，须 \(clock.days) 天（\(clock.citation)）",
                        en: "roster \(cited) was posted for \(longest) days at most, and "
                            + "\(clock.days) are due (\(clock.citation))"),
                    "≥ \(clock.days)", "\(longest)", Int64(clock.days - longest)))
        }
        if batch.spending.date <= last {
            findings.append(
                found(
                    Message(
                        zh: "业务日期 \(batch.spending.date) 时公示还未结束，末日为 \(last)",
                        en: "dated \(batch.spending.date), when the notice had not ended: its last "
                            + "day is \(last)"),
                    "> \(last)", "\(batch.spending.date)",
                    Int64(last.day - batch.spending.date.day) + 1))
        }
        for objection in book.objections(toOrBefore: roster) where objection.end == nil {
            findings.append(
                found(
                    Message(
                        zh: "第 \(objection.seq) 条异议（\(objection.entry.date)）尚未办结",
                        en: "objection \(objection.seq) of \(objection.entry.date) is open"),
                    "upheld | rejected", "–", nil))
        }
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        checkedCount > 0
            ? .clean
            : .notApplicable(
                Message(
                    zh: "没有政策要求先公示的发放批次",
                    en: "no batch of a purpose for which the policy asks for a notice"))
    }
}

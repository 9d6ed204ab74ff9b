// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// R05 名册—公示—发放不一致: what is paid, what was posted and what was approved differ.
struct R05RosterMismatch: Rule {
    static let info = RuleInfo(
        code: .r05, severity: .refuse, isOverridable: false, isRefusedByWriter: true,
        title: Message(zh: "名册、公示、发放不一致", en: "roster, notice and payments differ"),
        citation: Message(
            zh: "自然灾害救助条例第20条（评议、公示、审核、审批）、第26条（公开）；户报、村评、乡审、县定的通行做法",
            en:
                "Relief Regulations Art. 20 (review, notice, examination, approval), 26 (publicity); "
                + "the practice of review by village, township and county"),
        documentation: Message(
            zh: "批次引用的花名册还没有县定、已被替代、属于其他上下级线上的单位、项目或期间不同，或有成立的异议（须先以新的花名册替代），即报告；"
                + "引用同一花名册的各批次，户数、金额、人数之和超出花名册的，也报告（取消的发放退还其户数、金额和人数）。"
                + "公示的户数或金额与花名册不同的，报告该公示。引用其他指标的花名册归 E02。",
            en:
                "Fires where a batch cites a roster that is not approved, was replaced, is of a unit "
                + "of another line or of another item or period, or has an upheld objection (a new roster "
                + "must take its place first); and where the batches that cite one roster come to "
                + "more payments, money or persons than it has (a cancelled payment gives its own "
                + "back). A notice whose households or amount differ from its roster's is reported "
                + "itself. A roster of another grant is E02's."))

    private var checkedCount = 0

    mutating func observe(
        _ entry: Entry, seq: Int, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        switch entry {
        case .batch(let batch):
            guard let cited = batch.roster, let roster = book.roster(seq: cited) else { return }
            checkedCount += 1
            let about = About(
                seq: seq, unit: batch.spending.unit, grant: batch.spending.grant, roster: roster)
            standing(batch, about, into: &findings)
            totals(about, into: &findings)
        case .notice(let notice):
            guard let roster = book.roster(seq: notice.target) else { return }
            checkedCount += 1
            compare(
                notice,
                About(seq: seq, unit: notice.unit, grant: notice.grant, roster: roster),
                into: &findings)
        default: return
        }
    }

    /// Looks at the persons once the lines of a batch have come.
    mutating func observe(
        _ payment: Payment, _ effect: Effect, in book: inout FundBook,
        into findings: inout [Finding]
    ) {
        guard let batch = book.lastBatch, let index = batch.roster, batch.linesLeft == 0 else {
            return
        }
        let roster = book.rosters[index]
        guard roster.paidPersons > roster.entry.persons else { return }
        let about = About(
            seq: batch.seq, unit: payment.unit, grant: payment.grant, roster: roster)
        findings.append(about.excess("人", "persons", roster.entry.persons, roster.paidPersons))
    }

    /// Where a finding lies, and the roster that it is about.
    private struct About {
        let seq: Int
        let unit: UnitID
        let grant: Int
        let roster: RosterPosition

        func finding(
            _ message: Message, expected: Finding.Value, actual: Finding.Value,
            difference: Int64? = nil
        ) -> Finding {
            Finding(
                R05RosterMismatch.info, seq: seq, unit: unit, grant: grant, message,
                expected: expected, actual: actual, difference: difference)
        }

        func excess(_ zh: String, _ en: String, _ due: Int, _ paid: Int) -> Finding {
            finding(
                Message(
                    zh: "第 \(roster.seq) 条花名册有 \(due) \(zh)，引用它的批次共发 \(paid) \(zh)",
                    en: "roster \(roster.seq) has \(due) \(en), and the batches that cite it pay "
                        + "\(paid)"),
                expected: .text("≤ \(due)"), actual: .text("\(paid)"),
                difference: Int64(paid - due))
        }
    }

    private func standing(
        _ batch: BatchEntry, _ about: About, into findings: inout [Finding]
    ) {
        let roster = about.roster
        func add(_ zh: String, _ en: String, expected: String, actual: String) {
            findings.append(
                about.finding(
                    Message(zh: "第 \(roster.seq) 条花名册" + zh, en: "roster \(roster.seq) " + en),
                    expected: .text(expected), actual: .text(actual)))
        }
        if roster.entry.stage != .approved {
            add(
                "只到“\(roster.entry.stage.name.zh)”，还没有县定",
                "is only \(roster.entry.stage.name.en), not approved by the county",
                expected: RosterStage.approved.rawValue, actual: roster.entry.stage.rawValue)
        }
        if let newer = roster.replacedBy {
            add(
                "已被第 \(newer) 条替代", "was replaced by \(newer)", expected: "roster \(newer)",
                actual: "roster \(roster.seq)")
        }
        let (unit, paying) = (roster.entry.unit, batch.spending.unit)
        if !unit.contains(paying), !paying.contains(unit) {
            add(
                "属 \(unit)，与 \(paying) 不在同一上下级线上",
                "is of \(unit), which neither contains \(paying) nor lies in it",
                expected: "\(paying)", actual: "\(unit)")
        }
        if roster.entry.item != batch.spending.item {
            add(
                "的项目是“\(roster.entry.item)”，批次是“\(batch.spending.item)”",
                "is of item \(roster.entry.item), the batch of \(batch.spending.item)",
                expected: roster.entry.item, actual: batch.spending.item)
        }
        if roster.entry.period != batch.period {
            add(
                "的期间是“\(roster.entry.period)”，批次是“\(batch.period)”",
                "is for \(roster.entry.period), the batch for \(batch.period)",
                expected: roster.entry.period, actual: batch.period)
        }
        for objection in roster.objections where objection.end?.outcome == .upheld {
            add(
                "的第 \(objection.seq) 条异议成立，须先以新的花名册替代",
                "has objection \(objection.seq), which was upheld: a new roster takes its place "
                    + "first",
                expected: "replaces \(roster.seq)", actual: "roster \(roster.seq)")
        }
    }

    private func totals(_ about: About, into findings: inout [Finding]) {
        let roster = about.roster
        if roster.paidCount > roster.entry.count {
            findings.append(about.excess("户", "households", roster.entry.count, roster.paidCount))
        }
        let paid = Int64(clamping: roster.paidAmount)
        guard paid > roster.entry.amount else { return }
        findings.append(
            about.finding(
                Message(
                    zh:
                        "第 \(roster.seq) 条花名册共 \(Money(fen: roster.entry.amount).text()) 元，引用它的批次共发 "
                        + "\(Money(fen: paid).text()) 元",
                    en: "roster \(roster.seq) comes to \(Money(fen: roster.entry.amount).text()) "
                        + "yuan, and the batches that cite it to \(Money(fen: paid).text())"),
                expected: .money(roster.entry.amount), actual: .money(paid),
                difference: paid - roster.entry.amount))
    }

    private func compare(
        _ notice: NoticeEntry, _ about: About, into findings: inout [Finding]
    ) {
        let roster = about.roster.entry
        if notice.count != roster.count {
            findings.append(
                about.finding(
                    Message(
                        zh: "公示 \(notice.count) 户，第 \(notice.target) 条花名册 \(roster.count) 户",
                        en: "\(notice.count) households are posted, and roster \(notice.target) "
                            + "has \(roster.count)"),
                    expected: .text("\(roster.count)"), actual: .text("\(notice.count)"),
                    difference: Int64(notice.count - roster.count)))
        }
        if notice.amount != roster.amount {
            findings.append(
                about.finding(
                    Message(
                        zh: "公示 \(Money(fen: notice.amount).text()) 元，第 \(notice.target) 条花名册 "
                            + "\(Money(fen: roster.amount).text()) 元",
                        en: "\(Money(fen: notice.amount).text()) yuan are posted, and roster "
                            + "\(notice.target) comes to \(Money(fen: roster.amount).text())"),
                    expected: .money(roster.amount), actual: .money(notice.amount),
                    difference: notice.amount - roster.amount))
        }
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        checkedCount > 0
            ? .clean
            : .notApplicable(
                Message(
                    zh: "没有公示，也没有引用花名册的批次", en: "no notice, and no batch that cites a roster"))
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// E02 跨资金挪用: an entry of one grant rests on a plan, decision, batch or target of another.
struct E02CrossGrant: Rule {
    static let info = RuleInfo(
        code: .e02, severity: .refuse, isOverridable: false, isRefusedByWriter: true,
        title: Message(zh: "跨资金挪用", en: "one grant's money on another's papers"),
        citation: Message(
            zh: "自然灾害救助条例第24条（专款专用）、第29条（三）（挪用）；预算法第93条（四）",
            en: "Relief Regulations Art. 24 (earmark), 29(3) (diversion); Budget Law Art. 93(4)"),
        documentation: Message(
            zh: "发放批次、支出引用的使用方案、集体研究或救助花名册，公示所指的花名册，发放明细所属的批次，结果、重发、取消、冲正、追回等所指的记录，"
                + "或被替代的使用方案，属于另一笔指标，即报告。资金仍按本条所写的指标入账：只有调整用途（E06）、结转（B05）和预拨清算能使钱跨指标移动；"
                + "预拨清算转入另一用途的指标，也即报告。",
            en:
                "Fires where the plan, decision or roster that a batch or expense cites, the roster of a "
                + "notice, the batch of a "
                + "payment, the target of a result, reissue, cancellation, reversal, recoverable or "
                + "recovery, or the plan that is replaced, is of another grant. The money moves in "
                + "the grant that the entry names: only a change of purpose (E06), a carry-over "
                + "(B05) and a settlement move it across, and a settlement into a grant of another "
                + "purpose fires, too."))

    private var checkedCount = 0

    mutating func observe(
        _ movement: Movement, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: inout FundBook, into findings: inout [Finding]
    ) {
        checkedCount += 1
        guard let cited = effect.citedGrant else { return }
        report(
            movement.seq, movement.unit, movement.grant, cites: movement.target ?? 0,
            of: book.grants[cited].seq, &findings)
    }

    mutating func observe(
        _ payment: Payment, _ effect: Effect, in book: inout FundBook,
        into findings: inout [Finding]
    ) {
        guard let cited = effect.citedGrant else { return }
        report(
            payment.seq, payment.unit, payment.grant, cites: payment.batch,
            of: book.grants[cited].seq, &findings)
    }

    mutating func observe(
        _ recorded: RecordedSpending, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        checkedCount += 1
        if let plan = recorded.plan {
            check(recorded, cites: plan.seq, of: plan.entry.grant, &findings)
        }
        if let decision = recorded.decision {
            check(recorded, cites: decision.seq, of: decision.entry.grant, &findings)
        }
    }

    mutating func observe(
        _ entry: Entry, seq: Int, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        switch entry {
        case .plan(let plan):
            guard let cited = effect.citedGrant else { return }
            report(
                seq, plan.unit, plan.grant, cites: plan.replaces ?? 0, of: book.grants[cited].seq,
                &findings)
        case .notice(let notice):
            checkedCount += 1
            guard let cited = effect.citedGrant else { return }
            report(
                seq, notice.unit, notice.grant, cites: notice.target, of: book.grants[cited].seq,
                &findings)
        case .batch(let batch):
            guard let roster = batch.roster.flatMap({ book.roster(seq: $0) }),
                roster.entry.grant != batch.spending.grant
            else { return }
            report(
                seq, batch.spending.unit, batch.spending.grant, cites: roster.seq,
                of: roster.entry.grant, &findings)
        case .settlement(let settlement):
            checkedCount += 1
            check(settlement, seq: seq, book, &findings)
        default: return
        }
    }

    private func check(
        _ recorded: RecordedSpending, cites seq: Int, of grant: Int, _ findings: inout [Finding]
    ) {
        let spending = recorded.spending
        guard grant != spending.grant else { return }
        report(recorded.seq, spending.unit, spending.grant, cites: seq, of: grant, &findings)
    }

    /// A settlement confirms what was advanced for a purpose, for that purpose.
    private func check(
        _ settlement: SettlementEntry, seq: Int, _ book: borrowing FundBook,
        _ findings: inout [Finding]
    ) {
        guard let giving = book.grant(seq: settlement.grant)?.terms.purpose,
            let receiving = book.grant(seq: settlement.into)?.terms.purpose, giving != receiving
        else { return }
        findings.append(
            Finding(
                Self.info, seq: seq, unit: settlement.unit, grant: settlement.grant,
                Message(
                    zh: "预拨的用途是 \(giving)，清算转入的第 \(settlement.into) 条指标用途是 \(receiving)；"
                        + "请转入同一用途的指标，或经批准调整用途",
                    en:
                        "the advance is for \(giving), and grant \(settlement.into) that settles it "
                        + "for \(receiving); name a grant of the same purpose, or have the purpose "
                        + "changed"),
                expected: .text(giving), actual: .text(receiving)))
    }

    private func report(
        _ seq: Int, _ unit: UnitID, _ grant: Int, cites target: Int, of other: Int,
        _ findings: inout [Finding]
    ) {
        findings.append(
            Finding(
                Self.info, seq: seq, unit: unit, grant: grant,
                Message(
                    zh: "本条属第 \(grant) 条指标，所引用的第 \(target) 条属第 \(other) 条指标；请引用同一指标的记录",
                    en: "this entry is of grant \(grant) and cites record \(target), which is of "
                        + "grant \(other); cite a record of the same grant"),
                expected: .text("\(other)"), actual: .text("\(grant)")))
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        checkedCount > 0
            ? .clean : .notApplicable(Message(zh: "没有资金往来", en: "no movement"))
    }
}

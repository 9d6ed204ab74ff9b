// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel

// Entries that name an earlier one take their unit and grant from it.
extension EntryReader {
    /// Result, reissue, cancel: what becomes of a payment, which is answered whole.
    mutating func answer(_ draft: EntryDraft, _ kind: EntryKind) -> EntryFields? {
        let target = reference(draft, .target, to: [.payment])
        let facts = target.flatMap { self.facts(of: $0) }
        if let facts { agree(draft, with: facts) }
        let date = businessDate(draft)
        let outcome = kind == .result ? outcome(draft) : nil
        let needsReason = kind == .cancel || outcome == .failed || outcome == .returned
        let reason = needsReason ? text(draft, .reason, 200) : optionalText(draft, .reason, 200)
        if outcome == .settled, draft.values[.reason] != nil {
            complain(
                draft, .reason, zh: "已到账的结果没有原因，应为空；请清空",
                en: "a settled result has no reason, expected nothing; clear it")
        }
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let target, let facts, let amount = facts.amount, let date,
            kind != .result || outcome != nil, !needsReason || reason != nil
        else { return nil }
        return Movement(
            kind: kind, grant: facts.grant, target: target, unit: facts.unit, amount: amount,
            date: date, outcome: outcome
        ).fields(MovementText(document: document, reason: reason, memo: memo))
    }

    /// The bank's word, as the ledger, the office or the bank says it.
    private mutating func outcome(_ draft: EntryDraft) -> Movement.Outcome? {
        let words = Movement.Outcome.allCases.map(\.word).joined(separator: " ")
        guard let text = draft.values[.outcome] else {
            missing(draft, .outcome, expected: words)
            return nil
        }
        if let outcome = Self.outcome(text) { return outcome }
        let names = Movement.Outcome.allCases.map(\.title.zh).joined(separator: "、")
        complain(
            draft, .outcome, zh: "“\(text)”不是代发结果，应为 \(names)（\(words)）之一；请改正",
            en: "“\(text)” is no outcome, expected one of \(words); correct it")
        return nil
    }

    /// The outcome of a word.
    static func outcome(_ text: String) -> Movement.Outcome? {
        switch text {
        case "成功", "发放成功", "已到账", "settled": .settled
        case "失败", "发放失败", "failed": .failed
        case "退汇", "事后退汇", "returned": .returned
        default: nil
        }
    }

    /// Reversal, recoverable, recovery: all or a part of an earlier entry.
    mutating func correction(_ draft: EntryDraft, _ kind: EntryKind, seq: Int) -> EntryFields? {
        let target = reference(draft, .target, to: Self.targets(of: kind))
        let facts = target.flatMap { self.facts(of: $0) }
        if let facts { agree(draft, with: facts, exceptAmount: true) }
        let amount = correctedAmount(draft, kind, target)
        let date = businessDate(draft)
        let reason = kind == .recovery ? nil : text(draft, .reason, 200)
        let document = document(draft)
        let memo = optionalText(draft, .memo, 1000)
        guard let target, let facts, let amount, let date, kind == .recovery || reason != nil else {
            return nil
        }
        take(amount, of: target)
        note(EntryFacts(unit: facts.unit, grant: facts.grant, amount: amount), seq: seq)
        return Movement(
            kind: kind, grant: facts.grant, target: target, unit: facts.unit, amount: amount,
            date: date
        ).fields(MovementText(document: document, reason: reason, memo: memo))
    }

    /// What an entry of a kind may name.
    private static func targets(of kind: EntryKind) -> Set<EntryKind> {
        switch kind {
        case .recoverable: [.payment, .expense]
        case .recovery: [.irregular, .recoverable]
        default:
            [
                .allocation, .recall, .return, .expense, .irregular, .recoverable, .recovery,
                .repurpose, .carryover, .settlement,
            ]
        }
    }

    /// The amount given, else what is left of the target, where all of it can be meant.
    private mutating func correctedAmount(
        _ draft: EntryDraft, _ kind: EntryKind, _ target: Int?
    ) -> Int64? {
        guard draft.values[.amount] == nil, draft.values[.amountWan] == nil, kind != .recoverable
        else { return amount(draft) }
        guard let target, let left = left(of: target) else { return nil }
        if left > 0 { return left }
        complain(
            draft, .target, zh: "第 \(target) 条已没有余额可供\(kind.title.zh)；请以 relief show \(target) 查看",
            en: "nothing is left of record \(target) for a \(kind.rawValue); look at it with "
                + "relief show \(target)")
        return nil
    }

    /// What is given although the target states it must agree with it.
    mutating func agree(
        _ draft: EntryDraft, with facts: EntryFacts, exceptAmount: Bool = false
    ) {
        if draft.values[.unit] != nil, let named = unit(draft, .unit), named != facts.unit {
            complain(
                draft, .unit, zh: "所指记录属 \(facts.unit)，而非 \(named)；请核对，或留空",
                en:
                    "the record it names is of \(facts.unit), not \(named); check both, or leave it "
                    + "out")
        }
        if draft.values[.grant] != nil, let named = reference(draft, .grant, to: [.grant]),
            named != facts.grant
        {
            complain(
                draft, .grant, zh: "所指记录属第 \(facts.grant) 条指标，而非 \(named)；请核对，或留空",
                en: "the record it names is of grant \(facts.grant), not \(named); check both, or "
                    + "leave it out")
        }
        guard !exceptAmount, Self.kind(of: draft) != .payment,
            draft.values[.amount] != nil || draft.values[.amountWan] != nil,
            let stated = amount(draft), let whole = facts.amount, stated != whole
        else { return }
        complain(
            draft, .amount,
            zh: "所指明细为 \(Money(fen: whole).text()) 元，而非 \(Money(fen: stated).text()) 元，"
                + "只能整笔处理；请核对，或留空",
            en: "the payment is of \(Money(fen: whole).text()) yuan, not "
                + "\(Money(fen: stated).text()), and is answered whole; check both, or leave it out"
        )
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// B07 预拨未清算: an advance is neither settled, given back nor spent when its term ends.
struct B07Unsettled: Rule {
    static let info = RuleInfo(
        code: .b07, severity: .warning, isOverridable: false, isRefusedByWriter: false,
        title: Message(zh: "预拨未清算", en: "advance not settled"),
        citation: Message(
            zh: "以政策为准（中央自然灾害救灾资金管理暂行办法的公开摘要有预拨和清算，未见天数）",
            en:
                "policy default (the published summary of the central funds' rules has advances and their "
                + "settlement, and no number of days)"),
        documentation: Message(
            zh: "政策有清算时限的，预拨指标自下达日起满时限，各单位仍有可用或已承诺的余额，"
                + "即提示余额：应记录预拨清算转入正式指标，或缴回。由预拨结转、调整用途另立的指标从原预拨的下达日起算。"
                + "已支出的视为已用于该用途，不再要求清算；清算加缴回多于预拨的归 B04（可用数为负）和 B08。",
            en:
                "Where the policy has a clock for it (settlement): fires for an advance grant of which "
                + "units still have money available or committed when the term that begins with the "
                + "grant's date has ended; it is to be settled into the final grant, or returned. A "
                + "grant that a carry-over or change of purpose opened from an advance counts from "
                + "the advance's own date. What was spent has found its use and is not asked for. "
                + "More settled and returned than was advanced is B04's (available below zero) and "
                + "B08's."))

    func conclude(_ book: borrowing FundBook, asOf: CivilDate, into findings: inout [Finding]) {
        let unsettled = Self.unsettled(book)
        for (index, grant) in book.grants.enumerated() where grant.terms.type == .advance {
            let amount = unsettled[index]
            let advance = Self.origin(of: grant, book)
            guard amount > 0, let policy = book.policy(inForceAt: advance.seq),
                let clock = policy.clock(
                    .settlement, at: Policy.ClockLevel(advance.terms.unit.level)),
                let deadline = policy.deadline(clock, after: advance.terms.date), asOf > deadline
            else { continue }
            let fen = Int64(clamping: amount)
            findings.append(
                Finding(
                    Self.info, seq: grant.seq, unit: grant.terms.unit, grant: grant.seq,
                    Message(
                        zh: "\(advance.terms.date) 的预拨应于 \(deadline) 前清算（\(clock.citation)），"
                            + "仍有 \(Money(fen: fen).text()) 元未清算、未缴回、未支出；请清算转入正式指标，或缴回",
                        en: "the advance of \(advance.terms.date) was to be settled by \(deadline) "
                            + "(\(clock.citation)); \(Money(fen: fen).text()) yuan is neither "
                            + "settled, returned nor spent; settle it into the final grant, or "
                            + "return it"),
                    expected: .money(0), actual: .money(fen),
                    difference: Int64(asOf.day - deadline.day)))
        }
    }

    /// Fen still in hand of each advance, by the grant's index.
    private static func unsettled(_ book: borrowing FundBook) -> [Int128] {
        var sums = Array(repeating: Int128(0), count: book.grants.count)
        guard book.grants.contains(where: { $0.terms.type == .advance }) else { return sums }
        for index in book.accounts.indices {
            let account = book.accounts[index]
            sums[account.grant] += Int128(account[.available]) + Int128(account[.committed])
        }
        return sums
    }

    /// The grant that money of a twin came from first.
    private static func origin(of grant: Grant, _ book: borrowing FundBook) -> Grant {
        var origin = grant
        while let seq = origin.twinOf, let earlier = book.grant(seq: seq) { origin = earlier }
        return origin
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        guard book.grants.contains(where: { $0.terms.type == .advance }) else {
            return .notApplicable(Message(zh: "没有预拨", en: "nothing was advanced"))
        }
        let isClocked = book.policies.contains {
            $0.policy.clocks.contains { $0.code == .settlement }
        }
        return isClocked
            ? .clean
            : .notApplicable(
                Message(zh: "政策没有清算时限", en: "the policy sets no clock for settlements"))
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// R04 标准不符: a household gets more or less than the rate says.
struct R04WrongRate: Rule {
    static let info = RuleInfo(
        code: .r04, severity: .violation, isOverridable: true, isRefusedByWriter: true,
        title: Message(zh: "标准不符", en: "not at the rate"),
        citation: Message(
            zh: "财政违法行为处罚处分条例第6条（四）、预算法第95条（三）（提高标准）；克扣见自然灾害救助条例第29条",
            en: "Regulations on Penalties for Fiscal Violations Art. 6(4), Budget Law Art. 95(3) "
                + "(raised standards); Relief Regulations Art. 29 (withheld aid)"),
        documentation: Message(
            zh: "明细金额不等于标准乘以人数（按户的为标准，按人·天的再乘以天数），即报告，少发为克扣，多发为超标。"
                + "标准取批次所写，批次没有写的取现行政策；都没有的不适用。批次所写与政策不同的（包括按人、按户之别），报告该批次。",
            en:
                "Fires where a payment is not the rate times its persons (the rate alone per household, "
                + "times the days per person and day): short is withheld, long is above the "
                + "standard. The rate is the batch's, else the policy's; without either the rule does "
                + "not apply. A batch whose rate differs from the policy's, also by being per something"
                + " else, is reported itself."))

    private var checkedCount = 0

    mutating func observe(
        _ payment: Payment, _ effect: Effect, in book: inout FundBook,
        into findings: inout [Finding]
    ) {
        guard let batch = book.lastBatch, let rate = batch.rate else { return }
        checkedCount += 1
        let due = Self.due(rate, days: batch.days, persons: payment.persons)
        guard due != payment.amount else { return }
        findings.append(
            Finding(
                Self.info, seq: payment.seq, unit: payment.unit, grant: payment.grant,
                Message(
                    zh:
                        "按 \(Money(fen: rate.amount).text()) 元/\(rate.per.unitName.zh)，\(payment.persons) 人"
                        + (rate.per == .personDay ? "、\(batch.days) 天" : "")
                        + "应发 \(Money(fen: due).text()) 元，实发 \(Money(fen: payment.amount).text()) 元",
                    en: "at \(Money(fen: rate.amount).text()) yuan per \(rate.per.unitName.en), "
                        + "\(payment.persons) persons"
                        + (rate.per == .personDay ? " and \(batch.days) days" : "")
                        + " get \(Money(fen: due).text()), and this pays "
                        + "\(Money(fen: payment.amount).text())"),
                expected: .money(due), actual: .money(payment.amount),
                difference: payment.amount - due,
                breach: Finding.Breach(
                    amount: payment.amount, payee: payment.payee,
                    date: book.batchDate(batch.seq))))
    }

    /// Rate × persons × days; `Int64.max` where that leaves the range.
    private static func due(_ rate: BatchEntry.Rate, days: Int, persons: Int) -> Int64 {
        let factor: Int
        switch rate.per {
        case .household: factor = 1
        case .person: factor = persons
        case .personDay: factor = persons * days
        }
        let (product, overflow) = rate.amount.multipliedReportingOverflow(by: Int64(factor))
        return overflow ? .max : product
    }

    mutating func observe(
        _ entry: Entry, seq: Int, _ effect: Effect, _ seal: borrowing SealingContext,
        in book: borrowing FundBook, into findings: inout [Finding]
    ) {
        guard case .batch(let batch) = entry, let rate = batch.rate, let grant = effect.grant,
            let policy = book.policy?.policy
        else { return }
        let purpose = book.grants[grant].terms.purpose
        if policy.rate(purpose: purpose, per: rate.per)?.amount.fen == rate.amount {
            checkedCount += 1
            return
        }
        let standards = policy.rates.filter { $0.purpose == purpose }
        guard let first = standards.first else { return }
        checkedCount += 1
        let standard = standards.first { $0.per == rate.per }
        let bases = standards.map(\.per.rawValue).joined(separator: " | ")
        findings.append(
            Finding(
                Self.info, seq: seq, unit: batch.spending.unit, grant: batch.spending.grant,
                Message(
                    zh: "批次的标准与政策不同（\((standard ?? first).citation)）",
                    en: "the batch's rate is not the policy's (\((standard ?? first).citation))"),
                expected: standard.map { .money($0.amount.fen) } ?? .text(bases),
                actual: standard == nil ? .text(rate.per.rawValue) : .money(rate.amount),
                difference: standard.map { rate.amount - $0.amount.fen },
                breach: Finding.Breach(amount: batch.spending.amount, date: batch.spending.date)))
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        checkedCount > 0
            ? .clean
            : .notApplicable(
                Message(
                    zh: "没有按标准发放的明细（批次和政策都没有标准）",
                    en: "no payment by a rate (neither batch nor policy has one)"))
    }
}

extension Policy.RateBase {
    /// What a rate is per.
    fileprivate var unitName: Message {
        switch self {
        case .person: Message(zh: "人", en: "person")
        case .household: Message(zh: "户", en: "household")
        case .personDay: Message(zh: "人·天", en: "person and day")
        }
    }
}

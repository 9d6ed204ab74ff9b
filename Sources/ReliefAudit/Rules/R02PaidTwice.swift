// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import ReliefModel

/// R02 重复享受: one household is paid twice for one purpose and period.
struct R02PaidTwice: Rule {
    static let info = RuleInfo(
        code: .r02, severity: .violation, isOverridable: true, isRefusedByWriter: true,
        title: Message(zh: "重复享受", en: "paid twice"),
        citation: Message(
            zh: "自然灾害救助条例第30条（冒领）；预算法第95条（二）；社会救助暂行办法第68条",
            en:
                "Relief Regulations Art. 30 (false claims); Budget Law Art. 95(2); Interim Measures for "
                + "Social Assistance Art. 68"),
        documentation: Message(
            zh: "同一收款人、同一用途、同一期间已有一笔未取消的发放明细，又有一笔，即报告后一笔；"
                + "不同指标之间也检查。银行失败后的重发不是新的一笔；取消以后可以再发。"
                + "收款人为假名，同一期间同一人只有一个；不同期间的假名无法对应，不检查。",
            en:
                "Fires at a payment to a payee who already has one that was not cancelled, for the same "
                + "purpose and period, also across grants. A reissue after a failure is no new "
                + "payment, and after a cancellation the household may be paid again. Payees are "
                + "pseudonyms, one for each person and period; those of different periods cannot be "
                + "matched and are not."))

    /// Payments that repeat an entitlement, confirmed from the records; equal tags alone are never
    /// reported.
    static func findings<Failure: Error>(
        _ groups: [[PaymentPosition]], in book: borrowing FundBook,
        records: (Set<Int>) throws(Failure) -> [Int: [UInt8]]
    ) throws(Failure) -> [Finding] {
        guard !groups.isEmpty else { return [] }
        let payees = try records(Set(groups.joined().map(\.seq))).compactMapValues(Self.payee)
        var findings: [Finding] = []
        for group in groups {
            var earlier: [Entitlement: Earlier] = [:]
            for payment in group {
                guard let payee = payees[payment.seq] else { continue }
                let key = Entitlement(
                    payee: payee, purpose: payment.purpose, period: payment.period)
                if let first = earlier[key, default: Earlier()].add(payment) {
                    findings.append(finding(first, payment, payee, book))
                }
            }
        }
        return findings
    }

    /// What a household gets once.
    private struct Entitlement: Hashable {
        let payee: PayeeID
        let purpose: String
        let period: String
    }

    /// Payments of one entitlement, in order of recording.
    private struct Earlier {
        private var payments: [PaymentPosition] = []
        private var head = 0

        /// Adds a payment; gives the first one before it that had not been given up by then.
        mutating func add(_ payment: PaymentPosition) -> PaymentPosition? {
            // One given up before this payment is so for each later one too.
            while head < payments.count,
                payments[head].cancelledBy.map({ $0 < payment.seq }) ?? false
            {
                head += 1
            }
            payments.append(payment)
            return head < payments.count - 1 ? payments[head] : nil
        }
    }

    private static func payee(_ line: [UInt8]) -> PayeeID? {
        (try? CanonicalJSON.parse(line))?["payee"]?.string.flatMap { PayeeID($0) }
    }

    private static func finding(
        _ first: PaymentPosition, _ second: PaymentPosition, _ payee: PayeeID,
        _ book: borrowing FundBook
    ) -> Finding {
        Finding(
            info, seq: second.seq, unit: second.unit, grant: second.grant,
            Message(
                zh: "收款人 \(payee) 在“\(second.period)”已有第 \(first.seq) 条发放 "
                    + "\(Money(fen: first.amount).text()) 元，本条又发 \(Money(fen: second.amount).text()) 元；"
                    + "失败的应重发或取消，不应另发",
                en: "payee \(payee) has \(Money(fen: first.amount).text()) yuan for "
                    + "“\(second.period)” by record \(first.seq) already, and this pays "
                    + "\(Money(fen: second.amount).text()) more; reissue or cancel one that failed, "
                    + "do not pay anew"),
            expected: .money(0), actual: .money(second.amount), difference: second.amount,
            breach: Finding.Breach(
                amount: second.amount, payee: payee, date: book.batchDate(second.batch)))
    }

    func silence(_ book: borrowing FundBook) -> RuleStatus {
        book.paymentCount > 0
            ? .clean : .notApplicable(Message(zh: "没有发放明细", en: "no payment"))
    }
}

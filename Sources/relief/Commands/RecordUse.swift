// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import ReliefModel

/// What has become of a record: what is used of a ceiling, where payments stand, what is left.
struct RecordUse {
    private let journal: Journal
    private let seq: Int

    init(_ journal: Journal, seq: Int) {
        self.journal = journal
        self.seq = seq
    }

    /// Names and texts, in order; empty for records of which nothing becomes.
    var lines: [(name: String, text: String)] {
        guard let entry = journal.record(seq: seq)?.entry else { return [] }
        return own(entry) + followers
    }

    private func own(_ entry: Entry) -> [(name: String, text: String)] {
        switch entry {
        case .plan: plan
        case .decision: decision
        case .batch: batch
        case .payment: payment
        case .expense, .irregular, .repurpose, .carryover, .settlement: left
        case .finding: journal.book.finding(seq: seq).map { resolutions(of: $0) } ?? []
        case .cofund: journal.book.cofund(seq: seq).map { contributions(to: $0) } ?? []
        case .roster: journal.book.roster(seq: seq).map { roster($0) } ?? []
        case .notice: objections(journal.book.notice(seq: seq)?.notice.objections ?? [])
        case .objection:
            objections((journal.book.objection(seq: seq)?.objection).map { [$0] } ?? [])
        case .movement(let movement):
            [.result, .reissue, .cancel, .receipt].contains(movement.kind) ? [] : left
        default: []
        }
    }

    // MARK: - Ceilings

    private var plan: [(name: String, text: String)] {
        // The lines of a plan that was replaced have gone over to the new one.
        if let newer = journal.book.plan(seq: seq)?.replacedBy {
            return [
                (
                    say("已替代", "replaced"),
                    say(
                        "由第 \(newer) 条方案替代，已用数并入新方案",
                        "by plan \(newer), which carries on what was used")
                )
            ]
        }
        return journal.book.ceilings(ofPlan: seq).map { item, ceiling in
            (say("额度", "ceiling"), Self.text(item, ceiling))
        }
    }

    private var decision: [(name: String, text: String)] {
        journal.book.ceilings(ofDecision: seq).map { item, ceiling in
            let name = item.payee.map { "\(item.item) → \($0)" } ?? item.item
            return (say("额度", "ceiling"), Self.text(name, ceiling))
        }
    }

    private static func text(_ item: String, _ ceiling: Ceiling) -> String {
        let (left, _) = ceiling.limit.subtractingReportingOverflow(ceiling.used)
        return say(
            "\(item)：定额 \(yuan(ceiling.limit))，已用 \(yuan(ceiling.used))，可用 \(yuan(left))",
            "\(item): \(yuan(ceiling.limit)) yuan, used \(yuan(ceiling.used)), "
                + "left \(yuan(left))")
    }

    private static func yuan(_ fen: Int64) -> String { Money(fen: fen).text() }

    // MARK: - Payments

    private var batch: [(name: String, text: String)] {
        let payments = journal.book.payments(ofBatch: seq)
        return PaymentState.allCases.compactMap { state in
            let some = payments.filter { $0.state == state }
            guard !some.isEmpty else { return nil }
            var sum = MoneyTotal()
            for payment in some { sum.add(Money(fen: payment.amount)) }
            let amount = Self.yuan(Int64(clamping: sum.fen))
            return (
                state.title.said,
                say("\(some.count) 笔，\(amount) 元", "\(some.count) payments, \(amount) yuan")
                    + (state == .failed ? ": " + Self.list(some.map(\.seq)) : "")
            )
        }
    }

    private static func list(_ seqs: [Int]) -> String {
        let shown = seqs.prefix(20).map(String.init).joined(separator: ", ")
        return seqs.count > 20 ? shown + " …" : shown
    }

    private var payment: [(name: String, text: String)] {
        guard let payment = journal.book.payment(seq: seq) else { return [] }
        return [
            (say("状态", "state"), payment.state.title.said),
            (say("期间", "period"), payment.period),
        ]
    }

    // MARK: - Targets

    private var left: [(name: String, text: String)] {
        guard let left = journal.book.left(ofTarget: seq) else { return [] }
        return [
            (
                say("尚余", "left"),
                say(
                    "\(Self.yuan(left)) 元未冲正、未追回",
                    "\(Self.yuan(left)) yuan not reversed, reclaimed or recovered")
            )
        ]
    }

    /// Entries that name the record.
    private var followers: [(name: String, text: String)] {
        journal.records.compactMap { record in
            guard case .movement(let movement) = record.entry, movement.target == seq else {
                return nil
            }
            let kind = movement.outcome?.title ?? movement.kind.title
            return (
                say("后续", "then"),
                say(
                    "第 \(record.seq) 条 \(kind.zh) \(Self.yuan(movement.amount)) 元，\(movement.date)",
                    "seq \(record.seq), \(kind.en), \(Self.yuan(movement.amount)) yuan, "
                        + "\(movement.date)")
            )
        }
    }
}

extension PaymentState {
    /// What people call it.
    var title: Message {
        switch self {
        case .sent: Message(zh: "在银行", en: "sent")
        case .settled: Message(zh: "已到账", en: "settled")
        case .failed: Message(zh: "待处理", en: "failed")
        case .cancelled: Message(zh: "已取消", en: "cancelled")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefModel

/// What has been recorded of each payment of a batch, as far as the bank's answers need it.
struct PaymentHistory: Sendable {
    /// One payment.
    struct Line: Sendable {
        let position: PaymentPosition
        let payee: PayeeID
        var sending: Sending
    }

    /// Where a payment stands, and what was said of it.
    struct Sending: Sendable {
        let state: PaymentState
        /// When it was last sent again; nil for never.
        var reissued: CivilDate?
        /// Outcomes recorded before it was last sent again.
        var earlier: Set<Movement.Outcome> = []
        /// Outcomes recorded since it was last sent.
        var present: [Movement.Outcome: CivilDate] = [:]
    }

    private(set) var lines: [Line] = []
    /// The batch's record.
    let batch: Int

    init(batch: Int, in journal: Journal) {
        self.batch = batch
        lines = journal.book.payments(ofBatch: batch).map { position in
            guard case .payment(let payment) = journal.record(seq: position.seq)?.entry else {
                preconditionFailure("PaymentHistory: a batch's lines are payments")
            }
            return Line(
                position: position, payee: payment.payee, sending: Sending(state: position.state))
        }
        let seqs = batch + 1..<batch + 1 + lines.count
        for record in journal.records where record.seq >= seqs.upperBound {
            guard case .movement(let movement) = record.entry, let target = movement.target,
                seqs.contains(target)
            else { continue }
            note(movement, line: target - seqs.lowerBound)
        }
    }

    private mutating func note(_ movement: Movement, line: Int) {
        switch movement.kind {
        case .reissue:
            lines[line].sending.earlier.formUnion(lines[line].sending.present.keys)
            lines[line].sending.present = [:]
            lines[line].sending.reissued = movement.date
        case .result:
            if let outcome = movement.outcome {
                lines[line].sending.present[outcome] = movement.date
            }
        default: break
        }
    }
}

/// What an answer of the bank means for a payment as it stands.
enum AnswerEffect: Equatable {
    /// It is news.
    case result(Movement.Outcome)
    /// The ledger has it already.
    case known
    /// It contradicts what the ledger has.
    case contradiction(Message)
    /// It may be about the sending before the last one.
    case unclear(reissued: CivilDate)
}

extension PaymentHistory.Sending {
    /// Weighs an answer.
    ///
    /// Banks send lists that repeat earlier lines, and say 退汇 both of what never arrived and of
    /// what came back; what has been recorded decides which it is. An answer that an earlier
    /// sending has had as well is only taken with a date, or when the officer vouches for it.
    ///
    /// - Parameters:
    ///   - outcome: What the bank says.
    ///   - date: When, if its list says so.
    ///   - isLatest: Whether the officer vouches that the list is about the last sending.
    func effect(of outcome: Movement.Outcome, on date: CivilDate?, isLatest: Bool) -> AnswerEffect {
        if let reissued {
            if let date, date < reissued { return .known }
            let isFailure = outcome != .settled
            let isRepeated =
                isFailure
                ? !earlier.isDisjoint(with: [.failed, .returned]) : earlier.contains(.settled)
            // A list of the day of the reissue may come from either side of it.
            if isRepeated, !isLatest, date.map({ $0 == reissued }) ?? true,
                state == .sent || state == .settled && isFailure
            {
                return .unclear(reissued: reissued)
            }
        }
        switch (state, outcome) {
        case (.sent, .settled): return .result(.settled)
        case (.sent, _): return .result(.failed)
        case (.settled, .settled), (.failed, .failed), (.failed, .returned): return .known
        case (.settled, _): return .result(.returned)
        case (.cancelled, .failed), (.cancelled, .returned): return .known
        case (.failed, .settled):
            return .contradiction(
                Message(
                    zh: "银行说已到账，而账上是失败待重发；请向银行核实，确已到账的先记重发再记到账",
                    en:
                        "the bank says settled, the ledger says failed; ask the bank, and if it was "
                        + "paid record a reissue first"))
        case (.cancelled, .settled):
            return .contradiction(
                Message(
                    zh: "银行说已到账，而账上已取消；请向银行核实，确已付出的用 relief irregular 如实补录",
                    en: "the bank says settled, the ledger says cancelled; ask the bank, and if it "
                        + "was paid record that with relief irregular"))
        }
    }
}

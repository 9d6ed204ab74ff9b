// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefAudit
import ReliefDisclosure
import ReliefModel
import ReliefRoster

/// The way of a roster to a batch of payments, whether it comes from a file or from the private
/// roster.
struct RosterPayment {
    private let roster: Roster
    /// What the officer has said of the batch.
    private let options: [EntryField: String]
    /// Whether the rows are those of the roster itself.
    private let isFromList: Bool

    init(_ roster: Roster, _ options: [EntryField: String], isFromList: Bool = false) {
        self.roster = roster
        self.options = options
        self.isFromList = isFromList
    }

    /// Records the batch, or says where the ledger holds it already.
    func record(_ recording: RecordingOptions, command: String) throws(CommandFailure) {
        var session = try Recording(recording, command: command)
        try record(in: &session)
    }

    /// The same in a session that is open.
    func record(in session: inout Recording) throws(CommandFailure) {
        let head = try head(on: session.ledger, at: session.path, header: try session.header())
        let period = try PeriodKey(head.period, of: session.ledger, at: session.path)
        if var key = try period.existing() {
            let id = try postingID(&key)
            if try isRecorded(head, id, in: session.ledger) { return }
            return try record(head, &key, id: id, in: &session)
        }
        // What the rules refuse must not leave a key behind.
        var passing = try period.passing()
        let trial = plan(head, &passing, on: session.ledger, try session.header())
        try trial.requireClean()
        var key = try period.create()
        let id = try postingID(&key)
        try record(head, &key, id: id, in: &session)
        Terminal.complain(period.notice.text(Complaint.notice))
    }

    /// The batch, checked but for what needs pseudonyms.
    private struct Head {
        let seq: Int
        let fields: EntryFields
        let draft: EntryDraft
        let facts: EntryFacts
        let period: String

        func value(_ name: String) -> JSONValue? {
            fields.first { $0.0 == name }?.1
        }
    }

    /// Checks options and rows together, so that all mistakes are told at once.
    private func head(
        on ledger: VerifiedLedger<Journal>, at path: String, header: PostingHeader
    ) throws(CommandFailure) -> Head {
        let builder = PostingBuilder(continuing: ledger, header: header)
        var reader = EntryReader(ledger, today: BusinessDay.of(header.at))
        var values = options
        values[.kind] = EntryKind.batch.rawValue
        let draft = EntryDraft(place: .options, values: values)
        // Of a roster with mistakes the total is not known; the rest is checked all the same.
        let total = BatchTotal(count: roster.rowCount, amount: roster.total ?? 1)
        let fields = reader.read(batch: draft, total: total, seq: builder.nextSeq)
        let complaints = reader.complaints + roster.complaints
        guard complaints.isEmpty, let fields, let facts = reader.facts(of: builder.nextSeq),
            let period = options[.period]
        else { throw CommandFailure(.usage, complaints) }
        try requireMembership(on: ledger, at: path)
        return Head(
            seq: builder.nextSeq, fields: fields, draft: draft, facts: facts, period: period)
    }

    /// Everybody in the file is on the roster that it cites, where that can be looked up.
    private func requireMembership(
        on ledger: VerifiedLedger<Journal>, at path: String
    ) throws(CommandFailure) {
        guard !isFromList, let seq = options[.roster].flatMap({ Int($0) }),
            let members = try RosterMembership(roster: seq, on: ledger, at: path)
        else { return }
        let complaints = members.complaints(about: roster.lines)
        guard complaints.isEmpty else { throw CommandFailure(.refused, complaints) }
    }

    private func plan(
        _ head: Head, _ key: inout SeasonKey,
        on ledger: VerifiedLedger<Journal>, _ header: PostingHeader, evidence: [Evidence] = []
    ) -> PostingPlan {
        let lines = roster.payments(batch: head.seq, of: head.facts, by: &key)
        return PostingPlan(
            planned: [(head.fields, head.draft)] + lines, on: ledger, header: header,
            evidence: evidence)
    }

    private func postingID(
        _ key: inout SeasonKey
    ) throws(CommandFailure) -> PostingID {
        guard let id = PostingID(bytes: key.postingID(ofFile: roster.digest)) else {
            preconditionFailure("RosterPayment.postingID: 16 bytes make an id")
        }
        return id
    }

    /// Whether the ledger holds the file; says where.
    private func isRecorded(
        _ head: Head, _ id: PostingID, in ledger: VerifiedLedger<Journal>
    ) throws(CommandFailure) -> Bool {
        guard let posting = ledger.fold.posting(id) else { return false }
        let first = posting.opened.seq
        let place = "\(first)–\(posting.sealSeq ?? first)"
        let batch = ledger.fold.record(seq: first + 1)
            .flatMap { try? CanonicalJSON.parse($0.line) }
        for name in ["unit", "grant", "item", "plan", "decision", "roster", "rate", "days"]
        where batch?[name] != head.value(name) {
            throw CommandFailure(
                .refused,
                zh: "\(roster.path)：此文件已记入第 \(place) 条，但当时的 \(name) 不同；同一花名册不再发放",
                en:
                    "\(roster.path): the file is recorded at seq \(place) already, with another \(name); "
                    + "a roster is not paid twice",
                hint: Message(
                    zh: "查看已记的批次：relief show \(first + 1)",
                    en: "look at the batch: relief show \(first + 1)"))
        }
        Terminal.show(
            say(
                "\(roster.path)：已记入第 \(place) 条，本次没有重复记账\n",
                "\(roster.path): already recorded at seq \(place); nothing was recorded again\n"))
        return true
    }

    private func record(
        _ head: Head, _ key: inout SeasonKey, id: PostingID,
        in session: inout Recording
    ) throws(CommandFailure) {
        let header = try session.header(id: id)
        try session.commit(
            plan(head, &key, on: session.ledger, header, evidence: session.evidence))
        Terminal.show(places(batch: head.seq))
    }

    /// Which records stand for which lines of the file.
    private func places(batch: Int) -> String {
        var text = say(
            "  批次    第 \(batch) 条，\(roster.lines.count) 笔，"
                + "\(Money(fen: roster.total ?? 0).text()) 元\n",
            "  batch        seq \(batch), \(roster.lines.count) payments, "
                + "\(Money(fen: roster.total ?? 0).text()) yuan\n")
        var start = 0
        for index in roster.lines.indices {
            let next = index + 1
            if next < roster.lines.count, roster.lines[next].line == roster.lines[index].line + 1 {
                continue
            }
            let lines = (roster.lines[start].line, roster.lines[index].line)
            let seqs = (batch + 1 + start, batch + 1 + index)
            text += say(
                "  对应    第 \(Self.range(lines)) 行 ↔ 第 \(Self.range(seqs)) 条\n",
                "  stands for   line \(Self.range(lines)) ↔ seq \(Self.range(seqs))\n")
            start = next
        }
        return text
    }

    private static func range(_ bounds: (Int, Int)) -> String {
        bounds.0 == bounds.1 ? "\(bounds.0)" : "\(bounds.0)–\(bounds.1)"
    }

    // MARK: - Rehearsal

    /// Shows what would be recorded; needs no key.
    func rehearse(
        on ledger: VerifiedLedger<Journal>, at path: String
    ) throws(CommandFailure) {
        let header = try Recording.rehearsalHeader(for: ledger)
        let head = try head(on: ledger, at: path, header: header)
        let period = try PeriodKey(head.period, of: ledger, at: path)
        let plan: PostingPlan
        if var key = try period.existing() {
            if try isRecorded(head, try postingID(&key), in: ledger) { return }
            plan = self.plan(head, &key, on: ledger, header)
        } else {
            var key = try period.passing()
            plan = self.plan(head, &key, on: ledger, header)
        }
        try plan.requireClean()
        for warning in plan.warnings { Terminal.complain(warning.text(Complaint.warning)) }
        var entries = EntryTable.table(plan.outcome, seqs: [head.seq])
        entries.notes.append(
            Message(
                zh: "试算：\(roster.lines.count) 笔明细没有错误，没有记录任何内容",
                en:
                    "Rehearsal: \(roster.lines.count) payments without mistakes; nothing was recorded"
            ))
        if let note = ledger.natureNote { entries.notes.append(note) }
        Terminal.show(entries.terminalText(CommandLanguage.current) + "\n")
        Terminal.show(
            BalanceTable(
                book: plan.outcome.book, grants: [head.facts.grant], subtree: nil, unit: .yuan
            ).table().terminalText(CommandLanguage.current))
    }
}

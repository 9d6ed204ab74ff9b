// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import LedgerLog
import ReliefModel

/// Asks for an entry, one answer after another, and checks each on the spot.
///
/// The checks are those of ``EntryReader``, which reads options and rows: an answer is right when
/// the reader has nothing to say about its field.
struct EntryDialogue {
    let task: NewTask
    let ledger: VerifiedLedger<Journal>
    let today: CivilDate
    let conversation: Conversation
    private(set) var values: [EntryField: String]

    init(
        _ task: NewTask, on ledger: VerifiedLedger<Journal>, today: CivilDate,
        conversation: Conversation
    ) {
        self.task = task
        self.ledger = ledger
        self.today = today
        self.conversation = conversation
        values = [.kind: task.kind.rawValue]
    }

    /// The answers as a draft.
    var draft: EntryDraft { EntryDraft(place: .options, values: values) }

    /// Asks everything.
    mutating func askAll() throws(CommandFailure) {
        let questions = Question.questions(for: task)
        var next = 0
        while next < questions.count {
            next = try ask(questions[next]) ? next + 1 : max(next - 1, 0)
        }
    }

    /// Asks one of the questions again, chosen by its number; false when the officer gives up.
    mutating func mend() throws(CommandFailure) -> Bool {
        let questions = Question.questions(for: task)
        let fields = questions.map { question in
            Choice(
                value: question.field.rawValue,
                label: "\(question.text.said)：\(values[question.field] ?? "—")")
        }
        let answer = try conversation.choose(
            say("改哪一项（直接回车放弃）：", "Which one to change (Enter to give up): "), among: fields)
        guard case .value(let name) = answer,
            let question = questions.first(where: { $0.field.rawValue == name })
        else { return false }
        _ = try ask(question)
        return true
    }

    /// Asks until the answer is right; false for the question before.
    private mutating func ask(_ question: Question) throws(CommandFailure) -> Bool {
        let before = values[question.field]
        while true {
            values[question.field] = nil
            switch try conversation.choose(prompt(question), among: choices(question.field)) {
            case .back:
                values[question.field] = before
                return false
            case .empty:
                guard question.unanswered == .required else { return true }
                conversation.say(Message(zh: "  此项必填", en: "  this one must be answered"))
            case .value(let text):
                values[question.field] = text
                let problems = problems(of: question.field)
                if problems.isEmpty { return true }
                for problem in problems { Terminal.complain(problem.text(Complaint.error)) }
            }
        }
    }

    private func prompt(_ question: Question) -> String {
        switch question.unanswered {
        case .required: question.text.said + say("：", ": ")
        case .leftOut(let meaning):
            question.text.said + say("（回车：\(meaning.zh)）：", " (Enter: \(meaning.en)): ")
        }
    }

    /// What the reader says about one field of the draft so far.
    private func problems(of field: EntryField) -> [Complaint] {
        var reader = EntryReader(ledger, today: today)
        let seq = ledger.size + 1  // after the posting's header
        if task.kind == .batch {
            _ = reader.read(batch: draft, total: BatchTotal(count: 1, amount: 1), seq: seq)
        } else {
            _ = reader.read(draft, seq: seq)
        }
        let prefix = draft.prefix(field)
        return reader.complaints.filter { $0.message.en.hasPrefix(prefix) }
    }

    private func choices(_ field: EntryField) -> [Choice] {
        var names = UnitNames()
        for unit in ledger.fold.book.units {
            names.insert(unit.id, name: unit.name, aliases: unit.aliases)
        }
        let unit = values[.unit].flatMap { try? names.resolve($0, within: .state) }
        let grant = values[.grant].flatMap { text in
            ledger.fold.book.grants.first {
                "\($0.seq)" == text || $0.terms.document.number == text
            }
        }
        return Choices(ledger: ledger, task: task, unit: unit, grant: grant).choices(for: field)
    }
}

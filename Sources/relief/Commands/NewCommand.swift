// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CommandInterface
import LedgerFormat
import LedgerLog
import LedgerStore
import ReliefDisclosure
import ReliefModel

/// `relief new`: asks for an entry, question by question, and records it by the ordinary command.
struct NewCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        relief.configuration(
            "new", "一问一答地记一笔：发放、下达、指标、到账、支付。",
            "Record something by answering questions: a payment, an allocation, a grant …",
            discussion: (
                """
                每个回答当场核对；输入编号、代码或名称的一部分即可选择，< 退回上一问，Ctrl-C 放弃，\
                不记录任何内容。最后先试算，列出将记的内容和规则的意见，确认后才记账，并给出等效的命令行。
                记错了不能改：用 relief reverse 冲正后重记。
                """,
                """
                Every answer is checked on the spot. Choose by number, code or a part of the name; < \
                goes back; Ctrl-C gives up with nothing recorded. At the end the entry is rehearsed: \
                what would be recorded, and what the rules say; it is recorded when you agree, by an \
                ordinary command, which is shown. A wrong entry is not edited: undo it with relief \
                reverse and record it anew.
                """
            ))
    }

    @Argument(
        help: help(
            "要记什么：payment allocation grant receipt expense；不写则询问。",
            "What to record: payment allocation grant receipt expense; asked if left out.", "task"))
    var task: String?

    @Flag(
        name: .customLong("yes"),
        help: help("试算通过即记账，不再确认。", "Record without asking once more when the rehearsal passes."))
    var isAgreed = false

    @OptionGroup var recording: RecordingOptions

    func validate() throws {
        guard let task, NewTask(rawValue: task) == nil else { return }
        let words = NewTask.allCases.map(\.rawValue).joined(separator: " ")
        throw ValidationError(
            say(
                "“\(task)”不能引导记录，应为 \(words) 之一",
                "“\(task)” cannot be guided, expected one of \(words)"))
    }

    func run() throws {
        let conversation = Conversation()
        // The lock is not held while somebody thinks; the command opens the ledger anew.
        let ledger = try recording.ledger.open("new").ledger
        let task = try chosenTask(conversation)
        let file = task == .payment ? try rosterFile(conversation) : nil
        var dialogue = EntryDialogue(
            task, on: ledger, today: try SystemClock.today(), conversation: conversation)
        try dialogue.askAll()
        while try !passes(dialogue, file) {
            guard try dialogue.mend() else {
                throw CommandFailure(
                    .refused, zh: "已放弃；没有记录任何内容", en: "given up; nothing was recorded")
            }
        }
        let arguments = arguments(dialogue, file)
        Terminal.complain(
            say("等效命令：", "The same by command: ")
                + "relief " + arguments.map(Self.quoted).joined(separator: " ") + "\n")
        if !isAgreed {
            let question = Message(zh: "记账吗？", en: "Record it?")
            guard try conversation.confirm(question) else {
                throw CommandFailure(.refused, zh: "没有记录任何内容", en: "nothing was recorded")
            }
        }
        var command = try Relief.parseAsRoot(arguments + session)
        try command.run()
    }

    // MARK: - Steps

    private func chosenTask(_ conversation: Conversation) throws(CommandFailure) -> NewTask {
        if let task = task.flatMap(NewTask.init(rawValue:)) { return task }
        let choices = NewTask.allCases.map { Choice(value: $0.rawValue, label: $0.name.said) }
        while true {
            let answer = try conversation.choose(say("要记什么：", "What to record: "), among: choices)
            if case .value(let text) = answer, let task = NewTask(rawValue: text) { return task }
        }
    }

    private func rosterFile(_ conversation: Conversation) throws(CommandFailure) -> String {
        while true {
            let answer = try conversation.ask(say("花名册文件：", "File of the roster: "))
            guard case .value(let path) = answer else { continue }
            do throws(CommandFailure) {
                let complaints = try Roster(path, sheet: nil, today: try SystemClock.today())
                    .complaints
                if complaints.isEmpty { return path }
                for complaint in complaints {
                    Terminal.complain(complaint.text(Complaint.error))
                }
            } catch {
                for complaint in error.complaints {
                    Terminal.complain(complaint.text(Complaint.error))
                }
            }
        }
    }

    /// Rehearses the entry; says what speaks against it.
    private func passes(
        _ dialogue: EntryDialogue, _ file: String?
    ) throws -> Bool {
        do {
            if file != nil {
                var rehearsal = try Relief.parseAsRoot(
                    arguments(dialogue, file) + ["--dry-run"] + place)
                try rehearsal.run()
                return true
            }
            let plan = PostingPlan(
                [dialogue.draft], on: dialogue.ledger,
                header: try Recording.rehearsalHeader(for: dialogue.ledger))
            try plan.requireClean()
            for warning in plan.warnings { Terminal.complain(warning.text(Complaint.warning)) }
            let entries = EntryTable.table(plan.outcome, seqs: Set(plan.rows.map(\.seq)))
            Terminal.complain(entries.terminalText(CommandLanguage.current) + "\n")
            return true
        } catch let failure as CommandFailure where [.refused, .usage].contains(failure.status) {
            for complaint in failure.complaints {
                Terminal.complain(complaint.text(Complaint.error))
            }
            return false
        }
    }

    // MARK: - The command

    /// The command of the answers, without ledger and key.
    private func arguments(_ dialogue: EntryDialogue, _ file: String?) -> [String] {
        var arguments = [dialogue.task.command] + (file.map { [$0] } ?? [])
        for question in Question.questions(for: dialogue.task) {
            guard let value = dialogue.values[question.field] else { continue }
            // One word, so that a value may begin with a dash.
            arguments.append("\(question.field.option)=\(value)")
        }
        return arguments
    }

    /// The ledger, as this command was given it.
    private var place: [String] {
        var arguments = ["--ledger=\(recording.ledger.path)", "--wait=\(recording.ledger.wait)"]
        if let language = recording.ledger.language.lang { arguments.append("--lang=\(language)") }
        return arguments
    }

    /// Ledger and key.
    private var session: [String] {
        var arguments = place
        if let key = recording.signer.key { arguments.append("--key=\(key)") }
        if let file = recording.signer.passphrase.passphraseFile {
            arguments.append("--passphrase-file=\(file)")
        }
        return arguments
    }

    /// A word as a shell reads it back.
    static func quoted(_ word: String) -> String {
        let isPlain = word.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "-_=./,:@%+—".unicodeScalars.contains(scalar)
        }
        if isPlain, !word.isEmpty { return word }
        return "'"
            + word.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }
}

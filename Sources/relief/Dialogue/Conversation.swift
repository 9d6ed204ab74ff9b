// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat

/// One of the answers that a question offers.
struct Choice: Equatable {
    /// What the answer stands for, as an option takes it.
    let value: String
    /// What the officer reads.
    let label: String
}

/// Questions at the terminal, answered line by line on standard input.
///
/// Prompts go to standard error, so that results alone reach standard output; the answers may come
/// from a file. The end of the input ends the command with nothing recorded.
struct Conversation {
    /// What an answer may say besides a value.
    enum Answer: Equatable {
        case value(String)
        /// Nothing was typed.
        case empty
        /// `<`: the question before.
        case back
    }

    /// Choices shown at once; more are found by typing a part of their names.
    static let shownCount = 20

    private let readLine: () -> String?
    private let write: (String) -> Void

    init(
        readLine: @escaping () -> String? = { Swift.readLine(strippingNewline: true) },
        write: @escaping (String) -> Void = Terminal.complain
    ) {
        self.readLine = readLine
        self.write = write
    }

    /// Shows a line.
    func say(_ message: Message) { write(message.said + "\n") }

    /// Asks once.
    func ask(_ prompt: String) throws(CommandFailure) -> Answer {
        write(prompt)
        guard let line = readLine() else {
            throw CommandFailure(
                .incomplete, zh: "回答到此为止；没有记录任何内容", en: "the answers end here; nothing was recorded"
            )
        }
        let text = Self.trimmed(line)
        switch text {
        case "": return .empty
        case "<", "＜": return .back
        default: return .value(text)
        }
    }

    /// Asks for one of the choices, by number, by value or by a part of the label.
    ///
    /// What matches none of them is given back as it was typed, for the caller's check.
    func choose(_ prompt: String, among choices: [Choice]) throws(CommandFailure) -> Answer {
        var shown = choices
        while true {
            list(shown)
            let answer = try ask(prompt)
            guard case .value(let text) = answer else { return answer }
            if let number = Int(text), (1...max(shown.count, 1)).contains(number),
                number <= shown.count
            {
                return .value(shown[number - 1].value)
            }
            if choices.contains(where: { $0.value == text }) { return answer }
            let found = choices.filter { $0.label.contains(text) }
            switch found.count {
            case 0: return answer
            case 1: return .value(found[0].value)
            default: shown = found
            }
        }
    }

    private func list(_ choices: [Choice]) {
        for (index, choice) in choices.prefix(Self.shownCount).enumerated() {
            write("  \(index + 1)) \(choice.label)\n")
        }
        let rest = choices.count - Self.shownCount
        guard rest > 0 else { return }
        say(
            Message(
                zh: "  另有 \(rest) 个；输入名称的一部分可查找",
                en: "  and \(rest) more; type a part of the name to find one"))
    }

    /// Whether the officer agrees; nothing typed means no.
    func confirm(_ question: Message) throws(CommandFailure) -> Bool {
        guard case .value(let text) = try ask(question.said + " [y/N] ") else { return false }
        return ["y", "yes", "是", "好", "记录"].contains(text.lowercased())
    }

    private static func trimmed(_ line: String) -> String {
        let isSpace: (Character) -> Bool = {
            $0 == " " || $0 == "\t" || $0 == "\u{3000}" || $0 == "\r"
        }
        return String(line.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}

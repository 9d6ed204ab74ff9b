// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import LedgerFormat

/// The words that the argument parser prints of its own, in the run's language.
enum ParserWords {
    /// Prints help or a parsing error as the house does, and ends the process.
    static func finish(_ error: any Error) -> Never {
        let code = Relief.exitCode(for: error)
        if code == .success {
            Terminal.show(help(Relief.fullMessage(for: error)) + "\n")
            Glibc.exit(0)
        }
        let text = complaint(Relief.message(for: error))
        if !text.isEmpty {
            let hint = Message(zh: "用法见 \(command) --help", en: "see \(command) --help")
            Terminal.complain(
                Complaint(Message(zh: text, en: text), hint: hint).text(Complaint.error))
        }
        Glibc.exit(code.rawValue == 1 ? ExitStatus.usage.rawValue : code.rawValue)
    }

    /// The command whose help is of use: the words before the first option that are its name.
    private static var command: String {
        var words = ["relief"]
        var parents: [any ParsableCommand.Type] = [Relief.self]
        for word in CommandLine.arguments.dropFirst() {
            let next = parents.last?.configuration.subcommands.first {
                $0.configuration.commandName == word
            }
            guard let next else { break }
            words.append(word)
            parents.append(next)
        }
        return words.joined(separator: " ")
    }

    /// Help text with headings in the run's language.
    static func help(_ text: String, _ language: Language = CommandLanguage.current) -> String {
        guard language == .zh else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line(String($0)) }.joined(separator: "\n")
    }

    private static func line(_ line: String) -> String {
        for (word, translated) in headings where line.hasPrefix(word) {
            return translated + line.dropFirst(word.count)
        }
        var line = line
        for (phrase, translated) in phrases {
            guard let range = line.firstRange(of: phrase) else { continue }
            line.replaceSubrange(range, with: translated)
        }
        return line
    }

    private static let headings = [
        ("OVERVIEW: ", "说明："), ("USAGE: ", "用法："), ("ARGUMENTS:", "参数："), ("OPTIONS:", "选项："),
        ("SUBCOMMANDS:", "子命令："),
    ]

    private static let phrases = [
        ("Show help information.", "显示帮助。"), ("Show the version.", "显示版本。"),
        ("Show subcommand help information.", "显示子命令的帮助。"),
        ("(default: ", "(默认："), ("<subcommand>' for detailed help.", "<子命令>”可看详细帮助。"),
        ("  See 'relief", "  用“relief"), ("<subcommand>", "<子命令>"), ("<options>", "<选项>"),
    ]

    /// A parsing error in the run's language.
    static func complaint(_ text: String, _ language: Language = CommandLanguage.current) -> String
    {
        var text = text
        if language == .en {
            // The house writes lower case and no period; names and quotations stay as they are.
            if let first = text.first, first.isUppercase, !text.hasPrefix("--") {
                text = first.lowercased() + text.dropFirst()
            }
            if text.last == "." { text.removeLast() }
            return text
        }
        for (opening, build) in patterns where text.hasPrefix(opening) {
            return build(quotations(text))
        }
        return text
    }

    /// What stands between apostrophes.
    private static func quotations(_ text: String) -> [String] {
        let parts = text.split(separator: "'", omittingEmptySubsequences: false)
        return parts.indices.filter { !$0.isMultiple(of: 2) }.map { String(parts[$0]) }
    }

    private static let patterns: [(String, @Sendable ([String]) -> String)] = [
        ("Missing expected argument", { "缺少 \($0.first ?? "参数")" }),
        ("Missing required subcommand", { _ in "缺少子命令" }),
        ("Missing one of", { "缺少以下之一：\($0.joined(separator: "、"))" }),
        ("Missing value for", { "\($0.first ?? "选项") 缺少值" }),
        (
            "Unknown option",
            { words in
                "没有选项 \(words.first ?? "")" + (words.count > 1 ? "，是否指 \(words[1])？" : "")
            }
        ),
        ("Unexpected argument", { "多余的参数“\($0.first ?? "")”" }),
        ("The option", { "选项 \($0.first ?? "") 不带值，却给出了“\($0.dropFirst().first ?? "")”" }),
        ("The value", { "值“\($0.first ?? "")”不适用于 \($0.dropFirst().first ?? "")" }),
        ("Value to be set", { "重复给出：\($0.joined(separator: "、"))" }),
    ]
}

// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
internal import Glibc
public import LedgerFormat
internal import ReliefModel

/// The words that the argument parser prints of its own, in the run's language.
public enum ParserWords {
    /// Runs a program whose commands end by themselves or with an exit code.
    ///
    /// - Parameter arguments: What follows the program's name; nil for the process's own.
    public static func run(
        _ program: any ParsableCommand.Type, arguments: [String]? = nil
    ) -> Never {
        do {
            var command = try program.parseAsRoot(arguments)
            try command.run()
            Glibc.exit(0)
        } catch let code as ExitCode {
            Glibc.exit(code.rawValue)
        } catch {
            finish(error, of: program)
        }
    }

    /// Prints help or a parsing error as the house does, and ends the process: 64 for arguments
    /// that are not what they must be.
    public static func finish(_ error: any Error, of program: any ParsableCommand.Type) -> Never {
        let code = program.exitCode(for: error)
        if code == .success {
            Terminal.show(help(program.fullMessage(for: error)) + "\n")
            Glibc.exit(0)
        }
        let text = complaint(program.message(for: error))
        if !text.isEmpty {
            Terminal.complain(refusal(text, words: commandWords(program)))
        }
        Glibc.exit(code == .failure ? ExitCode.validationFailure.rawValue : code.rawValue)
    }

    /// What is wrong with the arguments, without what looks like personal data, and where to look.
    private static func refusal(_ text: String, words: [String]) -> String {
        let name = words.first ?? ""
        let command = words.joined(separator: " ")
        return PersonalDataScan.masked(
            say(
                "\(name): 错误：\(text)\n\(name): 提示：用法见 \(command) --help\n",
                "\(name): error: \(text)\n\(name): hint: see \(command) --help\n"))
    }

    /// The command whose help is of use: the words before the first option that are its name.
    private static func commandWords(_ program: any ParsableCommand.Type) -> [String] {
        var words = [program.configuration.commandName ?? ""]
        var parent = program
        for word in CommandLine.arguments.dropFirst() {
            let next = parent.configuration.subcommands.first {
                $0.configuration.commandName == word
            }
            guard let next else { break }
            words.append(word)
            parent = next
        }
        return words
    }

    /// Help text with headings in the run's language.
    public static func help(_ text: String, _ language: Language = CommandLanguage.current)
        -> String
    {
        guard language == .zh else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line(String($0)) }.joined(separator: "\n")
    }

    private static func line(_ line: String) -> String {
        var line = line
        if let (word, translated) = headings.first(where: { line.hasPrefix($0.0) }) {
            line = translated + line.dropFirst(word.count)
        }
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
        ("(values: ", "(可取："), ("; default: ", "；默认："), ("(default: ", "(默认："),
        ("<subcommand>' for detailed help.", "<子命令>”可看详细帮助。"),
        ("  See '", "  用“"), ("<subcommand>", "<子命令>"), ("<options>", "<选项>"),
        (" (default)", "（默认）  "),
    ]

    /// A parsing error in the run's language.
    public static func complaint(_ text: String, _ language: Language = CommandLanguage.current)
        -> String
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

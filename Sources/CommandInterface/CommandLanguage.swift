// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
public import LedgerFormat

/// The language of one run, settled before the arguments are parsed, so that help speaks it too.
public enum CommandLanguage {
    /// `--lang`, else the locale, else English.
    public static let current = resolve(
        arguments: CommandLine.arguments, environment: ProcessInfo.processInfo.environment)

    /// The language that arguments and environment ask for.
    public static func resolve(arguments: [String], environment: [String: String]) -> Language {
        for (index, argument) in arguments.enumerated() {
            if argument == "--" { break }
            if argument == "--lang", index + 1 < arguments.count,
                let language = Language(rawValue: arguments[index + 1])
            {
                return language
            }
            if argument.hasPrefix("--lang="),
                let language = Language(rawValue: String(argument.dropFirst(7)))
            {
                return language
            }
        }
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            guard let value = environment[name], !value.isEmpty else { continue }
            return value.hasPrefix("zh") ? .zh : .en
        }
        return .en
    }
}

/// One of two texts, in the run's language.
public func say(_ zh: String, _ en: String) -> String {
    CommandLanguage.current == .zh ? zh : en
}

extension Message {
    /// The wording in the run's language.
    public var said: String { text(CommandLanguage.current) }
}

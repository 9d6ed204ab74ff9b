// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
internal import LedgerFormat

/// Text of an option or command in the run's language.
public func help(_ zh: String, _ en: String, _ value: String? = nil) -> ArgumentHelp {
    var help = ArgumentHelp(stringLiteral: say(zh, en))
    help.valueName = value
    return help
}

/// The language option, which every command takes.
///
/// ``CommandLanguage`` has read it before; here it is declared, checked and shown in the help.
public struct LanguageOptions: ParsableArguments {
    /// `zh` or `en`; nil leaves it to the locale.
    @Option(
        help: help("语言：zh 或 en；默认随系统。", "Language, zh or en; by default the system's.", "zh|en"))
    public var lang: String?

    /// No option given.
    public init() {}

    /// Refuses a language that there is not.
    public func validate() throws {
        guard let lang, Language(rawValue: lang) == nil else { return }
        throw ValidationError(
            say("--lang 应为 zh 或 en，实为 \(lang)", "--lang must be zh or en, not \(lang)"))
    }
}

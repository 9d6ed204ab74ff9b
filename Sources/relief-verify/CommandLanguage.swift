// SPDX-License-Identifier: Apache-2.0

import Glibc
import LedgerFormat

/// The language of one run, settled before the arguments are parsed, so that help speaks it too.
enum CommandLanguage {
    /// `--lang`, else the locale, else English.
    static let current: Language = {
        let arguments = CommandLine.arguments
        for (index, argument) in arguments.enumerated() {
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
            // SAFETY: getenv's string is copied before anything could change the environment.
            guard let value = unsafe getenv(name).map({ unsafe String(cString: $0) }),
                !value.isEmpty
            else { continue }
            return value.hasPrefix("zh") ? .zh : .en
        }
        return .en
    }()
}

/// One of two texts, in the run's language.
func say(_ zh: String, _ en: String) -> String {
    CommandLanguage.current == .zh ? zh : en
}

/// Writes to standard error.
func writeError(_ text: String) {
    let bytes = Array(text.utf8)
    // SAFETY: the pointer lives for the call, and count is the array's own.
    unsafe bytes.withUnsafeBytes { buffer in
        _ = unsafe write(STDERR_FILENO, buffer.baseAddress, buffer.count)
    }
}

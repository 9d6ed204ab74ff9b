// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

extension Table {
    /// The table as a GitHub-flavoured Markdown pipe table under a heading of the second level.
    ///
    /// What would mean something to Markdown is escaped; cells stay on one line.
    public func markdown(_ language: Language) -> String {
        var lines = ["## \(Self.line(title.text(language)))", ""]
        lines.append(Self.row(columns.map { header($0, language) }))
        lines.append("|" + columns.map { $0.kind.isRightAligned ? "---:|" : "---|" }.joined())
        lines += rows.map { Self.row($0.map(printed)) }
        if let total { lines.append(Self.row(total.map(printed))) }
        for note in notes { lines += ["", Self.line(note.text(language))] }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ cells: [String]) -> String {
        "| " + cells.map(line).joined(separator: " | ") + " |"
    }

    /// The text on one line, with nothing that Markdown or HTML would take for its own.
    public static func line(_ text: String) -> String {
        var written = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": written += " "
            case "&": written += "&amp;"
            case "<": written += "&lt;"
            case ">": written += "&gt;"
            case "|", "\\", "`", "*", "_", "[", "]", "#", "~", "$":
                written += "\\"
                written.unicodeScalars.append(scalar)
            default: written.unicodeScalars.append(scalar)
            }
        }
        return written
    }
}

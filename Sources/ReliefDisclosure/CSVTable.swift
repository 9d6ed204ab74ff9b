// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
internal import ReliefModel

extension Table {
    /// The table as CSV (RFC 4180): UTF-8, CRLF, the header first, the total last; no title or notes.
    ///
    /// A text cell that a spreadsheet would take for a formula gets an apostrophe before it, unless
    /// it is a number (OWASP, CSV injection). Amounts have no separators.
    ///
    /// - Parameter byteOrderMark: Whether Excel is to recognise UTF-8 by the mark.
    public func csv(_ language: Language, byteOrderMark: Bool = false) -> String {
        var text = byteOrderMark ? "\u{FEFF}" : ""
        text += Self.record(columns.map { exported($0, language) })
        for row in rows { text += Self.record(row.map(exported)) }
        if let total { text += Self.record(total.map(exported)) }
        return text
    }

    /// The table as data for programs (RFC 4180): UTF-8, CRLF, the columns' names first, then rows
    /// and nothing else, the same in every language.
    public var dataCSV: String {
        var text = Self.record(columns.map { $0.name ?? $0.header.en })
        for row in rows { text += Self.record(row.map(exported)) }
        return text
    }

    private func exported(_ column: Column, _ language: Language) -> String {
        let name = column.header.text(language)
        guard column.kind == .money else { return Self.inert(name) }
        return switch language {
        case .zh: name + "(\(moneyUnit.name.zh))"
        case .en: name + " (\(moneyUnit.name.en))"
        }
    }

    private func exported(_ cell: Cell) -> String {
        switch cell {
        case .empty: ""
        case .text(let text): Self.inert(text)
        case .money(let amount): amount.text(in: moneyUnit).filter { $0 != "," }
        case .sum(let sum): sum.text(in: moneyUnit).filter { $0 != "," }
        case .count(let number), .seq(let number): String(number)
        case .date(let date): date.description
        case .percent(let percentage): percentage.description
        }
    }

    private static func record(_ fields: [String]) -> String {
        fields.map(quoted).joined(separator: ",") + "\r\n"
    }

    /// RFC 4180 §2.6 and §2.7.
    private static func quoted(_ field: String) -> String {
        guard field.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
            return field
        }
        var text = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { text.unicodeScalars.append("\"") }
            text.unicodeScalars.append(scalar)
        }
        return text + "\""
    }

    /// The text as a spreadsheet shows it and never computes it.
    static func inert(_ text: String) -> String {
        guard let first = text.utf8.first, [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first),
            !isNumber(text)
        else { return text }
        return "'" + text
    }

    /// A sign, digits and at most one point with digits on both sides.
    private static func isNumber(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        if rest.first == 0x2B || rest.first == 0x2D { rest = rest.dropFirst() }
        let parts = rest.split(separator: 0x2E, maxSplits: 1, omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { (0x30...0x39).contains($0) }
        }
    }
}

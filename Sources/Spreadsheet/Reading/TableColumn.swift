// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// A column that an importer knows; the raw value is its English heading.
public protocol TableColumn: Hashable, CaseIterable, RawRepresentable<String>, Sendable {
    /// The headings of Chinese tables, the usual one first.
    var chineseNames: [String] { get }
    /// What its cells hold.
    var content: ColumnContent { get }
    /// Whether the importer reads it; a column that it only knows may hold anything.
    var isRead: Bool { get }
    /// Whether it only numbers the rows: a row with nothing else is empty.
    var isRunningNumber: Bool { get }
    /// The unit that the column itself means, whatever a title says; nil where none is meant.
    var ownUnit: AmountUnit? { get }
}

extension TableColumn {
    /// Every column is read.
    public var isRead: Bool { true }
    /// No column numbers the rows.
    public var isRunningNumber: Bool { false }
    /// No unit is meant.
    public var ownUnit: AmountUnit? { nil }
}

/// What the cells of a column hold.
public enum ColumnContent: Sendable, Equatable {
    /// Words.
    case text
    /// Digits that name something and are no quantity: identity and card numbers.
    case digits
    /// Money; a heading may say in which unit.
    case amount
    /// A whole number that is summed: persons, households.
    case count
    /// A day.
    case date
}

/// The unit in which a column of amounts is written.
public enum AmountUnit: String, Sendable, Equatable {
    /// 元.
    case yuan = "元"
    /// 万元, ten thousand yuan.
    case wanYuan = "万元"
}

/// A heading as importers compare it.
enum Heading {
    /// Without spaces and line ends, full-width forms and brackets as ASCII, small letters, without
    /// the mark of required columns or the code of a statistical form (D03001).
    static func plain(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x3000, 0xFEFF, 0x200B: continue
            case 0xFF01...0xFF5E:
                if let plain = Unicode.Scalar(scalar.value - 0xFEE0) { scalars.append(plain) }
            case 0x3010: scalars.append("(")
            case 0x3011: scalars.append(")")
            default: scalars.append(scalar)
            }
        }
        var plain = Substring(String(scalars).lowercased())
        while plain.hasPrefix("*") { plain = plain.dropFirst() }
        while plain.hasSuffix("*") { plain = plain.dropLast() }
        let code = plain.utf8.prefix(6)
        if code.count == 6, code.first == 0x64, plain.utf8.count > 6,
            code.dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
        {
            plain = plain.dropFirst(6)
        }
        return String(plain)
    }

    /// What stands in brackets at the end, and what stands before.
    static func split(_ plain: String) -> (name: String, unit: String)? {
        guard plain.hasSuffix(")"), let open = plain.lastIndex(of: "(") else { return nil }
        let unit = plain[plain.index(after: open)...].dropLast()
        let name = String(plain[..<open])
        guard !name.isEmpty, !unit.isEmpty else { return nil }
        return (name, unit.hasPrefix("单位:") ? String(unit.dropFirst(3)) : String(unit))
    }

    /// The unit that a title line states for the whole table: 单位：万元.
    static func tableUnit(_ text: String) -> String? {
        let plain = plain(text)
        for unit in ["亿元", "万元", "千元", "百元", "元"] {
            if plain.contains("单位:" + unit) || plain.contains("单位:人民币" + unit) { return unit }
        }
        return nil
    }

    /// The column that our own reports of faults add; it is never read.
    static func isFaultColumn(_ plain: String) -> Bool {
        plain == self.plain(EnteredCell.faultHeading.zh)
            || plain == self.plain(EnteredCell.faultHeading.en)
    }

    /// Whether a cell says that its row holds sums.
    static func isTotal(_ text: String) -> Bool {
        var plain = plain(text)
        if plain.hasSuffix(":") { plain.removeLast() }
        return ["合计", "总计", "共计", "total", "grandtotal"].contains(plain)
    }

    /// Whether a cell says that its row holds sums of some rows above.
    static func isSubtotal(_ text: String) -> Bool {
        ["小计", "本页合计", "本页小计", "subtotal"].contains(plain(text))
    }

    /// Whether a cell begins the lines for signatures and notes below a table.
    static func isFooter(_ text: String) -> Bool {
        let plain = plain(text)
        let words = [
            "单位负责人", "统计负责人", "填表人", "制表人", "制表", "审核人", "审核", "经办人", "复核人", "负责人", "报出日期",
            "填报单位", "填报人", "领导签字", "说明", "备注", "注",
        ]
        return words.contains { plain.hasPrefix($0 + ":") }
    }
}

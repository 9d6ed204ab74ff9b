// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat
internal import LedgerLog
internal import ReliefAudit
internal import ReliefDisclosure
internal import ReliefModel

/// What a finding expects and finds, in words: codes of the format become what people call them.
struct FindingWords {
    let book: FundBook
    let language: Language

    /// Expected, actual and difference, each with its heading.
    func figures(_ finding: Finding) -> [(heading: String, text: String)] {
        var figures: [(heading: String, text: String)] = []
        if let expected = finding.expected {
            figures.append((Self.expected(language), text(expected)))
        }
        if let actual = finding.actual { figures.append((Self.actual(language), text(actual))) }
        if let difference = finding.differenceValue {
            figures.append((Self.difference(language), text(difference)))
        }
        return figures
    }

    static func expected(_ language: Language) -> String { language.say("应为", "expected") }
    static func actual(_ language: Language) -> String { language.say("实为", "actual") }
    static func difference(_ language: Language) -> String { language.say("相差", "difference") }

    private func text(_ value: Finding.Value) -> String {
        switch value {
        case .money(let fen): Money(fen: fen).text() + language.say(" 元", " yuan")
        case .days(let days): language.counted(days, "天", "day")
        case .text(let text): sentence(text.split(separator: " ").map(String.init))
        }
    }

    /// A sign before a value says how the value binds.
    private func sentence(_ words: [String]) -> String {
        guard let sign = words.first, words.count == 2, let relation = relation(sign, words[1])
        else { return words.map(word).joined(separator: " ") }
        return relation.text(language) + " " + word(words[1])
    }

    private func relation(_ sign: String, _ value: String) -> Message? {
        let isDate = CivilDate(value) != nil
        return switch sign {
        case "≥" where isDate: Message(zh: "不早于", en: "not before")
        case "≥": Message(zh: "不低于", en: "at least")
        case "≤" where isDate: Message(zh: "不晚于", en: "not after")
        case "≤": Message(zh: "不超过", en: "at most")
        case "≠": Message(zh: "不能是", en: "somebody other than")
        case "∋": Message(zh: "管辖范围包含", en: "with authority over")
        case "∈": Message(zh: "范围之内：", en: "within")
        default: nil
        }
    }

    private func word(_ code: String) -> String {
        let known =
            KeyRole(rawValue: code)?.keyName ?? EntryKind(rawValue: code)?.title
            ?? SourceLevel(rawValue: code)?.name ?? Self.bases[code]
            ?? book.policy?.policy.item(code)?.name
        if let known { return known.text(language) }
        if let unit = UnitID(code), book.unit(unit) != nil {
            return language.say(
                "\(book.plainName(unit))（\(code)）", "\(book.plainName(unit)) (\(code))")
        }
        return code
    }

    private static let bases: [String: Message] = [
        Policy.RateBase.person.rawValue: Message(zh: "按人", en: "per person"),
        Policy.RateBase.household.rawValue: Message(zh: "按户", en: "per household"),
        Policy.RateBase.personDay.rawValue: Message(zh: "按人按天", en: "per person and day"),
    ]
}

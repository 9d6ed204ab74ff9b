// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import ReliefModel

extension EntryReader {
    /// Fen, from the column in yuan or the one in 10,000 yuan.
    mutating func amount(_ draft: EntryDraft) -> Int64? {
        let yuan = draft.values[.amount]
        let wan = draft.values[.amountWan]
        if yuan != nil, wan != nil {
            complain(
                draft, .amountWan, zh: "元和万元两栏都有金额，应只填一栏；请清空一栏",
                en: "both amount columns are filled, expected one; clear the other")
            return nil
        }
        guard let text = yuan ?? wan else {
            missing(
                draft, .amount,
                expected: say("准确金额，如 310000 或 31万元", "an exact amount such as 310000 or 31万元"))
            return nil
        }
        do throws(MoneyTextError) {
            return try Money(text, in: wan == nil ? .yuan : .wanYuan).fen
        } catch {
            complain(
                draft, wan == nil ? .amount : .amountWan, zh: "“\(text)”：" + error.message.zh,
                en: "“\(text)”: " + error.message.en)
            return nil
        }
    }

    /// A business date, which is not after today.
    ///
    /// Options default to today, rows do not.
    mutating func businessDate(_ draft: EntryDraft) -> CivilDate? {
        if draft.values[.date] == nil, draft.place == .options { return today }
        guard let date = date(draft, .date) else { return nil }
        guard date <= today else {
            complain(
                draft, .date, zh: "\(date) 在今天（北京时间 \(today)）之后，应不晚于今天；请改正",
                en:
                    "\(date) is after today (\(today) in China), expected today or earlier; correct it"
            )
            return nil
        }
        return date
    }

    /// A date in any year of the format.
    mutating func date(_ draft: EntryDraft, _ field: EntryField) -> CivilDate? {
        let example = say("年-月-日，如 2022-02-03", "a date such as 2022-02-03")
        guard let text = draft.values[field] else {
            missing(draft, field, expected: example)
            return nil
        }
        if let date = CivilDate(text) { return date }
        complain(
            draft, field, zh: "“\(text)”不是日期，应为\(example)；请改正",
            en: "“\(text)” is no date, expected \(example); correct it")
        return nil
    }

    /// A text of at most so many bytes.
    mutating func text(_ draft: EntryDraft, _ field: EntryField, _ maximum: Int) -> String? {
        guard let text = draft.values[field] else {
            missing(draft, field, expected: say("文字", "text"))
            return nil
        }
        return checked(text, draft, field, maximum) ? text : nil
    }

    /// A text that may be absent.
    mutating func optionalText(_ draft: EntryDraft, _ field: EntryField, _ maximum: Int) -> String?
    {
        guard let text = draft.values[field] else { return nil }
        return checked(text, draft, field, maximum) ? text : nil
    }

    private mutating func checked(
        _ text: String, _ draft: EntryDraft, _ field: EntryField, _ maximum: Int
    ) -> Bool {
        guard let problem = FreeText.problem(in: text, maximumByteCount: maximum) else {
            return true
        }
        complain(draft, field, zh: problem.zh, en: problem.en)
        return false
    }

    /// One of the words of an enumeration, by its code or its Chinese name.
    mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ draft: EntryDraft, _ field: EntryField, _ name: KeyPath<Word, Message>,
        default standard: Word? = nil
    ) -> Word? {
        let words = Word.allCases
        let list = words.map(\.rawValue).joined(separator: " ")
        guard let text = draft.values[field] else {
            if let standard { return standard }
            missing(draft, field, expected: list)
            return nil
        }
        if let word = words.first(where: { $0.rawValue == text || $0[keyPath: name].zh == text }) {
            return word
        }
        let names = words.map { $0[keyPath: name].zh }.joined(separator: "、")
        complain(
            draft, field, zh: "“\(text)”不在可选值内，应为 \(names)（\(list)）之一；请改正",
            en: "“\(text)” is not one of the values, expected one of \(list); correct it")
        return nil
    }

    /// What the paper states; nil where neither number nor date is given.
    mutating func document(_ draft: EntryDraft) -> Document? {
        let number = optionalText(draft, .documentNumber, Document.numberByteCount)
        let date = draft.values[.documentDate] == nil ? nil : date(draft, .documentDate)
        return Document(number: number, date: date)
    }

    /// Aliases, joined by `;` or `；`.
    mutating func aliases(_ draft: EntryDraft) -> [String] {
        guard let text = draft.values[.alias] else { return [] }
        let parts = text.split(omittingEmptySubsequences: false) { $0 == ";" || $0 == "；" }
        if parts.count > 16 {
            complain(
                draft, .alias, zh: "有 \(parts.count) 个别名，应不超过 16 个；请删减",
                en: "\(parts.count) aliases, expected at most 16; remove some")
        }
        return parts.map(String.init).filter { checked($0, draft, .alias, 100) }
    }

    /// A date, or nil for the word that the source does not say; the outer nil is a mistake.
    mutating func dateOrUnstated(_ draft: EntryDraft, _ field: EntryField) -> CivilDate?? {
        if Self.isUnstated(draft.values[field]) { return .some(nil) }
        return date(draft, field).map { .some($0) }
    }

    /// Whether the officer says that the source does not say.
    static func isUnstated(_ text: String?) -> Bool {
        text == Document.unstated || text == "未说明" || text == "未载明"
    }
}

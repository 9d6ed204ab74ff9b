// SPDX-License-Identifier: Apache-2.0

import CommandInterface
import LedgerFormat
import ReliefModel

// Values that are lists in one cell, joined by `;`, their parts by `=`; and the codes of items,
// payees and rules.
extension EntryReader {
    /// The parts of a cell, without the spaces around them; nil where it is empty.
    mutating func list(
        _ draft: EntryDraft, _ field: EntryField, atMost limit: Int, expected: String
    ) -> [String]? {
        let parts = Self.parts(draft.values[field] ?? "")
        guard !parts.isEmpty else {
            missing(draft, field, expected: expected)
            return nil
        }
        guard parts.count <= limit else {
            complain(
                draft, field, zh: "有 \(parts.count) 项，应不超过 \(limit) 项；请删减",
                en: "\(parts.count) parts, expected at most \(limit); remove some")
            return nil
        }
        return parts
    }

    /// What stands between the separators of a list.
    static func parts(_ text: String) -> [String] {
        text.split { $0 == ";" || $0 == "；" }.map { trimmed($0) }.filter { !$0.isEmpty }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first == " " || text.first == "\u{3000}" { text.removeFirst() }
        while text.last == " " || text.last == "\u{3000}" { text.removeLast() }
        return String(text)
    }

    static func sides(_ text: String) -> [String] {
        text.split(omittingEmptySubsequences: false) { $0 == "=" || $0 == "＝" }.map { trimmed($0) }
    }

    /// The lines of a plan: `ITEM=AMOUNT`, each item once.
    mutating func planLines(_ draft: EntryDraft, grant: Int?) -> [PlanEntry.Line]? {
        let example = say("项目=金额，如 food=200000", "ITEM=AMOUNT such as food=200000")
        guard
            let parts = list(
                draft, .lines, atMost: PlanEntry.lineCount, expected: example)
        else { return nil }
        var lines: [PlanEntry.Line] = []
        for part in parts {
            let sides = Self.sides(part)
            guard sides.count == 2 else {
                illFormed(part, draft, .lines, example)
                continue
            }
            let item = item(sides[0], draft, .lines, grant: grant)
            let amount = money(sides[1], draft, .lines)
            guard let item, let amount else { continue }
            if lines.contains(where: { $0.item == item }) {
                complain(
                    draft, .lines, zh: "项目“\(item)”重复，每个项目应只写一次；请合并",
                    en: "item “\(item)” appears twice, expected once; join them")
                continue
            }
            lines.append(PlanEntry.Line(item: item, amount: amount))
        }
        return lines.count == parts.count ? lines : nil
    }

    /// The items of a decision: `ITEM=AMOUNT` or `ITEM=AMOUNT=PAYEE`.
    mutating func decisionItems(_ draft: EntryDraft, grant: Int?) -> [DecisionEntry.Item]? {
        let example = say(
            "项目=金额，可加 =收款人，如 food=200000", "ITEM=AMOUNT or ITEM=AMOUNT=PAYEE, such as food=200000")
        guard
            let parts = list(
                draft, .items, atMost: DecisionEntry.listCount, expected: example)
        else { return nil }
        var items: [DecisionEntry.Item] = []
        for part in parts {
            let sides = Self.sides(part)
            guard (2...3).contains(sides.count) else {
                illFormed(part, draft, .items, example)
                continue
            }
            let item = item(sides[0], draft, .items, grant: grant)
            let amount = money(sides[1], draft, .items)
            let payee = sides.count == 3 ? payee(sides[2], draft, .items) : nil
            guard let item, let amount, sides.count == 2 || payee != nil else { continue }
            items.append(DecisionEntry.Item(item: item, amount: amount, payee: payee))
        }
        return items.count == parts.count ? items : nil
    }

    /// Officers' numbers, each once.
    mutating func persons(_ draft: EntryDraft, _ field: EntryField) -> [PersonID]? {
        let example = say("人员编号，如 LL-023", "officers' numbers such as LL-023")
        guard
            let parts = list(
                draft, field, atMost: DecisionEntry.listCount, expected: example)
        else { return nil }
        var persons: [PersonID] = []
        for part in parts {
            guard let person = PersonID(part) else {
                complain(
                    draft, field,
                    zh: "“\(part)”不是人员编号，应为2至32个字母、数字、. _ -，字母开头，不写姓名和证件号；请改正",
                    en:
                        "“\(part)” is no officer's number, expected 2 to 32 of A–Z a–z 0–9 . _ - with "
                        + "a letter first, never a name or identity number; correct it")
                continue
            }
            if persons.contains(person) {
                complain(
                    draft, field, zh: "\(person) 重复，每人应只写一次；请删去一处",
                    en: "\(person) appears twice, expected once; remove one")
                continue
            }
            persons.append(person)
        }
        return persons.count == parts.count ? persons : nil
    }

    mutating func illFormed(
        _ text: String, _ draft: EntryDraft, _ field: EntryField, _ example: String
    ) {
        complain(
            draft, field, zh: "“\(text)”不合格式，应为\(example)；请改正",
            en: "“\(text)” is ill-formed, expected \(example); correct it")
    }

    mutating func money(
        _ text: String, _ draft: EntryDraft, _ field: EntryField
    ) -> Int64? {
        do throws(MoneyTextError) {
            return try Money(text).fen
        } catch {
            complain(
                draft, field, zh: "“\(text)”：" + error.message.zh,
                en: "“\(text)”: " + error.message.en)
            return nil
        }
    }

    // MARK: - Codes

    /// The item that a field names, by its code or its Chinese name.
    mutating func item(_ draft: EntryDraft, grant: Int?) -> String? {
        guard let text = draft.values[.item] else {
            missing(draft, .item, expected: say("项目代码，如 food", "an item's code such as food"))
            return nil
        }
        return item(text, draft, .item, grant: grant)
    }

    /// The item of a text; outside relief (G0) every code will do.
    private mutating func item(
        _ text: String, _ draft: EntryDraft, _ field: EntryField, grant: Int?
    ) -> String? {
        let items = policy?.items ?? []
        if let item = items.first(where: { $0.code == text || $0.name.zh == text }) {
            return item.code
        }
        let purpose = grant.flatMap { journal.book.grant(seq: $0)?.terms.purpose }
        if FieldName(Array(text.utf8).span) != nil,
            items.isEmpty || purpose == Policy.outsideRelief || purpose == nil
        {
            return text
        }
        // What the grant's purpose buys says more than the whole list.
        let bought = purpose.flatMap { policy?.purpose($0)?.buys }
        let shown = items.filter { bought?.contains($0.code) ?? true }
        let codes = shown.map(\.code).joined(separator: " ")
        let names = shown.map { "\($0.name.zh) \($0.code)" }.joined(separator: "、")
        complain(
            draft, field, zh: "现行政策没有项目“\(text)”，应为 \(names) 之一；请改正",
            en: "the policy has no item “\(text)”, expected one of \(codes); correct it")
        return nil
    }

    /// The payee that a field names.
    mutating func payee(_ draft: EntryDraft) -> PayeeID? {
        guard let text = draft.values[.payee] else {
            missing(
                draft, .payee,
                expected: say("统一社会信用代码、o-编号或 h-假名", "a firm's code, o-NUMBER or h-…"))
            return nil
        }
        return payee(text, draft, .payee)
    }

    /// The payee of a text: a firm's code as it is printed, or an id with its letter.
    ///
    /// What may be a person's identity number is never repeated, and never taken for a firm.
    private mutating func payee(
        _ text: String, _ draft: EntryDraft, _ field: EntryField
    ) -> PayeeID? {
        if let payee = PayeeID(text) { return payee }
        if (try? IdentityNumber(entered: text, notAfter: today)) != nil {
            complain(
                draft, field, zh: "这是居民身份证号，账本中不写；个人请以 relief pay 按花名册发放",
                en: "this is a resident's identity number, which no ledger holds; people are paid "
                    + "from a roster with relief pay")
            return nil
        }
        let isCode = text.count == UnifiedCode.byteCount
        var problem = Message(zh: "请改正", en: "correct it")
        do throws(UnifiedCodeError) {
            return PayeeID(firm: try UnifiedCode(entered: text))
        } catch {
            if isCode { problem = error.message }
        }
        complain(
            draft, field, zh: "不是收款人，应为统一社会信用代码、o-编号或 h-假名；\(problem.zh)",
            en: "no payee, expected a firm's code of 18 characters, o-NUMBER or h-…; "
                + problem.en)
        return nil
    }

    /// The codes of rules that a field lists.
    mutating func rules(_ draft: EntryDraft, atMost limit: Int) -> [String]? {
        let example = say("规则代码，如 E03", "a rule's code such as E03")
        guard let parts = list(draft, .rule, atMost: limit, expected: example) else { return nil }
        var rules: [String] = []
        for part in parts {
            let code = part.uppercased()
            guard OverrideEntry.isRuleCode(code) else {
                illFormed(part, draft, .rule, example)
                return nil
            }
            if !rules.contains(code) { rules.append(code) }
        }
        return rules
    }

    /// A whole number within a range; nil where the field is empty, too.
    mutating func number(
        _ draft: EntryDraft, _ field: EntryField, in range: ClosedRange<Int>
    ) -> Int? {
        guard let text = draft.values[field] else { return nil }
        if let number = Int(text), String(number) == text, range.contains(number) { return number }
        complain(
            draft, field,
            zh: "“\(text)”不是 \(range.lowerBound) 至 \(range.upperBound) 的整数；请改正",
            en: "“\(text)” is no whole number from \(range.lowerBound) to \(range.upperBound); "
                + "correct it")
        return nil
    }

    /// `AMOUNT/person`, `/household` or `/personDay`, also with 人, 户, 人天; the outer nil is a
    /// mistake.
    mutating func rate(_ draft: EntryDraft) -> BatchEntry.Rate?? {
        guard let text = draft.values[.rate] else { return .some(nil) }
        let example = say("金额/人、/户 或 /人天，如 90/人", "AMOUNT/person, /household or /personDay")
        let sides = text.split(separator: "/", omittingEmptySubsequences: false)
        guard sides.count == 2, let per = Self.base(Self.trimmed(sides[1])) else {
            illFormed(text, draft, .rate, example)
            return nil
        }
        return money(Self.trimmed(sides[0]), draft, .rate).map {
            BatchEntry.Rate(amount: $0, per: per)
        }
    }

    private static func base(_ word: String) -> Policy.RateBase? {
        switch word {
        case "人": .person
        case "户": .household
        case "人天", "人·天", "人日": .personDay
        default: Policy.RateBase(rawValue: word)
        }
    }
}

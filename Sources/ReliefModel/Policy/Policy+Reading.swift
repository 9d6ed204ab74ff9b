// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

extension Policy {
    /// Reads the content of a policy (FORMAT.md §6).
    ///
    /// - Throws: ``PolicyError`` with every problem: unknown or missing fields, wrong types, codes
    ///   used twice, codes that nothing defines, a purpose that buys a forbidden item.
    public init(content: JSONValue) throws(PolicyError) {
        var reader = PolicyReader()
        let parts = Self.parts(content, &reader)
        guard reader.problems.isEmpty, let parts else {
            throw PolicyError(problems: reader.problems)
        }
        self = parts
    }

    private static func parts(_ content: JSONValue, _ reader: inout PolicyReader) -> Policy? {
        let fields = [
            "title", "purposes", "items", "thresholds", "clocks", "rates", "holidays",
        ]
        guard let object = reader.object(content, "", required: fields) else { return nil }
        let title = reader.text(object, "title", maximum: 200)
        let items = readItems(object, &reader)
        let purposes = readPurposes(object, &reader, items: items)
        let policy = Policy(
            title: title ?? "", purposes: purposes.read, items: items.read,
            thresholds: readThresholds(object, &reader),
            clocks: readClocks(object, &reader, purposes: purposes.codes),
            rates: readRates(object, &reader, purposes: purposes.codes),
            holidays: readHolidays(object, &reader))
        return policy
    }

    private static func readItems(
        _ object: PolicyReader.Object, _ reader: inout PolicyReader
    ) -> (read: [Item], forbidden: [String: Bool]) {
        var items: [Item] = []
        // Codes of items with other problems count as defined: each problem is told once.
        var forbidden: [String: Bool] = [:]
        for (value, path) in reader.array(object, "items") ?? [] {
            let fields = ["code", "zh", "en", "forbidden", "citation"]
            guard let item = reader.object(value, path, required: fields) else { continue }
            let code = reader.code(
                item.value["code"], path + ".code", rule: isItemCode, expected: itemRule)
            let name = readName(item, &reader)
            let isForbidden = reader.boolean(item, "forbidden")
            let citation = reader.text(item, "citation", maximum: 200)
            guard let code else { continue }
            if forbidden[code] != nil { noteDuplicate(code, path + ".code", &reader) }
            forbidden[code] = isForbidden ?? false
            guard let name, let isForbidden, let citation else { continue }
            items.append(
                Item(code: code, name: name, isForbidden: isForbidden, citation: citation))
        }
        return (items, forbidden)
    }

    private static func readPurposes(
        _ object: PolicyReader.Object, _ reader: inout PolicyReader,
        items: (read: [Item], forbidden: [String: Bool])
    ) -> (read: [Purpose], codes: Set<String>) {
        var purposes: [Purpose] = []
        var codes: Set<String> = []
        for (value, path) in reader.array(object, "purposes") ?? [] {
            let fields = ["code", "zh", "en", "buys", "citation"]
            guard let purpose = reader.object(value, path, required: fields) else { continue }
            let code = reader.code(
                purpose.value["code"], path + ".code", rule: isPurposeCode, expected: purposeRule)
            let name = readName(purpose, &reader)
            let buys = readBuys(purpose, &reader, forbidden: items.forbidden)
            let citation = reader.text(purpose, "citation", maximum: 200)
            guard let code else { continue }
            if alwaysExisting[code] != nil {
                reader.note(
                    path + ".code", zh: "“\(code)”始终存在，不得列出；请删除此项",
                    en: "“\(code)” always exists and is not listed; remove the element")
            } else if !codes.insert(code).inserted {
                noteDuplicate(code, path + ".code", &reader)
            }
            guard let name, let citation else { continue }
            purposes.append(Purpose(code: code, name: name, buys: buys, citation: citation))
        }
        return (purposes, codes)
    }

    private static func readBuys(
        _ purpose: PolicyReader.Object, _ reader: inout PolicyReader, forbidden: [String: Bool]
    ) -> [String] {
        var buys: [String] = []
        var seen: Set<String> = []
        for (value, path) in reader.array(purpose, "buys") ?? [] {
            guard let code = reader.string(value, path) else { continue }
            reader.unique(code, in: &seen, path)
            switch forbidden[code] {
            case nil:
                reader.note(
                    path, zh: "items 中没有“\(code)”；请先列出该支出项目或改正代码",
                    en: "“\(code)” is not among the items; list it there or correct the code")
            case true?:
                reader.note(
                    path, zh: "“\(code)”为禁止支出项目，不得列入用途；请删除",
                    en: "“\(code)” is a forbidden item, which no purpose may buy; remove it")
            case false?:
                buys.append(code)
            }
        }
        return buys
    }

    private static func readThresholds(
        _ object: PolicyReader.Object, _ reader: inout PolicyReader
    ) -> [Threshold] {
        var thresholds: [Threshold] = []
        var seen: Set<ThresholdCode> = []
        for (value, path) in reader.array(object, "thresholds") ?? [] {
            let fields = ["code", "amount", "inclusive", "covers", "citation"]
            guard let threshold = reader.object(value, path, required: fields) else { continue }
            let code = reader.word(
                threshold.value["code"], path + ".code", as: ThresholdCode.self)
            let amount = reader.integer(threshold, "amount", in: Money.recordable)
            let isInclusive = reader.boolean(threshold, "inclusive")
            var covers: [Covered] = []
            var covered: Set<Covered> = []
            for (value, path) in reader.array(threshold, "covers") ?? [] {
                guard let kind = reader.word(value, path, as: Covered.self) else { continue }
                reader.unique(kind, in: &covered, path)
                covers.append(kind)
            }
            let citation = reader.text(threshold, "citation", maximum: 200)
            if let code { reader.unique(code, in: &seen, path + ".code") }
            guard let code, let amount, let isInclusive, let citation else { continue }
            thresholds.append(
                Threshold(
                    code: code, amount: Money(fen: amount), isInclusive: isInclusive,
                    covers: covers, citation: citation))
        }
        return thresholds
    }

    private static func readClocks(
        _ object: PolicyReader.Object, _ reader: inout PolicyReader, purposes: Set<String>
    ) -> [Clock] {
        var clocks: [Clock] = []
        var seen: Set<[String]> = []
        for (value, path) in reader.array(object, "clocks") ?? [] {
            let fields = ["code", "days", "calendar", "citation"]
            guard
                let clock = reader.object(
                    value, path, required: fields, optional: ["level", "purposes", "source"])
            else { continue }
            let code = reader.word(clock.value["code"], path + ".code", as: ClockCode.self)
            let level = reader.word(clock.value["level"], path + ".level", as: ClockLevel.self)
            let days = reader.integer(clock, "days", in: 0...3_650)
            let calendar = reader.word(
                clock.value["calendar"], path + ".calendar", as: DayCount.self)
            let citation = reader.text(clock, "citation", maximum: 200)
            let concerned = readConcerned(clock, code, &reader, purposes: purposes)
            let source = readSource(clock, code, &reader)
            if let code {
                let words = [code.rawValue, level?.rawValue ?? "", source?.rawValue ?? ""]
                reader.unique(words, in: &seen, path)
            }
            guard let code, let days, let calendar, let citation else { continue }
            clocks.append(
                Clock(
                    code: code, level: level, days: Int(days), calendar: calendar,
                    citation: citation, purposes: concerned, source: source))
        }
        return clocks
    }

    /// The source of money that a disclosure concerns; no other clock names any.
    private static func readSource(
        _ clock: PolicyReader.Object, _ code: ClockCode?, _ reader: inout PolicyReader
    ) -> SourceLevel? {
        guard let value = clock.value["source"] else { return nil }
        let place = PolicyReader.join(clock.path, "source")
        if let code, code != .disclosure {
            reader.note(
                place, zh: "只有公开时限（disclosure）可限定资金来源；请删除",
                en: "only the clock disclosure names a source of money; remove the field")
        }
        return reader.word(value, place, as: SourceLevel.self)
    }

    /// The purposes that a notice, payout or disclosure concerns: at least one, each once; no other
    /// clock names any.
    private static func readConcerned(
        _ clock: PolicyReader.Object, _ code: ClockCode?, _ reader: inout PolicyReader,
        purposes: Set<String>
    ) -> [String]? {
        guard let elements = reader.array(clock, "purposes") else { return nil }
        let place = PolicyReader.join(clock.path, "purposes")
        if let code, !code.mayNamePurposes {
            reader.note(
                place, zh: "只有公示期（notice）、发放时限（payout）和公开时限（disclosure）可限定用途；请删除",
                en: "only the clocks notice, payout and disclosure name purposes; remove the field"
            )
        }
        if elements.isEmpty {
            reader.note(
                place, zh: "为空，应至少列一个用途；适用于全部用途的，请删除此字段",
                en: "empty, expected at least one purpose; remove the field where all are meant")
        }
        var seen: Set<String> = []
        var codes: [String] = []
        for (value, path) in elements {
            guard let code = reader.string(value, path) else { continue }
            reader.unique(code, in: &seen, path)
            if !purposes.contains(code) {
                reader.note(
                    path, zh: "purposes 中没有“\(code)”；请先列出该用途或改正代码",
                    en: "“\(code)” is not among the purposes; list it or correct the code")
            }
            codes.append(code)
        }
        return codes
    }

    private static func readRates(
        _ object: PolicyReader.Object, _ reader: inout PolicyReader, purposes: Set<String>
    ) -> [Rate] {
        var rates: [Rate] = []
        var seen: Set<[String]> = []
        for (value, path) in reader.array(object, "rates") ?? [] {
            let fields = ["purpose", "amount", "per", "citation"]
            guard let rate = reader.object(value, path, required: fields) else { continue }
            let purpose = rate.value["purpose"].flatMap { reader.string($0, path + ".purpose") }
            if let purpose, !purposes.contains(purpose) {
                reader.note(
                    path + ".purpose", zh: "purposes 中没有“\(purpose)”；请先列出该用途或改正代码",
                    en: "“\(purpose)” is not among the purposes; list it or correct the code")
            }
            let amount = reader.integer(rate, "amount", in: Money.recordable)
            let per = reader.word(rate.value["per"], path + ".per", as: RateBase.self)
            let citation = reader.text(rate, "citation", maximum: 200)
            if let purpose, let per { reader.unique([purpose, per.rawValue], in: &seen, path) }
            guard let purpose, let amount, let per, let citation else { continue }
            rates.append(
                Rate(purpose: purpose, amount: Money(fen: amount), per: per, citation: citation))
        }
        return rates
    }

    private static func readHolidays(
        _ object: PolicyReader.Object, _ reader: inout PolicyReader
    ) -> [CivilDate] {
        var holidays: [CivilDate] = []
        var seen: Set<CivilDate> = []
        for (value, path) in reader.array(object, "holidays") ?? [] {
            guard let text = reader.string(value, path) else { continue }
            guard let date = CivilDate(text) else {
                reader.note(
                    path, zh: "“\(text)”不是日期，应为 YYYY-MM-DD；请改正",
                    en: "“\(text)” is no date, expected YYYY-MM-DD; correct it")
                continue
            }
            reader.unique(date, in: &seen, path)
            holidays.append(date)
        }
        return holidays
    }

    // MARK: Names and codes

    private static func readName(
        _ object: PolicyReader.Object, _ reader: inout PolicyReader
    ) -> Message? {
        let zh = reader.text(object, "zh", maximum: 100)
        let en = reader.text(object, "en", maximum: 100)
        guard let zh, let en else { return nil }
        return Message(zh: zh, en: en)
    }

    private static func noteDuplicate(
        _ code: String, _ path: String, _ reader: inout PolicyReader
    ) {
        reader.note(
            path, zh: "代码“\(code)”已用过，应各不相同；请改用另一代码",
            en: "the code “\(code)” was used before, expected each once; choose another")
    }

    private static let purposeRule = Message(zh: "1 至 8 位 A–Z、0–9", en: "1 to 8 of A–Z 0–9")

    private static func isPurposeCode(_ text: String) -> Bool {
        (1...8).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }
    }

    private static let itemRule = Message(
        zh: "1 至 16 位字母或数字，首位为小写字母",
        en: "1 to 16 letters and digits, a lower-case letter first")

    private static func isItemCode(_ text: String) -> Bool {
        guard let first = text.utf8.first, (0x61...0x7A).contains(first) else { return false }
        return text.utf8.count <= 16
            && text.utf8.allSatisfy { byte in
                (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || (0x30...0x39).contains(byte)
            }
    }
}

// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat

/// A place in a text that looks like personal data; never carries the digits.
public struct PersonalData: Hashable, Sendable {
    /// What it looks like.
    public let kind: Kind
    /// The characters of the text, counted from 0.
    public let characters: Range<Int>

    /// The numbers that are looked for.
    public enum Kind: Sendable, CaseIterable {
        /// A resident identity number of 18 characters, or an old one of 15 digits.
        case identityNumber
        /// A bank card number.
        case cardNumber
        /// A mobile phone number.
        case phoneNumber

        /// The name for people.
        public var name: Message {
            switch self {
            case .identityNumber: Message(zh: "身份证号", en: "an identity number")
            case .cardNumber: Message(zh: "银行卡号", en: "a bank card number")
            case .phoneNumber: Message(zh: "手机号码", en: "a mobile phone number")
            }
        }
    }

    /// What was found, where, what is expected and what to do, for people.
    public var message: Message {
        let name = kind.name
        let (first, last) = (characters.lowerBound + 1, characters.upperBound)
        return Message(
            zh: "第\(first)至\(last)个字符像是\(name.zh)，账本文字中应无个人信息；请删去该号码，个人资料只存入花名册",
            en: "characters \(first) to \(last) look like \(name.en), expected no personal data in "
                + "the ledger's text; remove the number and keep personal data in the roster only")
    }
}

/// Looks through free text for numbers that must not enter the ledger.
///
/// What counts is a maximal run of decimal digits, ASCII or full-width, or several runs with one
/// space or one hyphen between each two:
///
/// - **identity numbers**: 18 characters with a province and a birth date from 1900 on, whatever
///   the check character, since a wrong digit makes them no less personal; where spaces and hyphens
///   are mixed, as between unrelated numbers, only with the right one. The old ones of 15 digits;
/// - **bank cards**: 16 to 19 digits that obey the Luhn formula; in groups only as cards print them;
/// - **mobile phones**: 11 digits from 13 to 19 on, also after 86 or 0086; in groups as people
///   write them; not where the text makes an amount of them.
///
/// Hash values and valid 统一社会信用代码 are left alone. A document number, a date or the code of a
/// unit has too few digits in one piece to be taken for any of these.
///
/// The scan errs on the side of refusing: a voucher's number of 16 to 19 digits obeys the Luhn
/// formula in one of ten cases, one made of division, date and sequence looks like an identity
/// number, and amounts in a row, `150 2300 4500`, can look like a phone number. It cannot see
/// numbers written in words or spread over several texts.
public enum PersonalDataScan {
    /// The text with whatever looks like personal data in it hidden.
    public static func masked(_ text: String) -> String {
        let found = search(text)
        guard !found.isEmpty else { return text }
        var characters = Array(text)
        for place in found.reversed() {
            characters.replaceSubrange(place.characters, with: "***")
        }
        return String(characters)
    }

    /// Everything found, from the left, without overlaps.
    ///
    /// - Complexity: O(*n*) in the length of the text.
    public static func search(_ text: String) -> [PersonalData] {
        guard text.utf8.count >= 11 else { return [] }
        let groups = DigitGroup.all(in: text)
        var found: [PersonalData] = []
        var start = 0
        while start < groups.count {
            if let (kind, end) = match(groups, from: start) {
                let first = groups[start].characters.lowerBound
                var last = groups[end].characters.upperBound - 1
                if kind == .identityNumber { last = groups[end].closingX ?? last }
                found.append(PersonalData(kind: kind, characters: first..<last + 1))
                start = end
            }
            start += 1
        }
        return found
    }

    /// The longest number that begins with a group, and its last group.
    private static func match(
        _ groups: [DigitGroup], from start: Int
    ) -> (PersonalData.Kind, end: Int)? {
        var number = GroupedNumber(groups[start])
        var longest: (PersonalData.Kind, Int)?
        var end = start
        while true {
            if let kind = number.kind { longest = (kind, end) }
            guard let link = groups[end].link,
                number.digits.count < CardNumber.digitCounts.upperBound
            else { return longest }
            end += 1
            number.append(groups[end], after: link)
        }
    }
}

/// Digits in one or more groups, and how they are set apart.
private struct GroupedNumber {
    private(set) var digits: [UInt8]
    private var shape: [Int]
    private var separators: Set<DigitGroup.Separator> = []
    private var last: DigitGroup

    init(_ group: DigitGroup) {
        digits = group.digits
        shape = [group.digits.count]
        last = group
    }

    mutating func append(_ group: DigitGroup, after separator: DigitGroup.Separator) {
        digits += group.digits
        shape.append(group.digits.count)
        separators.insert(separator)
        last = group
    }

    /// What the whole number looks like, or nil.
    var kind: PersonalData.Kind? {
        if isIdentityNumber || isOldIdentityNumber { return .identityNumber }
        if last.isInUnifiedCode { return nil }
        if isCardNumber { return .cardNumber }
        return isPhoneNumber ? .phoneNumber : nil
    }

    private var isIdentityNumber: Bool {
        let all = last.closingX != nil ? digits + [10] : digits
        guard all.count == IdentityNumber.characterCount, IdentityNumber.isRegion(all),
            IdentityNumber.birthDay(all[6..<14]) != nil
        else { return false }
        return separators.count < 2 || IdentityNumber.isChecked(all)
    }

    private var isOldIdentityNumber: Bool {
        digits.count == 15 && last.closingX == nil && IdentityNumber.isRegion(digits)
            && IdentityNumber.birthDay([1, 9] + digits[6..<12]) != nil
            && (shape == [15] || (shape == [6, 6, 3] && separators.count == 1))
    }

    private var isCardNumber: Bool {
        guard CardNumber.digitCounts.contains(digits.count), CardNumber.isChecked(digits) else {
            return false
        }
        if shape.count == 1 { return true }
        // Cards begin with 3 to 6 or 9, or with 2221 to 2720; four years in a row do not.
        let prefix = digits[..<4].reduce(0) { $0 * 10 + Int($1) }
        let isIssued = (3...6).contains(digits[0]) || digits[0] == 9 || (2221...2720) ~= prefix
        let isInFours = shape.dropLast().allSatisfy { $0 == 4 } && shape.last ?? 0 <= 4
        let isInTwo = shape.count == 2 && shape[0] == 6
        return isIssued && separators.count == 1 && (isInFours || isInTwo)
    }

    private var isPhoneNumber: Bool {
        guard !last.isAmount else { return false }
        let prefix = [[0, 0, 8, 6], [8, 6]].first { digits.starts(with: $0) } ?? []
        let isPrefixed = digits.count == 11 + prefix.count
        guard digits.count == 11 || isPrefixed else { return false }
        let number = digits.suffix(11)
        guard number.first == 1, number.dropFirst().first ?? 0 >= 3 else { return false }
        if shape.count == 1 { return true }
        var rest = shape
        if isPrefixed {
            rest[0] -= prefix.count
            if rest[0] == 0 { rest.removeFirst() }
        }
        let shapes = [[11], [3, 4, 4], [3, 8], [7, 4], [3, 3, 5]]
        return separators.count == 1 && shapes.contains(rest)
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import LedgerFormat

/// Reads fields strictly, and collects every problem with its path.
///
/// Each reading gives nil where it noted a problem, so that reading goes on to the next field.
struct PolicyReader {
    private(set) var problems: [PolicyError.Problem] = []

    /// Notes a problem.
    mutating func note(_ path: String, zh: String, en: String) {
        problems.append(PolicyError.Problem(path: path, detail: Message(zh: zh, en: en)))
    }

    /// An object that has only the named fields, each at most once.
    mutating func object(
        _ value: JSONValue, _ path: String, required: [String], optional: [String] = []
    ) -> Object? {
        guard let members = value.members else {
            note(path, zh: "应为对象；请按格式重写", en: "expected an object; rewrite it in this form")
            return nil
        }
        let known = required + optional
        var seen: Set<String> = []
        for member in members {
            let place = Self.join(path, member.name)
            if !known.contains(member.name) {
                note(
                    place, zh: "未知字段，应为 \(known.joined(separator: "、")) 之一；请删除或改名",
                    en: "unknown field, expected one of \(known.joined(separator: ", ")); "
                        + "remove or rename it")
            } else if !seen.insert(member.name).inserted {
                note(place, zh: "字段重复，应只出现一次；请删除多余的", en: "appears twice; keep one")
            }
        }
        for name in required where !seen.contains(name) {
            note(Self.join(path, name), zh: "缺少此字段；请补上", en: "missing; add the field")
        }
        return Object(value: value, path: path)
    }

    /// An object being read, and its path.
    struct Object {
        let value: JSONValue
        let path: String
    }

    /// The elements of an array, each with its path.
    mutating func array(_ object: Object, _ name: String) -> [(value: JSONValue, path: String)]? {
        guard let value = object.value[name] else { return nil }
        let path = Self.join(object.path, name)
        guard let elements = value.array else {
            note(path, zh: "应为数组；请写成 […]", en: "expected an array; write […]")
            return nil
        }
        return elements.enumerated().map { ($0.element, "\(path)[\($0.offset)]") }
    }

    /// A text of at most so many bytes.
    mutating func text(_ object: Object, _ name: String, maximum: Int) -> String? {
        guard let value = object.value[name] else { return nil }
        let path = Self.join(object.path, name)
        guard let text = string(value, path) else { return nil }
        if let problem = TextRule.problem(in: text, maximumByteCount: maximum) {
            note(path, zh: problem.zh, en: problem.en)
            return nil
        }
        return text
    }

    /// Any string.
    mutating func string(_ value: JSONValue, _ path: String) -> String? {
        guard let text = value.string else {
            note(path, zh: "应为字符串；请加引号", en: "expected a string; put it in quotes")
            return nil
        }
        return text
    }

    /// A code that a rule accepts.
    mutating func code(
        _ value: JSONValue?, _ path: String, rule: (String) -> Bool, expected: Message
    ) -> String? {
        guard let value, let text = string(value, path) else { return nil }
        if rule(text) { return text }
        note(
            path, zh: "代码“\(text)”不合规则，应为\(expected.zh)；请改正",
            en: "found “\(text)”, expected \(expected.en); correct the code")
        return nil
    }

    /// A boolean.
    mutating func boolean(_ object: Object, _ name: String) -> Bool? {
        guard let value = object.value[name] else { return nil }
        if let boolean = value.boolean { return boolean }
        note(
            Self.join(object.path, name), zh: "应为 true 或 false；请改正",
            en: "expected true or false; correct it")
        return nil
    }

    /// An integer within a range.
    mutating func integer(
        _ object: Object, _ name: String, in range: ClosedRange<Int64>
    ) -> Int64? {
        guard let value = object.value[name] else { return nil }
        if let number = value.integer, range.contains(number) { return number }
        let found = value.integer.map(String.init)
        let bounds = "\(range.lowerBound)…\(range.upperBound)"
        note(
            Self.join(object.path, name),
            zh: "实为 \(found ?? "非整数")，应为 \(bounds) 之间的整数；请改正",
            en: "found \(found ?? "no integer"), expected an integer in \(bounds); correct it")
        return nil
    }

    /// One of the words of an enumeration; nil without a problem where the field is absent.
    mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ value: JSONValue?, _ path: String, as type: Word.Type
    ) -> Word? {
        guard let value, let text = string(value, path) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue)
        note(
            path, zh: "“\(text)”不在可选值内，应为 \(words.joined(separator: "、")) 之一；请改正",
            en: "found “\(text)”, expected one of \(words.joined(separator: ", ")); correct it")
        return nil
    }

    /// Notes a key that was met before.
    mutating func unique<Key: Hashable>(_ key: Key, in seen: inout Set<Key>, _ path: String) {
        if seen.insert(key).inserted { return }
        note(
            path, zh: "与前面的一项重复；请删除其中一项",
            en: "repeats an earlier element; remove one of the two")
    }

    /// The path of a field of an object.
    static func join(_ path: String, _ name: String) -> String {
        path.isEmpty ? name : path + "." + name
    }
}

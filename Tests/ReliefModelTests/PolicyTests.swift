// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import Testing

@testable import ReliefModel

@Suite struct `A policy` {
    /// A small content that is right.
    private static let content: JSONValue = .object([
        "title": .string("试行规则"),
        "items": .array([item("food"), item("water"), item("wages", isForbidden: true)]),
        "purposes": .array([purpose("H5", ["food", "water"]), purpose("H6", ["food"])]),
        "thresholds": .array([
            .object([
                "code": .string("collective"), "amount": .integer(1_000_000),
                "inclusive": .boolean(true), "covers": .array([.string("expense")]),
                "citation": .string("规则一"),
            ])
        ]),
        "clocks": .array([clock("notice", 7), clock("notice", 5, "township")]),
        "rates": .array([
            .object([
                "purpose": .string("H6"), "amount": .integer(9_000), "per": .string("person"),
                "citation": .string("规则二"),
            ])
        ]),
        "holidays": .array([.string("2022-01-03")]),
    ])

    private static func item(_ code: String, isForbidden: Bool = false) -> JSONValue {
        .object([
            "code": .string(code), "zh": .string("名称"), "en": .string("name"),
            "forbidden": .boolean(isForbidden), "citation": .string("规则三"),
        ])
    }

    private static func purpose(_ code: String, _ buys: [String]) -> JSONValue {
        .object([
            "code": .string(code), "zh": .string("用途"), "en": .string("purpose"),
            "buys": .array(buys.map { .string($0) }), "citation": .string("规则四"),
        ])
    }

    private static func clock(_ code: String, _ days: Int64, _ level: String? = nil) -> JSONValue {
        .object([
            "code": .string(code), "days": .integer(days), "calendar": .string("calendar"),
            "level": level.map { .string($0) }, "citation": .string("规则五"),
        ])
    }

    /// The content with the value at a path replaced, or removed.
    private static func changed(_ path: [String], _ value: JSONValue?) -> JSONValue {
        change(content, path[...], value)
    }

    private static func change(
        _ value: JSONValue, _ path: ArraySlice<String>, _ new: JSONValue?
    ) -> JSONValue {
        guard let step = path.first else { return new ?? value }
        if var elements = value.array, let index = Int(step) {
            elements[index] = change(elements[index], path.dropFirst(), new)
            return .array(elements)
        }
        var pairs = (value.members ?? []).filter { $0.name != step }.map {
            ($0.name, Optional($0.value))
        }
        if path.count == 1 {
            pairs.append((step, new))
        } else if let inner = value[step] {
            pairs.append((step, change(inner, path.dropFirst(), new)))
        }
        return .object(pairs)
    }

    private func problems(_ content: JSONValue) -> [String] {
        do {
            _ = try Policy(content: content)
            return []
        } catch {
            return error.problems.map(\.path)
        }
    }

    @Test func `content reads and writes back to the same bytes`() throws {
        let policy = try Policy(content: Self.content)
        #expect(policy.content == Self.content)
        #expect(try Policy(content: policy.content) == policy)
    }

    @Test func `lookups find codes, the clock of a level and the clock of every level`() throws {
        let policy = try Policy(content: Self.content)
        #expect(policy.purpose("H6")?.buys == ["food"])
        #expect(policy.purpose("H7") == nil)
        #expect(policy.item("wages")?.isForbidden == true)
        #expect(policy.clock(.notice, at: .township)?.days == 5)
        #expect(policy.clock(.notice, at: .county)?.days == 7)
        #expect(policy.clock(.notice, at: nil)?.days == 7)
        #expect(policy.clock(.onward, at: .province) == nil)
        #expect(policy.rate(purpose: "H6", per: .person)?.amount == Money(fen: 9_000))
        #expect(policy.rate(purpose: "H6", per: .household) == nil)
        let holiday = try #require(CivilDate("2022-01-03"))
        #expect(!policy.isWorkingDay(holiday))
        #expect(policy.isWorkingDay(holiday.advanced(by: 1)))
    }

    @Test(arguments: [
        ("food", "H6", Policy.ItemVerdict.allowed), ("water", "H6", .outsidePurpose),
        ("wages", "H6", .forbidden), ("wages", "U0", .forbidden), ("food", "U0", .purposeUnstated),
        ("wages", "G0", .outsideRelief), ("cake", "H6", .unknownItem),
        ("food", "H9", .unknownPurpose),
    ])
    func `an item stands to a purpose as the policy lists it`(
        item: String, purpose: String, verdict: Policy.ItemVerdict
    ) throws {
        #expect(try Policy(content: Self.content).verdict(item: item, purpose: purpose) == verdict)
    }

    @Test func `the codes G0 and U0 always exist and have names`() throws {
        let policy = try Policy(content: Self.content)
        for code in ["G0", "U0", "H5"] {
            #expect(policy.isPurpose(code))
            #expect(policy.purposeName(code) != nil)
        }
        #expect(!policy.isPurpose("X9"))
        #expect(policy.purpose("G0") == nil)
    }

    @Test func `a threshold covers its own amount only where it is inclusive`() throws {
        let limit = Money(fen: 1_000_000)
        let inclusive = try Policy(content: Self.content)
        let path = ["thresholds", "0", "inclusive"]
        let exclusive = try Policy(content: Self.changed(path, .boolean(false)))
        #expect(inclusive.threshold(.collective)?.applies(to: limit, of: .expense) == true)
        #expect(exclusive.threshold(.collective)?.applies(to: limit, of: .expense) == false)
        let below = Money(fen: 999_999)
        let above = Money(fen: 1_000_001)
        #expect(inclusive.threshold(.collective)?.applies(to: below, of: .expense) == false)
        #expect(exclusive.threshold(.collective)?.applies(to: above, of: .expense) == true)
        #expect(inclusive.threshold(.collective)?.applies(to: above, of: .batch) == false)
    }

    @Test(
        arguments: [
            ("title", nil, "title"), ("title", .string(""), "title"),
            ("title", .integer(1), "title"),
            ("title", .string(String(repeating: "x", count: 201)), "title"),
            ("colour", .string("red"), "colour"), ("items", .string("x"), "items"),
            ("items/0", .integer(1), "items[0]"), ("items/0/zh", nil, "items[0].zh"),
            ("items/0/code", .string("Food"), "items[0].code"),
            ("items/2/code", .string("abcdefghijklmnopq"), "items[2].code"),
            ("items/2/code", .string("food"), "items[2].code"),
            ("items/2/forbidden", .string("yes"), "items[2].forbidden"),
            ("items/2/note", .string("x"), "items[2].note"),
            ("purposes/1/code", .string("h6"), "purposes[1].code"),
            ("purposes/0/code", .string("H6"), "purposes[1].code"),
            ("purposes/0/code", .string("G0"), "purposes[0].code"),
            ("purposes/0/code", .string("U0"), "purposes[0].code"),
            ("purposes/0/buys/1", .string("cake"), "purposes[0].buys[1]"),
            ("purposes/0/buys/1", .string("food"), "purposes[0].buys[1]"),
            ("purposes/0/buys/1", .string("wages"), "purposes[0].buys[1]"),
            ("purposes/0/buys/1", .boolean(true), "purposes[0].buys[1]"),
            ("thresholds/0/code", .string("single"), "thresholds[0].code"),
            ("thresholds/0/amount", .integer(0), "thresholds[0].amount"),
            ("thresholds/0/amount", .string("1"), "thresholds[0].amount"),
            ("thresholds/0/covers/0", .string("grant"), "thresholds[0].covers[0]"),
            ("clocks/0/days", .integer(3_651), "clocks[0].days"),
            ("clocks/0/days", .integer(-1), "clocks[0].days"),
            ("clocks/0/calendar", .string("lunar"), "clocks[0].calendar"),
            ("clocks/0/level", .string("township"), "clocks[1]"),
            ("clocks/0/level", .string("village"), "clocks[0].level"),
            ("rates/0/purpose", .string("H9"), "rates[0].purpose"),
            ("rates/0/per", .string("day"), "rates[0].per"),
            ("rates/0/citation", .string(" x"), "rates[0].citation"),
            ("holidays/0", .string("2022-02-30"), "holidays[0]"),
            ("holidays/0", .integer(5), "holidays[0]"),
            ("holidays", .array([.string("2022-01-03"), .string("2022-01-03")]), "holidays[1]"),
        ] as [(String, JSONValue?, String)])
    func `a fault is refused with the path of its field`(
        path: String, value: JSONValue?, problem: String
    ) {
        let steps = path.split(separator: "/").map(String.init)
        #expect(problems(Self.changed(steps, value)).contains(problem))
    }

    @Test func `a notice may be for some purposes, which exist and are named once`() throws {
        let base = try #require(Self.content["clocks"]?.array?.first?.members)
        func clocks(_ code: String, _ purposes: JSONValue) -> JSONValue {
            let others = base.filter { $0.name != "code" }.map { ($0.name, Optional($0.value)) }
            return .object(others + [("code", .string(code)), ("purposes", purposes)])
        }
        let purpose = try #require(Self.content["purposes"]?.array?.first?["code"]?.string)
        let one = Self.changed(["clocks", "0"], clocks("notice", .array([.string(purpose)])))
        let policy = try Policy(content: one)
        #expect(policy.content == one)
        #expect(policy.noticeClock(purpose: purpose, at: .county)?.days == 7)
        #expect(policy.noticeClock(purpose: "ZZ", at: .county) == nil)
        let all = try Policy(content: Self.content)
        #expect(all.noticeClock(purpose: "ZZ", at: .county)?.days == 7)
        let wrong: [(JSONValue, String)] = [
            (clocks("notice", .array([])), "clocks[0].purposes"),
            (clocks("notice", .string(purpose)), "clocks[0].purposes"),
            (clocks("notice", .array([.string("ZZ")])), "clocks[0].purposes[0]"),
            (
                clocks("notice", .array([.string(purpose), .string(purpose)])),
                "clocks[0].purposes[1]"
            ),
            (clocks("onward", .array([.string(purpose)])), "clocks[0].purposes"),
        ]
        for (clock, place) in wrong {
            let error = #expect(throws: PolicyError.self) {
                try Policy(content: Self.changed(["clocks", "0"], clock))
            }
            #expect(error?.problems.map(\.path) == [place])
        }
    }

    @Test func `every problem is told at once, in both languages`() throws {
        var content = Self.changed(["title"], nil)
        content = Self.change(content, ["items", "0", "code"], .string("Food"))
        content = Self.change(content, ["holidays", "0"], .string("soon"))
        let error = try #require(throws: PolicyError.self) { try Policy(content: content) }
        // The purposes that buy `food` no longer find it.
        #expect(
            error.problems.map(\.path) == [
                "title", "items[0].code", "purposes[0].buys[0]", "purposes[1].buys[0]",
                "holidays[0]",
            ])
        #expect(error.problems.last?.message.zh == "政策字段 holidays[0]：“soon”不是日期，应为 YYYY-MM-DD；请改正")
        #expect(
            error.problems.last?.message.en
                == "policy field holidays[0]: “soon” is no date, expected YYYY-MM-DD; correct it")
    }

    @Test func `what is no object, and a name that appears twice, are refused`() {
        #expect(problems(.string("x")) == [""])
        let members = Self.content.members ?? []
        let twice = JSONValue.Member(name: "title", value: .string("x"))
        #expect(problems(.object(members + [twice])) == ["title"])
    }

    @Test func `a deadline counts the days its clock names`() throws {
        let content = Self.changed(["clocks", "0", "calendar"], .string("working"))
        let policy = try Policy(content: content)
        let start = try #require(CivilDate("2021-12-31"))
        let working = try #require(policy.clock(.notice, at: .county))
        let calendar = try #require(policy.clock(.notice, at: .township))
        // 3 January is a holiday: 4, 5, 6, 7, 10, 11, 12 January.
        #expect(policy.deadline(working, after: start)?.description == "2022-01-12")
        #expect(policy.deadline(calendar, after: start)?.description == "2022-01-05")
    }

    @Test func `the levels of units have clocks from province to township`() {
        let levels = UnitID.Level.allCases.map { Policy.ClockLevel($0) }
        #expect(levels == [nil, .province, .prefecture, .county, .township, nil, nil])
    }
}

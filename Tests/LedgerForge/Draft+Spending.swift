// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog

/// Drafts of everything that is decided, spent, answered and put right.
extension Draft {
    /// A household's pseudonym: `h-` and a number of 128 bits.
    public static func household(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return "h-" + String(repeating: "0", count: 32 - digits.count) + digits
    }

    /// A firm with a right check character.
    public static let firm = "f-91350100M000100Y43"

    /// The content of a policy with items, a threshold of 10,000.00 yuan inclusive for collective
    /// decisions, and a clock of 30 days for reissues.
    ///
    /// `P1` buys food, heating and tents, `P2` food alone; nothing buys wages.
    public static func spendingPolicy(
        title: String = "规",
        rates: [(purpose: String, amount: Int64, per: String)] = [],
        clocks: [(code: String, level: String?, days: Int64)] = [("reissue", nil, 30)],
        covers: [String] = ["expense", "batch"]
    ) -> JSONValue {
        let parts: [(String, JSONValue)] = [
            (
                "purposes",
                .array([purpose("P1", ["food", "heating", "tent"]), purpose("P2", ["food"])])
            ),
            (
                "items",
                .array([
                    item("food"), item("heating"), item("tent"), item("transport"),
                    item("wages", isForbidden: true),
                ])
            ),
            (
                "thresholds",
                .array([
                    .object([
                        "code": .string("collective"), "amount": .integer(1_000_000),
                        "inclusive": .boolean(true),
                        "covers": .array(covers.map { .string($0) }), "citation": .string("例"),
                    ])
                ])
            ),
            (
                "rates",
                .array(
                    rates.map { rate in
                        .object([
                            "purpose": .string(rate.purpose), "amount": .integer(rate.amount),
                            "per": .string(rate.per), "citation": .string("例"),
                        ])
                    })
            ),
        ]
        let changed = Set(parts.map(\.0))
        let others = (policy(title: title, clocks: clocks).members ?? [])
            .filter { !changed.contains($0.name) }.map { ($0.name, Optional($0.value)) }
        return .object(others + parts.map { ($0.0, Optional($0.1)) })
    }

    private static func purpose(_ code: String, _ buys: [String]) -> JSONValue {
        .object([
            "code": .string(code), "zh": .string("救助\(code)"), "en": .string("aid \(code)"),
            "buys": .array(buys.map { .string($0) }), "citation": .string("例"),
        ])
    }

    private static func item(_ code: String, isForbidden: Bool = false) -> JSONValue {
        .object([
            "code": .string(code), "zh": .string("项\(code)"), "en": .string(code),
            "forbidden": .boolean(isForbidden), "citation": .string("例"),
        ])
    }

    // MARK: - Plans and decisions

    /// A plan.
    public static func plan(
        _ unit: String = Place.county, grant: Int, _ lines: [(item: String, amount: Int64)],
        replaces: Int? = nil, date: String = "2022-01-12"
    ) -> RecordFields {
        [
            ("kind", .string("plan")), ("unit", .string(unit)), ("grant", number(grant)),
            ("title", .string("方案")), ("date", .string(date)),
            (
                "lines",
                .array(
                    lines.map {
                        .object(["item": .string($0.item), "amount": .integer($0.amount)])
                    })
            ),
            ("replaces", number(replaces)),
        ]
    }

    /// A meeting.
    public static func decision(
        _ unit: String = Place.county, grant: Int,
        _ items: [(item: String, amount: Int64, payee: String?)],
        attendees: [String] = ["P-chair", "P-one", "P-two"], quorum: Int64 = 2,
        recused: [String]? = nil, date: String = "2022-01-15"
    ) -> RecordFields {
        [
            ("kind", .string("decision")), ("unit", .string(unit)),
            ("grant", number(grant)), ("date", .string(date)),
            ("meeting", .string("会〔2022〕1号")),
            ("attendees", .array(attendees.map { .string($0) })), ("quorum", .integer(quorum)),
            ("recused", recused.map { .array($0.map { .string($0) }) }),
            ("minutes", .string(String(repeating: "5e", count: 32))),
            (
                "items",
                .array(
                    items.map {
                        .object([
                            "item": .string($0.item), "amount": .integer($0.amount),
                            "payee": text($0.payee),
                        ])
                    })
            ),
        ]
    }

    /// An exception.
    public static func override(
        _ rule: String, _ unit: String = Place.county, grant: Int, _ amount: Int64,
        payee: String? = nil, expires: String? = nil, date: String = "2022-01-16"
    ) -> RecordFields {
        [
            ("kind", .string("override")), ("unit", .string(unit)),
            ("grant", number(grant)), ("rule", .string(rule)),
            ("amount", .integer(amount)), ("payee", text(payee)),
            ("date", .string(date)), ("expires", text(expires)),
            ("reason", .string("例外")),
        ]
    }

    // MARK: - Spending

    /// An expense.
    public static func expense(
        _ unit: String = Place.county, grant: Int, _ amount: Int64, item: String = "food",
        payee: String = firm, plan: Int?, decision: Int? = nil, date: String = "2022-01-20",
        document: JSONValue? = nil
    ) -> RecordFields {
        [
            ("kind", .string("expense")), ("unit", .string(unit)),
            ("grant", number(grant)), ("amount", .integer(amount)),
            ("date", .string(date)), ("item", .string(item)), ("payee", .string(payee)),
            ("plan", number(plan)),
            ("decision", number(decision)), ("document", document),
        ]
    }

    /// What one household gets.
    public struct Line: Sendable {
        let household: Int
        /// Fen.
        public let amount: Int64
        let persons: Int64

        /// Names a line.
        public init(_ household: Int, _ amount: Int64, persons: Int64 = 1) {
            self.household = household
            self.amount = amount
            self.persons = persons
        }
    }

    /// A batch and its payments, the batch to stand at `seq`.
    public static func batch(
        at seq: Int, _ unit: String = Place.county, grant: Int, _ lines: [Line],
        item: String = "food", period: String = "2022-01", plan: Int?, decision: Int? = nil,
        rate: (amount: Int64, per: String)? = nil, days: Int64? = nil, roster: Int? = nil,
        date: String = "2022-01-20", document: JSONValue? = nil
    ) -> [RecordFields] {
        let batch: RecordFields = [
            ("kind", .string("batch")), ("unit", .string(unit)),
            ("grant", number(grant)),
            ("amount", .integer(lines.reduce(0) { $0 + $1.amount })),
            ("count", .integer(Int64(lines.count))), ("date", .string(date)),
            ("item", .string(item)), ("period", .string(period)),
            ("plan", number(plan)),
            ("decision", number(decision)),
            (
                "rate",
                rate.map { .object(["amount": .integer($0.amount), "per": .string($0.per)]) }
            ),
            ("days", days.map { .integer($0) }), ("roster", number(roster)),
            ("document", document),
        ]
        return [batch] + lines.map { payment(of: seq, unit, grant: grant, $0) }
    }

    /// One line of a batch.
    public static func payment(
        of batch: Int, _ unit: String = Place.county, grant: Int, _ line: Line
    ) -> RecordFields {
        [
            ("kind", .string("payment")), ("unit", .string(unit)),
            ("grant", number(grant)), ("batch", number(batch)),
            ("amount", .integer(line.amount)), ("payee", .string(household(line.household))),
            ("persons", .integer(line.persons)),
        ]
    }

    // MARK: - What becomes of it

    /// A bank's answer.
    public static func result(
        _ outcome: String, of target: Int, _ unit: String = Place.county, grant: Int,
        _ amount: Int64, date: String = "2022-01-25", document: JSONValue? = nil
    ) -> RecordFields {
        answer("result", of: target, unit, grant: grant, amount, date: date) + [
            ("outcome", .string(outcome)), ("document", document),
            ("reason", outcome == "settled" ? nil : .string("户名不符")),
        ]
    }

    /// A payment is sent again.
    public static func reissue(
        _ target: Int, _ unit: String = Place.county, grant: Int, _ amount: Int64,
        date: String = "2022-01-28"
    ) -> RecordFields {
        answer("reissue", of: target, unit, grant: grant, amount, date: date)
    }

    /// A cancel, reversal or recoverable: the kinds that say why.
    public static func undo(
        _ kind: String, _ target: Int, _ unit: String = Place.county, grant: Int,
        _ amount: Int64, date: String = "2022-01-28"
    ) -> RecordFields {
        answer(kind, of: target, unit, grant: grant, amount, date: date) + [
            ("reason", .string("误"))
        ]
    }

    /// Money that was owed back has come.
    public static func recovery(
        _ target: Int, _ unit: String = Place.county, grant: Int, _ amount: Int64,
        date: String = "2022-01-30"
    ) -> RecordFields {
        answer("recovery", of: target, unit, grant: grant, amount, date: date)
    }

    /// A misuse is recorded as the fact that it is.
    public static func irregular(
        _ unit: String = Place.county, grant: Int, _ amount: Int64, rules: [String] = ["E03"],
        payee: String? = nil, date: String = "2022-01-20", document: JSONValue? = nil
    ) -> RecordFields {
        [
            ("kind", .string("irregular")), ("unit", .string(unit)),
            ("grant", number(grant)), ("amount", .integer(amount)),
            ("date", .string(date)), ("rules", .array(rules.map { .string($0) })),
            ("finding", .string("挪用")), ("payee", text(payee)),
            ("document", document),
        ]
    }

    private static func answer(
        _ kind: String, of target: Int, _ unit: String, grant: Int, _ amount: Int64, date: String
    ) -> RecordFields {
        [
            ("kind", .string(kind)), ("unit", .string(unit)), ("grant", number(grant)),
            ("target", number(target)), ("amount", .integer(amount)),
            ("date", .string(date)),
        ]
    }

    static func number(_ value: Int) -> JSONValue { .integer(Int64(value)) }

    static func number(_ value: Int?) -> JSONValue? { value.map { .integer(Int64($0)) } }

    static func text(_ value: String?) -> JSONValue? { value.map { .string($0) } }
}

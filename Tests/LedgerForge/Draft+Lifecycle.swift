// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog

/// Drafts of rosters, notices and objections, and of money that goes into another grant.
extension Draft {
    /// A roster by its totals.
    public static func roster(
        _ unit: String = Place.county, grant: Int, households: Int64, persons: Int64,
        _ amount: Int64, item: String = "food", period: String = "2022-01",
        stage: String = "approved", replaces: Int? = nil, date: String = "2022-01-10"
    ) -> RecordFields {
        [
            ("kind", .string("roster")), ("unit", .string(unit)), ("grant", number(grant)),
            ("item", .string(item)), ("period", .string(period)), ("date", .string(date)),
            ("stage", .string(stage)), ("count", .integer(households)),
            ("persons", .integer(persons)), ("amount", .integer(amount)),
            ("root", .string(String(repeating: "A", count: 43) + "=")),
            ("replaces", number(replaces)),
        ]
    }

    /// A notice: seven days that end before the day on which drafts spend.
    public static func notice(
        of roster: Int, _ unit: String = Place.county, grant: Int, households: Int64,
        _ amount: Int64, from: String = "2022-01-12", until: String = "2022-01-18",
        round: Int64 = 1
    ) -> RecordFields {
        [
            ("kind", .string("notice")), ("unit", .string(unit)), ("grant", number(grant)),
            ("target", number(roster)), ("round", .integer(round)), ("place", .string("村务公开栏")),
            ("date", .string(from)), ("until", .string(until)), ("count", .integer(households)),
            ("amount", .integer(amount)),
        ]
    }

    /// An objection to a notice, or with an outcome the end of one.
    public static func objection(
        to target: Int, _ unit: String = Place.county, outcome: String? = nil,
        payee: String? = nil, date: String = "2022-01-14"
    ) -> RecordFields {
        [
            ("kind", .string("objection")), ("unit", .string(unit)), ("target", number(target)),
            ("date", .string(date)), ("reason", .string("家庭人口不符")),
            ("outcome", text(outcome)), ("payee", text(payee)),
        ]
    }

    /// A change of purpose, into a grant or to a purpose of a new one.
    public static func repurpose(
        _ unit: String = Place.county, grant: Int, _ amount: Int64, into: Int? = nil,
        purpose: String? = nil, level: String = "central",
        document: JSONValue = document("调〔2022〕1号"), date: String = "2022-01-20"
    ) -> RecordFields {
        [
            ("kind", .string("repurpose")), ("unit", .string(unit)), ("grant", number(grant)),
            ("amount", .integer(amount)), ("date", .string(date)), ("level", .string(level)),
            ("document", document), ("into", number(into)), ("purpose", text(purpose)),
        ]
    }

    /// A carry-over, into a grant or a new one.
    public static func carryover(
        _ unit: String = Place.county, grant: Int, _ amount: Int64, into: Int? = nil,
        date: String = "2022-02-20"
    ) -> RecordFields {
        [
            ("kind", .string("carryover")), ("unit", .string(unit)), ("grant", number(grant)),
            ("amount", .integer(amount)), ("date", .string(date)), ("into", number(into)),
        ]
    }
}

extension Draft {
    /// The policy of ``spendingPolicy(title:rates:clocks:covers:)`` with one clock: a notice of seven
    /// days before household payments, of some purposes or of all.
    public static func noticePolicy(
        _ purposes: [String]? = nil, calendar: String = "calendar"
    ) -> JSONValue {
        let clock = JSONValue.object([
            "code": .string("notice"), "days": .integer(7), "calendar": .string(calendar),
            "citation": .string("例"),
            "purposes": purposes.map { .array($0.map { .string($0) }) },
        ])
        let others = (spendingPolicy().members ?? []).filter { $0.name != "clocks" }
        return .object(
            others.map { ($0.name, Optional($0.value)) } + [("clocks", .array([clock]))])
    }

    /// The same policy with clocks for publishing what was paid.
    public static func disclosurePolicy(
        _ clocks: [(
            level: String?, days: Int64, calendar: String, purposes: [String]?, source: String?
        )]
    ) -> JSONValue {
        let others = (spendingPolicy().members ?? []).filter { $0.name != "clocks" }
        let timers = clocks.map { clock in
            JSONValue.object([
                "code": .string("disclosure"), "level": text(clock.level),
                "days": .integer(clock.days), "calendar": .string(clock.calendar),
                "purposes": clock.purposes.map { .array($0.map { .string($0) }) },
                "source": text(clock.source), "citation": .string("例"),
            ])
        }
        return .object(
            others.map { ($0.name, Optional($0.value)) } + [("clocks", .array(timers))])
    }
}

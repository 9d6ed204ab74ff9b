// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog

/// Units that forged ledgers speak of.
public enum Place {
    /// Yunnan.
    public static let province = "530000000000"
    /// Longling county.
    public static let county = "530523000000"
    /// A township of the county.
    public static let township = "530523204000"
    /// Another township of the county.
    public static let sibling = "530523203000"
    /// A village of the township.
    public static let village = "530523204001"
    /// A group in the township without a code of its own.
    public static let group = "x-530523204000-hcb.g1"
    /// A county beside it.
    public static let neighbour = "530524000000"
}

/// Entries as plain fields: right by default, and as wrong as a test wants them.
public enum Draft {
    /// A unit.
    public static func unit(_ id: String, in parent: String, name: String? = nil) -> RecordFields {
        [
            ("kind", .string("unit")), ("unit", .string(id)), ("parent", .string(parent)),
            ("name", .string(name ?? "单位\(id.suffix(9))")),
            ("official", .boolean(!id.hasPrefix("x-"))),
        ]
    }

    /// The units that most ledgers need, each below the one that contains it.
    public static let units: [RecordFields] = [
        unit(Place.province, in: "000000000000"), unit(Place.county, in: Place.province),
        unit(Place.township, in: Place.county), unit(Place.sibling, in: Place.county),
        unit(Place.village, in: Place.township),
    ]

    /// What a paper states.
    public static func document(_ number: String?, _ date: String? = nil) -> JSONValue {
        .object(["number": number.map(JSONValue.string), "date": date.map(JSONValue.string)])
    }

    /// A grant.
    public static func grant(
        to unit: String = Place.county, _ amount: Int64 = 100_000, date: String = "2022-01-10",
        document: JSONValue = document("1"), purpose: String = "G0", scope: String? = nil,
        source: String = "central", expiry: String = "unstated"
    ) -> RecordFields {
        [
            ("kind", .string("grant")), ("unit", .string(unit)), ("amount", .integer(amount)),
            ("cause", .string("flood")), ("date", .string(date)), ("document", document),
            ("expiry", .string(expiry)), ("function", .string("unstated")),
            ("purpose", .string(purpose)), ("scope", .string(scope ?? unit)),
            ("source", .string(source)), ("title", .string("款")), ("type", .string("regular")),
            ("year", .integer(2022)),
        ]
    }

    /// An allocation, recall, return or receipt.
    public static func movement(
        _ kind: String, _ unit: String, _ other: String? = nil, grant: Int, _ amount: Int64,
        date: String = "2022-01-20", document: JSONValue? = nil, target: Int? = nil
    ) -> RecordFields {
        [
            ("kind", .string(kind)), ("unit", .string(unit)),
            (kind == "recall" ? "from" : "to", other.map(JSONValue.string)),
            ("grant", .integer(Int64(grant))), ("amount", .integer(amount)),
            ("date", .string(date)), ("document", document),
            ("target", target.map { .integer(Int64($0)) }),
        ]
    }

    /// An allocation.
    public static func allocation(
        _ unit: String = Place.county, _ to: String = Place.township, grant: Int,
        _ amount: Int64, date: String = "2022-01-20", document: JSONValue? = nil
    ) -> RecordFields {
        movement("allocation", unit, to, grant: grant, amount, date: date, document: document)
    }

    /// A disaster.
    public static func event(
        in unit: String = Place.county, name: String = "暴雨洪涝", date: String = "2022-01-08"
    ) -> RecordFields {
        [
            ("kind", .string("event")), ("unit", .string(unit)), ("cause", .string("flood")),
            ("date", .string(date)), ("name", .string(name)),
        ]
    }

    /// A correction of descriptive fields of an earlier entry.
    public static func amend(
        _ target: Int, _ changes: KeyValuePairs<String, JSONValue?>
    ) -> RecordFields {
        [
            ("kind", .string("amend")), ("target", .integer(Int64(target))),
            ("changes", .object(changes)), ("reason", .string("笔误")),
        ]
    }

    /// The content of a policy of one purpose, `P1`, and the given clocks.
    public static func policy(
        title: String = "规", clocks: [(code: String, level: String?, days: Int64)] = []
    ) -> JSONValue {
        .object([
            "title": .string(title), "items": .array([]), "thresholds": .array([]),
            "rates": .array([]), "holidays": .array([]),
            "purposes": .array([
                .object([
                    "code": .string("P1"), "zh": .string("救助"), "en": .string("aid"),
                    "buys": .array([]), "citation": .string("例"),
                ])
            ]),
            "clocks": .array(
                clocks.map { clock in
                    .object([
                        "code": .string(clock.code), "level": clock.level.map(JSONValue.string),
                        "days": .integer(clock.days), "calendar": .string("calendar"),
                        "citation": .string("例"),
                    ])
                }),
        ])
    }

    /// Adopts a policy.
    public static func adopt(
        _ content: JSONValue = policy(), approval: Int? = nil
    ) -> RecordFields {
        [
            ("kind", .string("policy")), ("action", .string("adopt")), ("content", content),
            ("effective", .string("2022-01-01")),
            ("approval", approval.map { .integer(Int64($0)) }),
        ]
    }

    /// Approves a policy's content.
    public static func approve(_ content: JSONValue) -> RecordFields {
        [
            ("kind", .string("policy")), ("action", .string("approve")),
            ("digest", .string(NaiveTree.digest(CanonicalJSON.encode(content)).hex)),
        ]
    }
}

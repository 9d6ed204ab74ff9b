// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog

/// Drafts of accounts, statements and reconciliations, findings, settlements and co-funding.
extension Draft {
    /// Money that arrived.
    public static func receipt(
        _ unit: String = Place.county, of target: Int, grant: Int, _ amount: Int64,
        date: String = "2022-01-11"
    ) -> RecordFields {
        movement("receipt", unit, grant: grant, amount, date: date, target: target)
    }

    /// An account that is opened.
    public static func account(
        _ unit: String = Place.county, isRelief: Bool = true, ending: String = "0042",
        date: String = "2022-01-01"
    ) -> RecordFields {
        [
            ("kind", .string("account")), ("unit", .string(unit)), ("action", .string("open")),
            ("name", .string("救灾资金专户")), ("bank", .string("某银行某支行")),
            ("ending", .string(ending)), ("relief", .boolean(isRelief)), ("date", .string(date)),
        ]
    }

    /// An account that is closed.
    public static func closing(
        of account: Int, _ unit: String = Place.county, date: String = "2022-02-01"
    ) -> RecordFields {
        [
            ("kind", .string("account")), ("unit", .string(unit)), ("action", .string("close")),
            ("target", number(account)), ("date", .string(date)),
        ]
    }

    /// A statement: January, unless other days are given.
    public static func statement(
        of account: Int, _ unit: String = Place.county, from: String = "2022-01-01",
        until: String = "2022-01-31", opening: Int64 = 0, in inflow: Int64 = 0,
        out outflow: Int64 = 0, closing: Int64? = nil
    ) -> RecordFields {
        [
            ("kind", .string("statement")), ("unit", .string(unit)), ("target", number(account)),
            ("date", .string(from)), ("until", .string(until)), ("opening", .integer(opening)),
            ("in", .integer(inflow)), ("out", .integer(outflow)),
            ("closing", .integer(closing ?? opening + inflow - outflow)), ("count", .integer(3)),
        ]
    }

    /// An outstanding item.
    public static func outstanding(
        _ amount: Int64, side: String, since: String = "2022-01-30", record: Int? = nil
    ) -> JSONValue {
        .object([
            "amount": .integer(amount), "side": .string(side), "since": .string(since),
            "record": number(record), "reason": .string("银行未达"),
        ])
    }

    /// A comparison, with a bank unless another basis is given.
    public static func reconciliation(
        _ unit: String = Place.county, of target: Int?, basis: String = "bank", book: Int64,
        stated: Int64, items: [JSONValue] = [], date: String = "2022-02-01"
    ) -> RecordFields {
        [
            ("kind", .string("reconciliation")), ("unit", .string(unit)),
            ("basis", .string(basis)), ("date", .string(date)), ("target", number(target)),
            ("book", .integer(book)), ("stated", .integer(stated)),
            ("items", items.isEmpty ? nil : .array(items)),
        ]
    }

    /// A finding about an entry.
    public static func finding(
        about target: Int, _ unit: String = Place.county, rule: String = "E03",
        amount: Int64? = nil, date: String = "2022-02-10"
    ) -> RecordFields {
        [
            ("kind", .string("finding")), ("unit", .string(unit)), ("rule", .string(rule)),
            ("target", number(target)), ("amount", amount.map(JSONValue.integer)),
            ("date", .string(date)), ("text", .string("凭证与用途不符")),
        ]
    }

    /// What came of a finding.
    public static func resolution(
        of finding: Int, _ unit: String = Place.county, outcome: String = "explained",
        record: Int? = nil, date: String = "2022-02-15"
    ) -> RecordFields {
        [
            ("kind", .string("resolution")), ("unit", .string(unit)),
            ("target", number(finding)), ("outcome", .string(outcome)),
            ("record", number(record)), ("date", .string(date)), ("reason", .string("已核对凭证")),
        ]
    }

    /// A grant of another type than ``grant(to:_:date:document:purpose:scope:source:expiry:)``'s.
    public static func typed(_ type: String, _ grant: RecordFields) -> RecordFields {
        grant.filter { $0.0 != "type" } + [("type", .string(type))]
    }

    /// A settlement.
    public static func settlement(
        _ unit: String = Place.county, grant: Int, into: Int, _ amount: Int64,
        date: String = "2022-02-20"
    ) -> RecordFields {
        [
            ("kind", .string("settlement")), ("unit", .string(unit)), ("grant", number(grant)),
            ("into", number(into)), ("amount", .integer(amount)), ("date", .string(date)),
            ("document", document("清〔2022〕1号", "2022-02-18")),
        ]
    }

    /// A promise of co-funding.
    public static func promise(
        _ unit: String = Place.county, grant: Int, _ shares: [(source: String, amount: Int64)],
        until: String = "2022-02-15"
    ) -> RecordFields {
        [
            ("kind", .string("cofund")), ("unit", .string(unit)), ("grant", number(grant)),
            ("title", .string("倒房重建")), ("until", .string(until)),
            ("date", .string("2022-01-12")),
            (
                "shares",
                .array(
                    shares.map {
                        .object(["source": .string($0.source), "amount": .integer($0.amount)])
                    })
            ),
        ]
    }

    /// What came of a promise.
    public static func contribution(
        to promise: Int, _ unit: String = Place.county, source: String, grant: Int,
        _ amount: Int64, date: String = "2022-02-10"
    ) -> RecordFields {
        [
            ("kind", .string("cofund")), ("unit", .string(unit)), ("target", number(promise)),
            ("source", .string(source)), ("grant", number(grant)), ("amount", .integer(amount)),
            ("date", .string(date)),
        ]
    }

    /// Books that are closed.
    public static func close(
        _ unit: String = Place.county, until: String = "2022-01-31", date: String = "2022-02-05"
    ) -> RecordFields {
        [
            ("kind", .string("close")), ("unit", .string(unit)), ("until", .string(until)),
            ("date", .string(date)),
        ]
    }
}

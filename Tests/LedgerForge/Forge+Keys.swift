// SPDX-License-Identifier: Apache-2.0

public import LedgerFormat
public import LedgerLog

extension Forge {
    /// An enrolment of a key, with its proof of possession unless another is given.
    public func enrolment(
        _ key: ForgedKey, role: String = "officer", unit: String = Place.county,
        expires: String? = nil, proof: [UInt8]? = nil
    ) -> RecordFields {
        [
            ("kind", .string("key")), ("action", .string("enrol")),
            ("key", .string(key.id.description)), ("role", .string(role)),
            ("unit", .string(unit)), ("person", .string(key.person.text)),
            ("public", .string(base64(key.publicKey))),
            ("proof", .string(base64(proof ?? self.proof(of: key, role: role, unit: unit)))),
            ("expires", expires.map(JSONValue.string)),
        ]
    }

    /// A replacement of a key by another of the same role, unit and person.
    public func rotation(
        _ old: ForgedKey, to new: ForgedKey, role: String, unit: String, expires: String? = nil
    ) -> RecordFields {
        [
            ("kind", .string("key")), ("action", .string("rotate")),
            ("key", .string(new.id.description)), ("replaces", .string(old.id.description)),
            ("public", .string(base64(new.publicKey))),
            (
                "proof",
                .string(base64(proof(of: new, role: role, unit: unit, person: old.person)))
            ),
            ("expires", expires.map(JSONValue.string)),
        ]
    }

    /// A revocation.
    public static func revocation(_ key: ForgedKey) -> RecordFields {
        [
            ("kind", .string("key")), ("action", .string("revoke")),
            ("key", .string(key.id.description)), ("reason", .string("离任")),
        ]
    }

    /// The smallest ledger that has everything: 10 records in less than 4 KiB.
    ///
    /// Genesis, a founding posting with the county, the township and the county's officer, and a
    /// posting of a grant and an allocation.
    public static func small(id: String = "000102030405060708090a0b0c0d0e0f") -> Forge {
        var forge = Forge(id: id)
        forge.post(
            by: .root,
            [
                Draft.unit(Place.county, in: "000000000000"),
                Draft.unit(Place.township, in: Place.county), forge.enrolment(.county),
            ])
        forge.post(
            by: .county,
            [Draft.grant(), Draft.allocation(grant: forge.count + 1, 60_000)])
        return forge
    }

    /// A ledger with units, the county's and the township's officers, a registrar, and a policy.
    public static func county(
        policy: JSONValue? = Draft.policy(), id: String = "000102030405060708090a0b0c0d0e0f"
    ) -> Forge {
        var forge = Forge(id: id)
        forge.post(
            by: .root,
            Draft.units + [
                forge.enrolment(.county), forge.enrolment(.township, unit: Place.township),
                forge.enrolment(.registrar, role: "registrar"),
            ] + (policy.map { [Draft.adopt($0)] } ?? []))
        return forge
    }

    /// A county that spends, in 24 records: two officers of the county, a second key of the first,
    /// and a grant of 1,000,000.00 yuan of purpose `P1` with a plan for its items.
    ///
    /// 0 genesis · 1 posting, 2–6 units, 7–9 keys, 10 policy, 11 seal · 12 posting, 13–14 keys,
    /// 15 seal · 16 posting, 17 the grant, 18 the plan, 19 seal · 20 posting, 21 another grant of
    /// `P1`, 22 its plan, 23 seal.
    public static func spending(
        policy: JSONValue = Draft.spendingPolicy(), purpose: String = "P1",
        expiry: String = "unstated", scope: String? = nil,
        lines: [(item: String, amount: Int64)] = planLines,
        id: String = "000102030405060708090a0b0c0d0e0f"
    ) -> Forge {
        var forge = county(policy: policy, id: id)
        forge.post(by: .root, [forge.enrolment(.chair), forge.enrolment(.countySecond)])
        for _ in 0..<2 {
            let grant = forge.count + 1
            forge.post(
                by: .county,
                [
                    Draft.grant(
                        100_000_000, document: Draft.document("1", "2022-01-09"),
                        purpose: purpose, scope: scope, expiry: expiry),
                    Draft.plan(grant: grant, lines),
                ])
        }
        return forge
    }

    /// What the plans of ``spending(policy:purpose:expiry:scope:lines:id:)`` provide, in fen.
    public static let planLines: [(item: String, amount: Int64)] = [
        ("food", 5_000_000), ("heating", 5_000_000), ("wages", 5_000_000),
    ]
}

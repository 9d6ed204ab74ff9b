// SPDX-License-Identifier: Apache-2.0

import LedgerCrypto
import LedgerFormat
import LedgerLog
import ReliefModel
import ReliefSimulation

/// Genesis, and the posting that declares units, policy and keys.
struct Founding {
    static let origin = "relief.example/simulated"

    let region: Region
    let officers: Officers

    func genesis(_ id: LedgerID) throws -> Genesis {
        let keys = try officers.roots.map { officer in
            let material = try officer.material(ledger: id, origin: Self.origin)
            return Genesis.RootKey(
                person: officer.person, publicKey: material.publicKey, proof: material.proof)
        }
        return Genesis(
            coverage: region.steward, id: id, rootKeys: keys, nature: .illustrative,
            origin: Self.origin, steward: region.steward, suite: .sha256Ed25519,
            title: region.isProvince ? "模拟账本（多县）" : "模拟账本（一县）")
    }

    func write(_ id: LedgerID, with pen: inout Pen) throws {
        for (unit, name, parent) in region.above {
            try pen.write(.unit, UnitEntry(unit: unit, parent: parent, name: name).fields)
        }
        for county in region.counties {
            for (unit, name, parent) in region.declarations(of: county) {
                try pen.write(.unit, UnitEntry(unit: unit, parent: parent, name: name).fields)
            }
        }
        try pen.write(.policy, Self.adoption(on: pen.date, approval: nil).fields)
        for officer in officers.enrolled {
            let material = try officer.material(ledger: id, origin: Self.origin)
            try pen.write(
                KeyEntry(
                    key: officer.keyID,
                    action: .enrol(
                        material, role: officer.role, unit: officer.unit, person: officer.person)))
        }
    }

    // MARK: - Policy

    /// Adopts the policy for a date's year and the next.
    static func adoption(on date: CivilDate, approval: Int?) throws -> PolicyEntry {
        let content = content(year: date.year)
        return PolicyEntry(
            action: .adopt(
                content: content, policy: try Policy(content: content), effective: date,
                approval: approval))
    }

    /// The default policy with a made-up rate for winter aid, a term for counties to pass money on,
    /// and the public holidays that fall on fixed days, of a year and the next.
    static func content(year: Int) -> JSONValue {
        let rate = JSONValue.object([
            "purpose": .string("H6"), "amount": .integer(Aid.winterRate), "per": .string("person"),
            "citation": .string("模拟标准，每人150元，非任何文件所定"),
        ])
        let clock = JSONValue.object([
            "code": .string("onward"), "level": .string("county"), "days": .integer(30),
            "calendar": .string("calendar"), "citation": .string("模拟时限，参照预算法第52条"),
        ])
        let days = ["01-01", "05-01", "05-02", "05-03"] + (1...7).map { "10-0\($0)" }
        let holidays = [year, year + 1].flatMap { year in
            days.map { JSONValue.string("\(year)-\($0)") }
        }
        let added = ["rates": [rate], "clocks": [clock], "holidays": holidays]
        let members = (DefaultPolicy.content.members ?? []).map { member in
            let more = added[member.name] ?? []
            return (
                member.name,
                more.isEmpty ? member.value : .array((member.value.array ?? []) + more)
            )
        }
        return .object(members.map { ($0.0, Optional($0.1)) })
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import Testing

@testable import LedgerLog

/// Who may do what with keys, as whole ledgers: FORMAT.md §4, key.
@Suite struct KeyRingTests {
    static let prefecture = "530500000000"

    struct Case: Sendable, CustomTestStringConvertible {
        let signer: String
        let role: String
        let unit: String
        let isAllowed: Bool

        var testDescription: String { "\(signer) over \(role) of \(unit)" }
    }

    /// The signer's unit is the county, the root keys' too.
    static let table: [Case] = ["root", "registrar", "officer"].flatMap { signer in
        ["root", "registrar", "officer"].flatMap { role in
            [Place.county, Place.township, Place.group, Place.neighbour, prefecture].map { unit in
                let isInside = unit != Place.neighbour && unit != prefecture
                return Case(
                    signer: signer, role: role, unit: unit,
                    isAllowed: signer == "root"
                        || (signer == "registrar" && role != "root" && isInside))
            }
        }
    }

    static let signers = [
        "root": ForgedKey.root, "registrar": ForgedKey.registrar, "officer": ForgedKey.county,
    ]

    private func refusals(
        _ forge: Forge, _ seq: Int
    ) throws -> (ledger: VerifiedLedger<PlainFold>, refused: Bool) {
        let ledger = try forge.verify()
        #expect(ledger.faultList == [])
        return (ledger, ledger.fold.keys.first { $0.seq == seq }?.refusal != nil)
    }

    @Test(arguments: table) func `enrolment needs the right`(_ row: Case) throws {
        var forge = Forge.county()
        let new = ForgedKey("new")
        let signer = try #require(Self.signers[row.signer])
        let seq = forge.post(by: signer, [forge.enrolment(new, role: row.role, unit: row.unit)])
            .lowerBound
        let (ledger, refused) = try refusals(forge, seq)
        #expect(refused == !row.isAllowed)
        #expect((ledger.keyRing?[new.id] != nil) == row.isAllowed)
        // Without effect means: a seal by it is a seal by an unknown key.
        let sealed = forge.count
        forge.post(by: new, [])
        #expect(try forge.verify().faultList == (row.isAllowed ? [] : ["I03@\(sealed)"]))
    }

    @Test(arguments: table) func `rotation and revocation need the right over the old key`(
        _ row: Case
    ) throws {
        let signer = try #require(Self.signers[row.signer])
        let (old, new) = (ForgedKey("old"), ForgedKey("new"))
        var base = Forge.county()
        base.post(by: .root, [base.enrolment(old, role: row.role, unit: row.unit)])
        var rotated = base
        let rotation = rotated.rotation(old, to: new, role: row.role, unit: row.unit)
        var seq = rotated.post(by: signer, [rotation]).lowerBound
        var (ledger, refused) = try refusals(rotated, seq)
        #expect(refused == !row.isAllowed)
        #expect(ledger.keyRing?[old.id]?.revokedSeq == (row.isAllowed ? seq : nil))
        #expect(ledger.keyRing?[new.id]?.person == (row.isAllowed ? old.person : nil))
        #expect(ledger.keyRing?[new.id]?.role.rawValue == (row.isAllowed ? row.role : nil))

        var revoked = base
        seq = revoked.post(by: signer, [Forge.revocation(old)]).lowerBound
        (ledger, refused) = try refusals(revoked, seq)
        #expect(refused == !row.isAllowed)
        #expect(ledger.keyRing?[old.id]?.revokedSeq == (row.isAllowed ? seq : nil))
        let sealed = revoked.count
        revoked.post(by: old, [])
        #expect(try revoked.verify().faultList == (row.isAllowed ? ["I03@\(sealed)"] : []))
    }

    @Test func `a key seals until the second before it expires`() throws {
        for (at, isGood) in [
            ("2022-04-01T00:00:00Z", false), ("2022-03-31T23:59:59Z", true),
            ("2022-04-02T00:00:00Z", false),
        ] {
            var forge = Forge.county()
            let key = ForgedKey("short")
            forge.post(by: .root, [forge.enrolment(key, expires: "2022-04-01T00:00:00Z")])
            let seq = forge.count
            forge.post(by: key, at: at, [])
            #expect(try forge.verify().faultList == (isGood ? [] : ["I03@\(seq)"]), "\(at)")
        }
    }

    @Test func `a proof of possession for anything else is refused`() throws {
        let key = ForgedKey("new")
        let base = Forge.county()
        let other = Forge(id: "ffffffffffffffffffffffffffffffff")
        let place = Place.county
        let proofs: [[UInt8]] = [
            base.proof(of: ForgedKey("thief"), role: "officer", unit: place),
            base.proof(of: key, role: "registrar", unit: place),
            base.proof(of: key, role: "officer", unit: Place.township),
            base.proof(of: key, role: "officer", unit: place, person: ForgedKey.root.person),
            other.proof(of: key, role: "officer", unit: place), [], [0],
        ]
        for proof in proofs {
            var forge = base
            let seq = forge.post(by: .root, [forge.enrolment(key, proof: proof)]).lowerBound
            let ledger = try forge.verify()
            #expect(ledger.faultySeqs == [seq])
            #expect(ledger.keyRing?[key.id] == nil)
        }
    }

    @Test func `a public key is enrolled once, in one role`() throws {
        let key = ForgedKey.township
        for (role, unit) in [("officer", Place.township), ("registrar", Place.county)] {
            var forge = Forge.county()
            let seq = forge.post(by: .root, [forge.enrolment(key, role: role, unit: unit)])
                .lowerBound
            #expect(try forge.verify().faultList == ["I03@\(seq)"])
        }
        var revoked = Forge.county()
        revoked.post(by: .root, [Forge.revocation(key)])
        let seq = revoked.post(by: .root, [revoked.enrolment(key, unit: Place.township)]).lowerBound
        #expect(try revoked.verify().faultList == ["I03@\(seq)"])
        // Nor may it come back as the replacement of another, or a root key as an officer's.
        var rotated = Forge.county()
        let again = rotated.rotation(
            .county, to: .root, role: "officer", unit: Place.county)
        let rotatedSeq = rotated.post(by: .root, [again]).lowerBound
        #expect(try rotated.verify().faultList == ["I03@\(rotatedSeq)"])
    }

    @Test func `what is not live can be neither revoked nor replaced`() throws {
        let stranger = ForgedKey("stranger")
        for entry in [
            Forge.revocation(stranger),
            Forge().rotation(stranger, to: ForgedKey("new"), role: "officer", unit: Place.county),
        ] {
            var forge = Forge.county()
            let seq = forge.post(by: .root, [entry]).lowerBound
            #expect(try forge.verify().faultList == ["I03@\(seq)"])
        }
    }

    @Test func `a key entry takes effect with the next posting`() throws {
        var forge = Forge.county()
        // The county revokes itself and still seals that posting; then no more.
        forge.post(by: .registrar, [Forge.revocation(.registrar)])
        #expect(try forge.verify().faultList == [])
        let seq = forge.count
        forge.post(by: .registrar, [])
        #expect(try forge.verify().faultList == ["I03@\(seq)"])

        var own = Forge.county()
        let key = ForgedKey("own")
        let first = own.count
        own.post(by: key, [own.enrolment(key)])
        #expect(try own.verify().faultList == ["I03@\(first)"])
    }

    @Test func `a genesis record with a bad root key roots nothing`() throws {
        for field in ["proof", "public"] {
            var forge = Forge.small()
            guard case .array(let keys) = forge[0, "keys"], let first = keys.first?.members else {
                Issue.record("no keys")
                return
            }
            let changed = first.map { member in
                (member.name, member.name == field ? .string("AAAA") : Optional(member.value))
            }
            forge.edit(0, ["keys": .array([.object(changed), keys[1]])])
            forge.repair(.all)
            let ledger = try forge.verify()
            #expect(ledger.faultySeqs.contains(0))
            #expect(ledger.integrity.trustedRanges == [])
            #expect(ledger.integrity.trustedThrough == -1)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

/// A07: what a writer refuses, forced into ledgers by bypassing it.
@Suite struct AuthorityRuleTests {
    @Test func `a township's key cannot enrol a county key`() throws {
        var forge = Forge.county()
        let seq = forge.post(by: .township, [forge.enrolment(ForgedKey("new"))]).lowerBound
        let audited = try Audited(forge)
        #expect(audited.list == ["A07@\(seq)"])
        #expect(audited.findings[0].severity == .refuse)
        #expect(audited.words["A07"] == "fired")
    }

    @Test func `a township's key cannot change the policy`() throws {
        for key in [ForgedKey.township, .county, .registrar] {
            var forge = Forge.county()
            let policy = Draft.policy(title: "新")
            let approval = forge.post(by: .spareRoot, [Draft.approve(policy)]).lowerBound
            let seq = forge.post(by: key, [Draft.adopt(policy, approval: approval)]).lowerBound
            let audited = try Audited(forge)
            #expect(audited.list == ["A07@\(seq)"])
            #expect(audited.book.policy?.policy.title == "规")
            // Nor approve one.
            var other = Forge.county()
            let approved = other.post(by: key, [Draft.approve(policy)]).lowerBound
            #expect(try Audited(other).list == ["A07@\(approved)"])
        }
    }

    @Test func `a township's key cannot sign for another township, nor for the county`() throws {
        for (unit, to, isAllowed, left) in [
            (Place.township, Place.village, true, Int64(49)),
            (Place.sibling, Place.county, false, 49), (Place.county, Place.township, false, 99_899),
        ] {
            var forge = Forge.county()
            let grant = forge.post(by: .county, [Draft.grant()]).lowerBound
            forge.post(
                by: .county,
                [
                    Draft.allocation(grant: grant, 50),
                    Draft.allocation(Place.county, Place.sibling, grant: grant, 50),
                ])
            let kind = unit == Place.sibling ? "return" : "allocation"
            let seq = forge.post(
                by: .township, [Draft.movement(kind, unit, to, grant: grant, 1)]
            ).lowerBound
            let audited = try Audited(forge)
            #expect(audited.list == (isAllowed ? [] : ["A07@\(seq)"]), "\(unit)")
            // The money moved all the same: later figures are what the entries say.
            #expect(
                audited.book.account(
                    grant: grant, unit: try #require(UnitID(unit)))?[.available] == left)
        }
    }

    @Test func `root and registrar keys seal no money`() throws {
        for key in [ForgedKey.root, .registrar] {
            var forge = Forge.county()
            let grant = forge.post(by: key, [Draft.grant()]).lowerBound
            let seq = forge.post(by: key, [Draft.allocation(grant: grant, 1)]).lowerBound
            let audited = try Audited(forge)
            #expect(audited.list == ["A07@\(grant)", "A07@\(seq)"])
            #expect(audited.book.grant(seq: grant)?.granted == 100_000)
        }
    }

    @Test func `units are declared within the key's own unit, above the steward by root`() throws {
        let village = Draft.unit("530523203001", in: Place.sibling)
        for (key, isAllowed) in [
            (ForgedKey.root, true), (.registrar, true), (.county, true), (.township, false),
        ] {
            var forge = Forge.county()
            let seq = forge.post(by: key, [village]).lowerBound
            #expect(try Audited(forge).list == (isAllowed ? [] : ["A07@\(seq)"]))
        }
    }

    @Test func `the ledger's first policy needs no approval`() throws {
        let audited = try Audited(Forge.county())
        #expect(audited.list == [])
        #expect(audited.words["A07"] == "clean")
        #expect(audited.book.policies.count == 1)
    }

    @Test func `a later policy needs another person's approval of the same content`() throws {
        let policy = Draft.policy(title: "新")
        let cases: [(approver: ForgedKey, content: JSONValue, isAllowed: Bool)] = [
            (.spareRoot, policy, true), (.root, policy, false),
            (.spareRoot, Draft.policy(title: "别"), false),
        ]
        for row in cases {
            var forge = Forge.county()
            let approval = forge.post(by: row.approver, [Draft.approve(row.content)]).lowerBound
            let seq = forge.post(by: .root, [Draft.adopt(policy, approval: approval)]).lowerBound
            let audited = try Audited(forge)
            #expect(audited.list == (row.isAllowed ? [] : ["A07@\(seq)"]))
            #expect(audited.book.policy?.policy.title == (row.isAllowed ? "新" : "规"))
        }
        var forge = Forge.county()
        let seq = forge.post(by: .root, [Draft.adopt(policy)]).lowerBound
        let audited = try Audited(forge)
        #expect(audited.list == ["A07@\(seq)"])
        #expect(audited.book.policies.count == 1)
    }

    @Test func `the same person's second key approves nothing`() throws {
        var forge = Forge(roots: [.root, ForgedKey("second", person: "P-root")])
        forge.post(by: .root, Draft.units + [Draft.adopt()])
        let policy = Draft.policy(title: "新")
        let approval = forge.post(
            by: ForgedKey("second", person: "P-root"), [Draft.approve(policy)]
        ).lowerBound
        let seq = forge.post(by: .root, [Draft.adopt(policy, approval: approval)]).lowerBound
        #expect(try Audited(forge).list == ["A07@\(seq)"])
    }

    @Test func `a later policy stands alone in its posting, else it has no effect`() throws {
        let policy = Draft.policy(title: "新")
        for isFirst in [true, false] {
            var forge = Forge.county()
            let approval = forge.post(by: .spareRoot, [Draft.approve(policy)]).lowerBound
            let other = Draft.unit(Place.group, in: Place.township)
            let adoption = Draft.adopt(policy, approval: approval)
            let entries = forge.post(by: .root, isFirst ? [adoption, other] : [other, adoption])
            let seq = isFirst ? entries.lowerBound : entries.upperBound - 1
            let audited = try Audited(forge)
            #expect(audited.list == ["A07@\(seq)"])
            #expect(audited.book.policy?.policy.title == "规")
        }
    }
}

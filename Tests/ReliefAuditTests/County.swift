// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

/// The ledger that the tests of spending begin with: `Forge.spending`, and short words for what
/// they add to it.
struct County {
    /// The ledger.
    var forge: Forge
    /// A grant of 1,000,000.00 yuan, and its plan of 50,000.00 for each item.
    let grant = 17
    let plan = 18
    /// Another of each.
    let otherGrant = 21
    let otherPlan = 22

    init(
        policy: JSONValue = Draft.spendingPolicy(), purpose: String = "P1",
        expiry: String = "unstated", scope: String? = nil,
        lines: [(item: String, amount: Int64)] = Forge.planLines
    ) {
        forge = .spending(
            policy: policy, purpose: purpose, expiry: expiry, scope: scope, lines: lines)
    }

    /// The seq of the first entry of the posting to come.
    var next: Int { forge.count + 1 }

    /// A payee whom nobody has paid yet: one who is paid twice alike is F03's.
    var ownPayee: String { Draft.household(100_000 + forge.count) }

    /// Posts entries; the seq of the first.
    @discardableResult
    mutating func record(by key: ForgedKey = .county, _ entries: RecordFields...) -> Int {
        forge.post(by: key, entries).lowerBound
    }

    /// Posts an expense of the plan, to a payee of its own unless one is given.
    @discardableResult
    mutating func spend(
        _ amount: Int64, on item: String = "food", to payee: String? = nil,
        decision: Int? = nil, plan: Int? = 18, by key: ForgedKey = .county,
        date: String = "2022-01-20"
    ) -> Int {
        record(
            by: key,
            Draft.expense(
                grant: grant, amount, item: item, payee: payee ?? ownPayee, plan: plan,
                decision: decision, date: date))
    }

    /// Posts a batch of the plan; its seq.
    @discardableResult
    mutating func pay(
        _ lines: [Draft.Line], grant: Int = 17, plan: Int? = 18, decision: Int? = nil,
        item: String = "food", period: String = "2022-01",
        rate: (amount: Int64, per: String)? = nil, days: Int64? = nil,
        by key: ForgedKey = .county, date: String = "2022-01-20"
    ) -> Int {
        forge.post(
            by: key,
            Draft.batch(
                at: next, grant: grant, lines, item: item, period: period, plan: plan,
                decision: decision, rate: rate, days: days, date: date)
        ).lowerBound
    }

    /// Posts a decision by the chair.
    @discardableResult
    mutating func decide(
        _ amount: Int64, on item: String = "food", payee: String? = nil,
        by key: ForgedKey = .chair, date: String = "2022-01-15"
    ) -> Int {
        record(
            by: key, Draft.decision(grant: grant, [(item, amount, payee)], date: date))
    }

    /// Posts an override, by the chair unless another key is given.
    @discardableResult
    mutating func override(
        _ rule: String, _ amount: Int64, unit: String = Place.county, grant: Int = 17,
        payee: String? = nil, expires: String? = nil, by key: ForgedKey = .chair
    ) -> Int {
        record(
            by: key,
            Draft.override(rule, unit, grant: grant, amount, payee: payee, expires: expires))
    }

    /// What the rules say.
    func audited(
        asOf: String = "2022-03-01", sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Audited {
        try Audited(forge, asOf: asOf, sourceLocation: sourceLocation)
    }
}

extension Audited {
    /// The one finding, where there is one and no other.
    func only(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) -> Finding? {
        #expect(list == [name], sourceLocation: sourceLocation)
        return list == [name] ? findings[0] : nil
    }

    /// Expects one finding and no other, with what it demands, what it sees and the difference.
    func expectOnly(
        _ name: String, expected: Finding.Value?, actual: Finding.Value?,
        difference: Int64? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard let finding = only(name, sourceLocation: sourceLocation) else { return }
        #expect(finding.expected == expected, sourceLocation: sourceLocation)
        #expect(finding.actual == actual, sourceLocation: sourceLocation)
        #expect(finding.difference == difference, sourceLocation: sourceLocation)
        #expect(exitCode == (finding.severity.isViolation ? 1 : 0), sourceLocation: sourceLocation)
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

/// One way to break a rule that a second person may admit, again and again.
struct Breakable: Sendable, CustomTestStringConvertible {
    let rule: String
    /// Fen that each breach is of.
    let amount: Int64
    /// The business date of each breach.
    let date: String
    /// Whether an override may name the payee.
    let hasPayee: Bool
    let ledger: @Sendable () -> County
    /// Breaks the rule; the record, and who is paid.
    let breach: @Sendable (inout County, ForgedKey) -> (seq: Int, payee: String)

    var testDescription: String { rule }

    static let all = [
        Breakable(
            rule: "B02", amount: 101, date: "2022-01-20", hasPayee: true,
            ledger: { County(lines: [("food", 100)]) },
            breach: { county, key in
                let payee = county.ownPayee
                return (county.spend(101, to: payee, by: key), payee)
            }),
        Breakable(
            rule: "E04", amount: 100, date: "2022-01-20", hasPayee: true,
            ledger: { County(expiry: "2022-01-19") },
            breach: { county, key in
                let payee = county.ownPayee
                return (county.spend(100, to: payee, by: key), payee)
            }),
        Breakable(
            rule: "R02", amount: 30, date: "2022-01-20", hasPayee: true,
            ledger: {
                var county = County()
                county.pay([Draft.Line(1, 10)])
                return county
            },
            breach: { county, key in
                (county.pay([Draft.Line(1, 30)], by: key) + 1, Draft.household(1))
            }),
        Breakable(
            rule: "R04", amount: 31, date: "2022-01-20", hasPayee: true, ledger: { County() },
            breach: { county, key in
                let household = county.forge.count
                let batch = county.pay([Draft.Line(household, 31)], rate: (30, "person"), by: key)
                return (batch + 1, Draft.household(household))
            }),
        Breakable(
            rule: "T04", amount: 100, date: "2022-03-02", hasPayee: false,
            ledger: {
                County(policy: Draft.spendingPolicy(clocks: [("recording", nil, 60)]))
            },
            breach: { county, key in
                (county.spend(100, by: key, date: "2022-03-02"), Draft.firm)
            }),
        Breakable(
            rule: "D01", amount: 30, date: "2022-01-20", hasPayee: false,
            ledger: { County.withNotice() },
            breach: { county, key in
                let household = county.forge.count
                let seq = county.payList(nil, [Draft.Line(household, 30)], by: key)
                return (seq, Draft.household(household))
            }),
    ]
}

/// What an override needs to count: another person, before, the right words, and enough.
@Suite struct OverrideTests {
    @Test(arguments: Breakable.all)
    func `a breach without override changes the exit code`(_ example: Breakable) throws {
        var county = example.ledger()
        #expect(try county.audited().list == [])
        let seq = example.breach(&county, .county).seq
        let audited = try county.audited()
        let finding = try #require(audited.only("\(example.rule)@\(seq)"))
        #expect(finding.overriddenBy == nil)
        #expect(audited.exitCode == (example.rule == "T04" ? 0 : 1))
    }

    @Test(arguments: Breakable.all)
    func `a second person's override admits it, outside the exit code`(
        _ example: Breakable
    ) throws {
        for (amount, expires, names) in [
            (example.amount, nil, false), (example.amount + 1, nil, false),
            (example.amount, example.date, false), (example.amount, nil, example.hasPayee),
        ] {
            var county = example.ledger()
            var probe = county
            let payee = example.breach(&probe, .county).payee
            // Payees are numbered by their place, which the override moves by three.
            let shifted =
                switch example.rule {
                case "R04": Draft.household(county.forge.count + 3)
                case "B02", "E04": Draft.household(100_000 + county.forge.count + 3)
                default: payee
                }
            let override = county.override(
                example.rule, amount, payee: names ? shifted : nil, expires: expires)
            let seq = example.breach(&county, .county).seq
            let audited = try county.audited()
            let finding = try #require(audited.only("\(example.rule)@\(seq)"))
            #expect(finding.overriddenBy == override)
            #expect(audited.exitCode == 0)
            #expect(audited.words[example.rule] == "fired")
        }
    }

    @Test(arguments: Breakable.all)
    func `an override that is not right in every word counts for nothing`(
        _ example: Breakable
    ) throws {
        let (rule, amount) = (example.rule, example.amount)
        let day = try #require(CivilDate(example.date)?.day)
        let before = try #require(CivilDate(day: day - 1)).description
        let other = rule == "B02" ? "E04" : "B02"
        let wrong: [(String, (inout County) -> Int)] = [
            ("the same person", { $0.override(rule, amount, by: .county) }),
            ("his other key", { $0.override(rule, amount, by: .countySecond) }),
            ("a fen too little", { $0.override(rule, amount - 1) }),
            ("another rule", { $0.override(other, amount) }),
            ("another grant", { $0.override(rule, amount, grant: 21) }),
            ("another unit", { $0.override(rule, amount, unit: Place.township) }),
            ("another payee", { $0.override(rule, amount, payee: Draft.household(999)) }),
            ("expired a day before", { $0.override(rule, amount, expires: before) }),
        ]
        for (name, override) in wrong {
            var county = example.ledger()
            _ = override(&county)
            let seq = example.breach(&county, .county).seq
            let audited = try county.audited()
            let finding = try #require(audited.only("\(rule)@\(seq)"), "\(name)")
            #expect(finding.overriddenBy == nil, "\(name)")
            #expect(audited.exitCode == (rule == "T04" ? 0 : 1), "\(name)")
        }
        // Afterwards.
        var county = example.ledger()
        let seq = example.breach(&county, .county).seq
        county.override(rule, amount)
        #expect(try county.audited().only("\(rule)@\(seq)")?.overriddenBy == nil)
    }

    @Test(arguments: Breakable.all)
    func `together the breaches come to no more than the override's amount`(
        _ example: Breakable
    ) throws {
        var county = example.ledger()
        let first = county.override(example.rule, 2 * example.amount + 1)
        var seqs = (0..<3).map { _ in example.breach(&county, .county).seq }
        let second = county.override(example.rule, example.amount)
        seqs.append(example.breach(&county, .county).seq)
        seqs.append(example.breach(&county, .county).seq)
        let audited = try county.audited()
        #expect(audited.list == seqs.map { "\(example.rule)@\($0)" })
        #expect(audited.findings.map(\.overriddenBy) == [first, first, nil, second, nil])
        #expect(audited.exitCode == (example.rule == "T04" ? 0 : 1))
    }

    @Test func `an override in the posting of the breach is of the same person`() throws {
        var county = County(lines: [("food", 100)])
        let seq =
            county.record(
                Draft.override("B02", grant: 17, 1_000), Draft.expense(grant: 17, 101, plan: 18))
            + 1
        let audited = try county.audited()
        #expect(audited.only("B02@\(seq)")?.overriddenBy == nil)
        #expect(audited.exitCode == 1)
    }

    @Test func `an override of the county counts for its townships`() throws {
        var county = County(lines: [("food", 100)])
        county.record(Draft.allocation(grant: 17, 1_000))
        let override = county.override("B02", 101)
        let seq = county.record(Draft.expense(Place.township, grant: 17, 101, plan: 18))
        #expect(try county.audited().only("B02@\(seq)")?.overriddenBy == override)
    }

    @Test func `two breaches of one rule by one entry use its amount once`() throws {
        var county = County(expiry: "2022-01-19", scope: Place.township)
        let override = county.override("E04", 100)
        let seq = county.spend(100)
        let audited = try county.audited()
        #expect(audited.list == ["E04@\(seq)", "E04@\(seq)"])
        #expect(audited.findings.map(\.overriddenBy) == [override, override])
        #expect(audited.exitCode == 0)
        // Nothing is left of it.
        county.spend(1)
        #expect(try county.audited().exitCode == 1)
    }

    @Test func `two items of one revision are two breaches, each with its own amount`() throws {
        for (amount, admitted) in [(Int64(30), 2), (29, 1), (9, 0)] {
            var county = County(lines: [("food", 100), ("heating", 100)])
            county.spend(100)
            county.spend(100, on: "heating")
            county.override("B02", amount)
            let seq = county.record(
                Draft.plan(grant: 17, [("food", 90), ("heating", 80)], replaces: 18))
            let audited = try county.audited()
            #expect(audited.list == ["B02@\(seq)", "B02@\(seq)"])
            #expect(audited.findings.count { $0.overriddenBy != nil } == admitted, "\(amount)")
        }
    }

    @Test func `what only the whole book shows may be overridden afterwards`() throws {
        var county = County()
        let batch = county.pay([Draft.Line(1, 100)])
        let result = county.record(Draft.result("failed", of: batch + 1, grant: 17, 100))
        let cases: [(key: ForgedKey, amount: Int64, counts: Bool)] = [
            (.chair, 100, true), (.chair, 99, false), (.county, 100, false),
            (.countySecond, 100, false),
        ]
        for row in cases {
            var later = county
            let override = later.override("C05", row.amount, by: row.key)
            let finding = try later.audited().only("C05@\(result)")
            #expect(finding?.overriddenBy == (row.counts ? override : nil))
        }
        // T01: both grants have lain at the county since 10 January.
        var held = County(policy: Draft.spendingPolicy(clocks: [("onward", "county", 30)]))
        let override = held.override("T01", 100_000_000)
        let audited = try held.audited()
        #expect(audited.list == ["T01@17", "T01@21"])
        #expect(audited.findings.map(\.overriddenBy) == [override, nil])
    }
}

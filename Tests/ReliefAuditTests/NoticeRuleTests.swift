// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefModel
import Testing

@testable import ReliefAudit

extension County {
    /// A county whose policy asks for a notice of seven days, before every household payment or for
    /// some purposes only.
    static func withNotice(_ purposes: [String]? = nil, calendar: String = "calendar") -> County {
        County(policy: Draft.noticePolicy(purposes, calendar: calendar))
    }

    /// Posts a roster of two households, five persons and 50 fen; its seq.
    mutating func list(
        grant: Int = 17, item: String = "food", period: String = "2022-01",
        stage: String = "approved", replaces: Int? = nil, unit: String = Place.county
    ) -> Int {
        record(
            Draft.roster(
                unit, grant: grant, households: 2, persons: 5, 50, item: item, period: period,
                stage: stage, replaces: replaces))
    }

    /// Posts its notice; the seq.
    @discardableResult
    mutating func announce(
        _ roster: Int, from: String = "2022-01-12", until: String = "2022-01-18",
        households: Int64 = 2, amount: Int64 = 50
    ) -> Int {
        record(
            Draft.notice(
                of: roster, grant: grant, households: households, amount, from: from, until: until))
    }

    /// Posts the batch that pays it whole; the seq.
    @discardableResult
    mutating func payList(
        _ roster: Int?, _ lines: [Draft.Line]? = nil, item: String = "food",
        period: String = "2022-01", date: String = "2022-01-20", by key: ForgedKey = .county
    ) -> Int {
        let first = forge.count
        let lines =
            lines ?? [Draft.Line(first, 20, persons: 2), Draft.Line(first + 1, 30, persons: 3)]
        return forge.post(
            by: key,
            Draft.batch(
                at: next, grant: grant, lines, item: item, period: period, plan: plan,
                roster: roster, date: date)
        ).lowerBound
    }
}

/// D01 and R05: who is paid, and how it was made public.
@Suite struct NoticeRuleTests {
    // MARK: - D01

    @Test func `D01 asks for a roster, its notice, its days, its end and no open objection`() throws
    {
        let cases: [(name: String, expected: String, actual: String, difference: Int64?)] = [
            ("right", "", "", nil), ("no roster", "roster", "–", nil),
            ("never posted", "notice", "–", nil), ("six days", "≥ 7", "6", 1),
            ("on the last day", "> 2022-01-20", "2022-01-20", 1),
            ("a second round goes on", "> 2022-01-25", "2022-01-20", 6),
            ("open objection", "upheld | rejected", "–", nil), ("rejected objection", "", "", nil),
            ("posted twice", "", "", nil),
        ]
        for row in cases {
            var county = County.withNotice()
            let roster = county.list()
            switch row.name {
            case "no roster", "never posted": break
            case "six days": county.announce(roster, from: "2022-01-13")
            case "on the last day": county.announce(roster, until: "2022-01-20")
            case "posted twice":
                county.announce(roster, from: "2022-01-10", until: "2022-01-11")
                county.announce(roster)
            default:
                let notice = county.announce(roster)
                if row.name == "a second round goes on" {
                    county.announce(roster, from: "2022-01-19", until: "2022-01-25")
                }
                guard row.name.hasSuffix("objection") else { break }
                let objection = county.record(Draft.objection(to: notice))
                if row.name == "rejected objection" {
                    county.record(Draft.objection(to: objection, outcome: "rejected"))
                }
            }
            let seq = county.payList(row.name == "no roster" ? nil : roster)
            let audited = try county.audited()
            #expect(
                audited.words["D01"] == (row.expected.isEmpty ? "clean" : "fired"), "\(row.name)")
            guard !row.expected.isEmpty else {
                #expect(audited.list == [], "\(row.name)")
                continue
            }
            audited.expectOnly(
                "D01@\(seq)", expected: .text(row.expected), actual: .text(row.actual),
                difference: row.difference)
        }
    }

    @Test func `D01 lets no next stage settle what was objected to the one before`() throws {
        for isEnded in [false, true] {
            var county = County.withNotice()
            let first = county.list()
            let objection = county.record(Draft.objection(to: county.announce(first)))
            if isEnded {
                county.record(Draft.objection(to: objection, outcome: "rejected"))
            }
            let second = county.list(replaces: first)
            county.announce(second)
            let seq = county.payList(second)
            #expect(try county.audited().list == (isEnded ? [] : ["D01@\(seq)"]))
        }
    }

    @Test func `D01 tells everything that is missing`() throws {
        var county = County.withNotice()
        let roster = county.list()
        let notice = county.announce(roster, from: "2022-01-18", until: "2022-01-20")
        county.record(Draft.objection(to: notice))
        let seq = county.payList(roster)
        let list = try county.audited().list
        #expect(list == Array(repeating: "D01@\(seq)", count: 3))
    }

    @Test func `D01 counts the days of the policy's calendar`() throws {
        // From Wednesday to the Thursday of the next week are seven working days.
        for (until, fires) in [("2022-01-19", true), ("2022-01-20", false)] {
            var county = County.withNotice(calendar: "working")
            let roster = county.list()
            county.announce(roster, from: "2022-01-12", until: until)
            let seq = county.payList(roster, date: "2022-01-21")
            let audited = try county.audited()
            #expect(audited.list == (fires ? ["D01@\(seq)"] : []), "\(until)")
        }
    }

    @Test func `D01 leaves other purposes and expenses alone`() throws {
        var county = County.withNotice(["P2"])
        county.payList(nil)
        #expect(try county.audited().words["D01"] == "notApplicable")
        var other = County.withNotice(["P1"])
        other.spend(50)
        #expect(try other.audited().words["D01"] == "notApplicable")
        other.payList(nil)
        #expect(try other.audited().words["D01"] == "fired")
        // What comes after the batch does not mend it.
        var late = County.withNotice()
        let roster = late.list()
        let seq = late.payList(roster)
        late.announce(roster)
        #expect(try late.audited().list == ["D01@\(seq)"])
    }

    // MARK: - R05

    @Test func `R05 holds a batch to an approved roster in force of its own item and period`()
        throws
    {
        let cases: [(name: String, expected: String?, actual: String)] = [
            ("right", nil, ""), ("examined", "approved", "examined"),
            ("replaced", "roster NEW", "roster OLD"), ("item", "heating", "food"),
            ("period", "2022-02", "2022-01"),
            ("elsewhere", Place.county, Place.neighbour), ("below", nil, ""),
            ("upheld", "replaces OLD", "roster OLD"), ("upheld and replaced", nil, ""),
        ]
        for row in cases {
            var county = County()
            if row.name == "elsewhere" {
                county.record(by: .root, Draft.unit(Place.neighbour, in: Place.province))
            }
            let old = county.forge.count + 1
            var (cited, new) = (old, old)
            switch row.name {
            case "examined": cited = county.list(stage: "examined")
            case "item": cited = county.list(item: "heating")
            case "period": cited = county.list(period: "2022-02")
            case "below": cited = county.list(unit: Place.township)
            case "elsewhere":
                cited = county.record(
                    Draft.roster(Place.neighbour, grant: 17, households: 2, persons: 5, 50))
            default: cited = county.list()
            }
            if row.name == "replaced" { new = county.list(replaces: cited) }
            if row.name.hasPrefix("upheld") {
                let objection = county.record(Draft.objection(to: county.announce(cited)))
                county.record(Draft.objection(to: objection, outcome: "upheld"))
                if row.name.hasSuffix("replaced") { cited = county.list(replaces: cited) }
            }
            let seq = county.payList(cited)
            let audited = try county.audited()
            let list = audited.list.filter { !$0.hasPrefix("A07") }
            guard let expected = row.expected else {
                #expect(list == [], "\(row.name)")
                #expect(audited.words["R05"] == "clean", "\(row.name)")
                continue
            }
            #expect(list == ["R05@\(seq)"], "\(row.name)")
            let finding = try #require(audited.findings.last)
            let texts = [expected, row.actual].map { text in
                text.split(separator: " ").map {
                    $0 == "NEW" ? "\(new)" : $0 == "OLD" ? "\(old)" : String($0)
                }.joined(separator: " ")
            }
            #expect(finding.expected == .text(texts[0]), "\(row.name)")
            #expect(finding.actual == .text(texts[1]), "\(row.name)")
            #expect(audited.exitCode == 1)
        }
        var plain = County()
        plain.payList(nil)
        #expect(try plain.audited().words["R05"] == "notApplicable")
    }

    @Test func `R05 counts households, money and persons over the batches of a roster`() throws {
        let first = [Draft.Line(1, 20, persons: 2)]
        let cases: [(lines: [Draft.Line], expected: [Finding.Value], actual: [Finding.Value])] = [
            ([Draft.Line(2, 30, persons: 3)], [], []),
            (
                [Draft.Line(2, 10), Draft.Line(3, 20, persons: 2)], [.text("≤ 2")], [.text("3")]
            ),
            ([Draft.Line(2, 31, persons: 3)], [.money(50)], [.money(51)]),
            ([Draft.Line(2, 30, persons: 4)], [.text("≤ 5")], [.text("6")]),
            (
                [Draft.Line(2, 30, persons: 4), Draft.Line(3, 1)],
                [.text("≤ 2"), .money(50), .text("≤ 5")], [.text("3"), .money(51), .text("7")]
            ),
        ]
        for row in cases {
            var county = County()
            let roster = county.list()
            county.payList(roster, first)
            let seq = county.payList(roster, row.lines)
            let audited = try county.audited()
            #expect(audited.list == Array(repeating: "R05@\(seq)", count: row.expected.count))
            #expect(audited.findings.compactMap(\.expected) == row.expected)
            #expect(audited.findings.compactMap(\.actual) == row.actual)
        }
    }

    @Test func `R05 lets a cancelled payment be paid anew, and no payment twice`() throws {
        for isCancelled in [true, false] {
            var county = County()
            let roster = county.list()
            let batch = county.payList(
                roster, [Draft.Line(1, 20, persons: 2), Draft.Line(2, 30, persons: 3)])
            county.record(Draft.result("failed", of: batch + 2, grant: 17, 30))
            if isCancelled { county.record(Draft.undo("cancel", batch + 2, grant: 17, 30)) }
            let seq = county.payList(
                roster, [Draft.Line(3, 30, persons: 3)], date: "2022-01-29")
            let list = try county.audited(asOf: "2022-02-01").list
            #expect(list == (isCancelled ? [] : Array(repeating: "R05@\(seq)", count: 3)))
        }
    }

    @Test func `R05 compares a notice with its roster`() throws {
        for (households, amount, expected, actual) in [
            (Int64(2), Int64(50), Finding.Value?.none, Finding.Value?.none),
            (3, 50, .text("2"), .text("3")), (2, 49, .money(50), .money(49)),
        ] {
            var county = County()
            let seq = county.announce(county.list(), households: households, amount: amount)
            let audited = try county.audited()
            guard let expected else {
                #expect(audited.words["R05"] == "clean")
                continue
            }
            audited.expectOnly(
                "R05@\(seq)", expected: expected, actual: actual,
                difference: households == 3 ? 1 : -1)
        }
    }

    @Test func `R05 nobody may override it`() throws {
        var county = County()
        let roster = county.list(stage: "reported")
        let override = county.override("R05", 100)
        let seq = county.payList(roster)
        let audited = try county.audited()
        #expect(audited.list == ["A07@\(override)", "R05@\(seq)"])
        #expect(audited.exitCode == 1)
    }

    // MARK: - Other rules

    @Test func `E02 fires where a notice or a batch cites a roster of another grant`() throws {
        var county = County()
        let roster = county.list(grant: 21)
        let notice = county.announce(roster)
        let batch = county.payList(roster)
        #expect(try county.audited().list == ["E02@\(notice)", "E02@\(batch)"])
    }

    @Test func `A07 holds rosters, notices and objections to the key's own subtree`() throws {
        var county = County()
        let roster = county.record(
            by: .township, Draft.roster(grant: 17, households: 2, persons: 5, 50))
        let notice = county.record(
            by: .township, Draft.notice(of: roster, grant: 17, households: 2, 50))
        let objection = county.record(by: .township, Draft.objection(to: notice))
        let own = county.record(
            by: .township, Draft.objection(to: notice, Place.township))
        #expect(
            try county.audited().list == [
                "A07@\(roster)", "A07@\(notice)", "A07@\(objection)",
            ])
        #expect(own > objection)
    }

    @Test func `E07 and T04 look at the papers and dates of rosters and notices`() throws {
        var county = County(policy: Draft.spendingPolicy(clocks: [("recording", nil, 60)]))
        let roster = county.record(
            Draft.roster(grant: 17, households: 2, persons: 5, 50, date: "2021-11-01")
                + [("document", Draft.document("unstated"))])
        county.record(Draft.notice(of: roster, grant: 17, households: 2, 50))
        #expect(try county.audited().list.sorted() == ["E07@\(roster)", "T04@\(roster)"])
    }
}

// SPDX-License-Identifier: Apache-2.0

import LedgerForge
import LedgerFormat
import LedgerLog
import ReliefDisclosure
import Testing

@testable import ReliefExamination

/// A county's money in a few postings, with things that a report has to find: spending at and below
/// the threshold, money passed on late, a roster that was posted and one that was not.
struct SpendingCounty {
    let grant = 17
    /// 9,999.99 yuan without a meeting; 12,000.00 by one; 10,000.00 by none (A01).
    let expenses: [Int]
    let batch: Int
    private(set) var forge = Forge.spending(
        policy: Draft.spendingPolicy(clocks: [("reissue", nil, 30), ("onward", "county", 30)]))

    init() {
        var forge = forge
        let grant = grant
        func post(_ entries: RecordFields..., by key: ForgedKey = .county) -> Int {
            forge.post(by: key, entries).lowerBound
        }
        _ = post(Draft.movement("receipt", Place.county, grant: grant, 100_000_000, target: grant))
        let meeting = post(Draft.decision(grant: grant, [("food", 3_000_000, nil)]), by: .chair)
        expenses = [
            post(Draft.expense(grant: grant, 999_999, plan: 18)),
            post(Draft.expense(grant: grant, 1_200_000, plan: 18, decision: meeting)),
            post(
                Draft.expense(
                    grant: grant, 1_000_000, plan: 18,
                    document: Draft.document("拨<2022>9号", "2021-12-30"))),
        ]
        let allocation = post(Draft.allocation(grant: grant, 40_000_000, date: "2022-03-20"))
        _ = post(
            Draft.movement(
                "receipt", Place.township, grant: grant, 30_000_000, date: "2022-03-21",
                target: allocation))
        _ = post(
            Draft.movement(
                "return", Place.township, Place.county, grant: grant, 10_000_000,
                date: "2022-03-22"))
        let roster = post(
            Draft.roster(Place.township, grant: grant, households: 2, persons: 6, 800_000))
        _ = post(Draft.roster(Place.village, grant: grant, households: 1, persons: 1, 100_000))
        _ = post(
            Draft.notice(of: roster, Place.township, grant: grant, households: 2, 800_000))
        batch = forge.count + 1
        forge.post(
            by: .county,
            Draft.batch(
                at: batch, Place.township, grant: grant,
                [Draft.Line(1, 500_000, persons: 4), Draft.Line(2, 300_000, persons: 2)],
                plan: nil, roster: roster, date: "2022-03-25"))
        _ = post(
            Draft.result(
                "settled", of: batch + 1, Place.township, grant: grant, 500_000,
                date: "2022-03-26"))
        self.forge = forge
    }

    /// Examines bytes, intact or not.
    static func examination(
        _ bytes: [UInt8], expecting: [LedgerLog.Expectation] = [], asOf: String? = "2022-04-01"
    ) throws -> Examination {
        let verified = try UnverifiedLedger(LedgerBytes(bytes)).verify(
            folding: BookHistory(), expecting: expecting)
        return try Examination(verified, asOf: asOf.flatMap { CivilDate($0) })
    }

    func examination() throws -> Examination {
        let examination = try Self.examination(forge.bytes)
        try #require(examination.ledger.integrity.faults.map(\.message.en) == [])
        return examination
    }

    /// The same ledger with a record altered that the seals still know.
    var broken: [UInt8] {
        var forge = forge
        forge.flip(after: "\"amount\":", in: expenses[0])
        return forge.bytes
    }
}

extension Table {
    /// One column as CSV writes it, the total last where there is one.
    func column(_ header: String) throws -> [String] {
        let index = try #require(columns.firstIndex { $0.header.en == header })
        var single = Table(title: title, columns: [columns[index]], moneyUnit: moneyUnit)
        for row in rows + [total].compactMap({ $0 }) { single.add([row[index]]) }
        return single.csv(.en).split(separator: "\r\n", omittingEmptySubsequences: false)
            .dropFirst().dropLast().map(String.init)
    }
}
